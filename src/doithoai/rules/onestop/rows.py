"""One line of the export: a file with the person who handed it in, or the reason why it is not taken."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from doithoai.rules.onestop import cells
from doithoai.rules.onestop.sheet import Cell, Column, Layout, words
from doithoai.rules.onestop.wards import Placed, Question, Wards
from doithoai.rules.vietnamese import Sex, fold, name_case

# A bare "tổng" is no sign: Tống is a family name.
_NO_RECORD = re.compile(
    r"(?:tong cong|tong so|nguoi lap|nguoi ket xuat|nguoi in|thu truong|truong bo phan|ghi chu|ngay ket xuat)\b"
    r"|(?:tong|cong)\s*:?\s*[\d.]*$"
)
_FOUND_LENGTH = 60
_LEFT_EMPTY = "Hồ sơ vẫn được nhận, ô này để trống."


@dataclass(frozen=True, slots=True)
class Expected:
    """What the plan asks for, as the plan writes it: the wards of residence and the sectors (R46, R47).

    `places` says which official units the wards are, so that a ward's name of before 2025 is understood.
    """

    wards: tuple[str, ...]
    sectors: tuple[str, ...]
    places: Wards = field(default_factory=Wards)


@dataclass(frozen=True, slots=True)
class Row:
    """One file. `line` is the line of the sheet, counted from 1 as a spreadsheet program shows it.

    `ward` and `sector` are in the plan's spelling where the plan names them, otherwise as the sheet has them.
    `finished` is true for every file of a sheet without a column of states. `personal_number` only tells
    people of one name apart while the sheet is read; inviting needs none of it. `ward_note` says why the row counts
    for `ward` where the sheet names another, the unit `ward_code`.
    """

    line: int
    name: str
    sex: Sex | None
    birth_year: int | None
    phone: str
    personal_number: str = field(repr=False)
    ward: str
    group: str
    sector: str
    procedure: str
    file_code: str
    received_on: date | None
    finished: bool
    organisation: bool
    ward_code: str = ""
    ward_note: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that could not be taken: where it stands, what was found, and the sentence for the page."""

    line: int
    column: str
    found: str
    sentence: str

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line with words that is no record: a total, a repeated header, the line of signatures."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line gave: a row or a refusal, and the cells left out of a row that was taken."""

    row: Row | None
    refused: Refused | None
    doubts: tuple[Refused, ...]
    question: Question | None = None


