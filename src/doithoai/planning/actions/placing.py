"""Where the venues are, and the address of the online room: known late, told only to those who need it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.planning import permissions
from doithoai.planning.models import Dialogue, Venue
from doithoai.rules.vietnamese import squeeze

LONGEST = 200


@verb("venue.locate", may=permissions.may_locate)
def locate(venue: Venue, address: str, *, actor: Actor, now: datetime) -> Venue:
    """Say where a venue is. Papers drafted and pages shown from now on have it; papers already issued stay as they are."""
    said = squeeze(address)
    if not said or len(said) > LONGEST:
        raise NotNow(_("Chưa ghi được: cần địa chỉ, nhiều nhất %(most)s chữ.") % {"most": LONGEST})
    write(venue, address=said)
    record(venue.chain, venue=venue.code)
    return venue


@verb("dialogue.link", may=permissions.may_link)
def link(dialogue: Dialogue, address: str, *, actor: Actor, now: datetime) -> Dialogue:
    """Keep the address of the online room; an empty one takes it away. The journal does not hold it: it opens a door."""
    said = address.strip()
    try:
        if said:
            URLValidator(schemes=["https"])(said)
    except ValidationError:
        raise NotNow(_("Chưa ghi được: cần một đường dẫn bắt đầu bằng https://, hoặc để trống.")) from None
    if len(said) > LONGEST:
        raise NotNow(_("Chưa ghi được: đường dẫn dài quá %(most)s chữ.") % {"most": LONGEST})
    write(dialogue, join_link=said)
    record(dialogue.chain, is_set=int(bool(said)))
    return dialogue
