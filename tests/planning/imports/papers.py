"""The same plan on different paper: Markdown text put into Word, PDF and wrapped plain text."""

import json
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from doithoai.planning.imports.sources import text_paragraphs

PLANS = Path(__file__).parent / "plans"
SEED = PLANS / "dong-hoa.md"

_TYPST = """
#let paper = json(bytes(sys.inputs.paper))
#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm),
  header: context if counter(page).get().first() > 1 { align(center)[#counter(page).display()] })
#set text(size: 14pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1.27cm, all: true), spacing: 1em)
#let lines(items) = { set par(first-line-indent: 0pt, justify: false); for item in items [#item\\ ] }
#grid(columns: (45%, 55%), align: center, lines(paper.head_left), lines(paper.head_right))
#align(center)[#lines(paper.title)]
#for item in paper.body [#item

]
#grid(columns: (50%, 50%), lines(paper.recipients), align(center, lines(paper.signature)))
"""


def seed_texts() -> list[str]:
    """The paragraphs of the seed plan, markers included."""
    return [part.text for part in text_paragraphs(SEED.read_text(encoding="utf-8"))]


def _parts(texts: Sequence[str]) -> dict[str, list[str]]:
    title = texts.index("KẾ HOẠCH")
    foot = next(i for i, text in enumerate(texts) if text.startswith("Nơi nhận"))
    signature = next(i for i, text in enumerate(texts) if i > foot and text.startswith(("TM.", "KT.")))
    return {
        "head_left": ["UBND THỊ XÃ ĐÔNG HÒA", texts[0]],
        "head_right": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", texts[1]],
        "title": list(texts[title : title + 2]),
        "body": list(texts[title + 2 : foot]),
        "recipients": list(texts[foot:signature]),
        "signature": list(texts[signature:]),
    }


def write_pdf(path: Path, texts: Sequence[str]) -> Path:
    """A PDF of several pages with page numbers, justified lines and two columns at both ends."""
    paper = json.dumps(_parts(texts), ensure_ascii=False)
    path.write_bytes(typst.compile(_TYPST.encode(), sys_inputs={"paper": paper}))
    return path


def write_wrapped(path: Path, texts: Sequence[str], width: int = 88) -> Path:
    """Plain text with lines wrapped by hand, no blank lines, heading and foot in two columns."""
    parts = _parts(texts)
    lines = [
        *_columns(parts["head_left"], parts["head_right"]),
        "",
        *(t.center(width) for t in parts["title"]),
        "",
        *(line for text in parts["body"] for line in _wrap(text, width)),
        "",
        *_columns(parts["recipients"], parts["signature"]),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="    ", break_on_hyphens=False)


def _columns(left: Sequence[str], right: Sequence[str]) -> list[str]:
    rows = max(len(left), len(right))
    cells = zip([*left, *[""] * rows], [*right, *[""] * rows], strict=False)
    return [f"{a:<44}{b}".rstrip() for a, b in list(cells)[:rows]]


def write_docx(path: Path, texts: Sequence[str], *, automatic: bool = False) -> Path:
    """A Word file with tables at both ends; with `automatic` Word counts the numbers and dashes."""
    parts = _parts(texts)
    document = docx.Document()
    _table(document, parts["head_left"], parts["head_right"])
    for text in (*parts["title"], *parts["body"]):
        if automatic:
            _numbered(document, text)
        else:
            document.add_paragraph().add_run(text).bold = text.isupper()
    _table(document, parts["recipients"], parts["signature"])
    document.save(str(path))
    return path


def _table(document: docx.document.Document, left: Sequence[str], right: Sequence[str]) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, texts in zip(cells, (left, right), strict=True):
        cell.paragraphs[0].text = texts[0]
        for text in texts[1:]:
            cell.add_paragraph(text)


_LEVELS = (
    (re.compile(r"[IVX]+\. "), "upperRoman", "%1."),
    (re.compile(r"\d\. "), "decimal", "%2."),
    (re.compile(r"[a-z]\) "), "lowerLetter", "%3)"),
)
_BULLETS = (re.compile(r"- "), re.compile(r"\+ "))


def _numbered(document: docx.document.Document, text: str) -> None:
    """The paragraph with its marker taken off and put into Word's own list."""
    for list_id, patterns in (("71", [level[0] for level in _LEVELS]), ("72", list(_BULLETS))):
        for depth, pattern in enumerate(patterns):
            match = pattern.match(text)
            if match:
                _define_lists(document)
                paragraph = document.add_paragraph(text[match.end() :])
                _put_in_list(paragraph._p.get_or_add_pPr(), list_id, depth)
                return
    document.add_paragraph(text)


def _put_in_list(properties: Any, list_id: str, depth: int) -> None:
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(depth)), ("w:numId", list_id)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        numbering.append(child)
    properties.append(numbering)


def _define_lists(document: docx.document.Document) -> None:
    root = document.part.numbering_part.element
    if any(num.get(qn("w:numId")) == "71" for num in root.findall(qn("w:num"))):
        return
    levels = [(kind, pattern) for _, kind, pattern in _LEVELS]
    for list_id, content in (("71", levels), ("72", [("bullet", "\uf0b7"), ("bullet", "\uf0b7")])):
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), list_id)
        for depth, (kind, pattern) in enumerate(content):
            abstract.append(_level(depth, kind, pattern))
        root.insert(0, abstract)
        num = OxmlElement("w:num")
        num.set(qn("w:numId"), list_id)
        link = OxmlElement("w:abstractNumId")
        link.set(qn("w:val"), list_id)
        num.append(link)
        root.append(num)


def _level(depth: int, kind: str, pattern: str) -> Any:
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), str(depth))
    for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", pattern)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        level.append(child)
    return level


def blank_pdf() -> bytes:
    """A PDF page without a letter, as a scanner makes it."""
    return bytes(typst.compile(b"#rect(width: 5cm, height: 5cm, fill: gray)"))


def locked_pdf() -> bytes:
    """A PDF whose standard security handler no empty password opens."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>"
    return b"%sxref\n0 4\n0000000000 65535 f \n%strailer\n%s\nstartxref\n%d\n%%%%EOF" % (
        body,
        table,
        trailer,
        len(body),
    )
