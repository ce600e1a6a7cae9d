"""Several PDFs as one file, to send a whole batch of letters to the printer at once."""

import hashlib
import io
import re
from collections.abc import Sequence

import pypdfium2

_IDENTITY = re.compile(rb"/ID\s*\[<[0-9A-F]{32}><[0-9A-F]{32}>\](?=>>\s*startxref\s+[0-9]+\s+%%EOF\s*$)")
_MADE = re.compile(rb"/CreationDate\(D:[0-9]{14}[^)]{7}\)(?=/Creator\(PDFium\))")
_DATE = re.compile(r"D:([0-9]{14})")


def _settled(merged: bytes, pdfs: Sequence[bytes], made: str) -> bytes:
    """Put what depends on the clock (identity, time of making) to values that follow from the contents."""
    digest = hashlib.sha256(b"".join(hashlib.sha256(pdf).digest() for pdf in pdfs)).hexdigest()
    identity = digest[:32].upper().encode("ascii")
    dated = _MADE.sub(b"/CreationDate(D:" + made.encode("ascii") + b"+00'00')", merged, count=1)
    return _IDENTITY.sub(b"/ID[<" + identity + b"><" + identity + b">]", dated)


def bundle_pdf(pdfs: Sequence[bytes]) -> bytes:
    """All pages of `pdfs` in order in one PDF, dated as the first; the same files give the same bytes.

    For printing only: signatures do not survive it and it is no PDF/A. Raises `ValueError` when empty.
    """
    if not pdfs:
        raise ValueError("Chưa có tệp PDF nào để gộp.")
    whole, made = pypdfium2.PdfDocument.new(), ""
    for content in pdfs:
        part = pypdfium2.PdfDocument(content)
        dated = _DATE.match(part.get_metadata_value("CreationDate"))
        made = made or (dated[1] if dated else "19800101000000")
        whole.import_pages(part)
        part.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return _settled(out.getvalue(), pdfs, made)
