"""The paper that follows a decision: one draft about a matter, written anew as long as nobody submitted it."""

from datetime import datetime

from doithoai.documents.actions import Draft, draft, rewrite
from doithoai.documents.models import Document
from doithoai.kernel.access import Actor, Role, System
from doithoai.planning.models import Dialogue, Sitting
from doithoai.rules.paper import Paper

UNSENT = ("draft", "returned")


def enter_notice(
    holder: Dialogue | Sitting, dialogue: Dialogue, paper: Paper, *, about: str, actor: Actor, now: datetime
) -> Document:
    """Draft the notice of a decision at the Office, or write its unsent draft anew; runs inside the deciding verb.

    Where the head decided alone, the draft is the system's: whoever drafts does not approve.
    """
    drafter = System("notice") if actor.holds(Role.LEADER) else actor
    before = Document.objects.filter(chain=holder.chain, kind=paper.kind, about=about, state__in=UNSENT).first()
    if before is None:
        made = Draft(paper, dialogue.secretariat, paper.subject, about=about)
        return draft(holder, made, actor=drafter, now=now)
    Document.objects.filter(pk=before.pk).update(subject=paper.subject)
    return rewrite(before, paper, actor=System("notice"), now=now)
