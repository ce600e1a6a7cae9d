"""Deadlines: a rule of a law or a plan, counted day by day, with its arithmetic in words.

The bare result of counting is never moved: a deadline that falls on a day off stays there, and `plan_for`
names the last working day not after it. Days are days in the agency's zone; no instant appears here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from doithoai.rules.workdays import ONE_DAY, WEEKDAYS, WorkCalendar, weekday_name

Unit = Literal["day", "working_day"]
Side = Literal["before", "after"]
Anchor = Literal["dialogue", "conference_end", "issue", "receipt", "request", "result_notice"]
CellKind = Literal["from", "counted", "off", "due", "worked_extra"]
RemainingState = Literal["ahead", "today", "late"]

UNIT_WORDS: dict[Unit, str] = {"day": "ngày", "working_day": "ngày làm việc"}
LISTED_IN_FULL = 10
REST_DAYS_LISTED = 8


class DeadlineError(ValueError):
    """A term that cannot be counted; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Term:
    """A rule that gives a deadline: so many days before or after an event, in whose words, of which law.

    `anchor`: the dialogue's first day, the end of the last sitting ("sau khi kết thúc hội nghị"), the issue
    of a paper, the receipt of a matter, a data subject's request, or the due day of the result notice (for
    inner dates). `clear`: this many full days must lie between the deadline and the event. `binding` is false
    for a rule shown for comparison or borrowed. `reading_of` names the duty of which this is one reading;
    `beside` the term of another law whose duty this one shares; `condition` the question of the profile whose
    "no" makes the rule a mere comparison.
    Raises `DeadlineError` for a count below 1, or clear days that are not calendar days counted backwards.
    """

    slug: str
    count: int
    unit: Unit
    side: Side
    anchor: Anchor
    words: str
    law: str
    binding: bool = True
    clear: bool = False
    reading_of: str = ""
    condition: str = ""
    note: str = ""
    beside: str = ""

    def __post_init__(self) -> None:
        if self.count < 1:
            raise DeadlineError(f"Thời hạn {self.slug} cần ít nhất 1 ngày, đang là {self.count}.")
        if self.clear and (self.unit, self.side) != ("day", "before"):
            raise DeadlineError(f"Thời hạn {self.slug}: số ngày trọn ở giữa chỉ dùng với ngày lịch, đếm lùi.")

    @property
    def duty(self) -> str:
        """What must be done: one name for every reading of a clause and for rules that stand beside each other."""
        return self.reading_of or self.beside or self.slug


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the day strip. `number` is its count from the anchor; None for a day not counted."""

    day: date
    number: int | None
    kind: CellKind
    note: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Days off in a row that were passed over, in figures; `name` is their weekday or holiday."""

    first: str
    last: str
    name: str
    is_weekly: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How a deadline was counted, as facts that any language can put into words.

    `counted` are the days in figures in the order of counting, `extra` those of them that are worked instead of
    another day, `rests` what was passed over; `weekly` counts weekly days of rest that are too many to name.
    """

    count: int
    unit: Unit
    side: Side
    clear: bool
    anchor_on: date
    due_on: date
    counted: str
    extra: tuple[date, ...]
    weekly: int
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A counted deadline. `cells` run from the earliest to the latest day; `warnings` are whole sentences."""

    term: Term
    anchor_on: date
    due_on: date
    plan_for: date
    cells: tuple[DayCell, ...]
    arithmetic: str
    calendar_version: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """Time left. `days` and `working_days` count from tomorrow to the due day; negative when overdue."""

    days: int
    working_days: int
    state: RemainingState
    words: str


def compute(term: Term, anchor_day: date, calendar: WorkCalendar) -> Due:
    """Count the term from the anchor day, which is itself never counted.

    "Sau khi kết thúc": the first counted day is the next day, or the next working day (the words of the
    founding plan, section III.1). The result is not moved off a day of rest.
    """
    due_on = _due_day(term, anchor_day, calendar)
    plan_for = calendar.last_working_on_or_before(due_on)
    cells = _cells(term, anchor_day, due_on, calendar)
    arithmetic = _arithmetic(arithmetic_of(term.count, term.unit, term.side, cells))
    warnings = _warnings(term, anchor_day, due_on, plan_for, calendar)
    return Due(term, anchor_day, due_on, plan_for, cells, arithmetic, calendar.version, warnings)


