"""The words of a plan out of a file: .docx, .pdf, .txt or .md."""

import html
import re
import unicodedata
from pathlib import Path

from doithoai.rules.old_encodings import SURE, decoded, read_bytes, recognise

from .draft import Doubt, Place
from .layout import WIDE, Line, Paragraph, Row, is_bare_marker, labelled, paragraphs, uncolumned
from .pdf import pdf_paragraphs
from .unreadable import Unreadable
from .word import word_paragraphs

LARGEST = 20_000_000
"""Bytes: a plan is a few pages; anything larger is another document."""

LONGEST = 300_000
"""Letters: a hundred pages, appendices included."""

_RAGGED = 12
"""Characters by which the longest lines of hand-wrapped text differ."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ESCAPED = re.compile(r"\\([-.*_()#+&\[\]])")
_RULE = re.compile(r"[-_*=\s]{3,}")
_PREFIX = re.compile(r"^\s*(?:>\s*)*#{1,6}\s+|^\s*(?:>\s*)+")
_DOUBLE_MARKER = re.compile(r"^\s*[-*]\s+(?=[-+•–]\s)")
_COLUMNS = re.compile(r"(?<=\S)(?: {4,}|\s*\t\s*)(?=[A-ZĐÀ-Ỹ])")


def read_paragraphs(path: Path) -> tuple[list[Paragraph], list[Doubt]]:
    """The paragraphs of the file in reading order, without layout, and what is unsure about its letters.

    Text in TCVN3 or VNI is turned into Unicode, by its fonts in Word, elsewhere by its words. Raises Unreadable
    when the file is missing, empty, too large, locked, a scan without text, or of another kind.
    """
    content = _content(path)
    suffix = path.suffix.lower()
    if content.startswith(_OLD_OFFICE):
        raise Unreadable(
            f"Tệp {path.name} là Word kiểu cũ (.doc) hoặc có mật khẩu. Cần lưu lại thành .docx không mật khẩu."
        )
    doubts: list[Doubt] = []
    if suffix in {".txt", ".md"}:
        text, doubts = _decoded(content, path.name)
        found = text_paragraphs(text)
    elif suffix == ".docx":
        found = word_paragraphs(content, path.name)
    elif suffix == ".pdf":
        found = pdf_paragraphs(content, path.name)
    else:
        raise Unreadable(f"Tệp {path.name} không thuộc loại đọc được. Cần .docx, .pdf, .txt hoặc .md.")
    if not found:
        raise Unreadable(f"Tệp {path.name} không có chữ nào. Cần một kế hoạch đối thoại.")
    if sum(len(part.text) for part in found) > LONGEST:
        raise Unreadable(f"Tệp {path.name} dài hơn {LONGEST} chữ cái. Cần tệp kế hoạch, thường chỉ vài trang.")
    return _in_unicode(found, doubts)


def _in_unicode(found: list[Paragraph], doubts: list[Doubt]) -> tuple[list[Paragraph], list[Doubt]]:
    """Paragraphs whose words alone show that they are in an old encoding, read as what they are."""
    old = recognise("\n".join(part.text for part in found))
    if old is None:
        return found, doubts
    parts = [Paragraph(part.where, decoded(part.text, old.encoding)) for part in found]
    return parts, [Doubt(Place.BODY, old.sentence)]


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if 0 < size <= LARGEST else b""
    except OSError as error:
        raise Unreadable(f"Không mở được tệp {path.name}. Cần một tệp kế hoạch có trên máy.") from error
    if size > LARGEST:
        raise Unreadable(f"Tệp {path.name} lớn hơn 20 MB. Cần tệp kế hoạch, thường chỉ vài trang.")
    if not content.strip():
        raise Unreadable(f"Tệp {path.name} trống. Cần một kế hoạch đối thoại.")
    return content


def _decoded(content: bytes, name: str) -> tuple[str, list[Doubt]]:
    doubts: list[Doubt] = []
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        read = read_bytes(content)
        if read.fit < SURE:
            why = f"Dòng {line}: chữ không theo mã Unicode, TCVN3 hay VNI. Cần lưu lại tệp {name} theo UTF-8."
            raise Unreadable(why) from error
        text, doubts = read.text, [Doubt(Place.BODY, read.sentence)]
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Unreadable(f"Dòng {line}: có ký tự không phải chữ. Cần tệp văn bản {name} chứa kế hoạch.")
    return text, doubts


def text_paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of plain or Markdown text; the marks of Markdown are layout and dropped."""
    rows: list[Row] = []
    gap = True
    header: list[str] = []
    for number, raw in enumerate(unicodedata.normalize("NFC", text).splitlines(), start=1):
        cells = _cells(raw)
        row = _table_row(f"Dòng {number}", cells, header) if cells else _row(f"Dòng {number}", raw, gap)
        header = (header or cells) if cells else []
        rows += row
        gap = not row
    return paragraphs(uncolumned(rows), _full(rows))


