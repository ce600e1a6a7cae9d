"""Telling people: a message is written with the act it tells of, and delivered later."""

from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import is_rehearsal
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, Role, Verdict, needs
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.outbox.models import Message
from doithoai.people.models import Person


def tell(
    agency: Agency,
    chain: str,
    *,
    key: str,
    body: str,
    now: datetime,
    person: Person | None = None,
    office: Office | None = None,
    document: str = "",
    channel: str | None = None,
) -> Message:
    """Write a message to a person (by telephone unless said otherwise) or to an office's desk.

    Telling the same `key` again changes nothing. Runs inside the verb whose news it is.
    """
    chosen = channel or (Message.Channel.DESK if office else Message.Channel.CALL)
    message, _made = Message.objects.get_or_create(
        key=f"{chain}:{key}",
        defaults={
            "agency": agency,
            "chain": chain,
            "channel": chosen,
            "person": person,
            "office": office,
            "body": body,
            "document": document,
            "written_at": now,
        },
    )
    return message


def may_deliver(actor: Actor, message: Message) -> Verdict:
    """Chuyên viên hoặc văn thư của cơ quan."""
    grants = ((Role.OFFICER, None), (Role.CLERK, None))
    return needs(actor, message.agency_id, *grants, who=_("chuyên viên hoặc văn thư"))


@verb("message.deliver", may=may_deliver)
def deliver(message: Message, *, outcome: str, actor: Actor, now: datetime) -> Message:
    """Note by hand that a message reached its person, with the outcome. Never in a rehearsal."""
    if is_rehearsal():
        raise NotNow(_("Đây là bản diễn tập: không gửi gì cho ai."))
    if message.delivered_at:
        raise NotNow(_("Tin này đã báo rồi."))
    write(message, delivered_at=now, outcome=outcome)
    record(message.chain, channel=message.channel, digest=sha256(message.key.encode()).hexdigest())
    return message
