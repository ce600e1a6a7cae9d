"""The invented export of the one-stop desk: in disorder like real ones, and always enough for a draw."""

import csv
import io
import re
from collections import Counter
from functools import cache

import pytest

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.rules.onestop import Expected, Intake, proof, take_in, why_not
from doithoai.sample.people import ATTACK_NAME
from doithoai.sample.records import (
    SEED_SECTORS,
    SEED_WARDS,
    SHIPPED_NAME,
    SHIPPED_PER_SECTOR,
    SHIPPED_SEED,
    SectorSpec,
    invent_rows,
    shipped_records,
)

SECTORS = tuple(sector.name for sector in SEED_SECTORS)
BUSINESS, BUILDING = SECTORS


@cache
def shipped() -> Intake:
    return take_in(read_table(shipped_records(), SHIPPED_NAME), Expected(SEED_WARDS, SECTORS))


def taken_in(data: bytes, wards: tuple[str, ...], sectors: tuple[SectorSpec, ...]) -> Intake:
    return take_in(read_table(data, "x.csv"), Expected(wards, tuple(sector.name for sector in sectors)))


def eligible(intake: Intake, sector: str, wards: tuple[str, ...] = SEED_WARDS) -> Counter[str]:
    return Counter(person.ward for person in intake.taken if not why_not(person, sector, wards))


def raw() -> list[list[str]]:
    return list(csv.reader(io.StringIO(shipped_records().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_shipped_file_is_what_the_generator_writes() -> None:
    assert shipped_records() == invent_rows(SHIPPED_SEED, SEED_WARDS, SEED_SECTORS, SHIPPED_PER_SECTOR)


def test_the_shipped_file_is_written_as_excel_writes_here() -> None:
    data = shipped_records()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    assert 390 <= len(raw()) <= 420
    assert len({len(row) for row in raw()}) == 1


@pytest.mark.parametrize("sector", SECTORS)
def test_each_sector_has_enough_people_in_each_ward(sector: str) -> None:
    shares = eligible(shipped(), sector)
    assert set(shares) == set(SEED_WARDS)
    assert min(shares.values()) >= 30
    assert sum(shares.values()) >= 60


def test_the_attack_name_is_eligible_in_the_first_sector() -> None:
    (person,) = (person for person in shipped().taken if person.name == ATTACK_NAME)
    assert person.ward == SEED_WARDS[0]
    assert why_not(person, BUSINESS, SEED_WARDS) == ""
    assert proof(person, BUSINESS) is not None
    assert why_not(person, BUILDING, SEED_WARDS) != ""


def test_the_disorder_of_real_exports_is_there() -> None:
    cells = raw()
    body = cells[7:-1]
    writings = {re.sub(r"\d", "9", row[1]) for row in body}
    assert {"99999", "9999-99-99", "99/99/9999", "99/9/9999", "99-9-99"} <= writings, "ways to write a day"
    assert any(row[8].isdecimal() and len(row[8]) == 9 for row in body), "a telephone number without its zero"
    assert any("Hoà" in row[9] for row in body), "the old place of the tone"
    assert any(row[5].isupper() for row in body)
    assert any(row[5].isascii() and row[5] != ATTACK_NAME for row in body), "a name without diacritics"
    assert cells[-1][5].startswith("Tổng cộng")
    assert next(cell for row in cells[:6] for cell in row if cell) == "UBND THỊ XÃ MẪU"


def test_of_each_kind_of_record_that_makes_nobody_eligible_there_are_some() -> None:
    reasons = Counter(why_not(person, BUILDING, SEED_WARDS).split(" ")[0] for person in shipped().taken)
    assert reasons["Cư"] >= 20, "other wards"
    assert reasons["Là"] >= 3, "enterprises and cooperatives"
    assert reasons["Hồ"] >= 5, "files not finished"
    sectors = {row.sector for person in shipped().taken for row in person.rows}
    assert {"Chứng thực", "Hộ tịch", "Đất đai"} <= sectors


def test_what_cannot_be_taken_is_refused_by_line_and_column() -> None:
    found = Counter((refused.column, refused.found == "") for refused in shipped().refused)
    assert found == {("Nơi cư trú", True): 2, ("Nơi cư trú", False): 2, ("Ngày tiếp nhận", False): 2}
    assert [skipped.sentence for skipped in shipped().skipped] == [
        f'Dòng {len(raw())}: "Tổng cộng: {len(raw()) - 8} hồ sơ" không phải hồ sơ, đã bỏ qua.'
    ]
    assert not shipped().doubts


def test_people_who_came_twice_are_one_person_each() -> None:
    assert len(shipped().merged) >= 30
    assert sum('tên ghi "' in merge.sentence for merge in shipped().merged) >= 10, "written otherwise"
    people = Counter((person.name, person.birth_year) for person in shipped().taken if not person.organisation)
    assert set(people.values()) == {1}


def test_some_people_did_both() -> None:
    both = [p for p in shipped().taken if not any(why_not(p, sector, SEED_WARDS) for sector in SECTORS)]
    assert len(both) >= 8


OTHER = (
    SectorSpec("Hộ tịch", ("Đăng ký khai sinh", "Đăng ký kết hôn")),
    SectorSpec("Chứng thực", ("Chứng thực chữ ký",)),
    SectorSpec("Chăn nuôi", ("Kê khai chăn nuôi",)),
)


@pytest.mark.parametrize("per_sector", [2, 9, 60, 200])
@pytest.mark.parametrize("wards", [("xã Thử Một",), ("phường A", "phường B", "xã C", "thị trấn D")])
def test_any_plan_gets_as_many_people_as_it_asks_for(wards: tuple[str, ...], per_sector: int) -> None:
    intake = taken_in(invent_rows("s", wards, OTHER, per_sector), wards, OTHER)
    for sector in OTHER:
        assert sum(eligible(intake, sector.name, wards).values()) >= per_sector
    assert sum(person.name == ATTACK_NAME for person in intake.taken) == 1


def test_without_the_attack_name_and_for_another_year() -> None:
    data = invent_rows("s", SEED_WARDS, SEED_SECTORS, 20, year=2026, attack=False)
    intake = taken_in(data, SEED_WARDS, SEED_SECTORS)
    days = [row.received_on for person in intake.taken for row in person.rows if row.received_on]
    assert {day.year for day in days} == {2026}
    assert ATTACK_NAME not in data.decode()
    assert all(sum(eligible(intake, sector).values()) >= 20 for sector in SECTORS)


def test_the_same_arguments_give_the_same_bytes_and_another_seed_others() -> None:
    assert invent_rows("a", SEED_WARDS, SEED_SECTORS, 5) == invent_rows("a", SEED_WARDS, SEED_SECTORS, 5)
    assert invent_rows("a", SEED_WARDS, SEED_SECTORS, 5) != invent_rows("b", SEED_WARDS, SEED_SECTORS, 5)
