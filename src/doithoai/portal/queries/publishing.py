"""What is waiting to be made public, and the form in which it is kept."""

import re
from typing import Final

from django.utils.translation import gettext as _

from doithoai.intake.models import Opinion
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine
from doithoai.rules.vietnamese import fold

ANNOUNCED: Final = "trang công khai"
"""How the journal calls the public page among the places to which its heads went."""


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
