"""The numbered body and the addresses of its clauses."""

import pytest

from doithoai.planning.imports import Unreadable
from doithoai.planning.imports.clauses import Outline, outline
from doithoai.planning.imports.sources import text_paragraphs

HEAD = "KẾ HOẠCH\n\nĐối thoại năm 2021\n\nThực hiện nhiệm vụ năm 2021:\n\n"


def cut(body: str) -> Outline:
    return outline(text_paragraphs(HEAD + body.replace("\n", "\n\n")))


def paths(body: str) -> list[tuple[str, str]]:
    return [(clause.path, clause.text) for clause in cut(body).clauses()]


def test_levels_nest_by_their_markers() -> None:
    body = "I. MỘT\n1. Hai\na) Ba\n- bốn\n+ năm\n+ sáu\n- bảy\nb) Tám\n2. Chín\nII. MƯỜI\n- mười một"
    assert paths(body) == [
        ("I", "MỘT"),
        ("I.1", "Hai"),
        ("I.1.a", "Ba"),
        ("I.1.a-1", "bốn"),
        ("I.1.a-1+1", "năm"),
        ("I.1.a-1+2", "sáu"),
        ("I.1.a-2", "bảy"),
        ("I.1.b", "Tám"),
        ("I.2", "Chín"),
        ("II", "MƯỜI"),
        ("II-1", "mười một"),
    ]


def test_numbers_with_points_are_below_plain_ones() -> None:
    assert [path for path, _ in paths("I. A\n1. B\n1.1. C\n1.2. D\n2. E")] == ["I", "I.1", "I.1.1.1", "I.1.1.2", "I.2"]


def test_a_plan_may_begin_with_arabic_numbers() -> None:
    assert [path for path, _ in paths("1. Mục đích\n- a\n2. Nội dung\n- b")] == ["1", "1-1", "2", "2-1"]


def test_sections_that_lost_their_number_are_counted() -> None:
    body = "I. MỤC ĐÍCH\n- một\nNỘI DUNG THỰC HIỆN\n- hai"
    assert [path for path, _ in paths(body)] == ["I", "I-1", "II", "II-1"]


def test_unmarked_paragraphs_have_an_address() -> None:
    assert paths("I. A\n1. Một.\nThêm một.\nThêm hai.") == [
        ("I", "A"),
        ("I.1", "Một."),
        ("I.1(2)", "Thêm một."),
        ("I.1(3)", "Thêm hai."),
    ]


def test_heading_preamble_closing_and_foot_stand_apart() -> None:
    plan = cut("I. A\n- một.\nTrên đây là Kế hoạch./.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH")
    assert plan.subject == "Đối thoại năm 2021"
    assert plan.preamble == ("Thực hiện nhiệm vụ năm 2021:",)
    assert plan.closing == ("Trên đây là Kế hoạch./.",)
    assert plan.foot == ("Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH")


def test_a_title_and_its_subject_on_one_line() -> None:
    plan = outline(text_paragraphs("KẾ HOẠCH ĐỐI THOẠI NĂM 2021\n\nThực hiện nhiệm vụ:\n\nI. A\n\n- một./."))
    assert plan.subject == "ĐỐI THOẠI NĂM 2021"


def test_no_title_names_the_first_line() -> None:
    with pytest.raises(Unreadable, match=r"^Dòng 2: có “BÁO CÁO”"):
        outline(text_paragraphs("\nBÁO CÁO\n\nI. A"))
