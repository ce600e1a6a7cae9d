"""A member of staff's own address of the calendar."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.kernel.access import YES, Actor, NotNow, Verdict, stranger
from doithoai.kernel.verbs import verb
from doithoai.people.actions import give_link
from doithoai.people.models import AccessLink, Staff

PURPOSE: Final = "calendar"
LASTS: Final = timedelta(days=730)


def may_subscribe(actor: Actor, agency: Agency) -> Verdict:
    """Mọi cán bộ của cơ quan, cho chính mình."""
    return YES if actor.is_staff and actor.agency_id == agency.pk else stranger()


@verb("calendar.subscribe", may=may_subscribe)
def subscribe(agency: Agency, *, actor: Actor, now: datetime) -> str:
    """A new token for the actor's calendar, good for two years; an older one of theirs opens nothing any more."""
    staff = Staff.objects.filter(pk=actor.staff_id or 0, agency=agency).first()
    if staff is None:
        raise NotNow(_("Chưa tạo được: chỉ cán bộ của cơ quan có lịch riêng."))
    AccessLink.objects.filter(staff=staff, purpose=PURPOSE, expires_at__gt=now).update(expires_at=now)
    token = give_link(agency, purpose=PURPOSE, code=staff.code, expires_at=now + LASTS, staff=staff)
    record(agency.chain, staff=staff.code)
    return token
