"""The places of an agency: taken from the table of official ones, hamlets added by name, each with its code."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from doithoai.directory.actions.naming import free_name, next_code
from doithoai.directory.models import Agency, Office, Place
from doithoai.directory.permissions import may_amend
from doithoai.directory.queries import PlacesMissing, gazetteer
from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.rules.places import REFORM, Unit
from doithoai.rules.vietnamese import fold, short_date


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """A place to add: by its official code on a day, or (no code) a hamlet by its kind and name."""

    name: str = ""
    kind: str = ""
    code: str = ""
    day: date = REFORM


@verb("place.add", may=may_amend)
def add_places(agency: Agency, specs: Sequence[PlaceSpec], *, actor: Actor, now: datetime) -> list[Place]:
    """Add places where the agency's people live, all or none.

    NotNow for nothing chosen, a code that nothing bears on its day, and a place that is there already.
    """
    if not specs:
        raise NotNow(_("Chưa ghi được: chưa chọn địa danh nào."))
    made = [_made(agency, spec) for spec in specs]
    record(agency.chain, places=" ".join(place.code for place in made), count=len(made), name=str(made[0]))
    return made


def _made(agency: Agency, spec: PlaceSpec) -> Place:
    own = Place.objects.filter(agency=agency)
    place = Place(agency=agency, code=next_code("P", own.values_list("code", flat=True)))
    if spec.code:
        unit = gazetteer().unit(spec.code, spec.day)
        if unit is None:
            raise NotNow(no_such(spec.code, spec.day))
        place.name, place.kind, place.unit_code = unit.name, unit.kind, unit.code
        place.valid_from, place.valid_to = unit.valid_from, unit.valid_to
    else:
        place.name, place.kind = free_name(spec.name, (), most=120), spec.kind
    same = next((row for row in own if _is_same(row, place)), None)
    if same:
        raise NotNow(_("Chưa ghi được: danh mục đã có “%(name)s”.") % {"name": same})
    place.save()
    return place


def _is_same(one: Place, other: Place) -> bool:
    """Namesakes of another time are another place; without a code the name alone tells."""
    if one.unit_code and other.unit_code:
        return (one.unit_code, one.valid_to) == (other.unit_code, other.valid_to)
    return fold(str(one)) == fold(str(other))


@verb("place.locate", may=may_amend)
def locate(agency: Agency, *, place: Place | None, code: str, day: date, actor: Actor, now: datetime) -> Agency:
    """Say which official unit, by its code on a day, the agency's territory is, or one of its places.

    Places and ward offices whose names are then found once within the territory get their codes too. Raises
    NotNow for a code that nothing bears that day, or a place of another agency.
    """
    table = gazetteer()
    if place is None:
        if not any(unit.is_old == (day < REFORM) and unit.lies_in(code) for unit in table.units):
            raise NotNow(no_such(code, day))
        write(agency, unit_code=code)
        find_units(agency, day)
    else:
        unit = table.unit(code, day)
        if unit is None or place.agency_id != agency.pk:
            raise NotNow(no_such(code, day))
        write(place, unit_code=unit.code, valid_from=unit.valid_from, valid_to=unit.valid_to)
    record(agency.chain, place=place.code if place else agency.code, unit=code, on=day.isoformat())
    return agency


def no_such(code: str, day: date) -> str:
    """The refusal of a code that nothing bears on a day."""
    return _("Chưa ghi được: ngày %(day)s không có địa danh nào mang mã %(code)s. Cần chọn một mã trong bảng.") % {
        "code": code,
        "day": short_date(day),
    }


def find_territory(agency: Agency, day: date) -> None:
    """The official code of the territory, where its name alone, or the body above, says which one it is."""
    if agency.unit_code or not agency.territory:
        return
    with suppress(PlacesMissing):
        above = agency.parent_name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
        within = gazetteer().area(above, on=day) if above else ""
        agency.unit_code = gazetteer().area(agency.territory, on=day, within=within)


def find_units(agency: Agency, day: date) -> None:
    """The official codes of places and ward offices whose names are found once within the agency's territory."""
    if not agency.unit_code:
        return
    with suppress(PlacesMissing):
        for place in Place.objects.filter(agency=agency, unit_code=""):
            unit = _only(gazetteer().find(str(place), on=day, within=agency.unit_code))
            if unit:
                write(place, unit_code=unit.code, valid_from=unit.valid_from, valid_to=unit.valid_to)
        for office in Office.objects.filter(agency=agency, kind=Office.Kind.WARD, unit_code=""):
            name = office.name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
            unit = _only(gazetteer().find(name, on=day, within=agency.unit_code))
            if unit:
                write(office, unit_code=unit.code)


def _only(units: Sequence[Unit]) -> Unit | None:
    return units[0] if len(units) == 1 else None
