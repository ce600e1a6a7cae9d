"""A one-stop export as a sheet: its cells, its header row, and which column says what.

Exports of the one-stop desk differ from office to office: title lines stand above the header, columns
come in any order and under any of a dozen names. Nothing here guesses beyond its own table of names;
where the table is not enough, an explicit choice of columns overrides it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, zip_longest

from doithoai.rules.vietnamese import fold, short_date, squeeze

Cell = str | int | float | bool | datetime | date | time | timedelta | None

HEADER_WITHIN = 40
"""The header row is looked for in this many first lines."""


class RecordsUnreadable(Exception):
    """The file or sheet cannot be read as one-stop records; `str()` is one Vietnamese sentence or two."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it stands: `rows[0]` is line 1, so that a refusal can name the line people see.

    `note` says what is unsure about all of it, such as the encoding it was found to be in.
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    note: str = ""


class Column(StrEnum):
    """What a column of the export says about a file or the person who handed it in."""

    NAME = "name"
    SEX = "sex"
    BIRTH = "birth"
    PHONE = "phone"
    PERSONAL_NUMBER = "personal_number"
    WARD = "ward"
    ADDRESS = "address"
    GROUP = "group"
    SECTOR = "sector"
    PROCEDURE = "procedure"
    FILE_CODE = "file_code"
    RECEIVED_ON = "received_on"
    STATE = "state"


# The folded names under which offices export each column, the likeliest first: of two columns that both
# could be meant, the one named earlier here is taken.
SYNONYMS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: (
        "ho va ten", "ho ten", "ho va ten nguoi nop", "ho ten nguoi nop", "ten nguoi nop", "nguoi nop ho so",
        "nguoi nop", "ho va ten chu ho so", "ten chu ho so", "chu ho so", "to chuc ca nhan nop ho so",
        "ten to chuc ca nhan", "ca nhan to chuc", "ho ten cong dan", "ten cong dan", "cong dan",
        "ten ca nhan to chuc", "nguoi yeu cau",
    ),
    Column.SEX: ("gioi tinh", "gioi", "nam nu", "phai"),
    Column.BIRTH: ("nam sinh", "ngay sinh", "ngay thang nam sinh", "sinh nam", "ns"),
    Column.PHONE: (
        "sdt", "so dien thoai", "dien thoai", "so dt", "dt", "dien thoai lien he", "sdt lien he",
        "so dien thoai lien he", "di dong", "so di dong", "dtdd", "tel",
    ),
    Column.PERSONAL_NUMBER: (
        "so dinh danh ca nhan", "so dinh danh", "so cccd", "cccd", "can cuoc", "so can cuoc", "cmnd cccd",
        "cccd cmnd", "so cmnd cccd", "so cccd cmnd", "cmnd", "so cmnd", "so giay to",
    ),
    Column.WARD: (
        "phuong", "phuong xa", "xa phuong", "xa phuong thi tran", "phuong xa thi tran", "phuong noi cu tru",
        "ten phuong", "px", "p xa", "xa", "don vi hanh chinh",
    ),
    Column.ADDRESS: (
        "noi cu tru", "dia chi", "dia chi thuong tru", "noi thuong tru", "noi o hien nay", "cho o hien nay",
        "noi o", "cho o", "dia chi cu tru", "dia chi lien he", "dia chi nguoi nop",
    ),
    Column.GROUP: (
        "to dan pho", "tdp", "thon", "thon to dan pho", "to dan pho thon", "thon tdp", "tdp thon", "khu pho",
        "to khu pho", "thon khu pho",
    ),
    Column.SECTOR: ("linh vuc", "ten linh vuc", "linh vuc tthc", "linh vuc giai quyet", "nhom thu tuc"),
    Column.PROCEDURE: (
        "thu tuc", "ten thu tuc", "thu tuc hanh chinh", "ten thu tuc hanh chinh", "ten tthc", "tthc",
        "loai ho so", "noi dung ho so",
    ),
    Column.FILE_CODE: (
        "ma ho so", "ma so ho so", "so ho so", "ma hs", "so hs", "so tiep nhan", "ma bien nhan",
        "so bien nhan",
    ),
    Column.RECEIVED_ON: (
        "ngay tiep nhan", "ngay tiep nhan ho so", "ngay nhan", "ngay nhan ho so", "ngay nop",
        "ngay nop ho so", "ngay tn", "thoi gian tiep nhan",
    ),
    Column.STATE: (
        "trang thai", "tinh trang", "trang thai ho so", "tinh trang ho so", "tinh trang xu ly",
        "trang thai xu ly", "ket qua", "ket qua giai quyet", "ngay tra ket qua", "ngay tra",
    ),
}  # fmt: skip

_RANK = {name: (column, rank) for column, names in SYNONYMS.items() for rank, name in enumerate(names)}

