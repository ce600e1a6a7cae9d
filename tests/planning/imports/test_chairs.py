"""Who leads, as plans write it: L3, the co-chair read as a field of its own, and marked where it is unsure."""

import pytest

from doithoai.planning.imports import AttendeeDraft, PlanDraft, read_plan
from doithoai.planning.imports.chairs import chair_doubts, chair_of, chairing, co_chair_of, settled
from doithoai.planning.imports.draft import Role
from tests.planning.imports.papers import PLANS

NONE: tuple[str, ...] = ()


def rows(*named: tuple[str, Role]) -> list[AttendeeDraft]:
    return settled([AttendeeDraft(None, who, role, NONE, "II.4-1") for who, role in named])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chủ trì đối thoại: Lãnh đạo UBND thị xã", [("Lãnh đạo UBND thị xã", "chair")]),
        (
            "Đồng chủ trì: Thường trực HĐND phường và Chủ tịch UBND phường",
            [("Thường trực HĐND phường", "co_chair"), ("Chủ tịch UBND phường", "co_chair")],
        ),
        (
            "Chủ trì: ông Nguyễn Văn A, Chủ tịch UBND xã; đồng chủ trì: bà Trần Thị B, Phó Chủ tịch HĐND xã",
            [("ông Nguyễn Văn A, Chủ tịch UBND xã", "chair"), ("bà Trần Thị B, Phó Chủ tịch HĐND xã", "co_chair")],
        ),
        (
            "Đồng chủ trì: Ông Nguyễn A, Bí thư Đảng ủy, Chủ tịch HĐND xã; bà Lê B, Chủ tịch UBND xã",
            [("Ông Nguyễn A, Bí thư Đảng ủy, Chủ tịch HĐND xã", "co_chair"), ("bà Lê B, Chủ tịch UBND xã", "co_chair")],
        ),
        ("Đại biểu: Công an phường", []),
        ("Người chủ trì nội dung: Phòng Kinh tế", []),
    ],
)
def test_a_line_names_whoever_leads(text: str, found: list[tuple[str, Role]]) -> None:
    assert chairing(text) == found


@pytest.mark.parametrize(
    ("plan", "chair", "co_chair"),
    [
        ("tan-lap.md", "Chủ tịch UBND phường", "Thường trực HĐND phường"),
        ("nhieu-cap.md", "Chủ tịch UBND xã", "Bí thư Đảng ủy xã"),
        ("dong-hoa.md", "Lãnh đạo UBND thị xã", None),
    ],
)
def test_L3_real_plans_give_the_chair_and_the_co_chair_apart(plan: str, chair: str, co_chair: str | None) -> None:
    draft = read_plan(PLANS / plan)
    assert (draft.chair, draft.co_chair) == (chair, co_chair)
    assert PlanDraft.from_json(draft.as_json()).co_chair == co_chair


def test_a_co_chair_is_invited_where_the_chair_sits() -> None:
    draft = read_plan(PLANS / "tan-lap.md")
    where = {row.role: row.venue for row in draft.attendance if row.role in ("chair", "co_chair")}
    assert where["chair"] == where["co_chair"]


def test_without_a_leader_of_the_committee_nobody_is_guessed() -> None:
    found = rows(("Bí thư Đảng ủy xã", "co_chair"), ("Chủ tịch HĐND xã", "co_chair"))
    assert (chair_of(found), co_chair_of(found)) == (None, "Bí thư Đảng ủy xã; Chủ tịch HĐND xã")
    (doubt,) = chair_doubts(found)
    assert doubt.why == (
        "Đồng chủ trì là Bí thư Đảng ủy xã; Chủ tịch HĐND xã; không rõ ai chủ trì thay mặt Ủy ban nhân dân."
    )


def test_a_co_chair_who_may_not_lead_and_one_who_is_the_chair_are_marked() -> None:
    found = rows(
        ("Ông Đỗ Văn Mẫu, Chủ tịch UBND xã", "chair"),
        ("Trưởng phòng Kinh tế", "co_chair"),
        ("ông Đỗ Văn Mẫu, Chủ tịch HĐND xã", "co_chair"),
    )
    told = [doubt.why for doubt in chair_doubts(found)]
    assert any("“Trưởng phòng Kinh tế” không phải lãnh đạo Hội đồng nhân dân" in why for why in told)
    assert "Đồng chủ trì “ông Đỗ Văn Mẫu, Chủ tịch HĐND xã” trùng với người chủ trì." in told


def test_one_sure_chair_and_one_sure_co_chair_raise_no_doubt() -> None:
    assert list(chair_doubts(rows(("Chủ tịch UBND xã", "chair"), ("Thường trực HĐND xã", "co_chair")))) == []
