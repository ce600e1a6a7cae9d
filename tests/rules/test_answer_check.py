"""The check of an answer before it is submitted: it names what is missing and how to mend it, and forbids nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.answer_check import LONG_SENTENCE, Point, checked, missing

GOOD = {
    "text": "Hồ sơ nộp trực tuyến hợp lệ thì không phải nộp lại bản giấy.",
    "basis": "Điều 14 Nghị định số 45/2020/NĐ-CP",
    "next_step": "Mang giấy tờ tùy thân đến Bộ phận Một cửa nhận kết quả ngày 27/12/2021",
    "uptake": "full",
    "uptake_reason": "",
}


def lacks(**changed: str) -> set[Point]:
    """The points that an answer misses, one of its parts worded otherwise."""
    return {check.point for check in missing(checked(**{**GOOD, **changed}))}


def test_a_good_answer_misses_nothing() -> None:
    assert lacks() == set()


@pytest.mark.parametrize(
    ("changed", "point"),
    [
        ({"text": "  "}, "text"),
        ({"basis": ""}, "rule"),
        ({"basis": "theo lệ thường"}, "rule"),
        ({"basis": "Nghị định số 45/2020/NĐ-CP"}, "article"),
        ({"next_step": ""}, "step"),
        ({"next_step": "Mang giấy tờ tùy thân đến Bộ phận Một cửa"}, "day"),
        ({"uptake": ""}, "uptake"),
        ({"uptake": "none"}, "reason"),
        ({"uptake": "part", "uptake_reason": " "}, "reason"),
        ({"text": "chữ " * (LONG_SENTENCE + 1)}, "plain"),
        ({"text": "Ông không biết luật thì phải hỏi."}, "address"),
    ],
)
def test_what_is_missing_is_named(changed: dict[str, str], point: Point) -> None:
    assert lacks(**changed) == {point}


@pytest.mark.parametrize(
    "basis",
    ["Khoản 2 Điều 5 Luật Đất đai năm 2013", "khoản 1 điều 9 quy chế của bộ phận Một cửa", "điều 3, 01/2021/NĐ-CP"],
)
def test_a_rule_is_known_by_its_kind_its_number_or_its_year(basis: str) -> None:
    assert "rule" not in lacks(basis=basis)


def test_a_rule_named_in_the_text_is_enough() -> None:
    assert lacks(basis="", text="Theo khoản 1 Điều 4 Nghị định số 45/2020/NĐ-CP, không phải nộp lại.") == set()


@pytest.mark.parametrize(
    "step", ["Không phải làm gì thêm", "Chờ trong 5 ngày làm việc", "Đến nhận vào thứ Tư hằng tuần"]
)
def test_a_step_without_a_date_may_name_a_span_a_weekday_or_that_there_is_nothing_to_do(step: str) -> None:
    assert lacks(next_step=step) == set()


def test_whoever_takes_a_wish_up_wholly_owes_no_reason() -> None:
    assert "reason" not in {check.point for check in checked(**GOOD)}
    assert lacks(uptake="none", uptake_reason="Luật chưa cho phép") == set()


texts = st.text(max_size=80)


@given(texts, texts, texts, st.sampled_from(["", "full", "part", "none"]), texts)
def test_every_missing_point_says_how_to_mend_it(text: str, basis: str, step: str, uptake: str, reason: str) -> None:
    checks = checked(text=text, basis=basis, next_step=step, uptake=uptake, uptake_reason=reason)
    points = [check.point for check in checks]
    assert points[:2] == ["text", "rule"]
    assert len(points) == len(set(points))
    assert all(check.words and check.advice for check in missing(checks))