_NEEDED: Mapping[tuple[Column, ...], str] = {
    (Column.NAME,): "Họ và tên",
    (Column.WARD, Column.ADDRESS): "Phường",
    (Column.SECTOR,): "Lĩnh vực",
    (Column.FILE_CODE,): "Mã hồ sơ",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the records stand: the header's (last) line, the first line of records, each column's index and label."""

    header_line: int
    first_line: int
    columns: Mapping[Column, int]
    labels: Mapping[Column, str]

    def cell(self, row: Sequence[Cell], column: Column) -> Cell:
        """The cell of that column, None where the sheet has no such column or the row is short."""
        index = self.columns.get(column, len(row))
        return row[index] if index < len(row) else None

    def label(self, column: Column) -> str:
        """The column's header as the sheet writes it, so that a refusal names what the clerk sees."""
        return self.labels.get(column, column.value)


def words(cell: Cell) -> str:
    """A cell as one line of text: no doubled spaces, whole numbers without ".0", days as dd/mm/yyyy."""
    if isinstance(cell, str):
        # squeeze() has nothing to do in ASCII but the blanks; half of all cells are codes, days and numbers.
        return " ".join(cell.split()) if cell.isascii() else squeeze(cell)
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return short_date(cell)
    return str(cell)


@lru_cache(maxsize=4096)
def _plain(label: str) -> str:
    """A header folded for comparison: what stands in brackets, stars and punctuation are not part of it."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", label))))


def find_layout(table: Table, chosen: Mapping[Column, str] | None = None) -> Layout:
    """Find the header row and what each column says.

    `chosen` names columns by their header text where the office's names are its own; it overrides the
    table of synonyms. Raises RecordsUnreadable, naming the sheet and what is missing.
    """
    best = max(_candidates(table, chosen or {}), key=lambda found: len(found.columns), default=None)
    if best is None or Column.NAME not in best.columns or len(best.columns) < 3:
        raise RecordsUnreadable(
            f'Trang "{table.sheet}": không thấy dòng tiêu đề trong {HEADER_WITHIN} dòng đầu. '
            f"Cần một dòng có các cột {_listed(_NEEDED.values())}."
        )
    _check_complete(table, best, chosen or {})
    return best


def _candidates(table: Table, chosen: Mapping[Column, str]) -> Iterator[Layout]:
    """Every row as a header, then every two rows as one: of equals the simpler reading comes first."""
    head = [[words(cell) for cell in row] for row in table.rows[: HEADER_WITHIN + 1]]
    for index, labels in enumerate(head[:HEADER_WITHIN]):
        yield _layout(table, labels, index, chosen)
    for index, (upper, lower) in enumerate(pairwise(head), start=1):
        yield _layout(table, _two_storeys(upper, lower), index, chosen)


def _two_storeys(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """A header of two rows: a group name above ("Người nộp"), the columns' own names beneath it."""
    pairs = zip_longest(upper, lower, fillvalue="")
    return [down if _plain(down) in _RANK else up for up, down in pairs]


def _layout(table: Table, labels: Sequence[str], index: int, chosen: Mapping[Column, str]) -> Layout:
    """The layout if the header's names, or their lower storey, stood in `rows[index]`."""
    columns = _recognised(labels) | _as_chosen(labels, chosen)
    first = index + 1
    if first < len(table.rows) and _only_counts(table.rows[first]):
        first += 1
    named = {column: labels[at] for column, at in columns.items()}
    return Layout(index + 1, first + 1, columns, named)


def _recognised(labels: Sequence[str]) -> dict[Column, int]:
    best: dict[Column, tuple[int, int]] = {}
    for at, label in enumerate(labels):
        if (known := _RANK.get(_plain(label))) is not None:
            column, rank = known
            best[column] = min(best.get(column, (rank, at)), (rank, at))
    return {column: at for column, (_, at) in best.items()}


def _as_chosen(labels: Sequence[str], chosen: Mapping[Column, str]) -> dict[Column, int]:
    plain = [_plain(label) for label in labels]
    wanted = {column: _plain(name) for column, name in chosen.items()}
    return {column: plain.index(name) for column, name in wanted.items() if name in plain}


def _only_counts(row: Sequence[Cell]) -> bool:
    """The line "(1) (2) (3) …" that forms carry beneath their header."""
    filled = [text for cell in row if (text := words(cell))]
    counted = [str(number) for number in range(1, len(filled) + 1)]
    return len(filled) > 2 and [text.strip("()[]") for text in filled] == counted


def _check_complete(table: Table, layout: Layout, chosen: Mapping[Column, str]) -> None:
    for column, name in chosen.items():
        if _plain(layout.labels.get(column, "")) != _plain(name):
            raise RecordsUnreadable(
                f'Trang "{table.sheet}", dòng tiêu đề {layout.header_line}: không có cột "{name}" đã chọn. '
                "Cần chọn lại một cột có trong dòng này."
            )
    missing = [name for either, name in _NEEDED.items() if not any(c in layout.columns for c in either)]
    if missing:
        raise RecordsUnreadable(
            f'Trang "{table.sheet}", dòng tiêu đề {layout.header_line}: thiếu cột {_listed(missing)}. '
            "Cần thêm cột hoặc chọn cột tương ứng."
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
