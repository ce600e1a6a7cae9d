"""The words of one paragraph of Word: run by run, old Vietnamese fonts read by the font of the run."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from doithoai.rules.old_encodings import Font, decoded, read_font

_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OLD_U_HORN = "\u00ad"
"""In TCVN3 the letter ư lies where Unicode has the soft hyphen, and Word makes an element of it."""
_SYMBOL = 0xF000
"""Word stores letters of fonts it takes for symbols above this number."""


def words_of(paragraph: WordParagraph) -> str:
    """The paragraph's text; letters of .VnTime and VNI fonts are turned into Unicode, run by run.

    A letter of VNI may be parted from its mark by a run of the same font: such runs are read together.
    """
    pieces = [(font, text) for run in paragraph._p.iter(qn("w:r")) for font, text in _pieces(run, paragraph)]
    made = []
    for font, same in groupby(pieces, key=lambda piece: piece[0]):
        text = "".join(each for _, each in same)
        if font is None:
            made.append(text.replace(_OLD_U_HORN, ""))
        else:
            made.append(decoded(text, font.encoding, is_capital=font.is_capital))
    return "".join(made)


def _pieces(run: Any, paragraph: WordParagraph) -> Iterator[tuple[Font | None, str]]:
    if run.getparent().tag == qn("w:del"):
        return
    font = read_font(_font_name(run, paragraph))
    for child in run:
        if child.tag == qn("w:t"):
            yield font, child.text or ""
        elif child.tag == qn("w:softHyphen"):
            yield font, _OLD_U_HORN
        elif child.tag == qn("w:sym"):
            yield _symbol(child, font)
        elif child.tag in _BREAKS:
            yield font, _BREAKS[child.tag]


def _symbol(element: Any, font: Font | None) -> tuple[Font | None, str]:
    own = read_font(element.get(qn("w:font"))) or font
    code = int(element.get(qn("w:char"), "0"), 16)
    return own, chr(code - _SYMBOL if code >= _SYMBOL else code) if own else ""


def _font_name(run: Any, paragraph: WordParagraph) -> str:
    """The font of letters beyond ASCII: the run's own, of its style, of the paragraph's style, of the document."""
    part: Any = paragraph.part
    styles = part.styles.element
    own = run.find(qn("w:rPr"))
    chain = [own, *_styles(styles, _value(own, "w:rStyle")), *_styles(styles, _paragraph_style(paragraph))]
    chain.append(styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
    return next((name for properties in chain if (name := _named(properties))), "")


def _named(properties: Any) -> str:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return ""
    return str(fonts.get(qn("w:hAnsi")) or fonts.get(qn("w:ascii")) or "")


def _paragraph_style(paragraph: WordParagraph) -> str:
    return str(paragraph.style.style_id) if paragraph.style is not None else ""


def _styles(styles: Any, style_id: str) -> Iterator[Any]:
    """The run properties of a style and of those it is based on, the nearest first."""
    seen: set[str] = set()
    while style_id and style_id not in seen:
        seen.add(style_id)
        style = next((each for each in styles.findall(qn("w:style")) if each.get(qn("w:styleId")) == style_id), None)
        if style is None:
            return
        yield style.find(qn("w:rPr"))
        style_id = _value(style, "w:basedOn")


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag)) if element is not None else None
    return "" if child is None else str(child.get(qn("w:val"), ""))
