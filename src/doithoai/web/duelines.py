"""A deadline as a page shows it: one line of words, and the day strip that proves it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypedDict

from django.utils.translation import gettext as _

from doithoai.rules.deadlines import remaining
from doithoai.rules.workdays import WEEKDAYS, WorkCalendar
from doithoai.web import tongue
from doithoai.web.arithmetic import explained, left_words
from doithoai.web.retold import retold

Standing = Literal["ahead", "today", "late", "met", "met_late"]


class Cell(TypedDict):
    """One stored day of a deadline's arithmetic; `day` is an ISO date."""

    day: str
    number: int | None
    kind: str
    note: str


class Counted(Protocol):
    """What a stored deadline offers."""

    due_on: date
    met_on: date | None
    anchor: str
    count: int
    unit: str
    side: str
    arithmetic: str
    law: str
    rule: str
    cells: Sequence[Cell]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class StripDay:
    """One cell of the strip. `column` is its weekday, 1 for Monday, for the calendar shape on a phone."""

    weekday: str
    day: str
    word: str
    look: str
    column: int
    note: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """A deadline in words, with its standing and, where it was counted, how."""

    due_on: date
    words: str
    standing: Standing
    strip: tuple[StripDay, ...] = ()
    arithmetic: str = ""
    basis: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def has_arithmetic(self) -> bool:
        """Whether there is anything to open."""
        return bool(self.strip or self.arithmetic or self.basis)


def due_words(due_on: date, today: date, calendar: WorkCalendar) -> tuple[str, Standing]:
    """“Hạn thứ Sáu 31/12, còn 5 ngày làm việc” and how it stands; the year only where it is another one."""
    left = remaining(due_on, today, calendar)
    day = tongue.page_date(due_on, year=due_on.year != today.year)
    if left.state == "today":
        return _("Hạn hôm nay, %(day)s") % {"day": day}, "today"
    return _("Hạn %(day)s, %(left)s") % {"day": day, "left": left_words(left)}, left.state


def plain_due(due_on: date, today: date, calendar: WorkCalendar) -> DueLine:
    """A day that was set, not counted: no arithmetic to show."""
    words, standing = due_words(due_on, today, calendar)
    return DueLine(due_on, words, standing)


def met_due(due_on: date, met_on: date) -> DueLine:
    """A day that was set and is behind: when the thing was done, and whether in time."""
    return DueLine(due_on, *_met(due_on, met_on))


def counted_due(deadline: Counted, today: date, calendar: WorkCalendar) -> DueLine:
    """A counted deadline with its strip; one that was met says when."""
    words, standing = due_words(deadline.due_on, today, calendar)
    if deadline.met_on is not None:
        words, standing = _met(deadline.due_on, deadline.met_on)
    return DueLine(
        due_on=deadline.due_on,
        words=words,
        standing=standing,
        strip=strip(deadline.cells, anchor=deadline.anchor, today=today),
        arithmetic=explained(deadline),
        basis=deadline.law,
        warnings=tuple(retold(words) for words in deadline.warnings),
    )


def _met(due_on: date, met_on: date) -> tuple[str, Standing]:
    done = {"done": tongue.page_date(met_on, year=False), "due": tongue.page_date(due_on, year=False)}
    if met_on > due_on:
        late = {"days": (met_on - due_on).days}
        return _("Xong %(done)s, muộn %(days)s ngày so với hạn %(due)s") % (done | late), "met_late"
    return _("Xong %(done)s, trong hạn %(due)s") % done, "met"


_SITTINGS = ("dialogue", "conference_end")


def strip(cells: Iterable[Mapping[str, object] | Cell], *, anchor: str, today: date) -> tuple[StripDay, ...]:
    """The cells of the day strip in order of days."""
    start = _("buổi") if anchor in _SITTINGS else _("mốc")
    return tuple(_strip_day(cell, start, today) for cell in cells)


def _strip_day(cell: Mapping[str, object] | Cell, start: str, today: date) -> StripDay:
    day = date.fromisoformat(str(cell["day"]))
    kind, number, note = str(cell["kind"]), cell["number"], str(cell["note"])
    looks = {"off": "off", "due": "end", "from": "from"}
    look = " ".join(filter(None, (looks.get(kind, ""), "now" if day == today else "")))
    return StripDay(
        weekday=tongue.weekday_short(day),
        day=f"{day:%d}" if day.day != 1 else f"{day:%d/%m}",
        word=_cell_word(kind, number, note, start),
        look=look,
        column=day.isoweekday(),
        note=note,
    )


def _cell_word(kind: str, number: object, note: str, start: str) -> str:
    if kind == "from":
        return start
    if kind == "due":
        return _("%(number)s hạn") % {"number": number} if number else _("hạn")
    if kind == "worked_extra":
        return _("%(number)s bù") % {"number": number}
    if kind == "off":
        return _("nghỉ") if note in WEEKDAYS else _("lễ") if note else ""
    return str(number)
