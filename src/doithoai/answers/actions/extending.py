"""A longer term is told in writing: the letter to the person, with the reason and the new day, signed by the leader."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Answer, Extension
from doithoai.answers.papers import extension_letter
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb


def last_extension(answer: Answer) -> Extension | None:
    """The extension that holds now; None where the first day still does."""
    return answer.extensions.select_related("document", "signed_by").order_by("-pk").first()


@verb("answer.extension_letter", may=permissions.may_write)
def draft_extension_letter(answer: Answer, *, actor: Actor, now: datetime) -> Document:
    """Draft the letter that tells the person of the longer term; the leader who granted it signs.

    Drafting again rewrites a draft or a returned letter. NotNow where nothing was extended.
    """
    row = last_extension(answer)
    if row is None:
        raise NotNow(_("Chưa soạn được: trả lời này chưa gia hạn."))
    paper = extension_letter(row, on=clock.day_of(now, answer.agency.zone))
    if row.document is not None:
        document = documents.rewrite(row.document, paper, actor=actor, now=now)
    else:
        code = answer.opinion.code
        made = documents.Draft(paper, answer.lead, f"Gia hạn trả lời ý kiến mã {code}", about=code)
        document = documents.draft(answer, made, actor=actor, now=now)
        write(row, document_id=document.pk)
    record(answer.chain, opinion=answer.opinion.code, document=document.code, to=row.to_on.isoformat())
    return document
