"""Numbers and symbols of official papers: Decree 30/2020, article 15 and appendices I and III.

What is unique is the pair of number and symbol, per issuing body and year (1 January to 31 December).
Which year and which body is the caller's to say: a number is given after signature, in the agency's zone.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LARGEST = 99_999
DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"})
ICELANDIC_ETH = "\u00d0"  # looks like Đ and comes out of old Vietnamese fonts
WRITTEN = re.compile(r"(?:Số\s*:?\s*)?(?P<number>[^/]*)/(?P<symbol>.+)", re.IGNORECASE | re.DOTALL)


class NumberingError(ValueError):
    """A number or symbol that cannot be used; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper and its abbreviation (appendix III). Only the official letter has none."""

    slug: str
    name: str
    symbol: str


def _kinds(*rows: tuple[str, str, str]) -> Mapping[str, Kind]:
    return MappingProxyType({slug: Kind(slug, name, symbol) for slug, name, symbol in rows})


KINDS: Mapping[str, Kind] = _kinds(
    ("resolution", "Nghị quyết", "NQ"),
    ("decision", "Quyết định", "QĐ"),
    ("directive", "Chỉ thị", "CT"),
    ("regulation", "Quy chế", "QC"),
    ("rules", "Quy định", "QyĐ"),
    ("communique", "Thông cáo", "TC"),
    ("notice", "Thông báo", "TB"),
    ("guidance", "Hướng dẫn", "HD"),
    ("programme", "Chương trình", "CTr"),
    ("plan", "Kế hoạch", "KH"),
    ("option", "Phương án", "PA"),
    ("scheme", "Đề án", "ĐA"),
    ("project", "Dự án", "DA"),
    ("report", "Báo cáo", "BC"),
    ("minutes", "Biên bản", "BB"),
    ("submission", "Tờ trình", "TTr"),
    ("contract", "Hợp đồng", "HĐ"),
    ("telegram", "Công điện", "CĐ"),
    ("memorandum", "Bản ghi nhớ", "BGN"),
    ("agreement", "Bản thỏa thuận", "BTT"),
    ("authorisation", "Giấy ủy quyền", "GUQ"),
    ("invitation", "Giấy mời", "GM"),
    ("introduction", "Giấy giới thiệu", "GGT"),
    ("leave", "Giấy nghỉ phép", "GNP"),
    ("sending_slip", "Phiếu gửi", "PG"),
    ("transfer_slip", "Phiếu chuyển", "PC"),
    ("report_slip", "Phiếu báo", "PB"),
    ("copy", "Bản sao y", "SY"),
    ("extract", "Bản trích sao", "TrS"),
    ("further_copy", "Bản sao lục", "SL"),
    ("letter", "Công văn", ""),
)


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """A number with its symbol, as printed: "07/GM-TCKH". Raises `NumberingError` when it cannot be one."""

    number: int
    symbol: str

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST:
            raise NumberingError(f"Số văn bản phải từ 1 đến {LARGEST}, đang là {self.number}.")
        _check_symbol(self.symbol)

    def __str__(self) -> str:
        """A number below ten has a leading zero (appendix I, part II)."""
        return f"{self.number:02d}/{self.symbol}"

    @property
    def labelled(self) -> str:
        """As it stands in box 3 of the heading: "Số: 07/GM-TCKH"."""
        return f"Số: {self}"


def symbol_of(kind: str, issuer: str, unit: str = "") -> str:
    """The symbol of a paper: "GM-TCKH" for an invitation of TCKH, "UBND-QLĐT" for a letter drafted by QLĐT.

    `kind` is a slug of `KINDS`; `unit`, read for letters only, is the drafting unit or the field
    dealt with (appendix I, part II). Raises `NumberingError`.
    """
    if kind not in KINDS:
        raise NumberingError(f"Chưa có loại văn bản {kind!r} trong bảng chữ viết tắt.")
    before = KINDS[kind].symbol
    if not before and not unit:
        raise NumberingError("Ký hiệu công văn cần chữ viết tắt của đơn vị soạn thảo, ví dụ UBND-VP.")
    symbol = f"{before}-{issuer}" if before else f"{issuer}-{unit}"
    _check_symbol(symbol)
    return symbol


def parse_number(text: str) -> PaperNumber:
    """A typed-in number such as "97/TB-UBND" or "Số: 97/TB-UBND"; spaces and long dashes are forgiven.

    Raises `NumberingError`: no number, a number with letters, a year in between, a symbol not in capitals.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).replace(ICELANDIC_ETH, "Đ").translate(DASHES).split())
    found = WRITTEN.fullmatch(plain)
    if not found:
        raise NumberingError(f"Chưa đọc được số văn bản “{plain}”; cần dạng 97/TB-UBND.")
    digits = found["number"].strip()
    if not digits:
        raise NumberingError(f"“{plain}” chưa có số trước dấu gạch chéo; cần dạng 97/TB-UBND.")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise NumberingError(f"Phần số “{digits}” của “{plain}” phải là chữ số, ví dụ 97.")
    return PaperNumber(int(digits), re.sub(r" ?- ?", "-", found["symbol"].strip()))


def _check_symbol(symbol: str) -> None:
    """Parts joined by "-", no spaces, each starting with a capital ("TTr", "QLĐT", "VPHĐND&UBND")."""
    if not all(_is_part(part) for part in symbol.split("-")):
        raise NumberingError(
            f"Ký hiệu “{symbol}” chưa đúng; cần chữ viết tắt in hoa nối bằng dấu gạch ngang, ví dụ TB-UBND."
        )


def _is_part(part: str) -> bool:
    return part[:1].isupper() and all(sign.isalnum() or sign in "&." for sign in part)
