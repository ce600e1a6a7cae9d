"""The floor as it stands: who waits, who is next and why, what is not yet written down."""

from collections import Counter

from django.utils.translation import gettext as _

from doithoai.intake.models import Opinion
from doithoai.kernel.access import YES, Verdict
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation
from doithoai.rules import floor


def turns_of(sitting: Sitting) -> list[Turn]:
    """The turns of a sitting in the order of its list, with what their rows show."""
    return list(
        Turn.objects.filter(sitting=sitting)
        .select_related("venue", "invitation__person__ward", "sitting__dialogue__agency")
        .order_by("position")
    )


def on_the_floor(sitting: Sitting) -> Turn | None:
    """The turn that is speaking or paused."""
    return next((turn for turn in turns_of(sitting) if turn.state in ("speaking", "paused")), None)


def queue(sitting: Sitting) -> list[floor.Next]:
    """Who speaks next, in order, each with the reason in words. `turn` is the turn's code."""
    turns = turns_of(sitting)
    waiting = [
        floor.Waiting(turn.code, turn.venue.code, turn.position, spoken_before=_spoke_before(turn, turns))
        for turn in turns
        if turn.state == "waiting"
    ]
    tallies: dict[str, floor.Tally] = {}
    for turn in turns:
        if turn.state in ("speaking", "paused", "done"):
            so_far = tallies.get(turn.venue.code, floor.Tally(0))
            tallies[turn.venue.code] = floor.Tally(so_far.turns + 1, so_far.seconds + turn.spent)
    names = {turn.venue.code: turn.venue.name for turn in turns}
    return floor.order(waiting, tallies, names)


def _spoke_before(turn: Turn, turns: list[Turn]) -> bool:
    person = turn.invitation.person_id if turn.invitation else None
    return person is not None and any(
        other.state == "done" and other.invitation and other.invitation.person_id == person for other in turns
    )


def seconds_allotted(sitting: Sitting) -> int:
    """Seconds for each turn: the sitting's length less what opening and conclusion take, shared by the expected turns."""
    return floor.seconds_per_turn(sitting.length, sitting.expected, sitting.overhead_minutes)


def unminuted(sitting: Sitting) -> list[Turn]:
    """Turns that were spoken and have neither an entry nor a stated reason."""
    written = set(
        MinuteEntry.objects.filter(minutes__sitting=sitting, kind=MinuteEntry.Kind.OPINION).values_list(
            "turn", flat=True
        )
    )
    spoken = Turn.objects.filter(sitting=sitting, state="done", not_minuted_reason="").select_related("venue")
    return [turn for turn in spoken.order_by("called_order") if turn.pk not in written]


def unread(minutes: Minutes) -> list[MinuteEntry]:
    """Opinions written down and not yet settled with their speaker."""
    pending = (MinuteEntry.ReadBack.WAITING, MinuteEntry.ReadBack.CORRECTION)
    return list(minutes.entries.filter(kind=MinuteEntry.Kind.OPINION, read_back__in=pending).select_related("turn"))


def not_in_signed_minutes(opinion: Opinion) -> Verdict:
    """Gate: an opinion that stands in signed minutes can no longer be withdrawn."""
    if not MinuteEntry.objects.filter(opinion=opinion, minutes__state__in=("signed", "filed")).exists():
        return YES
    return Verdict(_("Chưa rút được: ý kiến này đã có trong biên bản đã ký; cơ quan vẫn sẽ trả lời bằng văn bản."))


def has_not_spoken(invitation: Invitation) -> Verdict:
    """Gate: whoever has spoken was there; their arrival is no mistake."""
    if not Turn.objects.filter(invitation=invitation, state__in=("speaking", "paused", "done")).exists():
        return YES
    return Verdict(_("Chưa rút lại được: người này đã phát biểu tại buổi đối thoại."))


def turn_figures(dialogue: Dialogue) -> dict[str, int]:
    """Turns of all sittings: called = spoke + skipped + withdrawn + unheard, and how many are written down."""
    states = Counter(Turn.objects.filter(sitting__dialogue=dialogue).values_list("state", flat=True))
    missing = sum(len(unminuted(sitting)) for sitting in dialogue.sittings.all())
    spoke = states["done"] + states["speaking"] + states["paused"]
    return {
        "called": sum(states.values()) - states["waiting"],
        "spoke": spoke,
        "skipped": states["skipped"],
        "withdrawn": states["withdrawn"],
        "unheard": states["unheard"],
        "minuted": spoke - missing,
    }
