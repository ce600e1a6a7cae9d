"""The calendar that deadlines are counted by."""

from django.db.models import OuterRef, Subquery

from doithoai.directory.models import RuleText, read_rules
from doithoai.directory.queries import CALENDAR_KEY
from doithoai.rules.workdays import WorkCalendar


def calendar_text(agency_field: str) -> Subquery:
    """The text of the calendar in force, to be read along with a row that names its agency in `agency_field`."""
    kind = RuleText.Kind.CALENDAR
    rows = RuleText.objects.filter(agency=OuterRef(agency_field), kind=kind, key=CALENDAR_KEY)
    return Subquery(rows.order_by("-version").values("text")[:1])


def read_calendar(text: str) -> WorkCalendar:
    """A calendar from its text, read once for each version."""
    calendar = read_rules(RuleText.Kind.CALENDAR, text, CALENDAR_KEY)
    assert isinstance(calendar, WorkCalendar)
    return calendar
