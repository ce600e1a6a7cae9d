"""A plan's own terms beside the rules: which of the two binds where they differ.

Why one binds is kept with the deadline as it was decided, in Vietnamese always.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from doithoai.planning.models import Duty, Sitting
from doithoai.rules.deadlines import UNIT_WORDS, Due, Term, compute
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import short_date
from doithoai.rules.workdays import WorkCalendar

OWN: Final = "plan-"
"""How the slug of a plan's own term begins; the code of its duty follows."""

Where = tuple[Sitting | None, Due]


class Binds(Protocol):
    """Whether a term binds under a profile."""

    def __call__(self, profile: Profile, term: Term) -> bool: ...


def settled(
    found: Iterable[Where],
    duties: Sequence[Duty],
    days: dict[str, date],
    profile: Profile,
    calendar: WorkCalendar,
    binds: Binds,
) -> Iterator[Where]:
    """The counted deadlines of the rules with the plan's own ones beside them; where they differ one of the two binds.

    `days` are the days from which terms count, by their anchor; a term whose day is not known yet is left out. A
    plan's term that falls on the day of the rule adds nothing.
    """
    rows = list(found)
    for duty, own in _distinct(duties, days, calendar):
        rule = min(
            (due for _at, due in rows if due.term.duty == duty.rule and binds(profile, due.term)),
            key=_day,
            default=None,
        )
        if rule is not None and rule.due_on == own.due_on:
            continue
        by_plan, why = _choice(duty, own, rule)
        if by_plan:
            rows = [(at, _loosened(due, why) if due.term.duty == duty.rule else due) for at, due in rows]
        rows.append((None, replace(own, term=replace(own.term, binding=by_plan, note=why))))
    yield from rows


def _day(due: Due) -> date:
    return due.due_on


def _distinct(duties: Sequence[Duty], days: dict[str, date], calendar: WorkCalendar) -> Iterator[tuple[Duty, Due]]:
    """One for each rule and day: a plan often gives the same to several offices."""
    seen: set[tuple[str, date]] = set()
    for duty in duties:
        own = own_due(duty, days, calendar)
        if own and (duty.rule, own.due_on) not in seen:
            seen.add((duty.rule, own.due_on))
            yield duty, own


def own_due(duty: Duty, days: dict[str, date], calendar: WorkCalendar) -> Due | None:
    """By when the plan itself wants a duty done: the day it prints, or its term counted; None where it says neither."""
    law = "Kế hoạch đối thoại"
    if duty.due_on is not None:
        term = Term(f"{OWN}{duty.code}", 1, "day", "before", "dialogue", duty.what, law, beside=duty.rule)
        plan_for = calendar.last_working_on_or_before(duty.due_on)
        said = f"Kế hoạch ghi đúng ngày {short_date(duty.due_on)}, không đếm."
        return Due(term, days.get("dialogue", duty.due_on), duty.due_on, plan_for, (), said, calendar.version, ())
    if not duty.term or duty.term["anchor"] not in days:
        return None
    told = duty.term
    counting = (told["count"], told["unit"], told["before_or_after"], told["anchor"])
    term = Term(f"{OWN}{duty.code}", *counting, duty.what, law, beside=duty.rule)
    return compute(term, days[told["anchor"]], calendar)


def _choice(duty: Duty, own: Due, rule: Due | None) -> tuple[bool, str]:
    """Whether the plan's term binds, and why, in a sentence."""
    mine, why = _worded(own), duty.binds_why
    if rule is None:
        return True, f"Quy định không đặt hạn bắt buộc; hạn của kế hoạch ({mine}) có hiệu lực."
    told = _worded(rule)
    if duty.binds_by == Duty.Binds.PLAN:
        return True, f"Chọn hạn của kế hoạch ({mine}), không theo quy định ({told}): {why}"
    if duty.binds_by == Duty.Binds.RULES:
        return False, f"Chọn hạn của quy định ({told}), không theo kế hoạch ({mine}): {why}"
    by_plan = own.due_on < rule.due_on
    whose = "kế hoạch" if by_plan else "quy định"
    return by_plan, f"Kế hoạch ghi {mine}, quy định {told}: hạn sớm hơn, của {whose}, có hiệu lực."


def _worded(due: Due) -> str:
    """A term with its day: “10 ngày làm việc, 05/01/2022”; a printed day alone."""
    day = short_date(due.due_on)
    if not due.cells:
        return day
    return f"{due.term.count:02d} {UNIT_WORDS[due.term.unit]}, {day}"


def _loosened(due: Due, why: str) -> Due:
    return replace(due, term=replace(due.term, binding=False, note=why))
