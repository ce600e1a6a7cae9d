"""Reading papers, numbers, and the work that waits for the worker."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from hashlib import sha256

from django.db.models import Max

from doithoai.documents.models import Brought, Document, Job, Register
from doithoai.journal.queries import Line, heads_outside
from doithoai.rules.chain import Fact, Fault, sealed_digest
from doithoai.rules.paper import Table
from doithoai.rules.paper.printed import texts


def register_of(document: Document) -> str:
    """The issuing body in whose register a paper is numbered."""
    return document.issuer.code if document.issuer else document.agency.code


def next_number(document: Document, on: date) -> int:
    """One more than the largest number of its symbol in its issuer's register of that year, 1 when there is none.

    For an office without a document system of its own. A number that was skipped stays skipped, so that
    numbers follow the dates (Decree 30/2020, art. 15).
    """
    rows = Register.objects.filter(agency=document.agency, issuer=register_of(document), year=on.year)
    largest: int | None = rows.filter(symbol=document.symbol).aggregate(Max("number"))["number__max"]
    return (largest or 0) + 1


def kept_texts(document: Document) -> list[str]:
    """The texts of a paper as it is kept, a paragraph or cell each: what a file that comes back is compared with."""
    return texts(document.model)


def headers_of(document: Document) -> list[str]:
    """The header rows of the tables of a paper, which its print repeats on every page."""
    paper = document.model
    blocks = [*paper.blocks, *(block for appendix in paper.appendices for block in appendix.blocks)]
    return [" ".join(column.title for column in block.columns) for block in blocks if isinstance(block, Table)]


def brought_of(document: Document) -> list[Brought]:
    """The files that came back, newest first."""
    return list(document.brought.select_related("brought_by", "settled_by").order_by("-ordinal"))


def oldest_job() -> Job | None:
    """The unfinished rendering job that has waited longest."""
    return Job.objects.filter(done_at=None).order_by("asked_at", "pk").select_related("document").first()


def faults(lines: Iterable[Line], stored: Set[str]) -> Iterator[Fault]:
    """Check every paper, its number and head, and whether its files are there.

    `lines` are the journal's entries of the acts on papers, oldest first. Only the last wording of a
    paper still lives; what it said before was changed lawfully and is known by its digest alone.
    `stored` are the names of the files that are kept.
    """
    told = _told(lines)
    witnessed = heads_outside()
    for document in Document.objects.order_by("pk").select_related("agency").iterator():
        facts = told.pop(document.code, {})
        yield from (Fault(document.code, what) for what in _paper_faults(document, facts, witnessed))
        yield from _missing(document.code, stored, document.pdf, document.docx)
        for copy in document.copy_rows.order_by("ordinal"):
            yield from _missing(str(copy), stored, copy.pdf, copy.docx)
        for back in document.brought.exclude(state="dropped"):
            yield from _missing(str(back), stored, back.sha256, back.replaced)
    for code in told:
        yield Fault(code, "nhật ký có văn bản này, cơ sở dữ liệu không còn")


def _told(lines: Iterable[Line]) -> dict[str, dict[str, Fact]]:
    """What the journal last said of each paper, fact by fact; what issuing and sealing said under their own names."""
    told: dict[str, dict[str, Fact]] = {}
    for line in lines:
        facts = told.setdefault(str(line.facts["document"]), {})
        if line.verb == "document.revise":
            facts.pop("document.seal copies", None)
        if line.verb == "document.take_file":
            taken = {name: fact for name, fact in line.facts.items() if name in ("pdf", "docx", "copies")}
            facts.update({f"document.seal {name}": fact for name, fact in taken.items()})
        facts.update({f"{line.verb} {name}": fact for name, fact in line.facts.items()})
        facts.update({name: fact for name, fact in line.facts.items() if name == "text"})
    return told


def _paper_faults(document: Document, told: Mapping[str, Fact], witnessed: Set[str]) -> Iterator[str]:
    if told.get("text") != wording_digest(document):
        yield "nội dung văn bản không khớp mã đã ghi trong nhật ký"
    if document.number_text != told.get("document.issue number", ""):
        yield f"số “{document.number_text}” không khớp số đã ghi trong nhật ký"
    if document.head != told.get("document.issue head", "") or document.head not in {*witnessed, ""}:
        yield "mã nhật ký in ở chân văn bản không phải mã đã ra khỏi cơ quan"
    sealed = (
        told.get("document.seal pdf", ""),
        told.get("document.seal docx", ""),
        told.get("document.seal copies"),
    )
    if (document.pdf, document.docx) != sealed[:2] or (sealed[2] and prints_digest(document) != sealed[2]):
        yield "tệp bản in không phải tệp đã ghi trong nhật ký"


def wording_digest(document: Document) -> str:
    """The salted digest that stands in the journal for the words of a paper and of every recipient's copy."""
    copies = document.copy_rows.order_by("ordinal").values_list("paper", flat=True)
    return sealed_digest(document.salt, "\n".join((document.paper, *copies)))


def prints_digest(document: Document) -> str:
    """One digest of all the files of a paper: the file copy, then every recipient's copy in order."""
    rows = [(document.pdf, document.docx), *document.copy_rows.order_by("ordinal").values_list("pdf", "docx")]
    return sha256("".join(pdf + docx for pdf, docx in rows).encode()).hexdigest()


def _missing(where: str, stored: Set[str], *names: str) -> Iterator[Fault]:
    for name in names:
        if name and name not in stored:
            yield Fault(where, f"thiếu tệp {name[:16]}…")
