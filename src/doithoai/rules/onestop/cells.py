"""Reading single cells of a one-stop export: days, years, telephone and personal numbers, wards, states.

Each function either returns the value, returns None (or "") for an empty cell, or raises `Unread` with the
words for what was expected. Spreadsheets drop leading zeros and turn days into serial numbers; both are
put right here, because they are certain. A day that could be read two ways is read day first, as written
in Vietnam, and never month first.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from doithoai.rules import vietnamese
from doithoai.rules.onestop.sheet import Cell, words
from doithoai.rules.vietnamese import fold

_EPOCH = date(1899, 12, 30)
_SERIALS = range(30_000, 60_000)  # 1982 to 2064: no year, no day of the month and no file number lies here
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})\b")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")

_NOT_DONE = ("chua", "dang", "cho ", "bo sung", "tam dung", "rut", "huy", "moi tiep nhan", "chuyen xu ly")
_DONE = (
    "da tra", "tra ket qua", "hoan thanh", "da giai quyet", "da cap", "da xong", "da co ket qua", "ket thuc",
    "xong", "tu choi", "tra lai", "khong du dieu kien", "dung han", "som han", "tre han",
)  # fmt: skip
# Trương, Quý and Hội are names of persons too: alone they are no sign of a body.
_ORGANISATION = re.compile(
    r"(?:cong ty|cty|doanh nghiep|dntn|hop tac xa|htx|to hop tac|lien hiep|chi nhanh|van phong dai dien|uy ban|ubnd"
    r"|truong (?:tieu hoc|thcs|thpt|mam non|mau giao|cao dang|dai hoc|trung (?:hoc|cap))|ban quan ly|trung tam"
    r"|ngan hang|quy tin dung|hoi (?:nong dan|phu nu|cuu chien binh|chu thap do|nguoi cao tuoi))\b"
)
_WARD_PREFIX = re.compile(
    r"^(?:phường|phuong|p\.|p(?= )|xã|xa|x\.|x(?= )|thị trấn|thi tran|tt\.|tt(?= ))\s*(?=\S)", re.IGNORECASE
)
_SECTOR_PREFIX = re.compile(r"^(?:lĩnh vực|linh vuc)\s*:?\s*", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:phuong\b|p\.|(?<!thi )xa\b|x\.|thi tran\b)\s*(.+?)(?=\s*(?:[,;]|$| thi xa| tx| huyen| thanh pho| tp| tinh))"
)
_GROUP = re.compile(r"(?:to|thon|khu pho|kp|tdp|xom|ap|buon)\b")
# Parts of an address that are no ward: below it the group, street and house, above it town and province.
_OTHER_UNIT = re.compile(
    r"(?:to dan pho|thon|khu pho|tdp|duong|hem|thi xa|tx|huyen|thanh pho|tp|tinh|viet nam)\b"
    r"|(?:to|kp|xom|ap|so)\s*\d|\d"
)


class Unread(ValueError):
    """A cell that cannot be taken; `str()` says what was expected, in Vietnamese, without a full stop."""


def read_day(cell: Cell) -> date | None:
    """A day from a date cell, an Excel serial number or text ("05/3/2021", "5-3-21", "2021-03-05").

    None for an empty cell. Raises Unread for anything else, a day that does not exist included.
    """
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    text = words(cell)
    if not text:
        return None
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and int(float(text)) in _SERIALS:
        return _EPOCH + timedelta(days=int(float(text)))
    try:
        return _written_day(text)
    except ValueError:
        raise Unread("ngày có thật, thí dụ 05/03/2021") from None


def _written_day(text: str) -> date:
    if found := _YEAR_FIRST.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(text) or _IN_WORDS.search(fold(text)):
        day, month, year = map(int, found.groups())
    else:
        raise ValueError(text)
    return date(year + 2000 if year < 100 else year, month, day)


def read_birth_year(cell: Cell) -> int | None:
    """The year of birth from a year or a whole birthday; raises Unread where it is neither."""
    if isinstance(cell, date):
        return cell.year
    text = words(cell)
    if not text:
        return None
    years = [int(found) for found in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    if len(years) != 1 or not 1900 <= years[0] <= 2100:
        raise Unread("năm sinh bốn chữ số, thí dụ 1975")
    return years[0]


def read_phone(cell: Cell) -> str:
    """The telephone number as ten digits, its lost zero put back; "" when empty or only words ("không có").

    Of two numbers in one cell the first that can be one is taken. Raises Unread when none can.
    """
    text = words(cell)
    if not re.search(r"\d", text):
        return ""
    for part in [text, *re.split(r"[;,/]| - ", text)]:
        if (number := vietnamese.phone(part.strip())) is not None:
            return number
    raise Unread("số điện thoại mười chữ số")


def read_personal_number(cell: Cell) -> str:
    """A personal number (12 digits) or an old identity card (9), lost zeros put back; "" when empty."""
    text = words(cell)
    if not text:
        return ""
    # Nine digits are an identity card; only a longer number can be a personal number that lost zeros.
    digits = re.sub(r"\D", "", text)
    number = vietnamese.cccd(text) if len(digits) > 9 else vietnamese.cmnd(text)
    if number is None:
        raise Unread("số định danh mười hai chữ số hoặc số chứng minh chín chữ số")
    return number


def read_state(cell: Cell) -> bool:
    """Whether the file is finished: answered, granted or refused. A withdrawn file is not.

    A day in this column is the day the result was handed over. Empty is not finished. Raises Unread for
    words this table does not know.
    """
    if isinstance(cell, date):
        return True
    folded = fold(words(cell))
    if not folded or any(sign in folded for sign in _NOT_DONE):
        return False
    if any(sign in folded for sign in _DONE) or _DAY_FIRST.match(folded) or _YEAR_FIRST.match(folded):
        return True
    raise Unread('"Đã trả kết quả" hoặc "Đang giải quyết"')


def is_organisation(name: str) -> bool:
    """Whether a name is that of an enterprise, cooperative or body, not of a person or a household business."""
    return _ORGANISATION.match(fold(name)) is not None


def read_sex(cell: Cell) -> vietnamese.Sex | None:
    """The sex as written, None where the cell is empty or says neither."""
    return vietnamese.read_sex(words(cell))


class Names:
    """Names the plan uses (wards, sectors), found again under another spelling, prefix or case."""

    def __init__(self, names: Sequence[str], prefixes: re.Pattern[str]) -> None:
        """`prefixes` matches what may stand before a name, in folded text or in capitals."""
        self._prefixes = prefixes
        self._named = {self._bare(name): name for name in names}
        self.short = [prefixes.sub("", name, count=1) for name in names]

    def _bare(self, text: str) -> str:
        return self._prefixes.sub("", fold(text).strip(" .:"), count=1).strip()

    def find(self, text: str) -> str | None:
        """The plan's own spelling of `text`, None where the plan does not name it."""
        return self._named.get(self._bare(text))


