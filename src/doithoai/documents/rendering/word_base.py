"""The empty DOCX package that every paper is written into: styles, page furniture, relations; built once.

Styles carry Vietnamese names, so that a clerk who edits a paper in a word processor finds them in its list.
"""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from doithoai.documents.rendering import qr, sheet

FONT = "Times New Roman"
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"
_CENTRE, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Base:
    """The package's constant parts by name, and the relation ids that the document refers to."""

    parts: tuple[tuple[str, bytes], ...]
    first_foot: str
    other_foot: str
    header_id: str
    first_foot_id: str
    other_foot_id: str
    picture: str
    picture_id: str


@dataclass(frozen=True, slots=True)
class _Look:
    name: str
    size: float
    align: WD_ALIGN_PARAGRAPH = _CENTRE
    bold: bool = False
    italic: bool = False
    after: float = 0
    spacing: float = 1
    indent: float = 0
    keep: bool = False


LOOKS = {
    "than": _Look("Thân bài", sheet.BODY, _JUSTIFY, after=6, spacing=1.15, indent=sheet.INDENT),
    "cancu": _Look("Căn cứ", sheet.BODY, _JUSTIFY, italic=True, after=6, spacing=1.15, indent=sheet.INDENT),
    "phan": _Look("Phần", sheet.BODY, bold=True, spacing=1.15, keep=True),
    "tenphan": _Look("Tiêu đề phần", sheet.BODY, bold=True, after=6, spacing=1.15, keep=True),
    "muc": _Look("Mục", sheet.BODY, _JUSTIFY, True, after=6, spacing=1.15, indent=sheet.INDENT, keep=True),
    "khoan": _Look("Khoản", sheet.BODY, _JUSTIFY, True, after=6, spacing=1.15, indent=sheet.INDENT, keep=True),
    "diem": _Look("Điểm", sheet.BODY, _JUSTIFY, after=6, spacing=1.15, indent=sheet.INDENT, keep=True),
    "loinoi": _Look("Lời phát biểu", sheet.BODY, _JUSTIFY, italic=True, after=6, spacing=1.15, indent=sheet.INDENT),
    "chuquan": _Look("Cơ quan chủ quản", sheet.HEADING),
    "coquan": _Look("Cơ quan ban hành", sheet.HEADING, bold=True),
    "quochieu": _Look("Quốc hiệu", sheet.HEADING, bold=True),
    "tieungu": _Look("Tiêu ngữ", sheet.MOTTO, bold=True),
    "soky": _Look("Số, ký hiệu", sheet.NUMBER),
    "vviec": _Look("Trích yếu công văn", sheet.ABOUT),
    "ngay": _Look("Địa danh, ngày tháng", sheet.MOTTO, italic=True),
    "ten": _Look("Tên loại, trích yếu", sheet.TITLE, bold=True),
    "kemtheo": _Look("Kèm theo", sheet.BODY, italic=True),
    "kinhgui": _Look("Kính gửi", sheet.BODY, _LEFT, after=2),
    "oten": _Look("Tên cột", sheet.CELL, bold=True),
    "o": _Look("Ô bảng", sheet.CELL, _LEFT),
    "nnhan": _Look("Nơi nhận", sheet.RECIPIENTS_LABEL, _LEFT, True, italic=True),
    "nnds": _Look("Danh sách nơi nhận", sheet.RECIPIENTS, _LEFT),
    "kyhieu": _Look("Ký hiệu người soạn", sheet.DRAFTER, _LEFT),
    "ky": _Look("Chữ ký", sheet.BODY, bold=True),
    "ma": _Look("Chú thích mã", sheet.FOOT + 1.5, _LEFT),
    "chan": _Look("Chân trang", sheet.FOOT),
    "dientap": _Look("Diễn tập", sheet.MARK, bold=True),
    "diachi": _Look("Địa chỉ", sheet.CONTACT),
    "ke": _Look("Đường kẻ", 1),
}


def _typeface(style: ParagraphStyle) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for place in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{place}"), FONT)


def _normal(document: Document) -> Any:
    normal: Any = document.styles["Normal"]
    _typeface(normal)
    normal.font.size = Pt(sheet.BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.rPr.append(language)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return normal


def _add_style(document: Document, identity: str, look: _Look, normal: Any) -> None:
    style: Any = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), identity)
    style.base_style = normal
    style.quick_style = True
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    form = style.paragraph_format
    form.alignment, form.space_after, form.line_spacing = look.align, Pt(look.after), look.spacing
    form.first_line_indent, form.keep_with_next = Mm(look.indent), look.keep
    form.widow_control = True


def _strip(document: Document) -> None:
    """Take out what no paper uses: the template's other styles (700 kB), thumbnail, names of programs."""
    for style in list(document.styles):
        if not style.element.get(qn("w:default")):
            style.delete()
    _forget(document.part.package, ("/thumbnail", "/extended-properties"))
    _forget(document.part, ("/customXml", "/webSettings", "/stylesWithEffects", "/numbering"))


def _modern(document: Document) -> None:
    """Ask for today's layout rules: without this a word processor imitates its version of 2010."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    for element in list(compat):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), "15")
        elif element.tag == qn("w:useFELayout"):
            compat.remove(element)


def _forget(part: Any, kinds: tuple[str, ...]) -> None:
    for identity, relation in list(part.rels.items()):
        if relation.reltype.endswith(kinds):
            del part.rels[identity]


def _furnish(document: Document) -> tuple[str, str, str]:
    """Make the page number's header and the two feet; returns the ids of their relations."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        inner = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            inner.set(qn("w:fldCharType"), kind)
        inner.text = text or None
        number.add_run()._r.append(inner)
    number.style = document.styles["Normal"]
    section.first_page_footer.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    found = {(element.tag, element.get(qn("w:type"))): element.get(qn("r:id")) for element in section._sectPr}
    header, foot = qn("w:headerReference"), qn("w:footerReference")
    return found[header, "default"], found[foot, "first"], found[foot, "default"]


@cache
def base() -> Base:
    """The package, built once in a process."""
    document = docx.Document()
    _strip(document)
    _modern(document)
    normal = _normal(document)
    for identity, look in LOOKS.items():
        _add_style(document, identity, look, normal)
    header, first, other = _furnish(document)
    picture = document.part.get_or_add_image(io.BytesIO(qr.png("-")))[0]
    names = {
        identity: str(document.part.rels[identity].target_part.partname).lstrip("/")
        for identity in (header, first, other, picture)
    }
    stored = io.BytesIO()
    document.save(stored)
    written = {names[first], names[other], names[picture], DOCUMENT, CORE}
    with zipfile.ZipFile(stored) as package:
        parts = tuple((name, package.read(name)) for name in package.namelist() if name not in written)
    return Base(parts, names[first], names[other], header, first, other, names[picture], picture)
