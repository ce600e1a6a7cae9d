"""What the journal costs: checking a hundred thousand entries, and writing one.

The floor of checking is hashing the same bytes; the floor of an act is a bare row committed to the same disk.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from statistics import median
from time import perf_counter

from django.db import connection

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.journal.models import Chain, Entry
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.kernel.verbs import verb
from doithoai.ops.verify import verify
from doithoai.people.models import Text
from doithoai.rules.chain import GENESIS, Fact, digest_of, entry_body, sealed_digest

Figure = dict[str, float | int | str | None]
ENTRIES = 100_000
CHAINS = 5
EVERY = 10  # one entry in ten is about somebody's words
RUNS = 5
ACTS = 200
BEGAN = datetime(2021, 12, 1, tzinfo=UTC)


def bench() -> dict[str, Figure]:
    """Seconds for one whole check, milliseconds for one act; medians."""
    return {f"verify_{ENTRIES}_entries": _verify(), "journal_act": _act()}


def _verify() -> Figure:
    bodies = [body for number in range(CHAINS) for body in _fill(f"DH-2021-{number:02d}", ENTRIES // CHAINS)]
    assert verify().entries == ENTRIES
    floor = _median(lambda: [sha256(body.encode()).hexdigest() for body in bodies], RUNS)
    value = _median(verify, RUNS)
    return {"value": value, "unit": "s", "floor": floor, "ratio": round(value / floor, 1), "n": RUNS}


def _fill(key: str, count: int) -> list[str]:
    """A chain as long as that of a very long dialogue, its words beside it; returns the hashed texts."""
    agency, _made = Agency.objects.get_or_create(code="DH", name="UBND", short_name="UBND", territory="", place="")
    chain = Chain.objects.create(key=key)
    entries, texts = [], []
    for number, facts in zip(range(1, count + 1), _facts(key, texts), strict=False):
        at = (BEGAN + timedelta(seconds=number)).isoformat()
        previous = entries[-1].digest if entries else GENESIS
        body = entry_body(
            chain=key, number=number, previous=previous, verb="turn.note", actor="staff:DH-CB04", at=at, facts=facts
        )
        entries.append(Entry(chain=chain, number=number, verb="turn.note", digest=digest_of(body), body=body))
    Entry.objects.bulk_create(entries, batch_size=5_000)
    Text.objects.bulk_create((Text(agency=agency, **text) for text in texts), batch_size=5_000)
    Chain.objects.filter(pk=chain.pk).update(length=count, head=entries[-1].digest)
    return [entry.body for entry in entries]


def _facts(key: str, texts: list[dict[str, str]]) -> Iterator[dict[str, Fact]]:
    number = 0
    while True:
        number += 1
        facts: dict[str, Fact] = {"turn": f"{key}-L{number:05d}", "venue": f"{key}-DC02", "revision": number % 7}
        if number % EVERY == 0:
            salt, body = f"{number:032x}", f"Hồ sơ thứ {number} của tôi chậm hơn giấy hẹn {number % 30} ngày làm việc."
            texts.append({"body": body, "salt": salt, "digest": sealed_digest(salt, body)})
            facts["text_words"] = texts[-1]["digest"]
        yield facts


def _anybody(actor: Actor, subject: object) -> Verdict:
    """Ai cũng được: chỉ để đo."""
    return YES


@verb("bench.note", may=_anybody)
def _note(agency: Agency, *, actor: Actor, now: datetime) -> None:
    """Write one entry and nothing else."""
    record(agency.chain, note=1)


def _act() -> Figure:
    agency = Agency.objects.get(code="DH")
    actor = Actor(ref="staff:DH-CB04")
    value = _median(lambda: _note(agency, actor=actor, now=BEGAN), ACTS) * 1000
    floor = _median(_bare_rows().__next__, ACTS) * 1000
    return {
        "value": round(value, 3),
        "unit": "ms",
        "floor": round(floor, 3),
        "ratio": round(value / floor, 1),
        "n": ACTS,
    }


def _bare_rows() -> Iterator[None]:
    """Each step commits one row of the size of an entry, synced as the product's own are."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as base:
        base.executescript("PRAGMA synchronous=FULL; CREATE TABLE bench_row (body TEXT)")
        while True:
            base.execute("INSERT INTO bench_row VALUES (?)", ["x" * 300])
            yield


def _median(act: Callable[[], object], runs: int) -> float:
    return round(median(islice(_times(act), runs)), 6)


def _times(act: Callable[[], object]) -> Iterator[float]:
    while True:
        began = perf_counter()
        act()
        yield perf_counter() - began
