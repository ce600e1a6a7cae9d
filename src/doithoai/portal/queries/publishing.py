"""What is waiting to be made public, and the form in which it is kept."""

import re
from typing import Any, Final

from django.utils.translation import gettext as _

from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine
from doithoai.results.queries import is_issued, printed_unseen, seen
from doithoai.rules.deadlines import Due, compute
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import fold
from doithoai.rules.workdays import WorkCalendar

ANNOUNCED: Final = "trang công khai"
"""How the journal calls the public page among the places to which its heads went."""

PUBLIC_KINDS: Final = ("plan", "announcement", "result_notice", "change_notice", "survey_report")
"""Papers written for everybody; the others are for their addressee, or hold what people said by name."""


def can_be_public(dialogue: Dialogue, document: Document) -> Verdict:
    """Whether a paper may be put on the public page of this dialogue now, or what stands in the way."""
    if document.chain != dialogue.chain or document.kind not in PUBLIC_KINDS:
        return Verdict(_("Chưa công khai được: loại văn bản này gửi đích danh, không đăng trên trang công khai."))
    if document.is_recalled:
        return Verdict(
            _("Chưa công khai được: văn bản đã thu hồi theo Văn bản số %(by)s.") % {"by": document.recalling}
        )
    if document.number is None or document.sealed_at is None:
        return Verdict(_("Chưa công khai được: văn bản chưa có số hoặc đang tạo bản in."))
    return Verdict(_("Văn bản này đã công khai rồi.")) if document.published_at else YES


def publication_due(document: Any, profile: Profile, calendar: WorkCalendar) -> Due | None:
    """By when a numbered paper has to be public; None where the profile binds to no day."""
    term = next((term for term in profile.terms if term.slug == "publication" and term.binding), None)
    return compute(term, document.issued_on, calendar) if term and document.issued_on else None


def lines_can_be_public(dialogue: Dialogue) -> Verdict:
    """Whether the lines of the notice may be put on the public page now, or what stands in the way."""
    if not is_issued(dialogue):
        return Verdict(_("Chưa công khai được: Thông báo kết quả chưa ban hành."))
    return seen(printed_unseen(dialogue), _("Chưa công khai được"))


def lines_are_public(dialogue: Dialogue) -> Verdict:
    """Gate: a dialogue is closed once every line of its notice can be read by anyone (but what became a denunciation)."""
    waiting = NoticeLine.objects.filter(notice__dialogue=dialogue, public=None)
    hidden = waiting.exclude(opinion__kind=Opinion.Kind.DENUNCIATION).count()
    if hidden == 0:
        return YES
    return Verdict(_("Chưa kết thúc được: còn %(count)s dòng của Thông báo chưa công khai.") % {"count": hidden})


def searchable(*texts: str) -> str:
    """The words of the texts as a search compares them: folded, each between two spaces."""
    words = re.findall(r"[^\W_]+", " ".join(map(fold, texts)))
    return f" {' '.join(words)} " if words else ""
