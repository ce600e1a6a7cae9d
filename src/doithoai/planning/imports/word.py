"""The paragraphs of a Word document, with the numbers that Word counts by itself."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from .layout import MARKER, WIDE, Line, Paragraph, labelled, paragraphs
from .unreadable import Unreadable
from .word_runs import words_of

_LARGEST_UNPACKED = 100_000_000
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError, SyntaxError)
"""What opening a damaged or locked package raises, SyntaxError being lxml's."""
_SECOND_LEVEL = re.compile(r"^List Bullet [2-9]$")
"""Word's own styles of nested dashes, each a list by itself."""
_FRAME = re.compile(r"cộng h[oò][àa] xã hội|nơi nhận\s*:|độc lập\s*-")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Points follow the Vietnamese alphabet (Decree 30/2020, appendix I)."""


def word_paragraphs(content: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of the body, cells of a table one after the other.

    Raises Unreadable when the bytes are no Word document.
    """
    document = _opened(content, name)
    numbering = _Numbering(document)
    lines: list[Line] = []
    for number, block in enumerate(_in_order(document), start=1):
        text = block if isinstance(block, str) else _text(block, numbering)
        pieces = [" ".join(piece.split()) for piece in re.split(r"[\n\v\f]", text)]
        lines += [Line(f"Đoạn {number}", piece, gap=i == 0) for i, piece in enumerate(pieces) if piece]
    return paragraphs(lines, full=float("inf"))


def _text(paragraph: WordParagraph, numbering: "_Numbering") -> str:
    """The words of a paragraph behind the number that Word prints before them."""
    text = unicodedata.normalize("NFC", words_of(paragraph)).lstrip()
    label = numbering.label(paragraph) if text else ""
    return f"{label} {text}" if label and not MARKER.match(text) else text


def _opened(content: bytes, name: str) -> Document:
    wrong = f"Tệp {name} không phải tài liệu Word (.docx). Cần lưu lại từ Word thành .docx."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise Unreadable(f"Tệp {name} bung ra quá lớn. Cần tệp kế hoạch, thường chỉ vài trang.")
        return docx.Document(io.BytesIO(content))
    except _BROKEN as error:
        raise Unreadable(wrong) from error


def _in_order(document: Document) -> Iterator[WordParagraph | str]:
    for block in document.iter_inner_content():
        if not isinstance(block, Table):
            yield block
        elif _is_schedule(block):
            yield from _in_rows(block)
        else:
            yield from _in_columns(block)


def _is_schedule(table: Table) -> bool:
    """A wide table of the body; a heading may have a third, empty column between its two."""
    words = " ".join(_cell(cell) for row in table.rows for cell in row.cells).lower()
    return len(table.columns) >= WIDE and not _FRAME.search(words)


def _in_rows(table: Table) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    for row in rows[1:]:
        yield unicodedata.normalize("NFC", labelled(rows[0], row))


def _cell(cell: _Cell) -> str:
    return " ".join(" ".join(words_of(paragraph) for paragraph in cell.paragraphs).split())


def _in_columns(table: Table) -> Iterator[WordParagraph]:
    """Column after column: the heading and the signature of a paper are tables of two columns."""
    seen: set[Any] = set()
    for column in range(len(table.columns)):
        for row in table.rows:
            cell = row.cells[column] if column < len(row.cells) else None
            if cell is None or cell._tc in seen:
                continue
            seen.add(cell._tc)
            for block in cell.iter_inner_content():
                if isinstance(block, Table):
                    yield from _in_columns(block)
                else:
                    yield block


class _Numbering:
    """Counts Word's automatic lists as Word does, so that "1." stands in the text again."""

    def __init__(self, document: Document) -> None:
        self._levels = _levels(document)
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, paragraph: WordParagraph) -> str:
        """The number or dash that Word prints before `paragraph`, or ""."""
        list_id, depth = _list_of(paragraph)
        level = self._levels.get((list_id, depth))
        if level is None:
            return ""
        kind, pattern, start = level
        if kind == "bullet":
            return "+" if depth or _SECOND_LEVEL.search(_style_name(paragraph)) else "-"
        self._count(list_id, depth, start)
        return re.sub(r"%(\d)", lambda m: self._shown(list_id, int(m[1]) - 1), pattern)

    def _count(self, list_id: str, depth: int, start: int) -> None:
        self._counts[list_id, depth] = self._counts.get((list_id, depth), start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == list_id and key[1] > depth]:
            del self._counts[deeper]

    def _shown(self, list_id: str, depth: int) -> str:
        kind, _, start = self._levels.get((list_id, depth), ("decimal", "", 1))
        return _numeral(self._counts.get((list_id, depth), start), kind)


def _numeral(count: int, kind: str) -> str:
    if kind.endswith("Letter"):
        letter = _LETTERS[(count - 1) % len(_LETTERS)]
        return letter.upper() if kind.startswith("upper") else letter
    if kind != "upperRoman":
        return str(count)
    shown = ""
    for value, sign in _ROMAN:
        shown += sign * (count // value)
        count %= value
    return shown


def _levels(document: Document) -> Mapping[tuple[str, int], tuple[str, str, int]]:
    """(list, depth) → (number format, pattern such as "%1.", first number)."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
    found: dict[tuple[str, int], tuple[str, str, int]] = {}
    for num in root.findall(qn("w:num")):
        link = num.find(qn("w:abstractNumId"))
        source = abstract.get(link.get(qn("w:val"))) if link is not None else None
        for level in source.findall(qn("w:lvl")) if source is not None else ():
            depth = int(level.get(qn("w:ilvl")))
            start = int(_value(level, "w:start", "1"))
            found[num.get(qn("w:numId")), depth] = (
                _value(level, "w:numFmt", "decimal"),
                _value(level, "w:lvlText", ""),
                start,
            )
    return found


def _style_name(paragraph: WordParagraph) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""


def _list_of(paragraph: WordParagraph) -> tuple[str, int]:
    """The list and depth of a paragraph, its own or its style's; ("", 0) when it is in none."""
    properties = paragraph._p.pPr
    style: Any = paragraph.style
    while True:
        found = properties.find(qn("w:numPr")) if properties is not None else None
        if found is not None:
            return _value(found, "w:numId", ""), int(_value(found, "w:ilvl", "0"))
        if style is None:
            return "", 0
        properties, style = style.element.pPr, style.base_style


def _value(element: Any, tag: str, default: str) -> str:
    child = element.find(qn(tag))
    return default if child is None else str(child.get(qn("w:val"), default))
