"""Sorting opinions: what they are, which belong together, how they are worded beside the own words."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Procedure
from doithoai.intake import permissions
from doithoai.intake.actions.telling import (
    LAW_OF_COMPLAINTS,
    facts_of,
    files_of,
    require,
    require_answerable,
    require_no_others,
    tell_people,
)
from doithoai.intake.models import Grouping, Opinion, Sorting
from doithoai.intake.queries import OPEN, comparable
from doithoai.intake.states import OPINION
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours, require_reason, stranger
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import keep_text
from doithoai.planning.models import Dialogue, Sitting


@verb("opinion.classify", may=permissions.may_sort)
def classify(
    opinion: Opinion,
    *,
    kind: str,
    topic: str = Opinion.Topic.ON,
    procedure: Procedure | None = None,
    competent: str | None = None,
    sitting: Sitting | None = None,
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Say what an opinion is by law and whether it is on the subject; its procedure, the competent body and the sitting it
    belongs to as well, where they are given. What it was taken for before is kept, so that it can be undone."""
    act = _("Chưa phân loại được")
    require(opinion, *OPEN, act=act)
    _require_held(opinion, sitting, act=act)
    if kind in LAW_OF_COMPLAINTS:
        require_no_others(opinion, act=act)
    Sorting.objects.create(
        opinion=opinion, kind=opinion.kind, topic=opinion.topic, procedure_id=opinion.procedure_id,
        sitting_id=opinion.sitting_id, competent=opinion.competent, by_id=actor.staff_id, at=now,
    )  # fmt: skip
    was_hidden, was_at = opinion.is_hidden, opinion.sitting_id
    fields: dict[str, object] = {"procedure_id": procedure.pk} if procedure else {}
    if competent is not None:
        fields["competent"] = competent.strip()
    if sitting is not None:
        fields["sitting_id"] = sitting.pk
    write(opinion, kind=Opinion.Kind(kind), topic=Opinion.Topic(topic), **fields)
    _record_kind(opinion, was_hidden=was_hidden, was_at=was_at)
    return opinion


def _require_held(opinion: Opinion, sitting: Sitting | None, *, act: str) -> None:
    """Only a sitting of the same dialogue that is still held can take an opinion; in writing none is held and all can."""
    if sitting is None or sitting.pk == opinion.sitting_id:
        return
    if sitting.dialogue_id != opinion.dialogue_id:
        raise NotYours(stranger().reason)
    if sitting.state == "cancelled" and not opinion.dialogue.is_written:
        raise NotNow(_("%(act)s: buổi ấy đã hủy; chọn buổi khác.") % {"act": act})


def _record_kind(opinion: Opinion, *, was_hidden: bool, was_at: int | None) -> None:
    """What ceases to be hidden has its papers named by their digests from now on, as everybody's are; not the opinion."""
    if was_hidden or opinion.is_hidden:
        record(opinion.chain, hidden=1, **({} if opinion.is_hidden else files_of(opinion.photos.all())))
    else:
        place = {"sitting": opinion.sitting.code if opinion.sitting else ""} if opinion.sitting_id != was_at else {}
        record(opinion.chain, opinion=opinion.code, kind=opinion.kind, topic=opinion.topic, **place)


@verb("opinion.undo_classify", may=permissions.may_sort)
def undo_classify(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Take an opinion again for what it was before it was last classified. Lawful while it waits: once it was guided,
    handed on, merged or answered, somebody has relied on what it was taken for."""
    act = _("Chưa hoàn tác được")
    require(opinion, *OPEN, act=act)
    last = opinion.sortings.filter(undone_at=None).last()
    if last is None:
        raise NotNow(_("%(act)s: ý kiến này chưa ai phân loại.") % {"act": act})
    if last.kind in LAW_OF_COMPLAINTS:
        require_no_others(opinion, act=act)
    was_hidden, was_at = opinion.is_hidden, opinion.sitting_id
    write(
        opinion, kind=last.kind, topic=last.topic, procedure_id=last.procedure_id, sitting_id=last.sitting_id,
        competent=last.competent,
    )  # fmt: skip
    write(last, undone_at=now)
    _record_kind(opinion, was_hidden=was_hidden, was_at=was_at)
    return opinion


@verb("opinions.compare", may=permissions.may_compare)
def compare(dialogue: Dialogue, *, actor: Actor, now: datetime) -> Grouping:
    """Ask the worker to put the opinions that wait into groups of near-equal ones. What it finds are suggestions and
    replace those it found before. NotNow while it is at it, and with fewer than two opinions."""
    total = comparable(Opinion.objects.filter(dialogue=dialogue)).count()
    if total < 2:
        raise NotNow(_("Chưa so được: cần ít nhất hai ý kiến đang chờ."))
    if Grouping.objects.filter(dialogue=dialogue, done_at=None, problem="").exists():
        raise NotNow(_("Chưa so lại được: máy đang so các ý kiến này."))
    Grouping.objects.filter(dialogue=dialogue).delete()
    row = Grouping.objects.create(dialogue=dialogue, asked_at=now, asked_by_id=actor.staff_id, total=total)
    record(dialogue.chain, opinions=total)
    return row


@verb("opinion.accept", may=permissions.may_sort)
def accept(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Take an opinion on: it is owed an answer, and whoever sent it is told so (Law 42/2013 art. 28)."""
    act = _("Chưa tiếp nhận được")
    require(opinion, "received", act=act)
    require_answerable(opinion, act=act)
    move(opinion, OPINION, "accepted")
    if opinion.door != Opinion.Door.FLOOR:
        tell_people(opinion, "accepted", "Cơ quan đã nhận ý kiến và sẽ trả lời bằng văn bản.", now=now)
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
    place = opinion.sitting_id or into.sitting_id  # of no sitting yet: it is counted where it is answered
    move(opinion, OPINION, "merged", merged_into_id=into.pk, reason=reason, sitting_id=place)
    opinion.merged_into = into
    tell_people(opinion, "merged", "Ý kiến trùng nội dung với ý kiến khác và được trả lời chung một văn bản.", now=now)
    record(opinion.chain, opinion=opinion.code, into=into.code)
    return opinion


@verb("opinion.unmerge", may=permissions.may_sort)
def unmerge(opinion: Opinion, *, reason: str, actor: Actor, now: datetime) -> Opinion:
    """Part an opinion from the one it was merged into: it is owed an answer of its own. NotNow without a reason, and once
    both have got their common answer: what was given is not taken back."""
    act = _("Chưa tách được")
    require(opinion, "merged", act=act)
    require_reason(reason, act=act)
    was = opinion.merged_into
    if opinion.closed_at is not None or (was is not None and was.state == "closed"):
        words = {"act": act, "code": was.code if was else ""}
        raise NotNow(_("%(act)s: đã trả lời chung với ý kiến %(code)s; chưa thỏa đáng thì mở lại ý kiến ấy.") % words)
    move(opinion, OPINION, "accepted", merged_into_id=None, reason=reason, closed_at=None)
    opinion.merged_into = None
    record(opinion.chain, opinion=opinion.code, was=was.code if was else "")
    return opinion


@verb("opinion.split", may=permissions.may_sort)
def split(opinion: Opinion, parts: Sequence[str], *, actor: Actor, now: datetime) -> list[Opinion]:
    """Make several opinions of one statement. The first keeps the code and every word, with its part as summary; each
    further part is an opinion of the same person that names the whole statement it came from. Returns them all, in order."""
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
            split_from=opinion.split_from or opinion,
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
