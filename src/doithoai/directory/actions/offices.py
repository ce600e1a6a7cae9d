"""The offices of an agency: added, renamed from a day on, put right, closed. None is ever deleted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from doithoai.directory.actions.naming import free_name, next_code
from doithoai.directory.models import Agency, FormerName, Office
from doithoai.directory.permissions import may_amend
from doithoai.directory.queries import PlacesMissing, gazetteer, open_offices
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.moves import write
from doithoai.kernel.verbs import verb
from doithoai.rules import officenames
from doithoai.rules.vietnamese import fold, short_date

SINGLE: Final = (Office.Kind.SECRETARIAT, Office.Kind.ONE_STOP, Office.Kind.FRONT)
"""The kinds of which an agency has one: others find it by what it is."""
HEAD_TITLES: Final = {
    Office.Kind.SECRETARIAT: "Chánh Văn phòng",
    Office.Kind.FRONT: "Chủ tịch Ủy ban Mặt trận",
    Office.Kind.ONE_STOP: "Trưởng Bộ phận Một cửa",
    Office.Kind.WARD: "Chủ tịch",
    Office.Kind.DIVISION: "Trưởng phòng",
    Office.Kind.OTHER: "Thủ trưởng",
}
SYMBOLS: Final = {Office.Kind.SECRETARIAT: "VP", Office.Kind.FRONT: "MTTQ", Office.Kind.ONE_STOP: "BPMC"}
ABOVE: Final = ("UBND ", "Ủy ban nhân dân ")


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


def title_of_head(kind: str) -> str:
    """What the head of an office of this kind is usually called."""
    return HEAD_TITLES[Office.Kind(kind)]


def likely_office(code: str, name: str) -> OfficeSpec:
    """An office with what its name lets one expect: its kind, the title of its head, its symbol."""
    kind = Office.Kind(_likely_kind(fold(name)))
    symbol = SYMBOLS.get(kind) or officenames.initials(name)
    has_seal = kind in (Office.Kind.DIVISION, Office.Kind.WARD)
    return OfficeSpec(code, name, kind, HEAD_TITLES[kind], symbol, has_seal)


def _likely_kind(folded: str) -> str:
    if folded.startswith("van phong"):
        return Office.Kind.SECRETARIAT
    if "mat tran" in folded:
        return Office.Kind.FRONT
    if "mot cua" in folded or "hanh chinh cong" in folded:
        return Office.Kind.ONE_STOP
    if folded.startswith(("ubnd", "uy ban nhan dan")):
        return Office.Kind.WARD
    return Office.Kind.DIVISION if folded.startswith(("phong", "ban", "trung tam")) else Office.Kind.OTHER


@verb("office.add", may=may_amend)
def add_office(agency: Agency, spec: OfficeSpec, *, actor: Actor, now: datetime) -> Office:
    """Add an office to the agency; its code is given here. NotNow for a name that is there, or a second Văn phòng."""
    _only_one(agency, spec.kind)
    office = Office.objects.create(
        agency=agency,
        code=next_code("DV", Office.objects.filter(agency=agency).values_list("code", flat=True)),
        name=free_name(spec.name, open_offices(agency).values_list("name", flat=True)),
        kind=spec.kind,
        head_title=spec.head_title.strip() or title_of_head(spec.kind),
        symbol=spec.symbol.strip(),
        has_seal=spec.has_seal,
        phone=spec.phone.strip(),
        unit_code=_ward_code(agency, spec, clock.day_of(now, agency.zone)),
        valid_from=clock.day_of(now, agency.zone),
    )
    record(agency.chain, office=office.code, name=office.name, kind=office.kind)
    return office


def _only_one(agency: Agency, kind: str, besides: Office | None = None) -> None:
    same = open_offices(agency).filter(kind=kind).first()
    if kind in SINGLE and same and same != besides:
        raise NotNow(
            _("Chưa ghi được: cơ quan đã có %(name)s thuộc loại này, chỉ một. Đơn vị ấy đổi tên thì dùng Đổi tên.")
            % {"name": same.name}
        )


def _ward_code(agency: Agency, spec: OfficeSpec, day: date) -> str:
    """The official code of a ward whose committee the office is, where its name says which one."""
    above = next((part for part in ABOVE if spec.name.startswith(part)), "")
    if spec.kind != Office.Kind.WARD or not agency.unit_code or not above:
        return ""
    try:
        found = gazetteer().find(spec.name.removeprefix(above), on=day, within=agency.unit_code)
    except PlacesMissing:
        return ""
    return found[0].code if len(found) == 1 else ""


@verb("office.rename", may=may_amend)
def rename_office(office: Office, name: str, *, since: date, basis: str, actor: Actor, now: datetime) -> Office:
    """Give an office another name from the day `since`; the former one stays with the days on which it was borne.

    Papers that were issued keep the name that was right on their day. NotNow for a day that has not come, or that
    lies before the last renaming, for a name that another office bears, and without the decision it rests on.
    """
    _still_open(office)
    require_reason(basis, _("Chưa đổi tên được"))
    _not_ahead(since, office.agency, now)
    others = open_offices(office.agency).exclude(pk=office.pk).values_list("name", flat=True)
    changed, was = free_name(name, [*others, office.name]), office.name
    last = office.former_names.order_by("-valid_to").first()
    if last and since <= last.valid_to:
        raise NotNow(
            _("Chưa đổi tên được: tên hiện nay chỉ có từ sau ngày %(day)s.") % {"day": short_date(last.valid_to)}
        )
    FormerName.objects.create(office=office, name=was, valid_to=since - timedelta(days=1))
    write(office, name=changed)
    record(office.chain, office=office.code, name=changed, was=was, since=since.isoformat(), basis=basis.strip())
    return office


@verb("office.describe", may=may_amend)
def describe_office(office: Office, spec: OfficeSpec, *, actor: Actor, now: datetime) -> Office:
    """Put an office's kind, symbol, title of its head, seal and telephone right; its name changes by renaming only."""
    _still_open(office)
    _only_one(office.agency, spec.kind, besides=office)
    if office.kind in SINGLE and spec.kind != office.kind:
        raise NotNow(
            _("Chưa ghi được: cơ quan luôn cần một đơn vị loại “%(kind)s”.") % {"kind": office.get_kind_display()}
        )
    write(
        office,
        kind=spec.kind,
        head_title=spec.head_title.strip() or title_of_head(spec.kind),
        symbol=spec.symbol.strip(),
        has_seal=spec.has_seal,
        phone=spec.phone.strip(),
    )
    record(office.chain, office=office.code, kind=spec.kind, symbol=office.symbol, seal=int(spec.has_seal))
    return office


