"""Receiving opinions and sorting them: what they are, which belong together, how they are worded beside the own words."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Procedure
from doithoai.intake import permissions
from doithoai.intake.actions.telling import (
    LAW_OF_COMPLAINTS,
    facts_of,
    require,
    require_answerable,
    require_no_others,
    require_reason,
    tell_people,
)
from doithoai.intake.models import Opinion
from doithoai.intake.queries import OPEN, notice_is_out
from doithoai.intake.states import OPINION
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours, stranger
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import current, verb
from doithoai.people.actions import keep_text
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation
from doithoai.rules.vietnamese import fold

CLOSED_TO_INTAKE = ("draft", "closed", "cancelled")


@verb("opinion.receive", may=permissions.may_receive)
def receive(
    dialogue: Dialogue,
    *,
    words: str,
    door: str,
    person: Person | None = None,
    guest: str = "",
    sitting: Sitting | None = None,
    invitation: Invitation | None = None,
    kind: str = Opinion.Kind.DIFFICULTY,
    procedure: Procedure | None = None,
    file_code: str = "",
    spoken: bool = False,
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Take an opinion in, in its own words, by any door. Person and sitting follow from the invitation where there is one.

    The holder of a personal link can only speak for their own invitation (NotYours). NotNow without words, without
    a person or a guest's name, before the plan is issued and once the result notice is.
    """
    if actor.link is not None:
        _require_own(actor, invitation, door)
    _require_intake(dialogue, words)
    if invitation is not None:
        sitting, person = sitting or invitation.sitting, person or invitation.person
    _require_of(dialogue, person=person, guest=guest, sitting=sitting, procedure=procedure)
    ordinal = Opinion.objects.filter(dialogue=dialogue).count() + 1
    opinion = Opinion.objects.create(
        dialogue=dialogue,
        sitting=sitting,
        code=f"{dialogue.code}-YK{ordinal:02d}",
        ordinal=ordinal,
        person=person,
        invitation=invitation,
        guest=guest,
        door=Opinion.Door(door),
        kind=Opinion.Kind(kind),
        words=keep_text(dialogue.agency, words),
        procedure=procedure,
        file_code=file_code,
        received_at=now,
        received_by_id=actor.staff_id,
        is_spoken=spoken or door == Opinion.Door.FLOOR,
    )
    _record_receipt(opinion)
    return opinion


def _record_receipt(opinion: Opinion) -> None:
    """A denunciation leaves neither its sender nor its hour in the journal, only that one came and its digest."""
    if opinion.is_hidden:
        current().anonymous = True
        record(opinion.chain, hidden=1, text=opinion.words.digest)
        return
    place = opinion.sitting.code if opinion.sitting else ""
    record(
        opinion.chain,
        opinion=opinion.code,
        door=opinion.door,
        kind=opinion.kind,
        sitting=place,
        text=opinion.words.digest,
    )


def _require_own(actor: Actor, invitation: Invitation | None, door: str) -> None:
    own = invitation is not None and actor.link == (permissions.LINK, invitation.code)
    if not own or door != Opinion.Door.LINK:
        raise NotYours(stranger().reason)


def _require_intake(dialogue: Dialogue, words: str) -> None:
    if not words.strip():
        raise NotNow(_("Chưa nhận được: chưa có chữ nào."))
    if dialogue.state in CLOSED_TO_INTAKE:
        raise NotNow(
            _("Chưa nhận được: cuộc đối thoại đang ở trạng thái “%(state)s”.") % {"state": dialogue.get_state_display()}
        )
    if notice_is_out(dialogue):
        raise NotNow(
            _(
                "Chưa nhận được vào cuộc đối thoại này: thông báo kết quả đã ban hành. Nhận như phản ánh, kiến nghị thường ngày."
            )
        )


def _require_of(
    dialogue: Dialogue, *, person: Person | None, guest: str, sitting: Sitting | None, procedure: Procedure | None
) -> None:
    if person is None and not guest.strip():
        raise NotNow(_("Chưa nhận được: chưa ghi người gửi."))
    strangers = (
        person is not None and person.agency_id != dialogue.agency_id,
        sitting is not None and sitting.dialogue_id != dialogue.pk,
        procedure is not None and procedure.sector.agency_id != dialogue.agency_id,
    )
    if any(strangers):
        raise NotYours(stranger().reason)


