"""The paragraphs of a PDF: letters with their places, put back into rows, columns and lines."""

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import pypdfium2
from pypdfium2 import raw

from .layout import Line, Paragraph, Row, is_bare_marker, paragraphs, uncolumned
from .unreadable import Unreadable

_MOST_PAGES = 200
_LINE_END_HYPHEN = "\x02"
_PAGE_NUMBER = re.compile(r"[-–\s]*\d{1,3}[-–\s]*(?:/\s*\d{1,3})?")


@dataclass(frozen=True, slots=True)
class _Letter:
    sign: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters side by side without a column between them; in points."""

    text: str
    left: float
    right: float
    word: float
    middle: float
    height: float


def pdf_paragraphs(content: bytes, name: str) -> list[Paragraph]:
    """The paragraphs of all pages, page numbers dropped, lines rejoined also over a page's end.

    Raises Unreadable when the bytes are no PDF, need a password, or hold pictures of pages only.
    """
    pages = [_runs(letters) for letters in _pages(content, name)]
    runs = [run for page in pages for run in page]
    if not runs:
        raise Unreadable(f"Tệp {name} chỉ có hình chụp trang giấy, không có chữ. Cần PDF xuất từ Word, hoặc tệp .docx.")
    unit = statistics.median((run.right - run.left) / max(len(run.text), 1) for run in runs)
    lines = [
        line for number, page in enumerate(pages, start=1) for line in uncolumned(_printed(_rows(page), number, unit))
    ]
    return paragraphs(lines, full=max(line.right for line in lines) if lines else 0.0)


def _pages(content: bytes, name: str) -> list[list[_Letter]]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > _MOST_PAGES:
                raise Unreadable(f"Tệp {name} có {len(document)} trang. Cần tệp kế hoạch, thường chỉ vài trang.")
            return [_letters(page) for page in document]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        found = "có mật khẩu" if locked else "không phải PDF, hoặc bị hỏng"
        raise Unreadable(f"Tệp {name} {found}. Cần một tệp PDF mở được.") from error


def _letters(page: pypdfium2.PdfPage) -> list[_Letter]:
    textpage = page.get_textpage()
    letters = []
    for index in range(textpage.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(textpage, index))
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        letters.append(_Letter("-" if sign == _LINE_END_HYPHEN else sign, left, bottom, right, top))
    textpage.close()
    return letters


def _runs(letters: Sequence[_Letter]) -> list[_Run]:
    runs: list[_Run] = []
    current: list[_Letter] = []
    for letter in letters:
        if letter.sign.isspace():
            current += [replace(letter, sign=" ")] if current else []
            continue
        if current and _apart(_last_printed(current), letter, current):
            runs.append(_run(current))
            current = []
        current.append(letter)
    return [run for run in [*runs, *([_run(current)] if current else [])] if run.text]


def _last_printed(letters: Sequence[_Letter]) -> _Letter:
    return next(letter for letter in reversed(letters) if letter.sign != " ")


def _apart(before: _Letter, letter: _Letter, current: Sequence[_Letter]) -> bool:
    """Whether a new line or a new column begins: another height, or a wide gap before a capital."""
    size = max(before.height, letter.height, 1.0)
    if abs(before.middle - letter.middle) > size / 2 or letter.left < before.left - size:
        return True
    text = "".join(item.sign for item in current).strip()
    return letter.left - before.right > 2 * size and letter.sign.isupper() and not is_bare_marker(text)


def _run(letters: Sequence[_Letter]) -> _Run:
    printed = [letter for letter in letters if letter.sign != " "]
    text = unicodedata.normalize("NFC", "".join(letter.sign for letter in letters))
    return _Run(
        " ".join(text.split()),
        printed[0].left,
        printed[-1].right,
        _first_word(letters),
        statistics.median(letter.middle for letter in printed),
        max(letter.height for letter in printed),
    )


def _first_word(letters: Sequence[_Letter]) -> float:
    word = list(takewhile(lambda letter: letter.sign != " ", letters))
    return word[-1].right - word[0].left


def _rows(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Runs of one height together, from the top of the page; a page number at either end dropped."""
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (-run.middle, run.left)):
        if rows and abs(rows[-1][0].middle - run.middle) < run.height / 2:
            rows[-1].append(run)
        else:
            rows.append([run])
    for end in (0, -1):
        if rows and len(rows[end]) == 1 and _PAGE_NUMBER.fullmatch(rows[end][0].text):
            rows.pop(end)
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _printed(rows: Sequence[Sequence[_Run]], page: int, unit: float) -> list[Row]:
    steps = [above[0].middle - row[0].middle for above, row in pairwise(rows)]
    usual = statistics.median_low(steps) if steps else 0.0
    return [
        tuple(_line(f"Trang {page}, dòng {number}", run, unit, step > 1.25 * usual) for run in row)
        for number, (row, step) in enumerate(zip(rows, [0.0, *steps], strict=True), start=1)
    ]


def _line(where: str, run: _Run, unit: float, gap: bool) -> Line:
    return Line(where, run.text, run.left / unit, run.right / unit, run.word / unit, gap)
