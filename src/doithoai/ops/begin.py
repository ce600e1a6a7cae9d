"""`doithoai begin`: the first day of an agency: who it is, where, by which rules, and the first administrator's link."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from doithoai.directory.actions import AgencySpec, OfficeSpec, PlaceSpec, add_places, likely_office, set_up
from doithoai.directory.models import Agency
from doithoai.directory.queries import gazetteer, is_rehearsal, shipped_rule_texts
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Refused, Role, System
from doithoai.kernel.verbs import together
from doithoai.ops.command import No
from doithoai.people.actions import LINK_LASTS, StaffSpec, let_in, take_on
from doithoai.people.models import Staff
from doithoai.rules.places import REFORM, Unit
from doithoai.rules.profiles import Profile, parse_profile
from doithoai.rules.vietnamese import fold, squeeze

CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
LEVELS: Final = {2: "province", 3: "district", 5: "commune"}
LEVEL_NAMES: Final = {"province": "cấp tỉnh", "district": "cấp huyện (trước 01/07/2025)", "commune": "cấp xã"}
MOST_NAMED: Final = 6


def main(args: argparse.Namespace) -> int:
    """Ask for what the command line leaves out, set the agency up, and show the first administrator's link once."""
    if is_rehearsal():
        raise No("Cơ sở dữ liệu này là bản diễn tập, mãi là bản diễn tập. Chọn --database khác. Chưa thiết lập gì.")
    ask = _asking if sys.stdin.isatty() else _owing
    told = _Told(args, ask)
    try:
        agency, staff, token = _begin(told)
    except Refused as refused:
        raise No(refused.reason) from refused
    print(f"Đã thiết lập {agency.name}, mã {agency.code}, theo bộ quy định {agency.profile_key}.")
    print(
        f"Quản trị đầu tiên: {staff.name}, tên tài khoản {staff.username}. Đường dẫn đăng nhập, dùng một lần trong {LINK_LASTS.days} ngày:"
    )
    print(f"  {plugs.link(reverse('sign-in-link', args=(token,)))}")
    print(
        "Vào rồi: đặt mật khẩu, mở trang Danh mục, thêm đơn vị, cán bộ, lĩnh vực. Trang chạy bằng lệnh “doithoai run”."
    )
    return 0


Ask = Callable[[str, str, str], str]


def _asking(option: str, question: str, proposed: str) -> str:
    """Ask at the terminal; an empty answer takes what is proposed."""
    shown = f"{question} [{proposed}]: " if proposed else f"{question}: "
    return squeeze(input(shown)) or proposed


def _owing(option: str, question: str, proposed: str) -> str:
    """Without a terminal nobody can be asked: what is proposed, or one sentence naming the option."""
    if not proposed:
        raise No(f"Thiếu --{option}: {question}. Chưa thiết lập gì.")
    return proposed


class _Told:
    """What the command line says, and for the rest what a person answers."""

    def __init__(self, args: argparse.Namespace, ask: Ask) -> None:
        self.args, self.ask = args, ask

    def get(self, option: str, question: str, proposed: str = "") -> str:
        """The value of an option, or the answer to its question."""
        said = getattr(self.args, option.replace("-", "_"))
        return squeeze(said) if said else self.ask(option, question, proposed)


def _begin(told: _Told) -> tuple[Agency, Staff, str]:
    """Everything at once or nothing: agency, first administrator, link."""
    agency = _agency(told)
    person = StaffSpec(
        username="",
        name=told.get("admin", "Họ và tên người quản trị đầu tiên"),
        address_form=told.get("address-form", "Gọi người ấy là ông hay bà", "ông/bà"),
        title=told.get("title", "Chức danh của người ấy", "Quản trị hệ thống"),
        phone=told.args.phone or "",
        held=((Role.ADMIN, "DV01"),),
    )
    actor, now = System("begin"), clock.now()
    with together():
        set_up(agency, AgencySpec(_offices(agency)), actor=actor, now=now)
        if len(agency.unit_code) == 5:
            day = clock.day_of(now, agency.zone)
            add_places(agency, [PlaceSpec(code=agency.unit_code, day=day)], actor=actor, now=now)
        staff = take_on(agency, person, since=clock.day_of(now, agency.zone), actor=actor, now=now)
        return agency, staff, let_in(staff, actor=actor, now=now)


