"""Coming by registering, where the plan has no condition on who comes: asked for in order, accepted or refused with why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.people.actions import Newcomer, enter_newcomer, give_link
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.planning.queries import has_its_day
from doithoai.roster import permissions
from doithoai.roster.actions.drawing import next_place
from doithoai.roster.actions.moving_in import move_in
from doithoai.roster.actions.possible import require_preparing
from doithoai.roster.actions.words import letter_owed_to_registered, not_taken
from doithoai.roster.models import Invitation, Opening, Registration
from doithoai.roster.queries import seats_of, venue_for
from doithoai.roster.queries.registering import may_still_register, next_in_line, open_to_all, places_left
from doithoai.roster.states import REGISTRATION
from doithoai.rules.vietnamese import short_date


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who wants to come, as they or the office tell it: who, about what, and whether an organisation (R02)."""

    who: Newcomer
    topic: str
    is_organisation: bool = False


@verb("registration.open", may=permissions.may_choose)
def open_registration(sitting: Sitting, *, until: datetime, actor: Actor, now: datetime) -> Opening:
    """Let anybody register for a sitting until a time before it begins; asked again it moves that time.

    Raises NotNow with the plan's condition where it invites only those who did a procedure (R47).
    """
    require_preparing(sitting)
    _require_open_to_all(sitting)
    if not (may := has_its_day(sitting)):
        raise NotNow(may.reason)
    if not now < until < sitting.starts_at:
        raise NotNow(_("Chưa mở được: hạn đăng ký phải sau lúc này và trước giờ bắt đầu buổi đối thoại."))
    opening, _made = Opening.objects.update_or_create(sitting=sitting, defaults={"until": until})
    record(sitting.chain, sitting=sitting.code, until=until.isoformat())
    return opening


@verb("registration.send", may=permissions.may_register)
def register(sitting: Sitting, comer: Comer, *, actor: Actor, now: datetime) -> Registration:
    """Ask to come, by anybody on the public page. Raises NotNow outside the time, or without a name or a topic."""
    if not (may := may_still_register(sitting, now)):
        raise NotNow(may.reason)
    _require_told(comer)
    person = _entered(sitting, comer, is_seen=False)
    ordinal = Registration.objects.filter(sitting=sitting).count() + 1
    row = Registration.objects.create(
        sitting=sitting,
        ordinal=ordinal,
        code=f"{sitting.code}-D{ordinal:02d}",
        person=person,
        topic=comer.topic.strip()[:300],
        registered_at=now,
    )
    record(sitting.chain, registration=row.code, person=person.code)
    return row


@verb("registration.accept", may=permissions.may_decide_registration)
def accept_registration(registration: Registration, *, actor: Actor, now: datetime) -> Registration:
    """Take somebody who registered: a place while there is one, otherwise a place in line, in the order of registering."""
    sitting = registration.sitting
    require_preparing(sitting)
    if places_left(sitting):
        invitation = _place(registration, "")
        record(registration.chain, registration=registration.code, invitation=invitation.code)
    else:
        move(registration, REGISTRATION, "queued")
        record(registration.chain, registration=registration.code, invitation="")
    return registration


@verb("registration.decline", may=permissions.may_decide_registration)
def decline_registration(registration: Registration, *, reason: str, actor: Actor, now: datetime) -> Registration:
    """Refuse somebody who registered, with the reason that they read on their page and are told by telephone."""
    require_preparing(registration.sitting)
    require_reason(reason, _("Chưa từ chối được"))
    move(registration, REGISTRATION, "declined", reason=reason.strip()[:300])
    tell(
        registration.agency,
        registration.chain,
        key=f"{registration.code}:declined",
        body=not_taken(registration),
        person=registration.person,
        now=now,
    )
    record(registration.chain, registration=registration.code)
    return registration