class _Refusal(Exception):
    def __init__(self, refused: Refused, question: Question | None = None) -> None:
        super().__init__(refused.sentence)
        self.refused = refused
        self.question = question


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line while it is read: its cells by column, and the cells that had to be left out."""

    layout: Layout
    number: int
    cells: Sequence[Cell]
    doubts: list[Refused] = field(default_factory=list)

    def cell(self, column: Column) -> Cell:
        return self.layout.cell(self.cells, column)

    def text(self, column: Column) -> str:
        return words(self.cell(column))

    def optional(self, column: Column, read: Callable[[Cell], T], without: T, then: str = _LEFT_EMPTY) -> T:
        """Read a cell nobody is left out for: what cannot be read is replaced, and `then` says by what."""
        try:
            return read(self.cell(column))
        except cells.Unread as why:
            self.doubts.append(self._finding(column, f"Cần {why}. {then}"))
            return without

    def refusal(self, column: Column, expected: str, question: Question | None = None) -> _Refusal:
        return _Refusal(self._finding(column, f"Cần {expected}."), question)

    def _finding(self, column: Column, expected: str) -> Refused:
        label, found = self.layout.label(column), self.text(column)
        seen = f'"{_shown(found)}"' if found else "để trống"
        sentence = f'Dòng {self.number}, cột "{label}": {seen}. {expected}'
        return Refused(self.number, label, found, sentence)


class Reader:
    """Reads the lines of one sheet, whose layout is known, against what the plan asks for."""

    def __init__(self, layout: Layout, expected: Expected) -> None:
        """Prepare for the columns of `layout`; spellings met once are remembered for the next line."""
        wards, sectors = cells.ward_names(expected.wards), cells.sector_names(expected.sectors)
        self._layout = layout
        self._need_ward = _either(wards.short)
        self._need_sector = _either(sectors.short)
        self._ward = cache(lambda text: _placed(text, wards, expected.places))
        self._sector = cache(lambda text: sectors.find(text) or text)
        self._group = cache(cells.read_group)
        self._sex = cache(cells.read_sex)
        self._state = lru_cache(maxsize=None, typed=True)(cells.read_state)
        self._header = {column: fold(label) for column, label in layout.labels.items()}

    def no_record(self, number: int, row: Sequence[Cell]) -> Skipped | None:
        """The reason why a line with words in it is no record, None where it is one."""
        line = _Line(self._layout, number, row)
        if not (line.text(Column.FILE_CODE) and line.text(Column.NAME)):
            filled = [text for cell in row if (text := words(cell))]
            if any(_NO_RECORD.match(fold(text)) for text in filled):
                return Skipped(number, f'Dòng {number}: "{_shown(filled[0])}" không phải hồ sơ, đã bỏ qua.')
        if all(fold(line.text(column)) == label for column, label in self._header.items()):
            return Skipped(number, f"Dòng {number}: dòng tiêu đề lặp lại, đã bỏ qua.")
        return None

    def read(self, number: int, row: Sequence[Cell]) -> Reading:
        """Read one line. A name, ward, sector, file code or day that cannot be read refuses the whole line."""
        line = _Line(self._layout, number, row)
        try:
            return Reading(self._row(line), None, tuple(line.doubts))
        except _Refusal as refusal:
            return Reading(None, refusal.refused, (), refusal.question)

    def _row(self, line: _Line) -> Row:
        name = name_case(line.text(Column.NAME))
        if not name:
            raise line.refusal(Column.NAME, "họ và tên người nộp hồ sơ")
        placed = self._ward_of(line)
        return Row(
            line=line.number,
            name=name,
            sex=self._sex(line.cell(Column.SEX)),
            birth_year=line.optional(Column.BIRTH, cells.read_birth_year, None),
            phone=line.optional(Column.PHONE, cells.read_phone, ""),
            personal_number=line.optional(Column.PERSONAL_NUMBER, cells.read_personal_number, ""),
            ward=placed.ward,
            group=line.text(Column.GROUP) or self._group(line.text(Column.ADDRESS)),
            sector=self._sector_of(line),
            procedure=line.text(Column.PROCEDURE),
            file_code=_file_code_of(line),
            received_on=_received_on(line),
            finished=self._finished(line),
            organisation=cells.is_organisation(name),
            ward_code=placed.code,
            ward_note=placed.note,
        )

    def _ward_of(self, line: _Line) -> Placed:
        column = Column.WARD if line.text(Column.WARD) or _lacks(line, Column.ADDRESS) else Column.ADDRESS
        asked = Column.ADDRESS if _lacks(line, Column.WARD) else Column.WARD
        try:
            placed = self._ward(line.text(column))
        except cells.Unread:
            raise line.refusal(column, self._need_ward) from None
        if placed.question:
            raise line.refusal(column, f"chọn phường: {placed.question.why}", placed.question)
        if not placed.ward:
            raise line.refusal(asked, self._need_ward)
        return placed

    def _sector_of(self, line: _Line) -> str:
        if not (sector := line.text(Column.SECTOR)):
            raise line.refusal(Column.SECTOR, self._need_sector)
        return self._sector(sector)

    def _finished(self, line: _Line) -> bool:
        if _lacks(line, Column.STATE):
            return True
        return line.optional(Column.STATE, self._state, False, "Hồ sơ này được coi là chưa giải quyết xong.")


def _placed(text: str, names: cells.Names, places: Wards) -> Placed:
    """The ward of a cell by its official place, by its name alone where no place is called so. Raises Unread."""
    if text and places.knows_places():
        placed = places.place(cells.ward_parts(text), text)
        if placed is not None:
            return placed
    return Placed(cells.read_ward(text, names))


def _lacks(line: _Line, column: Column) -> bool:
    return column not in line.layout.columns


def _file_code_of(line: _Line) -> str:
    if not (code := line.text(Column.FILE_CODE)):
        raise line.refusal(Column.FILE_CODE, "mã ghi trên giấy tiếp nhận hồ sơ")
    return code


def _received_on(line: _Line) -> date | None:
    try:
        return cells.read_day(line.cell(Column.RECEIVED_ON))
    except cells.Unread as why:
        raise line.refusal(Column.RECEIVED_ON, str(why)) from None


def _either(names: Sequence[str]) -> str:
    return " hoặc ".join(f'"{name}"' for name in names)


def _shown(text: str) -> str:
    return text if len(text) <= _FOUND_LENGTH else f"{text[: _FOUND_LENGTH - 1]}…"
