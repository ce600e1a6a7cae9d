"""A paper laid out as far as both renderings share it: texts broken into lines, indents, sizes of the page.

Sizes and places are those of Decree 30/2020/NĐ-CP, appendix I, part I.
"""

from collections.abc import Callable
from dataclasses import dataclass

from doithoai.documents.rendering.faces import balanced, longest, unbroken, width
from doithoai.rules.paper import wording
from doithoai.rules.paper.model import Block, Paper, Qr, Signature, Table
from doithoai.rules.paper.printed import NATION, Line, Printed, appendix_name, printed

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LANDSCAPE_WIDTH = PAGE_HEIGHT - LEFT - RIGHT
ISSUER_WIDTH = 72.0
NATION_WIDTH = TEXT_WIDTH - ISSUER_WIDTH
INDENT = 12.7
SIGNING_ROOM = 30.0
RULE_SHARE = 0.4
BODY, TITLE, HEADING, MOTTO, NUMBER, ABOUT = 14.0, 14.0, 12.0, 13.0, 13.0, 12.0
CELL, RECIPIENTS, RECIPIENTS_LABEL, DRAFTER, CONTACT, FOOT, MARK = 12.0, 11.0, 12.0, 11.0, 11.0, 8.0, 11.0
CELL_PADDING = 1.6
QR_SIZE = 26.0
MOTTO_RULE = width(NATION[1], MOTTO, "Bold")
"""Length in mm of the rule below the motto: that of its text (app. I, II.1b)."""
_TITLE_SHARE = 0.85
_WIDEST_WORD = 45.0
_DASH_ROOM = 60.0


@dataclass(frozen=True, slots=True)
class Addressees:
    """Box 9a: the lines, the left indent (mm) of "Kính gửi:" and of the dashes below its colon.

    One addressee that fits on the line is centred.
    """

    lines: tuple[str, ...]
    indent: float
    dash: float
    centred: bool


@dataclass(frozen=True, slots=True)
class AppendixSheet:
    """An appendix: its name, title and note in lines, its body, and whether the page lies across."""

    name: str
    title: tuple[str, ...]
    note: tuple[str, ...]
    body: tuple[Printed, ...]
    landscape: bool

    @property
    def rule(self) -> float:
        """Length in mm of the rule below title and note."""
        below = longest(self.note, BODY, "Italic") or longest(self.title, TITLE, "Bold")
        return below * RULE_SHARE


@dataclass(frozen=True, slots=True)
class Sheet:
    """All texts of one paper, each broken into the lines that both renderings print."""

    name: str
    author: str
    parent: tuple[str, ...]
    issuer: tuple[str, ...]
    number: str
    about: tuple[str, ...]
    date: str
    title: str
    subject: tuple[str, ...]
    addressees: Addressees | None
    body: tuple[Printed, ...]
    recipients: tuple[str, ...]
    drafter: str
    signatures: tuple[Signature, ...]
    qr: Qr | None
    appendices: tuple[AppendixSheet, ...]
    contact: tuple[str, ...]
    foot: tuple[str, ...]
    mark: str

    @property
    def issuer_rule(self) -> float:
        """Length in mm of the rule below the issuing body, 1/3 to 1/2 of its line (app. I, II.2b)."""
        return longest(self.issuer, HEADING, "Bold") * RULE_SHARE

    @property
    def subject_rule(self) -> float:
        """Length in mm of the rule below the subject, 1/3 to 1/2 of its line (app. I, II.5b)."""
        return longest(self.subject, TITLE, "Bold") * RULE_SHARE


def _names(lines: tuple[str, ...], face: str) -> tuple[str, ...]:
    return tuple(part for line in lines for part in balanced(line.upper(), HEADING, face, ISSUER_WIDTH - 2))


def room(*, landscape: bool) -> float:
    """Width in mm of the text area of a page."""
    return LANDSCAPE_WIDTH if landscape else TEXT_WIDTH


def _titled(landscape: bool) -> float:
    return room(landscape=landscape) * _TITLE_SHARE


def _addressees(paper: Paper) -> Addressees | None:
    lines = wording.addressee_lines(paper)
    if not lines:
        return None
    label = width("Kính gửi", BODY)
    if len(lines) == 1:
        centred = width(lines[0], BODY) <= TEXT_WIDTH - INDENT
        return Addressees(lines, INDENT, INDENT + width("Kính gửi: ", BODY), centred)
    longest = max(width(line, BODY) for line in lines[1:])
    indent = min(max((TEXT_WIDTH - label - longest) / 2, INDENT), _DASH_ROOM)
    return Addressees(lines, indent, indent + label, centred=False)


