"""The wards whose residents may be invited, by official code where the plan's words lead to one."""

from collections.abc import Sequence
from datetime import date

from doithoai.directory.models import Agency, Place
from doithoai.directory.queries import PlacesMissing, gazetteer
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster.models import Record
from doithoai.rules.vietnamese import fold


def wards_of(sitting: Sitting) -> list[Place]:
    """The places whose residents may be invited: those the plan's quota names, the whole territory where it names none.

    A name that means one official unit on the day of the sitting stands for the place with that code, however it is
    written; any other name for the place that bears it. A name that the agency does not know lets nobody in.
    """
    places = list(Place.objects.filter(agency_id=sitting.dialogue.agency_id).order_by("code"))
    named = quota_wards(sitting)
    if not named:
        return places
    kept = {place.pk for ward in named for place in _meant(ward, places, sitting)}
    return [place for place in places if place.pk in kept]


def quota_wards(sitting: Sitting) -> list[str]:
    """The places that the plan names for a sitting's quota, in its words."""
    quotas = sitting.dialogue.plan_text.get("quotas") or []
    sector = fold(sitting.sector.name)
    own = [row for row in quotas if fold(row.get("sector") or sitting.sector.name) == sector]
    return [ward for row in own for ward in row.get("wards") or []]


def ward_notes(sitting: Sitting, people: Sequence[Person]) -> dict[int, str]:
    """Why a file of the sitting's sector counts for a person's ward where it names a former one, by the person's key."""
    rows = Record.objects.filter(person__in=people, sector_id=sitting.sector_id).exclude(ward_note="")
    return dict(rows.order_by("received_on", "pk").values_list("person_id", "ward_note"))


def _meant(ward: str, places: list[Place], sitting: Sitting) -> list[Place]:
    code = _code_of(ward, sitting.agency, sitting.day)
    coded = [place for place in places if code and place.unit_code == code and _is_valid(place, sitting.day)]
    if coded:
        return coded
    if fold(ward) == fold(sitting.dialogue.territory):
        return places
    return [place for place in places if fold(ward) in (fold(str(place)), fold(place.name))]


def _code_of(ward: str, agency: Agency, day: date) -> str:
    """The code of the one official unit that a ward's name means on a day; "" for none or several."""
    if not agency.unit_code:
        return ""
    try:
        found = gazetteer().find(ward, on=day, within=agency.unit_code)
    except PlacesMissing:
        return ""
    return found[0].code if len(found) == 1 else ""


def _is_valid(place: Place, day: date) -> bool:
    return (place.valid_from or day) <= day <= (place.valid_to or day)
