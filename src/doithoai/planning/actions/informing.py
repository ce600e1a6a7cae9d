"""Materials for the people: what they may read before they come."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.planning import permissions
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.models import Dialogue, Material, Sitting

OVER = ("closed", "cancelled")


@verb("material.publish", may=permissions.may_inform)
def publish(
    dialogue: Dialogue, file: Attachment, *, title: str, sitting: Sitting | None = None, actor: Actor, now: datetime
) -> Material:
    """Let anyone read a file from now on, before one sitting or (None) before all of them; the same file only once."""
    if dialogue.state in OVER:
        raise NotNow(_("Chưa đăng được: cuộc đối thoại đã kết thúc hoặc bị hủy."))
    if not title.strip():
        raise NotNow(_("Chưa đăng được: cần tên tài liệu, như người dân sẽ thấy."))
    if dialogue.materials.filter(sha256=file.sha256, withdrawn_at=None).exists():
        raise NotNow(_("Chưa đăng được: tệp này đã đăng rồi."))
    row = Material.objects.create(
        dialogue=dialogue,
        sitting=sitting,
        ordinal=dialogue.materials.count() + 1,
        title=title.strip()[:200],
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        by_id=actor.staff_id,
        at=now,
    )
    record(dialogue.chain, material=row.code, file=file.sha256)
    return row


@verb("material.withdraw", may=permissions.may_withdraw_material)
def withdraw(material: Material, *, reason: str, actor: Actor, now: datetime) -> Material:
    """Take a material back, with the reason: nobody outside gets it any more, the record keeps what it was."""
    if material.withdrawn_at is not None:
        raise NotNow(_("Tài liệu này đã gỡ rồi."))
    require_reason(reason, _("Chưa gỡ được"))
    write(material, withdrawn_at=now, reason=reason.strip()[:300])
    record(material.chain, material=material.code)
    return material
