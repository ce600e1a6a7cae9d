"""One official paper as values: what stands on it, never how it is drawn.

Both renderings (PDF and DOCX) read this model and nothing else. Layout follows Decree 30/2020/NĐ-CP,
appendix I; "box" in the texts below is a box ("ô số") of its part I, section IV.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "plan", "programme", "synthesis", "invitation", "script", "list", "minutes", "transfer_slip", "answer",
    "result_notice", "change_notice", "survey_report", "delivery_list", "attendance_list", "call_list", "announcement",
    "opening_report", "broadcast",
]  # fmt: skip
Layout = Literal["named", "letter", "minutes", "list"]
Align = Literal["left", "centre", "right", "justify"]
Level = Literal["part", "section", "clause", "point"]

_LEARNED = re.compile(r"^(GS|PGS|TS|ThS|CN|KS|BS|LS|NGƯT|NSƯT|NGND|NSND)\.", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,6}[a-zđ]?")


class PaperError(ValueError):
    """A paper that cannot be a sound one; the message is a Vietnamese sentence fit to be shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. The text is plain: no markup is ever read out of it."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bases:
    """The legal grounds (căn cứ), one a line, without their closing ";" or ".": these are added."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `indent` moves its first line in by 1.27 cm."""

    runs: Text
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A titled division: part "Phần I", section "I. …" (capitals), clause "1. …" (bold), point "a) …".

    `mark` is the bare number or letter ("I", "1", "a"); see `roman` and `letter`.
    """

    level: Level
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list with its `mark`: "-", "+", or "1.", "a)" of a clause or point without title."""

    runs: Text
    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, in quotation marks, exactly as said; a line break starts a new paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line, "Chủ trì: Lãnh đạo Ủy ban nhân dân thị xã."; the colon is added."""

    label: str
    value: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width against the other columns, and how its cells are set."""

    title: str
    width: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: one cell a column, or a single cell across the whole width (a group's name)."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its header repeated on each page; `row_height` (mm, at least) leaves room to sign."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_height: int = 0

    def __post_init__(self) -> None:
        if any(column.width <= 0 for column in self.columns):
            raise PaperError("Độ rộng của mỗi cột trong bảng phải lớn hơn 0.")
        for at, row in enumerate(self.rows, start=1):
            if len(row.cells) not in (1, len(self.columns)):
                raise PaperError(f"Dòng {at} của bảng có {len(row.cells)} ô, bảng có {len(self.columns)} cột.")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


Block = Bases | Paragraph | Heading | Item | Quote | Fact | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Boxes 2 and 3: the issuing body, its parent (none for a People's Committee), the symbol "KH-UBND".

    Names are given line by line, in any case; they are printed in capitals.
    """

    issuer: tuple[str, ...]
    symbol: str = ""
    parent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperDate:
    """The date in box 4; what is not yet known stays blank on the draft (a day, or day and month)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> "PaperDate":
        """The full date of `day` (a day in the agency's time zone)."""
        return cls(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Signature:
    """Boxes 7a and 7b: lines of capacity and title (see `signature_lines`), then the signer's plain name.

    `post` is another office of the signer, printed above the name. An empty name leaves its line blank.
    Decree 30 forbids academic titles and honours before the name (app. I, part I, II.7c).
    """

    capacity: tuple[str, ...]
    name: str
    post: str = ""

    def __post_init__(self) -> None:
        if _LEARNED.match(self.name.strip()):
            raise PaperError(f"Trước họ tên người ký không ghi học hàm, học vị hay danh hiệu: “{self.name}”.")


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix on pages and page numbers of its own; "Phụ lục" and its Roman number are added.

    `note` is "(Kèm theo …)", see `attachment_note`. `landscape` is for wide tables.
    """

    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A code to scan: its payload (an address), the words printed under it, and small lines to its right."""

    payload: str
    caption: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. Raises `PaperError` when a part that its layout cannot do without is missing.

    Layouts: "named" has its kind as title over the subject (box 5a); "letter" (công văn) has "V/v" under the
    number (box 5b) and addressees; "minutes" has no place and date; two signatures, secretary then chair;
    "list" is a sheet to fill in or sign, with or without number and signature.
    `number` None and an incomplete `dated` print blanks. `recipients` are bare lines of Nơi nhận, the last
    "Lưu: VT, …"; dashes, marks and "Như trên" are added. `head` is the journal head printed at the foot.
    """

    kind: Kind
    layout: Layout
    letterhead: Letterhead
    subject: str
    title: str = ""
    number: str | None = None
    place: str = ""
    dated: PaperDate = PaperDate()
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    qr: Qr | None = None
    drafter: str = ""
    copies: int = 0
    contact: tuple[str, ...] = ()
    head: str = ""
    rehearsal: bool = False

    def __post_init__(self) -> None:
        if self.number is not None and not _NUMBER.fullmatch(self.number):
            raise PaperError(f"Số văn bản phải là chữ số, không kèm ký hiệu; đang là “{self.number}”.")
        if fault := _fault(self):
            raise PaperError(fault)


def _fault(paper: Paper) -> str:
    if not any(paper.letterhead.issuer):
        return "Văn bản chưa có tên cơ quan ban hành."
    if paper.layout == "letter" and not paper.addressees:
        return "Công văn chưa có nơi kính gửi."
    if paper.layout != "letter" and not paper.title:
        return "Văn bản chưa có tên loại."
    if paper.layout != "list" and not paper.letterhead.symbol:
        return "Văn bản chưa có ký hiệu."
    filed = not paper.recipients or paper.recipients[-1].lstrip("- ").startswith("Lưu:")
    if paper.layout != "list" and not filed:
        return f"Dòng cuối của Nơi nhận phải là “Lưu: VT, …”; đang là “{paper.recipients[-1]}”."
    if len(paper.signatures) > 2:
        return f"Văn bản có nhiều nhất hai khối chữ ký; đang có {len(paper.signatures)}."
    if paper.layout == "minutes" and len(paper.signatures) != 2:
        return f"Biên bản cần chữ ký của Thư ký và Chủ tọa; đang có {len(paper.signatures)}."
    return ""
