"""Writing an answer: drafted by revision, submitted, returned or approved; given at once in the sitting; extended."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.answers import permissions
from doithoai.answers.models import Answer, AnswerRevision, Extension
from doithoai.answers.queries import LACKING, lacking
from doithoai.answers.states import ANSWER
from doithoai.directory.models import Office
from doithoai.intake.actions import accept
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, Overtaken, System, require_reason, stranger
from doithoai.kernel.moves import move, revise, write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text
from doithoai.planning.queries import binding_deadline
from doithoai.rules.vietnamese import short_date

WRITABLE = ("assigned", "asked", "offered", "drafted", "returned")
TO_APPROVED = {"assigned": "drafted", "offered": "drafted", "asked": "drafted", "drafted": "in_review",
               "returned": "in_review", "in_review": "approved"}  # fmt: skip


def draft(
    answer: Answer,
    *,
    text: str,
    basis: str = "",
    next_step: str = "",
    uptake: str = "",
    uptake_reason: str = "",
    revision: int,
    actor: Actor,
    now: datetime,
) -> Answer:
    """Write the answer, freely and as often as needed before it is submitted. `revision` is the one it was written from.

    Overtaken when somebody saved a newer one meanwhile: theirs stands, this one is kept beside it, set aside.
    """
    fields = {"basis": basis, "next_step": next_step, "uptake": uptake, "uptake_reason": uptake_reason}
    try:
        return _save(answer, text, fields, revision=revision, actor=actor, now=now)
    except Overtaken:
        set_aside(answer, text, revision=revision, actor=actor, now=now)
        raise


@verb("answer.draft", may=permissions.may_write)
def _save(answer: Answer, text: str, fields: dict[str, str], *, revision: int, actor: Actor, now: datetime) -> Answer:
    """Keep a new wording of an answer, written from the revision named; Overtaken when there is a newer one.

    What stood before is kept. NotNow when the answer is not being written or the wording is empty.
    """
    if answer.state not in WRITABLE:
        raise NotNow(_("Chưa sửa được: trả lời đang ở trạng thái “%(state)s”.") % {"state": answer.get_state_display()})
    if not text.strip():
        raise NotNow(_("Chưa lưu được: chưa có nội dung trả lời."))
    if answer.revision != revision:
        raise Overtaken(_("Hai người cùng sửa trả lời này. Chọn bản giữ lại; bản kia vẫn còn trong các lần sửa."))
    keep_what_stood(answer, actor, now)
    kept = keep_text(answer.agency, text)
    if answer.state not in ("drafted", "returned"):
        move(answer, ANSWER, "drafted", offered_to_id=None)
    revise(answer, text_id=kept.pk, drafted_by_id=actor.staff_id, **fields)
    answer.text = kept
    record(answer.chain, opinion=answer.opinion.code, revision=answer.revision, text=kept.digest)
    return answer


def keep_what_stood(answer: Answer, actor: Actor, now: datetime) -> None:
    """Keep the wording that is about to be replaced as a revision; for a verb that writes a new one."""
    if answer.text is not None:
        AnswerRevision.objects.create(answer=answer, revision=answer.revision, text=answer.text, by=actor.ref, at=now)


@verb("answer.set_aside", may=permissions.may_write)
def set_aside(answer: Answer, text: str, *, revision: int, actor: Actor, now: datetime) -> AnswerRevision:
    """Keep a text that was written from an older revision than the one that stands."""
    kept = keep_text(answer.agency, text)
    row = AnswerRevision.objects.create(
        answer=answer, revision=revision, text=kept, by=actor.ref, at=now, is_set_aside=True
    )
    record(answer.chain, opinion=answer.opinion.code, revision=revision, text=kept.digest)
    return row


@verb("answer.submit", may=permissions.may_write)
def submit_answer(answer: Answer, *, despite: str = "", actor: Actor, now: datetime) -> Answer:
    """Submit for approval. What the answer lacks (its rule, its uptake with the reason) is warned of, noted in the journal
    and never a reason to refuse; `despite` may tell the approver why. NotNow without any words."""
    missing = lacking(answer)
    if "text" in missing:
        raise NotNow(_("Chưa trình được: %(what)s.") % {"what": LACKING["text"]})
    move(answer, ANSWER, "in_review", return_reason=despite.strip() if missing else "")
    record(answer.chain, opinion=answer.opinion.code, revision=answer.revision, lacking=" ".join(missing))
    return answer


@verb("answer.return", may=permissions.may_approve)
def return_answer(answer: Answer, *, reason: str, actor: Actor, now: datetime) -> Answer:
    """Return an answer to be changed, with the reason; also one that was approved and is not issued yet."""
    require_reason(reason, _("Chưa trả lại được"))
    move(answer, ANSWER, "returned", return_reason=reason)
    record(answer.chain, opinion=answer.opinion.code)
    return answer


@verb("answer.approve", may=permissions.may_approve)
def approve_answer(answer: Answer, *, actor: Actor, now: datetime) -> Answer:
    """Approve an answer as it stands; whoever drafted it does not, where the agency's rules part the two."""
    move(answer, ANSWER, "approved")
    record(answer.chain, opinion=answer.opinion.code, revision=answer.revision)
    return answer


