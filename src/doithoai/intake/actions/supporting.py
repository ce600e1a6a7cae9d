"""Asking the people who else met the same: shown by a person, said once by a device, counted apart from opinions."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.intake import permissions
from doithoai.intake.actions.telling import require, require_answerable
from doithoai.intake.models import Opinion, Support
from doithoai.intake.queries import notice_is_out
from doithoai.intake.queries import shown as shown_now
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb


@verb("opinion.show", may=permissions.may_sort)
def show(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Put an opinion on the public page in its confirmed wording, so that others say whether they met the same. NotNow
    before it is taken on and its wording confirmed, for complaints, and once the result notice is out."""
    act = _("Chưa đăng được")
    require(opinion, "accepted", act=act)
    require_answerable(opinion, act=act)
    if not opinion.is_public_confirmed:
        raise NotNow(_("%(act)s: lời công khai chưa ai xác nhận.") % {"act": act})
    if notice_is_out(opinion.dialogue):
        raise NotNow(_("%(act)s: Thông báo kết quả đã ban hành, mọi ý kiến đăng cùng trả lời.") % {"act": act})
    if opinion.shown_at is not None:
        raise NotNow(_("%(act)s: ý kiến này đang đăng.") % {"act": act})
    write(opinion, shown_at=now)
    record(opinion.chain, opinion=opinion.code)
    return opinion


@verb("opinion.hide", may=permissions.may_sort)
def hide(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Take it off again; what was said until then stays counted."""
    if opinion.shown_at is None:
        raise NotNow(_("Chưa gỡ được: ý kiến này không đăng."))
    write(opinion, shown_at=None)
    record(opinion.chain, opinion=opinion.code)
    return opinion


@verb("opinion.support", may=permissions.may_support, anonymous=True)
def support(opinion: Opinion, *, device: str, actor: Actor, now: datetime) -> Opinion:
    """Say that one met the same; `device` is the secret that one browser keeps. It counts once for a device, is no
    opinion, and neither who nor when stands anywhere."""
    if not shown_now(opinion.dialogue).filter(pk=opinion.pk).exists():
        raise NotNow(_("Chưa ghi được: việc này không còn lấy ý kiến."))
    key = device_key(opinion, device)
    _row, is_new = Support.objects.get_or_create(opinion=opinion, device=key)
    if not is_new:
        raise NotNow(_("Máy này đã ghi việc này rồi; mỗi máy ghi một lần."))
    record(opinion.chain, opinion=opinion.code)
    return opinion


def device_key(opinion: Opinion, device: str) -> str:
    """What stands for a device at one dialogue: another elsewhere, so that nobody is followed from one to the next."""
    return chance.hashed(f"{opinion.chain}:{device}")
