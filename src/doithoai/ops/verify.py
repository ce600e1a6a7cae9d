"""`doithoai verify`: recompute every chain, text, paper, file and draw, and compare with what left the house."""

import argparse
from collections.abc import Iterator, Set
from dataclasses import dataclass
from hashlib import sha256

from doithoai.documents import queries as documents
from doithoai.documents.models import Document
from doithoai.intake.models import Photo
from doithoai.journal import queries as journal
from doithoai.journal.models import Chain, Entry
from doithoai.kernel import plugs
from doithoai.ops.command import No
from doithoai.people import queries as people
from doithoai.people.models import Text
from doithoai.planning.models import Material
from doithoai.planning.queries import evidence_faults
from doithoai.roster.models import Scan
from doithoai.roster.queries.proof import draw_faults
from doithoai.rules.chain import Fault


@dataclass(frozen=True, slots=True)
class Count:
    """How much was checked."""

    entries: int
    chains: int
    texts: int
    papers: int

    def __str__(self) -> str:
        return f"{self.entries} mục, {self.chains} chuỗi, {self.texts} lời, {self.papers} văn bản"


def faults() -> Iterator[Fault]:
    """Everything that does not fit. What rests on a broken chain is not looked at: it would prove nothing."""
    broken = False
    for fault in journal.faults():
        broken = True
        yield fault
    if not broken:
        yield from _text_faults()
        yield from _file_faults()
        stored = set(plugs.files().names())
        yield from documents.faults(journal.lines_of("document."), stored)
        yield from evidence_faults(journal.lines_of("duty.attach"), stored)
        yield from _attached_faults(stored)
        yield from draw_faults(journal.lines_of("pool.freeze"), journal.lines_of("pool.draw"))


def _attached_faults(stored: Set[str]) -> Iterator[Fault]:
    """Scans, photographs and materials: each kept, and the one that the journal names (of a hidden opinion it names none)."""
    named = {digest for line in journal.lines_naming("file") for digest in line.digests("file")}
    rows: list[Scan | Material | Photo] = [
        *Scan.objects.select_related("sitting__dialogue"),
        *Material.objects.select_related("dialogue"),
        *Photo.objects.select_related("opinion"),
    ]
    for row in rows:
        is_hidden = isinstance(row, Photo) and row.opinion.is_hidden
        if row.sha256 not in named and not is_hidden:
            yield Fault(str(row), "không phải tệp đã ghi trong nhật ký")
        if row.sha256 not in stored:
            yield Fault(str(row), f"thiếu tệp {row.sha256[:16]}…")


def _text_faults() -> Iterator[Fault]:
    # The words of a paper stand with the paper; every other text that the journal names is somebody's words.
    said = [line for line in journal.lines_naming("text") if not line.verb.startswith("document.")]
    named = {digest: f"{line.chain} số {line.number}" for line in said for digest in line.digests("text")}
    erased = {digest for line in journal.lines_naming("erased") for digest in line.digests("erased")}
    return people.faults(named, erased)


def _file_faults() -> Iterator[Fault]:
    store = plugs.files()
    for name in store.names():
        if sha256(store.get(name)).hexdigest() != name:
            yield Fault(f"tệp {name[:16]}…", "đã bị thay đổi")


def verify(head: str | None = None) -> Count:
    """How much was checked, all of it fitting. Raises No with the first fault, or when no chain ever had `head`."""
    first = next(faults(), None)
    if first:
        raise No(f"Không khớp. {first}.")
    if head is not None and journal.knows_head("".join(head.split())) is None:
        raise No(f"Không khớp. Nhật ký này chưa từng có mã {head}.")
    return Count(Entry.objects.count(), Chain.objects.count(), Text.objects.count(), Document.objects.count())


def main(args: argparse.Namespace) -> int:
    """Say that all fits, or raise No."""
    print(f"Khớp: {verify(args.head)}.")
    return 0
