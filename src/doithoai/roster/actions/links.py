"""The personal links and spoken codes of invitations: given with the letter, moved with the sitting, void once the place is gone."""

from collections.abc import Collection

from doithoai.kernel import chance, plugs
from doithoai.kernel.moves import write
from doithoai.outbox.actions import Opens
from doithoai.people.actions import extend_links, give_link, void_links
from doithoai.planning.models import Sitting
from doithoai.roster.models import Invitation
from doithoai.roster.permissions import LINK
from doithoai.rules import spoken

PATH = "/moi/{token}/"
ANSWER = "Trả lời tại: {link}"


def personal_address(invitation: Invitation) -> str:
    """A new personal address for an invitation, good until its sitting ends.

    Before the letter is issued an address given before is void; afterwards whoever has one may still use it.
    """
    if invitation.state == "drawn":
        void([invitation])
    sitting = invitation.sitting
    token = give_link(sitting.agency, purpose=LINK, code=invitation.code, expires_at=sitting.ends_at)
    return plugs.link(PATH.format(token=token))


def opened_by_message(invitation: Invitation) -> Opens:
    """What the link in a message opens: this invitation, beside the address on its letter."""
    return Opens(LINK, invitation.code, invitation.sitting.ends_at, PATH, ANSWER)


def follow_sitting(sitting: Sitting, invitations: Collection[Invitation]) -> None:
    """Let the links of these invitations live until the new end of their sitting."""
    codes = [row.code for row in invitations]
    extend_links(sitting.agency, purpose=LINK, codes=codes, expires_at=sitting.ends_at)


def void(invitations: Collection[Invitation]) -> None:
    """Take away the links of these invitations, which are all of one agency."""
    for first in list(invitations)[:1]:
        void_links(first.sitting.agency, purpose=LINK, codes=[row.code for row in invitations])


def give_spoken(invitation: Invitation) -> str:
    """The six digits that a person reads out over the telephone, the same on every letter to them; no two alike in an agency."""
    if not invitation.spoken:
        write(invitation, spoken=_unused(invitation))
    return invitation.spoken


def _unused(invitation: Invitation) -> str:
    taken = Invitation.objects.filter(sitting__dialogue__agency_id=invitation.sitting.dialogue.agency_id)
    while True:
        code = spoken.closed(chance.digits(spoken.PAYLOAD))
        if not taken.filter(spoken=code).exists():
            return code
