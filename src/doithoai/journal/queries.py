"""Reading and checking the journal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models
from django.db.models.functions import Lag

from doithoai.journal.models import Chain, Entry, Witness
from doithoai.rules.chain import Fact, Fault, Stored, check_chain

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as read back. `at` is an instant in ISO 8601, or a day for an anonymous act."""

    chain: str
    number: int
    verb: str
    actor: str
    at: str
    facts: dict[str, Fact]

    @property
    def instant(self) -> datetime | None:
        """The instant of the act; None for an anonymous one."""
        return datetime.fromisoformat(self.at) if "T" in self.at else None

    def digests(self, fact: str) -> list[str]:
        """The values of the facts whose names begin so."""
        return [str(value) for name, value in self.facts.items() if name.startswith(fact)]


def line_of(entry: Entry) -> Line:
    """Read one stored entry."""
    return _read(entry.body)


def _read(stored_body: str) -> Line:
    body = json.loads(stored_body)
    return Line(body["chain"], body["number"], body["verb"], body["actor"], body["at"], body["facts"])


def story(key: str, *, last: int | None = None) -> list[Line]:
    """The entries of a chain, newest first, at most `last`."""
    rows = Entry.objects.filter(chain__key=key).order_by("-number")
    return [line_of(entry) for entry in (rows[:last] if last else rows)]


def heads() -> dict[str, str]:
    """Head of every chain by its key."""
    return dict(Chain.objects.order_by("key").values_list("key", "head"))


def heads_outside() -> set[str]:
    """Every head that has left the house."""
    return set(Witness.objects.values_list("head", flat=True))


def stored(chain: Chain) -> Iterator[Stored]:
    """The entries of one chain in order, as the database holds them."""
    rows = Entry.objects.filter(chain=chain).order_by("number", "pk").values_list("number", "verb", "digest", "body")
    for number, verb, digest, body in rows.iterator(chunk_size=BATCH):
        # SQLite gives back whatever was put into a text column, bytes too.
        yield Stored(chain.key, number, verb, digest, body if isinstance(body, str) else repr(body))


def faults() -> Iterator[Fault]:
    """Check every chain from the stored text, every head that left the house, and the count and order of rows."""
    for chain in Chain.objects.order_by("key"):
        yield from check_chain(chain.key, stored(chain), length=chain.length, head=chain.head)
    yield from _orphans()
    yield from _witness_faults()
    yield from _order_faults()
    yield from _sequence_faults()


def _orphans() -> Iterator[Fault]:
    known = Chain.objects.values("pk")
    for model in (Entry, Witness):
        for row in model.objects.exclude(chain_id__in=known)[:1]:
            yield Fault(f"{model._meta.db_table} {row.pk}", "chuỗi của dòng này không còn")


def _witness_faults() -> Iterator[Fault]:
    digests = {
        (chain, number): digest
        for chain, number, digest in Entry.objects.filter(number__in=Witness.objects.values("number")).values_list(
            "chain_id", "number", "digest"
        )
    }
    for seen in Witness.objects.select_related("chain").order_by("pk"):
        if seen.number and digests.get((seen.chain_id, seen.number)) != seen.head:
            yield Fault(
                f"{seen.chain.key} số {seen.number}",
                f"mã đã ra khỏi cơ quan ({seen.where}) không còn trong chuỗi",
            )


def _order_faults() -> Iterator[Fault]:
    """Rows of one chain are written one after another, so row numbers rise with the numbers of the entries."""
    before = models.Window(Lag("pk"), partition_by="chain_id", order_by="number")
    swapped = Entry.objects.annotate(before=before).filter(before__gt=models.F("pk")).select_related("chain")
    for entry in swapped[:1]:
        yield Fault(f"{entry.chain.key} số {entry.number}", "dòng bị đổi chỗ")


def _sequence_faults() -> Iterator[Fault]:
    """SQLite never hands out a row number twice and gives none for what was rolled back: a gap is a deletion."""
    if connection.vendor != "sqlite":
        return
    for model in (Entry, Witness):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            given = (cursor.fetchone() or (0,))[0]
        present, last = model.objects.aggregate(n=models.Count("pk"), last=models.Max("pk")).values()
        if not given == present == (last or 0):
            yield Fault(table, f"cơ sở dữ liệu đã cấp {given} số dòng, còn {present} dòng, dòng cuối là {last or 0}")


def knows_head(head: str) -> Line | None:
    """The entry that a head printed on a paper belongs to; None when no chain ever had it."""
    entry = Entry.objects.filter(digest=head.strip().lower()).first()
    return line_of(entry) if entry else None


def lines_naming(fact: str) -> Iterator[Line]:
    """Every entry with a fact whose name begins so, in the order of writing."""
    rows = Entry.objects.filter(body__contains=f'"{fact}').order_by("pk").values_list("body", flat=True)
    for body in rows.iterator(chunk_size=BATCH):
        line = _read(body)
        if line.digests(fact):
            yield line


def lines_of(verbs: str) -> Iterator[Line]:
    """Every entry of the verbs whose name begins so, in the order of writing."""
    rows = Entry.objects.filter(verb__startswith=verbs).order_by("pk").values_list("body", flat=True)
    for body in rows.iterator(chunk_size=BATCH):
        yield _read(body)