def ward_names(wards: Sequence[str]) -> Names:
    """Wards with or without "phường", "P.", "xã"."""
    return Names(wards, _WARD_PREFIX)


def sector_names(sectors: Sequence[str]) -> Names:
    """Sectors with or without "lĩnh vực"."""
    return Names(sectors, _SECTOR_PREFIX)


def read_ward(text: str, wards: Names) -> str:
    """The ward from a ward's name or a whole address; the plan's spelling if the plan names it.

    "" when nothing is written. Raises Unread for an address that names no ward.
    """
    parts = _parts(text)
    known = next((name for part in [text, *parts] if (name := wards.find(part)) is not None), None)
    if known is not None:
        return known
    if found := _INSIDE.search(fold(text)):
        return wards.find(found.group(1)) or _ward_part(parts) or text
    named = [part for part in parts if not _OTHER_UNIT.match(fold(part))]
    if parts and not named:
        raise Unread("tên phường")
    return named[0] if named else ""


def ward_parts(text: str) -> list[str]:
    """The parts of an address that may name its ward: those that say so ("P. Hòa Vinh"), otherwise all that name no
    group, street, town or province.
    """
    parts = _parts(text)
    said = [part for part in parts if _WARD_PREFIX.match(fold(part))]
    return said or [part for part in parts if not _OTHER_UNIT.match(fold(part))]


def read_group(address: str) -> str:
    """The hamlet or residential group that an address names ("Tổ dân phố Mẫu 3"), "" where it names none."""
    return next((part for part in _parts(address) if _GROUP.match(fold(part))), "")


def _parts(address: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;]| - ", address) if part.strip()]


def _ward_part(parts: Sequence[str]) -> str:
    return next((part for part in parts if _WARD_PREFIX.match(fold(part))), "")
