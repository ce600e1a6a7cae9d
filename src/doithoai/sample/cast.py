"""The people who work for an agency in a rehearsal, the tests, the benchmarks and the screenshots.

Built from the draft of any plan: its own offices, venues and wards, with invented staff.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from doithoai.directory.actions import AgencySpec, OfficeSpec, likely_office, set_up
from doithoai.directory.models import Agency, Office
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Role, System
from doithoai.people.actions import StaffSpec, take_on
from doithoai.people.models import Staff
from doithoai.planning.imports import PlanDraft
from doithoai.rules import officenames
from doithoai.rules.vietnamese import fold, squeeze
from doithoai.sample.records import SEED_SECTORS, SectorSpec

NAMES = (
    ("Nguyễn Văn Thử", "ông"), ("Võ Thị Giả Định", "bà"), ("Huỳnh Văn Ví Dụ", "ông"), ("Đặng Thị Mẫu", "bà"),
    ("Bùi Văn Nháp", "ông"), ("Đỗ Thị Minh Họa", "bà"), ("Hồ Văn Diễn", "ông"), ("Ngô Thị Tập", "bà"),
    ("Dương Văn Bản", "ông"), ("Lý Thị Giả Sử", "bà"), ("Phan Văn Thí", "ông"), ("Vũ Thị Nghiệm", "bà"),
    ("Mai Văn Đặt", "ông"), ("Tô Thị Tên", "bà"), ("Lâm Văn Hư", "ông"), ("Châu Thị Cấu", "bà"), ("Đinh Văn Tạm", "ông"),
)  # fmt: skip


@dataclass(slots=True)
class Cast:
    """Who acts for one agency. `heads` by office code; `wards` are the offices of the local venues."""

    agency: Agency
    leader: Staff
    hoa: Staff
    clerk: Staff
    secretary: Staff
    technician: Staff
    one_stop: Staff
    editor: Staff
    observer: Staff
    admin: Staff
    heads: dict[str, Staff] = field(default_factory=dict)
    officers: dict[str, Staff] = field(default_factory=dict)

    def head(self, office: Office) -> Actor:
        """The accountable head of an office, as an actor."""
        return self.heads[office.code].as_actor()

    def officer(self, office: Office) -> Actor:
        """An officer of an office, as an actor."""
        return self.officers[office.code].as_actor()


def full_name(issuer: str) -> str:
    """“UBND thị xã Đông Hòa” → “Ủy ban nhân dân thị xã Đông Hòa”."""
    return squeeze(issuer.replace("UBND", "Ủy ban nhân dân"))


def offices_in(draft: PlanDraft) -> list[OfficeSpec]:
    """Every office that a plan names, once each, with a secretariat, a Front and a one-stop desk in any case."""
    names = [duty.office for duty in draft.duties]
    names += [sitting.lead_office for sitting in draft.sittings if sitting.lead_office]
    names += [venue.name for venue in draft.venues]
    names += [_bare(row.who) for row in draft.attendance if row.role == "delegate" and _is_central(draft, row.venue)]
    territory = draft.territory or ""
    for needed in (
        f"Văn phòng HĐND&UBND {territory}",
        f"Ủy ban Mặt trận Tổ quốc Việt Nam {territory}",
        "Bộ phận Một cửa",
    ):
        if not any(_kind(name) == _kind(needed) for name in names):
            names.append(needed.strip())
    return [_office(ordinal, name) for ordinal, name in enumerate(_distinct(names), start=1)]


def _is_central(draft: PlanDraft, venue: str | None) -> bool:
    return any(row.central and row.name == venue for row in draft.venues)


def _bare(who: str) -> str:
    for title in ("Đại diện Thường trực ", "Đại diện lãnh đạo ", "Đại diện ", "Lãnh đạo "):
        who = who.removeprefix(title)
    return who.strip(" ;.")


def _distinct(names: list[str]) -> Iterator[str]:
    seen: set[frozenset[str]] = set()
    for name in names:
        key = officenames.key(name)
        if key and key not in seen:
            seen.add(key)
            yield name


def _kind(name: str) -> str:
    return likely_office("", name).kind


def _office(ordinal: int, name: str) -> OfficeSpec:
    return replace(likely_office(f"DV{ordinal:02d}", name), phone=f"0257 000 01{ordinal:02d}")


def places_in(draft: PlanDraft) -> list[tuple[str, str, str]]:
    """The wards that a plan names, as (code, name, kind)."""
    named = [ward for quota in draft.quotas for ward in quota.wards]
    named += [venue.place for venue in draft.venues if venue.place]
    distinct = list(dict.fromkeys(named))
    return [(f"P{ordinal:02d}", *_split_place(name)) for ordinal, name in enumerate(distinct, start=1)]


def _split_place(name: str) -> tuple[str, str]:
    for kind in ("phường", "xã", "thị trấn", "thôn", "tổ dân phố", "đặc khu"):
        if name.casefold().startswith(kind + " "):
            return name[len(kind) + 1 :], kind
    return name, ""


def sectors_in(draft: PlanDraft) -> list[SectorSpec]:
    """The sectors of the sittings; known procedures where the product knows them, a general one otherwise."""
    known = {fold(sector.name): sector for sector in SEED_SECTORS}
    names = dict.fromkeys(sitting.sector for sitting in draft.sittings if sitting.sector)
    return [known.get(fold(name)) or SectorSpec(name, (f"Thủ tục thuộc lĩnh vực {name}",)) for name in names]


def found_agency(draft: PlanDraft, *, code: str, profile: str, now: datetime) -> Cast:
    """Set up the agency that a plan speaks of, with invented staff for every office; any number of agencies."""
    offices = offices_in(draft)
    sectors = {
        (f"LV{ordinal}", sector.name): tuple(
            (f"{code}.{ordinal}.{n:02d}", p) for n, p in enumerate(sector.procedures, 1)
        )
        for ordinal, sector in enumerate(sectors_in(draft), start=1)
    }
    agency = Agency(
        code=code,
        name=full_name(draft.issuer or f"UBND {draft.territory}"),
        short_name=draft.issuer or f"UBND {draft.territory}",
        territory=draft.territory or "",
        place=draft.issue_place or draft.territory or "",
        head_title="Chủ tịch",
        deputy_title="Phó Chủ tịch",
        profile_key=profile,
        phone="0257 000 0101",
    )
    spec = AgencySpec(tuple(offices), tuple(places_in(draft)), sectors)
    set_up(agency, spec, actor=System("set-up"), now=now)
    return _hire(agency, draft, now=now)


def _hire(agency: Agency, draft: PlanDraft, *, now: datetime) -> Cast:
    rows = list(Office.objects.filter(agency=agency).order_by("code"))
    hiring = _Hiring(agency, now)
    office = next(row for row in rows if row.kind == Office.Kind.SECRETARIAT)
    front = next(row for row in rows if row.kind == Office.Kind.FRONT)
    desk = next(row for row in rows if row.kind == Office.Kind.ONE_STOP)
    chair_name = draft.signer.name or "Đỗ Văn Mẫu"
    title = f"{agency.head_title} {agency.short_name}"
    leader = hiring.one("chu-tich", title, (Role.LEADER, office), name=(chair_name, "ông"))
    cast = Cast(
        agency=agency,
        leader=leader,
        hoa=hiring.one("hoa", "Chuyên viên", (Role.OFFICER, office), name=("Trần Thị Hoa", "bà")),
        clerk=hiring.one("van-thu", "Văn thư", (Role.CLERK, office)),
        secretary=hiring.one("lan", "Thư ký", (Role.SECRETARY, office), name=("Phạm Thị Lan", "bà")),
        technician=hiring.one("ky-thuat", "Cán bộ kỹ thuật", (Role.TECHNICIAN, office), name=("Lê Văn Nam", "ông")),
        one_stop=hiring.one("mot-cua", "Chuyên viên Bộ phận Một cửa", (Role.ONE_STOP, desk)),
        editor=hiring.one("cong-tt", "Biên tập cổng thông tin", (Role.EDITOR, office)),
        observer=hiring.one("mat-tran", "Ủy viên Thường trực", (Role.OBSERVER, front)),
        admin=hiring.one("quan-tri", "Quản trị hệ thống", (Role.ADMIN, office)),
    )
    for row in rows:
        held = [(Role.HEAD, row)] + ([(Role.VENUE, row)] if row.kind == Office.Kind.WARD else [])
        cast.heads[row.code] = hiring.one(f"head-{row.code.lower()}", row.head_title, *held)
        cast.officers[row.code] = hiring.one(f"cv-{row.code.lower()}", "Chuyên viên", (Role.OFFICER, row))
    return cast


@dataclass(slots=True)
class _Hiring:
    """Takes people on one after another, each under the next invented name."""

    agency: Agency
    now: datetime
    taken: int = 0
    named: int = 0

    def one(self, username: str, title: str, *held: tuple[Role, Office], name: tuple[str, str] | None = None) -> Staff:
        """Take one person on, under the next invented name or the one given with its form of address."""
        full, form = name or self._next_name()
        self.taken += 1
        spec = StaffSpec(
            username=f"{self.agency.code.lower()}.{username}",
            name=full,
            address_form=form,
            title=title,
            phone=f"0257 000 02{self.taken:02d}",
            held=tuple((role, office.code) for role, office in held),
        )
        since = clock.day_of(self.now, self.agency.zone)
        return take_on(self.agency, spec, since=since, actor=System("set-up"), now=self.now)

    def _next_name(self) -> tuple[str, str]:
        again, place = divmod(self.named, len(NAMES))
        self.named += 1
        invented, form = NAMES[place]
        return (f"{invented} {'ABCDEFGH'[again - 1]}" if again else invented), form
