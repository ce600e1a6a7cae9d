"""Reading a rendered paper back: words, characters with their typeface and place, lines drawn."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
import pypdfium2
from docx.table import Table as WordTable
from pypdfium2 import raw

from doithoai.documents.rendering import render_docx
from doithoai.rules.paper import Paper, Table

MM = 72 / 25.4


@dataclass(frozen=True)
class Glyph:
    """A visible character of a PDF page: typeface, size in points, box in mm from the page's top left."""

    text: str
    face: str
    points: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Stroke:
    """A drawn line or other path, its box in mm from the page's top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def length(self) -> float:
        return self.right - self.left


def pages(pdf: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(pdf))


def _face(text: pypdfium2.PdfTextPage, at: int) -> str:
    room = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text, at, room, 128, ctypes.c_int())
    return room.value.decode()


def glyphs(page: pypdfium2.PdfPage) -> list[Glyph]:
    """The visible characters of a page in reading order."""
    text, height, found = page.get_textpage(), page.get_height(), []
    for at in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, at))
        if character.isspace() or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        left, bottom, right, top = text.get_charbox(at, loose=True)
        box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
        size = raw.FPDFText_GetFontSize(text, at)
        found.append(Glyph(character, _face(text, at), round(size, 1), *box))
    return found


def lines(page: pypdfium2.PdfPage) -> list[list[Glyph]]:
    """The characters of a page by line and, within a line, by stretch of reading order."""
    found: list[list[Glyph]] = []
    for glyph in glyphs(page):
        if found and abs(found[-1][-1].bottom - glyph.bottom) < 0.2 and glyph.left >= found[-1][-1].left:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def stretch(page: pypdfium2.PdfPage, text: str) -> list[Glyph]:
    """The characters of the first place on the page that shows `text`, white space apart."""
    found = glyphs(page)
    whole, bare = "".join(glyph.text for glyph in found), "".join(text.split())
    at = whole.find(bare)
    assert at >= 0, f"{text!r} is not on the page"
    return found[at : at + len(bare)]


def strokes(page: pypdfium2.PdfPage) -> list[Stroke]:
    """The paths drawn straight onto a page (rules and the borders of tables), the code to scan apart."""
    height, found = page.get_height(), []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = drawn.get_bounds()
        found.append(Stroke(left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return found


def _headers(paper: Paper) -> list[list[str]]:
    blocks = [*paper.blocks, *(block for appendix in paper.appendices for block in appendix.blocks)]
    return [" ".join(column.title for column in block.columns).split() for block in blocks if isinstance(block, Table)]


def pdf_words(pdf: bytes, paper: Paper) -> list[str]:
    """The words within the margins; a table's header repeated on a further page and the contact foot left out."""
    found: list[str] = []
    seen: list[list[str]] = []
    for page in pages(pdf):
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, 20 * MM, width, height - 20 * MM)
        words = text.replace("\ufffe", "-").replace("\u200b", "").split()
        for header in _headers(paper):
            if header in seen and words[: len(header)] == header:
                words = words[len(header) :]
            elif " ".join(header) in " ".join(words):
                seen.append(header)
        found += words
    contact = " ".join(paper.contact).split()
    if contact:
        assert " ".join(contact) in " ".join(found)
        found = " ".join(found).replace(" ".join(contact), "").split()
    return found


def _paragraphs(container: object) -> Iterator[str]:
    for inner in container.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(inner, WordTable):
            for row in inner.rows:
                cells = {id(cell._tc): cell for cell in row.cells}
                for cell in cells.values():
                    yield from _paragraphs(cell)
        else:
            yield inner.text


def docx_words(content: bytes) -> list[str]:
    """The words of the main part in reading order."""
    return [word for text in _paragraphs(docx.Document(io.BytesIO(content))) for word in text.split()]


def reworded(paper: Paper, old: str, new: str) -> bytes:
    """The DOCX of a paper after somebody worded it otherwise in Word."""
    opened = docx.Document(io.BytesIO(render_docx(paper, created_at=datetime(2021, 12, 1, tzinfo=UTC))))
    for paragraph in opened.paragraphs:
        text = paragraph.text.replace("\u00a0", " ")
        if old in text:
            paragraph.text = text.replace(old, new)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
