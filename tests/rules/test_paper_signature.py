"""In whose name somebody signs: every block of Decree 30, and the senseless ones."""

from typing import Any

import pytest

from doithoai.rules.paper import PaperError, signature_lines

COMMITTEE = "Ủy ban nhân dân"
BLOCKS: list[tuple[tuple[Any, ...], dict[str, str], tuple[str, ...]]] = [
    (("TM", "Chủ tịch"), {"committee": COMMITTEE}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    (
        ("TM KT", "Phó Chủ tịch"),
        {"committee": COMMITTEE, "head": "Chủ tịch"},
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ),
    (("", "Chủ tịch"), {}, ("CHỦ TỊCH",)),
    (("KT", "Phó Chủ tịch"), {"head": "Chủ tịch"}, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    (("TL", "Chánh Văn phòng"), {"head": "Chủ tịch"}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    (
        ("TL KT", "Phó Chánh Văn phòng"),
        {"head": "Chủ tịch", "unit_head": "Chánh Văn phòng"},
        ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ),
    (("TUQ", "Trưởng phòng"), {"head": "Chủ tịch"}, ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG")),
    (("", "Trưởng phòng"), {}, ("TRƯỞNG PHÒNG",)),
    (("KT", "Phó Trưởng phòng"), {"head": "Trưởng phòng"}, ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
    (("Q", "Chủ tịch"), {}, ("Q. CHỦ TỊCH",)),
    (("TM Q", "Chủ tịch"), {"committee": COMMITTEE}, ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH")),
]


@pytest.mark.parametrize(("signer", "parts", "lines"), BLOCKS)
def test_every_block_of_the_decree(signer: tuple[Any, ...], parts: dict[str, str], lines: tuple[str, ...]) -> None:
    assert signature_lines(*signer, **parts) == lines


@pytest.mark.parametrize("capacity", ["TUQ KT", "TM TL", "TM TUQ", "KT TL", "TM."])
def test_combinations_that_do_not_exist(capacity: Any) -> None:
    with pytest.raises(PaperError, match="Không có cách ký"):
        signature_lines(capacity, "Trưởng phòng", head="Chủ tịch")


@pytest.mark.parametrize("capacity", ["KT", "TL", "TUQ"])
def test_nobody_signs_for_a_committee_but_by_tm(capacity: Any) -> None:
    with pytest.raises(PaperError, match="không ghi trước"):
        signature_lines(capacity, "Trưởng phòng", head="Ủy ban nhân dân")
    with pytest.raises(PaperError, match="không ghi tên tập thể"):
        signature_lines(capacity, "Trưởng phòng", head="Chủ tịch", committee=COMMITTEE)


@pytest.mark.parametrize(
    ("capacity", "parts", "missing"),
    [
        ("TM", {}, "tên tập thể"),
        ("TM KT", {"committee": COMMITTEE}, "người đứng đầu"),
        ("TL KT", {"head": "Chủ tịch"}, "cấp trưởng"),
    ],
)
def test_a_part_that_is_missing_is_named(capacity: Any, parts: dict[str, str], missing: str) -> None:
    with pytest.raises(PaperError, match=f"cần có .*{missing}"):
        signature_lines(capacity, "Phó Chủ tịch", **parts)


@pytest.mark.parametrize(("title", "head"), [("Chủ tịch", "CHỦ TỊCH"), ("", "Chủ tịch"), ("  ", "Chủ tịch")])
def test_nobody_signs_for_himself_or_without_office(title: str, head: str) -> None:
    with pytest.raises(PaperError, match="khác chức vụ"):
        signature_lines("KT", title, head=head)
