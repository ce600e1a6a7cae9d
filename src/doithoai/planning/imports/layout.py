"""Printed lines into paragraphs: two columns taken apart, wrapped lines joined again.

Widths are in characters, whether a line comes from a text file or from a PDF page, so that one
rule serves both: a line was wrapped when the next word would not have fitted on it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

MARKER = re.compile(
    r"(?P<roman>[IVX]+)\s*[.)]\s+(?=\S)"
    r"|(?P<upper>[A-ZĐ])\.\s+(?=\S)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\s*(?:[.)]\s+|[.)](?=[A-ZĐÀ-Ỹ]))(?=\S)"
    r"|(?P<letter>[a-zđ])\s*\)\s*(?=\S)"
    r"|(?P<plus>\+)\s*(?=\S)"
    r"|(?P<dash>[-–—•●▪◦])\s*(?=[^\W\d_]|\S*\s)"
)
_BARE_MARKER = re.compile(r"(?:[IVX]+|[A-ZĐ]|\d{1,2})[.)]|[a-zđ]\)|[-–—•●▪◦+*]")
_STANDS_ALONE = re.compile(
    r"số\s*:|nơi nhận\b|(?-i:(?:TM|KT|TL|TUQ|Q)\.\s|KẾ HOẠCH\b)|cộng h[oò][àa] xã hội"
    r"|độc lập\s*-|(?-i:[A-ZĐÀ-Ỹ])[^\W\d_][^:;,\d]{0,40},\s*ngày\b.{0,12}tháng\b.{0,8}năm\s*\d{0,4}\.?$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.;:!?]\W*$")
_COUNTER = re.compile(r"(?:S?TT|Số TT)?\.?", re.IGNORECASE)
_TITLE = re.compile(r"KẾ HOẠCH\b")
_GLUED = re.compile(r"\S[-–/&]$")
_STRAY = {".", ";"}
_TAIL = 12
"""Letters in which the end of a sentence shows."""
_SHORTEST_HEADING = 4
"""Letters: "TB" and "UBND" alone on a line are the rest of a sentence, not a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `where` names it to a reader ("Dòng 12"); `left` and `right` are its
    edges and `word` the width of its first word, in characters; `gap` tells that more than the
    usual space stands above it."""

    where: str
    text: str
    left: float = 0.0
    right: float = 0.0
    word: float = 0.0
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A whole paragraph with the place of its first line."""

    where: str
    text: str


Row = tuple[Line, ...]
_SPACE = 0.5
"""Of a character: the narrowest space that a wrapped line would still need."""


def uncolumned(rows: Sequence[Row]) -> list[Line]:
    """The lines of a page in reading order: where rows stand in two columns, left before right."""
    lines: list[Line] = []
    index = 0
    while index < len(rows):
        length, gutter = _block(rows, index)
        part = rows[index : index + length]
        lines += [line for row in part for line in row if line.right <= gutter]
        lines += _right_column(line for row in part for line in row if line.right > gutter)
        index += length
    return lines


def _block(rows: Sequence[Row], index: int) -> tuple[int, float]:
    """How many rows from `index` on leave one gutter free, and where that gutter is."""
    if len(rows[index]) < 2:
        return 1, float("inf")
    low, high, length = 0.0, float("inf"), 0
    for row in rows[index:]:
        left, right = _edges(row, low, high)
        if left >= right or (length and _TITLE.match(row[0].text)):
            break
        low, high, length = left, right, length + 1
    return max(length, 1), (low + high) / 2


def _edges(row: Row, low: float, high: float) -> tuple[float, float]:
    """The gutter between `low` and `high` after this row took its place on one side or both."""
    if len(row) > 1:
        return max(low, row[-2].right), min(high, row[-1].left)
    if row[0].right < high:
        return max(low, row[0].right), high
    return low, min(high, row[0].left)


def _right_column(lines: Iterable[Line]) -> Iterator[Line]:
    for position, line in enumerate(lines):
        yield replace(line, gap=True) if position == 0 else line


WIDE = 3
"""Columns from which a table is a schedule to be read row by row, not a heading or a signature."""


def labelled(header: Sequence[str], cells: Sequence[str]) -> str:
    """A row of a schedule as a sentence: "Thời gian: 7h30-11h30, Lĩnh vực: Đất đai"."""
    pairs = zip(header, cells, strict=False)
    return ", ".join(f"{head}: {cell}" for head, cell in pairs if cell and not _COUNTER.fullmatch(head))


def is_bare_marker(text: str) -> bool:
    """Whether `text` is only the number or dash of a list item."""
    return _BARE_MARKER.fullmatch(text) is not None


@dataclass(slots=True)
class _Open:
    """A paragraph that may still go on."""

    first: Line
    last: Line
    pieces: list[str]
    opened: int = 0
    """Brackets not closed yet."""

    def add(self, line: Line) -> None:
        glued = _GLUED.search(self.end) or line.text in _STRAY
        self.pieces += [line.text] if glued else [" ", line.text]
        self.opened += line.text.count("(") - line.text.count(")")
        self.last = line

    @property
    def end(self) -> str:
        return self.last.text

    @property
    def is_upper(self) -> bool:
        return all(piece.isupper() or not piece.strip() for piece in self.pieces)

    def continues(self, line: Line, full: float, margin: float) -> bool:
        """Whether `line` belongs to this paragraph."""
        if _STANDS_ALONE.match(line.text) or _STANDS_ALONE.match(self.first.text):
            return False
        closed = _CLOSED.search(self.end[-_TAIL:]) is not None
        wrapped = not line.gap and self.last.right + _SPACE + line.word > full
        if MARKER.match(line.text):
            return wrapped and not closed and line.text[0] in "–—"
        if closed:
            return (wrapped and not self._indented_again(line, margin)) or line.text in _STRAY
        if self.is_upper and len(self.end) > _SHORTEST_HEADING:
            numbered = MARKER.match(self.first.text) is not None
            return wrapped and line.text.isupper() and numbered
        return wrapped or self._mid_sentence(line)

    def _indented_again(self, line: Line, margin: float) -> bool:
        """Whether `line` starts like a new paragraph: indented as the first line was, not as the second."""
        if self.last is not self.first:
            return line.left > self.last.left + 1
        return self.first.left > margin + 1.5 and abs(line.left - self.first.left) < 1

    def _mid_sentence(self, line: Line) -> bool:
        """Whether a sentence left open goes on, however much space stands between."""
        first = next((letter for letter in line.text if letter.isalnum()), "")
        left_open = self.end.endswith(",") or self.opened > 0 or _GLUED.search(self.end) is not None
        return first.islower() or not first or left_open


def paragraphs(lines: Iterable[Line], full: float) -> list[Paragraph]:
    """Lines joined into paragraphs; `full` is the right edge that a full line reaches."""
    found: list[_Open] = []
    margin = float("inf")
    for line in lines:
        if found and found[-1].continues(line, full, margin):
            found[-1].add(line)
        else:
            brackets = line.text.count("(") - line.text.count(")")
            found.append(_Open(line, line, [line.text], brackets))
            margin = min(margin, line.left)
    return [Paragraph(part.first.where, "".join(part.pieces)) for part in found]