def arithmetic_of(count: int, unit: Unit, side: Side, cells: Sequence[DayCell]) -> Arithmetic:
    """How the cells of a counted deadline, in order of days, came about."""
    counted = [cell.day for cell in cells if cell.number is not None]
    anchor, due_on = cells[0 if side == "after" else -1].day, cells[-1 if side == "after" else 0].day
    skipped = [cell for cell in cells if cell.kind == "off"]
    weekly = [cell for cell in skipped if _is_weekly(cell)]
    is_long = len(weekly) > REST_DAYS_LISTED
    form = "%d" if len({(cell.day.year, cell.day.month) for cell in cells}) == 1 else "%d/%m"
    named = [cell for cell in skipped if not _is_weekly(cell)] if is_long else skipped
    return Arithmetic(
        count=count,
        unit=unit,
        side=side,
        clear=due_on not in counted,
        anchor_on=anchor,
        due_on=due_on,
        counted=_listed(counted if side == "after" else counted[::-1], anchor.year),
        extra=tuple(cell.day for cell in cells if cell.number and cell.note) if unit == "working_day" else (),
        weekly=len(weekly) if is_long else 0,
        rests=tuple(_rest(run, form) for run in _runs(named)),
    )


def _is_weekly(cell: DayCell) -> bool:
    return cell.note in WEEKDAYS


def _rest(run: Sequence[DayCell], form: str) -> Rest:
    first, last = run[0], run[-1]
    return Rest(first.day.strftime(form), last.day.strftime(form), first.note, _is_weekly(first))


def compare(chosen: Due, others: Iterable[Due]) -> tuple[str, ...]:
    """One sentence for each other rule that ends on an earlier day than the chosen one, earliest first."""
    earlier = sorted((due for due in others if due.due_on < chosen.due_on), key=lambda due: due.due_on)
    return tuple(_earlier_words(due, chosen) for due in earlier)


def remaining(due_on: date, today: date, calendar: WorkCalendar) -> Remaining:
    """The words beside a deadline: "còn 5 ngày làm việc", "hôm nay", "quá 1 ngày làm việc".

    Today is not counted, the due day is. Where no working day lies between, calendar days are named instead.
    """
    days, working_days = (due_on - today).days, calendar.working_days_between(today, due_on)
    if days == 0:
        return Remaining(0, 0, "today", "hôm nay")
    verb = "còn" if days > 0 else "quá"
    words = f"{verb} {abs(working_days)} ngày làm việc"
    if not working_days:
        words = f"{verb} {abs(days)} ngày, đều là ngày nghỉ"
    return Remaining(days, working_days, "ahead" if days > 0 else "late", words)


def _due_day(term: Term, anchor: date, calendar: WorkCalendar) -> date:
    if term.unit == "working_day":
        count = calendar.count_after if term.side == "after" else calendar.count_before
        return count(anchor, term.count)
    span = timedelta(days=term.count + term.clear)
    return anchor + span if term.side == "after" else anchor - span


def _cells(term: Term, anchor: date, due_on: date, calendar: WorkCalendar) -> tuple[DayCell, ...]:
    step = ONE_DAY if term.side == "after" else -ONE_DAY
    cells = [DayCell(anchor, None, "from", calendar.day_note(anchor))]
    day, number = anchor, 0
    while day != due_on:
        day += step
        counted = (term.unit == "day" or calendar.is_working(day)) and number < term.count
        number += counted
        cells.append(
            DayCell(
                day,
                number if counted else None,
                _kind(day, due_on, counted, calendar),
                calendar.day_note(day),
            )
        )
    return tuple(cells if term.side == "after" else reversed(cells))


