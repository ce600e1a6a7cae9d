"""Decisions that change what was announced: another time, a postponement, a calling off, writing instead.

Each is one act: the new state, the deadlines counted anew, the venues told, the notice drafted; whoever was invited
is told and asked again by what follows.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System, require_reason
from doithoai.kernel.moves import expect_step, move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning import permissions
from doithoai.planning.actions.notices import enter_notice
from doithoai.planning.actions.scheduling import count_deadlines
from doithoai.planning.models import Dialogue, Sitting, VenueTold
from doithoai.planning.papers import Moved, cancel_notice, change_notice, postpone_notice, written_notice
from doithoai.planning.queries import became, counted, sittings_of
from doithoai.planning.states import DIALOGUE, SITTING
from doithoai.rules.deadlines import Due
from doithoai.rules.paper import Paper

AHEAD = ("scheduled", "postponed")


@verb("sitting.reschedule", may=permissions.may_reschedule)
def reschedule(
    sitting: Sitting, *, starts_at: datetime, ends_at: datetime, reason: str, actor: Actor, now: datetime
) -> Sitting:
    """Change the time of a sitting that has not begun, at any hour, with one reason, also of a postponed one.

    Every deadline is counted again, every venue told, the notice drafted; invitees are asked again by what follows.
    A forecast day is fixed by it, without a notice: no day was announced. While the plan is a draft, its data and its
    sentences are corrected together instead.
    """
    if sitting.dialogue.state == "draft":
        raise NotNow(_("Chưa đổi giờ ở đây: kế hoạch còn là dự thảo. Sửa giờ ở trang sửa kế hoạch, câu chữ theo cùng."))
    if sitting.state not in AHEAD:
        raise NotNow(_("Chưa đổi giờ được: buổi này đã bắt đầu hoặc đã hủy."))
    require_reason(reason)
    if starts_at >= ends_at or starts_at <= now:
        raise NotNow(_("Chưa đổi giờ được: giờ mới phải ở phía trước, giờ kết thúc sau giờ bắt đầu."))
    was, is_first = sitting.starts_at, bool(sitting.tentative)
    if sitting.state == "postponed":
        move(sitting, SITTING, "scheduled")
        _resume(sitting.dialogue, actor=actor, now=now)
    announced = was if sitting.announced_at in (None, starts_at) else sitting.announced_at
    told = sitting.announced_at if is_first else announced
    write(sitting, starts_at=starts_at, ends_at=ends_at, announced_at=told, reason=reason, tentative="")
    _tell_venues(sitting, f"moved:{starts_at:%Y%m%dT%H%M}:{now:%Y%m%dT%H%M%S%f}", reason, now)
    count_deadlines(sitting.dialogue, actor=System("sitting.reschedule"), now=now)
    record(sitting.chain, sitting=sitting.code, was=was.isoformat(), now=starts_at.isoformat())
    if not is_first:
        assert announced is not None  # of two instants one is there
        announce_change(sitting, was=announced, reason=reason, actor=actor, now=now)
    return sitting


@verb("sitting.announce_change", may=permissions.may_reschedule)
def announce_change(sitting: Sitting, *, was: datetime, reason: str, actor: Actor, now: datetime) -> Document:
    """Draft the notice of a changed time; by telephone first, the paper follows, also after the fact."""
    paper = change_notice(sitting, was=was, reason=reason, on=clock.day_of(now, sitting.agency.zone))
    document = enter_notice(sitting, sitting.dialogue, paper, about=sitting.code, actor=actor, now=now)
    record(sitting.chain, document=document.code, sitting=sitting.code)
    return document


@verb("sitting.postpone", may=permissions.may_reschedule)
def postpone(sitting: Sitting, *, reason: str, is_alone: bool = True, actor: Actor, now: datetime) -> Sitting:
    """Put one sitting off until a new time is set. The last one that stands: the whole dialogue is put off instead."""
    require_reason(reason)
    if is_alone:
        _require_another(sitting, _("Chưa hoãn được: đây là buổi duy nhất còn lại. Hãy hoãn cả cuộc đối thoại."))
    move(sitting, SITTING, "postponed", reason=reason)
    _tell_venues(sitting, f"postponed:{now.isoformat()}", reason, now)
    record(sitting.chain, sitting=sitting.code)
    if is_alone:
        _settle(
            sitting, postpone_notice(sitting.dialogue, [sitting], _moved(sitting.dialogue, reason, now)), actor, now
        )
    return sitting


@verb("sitting.cancel", may=permissions.may_reschedule)
def cancel(sitting: Sitting, *, reason: str, is_alone: bool = True, actor: Actor, now: datetime) -> Sitting:
    """Call one sitting off. The last one that stands: the whole dialogue is called off, or held in writing."""
    require_reason(reason)
    if is_alone:
        words = _("Chưa hủy được: đây là buổi duy nhất còn lại. Hãy hủy cả cuộc, hoặc chuyển sang văn bản.")
        _require_another(sitting, words)
    move(sitting, SITTING, "cancelled", reason=reason)
    _tell_venues(sitting, "cancelled", reason, now)
    record(sitting.chain, sitting=sitting.code)
    if is_alone:
        _settle(sitting, cancel_notice(sitting.dialogue, [sitting], _moved(sitting.dialogue, reason, now)), actor, now)
    return sitting


@verb("dialogue.postpone", may=permissions.may_direct)
def postpone_all(dialogue: Dialogue, *, reason: str, actor: Actor, now: datetime) -> Dialogue:
    """Put every sitting off; the deadlines stop until a new time is set."""
    require_reason(reason)
    sittings = _ahead(dialogue, ("scheduled",))
    move(dialogue, DIALOGUE, "postponed", reason=reason)
    for sitting in sittings:
        postpone(sitting, reason=reason, is_alone=False, actor=System("dialogue.postpone"), now=now)
    paper = postpone_notice(dialogue, sittings, _moved(dialogue, reason, now))
    _announce(dialogue, paper, "dialogue.postpone", actor, now)
    record(dialogue.chain, sittings=len(sittings))
    return dialogue


@verb("dialogue.resume", may=permissions.may_reschedule_any)
def _become_prepared(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """A postponed dialogue has a new time: it is prepared again."""
    move(dialogue, DIALOGUE, "open" if dialogue.opened_at else "planned", reason="")
    record(dialogue.chain)


@verb("dialogue.cancel", may=permissions.may_direct)
def cancel_all(dialogue: Dialogue, *, reason: str, actor: Actor, now: datetime) -> Dialogue:
    """Call the dialogue off before it was held. Nobody was told of a draft: then there is no notice."""
    require_reason(reason)
    was_draft = dialogue.state == "draft"
    sittings = _ahead(dialogue, AHEAD)
    move(dialogue, DIALOGUE, "cancelled", reason=reason)
    for sitting in sittings:
        cancel(sitting, reason=reason, is_alone=False, actor=System("dialogue.cancel"), now=now)
    if not was_draft:
        paper = cancel_notice(dialogue, sittings, _moved(dialogue, reason, now))
        _announce(dialogue, paper, "dialogue.cancel", actor, now)
    record(dialogue.chain, sittings=len(sittings))
    return dialogue


@verb("dialogue.turn_written", may=permissions.may_direct)
def turn_written(dialogue: Dialogue, *, until: date, reason: str, actor: Actor, now: datetime) -> Dialogue:
    """Hold the dialogue in writing: the sittings fall away, opinions are taken until a day and answered in writing.

    What had to be ready before the sittings is owed no more; the result counts from that day.
    """
    require_reason(reason)
    expect_step(dialogue, DIALOGUE, "answering")
    if dialogue.state == "in_session":
        raise NotNow(_("Chưa chuyển được: đã có buổi bắt đầu. Ý kiến chưa nói được ghi bằng văn bản tại buổi."))
    if until <= clock.day_of(now, dialogue.agency.zone):
        raise NotNow(_("Chưa chuyển được: ngày cuối nhận ý kiến phải từ ngày mai trở đi."))
    sittings = _ahead(dialogue, AHEAD)
    moved = _moved(dialogue, reason, now)
    paper = written_notice(dialogue, sittings, moved, until=until, result=_result_day(dialogue, until))
    move(dialogue, DIALOGUE, "answering", mode="written", reason=reason, written_until=until)
    for sitting in sittings:
        sitting.dialogue = dialogue
        cancel(sitting, reason=reason, is_alone=False, actor=System("dialogue.turn_written"), now=now)
    _announce(dialogue, paper, "dialogue.turn_written", actor, now)
    record(dialogue.chain, sittings=len(sittings), until=until.isoformat())
    return dialogue


def change_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once a notice has its number, papers name the new time: the next change counts from there."""
    if document.kind == "change_notice":
        Sitting.objects.filter(code=document.about).update(announced_at=None)


