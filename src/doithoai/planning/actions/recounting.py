"""What becomes of counted deadlines when the rules or the calendar change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from doithoai.directory.models import Agency, RuleText
from doithoai.kernel import plugs
from doithoai.kernel.access import Actor
from doithoai.planning.actions.scheduling import count_deadlines
from doithoai.planning.models import Deadline, Dialogue, Sitting
from doithoai.planning.queries import (
    counted,
    deadlines_of,
    duty_name,
    is_binding,
    notice_days,
    ruling_of,
    sittings_of,
)
from doithoai.rules.deadlines import Due
from doithoai.rules.profiles import Profile
from doithoai.rules.workdays import WorkCalendar

IN_HAND: Final = ("planned", "open", "in_session", "answering", "postponed")


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline of a dialogue before and after; None: it is not there on that side."""

    dialogue: Dialogue
    name: str
    sector: str
    was: date | None
    will: date | None
    is_binding: bool
    is_met: bool

    @property
    def is_same(self) -> bool:
        """Whether it stays on its day, and only its words or its force change."""
        return self.was == self.will


def moved_by(agency: Agency, kind: str, key: str, parsed: Profile | WorkCalendar) -> Iterator[Moved]:
    """What these rules would change in the deadlines of the agency's dialogues in hand, once they are in force."""
    for dialogue in _touched(agency, kind, key):
        yield from _moved(dialogue, _under(dialogue, parsed))


def answers_moved_by(dialogue: Dialogue, parsed: Profile | WorkCalendar) -> int:
    """How many answers that were given out these rules would bring to another day, once they are in force."""
    return plugs.redated(dialogue, notice_days(dialogue, under=_under(dialogue, parsed)))


def _under(dialogue: Dialogue, parsed: Profile | WorkCalendar) -> tuple[Profile, WorkCalendar]:
    profile, calendar = ruling_of(dialogue)
    return (parsed, calendar) if isinstance(parsed, Profile) else (profile, parsed)


def _touched(agency: Agency, kind: str, key: str) -> list[Dialogue]:
    """The dialogues in hand whose deadlines were counted under these rules."""
    rows = Dialogue.objects.filter(agency=agency, state__in=IN_HAND, deadlines__superseded_at=None)
    if kind == RuleText.Kind.PROFILE:
        rows = rows.filter(profile_key=key)
    return list(rows.select_related("agency").distinct().order_by("code"))


def _moved(dialogue: Dialogue, under: tuple[Profile, WorkCalendar]) -> Iterator[Moved]:
    before = {(row.rule_slug, row.sitting_id): row for row in deadlines_of(dialogue)}
    after = {
        (due.term.slug, sitting.pk if sitting else None): (sitting, due)
        for sitting, due in counted(dialogue, sittings_of(dialogue), under=under)
    }
    for key in sorted(before.keys() | after.keys(), key=str):
        sitting, due = after.get(key, (None, None))
        found = _compared(dialogue, before.get(key), sitting, due, under[0])
        if found:
            yield found


def _compared(
    dialogue: Dialogue, row: Deadline | None, sitting: Sitting | None, due: Due | None, profile: Profile
) -> Moved | None:
    """What changes of one deadline; None where nothing does."""
    binds = is_binding(profile, due.term) if due else False
    if row and due and _facts(row) == (due.due_on, binds, due.term.words, due.term.law):
        return None
    where = row.sitting if row else sitting
    term = due.term if due else None
    return Moved(
        dialogue,
        duty_name(term.duty, term.words) if term else duty_name(row.duty, row.rule) if row else "",
        where.sector.name if where else "",
        row.due_on if row else None,
        due.due_on if due else None,
        binds or bool(row and row.is_binding),
        bool(row and row.met_on),
    )


def _facts(row: Deadline) -> tuple[date, bool, str, str]:
    return row.due_on, row.is_binding, row.rule, row.law


def recount(row: RuleText, *, actor: Actor, now: datetime) -> None:
    """Deadlines of dialogues in hand are counted anew where the amended rules change any; met ones stay met."""
    for dialogue in _touched(row.agency, row.kind, row.key):
        if any(counted(dialogue, sittings_of(dialogue))) and any(_moved(dialogue, ruling_of(dialogue))):
            count_deadlines(dialogue, actor=actor, now=now)
