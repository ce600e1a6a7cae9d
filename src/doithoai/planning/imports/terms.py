"""Dates, hours and terms as Vietnamese papers write them. Nothing blank or impossible is filled in."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .draft import Anchor, Due, HalfDay, Side

_DATE = re.compile(
    r"\b(?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d{4})\b"
    r"|tháng\s*(?P<m2>\d{1,2})\s*(?:năm\s*|/\s*)(?P<y2>\d{4})\b)"
)
_SEVERAL_DAYS = re.compile(r"\b\d{1,2}(?:\s*[/.-]\s*\d{1,2})?\s*(?:,|-|–|và|đến)\s*(?:ngày\s*)?$")
_TIME = (
    r"(?<![\d/])(?P<{0}h>\d{{1,2}})\s*(?:(?:h|g|giờ)(?![a-zà-ỹ])\s*(?:(?P<{0}m>\d{{1,2}})(?!\d)"
    r"(?!\s*(?:lượt|người|công dân)))?\s*(?:phút|['’′])?|:(?P<{0}n>\d{{2}})(?!\d))"
)
_JOINER = r"\s*(?:-|–|—|đến|tới)\s*(?:khoảng\s+)?"
RANGE = re.compile(_TIME.format("a") + rf"(?:{_JOINER}" + _TIME.format("b") + ")?", re.IGNORECASE)
_ENDS_ONLY = re.compile(r"(?:-|–|—|đến|tới)\s*$")
_WEEKDAY = re.compile(r"\bthứ\s+(hai|ba|tư|năm|sáu|bảy|[2-7])\b|\b(chủ\s*nhật)\b", re.IGNORECASE)
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
HALF_DAY = re.compile(r"\b(?:buổi\s+)?(sáng|chiều|tối)\b", re.IGNORECASE)
_HALF_DAYS: dict[str, HalfDay] = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date found in a text; `date` is null when no calendar has it, or several days share it."""

    date: dt.date | None
    written: str
    several: bool
    at: int


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of time found in a text; `bad` holds an hour as written that no clock shows."""

    start: dt.time | None
    end: dt.time | None
    bad: str | None
    at: int
    to: int


def days(text: str) -> Iterator[Day]:
    """Every full date in `text`: 22/12/2021, 22-12-2021, "22 tháng 12 năm 2021"."""
    for match in _DATE.finditer(text):
        several = _SEVERAL_DAYS.search(text, 0, match.start()) is not None
        day = None if several else _calendar_day(match)
        yield Day(day, match[0], several, match.start())


def _calendar_day(match: re.Match[str]) -> dt.date | None:
    year, month = match["y"] or match["y2"], match["m"] or match["m2"]
    try:
        return dt.date(int(year), int(month), int(match["d"]))
    except ValueError:
        return None


def only_day(text: str) -> dt.date | None:
    """The first date in `text`, or null."""
    return next((day.date for day in days(text)), None)


def hours(text: str) -> Iterator[Hours]:
    """Every stretch of hours: 7h30-11h30, "07 giờ 30 phút đến 11 giờ 30 phút", 8:00 – 11:30."""
    for match in RANGE.finditer(text):
        first, second = _time(match, "a"), _time(match, "b")
        bad = match[0].strip() if first == "bad" or second == "bad" else None
        start = None if isinstance(first, str) else first
        end = None if isinstance(second, str) else second
        if end is None and _ENDS_ONLY.search(text, 0, match.start()):
            start, end = None, start
        yield Hours(start, end, bad, match.start(), match.end())


def _time(match: re.Match[str], which: str) -> dt.time | str | None:
    hour, minute = match[f"{which}h"], match[f"{which}m"] or match[f"{which}n"]
    if hour is None:
        return None
    try:
        return dt.time(int(hour), int(minute or 0))
    except ValueError:
        return "bad"


def weekday(text: str) -> int | None:
    """The day of the week written in `text`, Monday 0; null when none or more than one is."""
    found = {_weekday(match) for match in _WEEKDAY.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _weekday(match: re.Match[str]) -> int:
    if match[2]:
        return 6
    name = match[1].lower()
    return int(name) - 2 if name.isdigit() else _WEEKDAYS[name]


def half_day(text: str) -> HalfDay | None:
    """Morning, afternoon or evening as written in `text`; null when none or more than one is."""
    found = {match[1].lower() for match in HALF_DAY.finditer(text)}
    return _HALF_DAYS[found.pop()] if len(found) == 1 else None


_COUNT = r"(?P<n>\d{1,3})\s*(?:\([^)]*\)\s*)?ngày(?P<w>\s+làm\s+việc)?"
_EVENT = r"(?:(?:diễn ra|tổ chức|ngày|buổi|hội nghị|đối thoại|khai mạc)\s*)+"
_FROM = r"(?:,|\s|kể từ|tính từ|sau|từ|khi|ngày|thời điểm)*"
_DUES: tuple[tuple[re.Pattern[str], Side, Anchor], ...] = (
    (re.compile(rf"{_COUNT}{_FROM}(?:kết thúc|bế mạc)"), "after", "conference_end"),
    (re.compile(rf"(?:kết thúc|bế mạc)[^.;]{{0,40}}?\s{_COUNT}"), "after", "conference_end"),
    (re.compile(rf"{_COUNT}{_FROM}(?:ban hành|ký|phát hành)"), "after", "issue"),
    (
        re.compile(rf"trước\s+(?:khi\s+)?(?:ít nhất\s+)?{_COUNT}\s+(?:trước\s+)?(?:khi\s+)?{_EVENT}"),
        "before",
        "dialogue",
    ),
    (re.compile(rf"{_COUNT}\s*,?\s*trước\s+(?:khi\s+)?{_EVENT}"), "before", "dialogue"),
    (re.compile(rf"trước\s+(?:khi\s+)?{_EVENT}[^.;]{{0,20}}?\s?{_COUNT}"), "before", "dialogue"),
    (re.compile(rf"{_COUNT}\s*,?\s*(?:kể từ\s+|tính từ\s+)?sau\s+(?:khi\s+)?{_EVENT}"), "after", "conference_end"),
    (re.compile(rf"sau\s+(?:khi\s+)?{_EVENT}[^.;]{{0,20}}?\s?{_COUNT}"), "after", "conference_end"),
)
_SOME_TERM = re.compile(
    r"\bngày(?:\s+làm\s+việc)?\s+(?:trước|sau|kể từ)\b|\btrước\s+\d+\s+ngày|chậm nhất|trong vòng|thời hạn"
)
_BY = re.compile(
    r"(?:trước|chậm nhất|đến hết|hạn(?: cuối)?)\s*(?:là\s*)?(?:vào\s*)?(?:hết\s*)?(?:ngày\s*)?$", re.IGNORECASE
)


def due(text: str) -> Due | None:
    """The term in `text`, counted from the dialogue, its end, or the issue of the plan."""
    for pattern, side, anchor in _DUES:
        match = pattern.search(text)
        if match:
            return Due(int(match["n"]), "working_day" if match["w"] else "day", side, anchor)
    return None


def due_on(text: str) -> dt.date | None:
    """The calendar date before which something is due ("trước ngày 17/12/2021"), or null."""
    for day in days(text):
        if _BY.search(text, 0, day.at):
            return day.date
    return None


def speaks_of_a_term(text: str) -> bool:
    """Whether the words look like a term, read or not."""
    return _SOME_TERM.search(text.lower()) is not None
