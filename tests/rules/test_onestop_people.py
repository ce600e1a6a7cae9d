"""Which lines are one person, and who may be invited."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.onestop import Applicant, Row, proof, why_not
from doithoai.rules.onestop.people import same_people

WARDS = ("phường Hòa Vinh", "phường Hòa Hiệp Trung")
BUSINESS, BUILDING = "Thành lập và hoạt động hộ kinh doanh", "Xây dựng"
Change = Mapping[str, Any]
ROW = Row(
    line=2, name="Trần Văn Thử", sex=None, birth_year=None, phone="", personal_number="", ward=WARDS[0], group="",
    sector=BUILDING, procedure="", file_code="HS2", received_on=date(2021, 3, 5), finished=True, organisation=False,
)  # fmt: skip


def rows(*changes: Change) -> list[Row]:
    """A line for each change, numbered from 2, each with a file of its own."""
    made = [replace(ROW, line=2 + n, file_code=f"HS{2 + n}") for n in range(len(changes))]
    return [replace(row, **change) for row, change in zip(made, changes, strict=True)]


def people(*changes: Change) -> list[list[int]]:
    found, _ = same_people(rows(*changes))
    return [[row.line for row in person.rows] for person in found]


def one(*changes: Change) -> Applicant:
    (person,), _ = same_people(rows(*changes))
    return person


PHONE: dict[str, Any] = {"phone": "0900000123"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PHONE, PHONE | {"name": "Tran Van Thu"}),
        (PHONE, PHONE | {"ward": WARDS[1]}),
        ({"birth_year": 1970}, {"birth_year": 1970, "name": "TRẦN VĂN THỮ"}),
        ({"birth_year": 1970} | PHONE, {"birth_year": 1970}),
        ({"birth_year": 1970, "group": "Tổ 3"} | PHONE, {"birth_year": 1970, "group": "tổ 3", "phone": "0900000999"}),
        ({"personal_number": "054075000123"}, {"personal_number": "054075000123", "ward": WARDS[1]}),
        ({"personal_number": "054075000123"} | PHONE, {"personal_number": "221000123"} | PHONE),
        ({"file_code": "HS7"}, {"file_code": "hs7"}),
    ],
)
def test_one_person(first: Change, second: Change) -> None:
    assert people(first, second) == [[2, 3]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        (PHONE, PHONE | {"name": "Lê Thị Mẫu"}),
        (PHONE | {"birth_year": 1950}, PHONE | {"birth_year": 1985}),
        (PHONE | {"sex": "male"}, PHONE | {"sex": "female"}),
        (PHONE | {"personal_number": "054075000123"}, PHONE | {"personal_number": "054075000999"}),
        ({"birth_year": 1970}, {"birth_year": 1970, "ward": WARDS[1]}),
        ({"birth_year": 1970, "group": "Tổ 1"} | PHONE, {"birth_year": 1970, "group": "Tổ 2", "phone": "0900000999"}),
        ({"birth_year": 1970} | PHONE, {"birth_year": 1970, "name": "Trần Văn Thư", "phone": "0900000999"}),
    ],
)
def test_two_persons(first: Change, second: Change) -> None:
    assert people(first, second) == [[2], [3]]


def test_a_third_line_joins_two_that_had_nothing_in_common() -> None:
    both = PHONE | {"birth_year": 1970}
    assert people(PHONE, {"birth_year": 1970}, both) == [[2, 3, 4]]
    found, merged = same_people(rows(PHONE, {"birth_year": 1970}, both))
    assert found[0].birth_year == 1970
    assert [(merge.line, merge.into_line) for merge in merged] == [(3, 2), (4, 2)]


def test_a_line_that_fits_two_persons_at_odds_joins_only_one() -> None:
    old, young = PHONE | {"birth_year": 1950}, PHONE | {"birth_year": 1985}
    assert people(old, young, PHONE) == [[2, 4], [3]]


def test_the_reason_names_the_lines_and_the_other_spelling() -> None:
    _, merged = same_people(rows(PHONE, PHONE | {"name": "Tran Van Thu"}, {"birth_year": 1, "file_code": "HS2"}))
    assert [merge.sentence for merge in merged] == [
        'Dòng 3: cùng người với dòng 2 (cùng tên, cùng số điện thoại, tên ghi "Tran Van Thu").',
        "Dòng 4: cùng người với dòng 2 (cùng tên, cùng mã hồ sơ).",
    ]


def test_the_best_particulars_are_kept() -> None:
    person = one(
        PHONE | {"name": "Tran Van Thu", "received_on": date(2021, 5, 1), "group": "Tổ 1"},
        PHONE | {"birth_year": 1970, "sex": "male", "received_on": date(2021, 1, 1), "ward": WARDS[1], "group": "Tổ 9"},
        {"birth_year": 1970, "received_on": None, "ward": WARDS[1]},
    )
    assert (person.name, person.sex, person.birth_year) == ("Trần Văn Thử", "male", 1970)
    assert (person.ward, person.group, person.phone, person.line) == (WARDS[0], "Tổ 1", "0900000123", 2)


def test_the_group_of_another_ward_is_not_taken_along() -> None:
    person = one(
        PHONE | {"received_on": date(2021, 5, 1), "ward": WARDS[1]},
        PHONE | {"received_on": date(2021, 1, 1), "group": "Tổ 9"},
    )
    assert (person.ward, person.group) == (WARDS[1], "")


def test_a_thousand_files_of_one_person_are_one_person() -> None:
    assert len(people(*[PHONE | {"birth_year": 1970}] * 1000)) == 1


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Trần Văn Thử", "Tran Van Thu", "Lê Mẫu"]),
        "phone": st.sampled_from(["0900000123", "0900000999"]),
        "birth_year": st.sampled_from([1950, 1985]),
        "sex": st.sampled_from(["male", "female"]),
        "personal_number": st.sampled_from(["054075000123", "054075000999"]),
        "ward": st.sampled_from(WARDS),
        "group": st.sampled_from(["Tổ 1", "Tổ 2"]),
    },
)


@given(st.lists(CHANGES, max_size=10))
def test_nobody_is_lost_and_nobody_contradicts_themselves(changes: list[Change]) -> None:
    found, merged = same_people(rows(*changes))
    lines = [row.line for person in found for row in person.rows]
    assert sorted(lines) == list(range(2, 2 + len(changes)))
    assert len(merged) == len(lines) - len(found)
    for person in found:
        assert len({row.birth_year for row in person.rows} - {None}) < 2
        assert len({row.sex for row in person.rows} - {None}) < 2
        assert len({row.personal_number for row in person.rows} - {""}) < 2
    leaders = {person.line for person in found}
    assert {merge.into_line for merge in merged} <= leaders
    assert {merge.line for merge in merged}.isdisjoint(leaders)


# Who may be invited (R46, R47)


def test_a_finished_file_of_the_sector_and_a_ward_of_the_plan() -> None:
    person = one({})
    assert why_not(person, BUILDING, WARDS) == ""
    assert why_not(person, BUSINESS, WARDS) == f"Chưa có hồ sơ lĩnh vực {BUSINESS} tại Bộ phận Một cửa."
    assert why_not(person, BUILDING, WARDS[1:]) == ('Cư trú tại "phường Hòa Vinh", không thuộc phường Hòa Hiệp Trung.')


def test_a_person_of_two_sectors_may_be_invited_in_both() -> None:
    person = one(PHONE, PHONE | {"sector": BUSINESS})
    assert [why_not(person, sector, WARDS) for sector in (BUILDING, BUSINESS)] == ["", ""]


def test_an_unfinished_file_is_no_proof() -> None:
    person = one(PHONE | {"finished": False}, PHONE | {"sector": BUSINESS})
    assert why_not(person, BUILDING, WARDS) == "Hồ sơ HS2 lĩnh vực Xây dựng chưa giải quyết xong."
    assert proof(person, BUILDING) is None


def test_an_enterprise_is_not_a_citizen() -> None:
    assert why_not(one({"organisation": True}), BUILDING, WARDS) == "Là tổ chức; danh sách này chỉ chọn công dân."


def test_the_proof_is_the_newest_finished_file() -> None:
    person = one(
        PHONE | {"received_on": date(2021, 3, 1)},
        PHONE | {"received_on": date(2021, 9, 1)},
        PHONE | {"received_on": date(2021, 10, 1), "finished": False},
        PHONE | {"received_on": None},
    )
    found = proof(person, BUILDING)
    assert found is not None
    assert found.file_code == "HS3"
