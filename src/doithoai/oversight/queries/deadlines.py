"""The calendar that deadlines are counted by, and the rules of a dialogue."""

from django.db.models import OuterRef, Subquery

from doithoai.directory.models import RuleText, read_rules
from doithoai.directory.queries import CALENDAR_KEY
from doithoai.rules.profiles import Profile
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


def profile_text() -> Subquery:
    """The text of the profile in force, to be read along with a row of a dialogue."""
    kind = RuleText.Kind.PROFILE
    rows = RuleText.objects.filter(agency=OuterRef("agency_id"), kind=kind, key=OuterRef("profile_key"))
    return Subquery(rows.order_by("-version").values("text")[:1])


def read_profile(text: str, key: str) -> Profile:
    """A profile from its text, read once for each version."""
    profile = read_rules(RuleText.Kind.PROFILE, text, key)
    assert isinstance(profile, Profile)
    return profile
