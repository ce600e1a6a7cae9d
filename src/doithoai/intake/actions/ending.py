"""How an opinion ends without an answer of ours, or with one: guided, handed on, not taken, withdrawn, closed."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.documents.actions import Draft, draft
from doithoai.documents.models import Document
from doithoai.intake import permissions
from doithoai.intake.actions.telling import (
    LAW_OF_COMPLAINTS,
    facts_of,
    require,
    require_answerable,
    require_no_others,
    tell_people,
)
from doithoai.intake.models import Guidance, Opinion, Transfer
from doithoai.intake.papers import guidance_wording, kind_words, transfer_slip
from doithoai.intake.queries import OPEN, handling_due, transfer_due
from doithoai.intake.states import OPINION
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.rules.vietnamese import short_date


@verb("opinion.not_take", may=permissions.may_sort)
def not_take(opinion: Opinion, *, reason: str, actor: Actor, now: datetime) -> Opinion:
    """Decline an opinion, with the reason in writing, which the person is told. It counts as answered."""
    act = _("Chưa ghi được là không tiếp nhận")
    require_reason(reason, act=act)
    require(opinion, "received", act=act)
    require_answerable(opinion, act=act)
    require_no_others(opinion, act=act)
    move(opinion, OPINION, "not_taken", reason=reason, closed_at=now)
    tell_people(opinion, "not_taken", f"Ý kiến không được tiếp nhận. Lý do: {reason}", now=now)
    record(opinion.chain, **facts_of(opinion))
    return opinion


@verb("opinion.withdraw", may=permissions.may_withdraw)
def withdraw(opinion: Opinion, *, reason: str = "", actor: Actor, now: datetime) -> Opinion:
    """Take an opinion back at its author's wish; staff who note it say how they were told."""
    act = _("Chưa rút được")
    require(opinion, *OPEN, act=act)
    require_no_others(opinion, act=act)
    if actor.is_staff:
        require_reason(reason, act=act)
    move(opinion, OPINION, "withdrawn", reason=reason, closed_at=now)
    record(opinion.chain, **facts_of(opinion))
    return opinion


@verb("opinion.guide", may=permissions.may_sort)
def guide(opinion: Opinion, *, wording: str = "", actor: Actor, now: datetime) -> Guidance:
    """Say in writing where and how a complaint or denunciation is lodged; it is never answered as an opinion.

    Whoever complains gets the wording by message. Whoever denounces is spoken to by the one who does this act, the
    receiver or citizen reception: no list that others read names them.
    """
    act = _("Chưa hướng dẫn được")
    require(opinion, *OPEN, act=act)
    if opinion.kind not in LAW_OF_COMPLAINTS:
        raise NotNow(_("Chưa hướng dẫn được: chỉ khiếu nại, tố cáo mới hướng dẫn nơi gửi đơn; phân loại lại trước."))
    require_no_others(opinion, act=act)
    move(opinion, OPINION, "guided", closed_at=now)
    guidance = Guidance.objects.create(opinion=opinion, wording=wording or guidance_wording(opinion), told_at=now)
    tell_people(opinion, "guided", guidance.wording, now=now)
    record(opinion.chain, **facts_of(opinion))
    return guidance


@verb("opinion.transfer", may=permissions.may_sort)
def transfer(opinion: Opinion, *, body: str, signer: Staff, actor: Actor, now: datetime) -> Document:
    """Hand an opinion to the body that is competent: the slip is drafted, and leaves once it has its number.

    Our own standard for every transfer is 5 working days from receipt (Decree 20/2008 art. 9); the person is told
    with the number of the slip, within 10 (Law 42/2013 art. 28).
    """
    act = _("Chưa chuyển được")
    require(opinion, *OPEN, act=act)
    require_answerable(opinion, act=act)
    if not body.strip():
        raise NotNow(_("Chưa chuyển được: chưa ghi cơ quan nhận."))
    paper = transfer_slip(opinion, body=body, signer=signer, on=clock.day_of(now, opinion.agency.zone))
    office = opinion.sector_lead or opinion.dialogue.secretariat
    about = opinion.sitting.code if opinion.sitting else ""
    subject = f"Chuyển {kind_words(opinion)} mã {opinion.code}"
    document = draft(opinion, Draft(paper, office, subject, about=about), actor=actor, now=now)
    move(opinion, OPINION, "transferred")
    fields = {"body": body, "document": document, "sent_on": None, "told_on": None, "result": ""}
    Transfer.objects.update_or_create(opinion=opinion, defaults=fields)
    due, told = transfer_due(opinion).due_on, handling_due(opinion).due_on
    record(opinion.chain, opinion=opinion.code, document=document.code, due=due.isoformat(), tell_by=told.isoformat())
    return document


