"""The personal links of invitations: given with the letter, moved with the sitting, void once the place is gone."""

from collections.abc import Iterable

from doithoai.kernel import plugs
from doithoai.people.actions import give_link
from doithoai.people.models import AccessLink
from doithoai.planning.models import Sitting
from doithoai.roster.models import Invitation
from doithoai.roster.permissions import LINK


def personal_address(invitation: Invitation) -> str:
    """A new personal address for an invitation, good until its sitting ends; an address given before is void."""
    void([invitation])
    sitting = invitation.sitting
    token = give_link(sitting.agency, purpose=LINK, code=invitation.code, expires_at=sitting.ends_at)
    return plugs.link(f"/moi/{token}/")


def follow_sitting(sitting: Sitting, invitations: Iterable[Invitation]) -> None:
    """Let the links of these invitations live until the new end of their sitting."""
    codes = [row.code for row in invitations]
    AccessLink.objects.filter(agency=sitting.agency, purpose=LINK, code__in=codes).update(expires_at=sitting.ends_at)


def void(invitations: Iterable[Invitation]) -> None:
    """Take away the links of these invitations."""
    AccessLink.objects.filter(purpose=LINK, code__in=[row.code for row in invitations]).delete()
