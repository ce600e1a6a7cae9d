"""A place that falls free, and the reserve who is called to it: the next in the order of the lots that the quotas allow."""

from datetime import datetime

from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, System, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.outbox.actions import tell
from doithoai.roster import permissions
from doithoai.roster.actions.links import void
from doithoai.roster.actions.moving_in import move_in, tell_lead
from doithoai.roster.actions.possible import AHEAD, require_preparing, require_reply_time
from doithoai.roster.actions.registering import advance
from doithoai.roster.actions.words import by_machine, joined, letter_owed, none_left, stop_news, withdrawing
from doithoai.roster.models import Draw, Invitation
from doithoai.roster.queries.registering import next_in_line
from doithoai.roster.queries.reserves import next_reserve
from doithoai.roster.states import INVITATION


@verb("invitation.withdraw", may=permissions.may_take_back)
def withdraw_invitation(invitation: Invitation, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Take an invitation back, with the reason; the person is told by telephone and a reserve is called.

    The link lives on until the end of the sitting and says kindly that the invitation no longer stands.
    """
    require_reason(reason)
    require_reply_time(invitation.sitting, now)
    move(invitation, INVITATION, "withdrawn", reason=reason.strip())
    stop_news(invitation)
    tell(
        invitation.agency,
        invitation.chain,
        key=f"{invitation.code}:withdrawn",
        body=withdrawing(invitation),
        person=invitation.person,
        office=None if invitation.person else invitation.office or invitation.venue.office,
        machine=by_machine(invitation, "withdrawn"),
        now=now,
    )
    record(invitation.chain, invitation=invitation.code)
    fill_place(invitation, cause="invitation.withdraw", now=now)
    return invitation


@verb("invitation.strike", may=permissions.may_take_back)
def strike(invitation: Invitation, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Take a name off the list before its letter is issued, with a reason that stays on the list.

    Nothing is hidden: the row remains. A place goes to the next reserve; letters already drafted must be
    drafted again, which `queries.letters_current` asks for.
    """
    require_reason(reason)
    require_preparing(invitation.sitting)
    held = invitation.route != Invitation.Route.RESERVE or invitation.in_place_of_id is not None
    move(invitation, INVITATION, "struck", reason=reason.strip())
    void([invitation])
    record(invitation.chain, invitation=invitation.code)
    if held:
        fill_place(invitation, cause="invitation.strike", now=now)
    return invitation


def fill_place(vacated: Invitation, *, cause: str, now: datetime) -> None:
    """Fill a citizen's place that fell free before the day of the sitting, once a place.

    Where lots were drawn a reserve is called, otherwise the next who registered.
    """
    sitting = vacated.sitting
    in_time = sitting.state in AHEAD and clock.day_of(now, sitting.agency.zone) < sitting.day
    filled = Invitation.objects.filter(in_place_of=vacated).exists()
    if not vacated.is_citizen or not in_time or filled:
        return
    if Draw.objects.filter(pool__sitting=sitting).exists():
        call_reserve(vacated, actor=System(cause), now=now)
    elif next_in_line(sitting) is not None:
        advance(vacated, actor=System(cause), now=now)


@verb("reserve.call", may=permissions.may_follow_up)
def call_reserve(vacated: Invitation, *, actor: Actor, now: datetime) -> Invitation | None:
    """Give a free place to the next reserve, of the same ward or as the quotas ask; None when there is none left.

    Where nobody is left with whom every quota is kept, the journal, the list and the inviting office are told which
    one is missed.

    Before the letters are issued the reserve simply joins them. Afterwards the reserve is invited by telephone
    at once, the letter follows, and the inviting office is told to draft it.
    """
    found = next_reserve(vacated)
    if found is None:
        tell_lead(vacated, none_left(vacated), now)
        record(vacated.chain, free=vacated.code, reserve="")
        return None
    reserve, called = found.row, {"in_place_of_id": vacated.pk, "quota_note": found.missed[:300]}
    if vacated.state != "struck":
        move_in(reserve, called, letter_owed, now)
    else:
        write(reserve, **called)
        if found.missed:
            tell_lead(reserve, joined(reserve), now)
    missed = {"missed": found.missed} if found.missed else {}
    record(vacated.chain, free=vacated.code, reserve=reserve.code, **missed)
    return reserve
