"""Working days of Vietnam's civil service: the weekly rest, holidays, days in lieu and make-up Saturdays.

The calendar is a table of rows with their legal basis, because the Government decides Tết, National Day and
the swaps anew each year. A year nobody has confirmed still counts, but says so loudly.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, cast

from doithoai.rules.toml_table import Table, read_table

DayKind = Literal["off", "worked"]

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class CalendarError(ValueError):
    """A calendar that cannot be used; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that departs from the ordinary week: a day off, or a rest day that is worked instead."""

    day: date
    kind: DayKind
    name: str
    basis: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class YearStatus:
    """Whether the Government's decisions about the days off of this year are known, and from where."""

    year: int
    confirmed: bool
    note: str


def weekday_name(day: date) -> str:
    """The weekday as officials write it: "thứ Tư", "Chủ nhật"."""
    return WEEKDAYS[day.weekday()]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """One version of the calendar, as one agency counts with it. Build it with `WorkCalendar.build`.

    `weekdays` are the ordinary working weekdays, 0 = Monday; an agency whose desk is open on Saturday adds 5.
    """

    version: str
    weekdays: frozenset[int]
    rows: Mapping[date, DayRow]
    years: Mapping[int, YearStatus]

    @classmethod
    def build(
        cls,
        rows: Iterable[DayRow],
        years: Iterable[YearStatus],
        *,
        version: str,
        weekdays: Collection[int] = MONDAY_TO_FRIDAY,
    ) -> "WorkCalendar":
        """A calendar of these rows. Raises `CalendarError` for a day or year twice, or an empty week."""
        by_day: dict[date, DayRow] = {}
        for row in rows:
            if row.day in by_day:
                raise CalendarError(f"Lịch nghỉ có hai dòng cho ngày {row.day:%d/%m/%Y}; mỗi ngày chỉ một dòng.")
            by_day[row.day] = row
        by_year: dict[int, YearStatus] = {}
        for status in years:
            if status.year in by_year:
                raise CalendarError(f"Lịch nghỉ khai năm {status.year} hai lần; mỗi năm chỉ khai một lần.")
            by_year[status.year] = status
        week = _week(weekdays)
        return cls(version, week, MappingProxyType(by_day), MappingProxyType(by_year))

    def with_weekdays(self, weekdays: Collection[int]) -> "WorkCalendar":
        """The same calendar for an agency with another working week. Raises `CalendarError`."""
        return replace(self, weekdays=_week(weekdays))

    def is_working(self, day: date) -> bool:
        """Whether the day counts as a working day. A row wins over the ordinary week."""
        row = self.rows.get(day)
        return row.kind == "worked" if row else day.weekday() in self.weekdays

    def day_note(self, day: date) -> str:
        """What is special about the day: the row's name, else the weekday of a rest day, else nothing."""
        row = self.rows.get(day)
        if row:
            return row.name
        return "" if self.is_working(day) else weekday_name(day)

    def count_after(self, start: date, n: int) -> date:
        """The n-th working day after `start`, which is never counted. Raises `CalendarError` if n < 1."""
        return self._count(start, n, ONE_DAY)

    def count_before(self, start: date, n: int) -> date:
        """The n-th working day before `start`, which is never counted. Raises `CalendarError` if n < 1."""
        return self._count(start, n, -ONE_DAY)

    def last_working_on_or_before(self, day: date) -> date:
        """The day itself if it is worked, else the nearest working day before it."""
        return day if self.is_working(day) else self.count_before(day, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`; negative when `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        span = (last - first).days
        return sum(self.is_working(first + timedelta(days=step)) for step in range(1, span + 1))

    def warnings_for(self, years: Iterable[int]) -> tuple[str, ...]:
        """One sentence for each of these years that is unconfirmed or missing from the table."""
        return tuple(text for year in sorted(set(years)) if (text := self._year_warning(year)))

    def _count(self, start: date, n: int, step: timedelta) -> date:
        if n < 1:
            raise CalendarError(f"Số ngày làm việc cần đếm phải từ 1 trở lên, đang là {n}.")
        day = start
        while n:
            day += step
            n -= self.is_working(day)
        return day

    def _year_warning(self, year: int) -> str:
        status = self.years.get(year)
        if status is None:
            return (
                f"Chưa có lịch nghỉ năm {year}: mới trừ ngày nghỉ hằng tuần nên ngày tính được có thể sai. "
                "Cần nhập lịch nghỉ chính thức rồi tính lại."
            )
        if status.confirmed:
            return ""
        return f"Lịch nghỉ năm {year} chưa được xác nhận: {status.note} Cần tính lại khi có lịch chính thức."


def parse_calendar(text: str, where: str) -> WorkCalendar:
    """The calendar of a calendar file; `where` names the file in messages. Raises `CalendarError`.

    The file's `week` lists the ordinary working weekdays by name; an agency whose desk is open on Saturday
    adds "thứ Bảy" in its own version of the file.
    """
    table = read_table(text, where, CalendarError)
    table.only(("version", "week", "basis", "year"))
    bases = table.table("basis")
    years = table.tables("year")
    rows = [_row(entry, year, bases) for year in years for entry in year.tables("days")]
    statuses = [_status(year) for year in years]
    return WorkCalendar.build(rows, statuses, version=table.text("version"), weekdays=_week_of(table))


def _status(table: Table) -> YearStatus:
    table.only(("year", "confirmed", "note", "days"))
    return YearStatus(table.whole("year", least=1945), table.flag("confirmed"), table.text("note"))


def _row(table: Table, year: Table, bases: Table) -> DayRow:
    table.only(("on", "kind", "name", "basis"))
    day = table.day("on")
    if day.year != year.values.get("year"):
        raise table.refuse("on", f"ngày {day:%d/%m/%Y} không thuộc năm {year.values.get('year')}")
    kind = cast(DayKind, table.choice("kind", ("off", "worked")))
    key = table.text("basis")
    if key not in bases.values:
        raise table.refuse("basis", f"căn cứ {key!r} chưa khai trong bảng basis")
    basis = bases.table(key)
    return DayRow(day, kind, table.text("name"), basis.text("law"), basis.text("source"))


def _week_of(table: Table) -> frozenset[int]:
    names = table.texts("week")
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown:
        raise table.refuse("week", f"không có ngày {unknown[0]!r}; các ngày là {', '.join(WEEKDAYS)}")
    return frozenset(WEEKDAYS.index(name) for name in names)


def _week(weekdays: Collection[int]) -> frozenset[int]:
    week = frozenset(weekdays)
    if not week or not week <= frozenset(range(7)):
        raise CalendarError("Tuần làm việc cần ít nhất một ngày, đánh số từ 0 (thứ Hai) đến 6 (Chủ nhật).")
    return week
