"""The wording that may be published: proposed by the rules, confirmed by a person."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.intake import permissions
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text
from doithoai.rules.vietnamese import fold


@verb("opinion.prepare_public", may=permissions.may_sort)
def prepare_public(opinion: Opinion, *, text: str, actor: Actor, now: datetime) -> Opinion:
    """Keep the wording that may be published, as a person reviewed it. NotNow for a denunciation, and while the
    author's own name or telephone number still stands in it."""
    if opinion.is_hidden:
        raise NotNow(_("Chưa ghi được bản công khai: nội dung tố cáo không công khai."))
    if not text.strip():
        raise NotNow(_("Chưa ghi được bản công khai: chưa có chữ nào."))
    _require_unnamed(opinion, text)
    kept = keep_text(opinion.agency, text)
    write(opinion, public_words_id=kept.pk)
    opinion.public_words = kept
    record(opinion.chain, opinion=opinion.code, text=kept.digest)
    return opinion


def _require_unnamed(opinion: Opinion, text: str) -> None:
    name = fold(opinion.person.name if opinion.person else opinion.guest)
    number = opinion.person.phone if opinion.person else ""
    digits = "".join(filter(str.isdigit, text))
    if (name and name in fold(text)) or (number and number in digits):
        raise NotNow(_("Chưa ghi được bản công khai: còn tên hoặc số điện thoại của người gửi."))
