"""The reminder of a sitting: on which day it goes, to whom, and whether it went."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from doithoai.directory.queries import calendar_of, profile_of
from doithoai.kernel import clock
from doithoai.outbox.models import Message
from doithoai.planning.models import Sitting
from doithoai.roster.models import Invitation, Reminder
from doithoai.roster.queries import IS_DELEGATE, MAIN
from doithoai.rules.replies import reminder_day


@dataclass(frozen=True, slots=True)
class Reminding:
    """The reminder of a sitting: its day, whether somebody chose it, and how many were reminded and still wait for it.

    It goes from `from_hour` on. `is_due`: it may go out now. `is_missed`: it should have gone and did not.
    """

    on: date
    is_chosen: bool
    reminded: int
    waiting: int
    from_hour: int
    is_due: bool
    is_missed: bool


def reminder_of(sitting: Sitting, now: datetime) -> Reminding | None:
    """The reminder of a sitting as it stands; None while nobody is invited or once its day has come."""
    today = clock.day_of(now, sitting.agency.zone)
    asked = _asked(sitting)
    first = min((row.invited_at for row in asked if row.invited_at), default=None)
    if first is None or today >= sitting.day:
        return None
    chosen = Reminder.objects.filter(sitting=sitting).values_list("on", flat=True).first()
    rule, invited_on = profile_of(sitting.agency).reply, clock.day_of(first, sitting.agency.zone)
    usual = reminder_day(calendar_of(sitting.agency), rule, held_on=sitting.day, invited_on=invited_on)
    on = chosen or usual
    done = _reminded(sitting)
    waiting = len(_not_reminded(sitting, asked, done, today))
    hour = clock.local(now, sitting.agency.zone).hour
    return Reminding(
        on=on,
        is_chosen=chosen is not None,
        reminded=len(done),
        waiting=waiting,
        from_hour=rule.from_hour,
        is_due=bool(waiting) and today >= on and rule.from_hour <= hour < rule.until_hour,
        is_missed=bool(waiting) and (today > on or (today == on and hour >= rule.late_hour)),
    )


def _asked(sitting: Sitting) -> list[Invitation]:
    """Everybody whose answer was asked for, delegates too."""
    rows = Invitation.objects.filter(MAIN | IS_DELEGATE, sitting=sitting, invited_at__isnull=False)
    return list(rows.select_related("person__ward", "venue__office", "office").order_by("ordinal"))


def unreminded(sitting: Sitting, today: date) -> list[Invitation]:
    """Whoever was invited before today, has not answered and was not reminded of this appointment yet."""
    return _not_reminded(sitting, _asked(sitting), _reminded(sitting), today)


def _not_reminded(sitting: Sitting, asked: Sequence[Invitation], done: Set[str], today: date) -> list[Invitation]:
    zone = sitting.agency.zone
    silent_ones = (row for row in asked if row.state == "invited" and row.invited_at)
    return [
        row
        for row in silent_ones
        if row.invited_at
        and clock.day_of(row.invited_at, zone) < today
        and f"{sitting.chain}:{reminder_key(row, sitting)}" not in done
    ]


def reminder_key(invitation: Invitation, sitting: Sitting) -> str:
    """The key of a reminder: one for each person and appointment, so that nobody is reminded of it twice."""
    return f"{invitation.code}:remind:{sitting.starts_at:%Y%m%dT%H%M}"


def _reminded(sitting: Sitting) -> set[str]:
    """The keys of the reminders written for the appointment of a sitting as it stands."""
    begins, ends = f"{sitting.chain}:{sitting.code}-M", f":remind:{sitting.starts_at:%Y%m%dT%H%M}"
    rows = Message.objects.filter(chain=sitting.chain, key__startswith=begins, key__endswith=ends)
    return set(rows.values_list("key", flat=True))
