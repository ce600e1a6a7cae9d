"""Words that are to be hidden are found whole, wherever they stand, and never inside what is hidden already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.intake.queries import stretches, with_masks
from doithoai.rules.masking import LABELS, whole


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Bà Sáu bán bún. bà  sáu nghỉ", "bà sáu", "# bán bún. # nghỉ"),
        ("Lang và Lan", "Lan", "Lang và #"),
        ("số 0905 123", "0905", "số # 123"),
        ("(A) và (A)", "(A)", "# và #"),
        ("Không có gì", "ai", "Không có gì"),
        ("Không có gì", "  ", "Không có gì"),
        ("[đã che: tên] ở chợ", "tên", "[đã che: tên] ở chợ"),
        ("[đã che: tên] ở chợ", "tên] ở", "# chợ"),
    ],
)
def test_what_is_found(text: str, words: str, left: str) -> None:
    made = with_masks(text, stretches(text, words, "digits")).replace(whole("digits"), "#")
    assert made == left


@given(st.lists(st.sampled_from(["bà", "Sáu", "chợ", "Cũ", *map(whole, LABELS)]), min_size=1).map(" ".join), st.data())
def test_it_only_ever_hides_more(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    after = with_masks(text, stretches(text, words, "name"))
    open_before, open_after = (_open_letters(one) for one in (text, after))
    assert len(open_after) <= len(open_before)
    assert after.count("[") == after.count("]")


def _open_letters(text: str) -> str:
    for kind in LABELS:
        text = text.replace(whole(kind), "")
    assert "[" not in text
    return text
