"""The morning of the sitting, on a copy of the dialogue in preparation: who stands at the doors, and how they come in."""

from datetime import timedelta

from doithoai.directory.models import Installation
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.actions.links import personal_address
from doithoai.roster.models import Invitation
from tests.browser.doors import Facts, _link
from tests.browser.sites import PASSWORD

EARLY = timedelta(minutes=35)
LINKS = 4


def build() -> Facts:
    """Put the clock to the morning of the first sitting and say who is at the door of its first ward venue."""
    dialogue = Dialogue.objects.order_by("pk")[0]
    sitting = Sitting.objects.filter(dialogue=dialogue).order_by("starts_at")[0]
    Installation.objects.update(clock_at=sitting.starts_at - EARLY)
    clock.stand_at(sitting.starts_at - EARLY)
    venue = dialogue.venues.filter(is_central=False).order_by("ordinal").select_related("office")[0]
    staff = _at_the_door(dialogue, venue)
    for row in staff.values():
        row.set_password(PASSWORD)
        row.save()
    rows = _expected(sitting, venue)
    return {
        "dialogue": dialogue.code,
        "usernames": {who: row.username for who, row in staff.items()},
        "links": {who: [_link(row) for _n in range(LINKS)] for who, row in staff.items()},
        "door": f"/cuoc/{dialogue.code}/diem-cau/{venue.code}/{sitting.ordinal}/",
        "presence": f"/cuoc/{dialogue.code}/co-mat/{sitting.ordinal}/",
        "venue": venue.code,
        "people": [{"code": row.code, "name": row.name} for row in rows],
        "letter": {"code": rows[0].code, "address": personal_address(rows[0])},
    }


def _at_the_door(dialogue: Dialogue, venue: Venue) -> dict[str, Staff]:
    prefix = dialogue.agency.code.lower()
    names = {"chair": f"head-{venue.office.code.lower()}", "clerk": f"cv-{venue.office.code.lower()}", "hoa": "hoa"}
    return {who: Staff.objects.get(username=f"{prefix}.{name}") for who, name in names.items()}


def _expected(sitting: Sitting, venue: Venue) -> list[Invitation]:
    rows = Invitation.objects.filter(sitting=sitting, venue=venue, state__in=("invited", "accepted"))
    found = rows.exclude(person=None).select_related("person", "sitting__dialogue__agency")
    return list(found.order_by("ordinal"))
