"""The days of duties, for lists that go over several dialogues at once; and the days of the result."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.db.models.functions import Coalesce

from doithoai.directory.models import Agency
from doithoai.kernel import clock
from doithoai.planning.models import Dialogue, Duty, Sitting
from doithoai.planning.queries.plan import counted, is_binding, ruling_of, sittings_of
from doithoai.planning.queries.terms import own_due
from doithoai.rules.profiles import Profile
from doithoai.rules.workdays import WorkCalendar

DUTY_DONE: Final = ("reported", "confirmed")
STOPPED: Final = ("cancelled", "postponed")

Anchors = dict[str, date]


def anchors_by_dialogue(rows: Iterable[tuple[int, date | None]]) -> dict[int, Anchors]:
    """The days from which terms count, of each dialogue by its key; a day that is only expected is None."""
    days: dict[int, set[date]] = {}
    is_open = set()
    for dialogue_id, day in rows:
        if day is None:
            is_open.add(dialogue_id)
        else:
            days.setdefault(dialogue_id, set()).add(day)
    ends = {key: {} if key in is_open else {"conference_end": max(held)} for key, held in days.items()}
    return {key: {"dialogue": min(held), **ends[key]} for key, held in days.items()}


def duty_due(duty: Any, anchors: Anchors, calendar: WorkCalendar) -> date | None:
    """The day of a duty (read with `plan_on`, the day of its plan), or None where the plan says none that is known."""
    issued = {"issue": duty.plan_on} if duty.plan_on else {}
    own = own_due(duty, issued | anchors, calendar)
    return own.due_on if own else None


def with_plan_day(rows: Any) -> Any:
    """Duties read along with the day of their plan."""
    return rows.annotate(plan_on=plan_field("issued_on", of="dialogue__"))


def plan_field(name: str, *, of: str = "") -> Coalesce:
    """A field of the paper of a dialogue's plan, its own or the one that it shares; `of` leads to the dialogue."""
    return Coalesce(F(f"{of}plan__{name}"), F(f"{of}common__plan__{name}"))


def duty_dates(agency: Agency, calendar: WorkCalendar) -> list[tuple[Duty, date]]:
    """Every duty of an agency's plans that has a day, with it; drafts too, dialogues that were called off left out."""
    held = Sitting.objects.filter(dialogue__agency=agency).exclude(state__in=STOPPED)
    told = held.values_list("dialogue_id", "starts_at", "tentative")
    zone = agency.zone
    anchors = anchors_by_dialogue((key, None if expected else clock.day_of(at, zone)) for key, at, expected in told)
    rows = Duty.objects.filter(dialogue__agency=agency).exclude(dialogue__state="cancelled")
    slim = rows.exclude(term={}, due_on=None).select_related("dialogue", "office").defer("dialogue__plan_text")
    dated = ((row, duty_due(row, anchors.get(row.dialogue_id, {}), calendar)) for row in with_plan_day(slim))
    return [(row, due_on) for row, due_on in dated if due_on is not None]


def notice_days(dialogue: Dialogue, *, under: tuple[Profile, WorkCalendar] | None = None) -> dict[int | None, date]:
    """By when the result must be announced, by the sitting's key; None is the day of all sittings that have none of their own.

    `under` are rules that are not in force yet.
    """
    profile = under[0] if under else ruling_of(dialogue)[0]
    found = [
        (sitting.pk if sitting else None, due.due_on)
        for sitting, due in counted(dialogue, sittings_of(dialogue), under=under)
        if due.term.duty == "result_notice" and is_binding(profile, due.term)
    ]
    return dict(sorted(found, key=lambda each: each[1], reverse=True))
