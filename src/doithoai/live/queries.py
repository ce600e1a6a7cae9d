"""The floor as it stands: who waits, who is next and why, what is not yet written down."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from doithoai.intake.models import Opinion
from doithoai.kernel.access import YES, Verdict
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation, Record, RecordBatch
from doithoai.rules import floor
from doithoai.rules.opening import Figures, Speaker
from doithoai.rules.vietnamese import squeeze


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
    """Seconds for each turn: the sitting's length less what opening and conclusion take, shared by the expected turns.

    0 where nobody is expected or no time is left.
    """
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


# ---- before it begins


COMING: Final = {
    "invited": "chưa báo dự", "lapsed": "chưa báo dự", "accepted": "đã báo dự", "attended": "đã có mặt",
}  # fmt: skip
LEFT_OUT: Final = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)
"""What is never raised before the meeting: it has a way of its own by law."""
LONGEST_TOPIC: Final = 160


def speakers_of(sitting: Sitting) -> list[Speaker]:
    """Who will speak: the invited citizens who have not declined, in the order of the rule of the queue, as if all came."""
    rows = Invitation.objects.filter(sitting=sitting, state__in=COMING).exclude(route=Invitation.Route.DELEGATE)
    people = {row.code: row for row in rows.select_related("person__ward", "venue").order_by("ordinal")}
    waiting = [floor.Waiting(row.code, row.venue.code, row.ordinal) for row in people.values()]
    topics = _topics(sitting)
    return [_speaker(people[place.turn], topics) for place in floor.order(waiting, {})]


def _speaker(row: Invitation, topics: Mapping[int, Sequence[str]]) -> Speaker:
    person = row.person
    name = f"{person.honorific} {person.name}" if person else row.guest
    said = tuple(topics.get(person.pk, ())) if person else ()
    return Speaker(name, person.address if person else "", row.venue.name, said, COMING[row.state])


def _topics(sitting: Sitting) -> dict[int, list[str]]:
    """What each person has sent before the day, by person."""
    found: dict[int, list[str]] = {}
    for opinion in _difficulties(sitting):
        if opinion.person_id is not None:
            found.setdefault(opinion.person_id, []).append(_topic(opinion))
    return found


def _topic(opinion: Opinion) -> str:
    words = squeeze(str(opinion.summary or "") or (opinion.procedure.name if opinion.procedure else str(opinion.words)))
    return words if len(words) <= LONGEST_TOPIC else f"{words[:LONGEST_TOPIC].rsplit(' ', 1)[0]}…"


def _difficulties(sitting: Sitting) -> list[Opinion]:
    rows = (
        Opinion.objects.filter(sitting=sitting).exclude(kind__in=LEFT_OUT).exclude(state__in=("withdrawn", "not_taken"))
    )
    related = ("summary", "words", "procedure", "answer", "merged_into__answer")
    return list(rows.select_related(*related).order_by("ordinal"))


def figures_of(sitting: Sitting) -> Figures:
    """What is counted of a sitting before it begins: files, invitees, difficulties and what was made of them."""
    files = Record.objects.filter(batch__dialogue=sitting.dialogue_id, sector=sitting.sector_id)
    names = files.values_list("file_code", "person", "procedure__name", "procedure_as_written").distinct()
    done = {code: (person, listed or written) for code, person, listed, written in names}
    states = Counter(
        Invitation.objects.filter(sitting=sitting, invited_at__isnull=False)
        .exclude(route=Invitation.Route.DELEGATE)
        .values_list("state", flat=True)
    )
    opinions = _difficulties(sitting)
    answers = Counter(_answer_state(row.merged_into or row) for row in opinions)
    return Figures(
        files=len(done) if RecordBatch.objects.filter(dialogue=sitting.dialogue_id).exists() else None,
        applicants=len({person for person, _name in done.values()}),
        procedures=Counter(name for _person, name in done.values() if name).most_common(),
        invited=states.total() - states["withdrawn"] - states["struck"],
        accepted=states["accepted"] + states["attended"],
        declined=states["declined"],
        silent=states["invited"] + states["lapsed"],
        difficulties=len(opinions),
        matters=Counter(row.procedure.name for row in opinions if row.procedure).most_common(),
        drafted=sum(answers[state] for state in ("drafted", "in_review", "returned", "approved")),
        answered=answers["issued"],
        transferred=sum(row.state == "transferred" for row in opinions),
    )


def _answer_state(opinion: Opinion) -> str:
    answer = getattr(opinion, "answer", None)
    return answer.state if answer else ""


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
