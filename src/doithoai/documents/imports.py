"""Reading a paper that came back from outside: a DOCX out of Word, a PDF, or a scan."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pypdfium2
from django.utils.translation import gettext as _
from lxml import etree

from doithoai.kernel.access import NotNow
from doithoai.rules.filekinds import begins_as

LARGEST = 20_000_000
"""Bytes of an uploaded file."""
UNPACKED = 60_000_000
"""Bytes of the main part of a DOCX once unpacked: what is larger was packed to fill a machine."""
MOST_PAGES = 500
FEWEST_WORDS = 12
"""A PDF with fewer words than this is a scan."""
MARGIN = 18 / 25.4 * 72
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
Kind = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Back:
    """What a file is, and its paragraphs; none for a scan."""

    kind: Kind
    paragraphs: tuple[str, ...]


def read_back(data: bytes, *, headers: Sequence[str] = ()) -> Back:
    """Read a file that came back. `headers` are the header rows of the paper's tables, which a PDF repeats on every page.

    Raises NotNow with one sentence for a file that is neither, is damaged, locked or too large.
    """
    if not data:
        raise NotNow(_("Chưa nhận tệp: tệp trống. Cần tệp DOCX hoặc PDF của văn bản này."))
    if len(data) > LARGEST:
        size = {"found": round(len(data) / 1_000_000), "most": LARGEST // 1_000_000}
        raise NotNow(_("Chưa nhận tệp: tệp %(found)s MB, nhiều nhất %(most)s MB.") % size)
    kind = begins_as(data)
    if kind == "pdf":
        return Back("pdf", tuple(_pdf_lines(data, headers)))
    if kind == "zip":
        return Back("docx", tuple(_docx_paragraphs(data)))
    if kind == "ole":
        raise NotNow(
            _("Chưa nhận tệp: đây là tệp Word kiểu cũ (.doc) hoặc tệp có mật khẩu. Lưu lại thành DOCX rồi đưa lên.")
        )
    raise NotNow(_("Chưa nhận tệp: đây không phải tệp DOCX hay PDF. Chưa ghi gì vào văn bản."))


# ---- DOCX


def _docx_paragraphs(data: bytes) -> Iterator[str]:
    """The paragraphs of the main part in reading order, tracked changes as accepted."""
    broken = _("Chưa nhận tệp: không mở được tệp DOCX này, có thể tệp hỏng. Chưa ghi gì vào văn bản.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(_MAIN).file_size > UNPACKED:
                raise NotNow(_("Chưa nhận tệp: nội dung tệp DOCX quá lớn. Chưa ghi gì vào văn bản."))
            main = package.read(_MAIN)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        body = etree.fromstring(main, parser)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        etree.XMLSyntaxError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise NotNow(broken) from error
    for paragraph in body.iter(f"{_W}p"):
        text = "".join(_said(paragraph))
        if text.strip():
            yield text


def _said(paragraph: "etree._Element") -> Iterator[str]:
    """The text of one paragraph, without what was struck out and without the paragraphs of a frame inside it."""
    for part in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        owner = next(part.iterancestors(f"{_W}p"))
        if owner is not paragraph or any(part.iterancestors(f"{_W}del", f"{_W}moveFrom")):
            continue
        if part.tag == f"{_W}t":
            yield part.text or ""
        else:
            yield "-" if part.tag == f"{_W}noBreakHyphen" else " "


# ---- PDF


def _pdf_lines(data: bytes, headers: Sequence[str]) -> list[str]:
    """The lines within the margins of every page; none when it is a scan."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotNow(
            _("Chưa nhận tệp: không mở được tệp PDF này, có thể tệp hỏng hoặc có mật khẩu. Chưa ghi gì vào văn bản.")
        ) from error
    try:
        if len(document) > MOST_PAGES:
            pages = {"found": len(document), "most": MOST_PAGES}
            raise NotNow(_("Chưa nhận tệp: tệp PDF %(found)s trang, nhiều nhất %(most)s trang.") % pages)
        lines = list(_headers_once(_pages(document), [header.split() for header in headers]))
    finally:
        document.close()
    return lines if sum(len(line.split()) for line in lines) >= FEWEST_WORDS else []


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[str]]:
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, MARGIN, width, height - MARGIN)
        plain = text.replace("\ufffe", "-").replace("\u200b", "")
        yield [" ".join(line.split()) for line in plain.splitlines() if line.strip()]


def _headers_once(pages: Iterator[list[str]], headers: Sequence[list[str]]) -> Iterator[str]:
    """The lines of all pages, without the header row that a table repeats at the top of a further page."""
    for at, lines in enumerate(pages):
        words = " ".join(lines).split()
        again = next((header for header in headers if at and header and words[: len(header)] == header), None)
        if again is None:
            yield from lines
        else:
            yield " ".join(words[len(again) :])
