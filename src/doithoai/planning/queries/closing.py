"""What an office still owes, before it is closed."""

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Duty


def owes_nothing(office: Office) -> Verdict:
    """No duty of an office that is to be closed is still open in a dialogue that goes on."""
    owed = Duty.objects.filter(office=office).exclude(state="confirmed")
    count = owed.exclude(dialogue__state__in=("closed", "cancelled")).count()
    if not count:
        return YES
    return Verdict(
        _("Chưa đóng được: đơn vị này còn %(count)s nhiệm vụ chưa xong. Giao cho đơn vị khác hoặc xác nhận xong trước.")
        % {"count": count}
    )
