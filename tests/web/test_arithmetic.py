"""How a deadline was counted, in words of either language."""

from datetime import date
from importlib import resources

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from doithoai.kernel.words import LETTERS
from doithoai.rules.deadlines import Due, Side, Term, Unit, arithmetic_of, compute, remaining
from doithoai.rules.workdays import WorkCalendar, parse_calendar
from doithoai.web.arithmetic import explained, left_words, worded

HOLIDAYS_OWN_NAMES = ("Hùng", "Tết")


def _calendar() -> WorkCalendar:
    text = (resources.files("doithoai.directory") / "reference" / "calendar-vn.toml").read_text(encoding="utf-8")
    return parse_calendar(text, "vn")


CALENDAR = _calendar()
UNITS: list[Unit] = ["day", "working_day"]
SIDES: list[Side] = ["before", "after"]


@st.composite
def dues(draw: st.DrawFn) -> Due:
    """A deadline of any kind, counted by the calendar of these years."""
    unit, side = draw(st.sampled_from(UNITS)), draw(st.sampled_from(SIDES))
    clear = (unit, side) == ("day", "before") and draw(st.booleans())
    term = Term("x", draw(st.integers(1, 45)), unit, side, "dialogue", "words", "law", clear=clear)
    return compute(term, draw(st.dates(date(2021, 1, 1), date(2026, 12, 31))), CALENDAR)


@given(dues())
def test_its_vietnamese_is_what_the_rules_say(due: Due) -> None:
    assert worded(arithmetic_of(due.term.count, due.term.unit, due.term.side, due.cells)) == due.arithmetic
    assert explained(due) == due.arithmetic


@given(dues())
def test_its_english_is_english_with_the_same_figures(due: Due) -> None:
    with override("en"):
        told = explained(due)
    bare = told
    for name in HOLIDAYS_OWN_NAMES:
        bare = bare.replace(name, "")
    assert not LETTERS.search(bare), told
    assert [word for word in due.arithmetic if word.isdigit()] == [word for word in told if word.isdigit()]


def test_working_days_over_a_weekend() -> None:
    term = Term("x", 7, "working_day", "after", "conference_end", "words", "law")
    with override("en"):
        assert explained(compute(term, date(2021, 12, 22), CALENDAR)) == (
            "7 working days, counted from the day after 22/12/2021: 23, 24, 27, 28, 29, 30, 31/12; "
            "leaving out Saturday 25 and Sunday 26."
        )


@pytest.mark.parametrize(
    ("today", "vietnamese", "english"),
    [
        (date(2021, 12, 24), "còn 5 ngày làm việc", "5 working days left"),
        (date(2021, 12, 30), "còn 1 ngày làm việc", "1 working day left"),
        (date(2021, 12, 31), "hôm nay", "today"),
        (date(2022, 1, 1), "quá 1 ngày, đều là ngày nghỉ", "days overdue: 1, all of them days off"),
        (date(2022, 1, 4), "quá 1 ngày làm việc", "1 working day overdue"),
    ],
)
def test_what_is_left(today: date, vietnamese: str, english: str) -> None:
    left = remaining(date(2021, 12, 31), today, CALENDAR)
    assert left_words(left) == left.words == vietnamese
    with override("en"):
        assert left_words(left) == english