@verb("answer.choose_form", may=permissions.may_write)
def choose_form(answer: Answer, form: str, *, actor: Actor, now: datetime) -> Answer:
    """Choose how it reaches the person: an item of the result notice, or a letter of its own."""
    if answer.state in ("issued", "replaced"):
        raise NotNow(_("Chưa đổi được: đã trả lời rồi."))
    if answer.document is not None and answer.document.state not in ("draft", "returned"):
        raise NotNow(_("Chưa đổi được: văn bản trả lời riêng đang trình hoặc đã ký."))
    write(answer, form=Answer.Form(form))
    record(answer.chain, opinion=answer.opinion.code, form=answer.form)
    return answer


@verb("answer.extend", may=permissions.may_extend)
def extend(answer: Answer, *, to_on: date, reason: str, actor: Actor, now: datetime) -> Extension:
    """Give an answer a longer term, before the present one is over, with the reason; the leader signs it."""
    today = clock.day_of(now, answer.agency.zone)
    if answer.due_on is None or answer.state in ("issued", "replaced"):
        raise NotNow(_("Chưa gia hạn được: trả lời này không còn hạn nào đang chạy."))
    if today > answer.due_on:
        raise NotNow(
            _("Chưa gia hạn được: hạn %(due)s đã qua; chỉ gia hạn trước khi hết hạn.")
            % {"due": short_date(answer.due_on)}
        )
    if to_on <= answer.due_on:
        raise NotNow(_("Chưa gia hạn được: ngày mới phải sau %(due)s.") % {"due": short_date(answer.due_on)})
    require_reason(reason, _("Chưa gia hạn được"))
    if actor.staff_id is None:
        raise NotYours(_("Không có quyền: gia hạn phải do lãnh đạo cơ quan ký."))
    row = Extension.objects.create(
        answer=answer, from_on=answer.due_on, to_on=to_on, reason=reason, signed_by_id=actor.staff_id, signed_at=now
    )
    write(answer, due_on=to_on)
    was, until = row.from_on.isoformat(), to_on.isoformat()
    record(answer.chain, opinion=answer.opinion.code, was=was, to=until)
    return row


@verb("answer.on_the_spot", may=permissions.may_answer_aloud)
def give_on_the_spot(
    opinion: Opinion,
    *,
    office: Office,
    text: str,
    basis: str = "",
    next_step: str = "",
    uptake: str = Answer.Uptake.FULL,
    uptake_reason: str = "",
    actor: Actor,
    now: datetime,
) -> Answer:
    """Note an answer that an office gave aloud before the chair: approved at once, issued as an item of the notice."""
    if office.agency_id != opinion.dialogue.agency_id:
        raise NotYours(stranger().reason)
    if not text.strip():
        raise NotNow(_("Chưa ghi được: chưa có nội dung trả lời."))
    if opinion.state == "received":
        accept(opinion, actor=System("answer.on_the_spot"), now=now)
    answer = _held(opinion, office, now=now, actor=actor)
    kept = keep_text(answer.agency, text)
    while answer.state != "approved":
        move(answer, ANSWER, TO_APPROVED[answer.state])
    revise(
        answer,
        lead_id=office.pk,
        offered_to_id=None,
        text_id=kept.pk,
        basis=basis,
        next_step=next_step,
        uptake=uptake,
        uptake_reason=uptake_reason,
        form=Answer.Form.NOTICE,
        drafted_by_id=actor.staff_id,
        given_on_the_spot=True,
    )
    answer.refresh_from_db()
    record(opinion.chain, opinion=opinion.code, office=office.code, revision=answer.revision, text=kept.digest)
    return answer


def _held(opinion: Opinion, office: Office, *, actor: Actor, now: datetime) -> Answer:
    """The answer row to speak into: what stood in it before is kept as a revision."""
    if opinion.state != "accepted":
        raise NotNow(
            _("Chưa ghi được: ý kiến %(code)s đang ở trạng thái “%(state)s”.")
            % {"code": opinion.code, "state": opinion.get_state_display()}
        )
    deadline = binding_deadline(opinion.dialogue, "result_notice", opinion.sitting)
    first = {"lead": office, "due_on": deadline.due_on if deadline else None}
    answer, _made = Answer.objects.get_or_create(opinion=opinion, defaults=first)
    if answer.state not in TO_APPROVED:
        raise NotNow(
            _("Chưa ghi được: ý kiến này đã có trả lời, đang ở trạng thái “%(state)s”.")
            % {"state": answer.get_state_display()}
        )
    keep_what_stood(answer, actor, now)
    return answer
