"""Acts on the directory: setting an agency up, amending its calendar or rules."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db.models import Max
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office, Place, Procedure, RuleText, Sector
from doithoai.directory.queries import shipped_rule_texts
from doithoai.journal.actions import record
from doithoai.kernel.access import YES, Actor, NotNow, Role, Verdict, needs, stranger
from doithoai.kernel.verbs import verb
from doithoai.rules.profiles import ProfileError, parse_profile
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
    for (code, name), procedures in spec.sectors.items():
        sector = Sector.objects.create(agency=agency, code=code, name=name)
        Procedure.objects.bulk_create(Procedure(sector=sector, code=number, name=title) for number, title in procedures)
    for kind, key, text in shipped_rule_texts():
        RuleText.objects.create(agency=agency, kind=kind, key=key, version=1, text=text)
    record(agency.chain, offices=len(spec.offices), sectors=len(spec.sectors), profile=agency.profile_key)
    return agency


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
