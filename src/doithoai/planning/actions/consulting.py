"""Offices comment on the draft of a plan clause by clause; the drafter answers every remark before it is approved."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning import permissions
from doithoai.planning.models import Consultation, Consulted, Dialogue, Remark
from doithoai.planning.queries import consultation_of, place_texts, unanswered
from doithoai.planning.states import REMARK
from doithoai.rules.vietnamese import short_date

BEFORE_APPROVAL = ("draft", "returned", "in_review")


@verb("plan.consult", may=permissions.may_prepare)
def consult(dialogue: Dialogue, offices: Sequence[Office], *, until: date, actor: Actor, now: datetime) -> Consultation:
    """Ask offices to comment on the plan's paper until a day. One consultation runs at a time; each office is told."""
    if dialogue.plan is None or dialogue.plan.state not in BEFORE_APPROVAL:
        raise NotNow(_("Chưa lấy góp ý được: kế hoạch chưa có dự thảo văn bản, hoặc đã duyệt."))
    if consultation_of(dialogue):
        raise NotNow(_("Đang lấy góp ý rồi. Kết thúc lần này trước khi lấy góp ý lần khác."))
    if not offices:
        raise NotNow(_("Chưa lấy góp ý được: chưa chọn đơn vị nào."))
    if until < clock.day_of(now, dialogue.agency.zone):
        raise NotNow(_("Chưa lấy góp ý được: hạn góp ý đã qua. Cần ngày từ hôm nay trở đi."))
    made = Consultation.objects.create(dialogue=dialogue, document=dialogue.plan, until=until, asked_at=now)
    for office in offices:
        Consulted.objects.create(consultation=made, office=office)
        words = f"Đề nghị {office.name} góp ý dự thảo kế hoạch {dialogue.code} trước hết ngày {short_date(until)}."
        key = f"consult:{made.pk}:{office.code}"
        tell(dialogue.agency, dialogue.chain, key=key, body=words, office=office, document=dialogue.plan.code, now=now)
    record(dialogue.chain, document=dialogue.plan.code, offices=len(offices), until=until.isoformat())
    return made


@verb("plan.agree", may=permissions.may_remark)
def agree(consulted: Consulted, *, actor: Actor, now: datetime) -> Consulted:
    """The office agrees with the draft as it stands."""
    _require_running(consulted.consultation)
    if consulted.remarks.exists():
        raise NotNow(_("Đơn vị đã góp ý; góp ý ấy đang chờ trả lời."))
    write(consulted, answered_at=now, agrees=True, by_id=actor.staff_id)
    record(consulted.chain, office=consulted.office.code)
    return consulted


@verb("plan.remark", may=permissions.may_remark)
def remark(consulted: Consulted, *, place: str, text: str, actor: Actor, now: datetime) -> Remark:
    """The office asks for a change at one place of the draft (`place` is a key of `place_texts`, or empty: the whole)."""
    consultation = consulted.consultation
    _require_running(consultation)
    if not text.strip():
        raise NotNow(_("Chưa ghi góp ý được: để trống. Cần ít nhất một câu."))
    texts = place_texts(consultation.dialogue)
    if place and place not in texts:
        raise NotNow(_("Chưa ghi góp ý được: dự thảo không còn đoạn ấy. Chọn lại đoạn rồi ghi."))
    row = Remark.objects.create(
        consulted=consulted,
        ordinal=Remark.objects.filter(consulted__consultation=consultation).count() + 1,
        place=place,
        quoted=texts.get(place, ""),
        text=text.strip(),
    )
    write(consulted, answered_at=now, agrees=False, by_id=actor.staff_id)
    record(consulted.chain, office=consulted.office.code, remark=row.ordinal)
    return row


@verb("remark.answer", may=permissions.may_answer_remark)
def answer_remark(remark: Remark, *, outcome: str, reply: str, actor: Actor, now: datetime) -> Remark:
    """The drafter takes a remark up, in part, or not; where not wholly, with the reason (R19)."""
    if outcome not in REMARK.steps["raised"]:
        raise NotNow(_("Chưa trả lời được: chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu."))
    if outcome != "taken" and not reply.strip():
        raise NotNow(_("Chưa trả lời được: không tiếp thu trọn vẹn thì cần một câu nêu lý do."))
    move(remark, REMARK, outcome, reply=reply.strip())
    record(remark.chain, office=remark.consulted.office.code, remark=remark.ordinal, outcome=outcome)
    return remark


@verb("plan.end_consultation", may=permissions.may_prepare)
def end_consultation(dialogue: Dialogue, *, actor: Actor, now: datetime) -> Consultation:
    """Close the consultation; every remark has its answer by then. Who kept silent is noted as silent."""
    row = consultation_of(dialogue)
    if row is None:
        raise NotNow(_("Không có lần lấy góp ý nào đang mở."))
    left = unanswered(dialogue)
    if left:
        raise NotNow(_("Chưa kết thúc được: còn %(count)s góp ý chưa trả lời.") % {"count": len(left)})
    write(row, closed_at=now)
    silent = row.asked.filter(answered_at=None).count()
    record(dialogue.chain, silent=silent)
    return row


def _require_running(consultation: Consultation) -> None:
    if consultation.closed_at is not None:
        raise NotNow(_("Chưa góp ý được: lần lấy góp ý này đã kết thúc."))
