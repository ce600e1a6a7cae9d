"""The whole sheet at once: every line taken, refused or skipped, and nothing stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from doithoai.rules.onestop.people import Applicant, Merged, same_people
from doithoai.rules.onestop.rows import Expected, Reader, Reading, Refused, Row, Skipped
from doithoai.rules.onestop.sheet import Cell, Column, Layout, RecordsUnreadable, Table, find_layout, words
from doithoai.rules.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Intake:
    """What a sheet holds. Each line with words below the header stands in exactly one of three places:
    a row of somebody in `taken`, `refused`, or `skipped`.

    `merged` explains which lines were found to be one person, `doubts` which single cells of taken rows
    were left out. It is for a person to look at; storing it, whole or not at all, is the caller's act.
    """

    layout: Layout
    taken: tuple[Applicant, ...]
    refused: tuple[Refused, ...]
    merged: tuple[Merged, ...]
    doubts: tuple[Refused, ...]
    skipped: tuple[Skipped, ...]


def take_in(table: Table, expected: Expected, chosen: Mapping[Column, str] | None = None) -> Intake:
    """Read a one-stop export against the wards and sectors of a plan (R42, R46, R47).

    `chosen` names columns by their header where the office's own names are unknown to us. Raises
    RecordsUnreadable when there is no header row, a needed column is missing, or no record stands below.
    """
    layout = find_layout(table, chosen)
    reader = Reader(layout, expected)
    lines = list(_lines(table, layout.first_line))
    skipped = {number: why for number, row in lines if (why := reader.no_record(number, row)) is not None}
    readings = [reader.read(number, row) for number, row in lines if number not in skipped]
    if not readings:
        raise RecordsUnreadable(
            f'Trang "{table.sheet}": dưới dòng tiêu đề {layout.header_line} không có hồ sơ nào. '
            "Cần ít nhất một dòng hồ sơ."
        )
    return _intake(layout, readings, tuple(skipped.values()))


def _intake(layout: Layout, readings: Sequence[Reading], skipped: tuple[Skipped, ...]) -> Intake:
    read = [reading.row for reading in readings if reading.row is not None]
    rows, clashes = _one_name_a_code(read, layout.label(Column.FILE_CODE))
    taken, merged = same_people(rows)
    refused = [reading.refused for reading in readings if reading.refused is not None]
    return Intake(
        layout=layout,
        taken=taken,
        refused=tuple(sorted([*refused, *clashes], key=lambda refusal: refusal.line)),
        merged=tuple(sorted(merged, key=lambda merge: merge.line)),
        doubts=_of_taken(readings, clashes),
        skipped=skipped,
    )


def _lines(table: Table, first_line: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The lines with any words in them, numbered as the sheet numbers them."""
    for number, row in enumerate(table.rows[first_line - 1 :], start=first_line):
        if any(words(cell) for cell in row):
            yield number, row


def _one_name_a_code(rows: Sequence[Row], label: str) -> tuple[list[Row], list[Refused]]:
    """A file belongs to one person: the same code under a second name is refused."""
    first: dict[str, Row] = {}
    kept: list[Row] = []
    clashes: list[Refused] = []
    for row in rows:
        owner = first.setdefault(row.file_code.casefold(), row)
        if owner is row or fold(owner.name) == fold(row.name):
            kept.append(row)
        else:
            clashes.append(_clash(row, owner, label))
    return kept, clashes


def _clash(row: Row, owner: Row, label: str) -> Refused:
    sentence = (
        f'Dòng {row.line}, cột "{label}": "{row.file_code}" đã có ở dòng {owner.line} với tên người khác. '
        "Cần mỗi mã hồ sơ một người nộp."
    )
    return Refused(row.line, label, row.file_code, sentence)


def _of_taken(readings: Sequence[Reading], clashes: Sequence[Refused]) -> tuple[Refused, ...]:
    dropped = {clash.line for clash in clashes}
    return tuple(doubt for reading in readings for doubt in reading.doubts if doubt.line not in dropped)
