"""One invited person: everything known about the invitation on one page, for whoever has them on the telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.documents.models import Copy
from doithoai.kernel import clock
from doithoai.outbox.models import Message
from doithoai.people.actions import may_note_contact
from doithoai.roster import permissions, queries
from doithoai.roster.actions.possible import require_answerable
from doithoai.roster.models import Invitation, Pool
from doithoai.roster.views.inviting import acts_on, said_after, verdict_of
from doithoai.roster.views.pooling import chance_of
from doithoai.roster.views.visible import invitation_of
from doithoai.rules.spoken import in_groups
from doithoai.web.doors import actor_of, staff_only

ANSWERABLE: Final = ("invited", "lapsed", "accepted", "declined")


@dataclass(frozen=True, slots=True)
class Told:
    """One message about an invitation: how it stands in a shape and a word, and when."""

    message: Message
    look: str
    word: str
    at: datetime


@require_safe
@staff_only
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """One invitation: who, when, where, the answer so far, calls, messages, the letter, and what can be done now."""
    row = invitation_of(request, code)
    actor, now = actor_of(request), clock.now()
    answering = permissions.may_note_call(actor, row) and verdict_of(lambda: require_answerable(row, now))
    facts = {
        "here": "dialogues",
        "dialogue": row.sitting.dialogue,
        "sitting": row.sitting,
        "row": row,
        "did": said_after().get(request.GET.get("da", ""), ""),
        "spoken": in_groups(row.spoken) if row.spoken else "",
        "chance": chance_of(row, Pool.objects.filter(sitting=row.sitting).first()),
        "replaced_by": Invitation.objects.filter(in_place_of=row).select_related("person").first(),
        "copy": _copy(row),
        "calls": row.calls.select_related("by"),
        "told": [_told(message) for message in queries.messages_of(row)],
        "answering": answering,
        "is_open": bool(answering) and row.state in ANSWERABLE,
        "may_contact": row.person is not None and may_note_contact(actor, row.person),
        "acts": acts_on(row, actor, now),
    }
    return render(request, "roster/invitation.html", facts)


def _copy(row: Invitation) -> Copy | None:
    """This person's own copy of the letter, once it is printed."""
    if row.document is None:
        return None
    return Copy.objects.filter(document=row.document, recipient=row.code).exclude(pdf="").first()


def _told(message: Message) -> Told:
    if message.delivered_at:
        return Told(message, "done", _how(message), message.delivered_at)
    if message.failed_at:
        return Told(message, "late", _("Không tự gửi được"), message.failed_at)
    if message.problem:
        return Told(message, "due", _("Chưa gửi được, sẽ gửi lại"), message.written_at)
    words = {Message.Channel.HAND: _("Giao tận tay"), Message.Channel.DESK: _("Trên bàn làm việc của đơn vị")}
    return Told(message, "", words.get(Message.Channel(message.channel), _("Cần gọi điện")), message.written_at)


def _how(message: Message) -> str:
    words = {
        Message.Channel.MAIL: _("Đã gửi thư điện tử"),
        Message.Channel.SMS: _("Đã gửi tin nhắn"),
        Message.Channel.ZALO: _("Đã gửi qua Zalo"),
    }
    return words.get(Message.Channel(message.channel), _("Đã báo qua điện thoại"))