@verb("registration.advance", may=permissions.may_follow_up)
def advance(vacated: Invitation, *, actor: Actor, now: datetime) -> Invitation | None:
    """Give a free place to the first in line of those who registered; None where nobody waits.

    Before the letters are issued they simply join them, afterwards they are invited by telephone and the letter follows.
    """
    registration = next_in_line(vacated.sitting)
    if registration is None:
        return None
    registration.sitting = vacated.sitting
    invitation = _place(registration, f"đến lượt vì chỗ {vacated.code} trống", in_place_of=vacated)
    if vacated.state != "struck":
        move_in(invitation, {}, letter_owed_to_registered, now)
    record(vacated.chain, free=vacated.code, registration=registration.code, invitation=invitation.code)
    return invitation


@verb("invitation.register", may=permissions.may_choose)
def register_by_hand(sitting: Sitting, comer: Comer, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Enter a person or an organisation whom the office was told of, with a reason that stands beside the name.

    Raises NotNow with the plan's condition where it invites only those who did a procedure (R47), and without a place.
    """
    require_preparing(sitting)
    _require_open_to_all(sitting)
    require_reason(reason)
    _require_told(comer)
    if not places_left(sitting):
        raise NotNow(_("Chưa ghi được: buổi này đã đủ %(seats)s chỗ.") % {"seats": seats_of(sitting)})
    person = _entered(sitting, comer, is_seen=True)
    if Invitation.objects.filter(sitting=sitting, person=person).exclude(state="struck").exists():
        raise NotNow(_("Chưa ghi được: người này đã có tên trong danh sách của buổi."))
    invitation = _invited(sitting, person, f"Đăng ký với cơ quan, nêu: {comer.topic.strip()}. {reason.strip()}")
    record(sitting.chain, sitting=sitting.code, invitation=invitation.code, person=person.code)
    return invitation


def own_registration(registration: Registration) -> str:
    """The token of a new link to the page on which the person reads what became of it, until the sitting ends."""
    until = registration.sitting.ends_at
    return give_link(registration.agency, purpose=permissions.REGISTRATION, code=registration.code, expires_at=until)


def _require_open_to_all(sitting: Sitting) -> None:
    if not (may := open_to_all(sitting)):
        raise NotNow(may.reason)


def _require_told(comer: Comer) -> None:
    if not comer.who.name.strip():
        raise NotNow(_("Chưa đăng ký được: cần họ tên người dự, hoặc tên tổ chức."))
    if not comer.topic.strip():
        raise NotNow(_("Chưa đăng ký được: cần thủ tục hoặc việc muốn nêu, một câu."))


def _entered(sitting: Sitting, comer: Comer, *, is_seen: bool) -> Person:
    person = enter_newcomer(sitting.agency, comer.who, is_seen=is_seen)
    if comer.is_organisation and person.kind != Person.Kind.ORGANISATION:
        write(person, kind=Person.Kind.ORGANISATION)
    return person


def _place(registration: Registration, why: str, *, in_place_of: Invitation | None = None) -> Invitation:
    sitting = registration.sitting
    day = short_date(clock.day_of(registration.registered_at, sitting.agency.zone))
    order = f"Đăng ký ngày {day}, thứ tự {registration.ordinal}"
    told = "; ".join(filter(None, (order, why, f"nêu: {registration.topic}")))
    invitation = _invited(sitting, registration.person, told, in_place_of=in_place_of)
    move(registration, REGISTRATION, "placed", invitation_id=invitation.pk)
    return invitation


def _invited(sitting: Sitting, person: Person, told: str, *, in_place_of: Invitation | None = None) -> Invitation:
    ordinal, code = next_place(sitting)
    return Invitation.objects.create(
        sitting=sitting,
        code=code,
        ordinal=ordinal,
        route=Invitation.Route.REGISTERED,
        person=person,
        venue=venue_for(sitting.dialogue, person.ward),
        selection_reason=told[:300],
        in_place_of=in_place_of,
    )
