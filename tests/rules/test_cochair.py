"""Co-chairs in words: who is named, whether they may lead, whether they are the chair again."""

import pytest

from doithoai.rules.cochair import CoChair, chair_among, co_chairs, incompetent


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        (" ; ", []),
        ("Thường trực HĐND phường", [CoChair("", "Thường trực HĐND phường")]),
        (
            "Bà Trần Thị An, Phó Chủ tịch Hội đồng nhân dân phường; Bí thư Đảng ủy phường.",
            [
                CoChair("Trần Thị An", "Phó Chủ tịch Hội đồng nhân dân phường", "bà"),
                CoChair("", "Bí thư Đảng ủy phường"),
            ],
        ),
        ("đồng chí Lê B, Bí thư Đảng ủy, Chủ tịch HĐND xã", [CoChair("Lê B", "Bí thư Đảng ủy, Chủ tịch HĐND xã", "đồng chí")]),
        ("Bí thư Đảng ủy, Chủ tịch HĐND xã", [CoChair("", "Bí thư Đảng ủy, Chủ tịch HĐND xã")]),
        ("Ông Lê Văn C", [CoChair("Lê Văn C", "", "ông")]),
    ],
)  # fmt: skip
def test_a_name_stands_before_its_post(words: str, found: list[CoChair]) -> None:
    assert co_chairs(words) == found


@pytest.mark.parametrize(
    "words", ["Bà Trần Thị An, Phó Chủ tịch HĐND phường", "Thường trực HĐND xã", "Ông Lê Văn C", "Bí thư Đảng ủy, Chủ tịch HĐND"]
)  # fmt: skip
def test_written_out_they_are_read_again_as_the_same(words: str) -> None:
    (one,) = co_chairs(words)
    assert co_chairs(str(one)) == [one]


@pytest.mark.parametrize(
    ("post", "may"),
    [
        ("Thường trực Hội đồng nhân dân phường Đông Hòa", True),
        ("Phó Bí thư Thường trực Đảng ủy xã", True),
        ("Phó Chủ tịch Thường trực UBND xã", True),
        ("Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường", True),
        ("Đại diện Ban Thường trực UBMTTQ xã", True),
        ("Chánh Văn phòng HĐND và UBND", False),
        ("Trưởng phòng Kinh tế", False),
        ("Chủ tịch Hội Nông dân", False),
        ("", False),
    ],
)
def test_only_leaders_of_the_council_the_party_the_front_and_the_committee_lead(post: str, may: bool) -> None:
    assert CoChair("Trần Thị An", post).is_competent is may


def test_whoever_may_not_lead_is_named() -> None:
    assert [one.post for one in incompetent("Bí thư Đảng ủy xã; Trưởng phòng Kinh tế")] == ["Trưởng phòng Kinh tế"]


@pytest.mark.parametrize(
    ("one", "name", "title", "same"),
    [
        (CoChair("Đỗ Văn Mẫu", "Chủ tịch HĐND"), "ĐỖ VĂN MẪU", "Chủ tịch UBND", True),
        (CoChair("Đỗ Văn Mẫu", "Chủ tịch UBND"), "Trần Thị An", "Chủ tịch UBND", False),
        (CoChair("", "Chủ tịch UBND phường"), "Đỗ Văn Mẫu", "Chủ tịch", True),
        (CoChair("", "Chủ tịch Ủy ban nhân dân xã"), "Đỗ Văn Mẫu", "Chủ tịch UBND xã", True),
        (CoChair("", "Phó Chủ tịch UBND xã"), "Đỗ Văn Mẫu", "Chủ tịch UBND xã", False),
        (CoChair("", "Chủ tịch HĐND xã"), "Đỗ Văn Mẫu", "Chủ tịch", False),
        (CoChair("", ""), "", "", False),
    ],
)
def test_the_chair_cannot_chair_beside_themselves(one: CoChair, name: str, title: str, same: bool) -> None:
    assert one.is_same(name, title) is same


def test_of_several_the_one_of_the_committee_is_the_chair() -> None:
    named = ["Thường trực HĐND phường", "Chủ tịch UBND phường"]
    assert chair_among(named) == ("Chủ tịch UBND phường", ["Thường trực HĐND phường"])


@pytest.mark.parametrize(
    "named", [["Bí thư Đảng ủy", "Chủ tịch HĐND"], ["Chủ tịch UBND xã", "Phó Chủ tịch UBND xã"], []]
)
def test_none_or_two_of_the_committee_leave_it_open(named: list[str]) -> None:
    assert chair_among(named) == (None, named)
