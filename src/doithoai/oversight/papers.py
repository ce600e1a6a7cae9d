"""The bundle of evidence of one dialogue: a sheet that lists it, its papers, and its figures, in one ZIP."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from doithoai.documents.models import Document
from doithoai.documents.papers import working
from doithoai.documents.rendering import render_pdf
from doithoai.kernel import plugs
from doithoai.kernel.access import ANYONE
from doithoai.oversight.queries.evidence import DEADLINES_HEADER, TOLD, Evidence, deadlines_table
from doithoai.portal.queries import FIGURES_HEADER, Asked, figures_table, record_of
from doithoai.rules.csv_table import csv_table
from doithoai.rules.paper import Block, Column, Paper, Row, Table, para
from doithoai.rules.vietnamese import count, fold, short_date

SHEET: Final = "00-danh-muc.pdf"
FIGURES: Final = "so-lieu.csv"
DEADLINES: Final = "thoi-han.csv"


def bundle(evidence: Evidence, *, address: str, now: datetime) -> bytes:
    """The ZIP; the same bytes for the same record and instant. `address` is that of the public page.

    A paper whose file is not in the store is named on the sheet as missing, and the rest is given.
    """
    files = [(name, data) for name, data in _prints(evidence.papers) if data]
    had = {name for name, _data in files}
    files.insert(0, (SHEET, render_pdf(sheet(evidence, had, address), created_at=now)))
    files += _tables(evidence, now)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, now.timetuple()[:6]), data)
    return out.getvalue()


def sheet(evidence: Evidence, had: Iterable[str], address: str) -> Paper:
    """The list of what is in the bundle and of what there is not yet."""
    held, dialogue = set(had), evidence.dialogue
    rows: list[Row] = []
    for line in evidence.lines:
        rows += [_row(len(rows) + 1 + at, paper, line.kind, held) for at, paper in enumerate(line.papers)]
        if not line.papers:
            rows.append(Row((str(len(rows) + 1), TOLD[line.kind], "", "chưa có")))
    columns = (Column("TT", 10, "centre"), Column("Tài liệu", 76), Column("Số, ngày", 42), Column("Tệp", 42))
    blocks: list[Block] = [
        para(f"Bộ tài liệu này chứng minh việc tổ chức cuộc đối thoại {dialogue.code} và kết quả trả lời người dân."),
        Table(columns, tuple(rows)),
        para(f"Số liệu: tệp {FIGURES}. Thời hạn và ngày thực hiện: tệp {DEADLINES}."),
        para(f"Trang công khai, {count(evidence.published, 'ý kiến')} kèm trả lời: {address}"),
    ]
    return working(
        dialogue.agency, "list", title="DANH MỤC TÀI LIỆU MINH CHỨNG", subject=dialogue.subject, blocks=blocks
    )


def _row(number: int, paper: Document, kind: str, held: set[str]) -> Row:
    numbered = f"{paper.number_text}, {short_date(paper.issued_on)}" if paper.issued_on else paper.number_text
    name = file_name(paper)
    return Row((str(number), paper.title or TOLD[kind], numbered, name if name in held else "không thấy tệp trong kho"))


def file_name(paper: Document) -> str:
    """A name that says what it is, in letters that every archive program reads."""
    kind = fold(TOLD.get(paper.kind, paper.kind)).replace(" ", "-").replace(",", "")
    return f"{paper.code.rsplit('-', 1)[-1].lower()}-{kind}.pdf"


def _prints(papers: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    for paper in papers:
        try:
            yield file_name(paper), plugs.files().get(paper.pdf)
        except KeyError:
            yield file_name(paper), b""


def _tables(evidence: Evidence, now: datetime) -> Iterator[tuple[str, bytes]]:
    record = record_of(ANYONE, evidence.dialogue.code, Asked(), now)
    if record is not None:
        yield FIGURES, csv_table((FIGURES_HEADER, *figures_table(record.counts, record.parts)))
    yield DEADLINES, csv_table((DEADLINES_HEADER, *deadlines_table(evidence.dialogue)))
