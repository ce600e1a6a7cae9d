"""The link and the nine spoken digits by which somebody without an invitation follows what they raised."""

from datetime import datetime, timedelta

from doithoai.intake import permissions
from doithoai.intake.actions.telling import facts_of
from doithoai.intake.models import Opinion
from doithoai.journal.actions import record
from doithoai.kernel import chance
from doithoai.kernel.access import Actor
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import current, verb
from doithoai.people.actions import give_link, void_links
from doithoai.rules import spoken

LIVES = timedelta(days=366)
"""A link outlives the dialogue: the answer, its extension, and one reopening."""


def own_link(opinion: Opinion, *, until: datetime) -> str:
    """The token of a new link to this one opinion, beside those given before."""
    return give_link(opinion.agency, purpose=permissions.OWN, code=opinion.code, expires_at=until)


def give_spoken(opinion: Opinion) -> str:
    """The nine digits that open it together with its code; the same until a slip is printed anew."""
    if not opinion.spoken:
        write(opinion, spoken=spoken.closed(chance.digits(spoken.SECRET - 1)))
    return opinion.spoken


@verb("opinion.hand_receipt", may=permissions.may_hand_receipt)
def hand_receipt(opinion: Opinion, *, actor: Actor, now: datetime) -> str:
    """Hand whoever raised it a slip with its code, nine digits and a link; the token of that link is returned and kept
    nowhere. Where there were links before, they and the digits open nothing any more: a slip may have been lost. Of a
    denunciation the journal says neither who handed a slip over nor when."""
    current().anonymous = opinion.is_hidden
    if void_links(opinion.agency, purpose=permissions.OWN, codes=[opinion.code]):
        write(opinion, spoken="")
    give_spoken(opinion)
    record(opinion.chain, **facts_of(opinion))
    return own_link(opinion, until=now + LIVES)
