"""Answers to an invitation: yes, no, silence, and being asked again when the time has changed."""

from datetime import datetime
from typing import Literal

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
from doithoai.roster.actions.links import follow_sitting
from doithoai.roster.actions.possible import require_reply_time
from doithoai.roster.actions.taking_back import fill_place
from doithoai.roster.actions.words import asking_again
from doithoai.roster.models import Invitation
from doithoai.roster.queries import MAIN, OPEN, silent
from doithoai.roster.states import INVITATION

Channel = Literal["link", "phone", "paper"]


@verb("invitation.accept", may=permissions.may_reply)
def accept_invitation(
    invitation: Invitation, *, channel: Channel, needs: str = "", actor: Actor, now: datetime
) -> Invitation:
    """The person will come; `needs` is what would help (a wheelchair, somebody to read papers).

    Also after a no or a silence, until the sitting begins. Accepting again only renews the needs.
    """
    require_reply_time(invitation.sitting, now)
    said = {"replied_at": now, "reply_channel": channel, "needs": needs.strip()}
    if invitation.state == "accepted":
        write(invitation, **said)
    else:
        move(invitation, INVITATION, "accepted", reason="", **said)
    record(invitation.chain, invitation=invitation.code, channel=channel)
    return invitation


@verb("invitation.decline", may=permissions.may_reply)
def decline_invitation(
    invitation: Invitation, *, channel: Channel, reason: str = "", actor: Actor, now: datetime
) -> Invitation:
    """The person cannot come; a reason is welcome, not demanded. Before the day the next reserve is called."""
    require_reply_time(invitation.sitting, now)
    move(invitation, INVITATION, "declined", replied_at=now, reply_channel=channel, reason=reason.strip(), needs="")
    record(invitation.chain, invitation=invitation.code, channel=channel)
    fill_place(invitation, cause="invitation.decline", now=now)
    return invitation


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
    if row.state == "invited":
        write(row, invited_at=now)
    else:
        move(row, INVITATION, "invited", invited_at=now, replied_at=None, reply_channel="")
    tell(
        sitting.agency,
        sitting.chain,
        key=f"{row.code}:moved:{sitting.starts_at.isoformat()}",
        body=asking_again(row),
        person=row.person,
        office=None if row.person else row.office or row.venue.office,
        now=now,
    )
