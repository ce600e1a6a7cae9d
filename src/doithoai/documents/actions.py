"""Acts on papers: drafted, ticked twice, approved, signed, numbered, rendered, sealed, dispatched.

Nothing is rendered inside a verb. `issue` fixes number, date and the journal's head and leaves a job;
the worker renders from the frozen model, and `seal` records what came out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.directory.queries import is_rehearsal
from doithoai.documents import permissions
from doithoai.documents.models import Copy, Document, Job, Register
from doithoai.documents.queries import prints_digest, wording_digest
from doithoai.documents.states import DOCUMENT
from doithoai.journal.actions import record, witness
from doithoai.kernel import chance, clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import expect_step, move, revise, write
from doithoai.kernel.verbs import verb
from doithoai.rules.paper import Appendix, Paper, PaperDate, attachment_note, to_json


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper about to enter the register of drafts. `issuer` is None when the agency itself issues it."""

    paper: Paper
    drafting: Office
    subject: str
    issuer: Office | None = None
    about: str = ""
    is_official: bool = True
    copies: Sequence[tuple[str, Paper]] = ()


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
        symbol=made.paper.letterhead.symbol,
        copies=max(1, len(made.copies)),
        **_frozen(made.paper),
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
    revise(document, copies=max(1, len(copies)), **_frozen(paper))
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
    if not reason.strip():
        raise NotNow(_("Chưa trả lại được: cần một câu nêu lý do."))
    move(document, DOCUMENT, "returned", return_reason=reason)
    record(document.chain, document=document.code)
    return document


@verb("document.sign", may=permissions.may_sign)
def sign(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Note the signature given on paper or by token."""
    move(document, DOCUMENT, "signed", signer_id=actor.staff_id)
    record(document.chain, document=document.code)
    return document


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What issuing puts on a paper and on each of its copies."""

    number: str
    dated: PaperDate
    head: str
    rehearsal: bool

    def on(self, paper: Paper) -> Paper:
        """The paper with number, day, head and the mark of a rehearsal."""
        issued = replace(paper, number=self.number, dated=self.dated, head=self.head, rehearsal=self.rehearsal)
        return replace(issued, appendices=tuple(_attached(appendix, issued) for appendix in paper.appendices))


def _attached(appendix: Appendix, paper: Paper) -> Appendix:
    """An appendix that names its paper names it with number and date once it has them (Decree 30/2020, app. I)."""
    if not appendix.note:
        return appendix
    head, issuer = paper.letterhead, " ".join(paper.letterhead.issuer)
    note = attachment_note(paper.title.capitalize(), paper.number, head.symbol, paper.dated, issuer)
    return replace(appendix, note=note)


@verb("document.issue", may=permissions.may_number)
def issue(document: Document, *, number: int, actor: Actor, now: datetime) -> Document:
    """Give a signed paper its number and today's date, freeze it with the journal's head, and ask for its print.

    The number is the one the agency's own document system gave (Decree 30/2020 art. 15). Raises NotNow
    when that number and symbol are taken in this year's register.
    """
    expect_step(document, DOCUMENT, "numbered")
    issued_on = clock.day_of(now, document.agency.zone)
    _enter_number(document, number, issued_on.year)
    head = witness(document.chain, f"{document.code} {number:02d}/{document.symbol}")
    stamp = _Stamp(str(number), PaperDate.of(issued_on), head, is_rehearsal())
    paper = stamp.on(document.model)
    move(document, DOCUMENT, "numbered", number=number, issued_on=issued_on, head=head, **_frozen(paper))
    _stamp_copies(document, stamp)
    Job.objects.create(document=document, asked_at=now)
    record(
        document.chain,
        document=document.code,
        number=document.number_text,
        copies=document.copies,
        head=head,
        text=wording_digest(document),
    )
    return document


@verb("document.print", may=permissions.may_submit)
def print_out(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Ask for the print of a working paper (a list to sign, a script): it has no number and is never dispatched."""
    if document.is_official:
        raise NotNow(_("Chưa in được bản chính: văn bản này phải được ký và cấp số trước."))
    paper = replace(document.model, rehearsal=is_rehearsal())
    write(document, **_frozen(paper))
    Job.objects.create(document=document, asked_at=now)
    record(document.chain, document=document.code, text=wording_digest(document))
    return document


@dataclass(frozen=True, slots=True)
class Print:
    """What rendering made of one paper or copy: SHA-256 of both files, and their sizes in bytes."""

    pdf: str
    docx: str
    pdf_size: int = 0
    docx_size: int = 0


@verb("document.seal", may=permissions.may_seal)
def seal(document: Document, prints: Sequence[Print], *, actor: Actor, now: datetime) -> Document:
    """Record the files of a rendered paper: the first print is the file copy, the others its copies in order."""
    if not Job.objects.filter(document=document, done_at=None).exists():
        raise NotNow(_("Bản in này đã tạo xong rồi."))
    main, rest = prints[0], prints[1:]
    sizes = {"pdf_size": main.pdf_size, "docx_size": main.docx_size}
    write(document, pdf=main.pdf, docx=main.docx, sealed_at=now, **sizes)
    for copy, made in zip(document.copy_rows.order_by("ordinal"), rest, strict=True):
        write(copy, pdf=made.pdf, docx=made.docx)
    Job.objects.filter(document=document, done_at=None).update(done_at=now, problem="")
    record(
        document.chain,
        document=document.code,
        pdf=main.pdf,
        docx=main.docx,
        size=main.pdf_size,
        copies=prints_digest(document),
    )
    return document


@verb("document.dispatch", may=permissions.may_number)
def dispatch(document: Document, *, actor: Actor, now: datetime) -> Document:
    """Send a numbered paper out, the same day or the next working day (Decree 30/2020 art. 18)."""
    move(document, DOCUMENT, "dispatched", dispatched_at=now)
    record(document.chain, document=document.code)
    return document


def _frozen(paper: Paper) -> dict[str, str]:
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


def _stamp_copies(document: Document, stamp: _Stamp) -> None:
    for copy in document.copy_rows.order_by("ordinal"):
        write(copy, paper=to_json(stamp.on(copy.model)))


def _enter_number(document: Document, number: int, year: int) -> None:
    issuer = document.issuer.code if document.issuer else document.agency.code
    taken = Register.objects.filter(
        agency=document.agency, issuer=issuer, year=year, number=number, symbol=document.symbol
    ).select_related("document")
    for other in taken:
        raise NotNow(
            _("Chưa cấp số được: số %(number)s năm %(year)s đã cấp cho “%(subject)s”.")
            % {"number": f"{number:02d}/{document.symbol}", "year": year, "subject": other.document.subject}
        )
    Register.objects.create(
        agency=document.agency,
        issuer=issuer,
        year=year,
        number=number,
        symbol=document.symbol,
        document=document,
    )
