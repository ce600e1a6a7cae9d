"""Deadlines: a rule of a law or a plan, counted day by day, with its arithmetic in words.

The bare result of counting is never moved: a deadline that falls on a day off stays there, and `plan_for`
names the last working day not after it. Days are days in the agency's zone; no instant appears here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from doithoai.rules.workdays import ONE_DAY, WorkCalendar, weekday_name

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
    arithmetic = _arithmetic(term, anchor_day, cells, calendar)
    warnings = _warnings(term, anchor_day, due_on, plan_for, calendar)
    return Due(term, anchor_day, due_on, plan_for, cells, arithmetic, calendar.version, warnings)


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


def _arithmetic(term: Term, anchor: date, cells: Sequence[DayCell], calendar: WorkCalendar) -> str:
    """The sentence under the day strip: days counted in the order of counting, then days skipped and why."""
    counted = [cell.day for cell in cells if cell.number is not None]
    counted = counted if term.side == "after" else counted[::-1]
    middle = " trọn ở giữa" if term.clear else ""
    way = "đếm từ ngày liền sau" if term.side == "after" else "đếm lùi từ ngày liền trước"
    head = f"{term.count} {UNIT_WORDS[term.unit]}{middle}, {way} {_full(anchor)}"
    return f"{head}: {_listed(counted, anchor.year)}{_tail(term, cells, calendar)}."


def _tail(term: Term, cells: Sequence[DayCell], calendar: WorkCalendar) -> str:
    if term.clear:
        due = next(cell.day for cell in cells if cell.kind == "due")
        return f"; hạn là ngày liền trước những ngày ấy, {_full(due)}"
    if term.unit == "day":
        return "; tính theo ngày lịch, kể cả ngày nghỉ"
    extra = [cell.day for cell in cells if cell.number and _is_extra(cell.day, calendar)]
    worked = "".join(f"; tính cả {weekday_name(day)} {day:%d/%m} làm bù" for day in extra)
    skipped = [cell for cell in cells if cell.kind == "off"]
    return worked + (f"; bỏ {_skipped(skipped, cells, calendar)}" if skipped else "")


def _is_extra(day: date, calendar: WorkCalendar) -> bool:
    row = calendar.rows.get(day)
    return row is not None and row.kind == "worked"


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


def _skipped(skipped: Sequence[DayCell], cells: Sequence[DayCell], calendar: WorkCalendar) -> str:
    """ "thứ Bảy 25 và Chủ nhật 26", "từ 16/02 đến 20/02 (Tết Nguyên đán)": runs of one holiday together."""
    one_month = len({(cell.day.year, cell.day.month) for cell in cells}) == 1
    form = "%d" if one_month else "%d/%m"
    weekly = [cell for cell in skipped if cell.day not in calendar.rows]
    parts = [_run_words(run, form, calendar) for run in _runs(skipped)]
    if len(weekly) > REST_DAYS_LISTED:
        holidays = [cell for cell in skipped if cell.day in calendar.rows]
        parts = [
            f"{len(weekly)} ngày nghỉ hằng tuần",
            *(_run_words(r, form, calendar) for r in _runs(holidays)),
        ]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"


def _runs(cells: Sequence[DayCell]) -> list[list[DayCell]]:
    runs: list[list[DayCell]] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last and last.note == cell.note and cell.day - last.day == ONE_DAY:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _run_words(run: Sequence[DayCell], form: str, calendar: WorkCalendar) -> str:
    first, last = run[0], run[-1]
    if first.day not in calendar.rows:
        return f"{first.note} {first.day.strftime(form)}"
    span = first.day.strftime(form)
    if last is not first:
        span = f"từ {span} đến {last.day.strftime(form)}"
    return f"{span} ({first.note})"


def _short(day: date, year: int) -> str:
    return f"{day:%d/%m}" if day.year == year else _full(day)


def _full(day: date) -> str:
    return f"{day:%d/%m/%Y}"
