"""Receiving opinions: in their own words, with photographed papers, read back where somebody else wrote them down."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Procedure
from doithoai.intake import permissions
from doithoai.intake.actions.links import give_spoken
from doithoai.intake.actions.telling import facts_of, files_of, require
from doithoai.intake.imports import MOST, Kept
from doithoai.intake.models import Opinion, Photo
from doithoai.intake.queries import CLOSED_TO_INTAKE, OPEN, notice_is_out
from doithoai.journal.actions import record
from doithoai.kernel.access import ANYONE, Actor, NotNow, NotYours, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import current, verb
from doithoai.people.actions import Newcomer, enter_newcomer, keep_text
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation


@verb("opinion.receive", may=permissions.may_receive)
def receive(
    dialogue: Dialogue,
    *,
    words: str,
    door: str,
    person: Person | None = None,
    newcomer: Newcomer | None = None,
    guest: str = "",
    sitting: Sitting | None = None,
    invitation: Invitation | None = None,
    kind: str = Opinion.Kind.DIFFICULTY,
    procedure: Procedure | None = None,
    file_code: str = "",
    spoken: bool = False,
    papers: Sequence[Kept] = (),
    read_back: bool = False,
    unread_reason: str = "",
    actor: Actor,
    now: datetime,
) -> Opinion:
    """Take an opinion in, in its own words, by any door. Person and sitting follow from the invitation where there is one.

    The holder of a personal link can only speak for their own invitation, and anybody only by the public page (NotYours).
    NotNow without words, without a person or a guest's name, before the plan is issued and once the result notice is.
    A `newcomer` is on no list yet and becomes a person. `papers` are photographs taken in before; `read_back` says that
    whoever writes read the words back and the person agreed.
    """
    _require_door(actor, invitation, door)
    _require_intake(dialogue, words)
    if invitation is not None:
        sitting, person = sitting or invitation.sitting, person or invitation.person
    named = newcomer.name if newcomer else guest
    _require_of(dialogue, person=person, guest=named, sitting=sitting, procedure=procedure)
    if person is None and newcomer is not None:
        person = enter_newcomer(dialogue.agency, newcomer, is_seen=actor.is_staff)
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
        read_back_at=now if read_back else None,
        unread_reason="" if read_back else unread_reason,
    )
    if invitation is None and door != Opinion.Door.FLOOR:
        give_spoken(opinion)
    _add(opinion, papers, actor=actor, now=now)
    _record_receipt(opinion, papers)
    return opinion


def _record_receipt(opinion: Opinion, papers: Sequence[Kept]) -> None:
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
        **files_of(papers),
    )


def _add(opinion: Opinion, papers: Sequence[Kept], *, actor: Actor, now: datetime) -> list[Photo]:
    there = opinion.photos.count()
    return Photo.objects.bulk_create(
        Photo(
            opinion=opinion,
            ordinal=there + at,
            sha256=paper.sha256,
            kind=paper.kind,
            size=paper.size,
            added_at=now,
            added_by_id=actor.staff_id,
        )
        for at, paper in enumerate(papers, start=1)
    )


@verb("opinion.attach", may=permissions.may_attach)
def attach(opinion: Opinion, papers: Sequence[Kept], *, actor: Actor, now: datetime) -> list[Photo]:
    """Add photographed papers to an opinion that waits; a file that is there already is left out. NotNow when nothing
    is left to add, and once there would be more than an opinion may have."""
    act = _("Chưa thêm được giấy tờ")
    require(opinion, *OPEN, act=act)
    there = set(opinion.photos.values_list("sha256", flat=True))
    fresh = [paper for paper in papers if paper.sha256 not in there]
    if not fresh:
        raise NotNow(_("%(act)s: chưa có tệp nào, hoặc các tệp này đã có rồi.") % {"act": act})
    if len(there) + len(fresh) > MOST:
        raise NotNow(
            _("%(act)s: ý kiến đã có %(there)s tệp. Nhiều nhất %(most)s tệp.")
            % {"act": act, "there": len(there), "most": MOST}
        )
    made = _add(opinion, fresh, actor=actor, now=now)
    record(opinion.chain, **facts_of(opinion), **({} if opinion.is_hidden else files_of(fresh)))
    return made


@verb("opinion.read_back", may=permissions.may_read_back)
def read_back(opinion: Opinion, *, actor: Actor, now: datetime) -> Opinion:
    """Note that what was written down was read back to the person, and that they said it is what they meant."""
    if opinion.received_by_id is None:
        raise NotNow(_("Chưa ghi được: ý kiến này do người gửi tự viết, không cần đọc lại."))
    if opinion.read_back_at is not None:
        raise NotNow(_("Chưa ghi được: ý kiến này đã đọc lại rồi."))
    write(opinion, read_back_at=now, unread_reason="")
    record(opinion.chain, **facts_of(opinion))
    return opinion


def _require_door(actor: Actor, invitation: Invitation | None, door: str) -> None:
    own = invitation is not None and actor.link == (permissions.LINK, invitation.code)
    if actor.link is not None and not (own and door == Opinion.Door.LINK):
        raise NotYours(stranger().reason)
    if actor == ANYONE and (invitation is not None or door != Opinion.Door.WEB):
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
