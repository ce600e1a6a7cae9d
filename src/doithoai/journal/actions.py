"""Writing to the journal: inside a verb, in its transaction."""

from datetime import UTC

from doithoai.journal.models import Chain, Entry, Witness
from doithoai.kernel import clock
from doithoai.kernel.verbs import current
from doithoai.rules.chain import Fact, digest_of, entry_body

# An anonymous act leaves its day only; the day is the one of the country the law is written for.
ANONYMOUS_ZONE = "Asia/Ho_Chi_Minh"


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
        at=clock.day_of(instant, ANONYMOUS_ZONE).isoformat() if frame.anonymous else instant.isoformat(),
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
