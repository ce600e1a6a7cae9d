"""Writing to the journal: inside a verb, in its transaction; and answering a device that asks twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from doithoai.journal.models import Chain, Entry, Receipt, Witness
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotYours, Refused, stranger
from doithoai.kernel.verbs import current, together
from doithoai.rules.chain import Fact, digest_of, entry_body

# Days are those of the country the law is written for: an anonymous act leaves its day only.
HOME_ZONE = "Asia/Ho_Chi_Minh"
FORM = "form"  # what stands for the device where a form was pressed


def lock(key: str) -> Chain:
    """Take the chain's row for this transaction; made when the chain is new."""
    chain, _ = Chain.objects.get_or_create(key=key)
    return Chain.objects.select_for_update().get(pk=chain.pk)


def record(chain_key: str, /, **facts: Fact) -> Entry:
    """Append the one entry that the running verb owes to the chain `chain_key`.

    Verb, actor and instant are those of the running verb. Facts are strings and whole numbers;
    a text stands there as its salted digest, never in words.
    """
    frame = current()
    chain = lock(chain_key)
    instant = frame.now.astimezone(UTC)
    body = entry_body(
        chain=chain_key,
        number=chain.length + 1,
        previous=chain.head,
        verb=frame.verb,
        actor="" if frame.anonymous else frame.actor.ref,
        at=clock.day_of(instant, HOME_ZONE).isoformat() if frame.anonymous else instant.isoformat(),
        facts=facts,
    )
    digest = digest_of(body)
    entry = Entry.objects.create(chain=chain, number=chain.length + 1, verb=frame.verb, digest=digest, body=body)
    Chain.objects.filter(pk=chain.pk).update(length=entry.number, head=digest)
    frame.entries += 1
    return entry


def head_of(key: str) -> str:
    """The head of a chain now: the digest of its last entry, 64 zeros when it is empty."""
    found = Chain.objects.filter(key=key).values_list("head", flat=True).first()
    return found or "0" * 64


def witness(key: str, where: str) -> str:
    """Keep the present head as one that leaves the house at `where`; returns the head."""
    chain = lock(key)
    Witness.objects.create(chain=chain, number=chain.length, head=chain.head, where=where)
    return chain.head


@dataclass(frozen=True, slots=True)
class Command:
    """What a device wants done: under a key of its own making, as number `seq` of its acts, at its own clock's `at`."""

    key: str
    name: str
    device: str
    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a command: done with its facts, or refused with a sentence; `is_again` when it was known already."""

    is_done: bool
    words: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    is_again: bool = False


def once(command: Command, act: Callable[[], Mapping[str, Fact]], *, actor: Actor, now: datetime) -> Answer:
    """Do what a command asks unless its key is known, and keep the answer in the same transaction as the effect.

    `act` calls verbs and returns facts without personal data. A known key gets the answer of the first time,
    also where that was a refusal: an answer that was lost on the way changes nothing. Raises NotYours where the
    key belongs to somebody else.
    """
    with together():
        told = {"actor": actor.ref, "name": command.name, "device": command.device, "seq": command.seq}
        receipt, is_new = Receipt.objects.get_or_create(
            key=command.key, defaults={**told, "at": command.at, "received_at": now}
        )
        if not is_new:
            return _known(receipt, actor)
        answer = _attempt(act)
        receipt.outcome = Receipt.Outcome.DONE if answer.is_done else Receipt.Outcome.REFUSED
        receipt.answer = dict(answer.facts) if answer.is_done else {"words": answer.words}
        receipt.save(update_fields=["outcome", "answer"])
        return answer


def once_pressed(
    key: str, name: str, act: Callable[[], Mapping[str, Fact]], *, actor: Actor, now: datetime
) -> Mapping[str, Fact]:
    """Do what the button of a form asks unless the same form was sent already; the facts of the first time come back.

    A refusal is raised and leaves nothing behind, so that the form may be mended and sent again under its key. Raises
    NotYours where the key belongs to somebody else.
    """
    with together():
        told = {"actor": actor.ref, "name": name, "device": FORM, "seq": 0, "at": now, "received_at": now}
        receipt, is_new = Receipt.objects.get_or_create(key=key, defaults={**told, "outcome": Receipt.Outcome.DONE})
        if not is_new:
            return _known(receipt, actor).facts
        receipt.answer = dict(act())
        receipt.save(update_fields=["answer"])
        return dict(receipt.answer)


def _known(receipt: Receipt, actor: Actor) -> Answer:
    if receipt.actor != actor.ref:
        raise NotYours(stranger().reason)
    if receipt.outcome == Receipt.Outcome.REFUSED:
        return Answer(False, words=receipt.answer["words"], is_again=True)
    return Answer(True, facts=receipt.answer, is_again=True)


def _attempt(act: Callable[[], Mapping[str, Fact]]) -> Answer:
    try:
        with transaction.atomic():  # a refusal leaves nothing behind, the receipt stays
            return Answer(True, facts=act())
    except Refused as refused:
        return Answer(False, words=refused.reason)
