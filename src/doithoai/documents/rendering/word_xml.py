"""WordprocessingML (ISO/IEC 29500) of a paper, written as text: escaped strings in a few known shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from doithoai.documents.rendering import sheet
from doithoai.documents.rendering.faces import joined
from doithoai.documents.rendering.sheet import Addressees, AppendixSheet, Sheet, column_widths, last_line
from doithoai.documents.rendering.word_base import Base
from doithoai.rules.paper import Align, Qr, Run, Signature, Table
from doithoai.rules.paper.printed import NATION, Line, Printed

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ALIGN: dict[Align, str] = {"left": "left", "centre": "center", "right": "right", "justify": "both"}
_STYLES = {
    "basis": "cancu", "body": "than", "part": "phan", "part_title": "tenphan", "section": "muc", "clause": "khoan", "point": "diem",
    "quote": "loinoi",
}  # fmt: skip
_PAGE_EDGES = {
    "top": sheet.TOP, "right": sheet.RIGHT, "bottom": sheet.BOTTOM, "left": sheet.LEFT,
    "header": 9, "footer": 6,
}  # fmt: skip
_EMU_PER_MM = 36000
_ELEMENTS = {"\n": "<w:br/>", "\u2011": "<w:noBreakHyphen/>"}
_UNBROKEN = str.maketrans({" ": "\u00a0", "-": "\u2011"})


def twips(millimetres: float) -> int:
    """Twentieths of a point, the format's unit of length."""
    return round(millimetres / 25.4 * 1440)


