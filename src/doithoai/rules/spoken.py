"""Short codes that are read out over a telephone: digits, the last of which catches what was misheard.

Six of them name an invitation and open nothing. Nine open an opinion together with its code: too many to guess.
"""

import re
from typing import Final

LENGTH: Final = 6
PAYLOAD: Final = LENGTH - 1
SECRET: Final = 9

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
    """The code made of these digits and their check digit."""
    return payload + check_digit(payload)


def in_groups(code: str) -> str:
    """As it is printed and read, by threes: “123 456”."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


def heard(text: str, length: int = LENGTH) -> str | None:
    """The digits somebody typed, separators aside; None where it is anything but so many digits."""
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if re.fullmatch(rf"[0-9]{{{length}}}", digits) else None


def is_right(code: str) -> bool:
    """Whether the check digit fits: a misheard digit or an exchanged pair never does."""
    return check_digit(code) == "0"
