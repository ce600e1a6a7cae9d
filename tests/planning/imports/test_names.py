"""Names cut out of enumerations."""

import pytest

from doithoai.planning.imports.names import place_in, same, sectors_in, split_names, starts_with_office


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng Tài chính – Kế hoạch, Phòng Quản lý đô thị", ["Phòng Tài chính – Kế hoạch", "Phòng Quản lý đô thị"]),
        ("Phòng Văn hóa và Thông tin", ["Phòng Văn hóa và Thông tin"]),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        ("Phòng Nội vụ và Phòng Tư pháp", ["Phòng Nội vụ", "Phòng Tư pháp"]),
        ("Văn phòng HĐND và UBND xã, Công an xã", ["Văn phòng HĐND và UBND xã", "Công an xã"]),
        ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã", ["Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã"]),
        ("UBND các phường Hòa Vinh, Hòa Hiệp Trung", ["UBND phường Hòa Vinh", "UBND phường Hòa Hiệp Trung"]),
        ("UBND các xã, phường: xã Hòa Tâm, phường Hòa Vinh", ["UBND xã Hòa Tâm", "UBND phường Hòa Vinh"]),
        ("UBND các phường A, B và UBND xã C", ["UBND phường A", "UBND phường B", "UBND xã C"]),
        ("UBND phường Hòa Vinh, phường Hòa Hiệp Trung", ["UBND phường Hòa Vinh", "UBND phường Hòa Hiệp Trung"]),
        ("phường Hòa Vinh, phường Hòa Hiệp Trung", ["phường Hòa Vinh", "phường Hòa Hiệp Trung"]),
        ("Các cơ quan, đơn vị có liên quan", ["Các cơ quan, đơn vị có liên quan"]),
        ("Phòng Nội vụ; Trung tâm Y tế.", ["Phòng Nội vụ", "Trung tâm Y tế"]),
    ],
)
def test_enumerations(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_loose_enumerations_cut_at_unknown_names_too() -> None:
    assert split_names("Sảnh A, Gian B", loose=True) == ["Sảnh A", "Gian B"]
    assert split_names("Phòng Kinh tế, Hạ tầng và Đô thị", loose=True) == ["Phòng Kinh tế, Hạ tầng và Đô thị"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("UBND phường Hòa Vinh", "phường Hòa Vinh"),
        ("Nhà văn hóa thôn Phú Lương", "thôn Phú Lương"),
        ("Phường 1", "Phường 1"),
        ("Văn phòng HĐND&UBND thị xã", None),
        ("Hội trường A", None),
    ],
)
def test_places_in_names(name: str, place: str | None) -> None:
    assert place_in(name) == place


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("trong lĩnh vực Xây dựng thông qua phần mềm Zoom", ["Xây dựng"]),
        (
            "lĩnh vực Thành lập và hoạt động hộ kinh doanh, lĩnh vực Xây dựng",
            ["Thành lập và hoạt động hộ kinh doanh", "Xây dựng"],
        ),
        ("lĩnh vực Đất đai và lĩnh vực Hộ tịch", ["Đất đai", "Hộ tịch"]),
        ("các lĩnh vực: Đất đai, Hộ tịch và Bảo trợ xã hội qua Zoom", ["Đất đai", "Hộ tịch", "Bảo trợ xã hội"]),
        ("Đối thoại lĩnh vực Quản lý đất đai, môi trường (15 lượt)", ["Quản lý đất đai, môi trường"]),
        ("Lĩnh vực: Đất đai, Số lượt: 15", ["Đất đai"]),
        ("lĩnh vực Xây dựng, do Phòng Quản lý đô thị chủ trì", ["Xây dựng"]),
        ("tổng hợp vướng mắc trong lĩnh vực đối thoại trình UBND", []),
        ("trên các lĩnh vực đời sống, xã hội", []),
        ("lĩnh vực Xây dựng; lĩnh vực xây dựng", ["Xây dựng"]),
    ],
)
def test_sectors(text: str, sectors: list[str]) -> None:
    assert sectors_in(text) == sectors


def test_names_are_the_same_but_for_case_and_dashes() -> None:
    assert same("Phòng Tài chính – Kế hoạch", "phòng Tài chính - Kế hoạch")
    assert not same("Xây dựng", "Xây lắp")


def test_what_begins_like_an_office() -> None:
    assert starts_with_office("Phòng Nội vụ chủ trì")
    assert starts_with_office("Các thôn")
    assert not starts_with_office("Đảm bảo điều kiện")
    assert not starts_with_office("chủ trì tại điểm cầu")
