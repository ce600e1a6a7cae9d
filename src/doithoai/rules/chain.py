"""The hash chain of the journal: what is hashed, and how a chain is checked. No database here."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

Fact = str | int
Facts = Mapping[str, Fact]
GENESIS = "0" * 64


def digest_of(body: str) -> str:
    """SHA-256 of the stored text of an entry, as 64 hexadecimal digits."""
    return sha256(body.encode()).hexdigest()


def sealed_digest(salt: str, text: str) -> str:
    """Digest that stands for a text in the journal; without the salt the text cannot be guessed from it."""
    return sha256(f"{salt}\n{text}".encode()).hexdigest()


def canonical(fields: Mapping[str, object]) -> str:
    """Canonical JSON: sorted keys, no spaces, strings and whole numbers only (TypeError otherwise)."""
    for name, value in fields.items():
        if isinstance(value, Mapping):
            canonical(value)
        elif isinstance(value, bool) or not isinstance(value, str | int):
            raise TypeError(f"{name}: {type(value).__name__}")
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_body(*, chain: str, number: int, previous: str, verb: str, actor: str, at: str, facts: Facts) -> str:
    """The text of one entry: what is stored, and what is hashed."""
    return canonical(
        {"actor": actor, "at": at, "chain": chain, "facts": facts, "number": number, "previous": previous, "verb": verb}
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """One entry as the database holds it; `verb` is the copy of the act's name that lists filter by."""

    chain: str
    number: int
    verb: str
    digest: str
    body: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place that does not fit, in words a person can act on."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check_entry(stored: Stored, *, number: int, previous: str) -> Fault | None:
    """Compare one stored entry with its place in the chain; None when it fits."""
    where = f"{stored.chain} số {stored.number}"
    if stored.number != number:
        return Fault(where, f"chờ mục số {number}; có mục bị thêm, bị mất hoặc đổi chỗ")
    if digest_of(stored.body) != stored.digest:
        return Fault(where, "nội dung không khớp mã băm đã ghi")
    try:
        body = json.loads(stored.body)
        same = (body["chain"], body["number"], body["previous"]) == (stored.chain, number, previous)
        named = body["verb"] == stored.verb
    except (ValueError, KeyError, TypeError):
        return Fault(where, "nội dung không đọc được")
    if not named:
        return Fault(where, f"tên việc ghi ngoài nội dung là “{stored.verb}”, trong nội dung là “{body['verb']}”")
    return None if same else Fault(where, "không nối tiếp mục đứng trước")


def check_chain(key: str, entries: Iterable[Stored], *, length: int, head: str) -> Iterator[Fault]:
    """Yield the faults of one chain, at most one: what follows the first fault proves nothing."""
    previous, number = GENESIS, 0
    for number, stored in enumerate(entries, start=1):
        fault = check_entry(stored, number=number, previous=previous)
        if fault:
            yield fault
            return
        previous = stored.digest
    if (number, previous) != (length, head):
        yield Fault(
            key, f"đầu chuỗi ghi {length} mục, mã {head[:16]}…; tính lại được {number} mục, mã {previous[:16]}…"
        )
