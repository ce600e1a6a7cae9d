"""Somebody who moves into a place after the letters: invited by telephone at once, the letter follows."""

from collections.abc import Callable, Mapping
from datetime import datetime

from doithoai.kernel.moves import move
from doithoai.outbox.actions import tell
from doithoai.roster.actions.links import give_spoken
from doithoai.roster.actions.words import asking, by_machine
from doithoai.roster.models import Invitation
from doithoai.roster.states import INVITATION


def move_in(row: Invitation, called: Mapping[str, object], owed: Callable[[Invitation], str], now: datetime) -> None:
    """Invite at once; the inviting office hears that a letter is owed, in the words of `owed`."""
    give_spoken(row)
    move(row, INVITATION, "invited", invited_at=now, **called)
    tell(
        row.agency,
        row.chain,
        key=f"{row.code}:called",
        body=asking(row),
        person=row.person,
        machine=by_machine(row, "invitation"),
        now=now,
    )
    tell_lead(row, owed(row), now)


def tell_lead(row: Invitation, body: str, now: datetime) -> None:
    """News of a place for the desk of the inviting office."""
    tell(row.agency, row.chain, key=f"{row.code}:reserve", body=body, office=row.sitting.lead, now=now)
