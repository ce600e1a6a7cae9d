"""A paper's blocks as the few things a page knows (paragraphs, tables, page breaks), and its words.

Marks, quotation marks and capitals are put in here, once, so that two renderings cannot differ in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doithoai.rules.paper import wording
from doithoai.rules.paper.model import (
    Align,
    Appendix,
    Bases,
    Block,
    Fact,
    Heading,
    Item,
    PageBreak,
    Paper,
    Paragraph,
    Quote,
    Run,
    Signature,
    Table,
    Text,
)

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
"""National name and motto, box 1."""

Style = Literal["basis", "body", "part", "part_title", "section", "clause", "point", "quote"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as printed; `keep` binds it to what follows (a title is never the last line of a page)."""

    style: Style
    runs: Text
    align: Align = "justify"
    indent: bool = True
    keep: bool = False


Printed = Line | Table | PageBreak


def _bases(block: Bases) -> Iterator[Line]:
    last = len(block.lines)
    for at, line in enumerate(block.lines, start=1):
        bare = line.rstrip(" .;,\n")
        yield Line("basis", (Run(bare + ("." if at == last else ";"), italic=True),))


def _heading(block: Heading) -> Iterator[Line]:
    text = block.text
    match block.level:
        case "part":
            yield Line("part", (Run(f"Phần {block.mark}", bold=True),), "centre", indent=False, keep=True)
            yield Line("part_title", (Run(text.upper(), bold=True),), "centre", indent=False, keep=True)
        case "section":
            yield Line("section", (Run(f"{block.mark}. {text.upper()}", bold=True),), keep=True)
        case "clause":
            yield Line("clause", (Run(f"{block.mark}. {text}", bold=True),), keep=True)
        case "point":
            yield Line("point", (Run(f"{block.mark}) {text}"),), keep=True)


def _quote(block: Quote) -> Iterator[Line]:
    lines = [line for line in block.text.split("\n") if line.strip()] or [""]
    lines[0] = "“" + lines[0]
    lines[-1] += "”"
    yield from (Line("quote", (Run(line, italic=True),)) for line in lines)


def printed(blocks: tuple[Block, ...]) -> Iterator[Printed]:
    """The blocks in reading order, marks and capitals put in (the texts already `cleaned`)."""
    for block in blocks:
        match block:
            case Bases():
                yield from _bases(block)
            case Paragraph():
                yield Line("body", block.runs, block.align, block.indent)
            case Heading():
                yield from _heading(block)
            case Item():
                yield Line("body", (Run(f"{block.mark} "), *block.runs))
            case Quote():
                yield from _quote(block)
            case Fact():
                yield Line("body", (Run(f"{block.label}: "), *block.value))
            case Table() | PageBreak():
                yield block


def appendix_name(at: int, count: int) -> str:
    """ "Phụ lục", with a Roman number where there are several (app. I, III.1a); `at` counts from 1."""
    return "Phụ lục" if count == 1 else f"Phụ lục {wording.roman(at)}"


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in printed(blocks):
        if isinstance(block, Line):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, Table):
            yield from (column.title for column in block.columns)
            for row in block.rows:
                yield from row.cells


def _heading_texts(paper: Paper) -> Iterator[str]:
    letter = paper.layout == "letter"
    yield from (line.upper() for line in (*paper.letterhead.parent, *paper.letterhead.issuer))
    yield from NATION
    yield wording.number_line(paper)
    yield f"V/v {paper.subject}" if letter else ""
    yield wording.date_line(paper)
    yield from () if letter else (paper.title.upper(), paper.subject)
    yield from wording.addressee_lines(paper)


def _signer(signature: Signature) -> tuple[str, str]:
    return (signature.post, signature.name)


def _signing_texts(paper: Paper) -> Iterator[str]:
    recipients = wording.recipient_lines(paper)
    below = (*(("Nơi nhận:", *recipients) if recipients else ()), wording.drafter_line(paper))
    code = (*paper.qr.beside, paper.qr.caption) if paper.qr else ()
    if len(paper.signatures) == 2:
        left, right = paper.signatures
        yield from (*left.capacity, *right.capacity, *_signer(left), *_signer(right), *below, *code)
    else:
        yield from (*below, *code)
        for signature in paper.signatures:
            yield from (*signature.capacity, *_signer(signature))


def _appendix_texts(appendix: Appendix, name: str) -> Iterator[str]:
    yield from (name, appendix.title.upper(), appendix.note)
    yield from _texts(appendix.blocks)


def texts(paper: Paper) -> list[str]:
    """The texts of the paper in reading order, a paragraph or cell each: what both renderings must show.

    Left out is what stands in the margins: page numbers, the contact foot, journal head, mark of rehearsal.
    """
    paper = wording.cleaned(paper)
    found = [*_heading_texts(paper), *_texts(paper.blocks), *_signing_texts(paper)]
    for at, appendix in enumerate(paper.appendices, start=1):
        found += _appendix_texts(appendix, appendix_name(at, len(paper.appendices)))
    return [text for text in found if text.strip()]


def words(paper: Paper) -> list[str]:
    """The words of `texts`, split at white space."""
    return [word for text in texts(paper) for word in text.split()]
