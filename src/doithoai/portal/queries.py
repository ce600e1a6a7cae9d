"""The public record, read only."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine


def lines_are_public(dialogue: Dialogue) -> Verdict:
    """Gate: a dialogue is closed once every line of its notice can be read by anyone."""
    hidden = NoticeLine.objects.filter(notice__dialogue=dialogue, public=None).count()
    if hidden == 0:
        return YES
    return Verdict(_("Chưa kết thúc được: còn %(count)s dòng của Thông báo chưa công khai.") % {"count": hidden})