def _full(rows: list[Row]) -> float:
    """The right edge of text wrapped by hand, or infinity where each paragraph is one line."""
    edges = sorted((row[0].right for row in rows if len(row) == 1), reverse=True)
    wrapped = len(edges) > 2 and edges[2] > edges[0] - _RAGGED
    return edges[2] if wrapped else float("inf")


def _cells(raw: str) -> list[str]:
    """The cells of a row of a Markdown table; none for any other line."""
    stripped = html.unescape(raw).strip()
    return [cell.strip() for cell in stripped.strip("|").split("|")] if stripped.startswith("|") else []


def _table_row(where: str, cells: list[str], header: list[str]) -> list[Row]:
    """Cell after cell; a row of a schedule as one sentence with the words of its header."""
    if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
        return []
    plain = [[part.strip() for part in _broken(cell)] for cell in cells]
    if len(cells) < WIDE:
        return [(Line(where, part, gap=True),) for parts in plain for part in parts]
    if not header:
        return []
    heads = [" ".join(_broken(head)).strip() for head in header]
    return [(Line(where, labelled(heads, [" ".join(parts) for parts in plain]), gap=True),)]


def _row(where: str, raw: str, gap: bool) -> list[Row]:
    """The row or rows of one line: columns stay one row, <br> makes rows of their own."""
    clean = html.unescape(raw)
    if _RULE.fullmatch(clean):
        return []
    pieces = _broken(clean)
    if len(pieces) == 1:
        return [_columns(where, pieces[0], gap)]
    return [(Line(where, part.strip(), gap=gap),) for part in pieces]


def _broken(text: str) -> list[str]:
    parts = re.split(r"<br\s*/?>", text, flags=re.IGNORECASE)
    return [part for part in map(_unmarked, parts) if part.strip()]


def _unmarked(text: str) -> str:
    """The line without the marks of Markdown and HTML, its leading spaces kept."""
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = _PREFIX.sub("", text)
    text = _DOUBLE_MARKER.sub("", text)
    text = re.sub(r"^(\s*)\*\s+", r"\1- ", text)
    text = re.sub(r"(?<!\\)\*+", "", text)
    text = re.sub(r"(?<![\w\\])_+|(?<!\\)_+(?!\w)", "", text)
    return _ESCAPED.sub(r"\1", text).rstrip()


def _columns(where: str, text: str, gap: bool) -> Row:
    cuts = [0, *(match.end() for match in _COLUMNS.finditer(text)), len(text)]
    pieces = [(cuts[i], text[cuts[i] : cuts[i + 1]]) for i in range(len(cuts) - 1)]
    if is_bare_marker(pieces[0][1].strip()):
        pieces = [(0, text)]
    return tuple(_line(where, start, piece, gap) for start, piece in pieces)


def _line(where: str, start: int, piece: str, gap: bool) -> Line:
    left = start + len(piece) - len(piece.lstrip())
    words = " ".join(piece.split())
    return Line(where, words, left, left + len(piece.strip()), len(words.split()[0]), gap)
