"""Working days: the shipped calendar, agencies with another week, and what holds for every calendar."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import doithoai.directory
from doithoai.rules.workdays import (
    MONDAY_TO_FRIDAY,
    CalendarError,
    DayRow,
    WorkCalendar,
    YearStatus,
    parse_calendar,
    weekday_name,
)

FILE = Path(doithoai.directory.__file__).parent / "reference" / "calendar-vn.toml"
VIETNAM = parse_calendar(FILE.read_text(encoding="utf-8"), FILE.name)
PLAIN = WorkCalendar.build([], [], version="trơn")
SIX_DAYS = VIETNAM.with_weekdays(range(6))

days = st.dates(min_value=date(2021, 1, 15), max_value=date(2026, 11, 30))
counts = st.integers(min_value=1, max_value=40)
calendars = st.sampled_from([VIETNAM, SIX_DAYS, PLAIN])


def off_days(year: int) -> set[date]:
    return {day for day, row in VIETNAM.rows.items() if day.year == year and row.kind == "off"}


class TestShippedCalendar:
    """The rows, against what was published for each year."""

    def test_make_up_saturdays_are_exactly_the_four_known(self) -> None:
        worked = sorted(day for day, row in VIETNAM.rows.items() if row.kind == "worked")
        assert worked == [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)]
        assert all(weekday_name(day) == "thứ Bảy" for day in worked)

    @pytest.mark.parametrize(
        ("off", "worked"),
        [
            (date(2026, 1, 2), date(2026, 1, 10)),
            (date(2026, 8, 31), date(2026, 8, 22)),
            (date(2025, 5, 2), date(2025, 4, 26)),
            (date(2024, 4, 29), date(2024, 5, 4)),
        ],
    )
    def test_swaps(self, off: date, worked: date) -> None:
        assert (VIETNAM.is_working(off), VIETNAM.is_working(worked)) == (False, True)
        assert (VIETNAM.day_note(off), VIETNAM.day_note(worked)) == ("nghỉ hoán đổi", "làm bù")
        assert VIETNAM.rows[off].basis == VIETNAM.rows[worked].basis

    @pytest.mark.parametrize(
        ("first", "last"),
        [
            (date(2021, 2, 10), date(2021, 2, 16)),
            (date(2022, 1, 29), date(2022, 2, 6)),
            (date(2023, 1, 20), date(2023, 1, 26)),
            (date(2024, 2, 8), date(2024, 2, 14)),
            (date(2025, 1, 25), date(2025, 2, 2)),
            (date(2026, 2, 14), date(2026, 2, 22)),
            (date(2021, 9, 2), date(2021, 9, 5)),
            (date(2022, 9, 1), date(2022, 9, 4)),
            (date(2023, 9, 1), date(2023, 9, 4)),
            (date(2024, 8, 31), date(2024, 9, 3)),
            (date(2025, 8, 30), date(2025, 9, 2)),
            (date(2026, 8, 29), date(2026, 9, 2)),
            (date(2022, 4, 30), date(2022, 5, 3)),
            (date(2023, 4, 29), date(2023, 5, 3)),
            (date(2024, 4, 27), date(2024, 5, 1)),
            (date(2025, 4, 30), date(2025, 5, 4)),
            (date(2026, 1, 1), date(2026, 1, 4)),
            (date(2026, 4, 25), date(2026, 4, 27)),
        ],
    )
    def test_published_breaks_are_whole_and_end_there(self, first: date, last: date) -> None:
        assert VIETNAM.working_days_between(first - timedelta(days=1), last) == 0
        assert VIETNAM.is_working(first - timedelta(days=1))
        assert VIETNAM.is_working(last + timedelta(days=1))

    def test_a_year_has_its_statutory_days_off(self) -> None:
        """Eleven paid days (Labour Code art. 112), twelve from 2026, without days in lieu and swaps."""
        for year in range(2021, 2027):
            statutory = [
                day for day in off_days(year) if not VIETNAM.day_note(day).startswith(("nghỉ bù", "nghỉ hoán đổi"))
            ]
            assert len(statutory) == (12 if year == 2026 else 11), year

    def test_every_day_in_lieu_repays_a_holiday_on_a_rest_day(self) -> None:
        """Labour Code art. 111(3): as many days in lieu as holidays on Saturday or Sunday, each year."""
        for year in range(2021, 2027):
            holidays = [day for day in off_days(year) if not VIETNAM.day_note(day).startswith("nghỉ")]
            on_rest_days = [day for day in holidays if day.weekday() not in MONDAY_TO_FRIDAY]
            in_lieu = [day for day in off_days(year) if VIETNAM.day_note(day).startswith("nghỉ bù")]
            assert len(in_lieu) == len(on_rest_days), year
            assert all(day.weekday() in MONDAY_TO_FRIDAY for day in in_lieu)

    def test_culture_day_is_off_from_2026_only(self) -> None:
        assert VIETNAM.is_working(date(2025, 11, 24))
        assert VIETNAM.day_note(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
        assert not VIETNAM.is_working(date(2026, 11, 24))

    def test_christmas_is_an_ordinary_day(self) -> None:
        assert VIETNAM.is_working(date(2023, 12, 25))

    def test_every_row_says_its_basis_and_how_far_it_was_checked(self) -> None:
        assert all(row.basis and row.source for row in VIETNAM.rows.values())
        swap = VIETNAM.rows[date(2026, 1, 2)]
        assert "12729/VPCP-KGVX" in swap.basis
        assert "Chưa đối chiếu văn bản gốc" in swap.source

    def test_years_2021_to_2026_confirmed_2027_not(self) -> None:
        assert [year for year, status in sorted(VIETNAM.years.items()) if status.confirmed] == [*range(2021, 2027)]
        assert not VIETNAM.years[2027].confirmed


class TestNotes:
    """What a day is called in the day strip."""

    @pytest.mark.parametrize(
        ("day", "note"),
        [
            (date(2021, 12, 22), ""),
            (date(2021, 12, 25), "thứ Bảy"),
            (date(2021, 12, 26), "Chủ nhật"),
            (date(2022, 1, 1), "Tết Dương lịch"),
            (date(2022, 1, 3), "nghỉ bù Tết Dương lịch"),
            (date(2026, 1, 10), "làm bù"),
        ],
    )
    def test_note(self, day: date, note: str) -> None:
        assert VIETNAM.day_note(day) == note

    def test_weekday_names(self) -> None:
        monday = date(2021, 12, 20)
        names = [weekday_name(monday + timedelta(days=step)) for step in range(7)]
        assert names == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


class TestCounting:
    """Examples checked by hand."""

    @pytest.mark.parametrize(
        ("start", "n", "end"),
        [
            (date(2021, 12, 22), 7, date(2021, 12, 31)),
            (date(2026, 2, 11), 7, date(2026, 2, 27)),
            (date(2026, 4, 22), 7, date(2026, 5, 6)),
            (date(2025, 12, 30), 7, date(2026, 1, 10)),
            (date(2026, 8, 18), 7, date(2026, 8, 26)),
            (date(2021, 12, 24), 1, date(2021, 12, 27)),
        ],
    )
    def test_after(self, start: date, n: int, end: date) -> None:
        assert VIETNAM.count_after(start, n) == end

    def test_before(self) -> None:
        assert VIETNAM.count_before(date(2021, 12, 22), 5) == date(2021, 12, 15)
        assert VIETNAM.count_before(date(2021, 12, 31), 2) == date(2021, 12, 29)

    def test_last_working_day(self) -> None:
        assert VIETNAM.last_working_on_or_before(date(2022, 1, 1)) == date(2021, 12, 31)
        assert VIETNAM.last_working_on_or_before(date(2021, 12, 31)) == date(2021, 12, 31)
        assert VIETNAM.last_working_on_or_before(date(2026, 2, 21)) == date(2026, 2, 13)

    def test_between(self) -> None:
        assert VIETNAM.working_days_between(date(2021, 12, 22), date(2021, 12, 31)) == 7
        assert VIETNAM.working_days_between(date(2021, 12, 31), date(2021, 12, 22)) == -7
        assert VIETNAM.working_days_between(date(2021, 12, 25), date(2021, 12, 26)) == 0

    def test_an_agency_open_on_saturday_counts_it(self) -> None:
        assert SIX_DAYS.count_after(date(2021, 12, 22), 7) == date(2021, 12, 30)
        assert not SIX_DAYS.is_working(date(2022, 1, 1))
        assert SIX_DAYS.rows == VIETNAM.rows
        assert not VIETNAM.is_working(date(2021, 12, 25))

    @pytest.mark.parametrize("n", [0, -3])
    def test_fewer_than_one_day_cannot_be_counted(self, n: int) -> None:
        with pytest.raises(CalendarError, match=f"đang là {n}"):
            VIETNAM.count_after(date(2021, 12, 22), n)


class TestProperties:
    """What holds for every calendar, day and count."""

    @given(calendars, days, counts)
    def test_the_nth_day_is_worked_and_n_days_lie_between(self, calendar: WorkCalendar, day: date, n: int) -> None:
        after, before = calendar.count_after(day, n), calendar.count_before(day, n)
        assert calendar.is_working(after)
        assert calendar.is_working(before)
        assert calendar.working_days_between(day, after) == n
        assert calendar.working_days_between(before, day) == n - 1 + calendar.is_working(day)

    @given(calendars, days, counts)
    def test_back_and_forth_ends_on_the_last_worked_day(self, calendar: WorkCalendar, day: date, n: int) -> None:
        assert calendar.count_before(calendar.count_after(day, n), n) == calendar.last_working_on_or_before(day)

    @given(calendars, days, counts)
    def test_one_more_day_is_later_and_a_later_start_never_earlier(
        self, calendar: WorkCalendar, day: date, n: int
    ) -> None:
        assert calendar.count_after(day, n) < calendar.count_after(day, n + 1)
        assert calendar.count_after(day, n) <= calendar.count_after(day + timedelta(days=1), n)
        assert calendar.count_before(day, n) > calendar.count_before(day, n + 1)

    @given(calendars, days, days, days)
    def test_days_between_add_up(self, calendar: WorkCalendar, a: date, b: date, c: date) -> None:
        between = calendar.working_days_between
        assert between(a, b) + between(b, c) == between(a, c)

    @given(calendars, days)
    def test_last_working_day_is_worked_with_nothing_worked_after(self, calendar: WorkCalendar, day: date) -> None:
        last = calendar.last_working_on_or_before(day)
        assert last <= day
        assert calendar.is_working(last)
        assert calendar.working_days_between(last, day) == 0

    @given(days, counts)
    def test_a_make_up_saturday_brings_the_deadline_forward(self, day: date, n: int) -> None:
        saturday = day + timedelta(days=(5 - day.weekday()) % 7)
        row = DayRow(saturday, "worked", "làm bù", "quyết định mẫu")
        calendar = WorkCalendar.build([row], [], version="có làm bù")
        crossed = day < saturday <= PLAIN.count_after(day, n)
        assert calendar.count_after(day, n + crossed) == PLAIN.count_after(day, n)


class TestWarnings:
    """A year not confirmed, or beyond the table, is said loudly."""

    def test_confirmed_years_are_silent(self) -> None:
        assert VIETNAM.warnings_for(range(2021, 2027)) == ()

    def test_unconfirmed_and_missing_years_speak_once_in_order(self) -> None:
        first, second = VIETNAM.warnings_for([2031, 2027, 2027])
        assert first.startswith("Lịch nghỉ năm 2027 chưa được xác nhận: ")
        assert second.startswith("Chưa có lịch nghỉ năm 2031: ")


class TestBuilding:
    """Tables that cannot be used are refused with a sentence."""

    def test_a_day_given_twice(self) -> None:
        row = DayRow(date(2026, 1, 2), "off", "nghỉ", "căn cứ")
        with pytest.raises(CalendarError, match="hai dòng cho ngày 02/01/2026"):
            WorkCalendar.build([row, row], [], version="1")

    def test_a_year_given_twice(self) -> None:
        with pytest.raises(CalendarError, match="khai năm 2026 hai lần"):
            WorkCalendar.build([], [YearStatus(2026, True, "a"), YearStatus(2026, False, "b")], version="1")

    @pytest.mark.parametrize("week", [[], [7], [-1, 0]])
    def test_a_week_without_sense(self, week: list[int]) -> None:
        with pytest.raises(CalendarError, match="Tuần làm việc"):
            PLAIN.with_weekdays(week)


SMALL = """
version = "thử"
week = ["thứ Hai", "thứ Bảy"]
[basis.a]
law = "Quyết định A"
source = "chưa đối chiếu"
[[year]]
year = 2026
confirmed = false
note = "chưa có."
days = [{ on = 2026-01-02, kind = "off", name = "nghỉ", basis = "a" }]
"""


class TestReading:
    """The file that administrators edit."""

    def test_reads_week_rows_and_years(self) -> None:
        calendar = parse_calendar(SMALL, "thu.toml")
        assert calendar.version == "thử"
        assert calendar.weekdays == {0, 5}
        assert calendar.rows[date(2026, 1, 2)] == DayRow(
            date(2026, 1, 2), "off", "nghỉ", "Quyết định A", "chưa đối chiếu"
        )
        assert calendar.years[2026] == YearStatus(2026, False, "chưa có.")

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            (
                "on = 2026",
                "on = 2025",
                "thu.toml: mục year[1].days[1].on: ngày 02/01/2025 không thuộc năm 2026.",
            ),
            (
                'kind = "off"',
                'kind = "holiday"',
                "thu.toml: mục year[1].days[1].kind: cần một trong off, worked; ",
            ),
            ('basis = "a"', 'basis = "b"', "thu.toml: mục year[1].days[1].basis: căn cứ 'b' chưa khai"),
            ('"thứ Bảy"', '"thứ bảy"', "thu.toml: mục week: không có ngày 'thứ bảy'"),
            (
                "confirmed = false",
                'confirmed = "chưa"',
                "thu.toml: mục year[1].confirmed: cần true hoặc false",
            ),
            ('source = "chưa đối chiếu"', "", "thu.toml: mục basis.a.source: thiếu khóa này"),
            ('version = "thử"', "", "thu.toml: mục version: thiếu khóa này"),
            ("year = 2026", "year = 2026\nyears = 1", "thu.toml: mục year[1].years: không có khóa này."),
        ],
    )
    def test_a_mistake_is_named(self, old: str, new: str, sentence: str) -> None:
        assert old in SMALL
        with pytest.raises(CalendarError) as refusal:
            parse_calendar(SMALL.replace(old, new, 1), "thu.toml")
        assert str(refusal.value).startswith(sentence)
