"""Giving the floor: turns queued, called, paused, finished; time kept as facts."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.live import permissions
from doithoai.live.models import Turn
from doithoai.live.queries import on_the_floor, queue
from doithoai.live.states import TURN
from doithoai.planning.models import Sitting, Venue
from doithoai.roster.models import Invitation
from doithoai.rules import floor


@verb("turn.add", may=permissions.may_run)
def add_turn(
    sitting: Sitting,
    *,
    venue: Venue,
    invitation: Invitation | None = None,
    guest: str = "",
    actor: Actor,
    now: datetime,
) -> Turn:
    """Put somebody at the end of the list of speakers: an invitee, or a guest by name whom the chair admits."""
    if sitting.state not in ("live", "paused"):
        raise NotNow(_("Chưa thêm được lượt: buổi chưa bắt đầu hoặc đã kết thúc."))
    position = Turn.objects.filter(sitting=sitting).count() + 1
    turn = Turn.objects.create(
        sitting=sitting,
        code=f"{sitting.code}-L{position:02d}",
        position=position,
        invitation=invitation,
        guest=guest,
        venue=venue,
    )
    record(sitting.chain, turn=turn.code, venue=venue.code, guest=int(bool(guest)))
    return turn


@verb("turn.call", may=permissions.may_call)
def call(turn: Turn, *, override_reason: str = "", actor: Actor, now: datetime) -> Turn:
    """Give the floor. Whoever is not next by the rule of the queue may be called with a reason, which is kept."""
    sitting = turn.sitting
    if sitting.state != "live":
        raise NotNow(_("Chưa gọi được: buổi đang không diễn ra."))
    speaking = on_the_floor(sitting)
    if speaking is not None:
        raise NotNow(_("Chưa gọi được: lượt số %(number)s chưa xong.") % {"number": speaking.position})
    waiting = queue(sitting)
    is_next = bool(waiting) and waiting[0].turn == turn.code
    if not is_next and turn.state == "waiting" and not override_reason.strip():
        raise NotNow(_("Chưa gọi được: chưa đến lượt này. Chủ trì có thể gọi trước, kèm một câu nêu lý do."))
    order = Turn.objects.filter(sitting=sitting, called_order__isnull=False).count() + 1
    why = waiting[0].why if is_next else override_reason
    move(turn, TURN, "speaking", running_since=now, began_at=now, called_order=order, called_why=why[:300])
    if override_reason:
        write(turn, override_reason=override_reason)
    record(turn.chain, turn=turn.code, order=order, override=int(not is_next))
    return turn


@verb("turn.pause", may=permissions.may_call)
def pause_turn(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Stop the speaker's time, for an incident or an answer."""
    clock = floor.pause(_clock(turn), now)
    move(turn, TURN, "paused", running_since=None, spent=clock.spent)
    record(turn.chain, turn=turn.code, spent=turn.spent)
    return turn


@verb("turn.resume", may=permissions.may_call)
def resume_turn(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Let the speaker's time run on."""
    move(turn, TURN, "speaking", running_since=now)
    record(turn.chain, turn=turn.code)
    return turn


@verb("turn.finish", may=permissions.may_call)
def finish(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Close a turn: the leader has received the person."""
    clock = floor.stop(_clock(turn), now)
    move(turn, TURN, "done", running_since=None, spent=clock.spent, ended_at=now)
    record(turn.chain, turn=turn.code, spent=turn.spent)
    return turn


@verb("turn.skip", may=permissions.may_call)
def skip(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Called and not there; the turn may come back into the queue."""
    move(turn, TURN, "skipped")
    record(turn.chain, turn=turn.code)
    return turn


@verb("turn.requeue", may=permissions.may_call)
def requeue(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Put a skipped turn back among those who wait."""
    move(turn, TURN, "waiting")
    record(turn.chain, turn=turn.code)
    return turn


@verb("turn.withdraw", may=permissions.may_call)
def withdraw_turn(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """The person does not wish to speak."""
    move(turn, TURN, "withdrawn")
    record(turn.chain, turn=turn.code)
    return turn


@verb("turn.unheard", may=permissions.may_call)
def leave_unheard(turn: Turn, *, actor: Actor, now: datetime) -> Turn:
    """Time ran out; what the person sent before stands as a written opinion, and the minutes say so."""
    move(turn, TURN, "unheard")
    record(turn.chain, turn=turn.code)
    return turn


@verb("turn.not_minuted", may=permissions.may_call)
def excuse_turn(turn: Turn, *, reason: str, actor: Actor, now: datetime) -> Turn:
    """Say why a turn that was spoken has no entry in the minutes."""
    if not reason.strip():
        raise NotNow(_("Chưa ghi được: cần một câu nêu lý do lượt này không có trong biên bản."))
    write(turn, not_minuted_reason=reason)
    record(turn.chain, turn=turn.code)
    return turn


def _clock(turn: Turn) -> floor.Clock:
    return floor.Clock(running_since=turn.running_since, spent=turn.spent)
