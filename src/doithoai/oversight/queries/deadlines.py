"""Deadlines as pages name them, and the calendar they are counted by."""

from typing import Final

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from doithoai.directory.models import RuleText, read_rules
from doithoai.directory.queries import CALENDAR_KEY
from doithoai.planning.models import Deadline
from doithoai.rules.workdays import WorkCalendar

NAMES: Final = {
    "submission": later("Trình tổng hợp vướng mắc"),
    "result_notice": later("Ban hành thông báo kết quả"),
    "result_notice_art_43": later("Ban hành thông báo kết quả, theo luật sau này"),
    "result_notice_draft": later("Trình dự thảo thông báo kết quả"),
    "invitations": later("Chuyển giấy mời"),
    "announcement": later("Thông báo thời gian, địa điểm, nội dung"),
    "publication": later("Công khai"),
}


# Other ways to count the same clause, shown beside the chosen one.
READINGS: Final = {
    "submission_calendar": later("Trình tổng hợp vướng mắc, đếm theo ngày lịch"),
    "submission_clear": later("Trình tổng hợp vướng mắc, đếm đủ ngày trọn ở giữa"),
    "submission_working": later("Trình tổng hợp vướng mắc, đếm theo ngày làm việc"),
}


def name_of(deadline: Deadline) -> str:
    """What must be done by then; the words of the rule where the product has no shorter name."""
    other = None if deadline.is_binding else READINGS.get(deadline.rule_slug)
    known = other or NAMES.get(deadline.duty)
    return _(known) if known else deadline.rule


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
