"""An agency set up, and what is printed about it put right."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.actions.offices import OfficeSpec
from doithoai.directory.actions.places import find_territory, find_units
from doithoai.directory.models import Agency, Office, Place, Procedure, RuleText, Sector
from doithoai.directory.permissions import may_amend, may_set_up
from doithoai.directory.queries import shipped_rule_texts
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.rules.vietnamese import squeeze

MOST_RECIPIENTS, LONGEST = 60, 200


@dataclass(frozen=True, slots=True)
class AgencySpec:
    """What an agency starts with. `sectors` maps (code, name) to procedures as (code, name)."""

    offices: tuple[OfficeSpec, ...]
    places: tuple[tuple[str, str, str], ...] = ()
    sectors: dict[tuple[str, str], tuple[tuple[str, str], ...]] = field(default_factory=dict)


@verb("agency.set_up", may=may_set_up)
def set_up(agency: Agency, spec: AgencySpec, *, actor: Actor, now: datetime) -> Agency:
    """Store an agency with its offices, places, sectors, and the calendar and profiles that are shipped.

    NotNow where an agency has this code already.
    """
    there = Agency.objects.filter(code=agency.code).first()
    if there:
        raise NotNow(
            _("Chưa thiết lập: mã %(code)s đã là của %(name)s. Chưa đổi gì.") % {"code": there.code, "name": there.name}
        )
    day = clock.day_of(now, agency.zone)
    find_territory(agency, day)
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
    find_units(agency, day)
    for (code, name), procedures in spec.sectors.items():
        sector = Sector.objects.create(agency=agency, code=code, name=name)
        Procedure.objects.bulk_create(Procedure(sector=sector, code=number, name=title) for number, title in procedures)
    for kind, key, text in shipped_rule_texts():
        RuleText.objects.create(agency=agency, kind=kind, key=key, version=1, text=text)
    record(agency.chain, offices=len(spec.offices), sectors=len(spec.sectors), profile=agency.profile_key)
    return agency


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is printed about an agency: on letterheads, in signature blocks, on citizens' letters."""

    head_title: str
    deputy_title: str
    parent_name: str
    place: str
    symbol: str
    phone: str
    address: str


@verb("agency.describe", may=may_amend)
def describe_agency(agency: Agency, said: Particulars, *, actor: Actor, now: datetime) -> Agency:
    """Put right what is printed about the agency. NotNow where titles, place or symbol are left blank."""
    owed = {
        _("chức danh người đứng đầu"): said.head_title,
        _("địa danh trên văn bản"): said.place,
        _("ký hiệu"): said.symbol,
    }
    blank = next((label for label, value in owed.items() if not value.strip()), "")
    if blank:
        raise NotNow(_("Chưa ghi được: %(field)s để trống.") % {"field": blank})
    fields = {name: squeeze(getattr(said, name)) for name in Particulars.__slots__}
    changed = [name for name, value in fields.items() if getattr(agency, name) != value]
    write(agency, **fields)
    record(agency.chain, changed=" ".join(changed), count=len(changed))
    return agency


@verb("recipients.amend", may=may_amend)
def amend_recipients(agency: Agency, text: str, *, actor: Actor, now: datetime) -> Agency:
    """Keep the lines that Nơi nhận of the agency's plans begin with, one recipient a line; none: proposed by the rules."""
    lines = [squeeze(line).removeprefix("- ").rstrip(";.") for line in text.splitlines() if line.strip(" -;.")]
    if len(lines) > MOST_RECIPIENTS or any(len(line) > LONGEST for line in lines):
        raise NotNow(_("Chưa ghi được: cần nhiều nhất 60 dòng, mỗi dòng nhiều nhất 200 chữ."))
    write(agency, recipients="\n".join(lines))
    record(agency.chain, recipients=len(lines))
    return agency
