"""Acts on the directory: setting an agency up, amending its calendar or rules."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Max
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office, Place, Procedure, RuleText, Sector
from doithoai.directory.queries import PlacesMissing, gazetteer, shipped_rule_texts
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import YES, Actor, NotNow, Role, Verdict, needs, stranger
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.rules.places import REFORM, Unit
from doithoai.rules.profiles import ProfileError, parse_profile
from doithoai.rules.vietnamese import short_date
from doithoai.rules.workdays import CalendarError, parse_calendar


@dataclass(frozen=True, slots=True)
class OfficeSpec:
    """An office to set up."""

    code: str
    name: str
    kind: str
    head_title: str
    symbol: str = ""
    has_seal: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AgencySpec:
    """What an agency starts with. `sectors` maps (code, name) to procedures as (code, name)."""

    offices: tuple[OfficeSpec, ...]
    places: tuple[tuple[str, str, str], ...] = ()
    sectors: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)


def may_set_up(actor: Actor, agency: Agency) -> Verdict:
    """Chỉ người cài đặt hệ thống."""
    return YES if actor.is_system else stranger()


def may_amend(actor: Actor, agency: Agency) -> Verdict:
    """Quản trị của cơ quan."""
    return needs(actor, agency.pk, (Role.ADMIN, None), who=_("quản trị của cơ quan"))


@verb("agency.set_up", may=may_set_up)
def set_up(agency: Agency, spec: AgencySpec, *, actor: Actor, now: datetime) -> Agency:
    """Store an agency with its offices, places, sectors, and the calendar and profiles that are shipped."""
    _find_territory(agency, clock.day_of(now, agency.zone))
    agency.save()
    for office in spec.offices:
        Office.objects.create(
            agency=agency,
            code=office.code,
            name=office.name,
            kind=office.kind,
            head_title=office.head_title,
            symbol=office.symbol,
            has_seal=office.has_seal,
            phone=office.phone,
        )
    for code, name, kind in spec.places:
        Place.objects.create(agency=agency, code=code, name=name, kind=kind)
    _find_units(agency, clock.day_of(now, agency.zone))
    for (code, name), procedures in spec.sectors.items():
        sector = Sector.objects.create(agency=agency, code=code, name=name)
        Procedure.objects.bulk_create(Procedure(sector=sector, code=number, name=title) for number, title in procedures)
    for kind, key, text in shipped_rule_texts():
        RuleText.objects.create(agency=agency, kind=kind, key=key, version=1, text=text)
    record(agency.chain, offices=len(spec.offices), sectors=len(spec.sectors), profile=agency.profile_key)
    return agency


def _find_territory(agency: Agency, day: date) -> None:
    """The official code of the territory, where its name alone, or the body above, says which one it is."""
    if agency.unit_code or not agency.territory:
        return
    with suppress(PlacesMissing):
        above = agency.parent_name.removeprefix("UBND ").removeprefix("Ủy ban nhân dân ")
        within = gazetteer().area(above, on=day) if above else ""
        agency.unit_code = gazetteer().area(agency.territory, on=day, within=within)


def _find_units(agency: Agency, day: date) -> None:
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


@verb("place.locate", may=may_amend)
def locate(agency: Agency, *, place: Place | None, code: str, day: date, actor: Actor, now: datetime) -> Agency:
    """Say which official unit, by its code on a day, the agency's territory is, or one of its places.

    Places and ward offices whose names are then found once within the territory get their codes too. Raises
    NotNow for a code that nothing bears that day, or a place of another agency.
    """
    table = gazetteer()
    if place is None:
        if not any(unit.is_old == (day < REFORM) and unit.lies_in(code) for unit in table.units):
            raise NotNow(_no_such(code, day))
        write(agency, unit_code=code)
        _find_units(agency, day)
    else:
        unit = table.unit(code, day)
        if unit is None or place.agency_id != agency.pk:
            raise NotNow(_no_such(code, day))
        write(place, unit_code=unit.code, valid_from=unit.valid_from, valid_to=unit.valid_to)
    record(agency.chain, place=place.code if place else agency.code, unit=code, on=day.isoformat())
    return agency


def _no_such(code: str, day: date) -> str:
    return _("Chưa ghi được: ngày %(day)s không có địa danh nào mang mã %(code)s. Cần chọn một mã trong bảng.") % {
        "code": code,
        "day": short_date(day),
    }


@verb("rules.amend", may=may_amend)
def amend_rules(agency: Agency, *, kind: str, key: str, text: str, basis: str, actor: Actor, now: datetime) -> RuleText:
    """Put a new version of the calendar or of a profile in force, with the decision it rests on.

    Earlier versions stay: every deadline says by which calendar it was counted. Raises NotNow when the
    text cannot be read, with the line and what was expected.
    """
    read = parse_calendar if kind == RuleText.Kind.CALENDAR else parse_profile
    try:
        read(text, key)
    except (CalendarError, ProfileError) as error:
        raise NotNow(_("Chưa lưu: %(why)s") % {"why": error}) from error
    versions = RuleText.objects.filter(agency=agency, kind=kind, key=key).aggregate(last=Max("version"))
    version = (versions["last"] or 0) + 1
    row = RuleText.objects.create(agency=agency, kind=kind, key=key, version=version, text=text)
    record(
        agency.chain,
        kind=kind,
        key=key,
        version=version,
        basis=basis,
        digest=sha256(text.encode()).hexdigest(),
    )
    return row
