"""What a rule gets wrong is said to the body that can amend it: drafted, sent under a number, its reply on file."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Proposal
from doithoai.answers.papers import Wish, proposal_paper
from doithoai.answers.states import PROPOSAL
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, require_reason, stranger
from doithoai.kernel.moves import expect_step, move, write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text
from doithoai.people.models import Staff

REPLIES = ("taken_up", "declined", "studied")


@verb("proposal.draft", may=permissions.may_propose)
def propose(opinion: Opinion, wish: Wish, *, signer: Staff, actor: Actor, now: datetime) -> Proposal:
    """Draft the letter that proposes an amendment to the competent body, from what one person met.

    NotNow without body, rule, trouble and wish. The author of the opinion is not named in it.
    """
    if not all(part.strip() for part in (wish.body, wish.rule, wish.trouble, wish.wish)):
        raise NotNow(_("Chưa soạn được kiến nghị: cần nơi gửi, quy định, vướng mắc và đề xuất sửa."))
    if wish.office.agency_id != opinion.dialogue.agency_id:
        raise NotYours(stranger().reason)
    ordinal = opinion.proposals.count() + 1
    paper = proposal_paper(opinion, wish, signer=signer, on=clock.day_of(now, opinion.agency.zone))
    made = documents.Draft(paper, wish.office, _subject(wish), about=opinion.code)
    document = documents.draft(opinion, made, actor=actor, now=now)
    row = Proposal.objects.create(
        opinion=opinion,
        ordinal=ordinal,
        office=wish.office,
        body=wish.body.strip(),
        rule=wish.rule.strip(),
        trouble=keep_text(opinion.agency, wish.trouble.strip()),
        wish=keep_text(opinion.agency, wish.wish.strip()),
        document=document,
    )
    facts = {"text": row.trouble.digest, "text_wish": row.wish.digest}
    record(opinion.chain, opinion=opinion.code, proposal=row.code, document=document.code, **facts)
    return row


def _subject(wish: Wish) -> str:
    return f"Kiến nghị sửa đổi, bổ sung {wish.rule.strip()}"[:400]


@verb("proposal.drop", may=permissions.may_follow_proposal)
def drop_proposal(proposal: Proposal, *, reason: str, actor: Actor, now: datetime) -> Proposal:
    """Give a proposal up before it is sent, with the reason."""
    require_reason(reason, _("Chưa bỏ được"))
    kept = keep_text(proposal.agency, reason)
    move(proposal, PROPOSAL, "dropped", reply_id=kept.pk)
    record(proposal.chain, proposal=proposal.code, text=kept.digest)
    return proposal


def proposal_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once its letter has its number the proposal is sent."""
    for row in Proposal.objects.filter(document=document, state="drafted"):
        send_proposal(row, actor=actor, now=now)


@verb("proposal.send", may=permissions.may_send_proposal)
def send_proposal(proposal: Proposal, *, actor: Actor, now: datetime) -> Proposal:
    """Note that the letter has its number and goes to the competent body."""
    document = proposal.document
    if document.issued_on is None:
        raise NotNow(_("Chưa ghi được là đã gửi: văn bản kiến nghị chưa có số."))
    move(proposal, PROPOSAL, "sent", sent_on=document.issued_on)
    record(proposal.chain, proposal=proposal.code, number=document.number_text)
    return proposal


@dataclass(frozen=True, slots=True)
class Reply:
    """What the competent body replied: taken up, declined, or being studied; in which paper of which day."""

    outcome: str
    words: str
    number: str = ""
    on: date | None = None


@verb("proposal.reply", may=permissions.may_follow_proposal)
def note_reply(proposal: Proposal, reply: Reply, *, actor: Actor, now: datetime) -> Proposal:
    """Put the reply of the competent body on file. NotNow without words, or from a day to come."""
    if reply.outcome not in REPLIES:
        raise NotNow(_("Chưa ghi được: chọn được tiếp thu, không được tiếp thu hay đang nghiên cứu."))
    expect_step(proposal, PROPOSAL, reply.outcome)
    if not reply.words.strip():
        raise NotNow(_("Chưa ghi được: cần ghi nội dung cơ quan nhận trả lời."))
    if reply.on is not None and reply.on > clock.day_of(now, proposal.agency.zone):
        raise NotNow(_("Chưa ghi được: ngày của văn bản trả lời còn ở phía trước."))
    kept = keep_text(proposal.agency, reply.words.strip())
    move(proposal, PROPOSAL, reply.outcome)
    write(proposal, reply_id=kept.pk, reply_number=reply.number.strip(), reply_on=reply.on)
    record(proposal.chain, proposal=proposal.code, outcome=reply.outcome, text=kept.digest)
    return proposal