@verb("opinion.classify", may=permissions.may_sort)
def classify(
    opinion: Opinion,
    *,
    kind: str,
    topic: str = Opinion.Topic.ON,
    procedure: Procedure | None = None,
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Say what an opinion is by law and whether it is on the subject; its procedure too, where it was not given."""
    act = _("Chưa phân loại được")
    require(opinion, *OPEN, act=act)
    if kind in LAW_OF_COMPLAINTS:
        require_no_others(opinion, act=act)
    was_hidden = opinion.is_hidden
    fields = {"procedure_id": procedure.pk} if procedure else {}
    write(opinion, kind=Opinion.Kind(kind), topic=Opinion.Topic(topic), **fields)
    if was_hidden or opinion.is_hidden:
        record(opinion.chain, hidden=1)
    else:
        record(opinion.chain, opinion=opinion.code, kind=opinion.kind, topic=opinion.topic)
    return opinion


@verb("opinion.accept", may=permissions.may_sort)
def accept(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Take an opinion on: it is owed an answer, and whoever sent it is told so (Law 42/2013 art. 28)."""
    act = _("Chưa tiếp nhận được")
    require(opinion, "received", act=act)
    require_answerable(opinion, act=act)
    move(opinion, OPINION, "accepted")
    if opinion.door != Opinion.Door.FLOOR:
        tell_people(opinion, "accepted", _("Cơ quan đã nhận ý kiến và sẽ trả lời bằng văn bản."), now=now)
    record(opinion.chain, **facts_of(opinion))
    return opinion


@verb("opinion.merge", may=permissions.may_sort)
def merge(opinion: Opinion, into: Opinion, *, reason: str, actor: Actor, now: datetime) -> Opinion:
    """Let an opinion share the answer of another of the same dialogue; both still count, each in its own words."""
    act = _("Chưa gộp được")
    require_reason(reason, act=act)
    require(opinion, *OPEN, act=act)
    require(into, *OPEN, act=act)
    if opinion.pk == into.pk or opinion.dialogue_id != into.dialogue_id:
        raise NotNow(_("Chưa gộp được: cần một ý kiến khác của cùng cuộc đối thoại."))
    for row in (opinion, into):
        require_answerable(row, act=act)
    require_no_others(opinion, act=act)
    move(opinion, OPINION, "merged", merged_into_id=into.pk, reason=reason)
    opinion.merged_into = into
    tell_people(
        opinion, "merged", _("Ý kiến trùng nội dung với ý kiến khác và được trả lời chung một văn bản."), now=now
    )
    record(opinion.chain, opinion=opinion.code, into=into.code)
    return opinion


@verb("opinion.unmerge", may=permissions.may_sort)
def unmerge(opinion: Opinion, *, reason: str = "", actor: Actor, now: datetime) -> Opinion:
    """Part an opinion from the one it was merged into: it is owed an answer of its own."""
    require(opinion, "merged", act=_("Chưa tách được"))
    was = opinion.merged_into
    move(opinion, OPINION, "accepted", merged_into_id=None, reason=reason, closed_at=None)
    opinion.merged_into = None
    record(opinion.chain, opinion=opinion.code, was=was.code if was else "")
    return opinion


@verb("opinion.split", may=permissions.may_sort)
def split(opinion: Opinion, parts: Sequence[str], *, actor: Actor, now: datetime) -> list[Opinion]:
    """Make several opinions of one statement. The first keeps the code and every word, with its part as summary; each
    further part is an opinion of the same person that names what it was split from. Returns them all, in order."""
    act = _("Chưa chia được")
    require(opinion, *OPEN, act=act)
    bodies = [part.strip() for part in parts if part.strip()]
    if len(bodies) < 2:
        raise NotNow(_("Chưa chia được: cần ít nhất hai phần có chữ."))
    first, *others = [keep_text(opinion.agency, body) for body in bodies]
    write(opinion, summary_id=first.pk)
    opinion.summary = first
    ordinal = Opinion.objects.filter(dialogue=opinion.dialogue_id).count()
    made = [
        Opinion.objects.create(
            dialogue=opinion.dialogue,
            sitting=opinion.sitting,
            code=f"{opinion.dialogue.code}-YK{ordinal + step:02d}",
            ordinal=ordinal + step,
            person=opinion.person,
            invitation=opinion.invitation,
            guest=opinion.guest,
            door=opinion.door,
            kind=opinion.kind,
            topic=opinion.topic,
            state=opinion.state,
            words=words,
            procedure=opinion.procedure,
            file_code=opinion.file_code,
            received_at=opinion.received_at,
            received_by=opinion.received_by,
            split_from=opinion,
            is_spoken=opinion.is_spoken,
        )
        for step, words in enumerate(others, start=1)
    ]
    texts = {f"text_{at}": text.digest for at, text in enumerate((first, *others), start=1)}
    record(opinion.chain, **facts_of(opinion), parts=len(bodies), **texts)
    return [opinion, *made]


@verb("opinion.summarise", may=permissions.may_sort)
def summarise(opinion: Opinion, *, summary: str, actor: Actor, now: datetime) -> Opinion:
    """Put a shorter wording beside the own words, which never change."""
    if not summary.strip():
        raise NotNow(_("Chưa ghi được tóm tắt: chưa có chữ nào."))
    text = keep_text(opinion.agency, summary)
    write(opinion, summary_id=text.pk)
    opinion.summary = text
    record(opinion.chain, **facts_of(opinion), text=text.digest)
    return opinion


@verb("opinion.prepare_public", may=permissions.may_sort)
def prepare_public(opinion: Opinion, *, text: str, actor: Actor, now: datetime) -> Opinion:
    """Keep the wording that may be published, as a person reviewed it. NotNow for a denunciation, and while the
    author's own name or telephone number still stands in it."""
    if opinion.is_hidden:
        raise NotNow(_("Chưa ghi được bản công khai: nội dung tố cáo không công khai."))
    if not text.strip():
        raise NotNow(_("Chưa ghi được bản công khai: chưa có chữ nào."))
    _require_unnamed(opinion, text)
    kept = keep_text(opinion.agency, text)
    write(opinion, public_words_id=kept.pk)
    opinion.public_words = kept
    record(opinion.chain, opinion=opinion.code, text=kept.digest)
    return opinion


def _require_unnamed(opinion: Opinion, text: str) -> None:
    name = fold(opinion.person.name if opinion.person else opinion.guest)
    number = opinion.person.phone if opinion.person else ""
    digits = "".join(filter(str.isdigit, text))
    if (name and name in fold(text)) or (number and number in digits):
        raise NotNow(_("Chưa ghi được bản công khai: còn tên hoặc số điện thoại của người gửi."))
