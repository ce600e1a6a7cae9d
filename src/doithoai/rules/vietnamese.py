"""How Vietnamese is written, sorted and searched: names, days, numbers, telephone and identity numbers.

Nothing here knows an agency or a language setting: pages and papers call the function whose form they need.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Final, Literal

Sex = Literal["male", "female"]

# Ð (Icelandic) and Ɖ (Ewe) look like Đ and come out of old keyboards and converted files.
_BARRED_D: Final = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"})
_PLAIN: Final = _BARRED_D | {
    code: letter
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if (letter := unicodedata.normalize("NFKD", chr(code))[0]).isascii() and letter.isalpha()
    and all(unicodedata.combining(mark) for mark in unicodedata.normalize("NFKD", chr(code))[1:])
}  # fmt: skip
_TONES: Final = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # huyền, hỏi, ngã, sắc, nặng
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LETTERS: Final = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK: Final = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS, start=1)}


def squeeze(text: str) -> str:
    """Compose to NFC, drop invisible characters, make one space of every run of blanks, strip both ends."""
    if text.isascii():  # half of all cells of a spreadsheet, and every folded text: nothing to compose or drop
        return " ".join(text.split())
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def bare(text: str) -> str:
    """Take off every diacritic and the bar of đ; case and spaces stay. May change the length of the text."""
    plain = text.translate(_PLAIN)
    if plain.isascii():  # composed Vietnamese, that is nearly every text; the rest is taken apart letter by letter
        return plain
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_BARRED_D)


def fold(text: str) -> str:
    """The form that search compares: no diacritics, đ as d, lower case, single spaces.

    Old and new tone placement meet here ("thuỷ" and "thủy" are both "thuy"). Store it in a column of its own
    and fold the query alike; the result is the same on every database.
    """
    return squeeze(bare(squeeze(text)).casefold())


def same_words(left: str, right: str) -> bool:
    """Whether two texts are the same words, whatever their case, blanks and tone placement.

    "Hoà" is "HÒA", but not "Hoa": the tone counts, only its place does not.
    """
    return _words(left) == _words(right)


def _words(text: str) -> list[tuple[str, int]]:
    return [syllable(word) for word in squeeze(text).casefold().split()]


def syllable(word: str) -> tuple[str, int]:
    """Letters with their shapes but without the tone, and the tone: 0 ngang … 5 nặng."""
    marks = unicodedata.normalize("NFD", word)
    tone = next((_TONES.index(c) + 1 for c in marks if c in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in _TONES)), tone


def natural_key(text: str) -> list[str | int]:
    """“Tổ 10” after “Tổ 9”: words and numbers in turn, always beginning with words."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", text)]


def sort_key(name: str) -> str:
    """The place of a person's name in a Vietnamese list: by given name, then family name, then middle names.

    Letters follow the Vietnamese alphabet; equal letters are parted by tone: ngang, huyền, hỏi, ngã, sắc,
    nặng. The key holds digits only, so every database collation sorts a column of it alike.
    """
    words = squeeze(name).casefold().replace("-", " ").split()
    return "".join(_syllable_key(word) for word in chain(words[-1:], words[:-1]))


def _syllable_key(word: str) -> str:
    letters, tone = syllable(word)
    ranks = (_RANK.get(c) or f"99{ord(c):07d}" for c in letters if c.isalnum())
    return f"{''.join(ranks)}00{tone}"


