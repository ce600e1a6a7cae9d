"""What must be done by a deadline, in a few words."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from doithoai.planning.models import Deadline

NAMES: Final = {
    "submission": later("Trình tổng hợp vướng mắc"),
    "result_notice": later("Ban hành thông báo kết quả"),
    "result_notice_draft": later("Trình dự thảo thông báo kết quả"),
    "invitations": later("Chuyển giấy mời"),
    "announcement": later("Thông báo thời gian, địa điểm, nội dung"),
    "publication": later("Công khai"),
}


def named(duty: str, rule: str) -> str:
    """The short name of a duty; the words of its rule where the product has none."""
    known = NAMES.get(duty)
    return _(known) if known else rule


def deadline_name(deadline: Deadline) -> str:
    """What must be done by this deadline."""
    return named(deadline.duty, deadline.rule)
