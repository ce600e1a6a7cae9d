"""Reading and checking what people said: every text that lives against its digest in the journal."""

from collections.abc import Iterator, Mapping, Set
from typing import Final

from doithoai.people.models import Text
from doithoai.rules.chain import Fault, sealed_digest

BATCH: Final = 5_000


def faults(named: Mapping[str, str], erased: Set[str] = frozenset()) -> Iterator[Fault]:
    """Compare every text with the journal.

    `named` maps the digests of texts that the journal names to the entry that names them; `erased` are
    the digests whose erasure it records, the only ones that may stand without their words.
    """
    found: set[str] = set()
    rows = Text.objects.order_by("pk").values_list("pk", "body", "salt", "digest")
    for pk, body, salt, digest in rows.iterator(chunk_size=BATCH):
        found.add(digest)
        what = _fault(body, salt, digest, named, erased)
        if what:
            yield Fault(f"people_text {pk}", what)
    for digest, where in named.items():
        if digest not in found:
            yield Fault(where, f"thiếu lời đã ghi, mã {digest[:16]}…")


def _fault(body: str | None, salt: str, digest: str, named: Mapping[str, str], erased: Set[str]) -> str:
    if digest not in named:
        return f"nhật ký không có mã {digest[:16]}… của lời này"
    if body is None:
        return "" if digest in erased else "lời đã mất mà nhật ký không ghi việc xóa"
    return "" if sealed_digest(salt, body) == digest else "lời đã bị thay đổi, không khớp mã ghi trong nhật ký"
