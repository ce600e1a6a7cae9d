"""Reminding those who have not answered: each once for one appointment, on a day that is known beforehand."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.queries import is_rehearsal
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.possible import AHEAD, require_ahead, require_reply_time
from doithoai.roster.actions.words import by_machine, reminding
from doithoai.roster.models import Invitation, Reminder
from doithoai.roster.queries.reminding import reminder_key, reminder_of, unreminded
from doithoai.rules.vietnamese import page_date


@verb("invitation.remind", may=permissions.may_remind)
def remind(sitting: Sitting, *, actor: Actor, now: datetime) -> list[Invitation]:
    """Write a reminder to everybody invited who has not answered and was not reminded of this appointment yet.

    By a gateway where there is one, otherwise it waits on the list of those to call.
    """
    require_reply_time(sitting, now)
    rows = unreminded(sitting, clock.day_of(now, sitting.agency.zone))
    if not rows:
        raise NotNow(_("Chưa có ai phải nhắc: người chưa trả lời đều đã được nhắc, hoặc mới được mời hôm nay."))
    for row in rows:
        row.sitting = sitting
        _tell(row, sitting, now)
    record(sitting.chain, sitting=sitting.code, reminded=len(rows))
    return rows


def _tell(row: Invitation, sitting: Sitting, now: datetime) -> None:
    tell(
        sitting.agency,
        sitting.chain,
        key=reminder_key(row, sitting),
        body=reminding(row),
        person=row.person,
        office=None if row.person else row.office or row.venue.office,
        machine=by_machine(row, "reminder"),
        now=now,
    )


@verb("reminder.set", may=permissions.may_remind)
def set_reminder(sitting: Sitting, *, on: date, actor: Actor, now: datetime) -> Reminder:
    """Choose the day of the reminder: from today on and before the sitting."""
    require_ahead(sitting)
    today = clock.day_of(now, sitting.agency.zone)
    if not today <= on < sitting.day:
        days = {"from": page_date(today), "to": page_date(sitting.day)}
        raise NotNow(_("Chưa đặt được: ngày nhắc phải từ %(from)s và trước %(to)s.") % days)
    row, _made = Reminder.objects.update_or_create(sitting=sitting, defaults={"on": on})
    record(sitting.chain, sitting=sitting.code, on=on.isoformat())
    return row


def remind_silent() -> int:
    """Remind where the day and hour have come; returns how many people. Runs by itself; a rehearsal reminds by hand only."""
    if is_rehearsal():
        return 0
    now = clock.now()
    ahead = Sitting.objects.filter(state__in=AHEAD, starts_at__gt=now, invitations__state="invited").distinct()
    related = ("dialogue__agency", "sector", "lead")
    due = [row for row in ahead.select_related(*related) if (plan := reminder_of(row, now)) and plan.is_due]
    return sum(len(remind(sitting, actor=System("reminder"), now=now)) for sitting in due)
