"""The wording that may be published: proposed by the rules, masked more or less by a person, confirmed."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.intake import permissions
from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.queries import known_of, notice_is_out, of_author, unmasked, with_masks
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, Overtaken, require_reason
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text
from doithoai.rules.masking import Find, suggest
from doithoai.rules.vietnamese import fold


@verb("opinion.prepare_public", may=permissions.may_sort)
def prepare_public(
    opinion: Opinion, finds: Sequence[Find], *, of: int, reason: str = "", actor: Actor, now: datetime
) -> Opinion:
    """Confirm how an opinion will be read by anyone: its shorter wording, or its own words, with these finds masked.

    `of` is the key of the text that the finds were chosen for: Overtaken where another stands there now. Whatever the
    rules would mask and the choice leaves readable needs a `reason`. NotNow for complaints and denunciations, once the
    notice is issued, and while the author's own name or telephone number stands in it.
    """
    act = _("Chưa xác nhận được lời công khai")
    if opinion.kind in LAW_OF_COMPLAINTS:
        raise NotNow(_("%(act)s: nội dung khiếu nại, tố cáo không công khai.") % {"act": act})
    if notice_is_out(opinion.dialogue):
        raise NotNow(_("%(act)s: Thông báo kết quả đã ban hành với lời đã xác nhận trước đó.") % {"act": act})
    source = opinion.public_source
    if source.pk != of:
        raise Overtaken(_("%(act)s: lời của ý kiến đã đổi trong lúc che. Chưa ghi gì; xin xem lại.") % {"act": act})
    text = str(source)
    left = unmasked(text, of_author(known_of(opinion.dialogue), opinion), finds)
    if left:
        require_reason(reason, act=_("%(act)s: có chỗ máy đề xuất che mà để nguyên") % {"act": act})
    public = with_masks(text, finds)
    _require_unnamed(opinion, public, act=act)
    kept = keep_text(opinion.agency, public)
    write(
        opinion,
        public_words_id=kept.pk,
        public_of_id=source.pk,
        public_by_id=actor.staff_id,
        public_at=now,
        public_masks=[[find.start, find.end, find.kind] for find in finds],
        unmask_reason=reason.strip() if left else "",
    )
    opinion.public_words = kept
    record(opinion.chain, opinion=opinion.code, text=kept.digest, masked=len(finds), unmasked=len(left))
    return opinion


def confirm_proposed(opinion: Opinion, *, of: int, actor: Actor, now: datetime) -> Opinion:
    """The same for somebody who has read the wording and finds it masked just as it should be: as the rules propose."""
    finds = suggest(str(opinion.public_source), of_author(known_of(opinion.dialogue), opinion))
    return prepare_public(opinion, finds, of=of, actor=actor, now=now)


def _require_unnamed(opinion: Opinion, text: str, *, act: str) -> None:
    """A name of one word is never proposed for masking, for it stands in many other words; so it blocks nothing."""
    name = fold(opinion.person.name if opinion.person else opinion.guest)
    stands = " " in name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(text))
    number = opinion.person.phone if opinion.person else ""
    digits = "".join(filter(str.isdigit, text))
    if stands or (number and number in digits):
        raise NotNow(_("%(act)s: còn tên hoặc số điện thoại của người gửi.") % {"act": act})
