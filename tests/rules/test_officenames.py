"""Recognising an office however a plan writes it."""

import pytest

from doithoai.rules.officenames import best, initials, key

NAMES = [
    "Phòng Tài chính – Kế hoạch",
    "Phòng Quản lý đô thị",
    "Phòng Văn hóa và Thông tin",
    "Văn phòng HĐND&UBND thị xã",
    "UBND phường Hòa Vinh",
    "UBND phường Hòa Hiệp Trung",
    "Ủy ban Mặt trận Tổ quốc Việt Nam thị xã",
    "Bộ phận Một cửa UBND thị xã",
]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_found_as_it_is_written(name: str) -> None:
    assert best(name, NAMES) == name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Phòng Phòng Tài chính – KH", "Phòng Tài chính – Kế hoạch"),
        ("Phòng Văn hóa & TT", "Phòng Văn hóa và Thông tin"),
        ("Ủy ban nhân dân phường Hòa Vinh", "UBND phường Hòa Vinh"),
        ("Lãnh đạo Bộ phận Một cửa UBND thị xã", "Bộ phận Một cửa UBND thị xã"),
        ("Đại diện Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam thị xã", "Ủy ban Mặt trận Tổ quốc Việt Nam thị xã"),
        ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Văn phòng HĐND&UBND thị xã"),
    ],
)
def test_other_spellings(written: str, meant: str) -> None:
    assert best(written, NAMES) == meant


@pytest.mark.parametrize("written", ["Thường trực Thị ủy", "Lưu: VT, Tr.", "Cổng thông tin điện tử thị xã", ""])
def test_what_names_no_office_finds_none(written: str) -> None:
    assert best(written, NAMES) is None


def test_the_longer_name_wins() -> None:
    assert best("UBND phường Hòa Hiệp Trung", ["UBND phường Hòa Hiệp", "UBND phường Hòa Hiệp Trung"]) == (
        "UBND phường Hòa Hiệp Trung"
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [("Phòng Tài chính – Kế hoạch", "TCKH"), ("Phòng Quản lý đô thị", "QLĐT"), ("Phòng Văn hóa và Thông tin", "VHTT")],
)
def test_usual_abbreviations(name: str, short: str) -> None:
    assert initials(name) == short


def test_word_order_and_marks_do_not_matter() -> None:
    assert key("Tài chính, Kế hoạch (Phòng)") == key("Phòng Tài chính – Kế hoạch")
