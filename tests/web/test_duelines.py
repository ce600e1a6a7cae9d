"""Deadlines in words, and the day strip."""

from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

import pytest

from doithoai.rules.deadlines import Term, compute
from doithoai.rules.workdays import WorkCalendar, parse_calendar
from doithoai.web.duelines import counted_due, due_words, met_due, plain_due

RESULT_NOTICE = Term(
    "result_notice", 7, "working_day", "after", "conference_end", "Chậm nhất 07 ngày làm việc", "Kế hoạch"
)


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    text = (resources.files("doithoai.directory") / "reference" / "calendar-vn.toml").read_text(encoding="utf-8")
    return parse_calendar(text, "vn")


@dataclass
class Stored:
    """A deadline as the database keeps it."""

    due_on: date
    met_on: date | None = None
    anchor: str = "conference_end"
    arithmetic: str = "7 ngày làm việc."
    law: str = "Mục III.1 Kế hoạch"
    rule: str = "Chậm nhất 07 ngày làm việc"
    cells: list[Any] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def stored(calendar: WorkCalendar, term: Term = RESULT_NOTICE, anchor: date = date(2021, 12, 22)) -> Stored:
    due = compute(term, anchor, calendar)
    cells = [
        {"day": cell.day.isoformat(), "number": cell.number, "kind": cell.kind, "note": cell.note} for cell in due.cells
    ]
    return Stored(due.due_on, anchor=term.anchor, arithmetic=due.arithmetic, cells=cells, warnings=list(due.warnings))


@pytest.mark.parametrize(
    ("today", "words", "standing"),
    [
        (date(2021, 12, 24), "Hạn thứ Sáu 31/12, còn 5 ngày làm việc", "ahead"),
        (date(2021, 12, 31), "Hạn hôm nay, thứ Sáu 31/12", "today"),
        (date(2022, 1, 4), "Hạn thứ Sáu 31/12/2021, quá 1 ngày làm việc", "late"),
    ],
)
def test_words(calendar: WorkCalendar, today: date, words: str, standing: str) -> None:
    assert due_words(date(2021, 12, 31), today, calendar) == (words, standing)


def test_the_strip_of_the_result_notice(calendar: WorkCalendar) -> None:
    line = counted_due(stored(calendar), date(2021, 12, 24), calendar)
    shown = [(cell.weekday, cell.day, cell.word, cell.look) for cell in line.strip]
    assert shown == [
        ("T4", "22", "buổi", "from"),
        ("T5", "23", "1", ""),
        ("T6", "24", "2", "now"),
        ("T7", "25", "nghỉ", "off"),
        ("CN", "26", "nghỉ", "off"),
        ("T2", "27", "3", ""),
        ("T3", "28", "4", ""),
        ("T4", "29", "5", ""),
        ("T5", "30", "6", ""),
        ("T6", "31", "7 hạn", "end"),
    ]
    assert line.strip[0].column == 3
    assert line.has_arithmetic


def test_a_holiday_and_a_worked_saturday_are_named(calendar: WorkCalendar) -> None:
    new_year = counted_due(stored(calendar, anchor=date(2025, 12, 30)), date(2026, 1, 5), calendar)
    words = {cell.day: cell.word for cell in new_year.strip}
    assert words["01/01"] == "lễ"
    assert words["10"] == "7 hạn"
    longer = Term("x", 9, "working_day", "after", "conference_end", "Chậm nhất 09 ngày", "Kế hoạch")
    worked = counted_due(stored(calendar, longer, date(2025, 12, 30)), date(2026, 1, 5), calendar)
    assert [cell.word for cell in worked.strip if cell.day == "10"] == ["7 bù"]


def test_another_anchor_is_called_a_mark(calendar: WorkCalendar) -> None:
    term = Term("transfer", 5, "working_day", "after", "receipt", "Chậm nhất 05 ngày làm việc", "Luật")
    line = counted_due(stored(calendar, term), date(2021, 12, 24), calendar)
    assert line.strip[0].word == "mốc"


def test_clear_days_have_a_due_day_without_a_number(calendar: WorkCalendar) -> None:
    term = Term("clear", 5, "day", "before", "dialogue", "Trước 05 ngày", "Kế hoạch", clear=True)
    line = counted_due(stored(calendar, term), date(2021, 12, 10), calendar)
    assert (line.strip[0].day, line.strip[0].word) == ("16", "hạn")


def test_a_met_deadline_says_when_and_whether_in_time(calendar: WorkCalendar) -> None:
    row = stored(calendar)
    row.met_on = date(2021, 12, 30)
    in_time = counted_due(row, date(2022, 1, 10), calendar)
    assert (in_time.words, in_time.standing) == ("Xong thứ Năm 30/12, trong hạn thứ Sáu 31/12", "met")
    row.met_on = date(2022, 1, 4)
    late = counted_due(row, date(2022, 1, 10), calendar)
    assert (late.words, late.standing) == ("Xong thứ Ba 04/01, muộn 4 ngày so với hạn thứ Sáu 31/12", "met_late")


def test_a_plain_day_has_nothing_to_open(calendar: WorkCalendar) -> None:
    line = plain_due(date(2021, 12, 31), date(2021, 12, 24), calendar)
    assert not line.has_arithmetic
    assert line.words == "Hạn thứ Sáu 31/12, còn 5 ngày làm việc"


def test_what_is_behind_says_whether_it_was_in_time() -> None:
    due = date(2021, 12, 31)
    assert met_due(due, date(2021, 12, 27)).words == "Xong thứ Hai 27/12, trong hạn thứ Sáu 31/12"
    late = met_due(due, date(2022, 1, 4))
    assert (late.words, late.standing) == ("Xong thứ Ba 04/01, muộn 4 ngày so với hạn thứ Sáu 31/12", "met_late")
