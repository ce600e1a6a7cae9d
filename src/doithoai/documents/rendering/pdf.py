"""The PDF of a paper: PDF/A-2b (ISO 19005-2), set by typst in this process, the same bytes every time.

Worker processes around this must be spawned: a fork after the first compilation hangs.
"""

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import typst

from doithoai.documents.rendering import qr, sheet
from doithoai.documents.rendering.faces import FONTS, breakable, joined
from doithoai.documents.rendering.sheet import Sheet, column_widths, last_line, lay_out
from doithoai.rules.paper import Paper, PaperError, Qr, Row, Run, Table
from doithoai.rules.paper.printed import NATION, Line, Printed

TEMPLATE = Path(__file__).parent / "paper.typ"
_OWN, _TIMES = "Tinos", "Times New Roman"
_LONG_CELL = 900
_CHUNK = 16
_SIZES = {
    "body": sheet.BODY, "title": sheet.TITLE, "heading": sheet.HEADING, "motto": sheet.MOTTO,
    "number": sheet.NUMBER, "about": sheet.ABOUT, "cell": sheet.CELL, "recipients": sheet.RECIPIENTS,
    "recipients_label": sheet.RECIPIENTS_LABEL, "drafter": sheet.DRAFTER, "contact": sheet.CONTACT,
    "foot": sheet.FOOT, "mark": sheet.MARK,
}  # fmt: skip
_CONSTANTS = {
    "size": _SIZES, "nation": NATION, "text_width": sheet.TEXT_WIDTH, "issuer_width": sheet.ISSUER_WIDTH,
    "indent": sheet.INDENT, "signing_room": sheet.SIGNING_ROOM, "cell_padding": sheet.CELL_PADDING, "qr_size": sheet.QR_SIZE,
}  # fmt: skip


@cache
def _compiler(font_dir: Path | None) -> tuple[typst.Compiler, tuple[str, ...]]:
    folders = [FONTS] if font_dir is None else [font_dir, FONTS]
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    if font_dir is not None and _TIMES not in found.families():
        raise PaperError(f"Thư mục phông chữ “{font_dir}” không có phông {_TIMES}.")
    compiler = typst.Compiler(TEMPLATE, font_paths=folders, ignore_system_fonts=True)
    return compiler, (_OWN,) if font_dir is None else (_TIMES, _OWN)


Piece = tuple[str, bool, bool, bool]


def _pieces(run: Run, points: float, room: float) -> Iterator[Piece]:
    """The run in pieces, the last value telling those that stay on one line."""
    face = ("Bold" if run.bold else "") + ("Italic" if run.italic else "") or "Regular"
    for words, whole in joined(run.text, points, face, room):
        yield words if whole else breakable(words, points, face, room), run.bold, run.italic, whole


def _line(line: Line, room: float) -> dict[str, Any]:
    runs = [piece for run in line.runs for piece in _pieces(run, sheet.BODY, room)]
    return {
        "is": "line", "style": line.style, "align": line.align, "indent": line.indent, "keep": line.keep,
        "runs": runs,
    }  # fmt: skip


def _row(row: Row, rooms: tuple[float, ...]) -> dict[str, Any]:
    if len(row.cells) == 1:
        rooms = (sum(rooms),)
    cells = [
        [list(_pieces(Run(line, row.bold), sheet.CELL, room)) for line in cell.split("\n")]
        for cell, room in zip(row.cells, rooms, strict=True)
    ]
    return {"cells": cells, "long": any(len(cell) > _LONG_CELL for cell in row.cells)}


def _table(table: Table, room: float) -> dict[str, Any]:
    widths = column_widths(table, room)
    rooms = tuple(width - 2 * sheet.CELL_PADDING for width in widths)
    columns = [
        {"title": breakable(column.title, sheet.CELL, "Bold", inner), "width": width, "align": column.align}
        for column, width, inner in zip(table.columns, widths, rooms, strict=True)
    ]
    rows = [_row(row, rooms) for row in table.rows]
    return {"is": "table", "columns": columns, "rows": rows, "row_height": table.row_height}


def _flow(body: tuple[Printed, ...], room: float) -> list[dict[str, Any]]:
    return [
        _line(item, room) if isinstance(item, Line)
        else _table(item, room) if isinstance(item, Table)
        else {"is": "break"}
        for item in body
    ]  # fmt: skip


def _appendix(appendix: sheet.AppendixSheet) -> dict[str, Any]:
    room = sheet.room(landscape=appendix.landscape)
    return {
        "name": appendix.name, "title": appendix.title, "note": appendix.note,
        "rule": appendix.rule, "landscape": appendix.landscape, "body": _flow(appendix.body, room),
    }  # fmt: skip


def _addressees(laid: Sheet) -> dict[str, Any] | None:
    to = laid.addressees
    return {"lines": to.lines, "indent": to.indent, "dash": to.dash, "centred": to.centred} if to else None


def _code(code: Qr) -> dict[str, Any]:
    return {"svg": qr.svg(code.payload), "caption": code.caption, "beside": code.beside}


def _data(laid: Sheet, fonts: tuple[str, ...]) -> str:
    signatures = [{"capacity": s.capacity, "name": s.name, "post": s.post} for s in laid.signatures]
    values = {
        **_CONSTANTS,
        "fonts": fonts, "name": laid.name, "author": laid.author, "parent": laid.parent,
        "issuer": laid.issuer,
        "number": laid.number, "about": laid.about, "date": laid.date, "title": laid.title,
        "subject": laid.subject, "addressees": _addressees(laid), "body": _flow(laid.body, sheet.TEXT_WIDTH),
        "last": last_line(laid.body), "recipients": laid.recipients, "drafter": laid.drafter,
        "rules": {"issuer": laid.issuer_rule, "motto": sheet.MOTTO_RULE, "subject": laid.subject_rule},
        "signatures": signatures, "contact": laid.contact, "foot": laid.foot, "mark": laid.mark,
        "qr": _code(laid.qr) if laid.qr else None,
        "appendices": [_appendix(appendix) for appendix in laid.appendices],
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False)


def render_pdf(paper: Paper, *, created_at: datetime, font_dir: Path | None = None) -> bytes:
    """The paper as PDF/A-2b. `created_at` (aware) is written as its time of making; nothing else varies.

    `font_dir` is a folder with the office's own Times New Roman; without it Tinos is used, which has the same
    widths. Raises `PaperError` when that folder does not hold it.
    """
    compiler, fonts = _compiler(font_dir)
    made = compiler.compile(
        sys_inputs={"sheet": _data(lay_out(paper), fonts)},
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=int(created_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def render_pdf_copies(
    papers: Iterable[Paper], *, created_at: datetime, font_dir: Path | None = None, processes: int = 1
) -> Iterator[bytes]:
    """Each paper as `render_pdf` gives it, in order, the typefaces loaded once.

    `processes` above 1 spreads the work over so many spawned processes, worth it from about a hundred copies.
    """
    render = partial(render_pdf, created_at=created_at, font_dir=font_dir)
    if processes == 1:
        yield from map(render, papers)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(render, papers, chunksize=_CHUNK)
