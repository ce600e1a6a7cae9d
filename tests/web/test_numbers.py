"""Small whole numbers from addresses and forms: a number, or none, whatever was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.web.numbers import page_asked, small_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), (" 12 ", 12), ("007", 7), ("999999999", 999_999_999)])
def test_plain_digits_are_the_number(text: str, number: int) -> None:
    assert small_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", "1e3", "12,20", "mười", "٣", "²", "1 2", "9" * 10, "9" * 5_000]
)
def test_anything_else_is_none_however_long(text: str) -> None:
    assert small_number(text) is None


def test_a_number_above_the_most_is_none() -> None:
    assert small_number("6", most=6) == 6
    assert small_number("7", most=6) is None


@given(st.text())
def test_whatever_is_typed_is_a_number_in_the_range_or_none(text: str) -> None:
    number = small_number(text)
    assert number is None or 0 <= number <= 999_999_999


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("0", 1), ("1", 1), ("3", 3), ("4", 4), ("5", 4), ("-2", 1), ("9" * 5_000, 1)]
)
def test_a_page_is_one_of_the_list(asked: str, page: int) -> None:
    assert page_asked({"trang": asked}, pages=4) == page
    assert page_asked({}, pages=0) == 1
