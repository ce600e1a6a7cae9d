"""A paper until it is signed: drafted, revised, submitted, ticked twice, approved or returned, signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents import permissions
from doithoai.documents.models import Copy, Document
from doithoai.documents.queries import wording_digest
from doithoai.documents.states import DOCUMENT
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import move, revise, write
from doithoai.kernel.verbs import verb
from doithoai.rules.paper import Paper, to_json


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper about to enter the register of drafts. `issuer` is None when the agency itself issues it.

    `whom` says in a few words for whom or for which sitting it is ("công dân, sáng 22/12"): it tells papers of one
    kind apart in lists and never names a citizen.
    """

    paper: Paper
    drafting: Office
    subject: str
    issuer: Office | None = None
    about: str = ""
    is_official: bool = True
    copies: Sequence[tuple[str, Paper]] = ()
    whom: str = ""


@verb("document.draft", may=permissions.may_draft)
def draft(holder: Any, made: Draft, *, actor: Actor, now: datetime) -> Document:
    """Enter a draft; `holder` is the row whose chain the paper belongs to (a dialogue, a sitting, an agency)."""
    ordinal = Document.objects.filter(chain=holder.chain).count() + 1
    document = Document.objects.create(
        agency=holder.agency,
        chain=holder.chain,
        code=f"{holder.chain}-VB{ordinal:02d}",
        kind=made.paper.kind,
        about=made.about,
        issuer=made.issuer,
        drafting=made.drafting,
        drafted_by_id=actor.staff_id,
        is_official=made.is_official,
        subject=made.subject,
        whom=made.whom,
        symbol=made.paper.letterhead.symbol,
        copies=max(1, len(made.copies)),
        **frozen(made.paper),
    )
    _set_copies(document, made.copies)
    record(holder.chain, document=document.code, kind=document.kind, text=wording_digest(document))
    return document


@verb("document.revise", may=permissions.may_submit)
def rewrite(
    document: Document, paper: Paper, *, copies: Sequence[tuple[str, Paper]] = (), actor: Actor, now: datetime
) -> Document:
    """Change a draft or a returned paper, freely and as often as needed."""
    if document.state not in ("draft", "returned"):
        raise NotNow(
            _("Chưa sửa được: văn bản đang ở trạng thái “%(state)s”.") % {"state": document.get_state_display()}
        )
    revise(document, copies=max(1, len(copies)), **frozen(paper))
    _set_copies(document, copies)
    record(document.chain, document=document.code, revision=document.revision, text=wording_digest(document))
    return document


@verb("document.submit", may=permissions.may_submit)
def submit(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Submit a draft for its two ticks and its approval."""
    move(document, DOCUMENT, "in_review", content_ticked_by=None, form_ticked_by=None)
    record(document.chain, document=document.code)
    return document


@verb("document.tick_content", may=permissions.may_tick_content)
def tick_content(document: Document, *, actor: Actor, now: datetime) -> Document:
    """The head of the drafting office answers for the content."""
    _require_review(document)
    write(document, content_ticked_by_id=actor.staff_id)
    record(document.chain, document=document.code)
    return document


@verb("document.tick_form", may=permissions.may_tick_form)
def tick_form(document: Document, *, actor: Actor, now: datetime) -> Document:
    """The Office answers for the form."""
    _require_review(document)
    write(document, form_ticked_by_id=actor.staff_id)
    record(document.chain, document=document.code)
    return document


@verb("document.approve", may=permissions.may_approve)
def approve(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Approve a paper whose content and form are both ticked; NotNow names the missing tick."""
    if document.content_ticked_by_id is None:
        raise NotNow(
            _("Chưa duyệt được: người đứng đầu %(office)s chưa xác nhận nội dung.") % {"office": document.drafting}
        )
    if document.form_ticked_by_id is None:
        raise NotNow(_("Chưa duyệt được: Văn phòng chưa xác nhận thể thức."))
    move(document, DOCUMENT, "approved")
    record(document.chain, document=document.code)
    return document


@verb("document.return", may=permissions.may_approve)
def give_back(document: Document, *, reason: str, actor: Actor, now: datetime) -> Document:
    """Return a paper to be changed, with the reason."""
    require_reason(reason, _("Chưa trả lại được"))
    move(document, DOCUMENT, "returned", return_reason=reason)
    record(document.chain, document=document.code)
    return document


@verb("document.sign", may=permissions.may_sign)
def sign(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Note the signature given on paper or by token."""
    move(document, DOCUMENT, "signed", signer_id=actor.staff_id)
    record(document.chain, document=document.code)
    return document


def frozen(paper: Paper) -> dict[str, str]:
    """The columns in which a paper's words stand, with a fresh salt."""
    return {"paper": to_json(paper), "salt": chance.salt()}


def _require_review(document: Document) -> None:
    if document.state != "in_review":
        raise NotNow(_("Chưa xác nhận được: văn bản chưa được trình."))


def _set_copies(document: Document, copies: Sequence[tuple[str, Paper]]) -> None:
    Copy.objects.filter(document=document).delete()
    Copy.objects.bulk_create(
        Copy(document=document, ordinal=ordinal, recipient=recipient, paper=to_json(paper))
        for ordinal, (recipient, paper) in enumerate(copies, start=1)
    )
