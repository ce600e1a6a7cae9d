"""Telling people: a message is written with the act it tells of, and delivered later by a gateway or by hand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import is_rehearsal
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, Role, Verdict, needs
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.outbox.models import Message
from doithoai.people.models import Person

MOST_OUTCOME = 200


@dataclass(frozen=True, slots=True)
class Opens:
    """What a personal link at the end of a message opens: for which purpose, which thing, until when.

    `path` holds `{token}`, `words` holds `{link}`; both are filled on the way out, so the words for a telephone call
    stay without it.
    """

    purpose: str
    code: str
    until: datetime
    path: str
    words: str

    def stored(self) -> dict[str, str]:
        """As it is kept with the message."""
        return {**asdict(self), "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True)
class ByMachine:
    """What a gateway needs beside the words: the kind of message, a subject, the facts in it by name, and a link."""

    kind: str
    subject: str
    fields: Mapping[str, str] = field(default_factory=dict)
    opens: Opens | None = None


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
    machine: ByMachine | None = None,
) -> Message:
    """Write a message to a person (by telephone unless said otherwise) or to an office's desk.

    Telling the same `key` again changes nothing. Runs inside the verb whose news it is. With `machine` a gateway may
    bring it, where the agency has one and it knows how to reach the person.
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
            **(_for_gateways(machine, now) if machine and person else {}),
        },
    )
    return message


def _for_gateways(machine: ByMachine, now: datetime) -> dict[str, Any]:
    return {
        "kind": machine.kind,
        "subject": machine.subject,
        "fields": dict(machine.fields),
        "opens": machine.opens.stored() if machine.opens else None,
        "next_at": now,
    }


def stop(chain: str, *, begins: str) -> None:
    """What was told under keys that begin so is no longer news: no gateway is asked again. Runs inside a verb."""
    rows = Message.objects.filter(chain=chain, key__startswith=f"{chain}:{begins}", delivered_at=None)
    rows.update(next_at=None)


def may_deliver(actor: Actor, message: Message) -> Verdict:
    """Chuyên viên, người đứng đầu đơn vị hoặc văn thư của cơ quan."""
    grants = ((Role.OFFICER, None), (Role.HEAD, None), (Role.CLERK, None))
    return needs(actor, message.agency_id, *grants, who=_("chuyên viên, người đứng đầu đơn vị hoặc văn thư"))


def may_send(actor: Actor, message: Message) -> Verdict:
    """Hệ thống, khi cổng thư điện tử, tin nhắn hoặc Zalo đã trả lời."""
    return needs(actor, message.agency_id, who=_("hệ thống"))


@verb("message.deliver", may=may_deliver)
def deliver(message: Message, *, outcome: str, actor: Actor, now: datetime) -> Message:
    """Note by hand that a message reached its person, with the outcome; in a rehearsal too, where no machine sends."""
    if message.delivered_at:
        raise NotNow(_("Tin này đã báo rồi."))
    write(message, delivered_at=now, outcome=outcome[:MOST_OUTCOME], next_at=None)
    record(message.chain, channel=message.channel, digest=key_digest(message))
    return message


@verb("message.send", may=may_send)
def note_sent(message: Message, *, channel: str, reference: str, actor: Actor, now: datetime) -> Message:
    """Note that a gateway took a message, with the gateway's own reference. Never in a rehearsal."""
    if is_rehearsal():
        raise NotNow(_("Đây là bản diễn tập: không gửi gì cho ai."))
    if message.delivered_at:
        raise NotNow(_("Tin này đã báo rồi."))
    said = {"channel": channel, "outcome": reference[:MOST_OUTCOME]}
    write(message, delivered_at=now, next_at=None, problem="", **said)
    record(message.chain, channel=channel, digest=key_digest(message))
    return message


@verb("message.give_up", may=may_send)
def give_up(message: Message, *, problem: str, actor: Actor, now: datetime) -> Message:
    """No gateway will bring this message: it goes to the telephone list with one sentence why."""
    if message.delivered_at or message.failed_at:
        raise NotNow(_("Tin này đã báo rồi."))
    write(message, failed_at=now, next_at=None, problem=problem[:MOST_OUTCOME])
    record(message.chain, digest=key_digest(message), tries=message.tries)
    return message


def key_digest(message: Message) -> str:
    """What stands in the journal, and goes to a gateway, for a message: its key names a person's invitation."""
    return sha256(message.key.encode()).hexdigest()
