"""An answer reaches its people: by a letter of its own, or as an item of the result notice; then its opinion is closed."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Answer
from doithoai.answers.papers import answer_letter, letter_copies
from doithoai.answers.states import ANSWER
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.actions import close
from doithoai.intake.queries import merged_into
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.kernel.words import in_vietnamese
from doithoai.outbox.actions import tell
from doithoai.people.models import Staff
from doithoai.rules.vietnamese import short_date


@verb("answer.letter", may=permissions.may_write)
def draft_letter(answer: Answer, *, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Draft the letter of an approved answer: one number, and a copy for everybody whose opinion was merged into it.

    Drafting again rewrites a draft or a returned letter. NotNow before the answer is approved.
    """
    if answer.state != "approved":
        raise NotNow(_("Chưa soạn được văn bản: nội dung trả lời chưa được duyệt."))
    on = clock.day_of(now, answer.agency.zone)
    paper = answer_letter(answer, signer=signer, on=on)
    copies = letter_copies(answer, signer=signer, on=on)
    if answer.document is not None:
        document = documents.rewrite(answer.document, paper, copies=copies, actor=actor, now=now)
    else:
        about = answer.opinion.sitting.code if answer.opinion.sitting else ""
        made = documents.Draft(paper, answer.lead, _subject(answer), about=about, copies=copies)
        document = documents.draft(answer, made, actor=actor, now=now)
    write(answer, document_id=document.pk, form=Answer.Form.LETTER)
    answer.document = document
    record(answer.chain, opinion=answer.opinion.code, document=document.code)
    return document


@in_vietnamese()
def _subject(answer: Answer) -> str:
    """What the register says: the opinion by its code, never by its author's name."""
    return f"Trả lời {str(answer.opinion.get_kind_display()).lower()} mã {answer.opinion.code}"


def answer_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once an answer's letter has its number the answer is issued and its opinions are closed."""
    if document.kind == "answer":
        for answer in Answer.objects.filter(document=document, state="approved"):
            issue_by_letter(answer, actor=actor, now=now)


@verb("answer.issue_letter", may=permissions.may_issue)
def issue_by_letter(answer: Answer, *, actor: Actor, now: datetime) -> Answer:
    """Note that the letter has its number: the answer is given to everybody it belongs to."""
    document = answer.document
    if document is None or document.issued_on is None:
        raise NotNow(_("Chưa ghi được là đã trả lời: văn bản trả lời chưa có số."))
    move(answer, ANSWER, "issued", issued_on=document.issued_on)
    _reach(answer, f"Ý kiến đã được trả lời tại Văn bản {_named(document)}, gửi riêng cho ông (bà).", now)
    record(answer.chain, opinion=answer.opinion.code, document=document.code, number=document.number_text)
    return answer


@verb("answer.issue", may=permissions.may_issue)
def issue_in_notice(answer: Answer, *, document: Document, item: int, actor: Actor, now: datetime) -> Answer:
    """Note that an approved answer stands as item `item` of the issued result notice `document`."""
    if document.issued_on is None:
        raise NotNow(_("Chưa ghi được là đã trả lời: thông báo kết quả chưa có số."))
    move(answer, ANSWER, "issued", issued_on=document.issued_on, document_id=document.pk, item=item)
    answer.document = document
    _reach(answer, f"Ý kiến đã được trả lời tại mục {item} của Thông báo {_named(document)}.", now)
    record(answer.chain, opinion=answer.opinion.code, document=document.code, item=item)
    return answer


def _named(document: Document) -> str:
    assert document.issued_on is not None  # only issued papers are named to people
    return f"số {document.number_text} ngày {short_date(document.issued_on)}"


def _reach(answer: Answer, body: str, now: datetime) -> None:
    """Close the opinion and those merged into it, and tell each of their people."""
    for opinion in (answer.opinion, *merged_into(answer.opinion)):
        close(opinion, actor=System("answer.issue"), now=now)
        if opinion.person is not None:
            key = f"{opinion.code}:answered:{answer.revision}"
            tell(answer.agency, answer.chain, key=key, body=body, person=opinion.person, now=now)
