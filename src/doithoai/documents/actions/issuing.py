"""A signed paper leaves: numbered, rendered and sealed, dispatched, and taken back where it was wrong.

Nothing is rendered inside a verb. `issue` fixes number, date and the journal's head and leaves a job;
the worker renders from the frozen model, and `seal` records what came out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doithoai.directory.queries import is_rehearsal
from doithoai.documents import permissions
from doithoai.documents.actions.drafting import frozen
from doithoai.documents.models import Document, Job, Register
from doithoai.documents.queries import prints_digest, register_of, wording_digest
from doithoai.documents.states import DOCUMENT
from doithoai.journal.actions import record, witness
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import expect_step, move, write
from doithoai.kernel.verbs import verb
from doithoai.rules.numbering import NumberingError, parse_number
from doithoai.rules.paper import Appendix, Paper, PaperDate, attachment_note, to_json


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
    move(document, DOCUMENT, "numbered", number=number, issued_on=issued_on, head=head, **frozen(paper))
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
    write(document, **frozen(paper))
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
    Job.objects.filter(document=document, done_at=None).update(done_at=now, next_at=None, problem="")
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


@verb("document.recall", may=permissions.may_recall)
def recall(document: Document, *, reason: str, by: str, actor: Actor, now: datetime) -> Document:
    """Take a dispatched paper back by another paper, whose number and symbol `by` names (Decree 30/2020 art. 18).

    It stays on record with its number; from now on its files go to nobody outside, and a public page says so.
    """
    require_reason(reason, _("Chưa thu hồi được"))
    try:
        number = str(parse_number(by))
    except NumberingError as error:
        raise NotNow(_("Chưa thu hồi được: %(what)s") % {"what": error}) from error
    if number == document.number_text:
        raise NotNow(_("Chưa thu hồi được: %(number)s là số của chính văn bản này.") % {"number": number})
    move(document, DOCUMENT, "recalled", recalled_at=now, recall_reason=reason.strip(), recalling=number)
    record(document.chain, document=document.code, number=document.number_text, by=number)
    return document


def _stamp_copies(document: Document, stamp: _Stamp) -> None:
    for copy in document.copy_rows.order_by("ordinal"):
        write(copy, paper=to_json(stamp.on(copy.model)))


def _enter_number(document: Document, number: int, year: int) -> None:
    issuer = register_of(document)
    entry = {"agency": document.agency, "issuer": issuer, "year": year, "number": number, "symbol": document.symbol}
    _refuse_taken(document, number, year)
    try:
        with transaction.atomic():
            Register.objects.create(**entry, document=document)
    except IntegrityError as race:  # two chains asked for one number in the same instant
        _refuse_taken(document, number, year)
        raise NotNow(
            _("Chưa cấp số được: số %(number)s năm %(year)s vừa được cấp cho một văn bản khác.")
            % {"number": f"{number:02d}/{document.symbol}", "year": year}
        ) from race


def _refuse_taken(document: Document, number: int, year: int) -> None:
    taken = Register.objects.filter(
        agency=document.agency, issuer=register_of(document), year=year, number=number, symbol=document.symbol
    ).select_related("document")
    for other in taken:
        raise NotNow(
            _("Chưa cấp số được: số %(number)s năm %(year)s đã cấp cho “%(subject)s”.")
            % {"number": f"{number:02d}/{document.symbol}", "year": year, "subject": other.document.title}
        )
