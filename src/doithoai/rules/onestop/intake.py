"""The whole sheet at once: every line taken, refused or skipped, and nothing stored."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from doithoai.rules.onestop.people import Applicant, Merged, same_people
from doithoai.rules.onestop.rows import Expected, Reader, Reading, Refused, Row, Skipped
from doithoai.rules.onestop.sheet import Cell, Column, Layout, RecordsUnreadable, Table, find_layout, words
from doithoai.rules.onestop.wards import Question
from doithoai.rules.vietnamese import fold

TOLD_EVERY = 1_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Intake:
    """What a sheet holds. Each line with words below the header stands in exactly one of three places:
    a row of somebody in `taken`, `refused`, or `skipped`.

    `merged` explains which lines were found to be one person, `doubts` which single cells of taken rows
    were left out, `renamed` why lines count that name another ward, `questions` which wards only a person can
    tell, the last two with how many lines each concerns. It is for a person to look at; storing it, whole or
    not at all, is the caller's act.
    """

    layout: Layout
    taken: tuple[Applicant, ...]
    refused: tuple[Refused, ...]
    merged: tuple[Merged, ...]
    doubts: tuple[Refused, ...]
    skipped: tuple[Skipped, ...]
    renamed: tuple[tuple[str, int], ...] = ()
    questions: tuple[tuple[Question, int], ...] = ()


def take_in(
    table: Table,
    expected: Expected,
    chosen: Mapping[Column, str] | None = None,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> Intake:
    """Read a one-stop export against the wards and sectors of a plan (R42, R46, R47).

    `chosen` names columns by their header where the office's own names are unknown to us. `told` hears how many
    lines of how many are read, every `TOLD_EVERY` lines; what it raises ends the reading. Raises
    RecordsUnreadable when there is no header row, a needed column is missing, or no record stands below.
    """
    layout = find_layout(table, chosen)
    reader = Reader(layout, expected)
    lines = list(_lines(table, layout.first_line))
    skipped = {number: why for number, row in lines if (why := reader.no_record(number, row)) is not None}
    records = [line for line in lines if line[0] not in skipped]
    readings = list(_readings(reader, records, told))
    if not readings:
        raise RecordsUnreadable(
            f'Trang "{table.sheet}": dưới dòng tiêu đề {layout.header_line} không có hồ sơ nào. '
            "Cần ít nhất một dòng hồ sơ."
        )
    return _intake(layout, readings, tuple(skipped.values()))


def _readings(
    reader: Reader, records: Sequence[tuple[int, Sequence[Cell]]], told: Callable[[int, int], None]
) -> Iterator[Reading]:
    for done, (number, row) in enumerate(records):
        if done % TOLD_EVERY == 0:
            told(done, len(records))
        yield reader.read(number, row)
    told(len(records), len(records))


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
        renamed=_counted(row.ward_note for row in rows if row.ward_note),
        questions=_counted(reading.question for reading in readings if reading.question),
    )


def _counted(found: Iterable[T]) -> tuple[tuple[T, int], ...]:
    """Each thing with how many lines say it, the most frequent first."""
    return tuple(Counter(found).most_common())


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
