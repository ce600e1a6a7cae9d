"""What must be so before the list of a sitting may change."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation
from doithoai.web.tongue import page_date

AHEAD = ("scheduled", "postponed")
PREPARING = ("open", "in_session", "postponed")
PRESENT = ("attended", "absent")


def require_preparing(sitting: Sitting) -> None:
    """Lists and letters are made while the dialogue is being prepared and the sitting has not begun."""
    require_open(sitting.dialogue)
    require_ahead(sitting)


def require_open(dialogue: Dialogue) -> None:
    """People are chosen once preparations have begun and until the dialogue is answering."""
    if dialogue.state not in PREPARING:
        raise NotNow(
            _("Chưa làm được: cuộc đối thoại đang ở trạng thái “%(state)s”, chưa đến hoặc đã qua bước chuẩn bị.")
            % {"state": dialogue.get_state_display()}
        )


def require_ahead(sitting: Sitting) -> None:
    """The sitting is still to come."""
    if sitting.state not in AHEAD:
        raise NotNow(
            _("Chưa làm được: buổi này đang ở trạng thái “%(state)s”, danh sách mời không đổi nữa.")
            % {"state": sitting.get_state_display()}
        )


def require_reply_time(sitting: Sitting, now: datetime) -> None:
    """Answers are taken until the hour at which the sitting begins."""
    require_ahead(sitting)
    if now >= sitting.starts_at:
        raise NotNow(_("Đã đến giờ đối thoại nên không ghi trả lời nữa. Ông/bà vẫn có thể đến dự."))


def require_answerable(invitation: Invitation, now: datetime) -> None:
    """An answer is taken from whoever is invited and is not already there."""
    require_reply_time(invitation.sitting, now)
    if invitation.state in PRESENT:
        raise NotNow(_("Đã ghi người này có mặt hoặc vắng mặt nên không ghi trả lời nữa."))


def require_the_day(sitting: Sitting, now: datetime) -> None:
    """Presence is noted from the day of the sitting on."""
    if sitting.state in ("postponed", "cancelled"):
        raise NotNow(
            _("Chưa ghi được: buổi này đang ở trạng thái “%(state)s”.") % {"state": sitting.get_state_display()}
        )
    if clock.day_of(now, sitting.agency.zone) < sitting.day:
        raise NotNow(_("Chưa đến ngày: ghi có mặt, vắng mặt từ %(day)s.") % {"day": page_date(sitting.day)})
