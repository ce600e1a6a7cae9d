"""Short codes that are read out over a telephone: six digits, the last of which catches what was misheard."""

import re
from typing import Final

LENGTH: Final = 6
PAYLOAD: Final = LENGTH - 1

# H. Damm's quasigroup of order 10 (2004): it catches every wrong digit and every pair of neighbours exchanged.
_TABLE: Final = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(payload: str) -> str:
    """The digit that closes these digits."""
    interim = 0
    for digit in payload:
        interim = int(_TABLE[interim][int(digit)])
    return str(interim)


def closed(payload: str) -> str:
    """The code made of these five digits and their check digit."""
    return payload + check_digit(payload)


def in_groups(code: str) -> str:
    """As it is printed and read: “123 456”."""
    return f"{code[:3]} {code[3:]}"


def heard(text: str) -> str | None:
    """The six digits somebody typed, separators aside; None where it is anything but six digits."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits) else None


def is_right(code: str) -> bool:
    """Whether the check digit fits: a misheard digit or an exchanged pair never does."""
    return check_digit(code) == "0"