def transfer_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once a transfer slip has its number the opinion has left us, and its author is told where it went."""
    if document.kind == "transfer_slip":
        for row in Transfer.objects.filter(document=document, sent_on=None).select_related("opinion"):
            transfer_sent(row.opinion, actor=actor, now=now)


@verb("opinion.transfer_sent", may=permissions.may_close)
def transfer_sent(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Note that the slip has its number and tell the person."""
    row = Transfer.objects.select_related("document").get(opinion=opinion)
    assert row.document is not None  # a transfer is made with its slip
    assert row.document.issued_on is not None  # called once the slip is issued
    write(row, sent_on=row.document.issued_on, told_on=clock.day_of(now, opinion.agency.zone))
    slip = f"Phiếu chuyển số {row.document.number_text} ngày {short_date(row.document.issued_on)}"
    told = f"Ý kiến thuộc thẩm quyền của {row.body} và đã chuyển đến nơi ấy bằng {slip}."
    tell_people(opinion, "transferred", told, now=now)
    record(opinion.chain, opinion=opinion.code, document=row.document.code)
    return opinion


@verb("opinion.transfer_result", may=permissions.may_sort)
def record_transfer_result(opinion: Opinion, *, result: str, actor: Actor, now: datetime) -> Opinion:
    """Put the other body's result, or its refusal, on file: the opinion is closed."""
    act = _("Chưa ghi được kết quả")
    require(opinion, "transferred", act=act)
    require_reason(result, act=act)
    row = Transfer.objects.get(opinion=opinion)
    write(row, result=result)
    move(opinion, OPINION, "closed", closed_at=now)
    told = f"{row.body} đã thông báo kết quả giải quyết ý kiến: {result}"
    tell_people(opinion, "transfer_result", told, now=now)
    record(opinion.chain, opinion=opinion.code)
    return opinion


@verb("opinion.take_back", may=permissions.may_sort)
def take_back(opinion: Opinion, *, reason: str, actor: Actor, now: datetime) -> Opinion:
    """The other body sent it back: it is ours, and owed an answer."""
    act = _("Chưa nhận lại được")
    require(opinion, "transferred", act=act)
    require_reason(reason, act=act)
    move(opinion, OPINION, "accepted", reason=reason)
    record(opinion.chain, opinion=opinion.code)
    return opinion


@verb("opinion.reopen", may=permissions.may_reopen)
def reopen(opinion: Opinion, *, reason: str, actor: Actor, now: datetime) -> Opinion:
    """Open a closed opinion again, once, with the reason: it is owed a new answer."""
    act = _("Chưa mở lại được")
    require(opinion, "closed", act=act)
    require_reason(reason, act=act)
    if opinion.reopened_at is not None:
        raise NotNow(_("Chưa mở lại được: ý kiến này đã mở lại một lần. Người gửi có thể kiến nghị mới."))
    move(opinion, OPINION, "accepted", reason=reason, closed_at=None, reopened_at=now)
    record(opinion.chain, opinion=opinion.code)
    return opinion


@verb("opinion.close", may=permissions.may_close)
def close(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Its answer is issued. A merged opinion stays merged and is marked as having got the same answer."""
    if opinion.state == "merged":
        write(opinion, closed_at=now)
    else:
        require(opinion, "accepted", act=_("Chưa kết thúc được"))
        move(opinion, OPINION, "closed", closed_at=now)
    record(opinion.chain, opinion=opinion.code)
    return opinion
