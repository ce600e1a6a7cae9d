"""Writing rules of Decree 30/2020/NĐ-CP that concern words: numbers, dates, lists, letters, the end mark."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from doithoai.rules import numbering
from doithoai.rules.paper.model import (
    Bases,
    Block,
    Fact,
    Heading,
    Item,
    Kind,
    PageBreak,
    Paper,
    PaperDate,
    PaperError,
    Paragraph,
    Qr,
    Quote,
    Run,
    Table,
    Text,
)

VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
BLANK = "\u00a0" * 6
REHEARSAL_MARK = "BẢN DIỄN TẬP, không có giá trị pháp lý"

_CALLED: dict[Kind, str] = {
    "plan": "plan", "programme": "programme", "synthesis": "submission", "invitation": "invitation",
    "minutes": "minutes", "transfer_slip": "transfer_slip", "result_notice": "notice", "change_notice": "notice",
    "announcement": "notice", "survey_report": "report", "opening_report": "report",
}  # fmt: skip
NAMED = MappingProxyType({kind: numbering.KINDS[slug] for kind, slug in _CALLED.items()})
"""What Decree 30/2020 (app. III, section I) calls the kinds that have a name; every other paper is a letter or a list."""

_UNSEEN = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]"
)
_UNDRAWN = re.compile(
    "[^\\n\\x20-\\x7e\\xa0-\\u0377\\u0391-\\u03a1\\u03a3-\\u052f\\u1e00-\\u1eff\\u2000-\\u2027\\u202f-\\u205f"
    "\\u2070-\\u2071\\u2074-\\u208e\\u20a0-\\u20be\\u2100-\\u214f\\u2190-\\u2195\\u2212\\u221a\\u221e\\u2248\\u2260\\u2264-\\u2265"
    "\\u25a0-\\u25a1\\u25cf]"
)
_MARKS = " \t\n.;,:…"


def clean(text: str) -> str:
    """`text` in composed Unicode as a paper can show it: invisible and control characters go, and what the
    typeface does not hold (pictures, far scripts) becomes "□", so that something visibly stood there."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNDRAWN.sub("□", _UNSEEN.sub("", unicodedata.normalize("NFC", lines)))


def cleaned(paper: Paper) -> Paper:
    """The paper with every text `clean`, its journal head and the code to scan untouched."""
    fresh: Paper = _cleaned(paper)
    return fresh


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if isinstance(value, Qr):
        return Qr(value.payload, clean(value.caption), _cleaned(value.beside))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value