def _kind(day: date, due_on: date, counted: bool, calendar: WorkCalendar) -> CellKind:
    if day == due_on:
        return "due"
    if not counted:
        return "off"
    row = calendar.rows.get(day)
    return "worked_extra" if row and row.kind == "worked" else "counted"


def _warnings(term: Term, anchor: date, due_on: date, plan_for: date, calendar: WorkCalendar) -> tuple[str, ...]:
    start = anchor if term.unit == "working_day" else due_on
    ends = (start, due_on, plan_for)
    found = list(calendar.warnings_for(range(min(ends).year, max(ends).year + 1)))
    if plan_for != due_on:
        found.append(
            f"Hạn {_full(due_on)} là ngày nghỉ ({calendar.day_note(due_on)}) và được giữ nguyên; "
            f"nên xong trước, chậm nhất {weekday_name(plan_for)} {_full(plan_for)}."
        )
    if term.side == "after" and plan_for <= anchor:
        found.append(f"Không có ngày làm việc nào từ sau {_full(anchor)} đến hạn {_full(due_on)}.")
    return tuple(found)


def _earlier_words(due: Due, chosen: Due) -> str:
    days = (chosen.due_on - due.due_on).days
    text = (
        f"Theo {due.term.law}, hạn là {weekday_name(due.due_on)} {_full(due.due_on)}, "
        f"sớm hơn {days} ngày so với hạn {_full(chosen.due_on)}"
    )
    return f"{text}; quy định này cũng bắt buộc." if due.term.binding else f"{text}; nêu để so sánh."


def _arithmetic(told: Arithmetic) -> str:
    """The sentence under the day strip: days counted in the order of counting, then days skipped and why."""
    middle = " trọn ở giữa" if told.clear else ""
    way = "đếm từ ngày liền sau" if told.side == "after" else "đếm lùi từ ngày liền trước"
    head = f"{told.count} {UNIT_WORDS[told.unit]}{middle}, {way} {_full(told.anchor_on)}"
    return f"{head}: {told.counted}{_tail(told)}."


def _tail(told: Arithmetic) -> str:
    if told.clear:
        return f"; hạn là ngày liền trước những ngày ấy, {_full(told.due_on)}"
    if told.unit == "day":
        return "; tính theo ngày lịch, kể cả ngày nghỉ"
    worked = "".join(f"; tính cả {weekday_name(day)} {day:%d/%m} làm bù" for day in told.extra)
    parts = [f"{told.weekly} ngày nghỉ hằng tuần"] if told.weekly else []
    parts += [_rest_words(rest) for rest in told.rests]
    return worked + (f"; bỏ {_and(parts)}" if parts else "")


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _rest_words(rest: Rest) -> str:
    if rest.is_weekly:
        return f"{rest.name} {rest.first}"
    span = f"từ {rest.first} đến {rest.last}" if rest.last != rest.first else rest.first
    return f"{span} ({rest.name})"


def _listed(days: Sequence[date], year: int) -> str:
    """ "23, 24, 27/12; 04/01/2022": months where they change, a year where it is not the anchor's."""
    shown: list[date | None] = list(days)
    if len(days) > LISTED_IN_FULL:
        shown = [*days[:3], None, days[-1]]
    text = ""
    for place, day in enumerate(shown):
        following = next((later for later in shown[place + 1 :] if later), None)
        if day is None:
            text += "…, "
        elif following and (following.year, following.month) == (day.year, day.month):
            text += f"{day:%d}, "
        else:
            text += _short(day, year) + ("; " if following else "")
    return text


def _runs(cells: Sequence[DayCell]) -> list[list[DayCell]]:
    runs: list[list[DayCell]] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last and last.note == cell.note and cell.day - last.day == ONE_DAY:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _short(day: date, year: int) -> str:
    return f"{day:%d/%m}" if day.year == year else _full(day)


def _full(day: date) -> str:
    return f"{day:%d/%m/%Y}"
