"""Telephone calls: what came of each, so that nobody is called twice for one answer and nobody is forgotten."""

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.roster import permissions
from doithoai.roster.actions.possible import require_answerable
from doithoai.roster.models import Call, Invitation

Channel = Literal["link", "phone", "paper"]
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


def keep_call(
    invitation: Invitation, channel: Channel, outcome: Call.Outcome, note: str, actor: Actor, now: datetime
) -> Call | None:
    """Keep what came of a call, inside the verb it belongs to; nothing where the answer came another way."""
    if channel != "phone" or not actor.is_staff:
        return None
    said = {"outcome": outcome, "note": note.strip()[:300], "by_id": actor.staff_id}
    return Call.objects.create(invitation=invitation, at=now, **said)