def runs(*parts: str | Run) -> Text:
    """A text of plain strings and styled runs: `runs("Kính mời ", bold("bà Sáu"), ".")`."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def bold(text: str) -> Run:
    """`text` in bold."""
    return Run(text, bold=True)


def italic(text: str) -> Run:
    """`text` in italics."""
    return Run(text, italic=True)


def para(*parts: str | Run) -> Paragraph:
    """A justified, indented paragraph of the body."""
    return Paragraph(runs(*parts))


def dash(*parts: str | Run) -> Item:
    """An entry of a list with a dash in front."""
    return Item(runs(*parts))


def plus(*parts: str | Run) -> Item:
    """An entry of the list below a dash, with a plus in front."""
    return Item(runs(*parts), "+")


def fact(label: str, *parts: str | Run) -> Fact:
    """A labelled line, the colon added."""
    return Fact(label, runs(*parts))


def letter(at: int) -> str:
    """The letter of the `at`-th point, from 1, in Vietnamese order: a b c d đ e g h i k … (app. I, II.6đ)."""
    if not 1 <= at <= len(VIETNAMESE_LETTERS):
        raise PaperError(f"Một khoản có nhiều nhất {len(VIETNAMESE_LETTERS)} điểm; đang cần điểm thứ {at}.")
    return VIETNAMESE_LETTERS[at - 1]


def roman(number: int) -> str:
    """`number`, from 1 to 89, as a Roman numeral, for sections and appendices."""
    tens, ones = divmod(number, 10)
    if not (0 <= tens <= 8 and number >= 1):
        raise PaperError(f"Số thứ tự La Mã phải từ 1 đến 89; đang là {number}.")
    high = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")
    return high[tens] + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def number_words(number: str | None, symbol: str) -> str:
    """Number and symbol, "07/GM-TCKH": leading 0 below 10 (app. I, II.3c); None leaves a blank."""
    if number is None:
        return f"{BLANK}/{symbol}"
    return f"{number.zfill(2) if number.isdigit() else number}/{symbol}"


def date_words(dated: PaperDate) -> str:
    """ "ngày 05 tháng 01 năm 2022": leading 0 for days below 10 and months 1 and 2 only (app. I, II.4b)."""
    day = BLANK if dated.day is None else f"{dated.day:02d}"
    month = BLANK if dated.month is None else f"{dated.month:02d}" if dated.month < 3 else str(dated.month)
    return f"ngày {day} tháng {month} năm {BLANK if dated.year is None else dated.year}"


def symbol_of(kind: Kind, issuer: str, unit: str = "") -> str:
    """The symbol: "KH-UBND" of a named kind, "UBND-VP" (issuer, drafting unit) of a letter (II.3b)."""
    try:
        return numbering.symbol_of(NAMED[kind].slug if kind in NAMED else "letter", issuer, unit)
    except numbering.NumberingError as wrong:
        raise PaperError(str(wrong)) from wrong


def attachment_note(kind_name: str, number: str | None, symbol: str, dated: PaperDate, issuer: str) -> str:
    """ "(Kèm theo Thông báo số 12/TB-UBND ngày … của …)" of an appendix (app. I, III.1c)."""
    return f"(Kèm theo {kind_name} số {number_words(number, symbol)} {date_words(dated)} của {issuer})"


def number_line(paper: Paper) -> str:
    """Box 3, "Số: 17/KH-UBND"; empty for a list without a symbol."""
    return f"Số: {number_words(paper.number, paper.letterhead.symbol)}" if paper.letterhead.symbol else ""


def date_line(paper: Paper) -> str:
    """Box 4, "Đông Hòa, ngày 22 tháng 12 năm 2021"; empty on minutes and where no place is given."""
    return f"{paper.place}, {date_words(paper.dated)}" if paper.place and paper.layout != "minutes" else ""


def _listed(lines: Sequence[str]) -> tuple[str, ...]:
    bare = [line.strip().removeprefix("-").strip(_MARKS) for line in lines]
    return tuple(f"- {line}{'.' if at == len(bare) else ';'}" for at, line in enumerate(bare, start=1))


def addressee_lines(paper: Paper) -> tuple[str, ...]:
    """Box 9a: one addressee on the line of "Kính gửi:", several below it, each with its dash (II.9d)."""
    if len(paper.addressees) == 1:
        return (f"Kính gửi: {paper.addressees[0].strip(_MARKS)}",)
    return ("Kính gửi:", *_listed(paper.addressees)) if paper.addressees else ()


def recipient_lines(paper: Paper) -> tuple[str, ...]:
    """Box 9b below the words "Nơi nhận:"; "Như trên" is first where the paper has addressees (II.9b)."""
    lines = paper.recipients
    if lines and paper.addressees and not lines[0].lstrip("- ").startswith("Như trên"):
        lines = ("Như trên", *lines)
    return _listed(lines)


def drafter_line(paper: Paper) -> str:
    """Box 12, "PL.(300)": the drafter's sign and the number of copies."""
    return f"{paper.drafter}.({paper.copies:02d})" if paper.drafter and paper.copies else paper.drafter


def foot_lines(paper: Paper) -> tuple[str, ...]:
    """What stands below the text on the first page: the journal head, and the mark of a rehearsal."""
    head = (f"Mã nhật ký: {paper.head}",) if paper.head else ()
    return (*head, REHEARSAL_MARK) if paper.rehearsal else head


def _marked(text: Text) -> Text:
    if not text:
        raise PaperError("Đoạn cuối của văn bản chưa có chữ để đặt dấu kết thúc.")
    last = text[-1]
    return (*text[:-1], replace(last, text=last.text.removesuffix("./.").rstrip(_MARKS) + "./."))


def ended(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks` with the end mark "./." closing the last text; doing it twice changes nothing.

    Raises `PaperError` when the last block is not a text that can carry the mark (a table, a quotation).
    """
    match blocks[-1] if blocks else None:
        case Paragraph() | Item() as last:
            return (*blocks[:-1], replace(last, runs=_marked(last.runs)))
        case Fact() as last:
            return (*blocks[:-1], replace(last, value=_marked(last.value)))
        case Bases() | Heading() | Quote() | Table() | PageBreak() | None:
            raise PaperError("Văn bản phải kết thúc bằng một đoạn văn để đặt dấu “./.”.")
