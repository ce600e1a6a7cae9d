"""Reading and checking the journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from doithoai.journal.models import Chain, Entry, Witness
from doithoai.rules.chain import Fact, Fault, Stored, check_chain

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as read back. `at` is an instant in ISO 8601, or a day for an anonymous act."""

    number: int
    verb: str
    actor: str
    at: str
    facts: dict[str, Fact]

    @property
    def instant(self) -> datetime | None:
        """The instant of the act; None for an anonymous one."""
        return datetime.fromisoformat(self.at) if "T" in self.at else None


def line_of(entry: Entry) -> Line:
    """Read one stored entry."""
    body = json.loads(entry.body)
    return Line(body["number"], body["verb"], body["actor"], body["at"], body["facts"])


def story(key: str, *, last: int | None = None) -> list[Line]:
    """The entries of a chain, newest first, at most `last`."""
    rows = Entry.objects.filter(chain__key=key).order_by("-number")
    return [line_of(entry) for entry in (rows[:last] if last else rows)]


def heads() -> dict[str, str]:
    """Head of every chain by its key."""
    return dict(Chain.objects.order_by("key").values_list("key", "head"))


def stored(chain: Chain) -> Iterator[Stored]:
    """The entries of one chain in order, as the database holds them."""
    rows = Entry.objects.filter(chain=chain).order_by("number", "pk").values_list("number", "digest", "body")
    for number, digest, body in rows.iterator(chunk_size=BATCH):
        yield Stored(chain.key, number, digest, body)


def faults() -> Iterator[Fault]:
    """Check every chain from the stored text, every head that left the house, and the count of rows."""
    for chain in Chain.objects.order_by("key"):
        yield from check_chain(chain.key, stored(chain), length=chain.length, head=chain.head)
    yield from _witness_faults()
    yield from _sequence_faults()


def _witness_faults() -> Iterator[Fault]:
    digests = {
        (chain, number): digest
        for chain, number, digest in Entry.objects.filter(
            number__in=Witness.objects.values("number")
        ).values_list("chain_id", "number", "digest")
    }
    for seen in Witness.objects.select_related("chain").order_by("pk"):
        if seen.number and digests.get((seen.chain_id, seen.number)) != seen.head:
            yield Fault(
                f"{seen.chain.key} số {seen.number}",
                f"mã đã ra khỏi cơ quan ({seen.where}) không còn trong chuỗi",
            )


def _sequence_faults() -> Iterator[Fault]:
    """SQLite never hands out a row number twice and gives none for what was rolled back: a gap is a deletion."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_entry'")
        given = (cursor.fetchone() or (0,))[0]
    present = Entry.objects.count()
    if given != present:
        yield Fault("journal_entry", f"cơ sở dữ liệu đã cấp {given} số dòng, chỉ còn {present} dòng")


def knows_head(head: str) -> Line | None:
    """The entry that a head printed on a paper belongs to; None when no chain ever had it."""
    entry = Entry.objects.filter(digest=head.strip().lower()).first()
    return line_of(entry) if entry else None


def digests_in_facts() -> set[str]:
    """Every digest of a text or file that the journal names."""
    found: set[str] = set()
    for body in Entry.objects.values_list("body", flat=True).iterator(chunk_size=BATCH):
        if '"text' in body:
            found.update(
                str(value) for name, value in json.loads(body)["facts"].items() if name.startswith("text")
            )
    return found
