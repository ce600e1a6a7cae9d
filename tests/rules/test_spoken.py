"""Digits read out over a telephone: what was misheard is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.spoken import SECRET, check_digit, closed, heard, in_groups, is_right

payloads = st.integers(0, 99_999).map(lambda number: f"{number:05d}")


def test_the_published_example() -> None:
    """H. Damm's own example: 572 closes with 4."""
    assert check_digit("572") == "4"


@given(payloads)
def test_a_closed_code_is_right(payload: str) -> None:
    assert is_right(closed(payload))
    assert len(closed(payload)) == 6


@given(payloads, st.integers(0, 5), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_noticed(payload: str, at: int, digit: str) -> None:
    code = closed(payload)
    assert is_right(code[:at] + digit + code[at + 1 :]) == (code[at] == digit)


@given(payloads, st.integers(0, 4))
def test_neighbours_exchanged_are_always_noticed(payload: str, at: int) -> None:
    code = closed(payload)
    exchanged = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert is_right(exchanged) == (exchanged == code)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("123 456", "123456"), ("123-456", "123456"), (" 1 2 3.456 ", "123456"),
        ("12345", None), ("1234567", None), ("12a456", None), ("", None),
    ],
)  # fmt: skip
def test_what_was_typed_is_read(typed: str, digits: str | None) -> None:
    assert heard(typed) == digits


@given(payloads)
def test_what_is_printed_is_read_back(payload: str) -> None:
    assert heard(in_groups(closed(payload))) == closed(payload)


@given(st.integers(0, 99_999_999).map(lambda number: f"{number:08d}"))
def test_nine_digits_are_printed_by_threes_and_read_back(payload: str) -> None:
    code = closed(payload)
    assert in_groups(code) == f"{code[:3]} {code[3:6]} {code[6:]}"
    assert heard(in_groups(code), SECRET) == code
    assert heard(in_groups(code)) is None