def _result_day(dialogue: Dialogue, until: date) -> date:
    """The day by which the result is announced: the rule that binds, or the one nearest to it."""
    found = [due for _where, due in counted(dialogue, [], written_until=until) if due.term.duty == "result_notice"]
    binding: Sequence[Due] = [due for due in found if due.term.binding] or found
    return min(due.due_on for due in binding)


def _moved(dialogue: Dialogue, reason: str, now: datetime) -> Moved:
    return Moved(reason, clock.day_of(now, dialogue.agency.zone))


def _ahead(dialogue: Dialogue, states: Sequence[str]) -> list[Sitting]:
    """The sittings to come, each with this very dialogue."""
    rows = [row for row in sittings_of(dialogue) if row.state in states]
    for row in rows:
        row.dialogue = dialogue
    return rows


def _require_another(sitting: Sitting, refusal: str) -> None:
    others = Sitting.objects.filter(dialogue=sitting.dialogue_id).exclude(pk=sitting.pk)
    if not others.exclude(state__in=("cancelled", "postponed")).exists():
        raise NotNow(refusal)


def _resume(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    if dialogue.state == "postponed":
        _become_prepared(dialogue, actor=actor, now=now)


def _tell_venues(sitting: Sitting, what: str, reason: str, now: datetime) -> None:
    """Every venue hears of it at once, on its desk, and is asked whether it knows; nobody was told of a draft."""
    dialogue = sitting.dialogue
    if dialogue.state == "draft":
        return
    words = f"{became(sitting)} Lý do: {reason.strip().rstrip('.')}."
    for venue in dialogue.venues.select_related("office"):
        key = f"{sitting.code}:{what}:{venue.code}"
        tell(dialogue.agency, dialogue.chain, key=key, body=words, office=venue.office, now=now)
        VenueTold.objects.create(sitting=sitting, venue=venue, words=words, at=now)


def _settle(sitting: Sitting, paper: Paper, actor: Actor, now: datetime) -> None:
    """After a decision on one sitting: its notice, and the deadlines of the dialogue."""
    enter_notice(sitting, sitting.dialogue, paper, about=sitting.code, actor=actor, now=now)
    count_deadlines(sitting.dialogue, actor=System("sitting"), now=now)


def _announce(dialogue: Dialogue, paper: Paper, cause: str, actor: Actor, now: datetime) -> None:
    """After a decision on the whole: its notice, and the deadlines."""
    enter_notice(dialogue, dialogue, paper, about=dialogue.code, actor=actor, now=now)
    count_deadlines(dialogue, actor=System(cause), now=now)
