"""Messages on their way out: each once, through the first gateway that reaches the person, otherwise to the telephone.

A message is claimed before it is handed over and the claim is stored first. Where a worker dies in between nobody
knows whether the gateway took it, so it is never handed over again: somebody calls.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from doithoai.directory.queries import is_rehearsal
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Refused, System
from doithoai.outbox.actions import MOST_OUTCOME, give_up, key_digest, note_sent
from doithoai.outbox.models import Message
from doithoai.outbox.queries import due, lost
from doithoai.people.actions import give_link, void_token
from doithoai.people.models import Person
from doithoai.ports import Delivery, Parcel, TryLater, Undelivered, Unreachable

LOG = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""How long after each failure the next try comes; after the last one somebody calls."""

FRESH = timedelta(hours=36)
"""Older news is not sent by itself: a gateway that is switched on today must not send last month's."""

UNKNOWN = "Không rõ tin đã đến chưa."
NO_WAY = "Không có số điện thoại hoặc địa chỉ thư để gửi."
TOO_OLD = "Tin quá cũ nên không tự gửi nữa."


def work_off() -> int:
    """Send what is due; returns how many messages left or were given to the telephone. Nothing in a rehearsal."""
    if not plugs.plugged.delivery or is_rehearsal():
        return 0
    now = clock.now()
    for message in lost(now):
        _abandon(message, UNKNOWN)
    return sum(_take(pk) for pk in due(now))


def _take(pk: int) -> int:
    now = clock.now()
    mine = Message.objects.filter(pk=pk, next_at__isnull=False, claimed_at=None, delivered_at=None, failed_at=None)
    if mine.update(claimed_at=now) == 0:
        return 0  # another worker took it, or somebody has told it
    message = Message.objects.select_related("person", "agency").get(pk=pk)
    if now - message.written_at > FRESH or not message.is_open_at(now):
        return _abandon(message, TOO_OLD)
    return _through_gateways(message)


def _through_gateways(message: Message) -> int:
    """The first gateway that is not known to fail for this person; what fails for good leaves it to the next."""
    tried = message.tried.split()
    for gateway in plugs.plugged.delivery:
        to = address_of(message.person, gateway.channel)
        if not to or gateway.channel in tried:
            continue
        try:
            reference = _handed_over(message, gateway, to)
        except Unreachable as refused:
            tried.append(gateway.channel)
            Message.objects.filter(pk=message.pk).update(tried=" ".join(tried), problem=refused.reason)
            message.problem = refused.reason
            continue
        except TryLater as refused:
            return _wait(message, refused.reason)
        except Undelivered as unknown:
            return _abandon(message, unknown.reason)
        except Exception:  # a fault of ours or of a library in the middle of sending
            return _abandon(message, UNKNOWN)
        return _note(message, partial(note_sent, message, channel=gateway.channel, reference=reference))
    return _abandon(message, message.problem or NO_WAY)


def address_of(person: Person | None, channel: str) -> str:
    """Where a channel finds a person; "" where it does not."""
    if person is None:
        return ""
    return person.email if channel == "mail" else person.phone


@dataclass(frozen=True, slots=True)
class _Link:
    """A link made for one message: its token, its address, and the line it is told in."""

    token: str = ""
    address: str = ""
    line: str = ""


def _handed_over(message: Message, gateway: Delivery, to: str) -> str:
    """Make the link, hand the message over; a link that certainly went nowhere is taken away again."""
    link = _link(message)
    fields = {**message.fields, **({"link": link.address, "token": link.token} if link.token else {})}
    body = "\n".join(filter(None, (message.body, link.line)))
    parcel = Parcel(key_digest(message), to, message.subject, body, message.kind, fields)
    try:
        return gateway.send(parcel)
    except (TryLater, Unreachable):
        void_token(link.token)
        raise


def _link(message: Message) -> _Link:
    opens = message.opens
    if not opens:
        return _Link()
    until = datetime.fromisoformat(opens["until"])
    token = give_link(message.agency, purpose=opens["purpose"], code=opens["code"], expires_at=until)
    address = plugs.link(opens["path"].replace("{token}", token))
    return _Link(token, address, opens["words"].replace("{link}", address))


def _wait(message: Message, reason: str) -> int:
    """Try again, later each time; after the last wait somebody calls."""
    if message.tries >= len(WAITS):
        return _abandon(message, reason)
    ours = Message.objects.filter(pk=message.pk)
    again = {"tries": message.tries + 1, "next_at": clock.now() + WAITS[message.tries]}
    ours.filter(next_at__isnull=False).update(**again)  # unless it was stopped meanwhile
    ours.update(claimed_at=None, problem=reason)
    return 0


def _abandon(message: Message, problem: str) -> int:
    return _note(message, partial(give_up, message, problem=problem))


def _note(message: Message, act: Callable[..., Message]) -> int:
    """Keep what came of a message. A refusal (somebody told it meanwhile) is logged and kept with it; the round goes on."""
    try:
        act(actor=System("worker"), now=clock.now())
    except Refused as refused:
        LOG.error("message %s: %s", key_digest(message), refused.reason)
        problem = refused.reason[:MOST_OUTCOME]
        Message.objects.filter(pk=message.pk).update(next_at=None, problem=problem)
    return 1