def name_case(name: str) -> str:
    """Give a name written in one case its capitals ("NGUYỄN VĂN AN" → "Nguyễn Văn An").

    A name in mixed case is kept as its owner wrote it ("H'Hen Niê", "Y Bhăm Êban").
    """
    clean = squeeze(name)
    if not (clean.isupper() or clean.islower()):
        return clean
    return re.sub(r"[^\W\d_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), clean)


_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    """The day of the week: "thứ Tư", "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """A day in figures: "22/12/2021"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def page_date(day: date, *, year: bool = True) -> str:
    """A day on a page: "thứ Tư 22/12/2021", or "thứ Tư 22/12" where the year is plain."""
    return f"{weekday(day)} {short_date(day) if year else short_date(day)[:5]}"


def paper_weekday_date(day: date) -> str:
    """A day as invitations name it: "thứ Tư, ngày 22/12/2021"."""
    return f"{weekday(day)}, ngày {short_date(day)}"


def paper_date(day: date) -> str:
    """A day in the words of a paper: "ngày 05 tháng 01 năm 2022".

    Decree 30/2020, Appendix I, part I, section II, point 4: days below 10 and the months 1 and 2 take a
    leading zero, the other months do not ("ngày 22 tháng 3 năm 2021").
    """
    month = padded(day.month) if day.month <= 2 else str(day.month)
    return f"ngày {padded(day.day)} tháng {month} năm {day.year}"


def page_time(at: time) -> str:
    """A local time of day on a page: "07:30"."""
    return f"{at.hour:02d}:{at.minute:02d}"


def paper_time(at: time) -> str:
    """A local time of day in a paper: "07 giờ 30 phút"."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút"


def number(value: int) -> str:
    """A whole number with its thousands parted: "12.400"."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction | Decimal | int, places: int = 1) -> str:
    """A number such as "8,2": rounded half away from zero to so many places, thousands parted by dots."""
    scaled = abs(Fraction(value)) * 10**places
    units, rest = divmod(int(scaled + Fraction(1, 2)), 10**places)
    sign = "-" if value < 0 and (units or rest) else ""
    return f"{sign}{number(units)}" + (f",{rest:0{places}d}" if places else "")


def percent(part: int, whole: int, places: int = 1) -> str:
    """A share such as "8,2 %", which no line parts: part of whole. Raises ZeroDivisionError for an empty whole."""
    return f"{decimal(Fraction(100 * part, whole), places)}\N{NO-BREAK SPACE}%"


def padded(value: int) -> str:
    """A count as papers write it: "02", "15"; nought stays "0"."""
    return f"{value:02d}" if 0 < value < 10 else number(value)


def count(value: int, noun: str) -> str:
    """A count with its noun: "02 người", "15 người"."""
    return f"{padded(value)} {noun}"


_SEXES: Final[dict[str, Sex]] = {
    "nam": "male", "male": "male", "m": "male", "ong": "male",
    "nu": "female", "female": "female", "f": "female", "ba": "female",
}  # fmt: skip


def read_sex(text: str) -> Sex | None:
    """The sex that a cell of a spreadsheet names ("Nam", "nữ", "F", "Bà"), or None."""
    return _SEXES.get(fold(text))


_MOBILE: Final = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_LANDLINE: Final = re.compile(r"02\d{9}")
# Mobile numbers of eleven digits were changed to ten in 2018.
_OLD_MOBILE: Final = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def phone(text: str) -> str | None:
    """A Vietnamese telephone number as its national digits ("0905123456"), or None if it cannot be one.

    Reads +84, 84 and 0084, any separators, the mobile numbers of eleven digits used until 2018, and numbers
    whose leading zero a spreadsheet has eaten ("905123456", "905123456.0"). Hotlines (1900…) give None.
    """
    digits = re.sub(r"\D", "", re.sub(r"(?<=\d)\.0$", "", bare(squeeze(text))))
    return next((found for candidate in _national(digits) if (found := _plausible(candidate))), None)


def _national(digits: str) -> list[str]:
    """Every way to read the digits as a national number, the likeliest first."""
    abroad = [digits[len(code) :].removeprefix("0") for code in ("0084", "84") if digits.startswith(code)]
    return [digits, f"0{digits}", *(f"0{rest}" for rest in abroad)]


def _plausible(digits: str) -> str | None:
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        return _OLD_MOBILE[digits[:4]] + digits[4:]
    return digits if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits) else None


def show_phone(digits: str) -> str:
    """The result of `phone` in groups that are easy to read aloud: "0905 123 456", "0257 000 0101"."""
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


# The 63 provinces of first registration; numbers given before the mergers of 2025 keep them.
_PROVINCES: Final = frozenset({
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
})  # fmt: skip


def cccd(text: str) -> str | None:
    """A personal identification number as its twelve digits, or None if it cannot be one.

    Decree 137/2015, article 13: three digits of the place of first registration, one of century and sex, two
    of the year of birth, six of chance. Leading zeros that a spreadsheet has eaten are put back.
    """
    digits = re.sub(r"[\s.-]", "", re.sub(r"(?<=\d)\.0$", "", bare(squeeze(text)))).rjust(12, "0")
    if not re.fullmatch(r"[0-9]{12}", digits) or digits[3] not in "0123":
        return None
    return digits if int(digits[:3]) in _PROVINCES or digits[0] != "0" else None


def cmnd(text: str) -> str | None:
    """An old identity card number as its nine digits (a lost leading zero is put back), or None."""
    digits = re.sub(r"[\s.-]", "", re.sub(r"(?<=\d)\.0$", "", bare(squeeze(text))))
    return digits.rjust(9, "0") if re.fullmatch(r"[0-9]{8,9}", digits) else None
