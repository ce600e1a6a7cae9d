"""Reading papers, numbers, and the work that waits for the worker."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from doithoai.documents.models import Document, Job, Register
from doithoai.kernel import plugs
from doithoai.rules.chain import Fault, sealed_digest


def next_number(document: Document, on: date) -> int:
    """The number an office without a document system of its own would give next in this series."""
    issuer = document.issuer.code if document.issuer else document.agency.code
    last = Register.objects.filter(
        agency=document.agency, issuer=issuer, year=on.year, symbol=document.symbol
    ).order_by("-number").first()  # fmt: skip
    return last.number + 1 if last else 1


def of_chain(chain: str) -> list[Document]:
    """The papers of a dialogue in the order they were drafted."""
    return list(
        Document.objects.filter(chain=chain).select_related("issuer", "agency", "drafting").order_by("pk")
    )


def oldest_job() -> Job | None:
    """The unfinished rendering job that has waited longest."""
    return Job.objects.filter(done_at=None).order_by("asked_at", "pk").select_related("document").first()


def faults(named: set[str]) -> Iterator[Fault]:
    """Check every paper against its digest in the journal (`named`), and every file against its SHA-256."""
    for document in Document.objects.order_by("pk").iterator():
        if sealed_digest(document.salt, document.paper) not in named:
            yield Fault(document.code, "nội dung văn bản không khớp mã đã ghi trong nhật ký")
        yield from _file_faults(document.code, document.pdf, document.docx)
        for copy in document.copy_rows.order_by("ordinal"):
            yield from _file_faults(str(copy), copy.pdf, copy.docx)


def _file_faults(where: str, *names: str) -> Iterator[Fault]:
    for name in filter(None, names):
        try:
            data = plugs.files().get(name)
        except KeyError:
            yield Fault(where, f"thiếu tệp {name[:16]}…")
            continue
        if sha256(data).hexdigest() != name:
            yield Fault(where, f"tệp {name[:16]}… đã bị thay đổi")
