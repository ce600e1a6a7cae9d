"""What an office still owes, before it is closed."""

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Duty, Sitting

OVER = ("closed", "cancelled")


def owes_nothing(office: Office) -> Verdict:
    """No duty of an office that is to be closed is still open in a dialogue that goes on."""
    owed = Duty.objects.filter(office=office).exclude(state="confirmed")
    count = owed.exclude(dialogue__state__in=OVER).count()
    if not count:
        return YES
    return Verdict(
        _("Chưa đóng được: đơn vị này còn %(count)s nhiệm vụ chưa xong. Giao cho đơn vị khác hoặc xác nhận xong trước.")
        % {"count": count}
    )


def leads_no_sitting(office: Office) -> Verdict:
    """No sitting of a dialogue that goes on is led by an office that is to be closed, unless it was called off."""
    led = Sitting.objects.filter(lead=office).exclude(state="cancelled").exclude(dialogue__state__in=OVER)
    codes = list(led.order_by("code").values_list("code", flat=True))
    if not codes:
        return YES
    return Verdict(
        _(
            "Chưa đóng được: đơn vị này còn chủ trì %(count)s buổi của cuộc đối thoại chưa kết thúc hồ sơ (%(sittings)s). "
            "Đổi đơn vị chủ trì khi kế hoạch còn là dự thảo, hoặc đóng sau khi kết thúc hồ sơ."
        )
        % {"count": len(codes), "sittings": ", ".join(codes)}
    )
