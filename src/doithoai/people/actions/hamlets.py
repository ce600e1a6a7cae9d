"""The heads of hamlets and residential groups, who carry letters and tell their households."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Place
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, Role, Verdict, needs
from doithoai.kernel.verbs import verb
from doithoai.people.actions.keeping import CONTACT_ROLES
from doithoai.people.models import HamletHead
from doithoai.rules.vietnamese import fold, squeeze
from doithoai.rules.vietnamese import phone as national_number

MOST_NAME = 120


def may_keep_heads(actor: Actor, agency: Agency) -> Verdict:
    """Cán bộ có việc với người dân, nhất là ở phường: chuyên viên, người đứng đầu đơn vị, văn thư, phụ trách điểm cầu."""
    grants = [(role, None) for role in (*CONTACT_ROLES, Role.VENUE)]
    return needs(actor, agency.pk, *grants, who=_("chuyên viên, văn thư, thư ký hoặc người phụ trách điểm cầu"))


@verb("head.keep", may=may_keep_heads)
def keep_head(
    agency: Agency, *, ward: Place, group: str, name: str, phone: str, actor: Actor, now: datetime
) -> HamletHead | None:
    """Write down who heads a residential group of a ward; without a name and number whoever stood there is forgotten.

    NotNow for a ward of another agency, a group without a name, a number that is none, or a number without a name.
    """
    name, group = squeeze(name)[:MOST_NAME], squeeze(group)[:80]
    if ward.agency_id != agency.pk or not group:
        raise NotNow(_("Chưa ghi được: không có thôn, tổ dân phố này."))
    digits = national_number(phone) if phone.strip() else ""
    if digits is None:
        raise NotNow(
            _("Chưa ghi được: “%(found)s” không phải số điện thoại. Cần 10 chữ số.") % {"found": phone.strip()}
        )
    if digits and not name:
        raise NotNow(_("Chưa ghi được: có số điện thoại mà chưa có tên trưởng thôn, tổ trưởng."))
    kept = {"agency": agency, "group": group, "name": name, "phone": digits}
    rows, head = HamletHead.objects.filter(ward=ward, group_folded=fold(group)), None
    if name:
        head, _made = rows.update_or_create(ward=ward, group_folded=fold(group), defaults=kept)
    else:
        rows.delete()
    record(agency.chain, ward=ward.code, group=group, kept=int(bool(name)), phone=int(bool(digits)))
    return head