@verb("office.close", may=may_amend)
def close_office(office: Office, *, last_day: date, basis: str, actor: Actor, now: datetime) -> Office:
    """Close an office after its last day: it keeps its past and is offered for nothing new.

    NotNow for the Văn phòng, the one-stop desk or the Front, of which an agency needs one; while somebody holds a
    role there; for a day that has not come; and without the decision it rests on.
    """
    _still_open(office)
    require_reason(basis, _("Chưa đóng được"))
    if office.kind in SINGLE:
        raise NotNow(
            _("Chưa đóng được: cơ quan luôn cần một đơn vị loại “%(kind)s”. Đơn vị đổi tên thì dùng Đổi tên.")
            % {"kind": office.get_kind_display()}
        )
    _not_ahead(last_day, office.agency, now)
    write(office, valid_to=last_day)
    record(office.chain, office=office.code, name=office.name, last=last_day.isoformat(), basis=basis.strip())
    return office


def _still_open(office: Office) -> None:
    if office.valid_to is not None:
        raise NotNow(_("Đơn vị này đã đóng từ sau ngày %(day)s.") % {"day": short_date(office.valid_to)})


def _not_ahead(day: date, agency: Agency, now: datetime) -> None:
    if day > clock.day_of(now, agency.zone):
        raise NotNow(_("Chưa ghi được: ngày %(day)s chưa đến. Ghi vào ngày ấy.") % {"day": short_date(day)})
