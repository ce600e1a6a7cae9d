"""Answers to an invitation: yes, no, silence, and being asked again when the time has changed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.calling import Channel, keep_call
from doithoai.roster.actions.links import follow_sitting
from doithoai.roster.actions.possible import require_answerable
from doithoai.roster.actions.taking_back import fill_place
from doithoai.roster.actions.words import asking_again, by_machine, stop_news
from doithoai.roster.models import Call, Invitation
from doithoai.roster.queries import MAIN, OPEN, silent
from doithoai.roster.states import INVITATION
from doithoai.rules.vietnamese import phone, squeeze


@dataclass(frozen=True, slots=True)
class Instead:
    """Somebody who will come in the person's place: name, relation, and a telephone number where one was given."""

    name: str
    relation: str
    phone: str = ""


@verb("invitation.accept", may=permissions.may_reply)
def accept_invitation(
    invitation: Invitation,
    *,
    channel: Channel,
    needs: str = "",
    instead: Instead | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> Invitation:
    """The person will come, or whoever they name `instead`, who is admitted on the day by the chair of the venue.

    `needs` is what would help (a wheelchair, somebody to read papers). Also after a no or a silence, until the sitting
    begins. Accepting again only renews what was said. A `note` stays with the call where the answer came by telephone.
    """
    require_answerable(invitation, now)
    said = {**_heard(channel, now), "needs": needs.strip(), **_in_place(instead)}
    if invitation.state == "accepted":
        write(invitation, **said)
    else:
        move(invitation, INVITATION, "accepted", reason="", **said)
    stop_news(invitation)
    outcome = Call.Outcome.INSTEAD if instead else Call.Outcome.ACCEPTED
    keep_call(invitation, channel, outcome, note, actor, now)
    record(invitation.chain, invitation=invitation.code, channel=channel, instead=int(instead is not None))
    return invitation


@verb("invitation.decline", may=permissions.may_reply)
def decline_invitation(
    invitation: Invitation, *, channel: Channel, reason: str = "", actor: Actor, now: datetime
) -> Invitation:
    """The person cannot come; a reason is welcome, not demanded. Before the day the next reserve is called."""
    require_answerable(invitation, now)
    said = {**_heard(channel, now), "reason": reason.strip(), "needs": "", **_in_place(None)}
    move(invitation, INVITATION, "declined", **said)
    stop_news(invitation)
    keep_call(invitation, channel, Call.Outcome.DECLINED, "", actor, now)
    record(invitation.chain, invitation=invitation.code, channel=channel)
    fill_place(invitation, cause="invitation.decline", now=now)
    return invitation


def _heard(channel: Channel, now: datetime) -> dict[str, object]:
    return {"replied_at": now, "reply_channel": channel}


def _in_place(instead: Instead | None) -> dict[str, object]:
    """Who comes in the person's place. A name needs its relation; NotNow without one, or for a wrong telephone number."""
    if instead is None:
        return {"instead": "", "instead_relation": "", "instead_phone": ""}
    name, relation = squeeze(instead.name), squeeze(instead.relation)
    if not name or not relation:
        raise NotNow(_("Chưa ghi được: người đi thay cần có họ tên và quan hệ với người được mời."))
    digits = phone(instead.phone) if instead.phone.strip() else ""
    if digits is None:
        raise NotNow(
            _("Chưa ghi được: “%(found)s” không phải số điện thoại. Cần 10 chữ số.") % {"found": instead.phone.strip()}
        )
    return {"instead": name, "instead_relation": relation, "instead_phone": digits}


@verb("invitation.lapse", may=permissions.may_lapse)
def lapse(sitting: Sitting, *, actor: Actor, now: datetime) -> list[Invitation]:
    """Note everybody who has not answered though their reply day is over. They are still welcome."""
    rows = silent(sitting, clock.day_of(now, sitting.agency.zone))
    if not rows:
        raise NotNow(_("Chưa có ai quá hạn trả lời giấy mời."))
    for row in rows:
        move(row, INVITATION, "lapsed")
    record(sitting.chain, sitting=sitting.code, lapsed=" ".join(row.code for row in rows))
    return rows


@verb("invitation.reconfirm", may=permissions.may_ask_again)
def reconfirm(sitting: Sitting, *, actor: Actor, now: datetime) -> list[Invitation]:
    """The time has changed: everybody invited is told by telephone and asked again, links live on with the sitting."""
    invited = Invitation.objects.filter(MAIN | Q(route=Invitation.Route.DELEGATE), sitting=sitting, state__in=OPEN)
    rows = list(invited.select_related("person", "venue__office", "office").order_by("ordinal"))
    for row in rows:
        _ask_again(row, sitting, now)
    follow_sitting(sitting, rows)
    record(sitting.chain, sitting=sitting.code, asked=len(rows))
    return rows


def _ask_again(row: Invitation, sitting: Sitting, now: datetime) -> None:
    stop_news(row)
    if row.state == "invited":
        write(row, invited_at=now)
    else:
        move(row, INVITATION, "invited", invited_at=now, replied_at=None, reply_channel="")
    tell(
        sitting.agency,
        sitting.chain,
        key=f"{row.code}:moved:{sitting.starts_at:%Y%m%dT%H%M}:{now:%Y%m%dT%H%M%S%f}",  # also back to an hour told before
        body=asking_again(row),
        person=row.person,
        office=None if row.person else row.office or row.venue.office,
        machine=by_machine(row, "moved"),
        now=now,
    )