def _agency(told: _Told) -> Agency:
    code = told.get("code", "Mã ngắn của cơ quan trong hệ thống, ví dụ PDH").upper()
    if not CODE.fullmatch(code):
        raise No(
            f"Mã “{code}” không dùng được: cần 2 đến 8 chữ cái không dấu hoặc số, bắt đầu bằng chữ. Chưa thiết lập gì."
        )
    if Agency.objects.filter(code=code).exists():
        raise No(f"Đã có cơ quan mang mã {code} trên máy chủ này. Chưa đổi gì.")
    area = _area(told.get("place", "Mã địa danh chính thức, hoặc tên phường, xã kèm tỉnh"))
    name = told.get("name", "Tên đầy đủ của cơ quan", f"Ủy ban nhân dân {area.name}")
    profile = _profile(told, area.level)
    return Agency(
        code=code,
        name=name,
        short_name=name.replace("Ủy ban nhân dân", "UBND"),
        territory=area.name,
        unit_code=area.code,
        parent_name=area.above and f"UBND {area.above}",
        place=area.bare,
        profile_key=profile.key,
        zone=_zone(told.get("zone", "Múi giờ", "Asia/Ho_Chi_Minh")),
        phone=told.args.phone or "",
    )


class Area:
    """An official area: a ward, a district before July 2025, or a province."""

    def __init__(self, code: str, name: str, above: str) -> None:
        self.code, self.name, self.above = code, name, above
        self.level = LEVELS[len(code)]

    @property
    def bare(self) -> str:
        """The name as it stands before the date of a paper."""
        kinds = ("phường ", "xã ", "thị trấn ", "đặc khu ", "thị xã ", "thành phố ", "quận ", "huyện ", "tỉnh ")
        found = next((kind for kind in kinds if fold(self.name).startswith(fold(kind))), "")
        return self.name[len(found) :]


def _area(said: str) -> Area:
    """The area of a code, or of a name that only one ward bears now. Raises No with the namesakes."""
    if said.isdecimal():
        return _by_code(said)
    found = gazetteer().find(said, on=REFORM)
    if len(found) == 1:
        return _of(found[0])
    if not found:
        raise No(f"Không có phường, xã nào tên “{said}” từ 01/07/2025. Cần mã trong bảng địa danh. Chưa thiết lập gì.")
    names = "; ".join(f"{unit.code} {unit.full}" for unit in found[:MOST_NAMED])
    raise No(f"“{said}” có {len(found)} nơi: {names}. Cần ghi mã của một nơi. Chưa thiết lập gì.")


def _of(unit: Unit) -> Area:
    return Area(unit.code, str(unit), ", ".join(part for part in (unit.district, unit.province) if part))


def _by_code(code: str) -> Area:
    table = gazetteer()
    unit = table.unit(code, REFORM)
    if unit:
        return _of(unit)
    for row in sorted(table.units, key=lambda each: each.is_old):
        if row.province_code == code:
            return Area(code, row.province, "")
        if row.district_code == code:
            return Area(code, row.district, row.province)
    raise No(
        f"Không có địa danh nào mang mã {code}: cần mã 5 số của phường, xã, hoặc 2 số của tỉnh. Chưa thiết lập gì."
    )


def _profile(told: _Told, level: str) -> Profile:
    every = {key: parse_profile(text, key) for kind, key, text in shipped_rule_texts() if kind == "profile"}
    fitting = [profile.key for profile in every.values() if profile.level == level]
    known = "; ".join(f"{profile.key}: {profile.name}" for profile in every.values())
    said = told.get("profile", f"Bộ quy định ({known})", fitting[0] if fitting else "")
    if said not in every:
        raise No(f"Không có bộ quy định “{said}”. Có: {known}. Chưa thiết lập gì.")
    if every[said].level != level:
        raise No(
            f"Bộ quy định {said} viết cho {LEVEL_NAMES[every[said].level]}, mã địa danh là {LEVEL_NAMES[level]}. Chưa thiết lập gì."
        )
    return every[said]


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as unknown:
        raise No(f"Không biết múi giờ “{name}”. Ở Việt Nam là Asia/Ho_Chi_Minh. Chưa thiết lập gì.") from unknown


def _offices(agency: Agency) -> tuple[OfficeSpec, ...]:
    """What every agency has; renamed and added to on the pages of the lists."""
    is_ward = len(agency.unit_code) == 5
    one_stop = "Trung tâm Phục vụ hành chính công" if is_ward else "Bộ phận Một cửa"
    names = (
        f"Văn phòng HĐND và UBND {agency.territory}",
        one_stop,
        f"Ủy ban Mặt trận Tổ quốc Việt Nam {agency.territory}",
    )
    return tuple(likely_office(f"DV{at:02d}", name) for at, name in enumerate(names, start=1))
