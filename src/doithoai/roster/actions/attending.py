"""Who is there: in person, through a substitute, absent with or without a reason, or without an invitation.

The minutes build on what is noted here, so it may be put right while the sitting lasts and not afterwards.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Place
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, Verdict, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.people.actions import enter_person
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import permissions
from doithoai.roster.actions.drawing import next_place
from doithoai.roster.actions.possible import require_the_day
from doithoai.roster.models import Invitation
from doithoai.roster.states import INVITATION

NOBODY: dict[str, object] = {
    "arrived_at": None, "left_at": None, "is_device_time": False,
    "substitute": "", "substitute_relation": "", "substitute_proof": "",
}  # fmt: skip
"""What an invitation says while nobody has come on it."""


@verb("attendance.arrive", may=permissions.may_mark)
def arrive(
    invitation: Invitation,
    *,
    substitute: str = "",
    relation: str = "",
    proof: str = "",
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Invitation:
    """Note on the day that an invited person came, whatever they had answered.

    Somebody sent in their place has a name and a relation, perhaps a `proof` that was looked at, and is admitted
    by whoever chairs the venue (NotYours otherwise). `at` is the hour by the device at the door, where it had no
    line then; the row says so.
    """
    require_the_day(invitation.sitting, now)
    _require_correctable(invitation)
    name, kinship = substitute.strip(), relation.strip()
    if name:
        _require_admission(invitation, kinship, actor)
    sent = {"substitute": name, "substitute_relation": kinship, "substitute_proof": proof.strip()} if name else {}
    stood = {"state": invitation.state, "reason": invitation.reason}
    came = {**NOBODY, **_hour(invitation.sitting, at, now), **sent}
    move(invitation, INVITATION, "attended", **came, reason="", before_arrival=stood)
    facts = {"substitute": int(bool(name)), "device_time": int(invitation.is_device_time)}
    record(invitation.chain, invitation=invitation.code, **facts)
    return invitation


def _hour(sitting: Sitting, at: datetime | None, now: datetime) -> dict[str, object]:
    """When somebody came: now, or what the device says, kept between the beginning of the sitting's day and now."""
    morning = clock.at(sitting.day, 0, 0, sitting.agency.zone)
    return {"arrived_at": now if at is None else max(morning, min(at, now)), "is_device_time": at is not None}


def _require_admission(invitation: Invitation, relation: str, actor: Actor) -> None:
    if not relation:
        raise NotNow(_("Chưa ghi được: người đi thay cần có họ tên và quan hệ với người được mời."))
    _require(permissions.may_admit_substitute(actor, invitation))


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise NotYours(verdict.reason)


def _require_correctable(invitation: Invitation) -> None:
    """What was noted may be put right while the sitting lasts; its minutes build on it afterwards."""
    if invitation.state in ("attended", "absent") and invitation.sitting.state == "ended":
        raise NotNow(_("Chưa sửa được: buổi đã kết thúc, việc có mặt đã ghi vào biên bản."))


@verb("attendance.absent", may=permissions.may_note_absence)
def mark_absent(invitation: Invitation, *, reason: str = "", actor: Actor, now: datetime) -> Invitation:
    """Note on the day that an invited person did not come, with the reason where one is known; a reason may follow later."""
    require_the_day(invitation.sitting, now)
    if invitation.state == "absent":
        write(invitation, reason=reason.strip())
    else:
        _require_correctable(invitation)
        move(invitation, INVITATION, "absent", reason=reason.strip(), **NOBODY)
    record(invitation.chain, invitation=invitation.code, with_reason=int(bool(reason.strip())))
    return invitation


@verb("attendance.take_back", may=permissions.may_mark)
def take_back(invitation: Invitation, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Take back an arrival noted by mistake, while the sitting lasts: the invitation stands again where it stood.

    Whoever was written down as come without an invitation is taken off the list. Raises NotNow without a reason.
    """
    require_reason(reason)
    if invitation.state != "attended":
        raise NotNow(_("Chưa rút lại được: chưa ghi người này đã đến."))
    _require_correctable(invitation)
    if invitation.route == Invitation.Route.WALK_IN:
        move(invitation, INVITATION, "withdrawn", **NOBODY, reason=reason.strip())
    else:
        stood = invitation.before_arrival
        move(invitation, INVITATION, stood["state"], **NOBODY, reason=stood["reason"])
    record(invitation.chain, invitation=invitation.code, back_to=invitation.state)
    return invitation


@verb("attendance.leave", may=permissions.may_mark)
def leave(invitation: Invitation, *, at: datetime | None = None, actor: Actor, now: datetime) -> Invitation:
    """Note that somebody who had come left before the end; they were there all the same."""
    _require_there(invitation)
    if invitation.left_at is not None:
        raise NotNow(_("Chưa ghi được: đã ghi người này về trước."))
    hour = now if at is None else min(at, now)
    write(invitation, left_at=max(hour, invitation.arrived_at) if invitation.arrived_at else hour)
    record(invitation.chain, invitation=invitation.code, device_time=int(at is not None))
    return invitation


@verb("attendance.come_back", may=permissions.may_mark)
def come_back(invitation: Invitation, *, actor: Actor, now: datetime) -> Invitation:
    """Note that somebody who had left is there again."""
    _require_there(invitation)
    if invitation.left_at is None:
        raise NotNow(_("Chưa ghi được: người này vẫn đang ở đây."))
    write(invitation, left_at=None)
    record(invitation.chain, invitation=invitation.code)
    return invitation


def _require_there(invitation: Invitation) -> None:
    if invitation.state != "attended":
        raise NotNow(_("Chưa ghi được: chưa ghi người này đã đến."))
    _require_correctable(invitation)


@verb("attendance.admit", may=permissions.may_admit)
def admit(
    sitting: Sitting,
    *,
    venue: Venue,
    name: str,
    reason: str,
    ward: Place | None = None,
    group: str = "",
    at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> Invitation:
    """Let somebody in at a venue who came without an invitation, for a reason; they are counted beside the invited.

    Whoever may note presence at that venue may (NotYours otherwise). `at` as for an arrival.
    """
    _require(permissions.may_mark_at(actor, sitting, venue))
    require_the_day(sitting, now)
    if not name.strip():
        raise NotNow(_("Chưa ghi được: cần họ tên người đến dự."))
    require_reason(reason)
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
        selection_reason=f"Đến dự không có giấy mời: {reason.strip()}"[:300],
        **_hour(sitting, at, now),
    )
    record(sitting.chain, sitting=sitting.code, invitation=code, venue=venue.code, device_time=int(at is not None))
    return invitation
