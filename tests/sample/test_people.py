"""Invented people: the same for the same seed, plainly invented, and never mistaken for one another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.onestop.cells import is_organisation
from doithoai.rules.vietnamese import fold, name_case, phone
from doithoai.sample.people import ATTACK_NAME, invent_people, pick

WARDS = ("phường Hòa Vinh", "phường Hòa Hiệp Trung")
TELLING = ("Mẫu", "Thử", "Nháp", "Ví Dụ", "Giả", "Minh Họa", "Tượng Trưng", "Phỏng Chừng", "Tập Dượt", "Diễn Tập",
           "Ướm", "Tạm", "Hư Cấu", "Thí Điểm", "Mô Phỏng")  # fmt: skip


def test_the_same_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert invent_people("a", WARDS, 50) == invent_people("a", WARDS, 50)
    assert [p.name for p in invent_people("a", WARDS, 50)] != [p.name for p in invent_people("b", WARDS, 50)]


def test_more_people_leave_the_first_ones_as_they_were() -> None:
    assert invent_people("a", WARDS, 500)[:50] == invent_people("a", WARDS, 50)


def test_the_people_of_a_seed_are_the_same_on_every_machine() -> None:
    first, second = invent_people("đông-hòa-2021", WARDS, 2)
    assert (first.name, first.birth_year, first.ward) == ("Đặng Thị Làm Mẫu", 1957, WARDS[0])
    assert (second.name, second.birth_year, second.ward) == ("Trương Hồng Mẫu Ba", 1993, WARDS[1])


@pytest.mark.parametrize("count", [0, 1, 300])
def test_everybody_is_recognisably_invented(count: int) -> None:
    people = invent_people("a", WARDS, count)
    assert len(people) == count
    for person in people:
        assert any(part in person.name for part in TELLING)
        assert "Mẫu" in person.group
        assert person.phone == "" or re.fullmatch(r"0900\d{6}", person.phone)
        assert person.phone == "" or phone(person.phone) == person.phone
        assert name_case(person.name) == person.name
        assert not is_organisation(person.name)
        assert 1945 <= person.birth_year <= 2001


def test_wards_get_even_shares_and_both_sexes_live_in_them() -> None:
    people = invent_people("a", WARDS, 400)
    for ward in WARDS:
        here = [person for person in people if person.ward == ward]
        assert len(here) == 200
        assert 70 < sum(person.sex == "female" for person in here) < 130


def test_nobody_can_be_taken_for_somebody_else() -> None:
    people = invent_people("a", WARDS, 3000)
    assert len({(fold(person.name), person.birth_year) for person in people}) == 3000
    phones = [person.phone for person in people if person.phone]
    assert len(set(phones)) == len(phones)
    assert 0.8 < len(phones) / 3000 < 0.95, "some have no telephone, most have"


def test_a_household_shares_its_group_and_ward() -> None:
    homes: dict[str, set[tuple[str, str]]] = {}
    for person in invent_people("a", WARDS, 500):
        homes.setdefault(person.household, set()).add((person.ward, person.group))
    assert all(len(where) == 1 for where in homes.values())
    assert 350 < len(homes) < 480, "some share a household, most do not"


def test_communes_have_hamlets() -> None:
    assert invent_people("a", ["xã Thử Nghiệm"], 1)[0].group.startswith("Thôn Mẫu ")


def test_no_ward_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match=r"\(\)"):
        invent_people("a", (), 1)


def test_the_attack_name_is_markup_quotation_and_formula_at_once() -> None:
    assert {"<", ">", '"', "&", "=", "{"} <= set(ATTACK_NAME)
    assert name_case(ATTACK_NAME) == ATTACK_NAME


@given(st.text(max_size=5), st.integers(1, 1000))
def test_a_pick_lies_below_its_bound_and_repeats(seed: str, of: int) -> None:
    assert 0 <= pick(seed, "x", of=of) < of
    assert pick(seed, "x", of=of) == pick(seed, "x", of=of)
