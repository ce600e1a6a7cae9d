"""The DOCX of a paper: the constant package, with only its own text and code written into it.

The same paper gives the same bytes: entries stand in a fixed order with a fixed date.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from doithoai.documents.rendering import qr, word_base
from doithoai.documents.rendering.sheet import lay_out
from doithoai.documents.rendering.word_xml import core_xml, document_xml, foot_xml
from doithoai.rules.paper import Paper

_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
_NO_CODE = "-"


def _packed(entries: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries:
            package.writestr(zipfile.ZipInfo(name, _ENTRY_DATE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def render_docx(paper: Paper, *, created_at: datetime) -> bytes:
    """The paper as DOCX in Times New Roman. `created_at` (aware) is written as its time of making."""
    laid, base = lay_out(paper), word_base.base()
    made = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = {
        word_base.DOCUMENT: document_xml(laid, base).encode(),
        word_base.CORE: core_xml(laid, made).encode(),
        base.first_foot: foot_xml(laid, first=True).encode(),
        base.other_foot: foot_xml(laid, first=False).encode(),
        base.picture: qr.png(laid.qr.payload if laid.qr else _NO_CODE),
    }
    return _packed((*base.parts, *own.items()))


def render_docx_copies(papers: Iterable[Paper], *, created_at: datetime) -> Iterator[bytes]:
    """Each paper as `render_docx` gives it, one after another, the package built once."""
    for paper in papers:
        yield render_docx(paper, created_at=created_at)