def _body(blocks: tuple[Block, ...]) -> tuple[Printed, ...]:
    """The printed blocks; a line that leads into a table is kept with it."""
    flow = list(printed(blocks))
    for at, after in enumerate(flow[1:]):
        before = flow[at]
        if isinstance(before, Line) and isinstance(after, Table):
            flow[at] = Line(before.style, before.runs, before.align, before.indent, keep=True)
    return tuple(flow)


def _appendices(paper: Paper) -> tuple[AppendixSheet, ...]:
    return tuple(
        AppendixSheet(
            appendix_name(at, len(paper.appendices)),
            balanced(appendix.title.upper(), TITLE, "Bold", _titled(appendix.landscape)),
            balanced(appendix.note, BODY, "Italic", _titled(appendix.landscape)),
            _body(appendix.blocks),
            appendix.landscape,
        )
        for at, appendix in enumerate(paper.appendices, start=1)
    )


def _about(paper: Paper) -> tuple[str, ...]:
    return balanced(f"V/v {paper.subject}", ABOUT, "Regular", ISSUER_WIDTH - 6)


def lay_out(paper: Paper) -> Sheet:
    """The sheet that both renderings print."""
    paper = wording.cleaned(paper)
    letter = paper.layout == "letter"
    head = paper.letterhead
    title = "" if letter else paper.title.upper()
    return Sheet(
        name=" ".join(f"{title or 'V/v'} {paper.subject}".split()),
        author=" ".join(head.issuer),
        parent=_names(head.parent, "Regular"),
        issuer=_names(head.issuer, "Bold"),
        number=wording.number_line(paper),
        about=_about(paper) if letter else (),
        date=wording.date_line(paper),
        title=title,
        subject=() if letter else balanced(paper.subject, TITLE, "Bold", _titled(landscape=False)),
        addressees=_addressees(paper),
        body=_body(paper.blocks),
        recipients=wording.recipient_lines(paper),
        drafter=wording.drafter_line(paper),
        signatures=paper.signatures,
        qr=paper.qr,
        appendices=_appendices(paper),
        contact=paper.contact,
        foot=wording.foot_lines(paper),
        mark=wording.REHEARSAL_MARK if paper.rehearsal else "",
    )


def last_line(body: tuple[Printed, ...]) -> int:
    """Index of the last line when the body ends in one (it stays with the signatures), else -1."""
    at = len(body) - 1
    return at if at >= 0 and isinstance(body[at], Line) else -1


def _needs(table: Table, parts: Callable[[str], list[str]]) -> list[float]:
    """For each column the width in mm of its widest part with its padding, up to a limit."""
    texts = [[(column.title, "Bold")] for column in table.columns]
    for row in table.rows:
        if len(row.cells) == len(texts):
            for column, cell in zip(texts, row.cells, strict=True):
                column.append((cell, "Bold" if row.bold else "Regular"))
    return [
        min(max((width(word, CELL, face) for text, face in column for word in parts(text)), default=0), _WIDEST_WORD)
        + 2 * CELL_PADDING + 0.4
        for column in texts
    ]  # fmt: skip


def _least(table: Table, room: float) -> list[float]:
    """What each column needs so that no date, code or word is cut; failing the room for that, no word; failing that, 0."""
    for parts in (unbroken, str.split):
        needs = _needs(table, parts)
        if sum(needs) <= room:
            return needs
    return [0.0] * len(table.columns)


def column_widths(table: Table, room: float) -> tuple[float, ...]:
    """The widths in mm of the columns of `table` in a text area `room` mm wide.

    Each has its share, but no less than its widest word needs ("STT" is never cut in two) while there is room.
    """
    needs = _least(table, room)
    fixed: dict[int, float] = {}
    while True:
        left = room - sum(fixed.values())
        total = sum(column.width for at, column in enumerate(table.columns) if at not in fixed)
        shares = {at: left * column.width / total for at, column in enumerate(table.columns) if at not in fixed}
        short = {at: needs[at] for at, share in shares.items() if share < needs[at]}
        if not short:
            return tuple((shares | fixed)[at] for at in range(len(needs)))
        fixed |= short
