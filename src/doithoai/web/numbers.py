"""Whole numbers that come in with an address or a form: small ones, of plain digits, or none."""

from collections.abc import Mapping
from typing import Final

MOST_DIGITS: Final = 9


def small_number(text: str, *, most: int = 10**MOST_DIGITS - 1) -> int | None:
    """The number from 0 to `most` that was typed in plain digits; None for anything else, however long it is."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > MOST_DIGITS:
        return None
    number = int(digits)
    return number if number <= most else None


def page_asked(given: Mapping[str, str], *, pages: int = 10**6) -> int:
    """Which page of a list an address asks for with `trang`: from 1 to the last, the first where it makes no sense."""
    return min(max(1, small_number(given.get("trang", "")) or 1), max(1, pages))