def _run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    form = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    words = escape(text)
    for sign, element in _ELEMENTS.items():
        words = words.replace(sign, f'</w:t>{element}<w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{form}</w:rPr>" if form else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _kept_whole(run: Run, room: float) -> Run:
    """The run with spaces and hyphens that do not break inside the pieces that stay on one line."""
    face = ("Bold" if run.bold else "") + ("Italic" if run.italic else "") or "Regular"
    size = sheet.BODY if room >= sheet.TEXT_WIDTH else sheet.CELL
    pieces = joined(run.text, size, face, room)
    return replace(run, text="".join(words.translate(_UNBROKEN) if whole else words for words, whole in pieces))


def _par(style: str, text: str | Iterable[Run] = "", form: str = "", room: float = 0.0) -> str:
    """A paragraph; `form` holds further properties in the order that the schema asks for. Within a `room` of so many mm
    numbers, dates and codes are kept whole."""
    pieces = (Run(text),) if isinstance(text, str) else text
    runs = (_kept_whole(piece, room) for piece in pieces if piece.text)
    inner = "".join(_run(piece.text, bold=piece.bold, italic=piece.italic) for piece in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{form}</w:pPr>{inner}</w:p>'


def _pars(style: str, lines: Iterable[str], form: str = "") -> str:
    return "".join(_par(style, line, form) for line in lines)


def _before(millimetres: float) -> str:
    return f'<w:spacing w:before="{twips(millimetres)}"/>'


def _rule(length: float, room: float) -> str:
    """A solid line `length` mm long, centred in `room` mm: the top border of an almost empty paragraph."""
    side = twips((room - length) / 2)
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    spacing = '<w:spacing w:before="40" w:line="60" w:lineRule="exact"/>'
    return _par("ke", form=f'{border}{spacing}<w:ind w:left="{side}" w:right="{side}"/>')


def _cell(millimetres: float, inner: str, form: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(millimetres)}" w:type="dxa"/>{form}</w:tcPr>{inner}</w:tc>'


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _margins(across: float, along: float) -> str:
    edges = (("top", along), ("left", across), ("bottom", along), ("right", across))
    inner = "".join(f'<w:{edge} w:w="{twips(room)}" w:type="dxa"/>' for edge, room in edges)
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def _grid(widths: Sequence[float], rows: str, *, borders: bool = False) -> str:
    edges = f"<w:tblBorders>{_EDGES}</w:tblBorders>" if borders else ""
    margins = _margins(sheet.CELL_PADDING, 0.7) if borders else _margins(0, 0)
    columns = "".join(f'<w:gridCol w:w="{twips(each)}"/>' for each in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips(each) for each in widths)}" w:type="dxa"/>{edges}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: str, form: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{form}</w:trPr>' if form else ''}{cells}</w:tr>"


def _head(laid: Sheet) -> str:
    left, right = sheet.ISSUER_WIDTH, sheet.NATION_WIDTH
    issuer = _pars("chuquan", laid.parent) + _pars("coquan", laid.issuer)
    issuer += _rule(laid.issuer_rule, left)
    nation = _par("quochieu", NATION[0]) + _par("tieungu", NATION[1])
    nation += _rule(sheet.MOTTO_RULE, right)
    rows = _row(_cell(left, issuer) + _cell(right, nation))
    if laid.number or laid.date:
        number = _par("soky", laid.number, _before(2)) + "".join(
            _par("vviec", line, _before(0 if at else 2.1)) for at, line in enumerate(laid.about)
        )
        rows += _row(_cell(left, number) + _cell(right, _par("ngay", laid.date, _before(2))))
    return _grid((left, right), rows)


def _name(laid: Sheet) -> str:
    if not laid.title:
        return _par("ke")
    rule = _rule(laid.subject_rule, sheet.TEXT_WIDTH)
    return _par("ten", laid.title, _before(6)) + _pars("ten", laid.subject) + rule + _par("ke")


def _to(to: Addressees | None) -> str:
    if to is None:
        return ""
    first, rest = to.lines[0], to.lines[1:]
    if to.centred:
        return _par("kinhgui", first, _before(5) + '<w:jc w:val="center"/>')
    indent, dash = twips(to.indent), twips(to.dash)
    if not rest:
        return _par("kinhgui", first, f'{_before(5)}<w:ind w:left="{dash}" w:hanging="{dash - indent}"/>')
    label = _par("kinhgui", first, f'{_before(5)}<w:ind w:left="{indent}"/>')
    return label + _pars("kinhgui", rest, f'<w:ind w:left="{dash + 120}" w:hanging="120"/>')


def _line(line: Line, *, keep: bool) -> str:
    form = "<w:keepNext/>" if keep or line.keep else ""
    if not line.indent and line.style == "body":
        form += '<w:ind w:firstLine="0"/>'
    if line.align != "justify" and line.style == "body":
        form += f'<w:jc w:val="{_ALIGN[line.align]}"/>'
    return _par(_STYLES[line.style], line.runs, form, sheet.TEXT_WIDTH)


def _table_cell(room: float, text: str, align: Align, *, bold: bool, form: str, keep: bool = False) -> str:
    how = ("<w:keepNext/>" if keep else "") + ("" if align == "left" else f'<w:jc w:val="{_ALIGN[align]}"/>')
    inside = room - 2 * sheet.CELL_PADDING
    inner = "".join(_par("o", (Run(part, bold),), how, inside) for part in text.split("\n"))
    return _cell(room, inner, form)


def _table(table: Table, room: float) -> str:
    widths = column_widths(table, room)
    middle = '<w:vAlign w:val="center"/>'
    head = "".join(
        _cell(each, _pars("oten", column.title.split("\n")), middle)
        for column, each in zip(table.columns, widths, strict=True)
    )
    rows = _row(head, "<w:cantSplit/><w:tblHeader/>")
    tall = f'<w:trHeight w:val="{twips(table.row_height)}" w:hRule="atLeast"/>' if table.row_height else ""
    within = middle if table.row_height else ""
    for row in table.rows:
        if len(row.cells) == 1 and len(widths) > 1:
            span = f'<w:gridSpan w:val="{len(widths)}"/>{middle}'
            cells = _table_cell(sum(widths), row.cells[0], "left", bold=row.bold, form=span, keep=True)
        else:
            cells = "".join(
                _table_cell(each, text, column.align, bold=row.bold, form=within)
                for each, text, column in zip(widths, row.cells, table.columns, strict=True)
            )
        rows += _row(cells, f"<w:cantSplit/>{tall}")
    return _grid(widths, rows, borders=True) + _par("ke", form=_before(2.5))


def _flow(body: tuple[Printed, ...], room: float, last: int = -1) -> str:
    pieces = []
    for at, item in enumerate(body):
        if isinstance(item, Line):
            pieces.append(_line(item, keep=at == last))
        elif isinstance(item, Table):
            pieces.append(_table(item, room))
        else:
            pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
    return "".join(pieces)


def _picture(caption: str, identity: str) -> str:
    side = round(sheet.QR_SIZE * _EMU_PER_MM)
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
        f'<wp:docPr id="1" name="QR" descr={quoteattr(caption)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="QR"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identity}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="ma"/>{_before(2)}</w:pPr><w:r>{drawing}</w:r></w:p>'


def _received(laid: Sheet, base: Base) -> str:
    inner = _par("nnhan", "Nơi nhận:") + _pars("nnds", laid.recipients) if laid.recipients else ""
    inner += _par("kyhieu", laid.drafter) if laid.drafter else ""
    if laid.qr:
        inner += _code(laid.qr, base) + _par("ma", laid.qr.caption)
    return inner


def _code(code: Qr, base: Base) -> str:
    """The code to scan, and beside it the small lines it has."""
    picture = _picture(code.caption, base.picture_id)
    if not code.beside:
        return picture
    own = sheet.QR_SIZE + 2
    beside = _cell(sheet.ISSUER_WIDTH - own, _pars("ma", code.beside), '<w:vAlign w:val="center"/>')
    return _grid((own, sheet.ISSUER_WIDTH - own), _row(_cell(own, picture) + beside))


def _signer(signature: Signature) -> str:
    lines = [line for line in (signature.post, signature.name) if line] or [""]
    return _par("ky", lines[0], _before(sheet.SIGNING_ROOM)) + _pars("ky", lines[1:])


def _sign(laid: Sheet, base: Base) -> str:
    received = _received(laid, base) or _par("nnds")
    if len(laid.signatures) == 2:
        half = sheet.TEXT_WIDTH / 2
        form = "<w:cantSplit/>"
        above = "".join(_cell(half, _pars("ky", each.capacity, "<w:keepNext/>")) for each in laid.signatures)
        low = '<w:vAlign w:val="bottom"/>'
        below = "".join(_cell(half, _signer(each), low) for each in laid.signatures)
        last = _row(_cell(half, received) + _cell(half, _par("ky")), form)
        return _grid((half, half), _row(above, form) + _row(below, form) + last)
    right = "".join(_pars("ky", each.capacity) + _signer(each) for each in laid.signatures) or _par("ky")
    left, room = sheet.ISSUER_WIDTH, sheet.NATION_WIDTH
    return _grid((left, room), _row(_cell(left, received) + _cell(room, right), "<w:cantSplit/>"))


def _section(base: Base, *, landscape: bool, first: bool, new_page: bool) -> str:
    wide, high = twips(sheet.PAGE_WIDTH), twips(sheet.PAGE_HEIGHT)
    size = f'w:w="{high}" w:h="{wide}" w:orient="landscape"' if landscape else f'w:w="{wide}" w:h="{high}"'
    foot = base.first_foot_id if first else base.other_foot_id
    kind = '<w:type w:val="nextPage"/>' if new_page else ""
    margins = " ".join(f'w:{edge}="{twips(room)}"' for edge, room in _PAGE_EDGES.items())
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{base.header_id}"/>'
        f'<w:footerReference w:type="default" r:id="{base.other_foot_id}"/>'
        f'<w:footerReference w:type="first" r:id="{foot}"/>{kind}<w:pgSz {size}/>'
        f'<w:pgMar {margins} w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _appendix(appendix: AppendixSheet) -> str:
    room = sheet.room(landscape=appendix.landscape)
    head = _par("ten", appendix.name) + _pars("ten", appendix.title) + _pars("kemtheo", appendix.note)
    return head + _rule(appendix.rule, room) + _par("ke") + _flow(appendix.body, room)


def document_xml(laid: Sheet, base: Base) -> str:
    """The main part: the paper and its appendices, each a section with page numbers of its own."""
    flow = _flow(laid.body, sheet.TEXT_WIDTH, last_line(laid.body))
    pieces = [_head(laid), _name(laid), _to(laid.addressees), flow, _sign(laid, base)]
    section = _section(base, landscape=False, first=True, new_page=False)
    for appendix in laid.appendices:
        pieces += [f'<w:p><w:pPr><w:pStyle w:val="ke"/>{section}</w:pPr></w:p>', _appendix(appendix)]
        section = _section(base, landscape=appendix.landscape, first=False, new_page=True)
    pieces.append(_par("ke"))
    return f"{_DECLARATION}<w:document {_NAMESPACES}><w:body>{''.join(pieces)}{section}</w:body></w:document>"


def foot_xml(laid: Sheet, *, first: bool) -> str:
    """A foot of the page: on the first one also the contact lines under a full rule and the journal head."""
    inner = ""
    if first and laid.contact:
        inner = _rule(sheet.TEXT_WIDTH, sheet.TEXT_WIDTH) + _pars("diachi", laid.contact)
    lines = laid.foot if first else (laid.mark,)
    inner += "".join(_par("dientap" if line == laid.mark else "chan", line) for line in lines if line)
    return f"{_DECLARATION}<w:ftr {_NAMESPACES}>{inner or _par('chan')}</w:ftr>"


def core_xml(laid: Sheet, made: str) -> str:
    """The package's properties; `made` is the time of making, ISO 8601 in UTC."""
    return (
        f"{_DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(laid.name)}</dc:title><dc:creator>{escape(laid.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(laid.author)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )
