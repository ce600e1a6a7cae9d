"""An invented export of a one-stop desk, with the disorder of real ones: title lines, four ways to write a day,
people twice under two spellings, telephone numbers without their zero, other wards, other sectors, files not
finished, enterprises, lines that cannot be taken, and a total at the end.

`shipped_records()` is the file that comes with the product; the same call with another plan's wards and
sectors gives the like for any other plan.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import resources

from doithoai.rules.vietnamese import bare, short_date
from doithoai.sample.people import ATTACK_NAME, InventedPerson, invent_people, pick


@dataclass(frozen=True, slots=True)
class SectorSpec:
    """A sector and the procedures under it, as a plan names them."""

    name: str
    procedures: tuple[str, ...]


SEED_WARDS = ("phường Hòa Vinh", "phường Hòa Hiệp Trung")
SEED_SECTORS = (
    SectorSpec(
        "Thành lập và hoạt động hộ kinh doanh",
        (
            "Đăng ký thành lập hộ kinh doanh",
            "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
            "Tạm ngừng kinh doanh, tiếp tục kinh doanh trước thời hạn đã thông báo của hộ kinh doanh",
            "Chấm dứt hoạt động hộ kinh doanh",
            "Cấp lại Giấy chứng nhận đăng ký hộ kinh doanh",
        ),
    ),
    SectorSpec(
        "Xây dựng",
        (
            "Cấp giấy phép xây dựng mới nhà ở riêng lẻ",
            "Cấp giấy phép xây dựng sửa chữa, cải tạo nhà ở riêng lẻ",
            "Điều chỉnh giấy phép xây dựng nhà ở riêng lẻ",
            "Gia hạn giấy phép xây dựng nhà ở riêng lẻ",
            "Cấp lại giấy phép xây dựng nhà ở riêng lẻ",
        ),
    ),
)
SHIPPED_NAME = "mot-cua-2021.csv"
SHIPPED_SEED = "đông-hòa-2021"
SHIPPED_PER_SECTOR = 110

HEADER = ("STT", "Ngày tiếp nhận", "Mã hồ sơ", "Lĩnh vực", "Thủ tục", "Họ và tên", "Giới tính", "Năm sinh", "SĐT",
          "Nơi cư trú", "Ngày hẹn trả", "Tình trạng")  # fmt: skip
_ELSEWHERE = ("phường Ví Dụ", "xã Thử Nghiệm")
_OTHER_SECTORS = (
    SectorSpec("Chứng thực", ("Chứng thực bản sao từ bản chính", "Chứng thực chữ ký")),
    SectorSpec("Hộ tịch", ("Cấp bản sao trích lục hộ tịch", "Cấp giấy xác nhận tình trạng hôn nhân")),
    SectorSpec("Đất đai", ("Đăng ký biến động quyền sử dụng đất", "Tách thửa, hợp thửa đất")),
)
_BODIES = ("Công ty TNHH Mẫu Thử", "Hợp tác xã Ví Dụ", "Doanh nghiệp tư nhân Giả Định")
_DONE = ("Đã trả kết quả", "Đã trả kết quả", "Đã giải quyết đúng hạn", "Hoàn thành", "Từ chối, đã trả lại hồ sơ")
_NOT_DONE = ("Đang giải quyết", "Chờ bổ sung hồ sơ", "Công dân rút hồ sơ", "Mới tiếp nhận")
_OLD_TONES = {"òa": "oà", "óa": "oá", "ọa": "oạ", "ỏa": "oả", "õa": "oã", "ủy": "uỷ", "úy": "uý", "ùy": "uỳ"}


@dataclass(frozen=True, slots=True)
class _File:
    """One line of the export before it is written down; `address` and `day` replace the usual writing."""

    person: InventedPerson
    sector: str
    procedure: str
    state: str
    on: date
    again: int = 0
    address: str | None = None
    day: str | None = None
    body: str = ""


def shipped_records() -> bytes:
    """The export that comes with the product: the two sectors and two wards of the plan of Đông Hòa 2021."""
    return resources.files("doithoai.sample").joinpath("data", SHIPPED_NAME).read_bytes()


def invent_rows(
    seed: str,
    wards: Sequence[str],
    sectors: Sequence[SectorSpec],
    per_sector: int = 60,
    *,
    year: int = 2021,
    attack: bool = True,
) -> bytes:
    """An export as CSV (UTF-8 with BOM, semicolons) with at least `per_sector` eligible people in each sector.

    Ask for at least four times the number to be invited. With `attack` one of the eligible people of the first
    sector, of the first ward, is named `ATTACK_NAME`. Equal arguments give equal bytes.
    """
    world = _World(seed, tuple(wards), tuple(sectors), per_sector, year)
    files = sorted(world.files(attack), key=lambda file: file.on)
    return _csv(seed, year, files)


@dataclass(frozen=True, slots=True)
class _World:
    seed: str
    wards: tuple[str, ...]
    sectors: tuple[SectorSpec, ...]
    per_sector: int
    year: int

    def files(self, attack: bool) -> Iterator[_File]:
        people = invent_people(self.seed, self.wards, len(self.sectors) * self.per_sector * 2 + 20)
        for index, sector in enumerate(self.sectors):
            chosen = people[index * self.per_sector : (index + 1) * self.per_sector]
            if attack and index == 0:
                chosen[0] = replace(chosen[0], name=ATTACK_NAME, sex="female", phone="0900999999")
            yield from self._finished(sector, chosen)
            if index:
                yield from self._finished(sector, people[: self.per_sector // 8])  # people of two sectors
        rest = people[len(self.sectors) * self.per_sector :]
        for index, sector in enumerate(self.sectors):
            yield from self._useless(sector, rest[index :: len(self.sectors)])
        yield from self._elsewhere()
        yield from self._not_to_be_taken(rest[-6:])

    def _finished(self, sector: SectorSpec, people: Sequence[InventedPerson]) -> Iterator[_File]:
        """People of the sector with a finished file; one in five came twice, and is written otherwise then."""
        for person in people:
            file = self._file(person, sector, "done")
            yield file
            if pick(self.seed, person.name, sector.name, "again", of=5) == 0 and person.name != ATTACK_NAME:
                yield replace(self._file(person, sector, "done", 1), again=1)

    def _useless(self, sector: SectorSpec, people: Sequence[InventedPerson]) -> Iterator[_File]:
        """Files that make nobody eligible: not finished, of another sector, of an enterprise."""
        eighth = self.per_sector // 8
        for person in people[:eighth]:
            yield self._file(person, sector, "open")
        for number, person in enumerate(people[eighth : 3 * eighth]):
            yield self._file(person, _OTHER_SECTORS[number % len(_OTHER_SECTORS)], "done")
        for person, body in zip(people[3 * eighth : 3 * eighth + 3], _BODIES, strict=False):
            yield replace(self._file(person, sector, "done"), body=f"{body} {person.name.split()[-1]}")

    def _elsewhere(self) -> Iterator[_File]:
        count = len(self.sectors) * (self.per_sector // 6)
        for number, person in enumerate(invent_people(f"{self.seed}, elsewhere", _ELSEWHERE, count)):
            phone = person.phone.replace("0900", "0909", 1)
            yield self._file(replace(person, phone=phone), self.sectors[number % len(self.sectors)], "done")

    def _not_to_be_taken(self, people: Sequence[InventedPerson]) -> Iterator[_File]:
        """Lines that must be put right by hand: no ward in three ways, and a day that does not exist."""
        for person, address in zip(people, ("", "", people[2].group, "Số 12 đường Mẫu"), strict=False):
            yield replace(self._file(person, self.sectors[0], "done"), address=address)
        yield replace(self._file(people[4], self.sectors[-1], "done"), day=f"31/02/{self.year}")
        yield replace(self._file(people[5], self.sectors[-1], "done"), day=f"15/13/{self.year}")

    def _file(self, person: InventedPerson, sector: SectorSpec, state: str, again: int = 0) -> _File:
        key = (person.name, person.birth_year, sector.name, again)
        states = _DONE if state == "done" else _NOT_DONE
        return _File(
            person=person,
            sector=sector.name,
            procedure=sector.procedures[pick(self.seed, *key, "procedure", of=len(sector.procedures))],
            state=states[pick(self.seed, *key, "state", of=len(states))],
            on=date(self.year, 1, 4) + timedelta(days=pick(self.seed, *key, "day", of=325)),
        )


def _csv(seed: str, year: int, files: Sequence[_File]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for title in ("UBND THỊ XÃ MẪU", "BỘ PHẬN MỘT CỬA", "", f"DANH SÁCH HỒ SƠ ĐÃ TIẾP NHẬN NĂM {year}",
                  "(Dữ liệu mẫu: người, số điện thoại và hồ sơ đều hư cấu)", ""):  # fmt: skip
        writer.writerow([title, *[""] * (len(HEADER) - 1)])
    writer.writerow(HEADER)
    for number, file in enumerate(files, start=1):
        writer.writerow(_line(f"{seed}|{number}", number, file))
    writer.writerow(["", "", "", "", "", f"Tổng cộng: {len(files)} hồ sơ", *[""] * (len(HEADER) - 6)])
    return "\ufeff".encode() + text.getvalue().encode()


def _line(seed: str, number: int, file: _File) -> list[str]:
    person = file.person
    code = f"MC-{file.on:%y%m%d}-{number:05d}"
    return [
        str(number),
        file.day or _day(seed, file.on),
        code,
        _sector(seed, file.sector),
        file.procedure,
        file.body or _name(seed, file),
        "" if file.body else ("Nữ" if person.sex == "female" else "Nam"),
        "" if file.body or (file.again and person.phone) else str(person.birth_year),
        _phone(seed, person.phone),
        _address(seed, person) if file.address is None else file.address,
        short_date(file.on + timedelta(days=5)),
        file.state,
    ]


def _name(seed: str, file: _File) -> str:
    name = file.person.name
    if name == ATTACK_NAME:
        return name
    ways = (name, name, name, name.upper(), _old_tones(name))
    if file.again:
        ways = (bare(name), _old_tones(name), name.upper(), bare(name).upper(), name.replace(" ", "  ", 1))
    return ways[pick(seed, "name", of=len(ways))]


def _old_tones(text: str) -> str:
    for new, old in _OLD_TONES.items():
        text = text.replace(new, old)
    return text


def _sector(seed: str, sector: str) -> str:
    ways = (sector, sector, sector, sector.upper(), f"Lĩnh vực {sector}")
    return ways[pick(seed, "sector", of=len(ways))]


def _day(seed: str, day: date) -> str:
    serial = (day - date(1899, 12, 30)).days
    ways = (short_date(day), f"{day.day:02d}/{day.month}/{day.year}", day.isoformat(),
            f"{day.day}-{day.month}-{day:%y}", str(serial))  # fmt: skip
    return ways[pick(seed, "day", of=len(ways))]


def _phone(seed: str, phone: str) -> str:
    if not phone:
        return ("", "", "không có")[pick(seed, "none", of=3)]
    ways = (phone, phone, phone[1:], f"{phone[:4]} {phone[4:7]} {phone[7:]}", f"{phone[:4]}.{phone[4:7]}.{phone[7:]}",
            f"+84{phone[1:]}")  # fmt: skip
    return ways[pick(seed, "phone", of=len(ways))]


def _address(seed: str, person: InventedPerson) -> str:
    short = person.group.replace("Tổ dân phố", "TDP")
    bare_ward = person.ward.removeprefix("phường ")
    ways = (
        f"{person.group}, {person.ward}",
        f"{person.group}, {person.ward}, thị xã Mẫu",
        f"{short}, {_old_tones(person.ward)}",
        f"{short} - {person.ward.replace('phường ', 'P. ')}",
        f"{person.group}, {bare_ward}",
        f"{person.group}, {person.ward.replace('phường ', 'P.').replace('xã ', 'X.')}",
    )
    return ways[pick(seed, "address", of=len(ways))]
