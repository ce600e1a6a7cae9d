"""Alarms for whoever invites: a reminder that should have gone and did not, and news that no machine brought."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.kernel import clock
from doithoai.outbox.models import Message
from doithoai.oversight.queries.tasks import Task
from doithoai.roster.models import Invitation, Reminder
from doithoai.rules.profiles import Reply
from doithoai.rules.replies import reminder_day
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.duelines import plain_due
from doithoai.web.tongue import page_date

OF_AGENCY: Final = "dialogue__agency__profile_key"
"""What the alarms need of a sitting's agency beside its zone."""


def columns(now: datetime, zone: str, count: Any) -> Mapping[str, Any]:
    """What each sitting of a desk tells of its reminder: columns of its row, hence no query more. `count` makes a count."""
    citizens = Invitation.objects.filter(sitting=OuterRef("pk")).exclude(route=Invitation.Route.DELEGATE)
    asked = citizens.filter(state="invited", invited_at__lt=clock.at(clock.day_of(now, zone), 0, 0, zone))
    own = Message.objects.filter(person=OuterRef("person"), chain=OuterRef("sitting__dialogue__code"))
    reminded = own.filter(kind="reminder", written_at__gte=OuterRef("invited_at"))
    lost = own.filter(failed_at__isnull=False, delivered_at=None)
    silent = citizens.filter(state__in=("invited", "lapsed"))
    by_hand = Q(delivered_at=None) & Q(Exists(lost))
    first = citizens.filter(invited_at__isnull=False).order_by("invited_at").values("invited_at")[:1]
    return {
        "unreminded": count(asked.filter(~Exists(reminded)), "sitting"),
        "unbrought": count(silent.filter(Q(Exists(lost.exclude(channel="hand"))) | by_hand), "sitting"),
        "first_invited": Subquery(first, output_field=DateTimeField()),
        "remind_on": Subquery(
            Reminder.objects.filter(sitting=OuterRef("pk")).values("on")[:1], output_field=DateField()
        ),
    }


def reminder_tasks(row: Any, now: datetime, calendar: WorkCalendar, rule: Reply) -> Iterator[Task]:
    """The alarms of one sitting that is still to come, by the agency's rule; nothing while everything went as it should."""
    facts, label = {"sector": row.sector.name}, _("Mở danh sách gọi")
    url = reverse("calls", args=(row.dialogue.code, row.ordinal))
    zone = row.agency.zone
    today = clock.day_of(now, zone)
    if row.unreminded and row.first_invited and today < row.day:
        usual = reminder_day(calendar, rule, held_on=row.day, invited_on=clock.day_of(row.first_invited, zone))
        on = row.remind_on or usual
        if today > on or (today == on and clock.local(now, zone).hour >= rule.late_hour):
            title = _("Lời nhắc chưa đi: %(count)s người chưa được nhắc, %(sector)s")
            note = _("Lẽ ra đi %(day)s: máy nền có thể đã dừng. Nhắc ngay, hoặc gọi điện.") % {"day": page_date(on)}
            yield Task(title % {**facts, "count": row.unreminded}, url, note, label, plain_due(on, today, calendar))
    if row.unbrought and now < row.starts_at:
        title = _("Tin không tự gửi được cho %(count)s người, %(sector)s")
        note = _("Không có số, số sai, hoặc cổng gửi lỗi: xin gọi điện.")
        due = plain_due(today, today, calendar)
        yield Task(title % {**facts, "count": row.unbrought}, url, note, label, due)
