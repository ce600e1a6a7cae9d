"""Telephone calls: what came of each, so that nobody is called twice for one answer and nobody is forgotten."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import deliver
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.possible import require_answerable, require_reply_time
from doithoai.roster.models import Call, Invitation
from doithoai.roster.queries.telling import CALLED_OFF, Household, hamlets_of

Channel = Literal["link", "phone", "paper"]
THROUGH_HEAD = "Đã báo qua trưởng thôn, tổ trưởng"
NO_ANSWER = (Call.Outcome.MISSED, Call.Outcome.WRONG)


@verb("call.note", may=permissions.may_note_call)
def note_call(invitation: Invitation, *, outcome: Call.Outcome, note: str = "", actor: Actor, now: datetime) -> Call:
    """Note a call that brought no answer: nobody took it, or the number is somebody else's. Answers are acts of their own."""
    require_answerable(invitation, now)
    if outcome not in NO_ANSWER:
        raise NotNow(_("Chưa ghi được: trả lời của người được mời ghi bằng nút nhận lời hoặc không đến được."))
    call = keep_call(invitation, "phone", outcome, note, actor, now)
    assert call is not None  # staff alone note calls
    tries = Call.objects.filter(invitation=invitation).count()
    record(invitation.chain, invitation=invitation.code, outcome=outcome.value, tries=tries)
    return call


@verb("call.through_head", may=permissions.may_tell_through_heads)
def tell_through_head(sitting: Sitting, codes: Collection[str], *, actor: Actor, now: datetime) -> list[Household]:
    """The head of a hamlet was called and tells the households of these invitations; who was asked is still to answer.

    The messages that waited for them count as told. NotNow where none of them is still to be told.
    """
    if sitting.state not in CALLED_OFF:  # what is not held is told at any hour
        require_reply_time(sitting, now)
    waiting = (one for hamlet in hamlets_of(sitting) for one in hamlet.waiting)
    told = [one for one in waiting if one.row.code in codes]
    if not told:
        raise NotNow(_("Chưa ghi được: chưa đánh dấu hộ nào, hoặc các hộ này đã ghi là đã báo."))
    for one in told:
        _require_right(actor, one.row)
        Call.objects.create(invitation=one.row, at=now, outcome=Call.Outcome.TOLD, by_id=actor.staff_id)
        for message in one.news:
            deliver(message, outcome=THROUGH_HEAD, actor=actor, now=now)
    record(sitting.chain, sitting=sitting.code, told=len(told))
    return told


def _require_right(actor: Actor, row: Invitation) -> None:
    """A ward tells its own households only."""
    verdict = permissions.may_note_call(actor, row)
    if not verdict:
        raise NotYours(verdict.reason)


def keep_call(
    invitation: Invitation, channel: Channel, outcome: Call.Outcome, note: str, actor: Actor, now: datetime
) -> Call | None:
    """Keep what came of a call, inside the verb it belongs to; nothing where the answer came another way."""
    if channel != "phone" or not actor.is_staff:
        return None
    said = {"outcome": outcome, "note": note.strip()[:300], "by_id": actor.staff_id}
    return Call.objects.create(invitation=invitation, at=now, **said)
