"""Who answers: one lead office, any supporting ones; offered to another, taken over, handed back, asked elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Answer
from doithoai.answers.states import ANSWER
from doithoai.directory.models import Office
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours, require_reason, stranger
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning.queries import binding_deadline


@verb("answer.assign", may=permissions.may_assign)
def assign(opinion: Opinion, *, lead: Office, supporting: Sequence[Office] = (), actor: Actor, now: datetime) -> Answer:
    """Give an accepted opinion to one lead office and any supporting ones; due on the day of the result notice.

    An opinion that was opened again gets its answer given out anew. NotNow while it already has a holder.
    """
    if opinion.state != "accepted":
        raise NotNow(
            _("Chưa giao được: ý kiến %(code)s đang ở trạng thái “%(state)s”.")
            % {"code": opinion.code, "state": opinion.get_state_display()}
        )
    _require_ours(opinion, lead, *supporting)
    deadline = binding_deadline(opinion.dialogue, "result_notice", opinion.sitting)
    answer = _given(opinion, lead)
    write(answer, due_on=deadline.due_on if deadline else None)
    answer.supporting.set(supporting)
    _tell_office(answer, lead, "assigned", f"Giao trả lời ý kiến {opinion.code}.", now)
    facts = {"due": deadline.due_on.isoformat()} if deadline else {}
    record(
        opinion.chain,
        opinion=opinion.code,
        lead=lead.code,
        supporting=" ".join(office.code for office in supporting),
        **facts,
    )
    return answer


def _given(opinion: Opinion, lead: Office) -> Answer:
    answer, made = Answer.objects.get_or_create(opinion=opinion, defaults={"lead": lead})
    if made:
        return answer
    if answer.state == "issued":
        move(answer, ANSWER, "replaced")
    if answer.state != "replaced":
        raise NotNow(_("Chưa giao được: ý kiến này đã giao %(office)s.") % {"office": answer.lead})
    anew = {"document_id": None, "item": None, "issued_on": None, "given_on_the_spot": False, "return_reason": ""}
    move(answer, ANSWER, "assigned", lead_id=lead.pk, offered_to_id=None, **anew)
    answer.refresh_from_db()
    return answer


def _require_ours(opinion: Opinion, *offices: Office) -> None:
    if any(office.agency_id != opinion.dialogue.agency_id for office in offices):
        raise NotYours(stranger().reason)


def _tell_office(answer: Answer, office: Office, what: str, body: str, now: datetime) -> None:
    key = f"{answer.opinion.code}:{what}:{office.code}:{now.isoformat()}"
    tell(answer.agency, answer.chain, key=key, body=body, office=office, now=now)


@verb("answer.support", may=permissions.may_hand_over)
def set_supporting(answer: Answer, offices: Sequence[Office], *, actor: Actor, now: datetime) -> Answer:
    """Say which offices help with the facts; the lead alone answers. Each one that is new is told."""
    _require_ours(answer.opinion, *offices)
    if any(office.pk == answer.lead_id for office in offices):
        raise NotNow(_("Chưa ghi được: đơn vị chủ trì không đồng thời là đơn vị phối hợp."))
    before = set(answer.supporting.values_list("pk", flat=True))
    answer.supporting.set(offices)
    body = f"Phối hợp với {answer.lead} trả lời ý kiến {answer.opinion.code}."
    for office in offices:
        if office.pk not in before:
            _tell_office(answer, office, "support", body, now)
    record(answer.chain, opinion=answer.opinion.code, supporting=" ".join(office.code for office in offices))
    return answer


@verb("answer.offer", may=permissions.may_hand_over)
def offer(answer: Answer, *, to: Office, reason: str, actor: Actor, now: datetime) -> Answer:
    """Offer an answer to another office, with the reason. The lead keeps it until the other takes it over."""
    _require_ours(answer.opinion, to)
    require_reason(reason, _("Chưa đề nghị được"))
    if to.pk == answer.lead_id:
        raise NotNow(_("Chưa đề nghị được: %(office)s đang chủ trì ý kiến này.") % {"office": to})
    move(answer, ANSWER, "offered", offered_to_id=to.pk, return_reason=reason)
    answer.offered_to = to
    body = f"{answer.lead} đề nghị đơn vị nhận trả lời ý kiến {answer.opinion.code}. Lý do: {reason}"
    _tell_office(answer, to, "offered", body, now)
    record(answer.chain, opinion=answer.opinion.code, lead=answer.lead.code, to=to.code)
    return answer


@verb("answer.take_over", may=permissions.may_reply_to_offer)
def take_over(answer: Answer, *, actor: Actor, now: datetime) -> Answer:
    """The office that was asked becomes the lead; the day on which the answer is due stays."""
    _require_offered(answer)
    was, lead = answer.lead, answer.offered_to
    assert lead is not None  # an offer names its office
    move(answer, ANSWER, "assigned", lead_id=lead.pk, offered_to_id=None, return_reason="")
    answer.lead, answer.offered_to = lead, None
    answer.supporting.remove(lead)
    body = f"{lead} đã nhận trả lời ý kiến {answer.opinion.code}."
    _tell_office(answer, was, "taken", body, now)
    record(answer.chain, opinion=answer.opinion.code, was=was.code, lead=lead.code)
    return answer


@verb("answer.hand_back", may=permissions.may_reply_to_offer)
def hand_back(answer: Answer, *, reason: str, actor: Actor, now: datetime) -> Answer:
    """The office that was asked declines, with the reason: the lead stays the lead."""
    _require_offered(answer)
    require_reason(reason, _("Chưa trả lại được"))
    declined = answer.offered_to
    assert declined is not None  # an offer names its office
    move(answer, ANSWER, "assigned", offered_to_id=None, return_reason=reason)
    answer.offered_to = None
    body = f"{declined} không nhận ý kiến {answer.opinion.code}. Lý do: {reason}"
    _tell_office(answer, answer.lead, "declined", body, now)
    record(answer.chain, opinion=answer.opinion.code, lead=answer.lead.code, declined=declined.code)
    return answer


@verb("answer.ask", may=permissions.may_write)
def ask(answer: Answer, *, authority: str, actor: Actor, now: datetime) -> Answer:
    """Note that another authority was asked before the answer can be written; the day on which it is due stays."""
    if not authority.strip():
        raise NotNow(_("Chưa ghi được: chưa ghi cơ quan được hỏi."))
    move(answer, ANSWER, "asked", asked_of=authority)
    record(answer.chain, opinion=answer.opinion.code)
    return answer


@verb("answer.hear_back", may=permissions.may_write)
def hear_back(answer: Answer, *, actor: Actor, now: datetime) -> Answer:
    """The authority that was asked has replied: the answer can be written."""
    if answer.state != "asked":
        raise NotNow(_("Chưa ghi được: không có cơ quan nào đang được hỏi về ý kiến này."))
    move(answer, ANSWER, "assigned")
    record(answer.chain, opinion=answer.opinion.code)
    return answer


def _require_offered(answer: Answer) -> None:
    if answer.state != "offered" or answer.offered_to is None:
        raise NotNow(_("Chưa làm được: ý kiến này không còn chờ đơn vị khác nhận."))
