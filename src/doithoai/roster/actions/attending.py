"""Who is there: in person, through a substitute, absent with or without a reason, or without an invitation."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Place
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import enter_person
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import permissions
from doithoai.roster.actions.drawing import next_place
from doithoai.roster.actions.possible import require_the_day
from doithoai.roster.models import Invitation
from doithoai.roster.states import INVITATION


@verb("attendance.arrive", may=permissions.may_mark)
def arrive(
    invitation: Invitation, *, substitute: str = "", relation: str = "", actor: Actor, now: datetime
) -> Invitation:
    """Note on the day that an invited person came, whatever they had answered.

    Somebody sent in their place has a name and a relation, and is admitted by whoever chairs the venue
    (NotYours otherwise).
    """
    require_the_day(invitation.sitting, now)
    _require_correctable(invitation)
    name, kinship = substitute.strip(), relation.strip()
    if name:
        _require_admission(invitation, kinship, actor)
    move(
        invitation,
        INVITATION,
        "attended",
        arrived_at=now,
        substitute=name,
        substitute_relation=kinship if name else "",
        reason="",
    )
    record(invitation.chain, invitation=invitation.code, substitute=int(bool(name)))
    return invitation


def _require_admission(invitation: Invitation, relation: str, actor: Actor) -> None:
    if not relation:
        raise NotNow(_("Chưa ghi được: người đi thay cần có họ tên và quan hệ với người được mời."))
    if verdict := permissions.may_admit_substitute(actor, invitation):
        return
    raise NotYours(verdict.reason)


def _require_correctable(invitation: Invitation) -> None:
    """What was noted may be put right while the sitting lasts; its minutes build on it afterwards."""
    if invitation.state in ("attended", "absent") and invitation.sitting.state == "ended":
        raise NotNow(_("Chưa sửa được: buổi đã kết thúc, việc có mặt đã ghi vào biên bản."))


@verb("attendance.absent", may=permissions.may_mark)
def mark_absent(invitation: Invitation, *, reason: str = "", actor: Actor, now: datetime) -> Invitation:
    """Note on the day that an invited person did not come, with the reason where one is known; a reason may follow later."""
    require_the_day(invitation.sitting, now)
    if invitation.state == "absent":
        write(invitation, reason=reason.strip())
    else:
        _require_correctable(invitation)
        gone = {"arrived_at": None, "substitute": "", "substitute_relation": ""}
        move(invitation, INVITATION, "absent", reason=reason.strip(), **gone)
    record(invitation.chain, invitation=invitation.code, with_reason=int(bool(reason.strip())))
    return invitation


@verb("attendance.admit", may=permissions.may_admit)
def admit(
    sitting: Sitting,
    *,
    venue: Venue,
    name: str,
    ward: Place | None = None,
    group: str = "",
    actor: Actor,
    now: datetime,
) -> Invitation:
    """Let somebody in who came without an invitation; they are counted beside the invited."""
    require_the_day(sitting, now)
    if not name.strip():
        raise NotNow(_("Chưa ghi được: cần họ tên người đến dự."))
    if sitting.state == "ended":
        raise NotNow(_("Chưa ghi được: buổi đã kết thúc."))
    person = enter_person(sitting.agency, name=name.strip(), ward=ward or venue.ward, group=group.strip())
    ordinal, code = next_place(sitting)
    invitation = Invitation.objects.create(
        sitting=sitting,
        code=code,
        ordinal=ordinal,
        route=Invitation.Route.WALK_IN,
        state="attended",
        person=person,
        venue=venue,
        arrived_at=now,
        selection_reason="Đến dự không có giấy mời",
    )
    record(sitting.chain, sitting=sitting.code, invitation=code, venue=venue.code)
    return invitation
