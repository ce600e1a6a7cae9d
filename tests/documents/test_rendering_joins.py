"""What stays together on a line: numbers of papers, dates, telephones, codes; and a group with its first row."""

import io
import re
from dataclasses import replace

import docx
import pytest

from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.documents.rendering.faces import joined, unbroken, width
from doithoai.documents.rendering.sheet import CELL, CELL_PADDING, TEXT_WIDTH, column_widths
from doithoai.rules.paper import Appendix, Column, Row, Table, para
from tests.documents.paper_samples import MADE_AT, NOTICE
from tests.documents.reading import pages

TOKENS = (
    "01/2021/NĐ-CP", "214/KH-UBND", "22/12/2021", "0257 000 0101", "DH-2021-01-YK07", "ngày 22", "tháng 12", "năm 2021",
    "Điều 14", "khoản 2", "số 7", "07 giờ 30",
)  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_one_piece_within_a_sentence(token: str) -> None:
    text = f"theo {token}, nêu trên"
    pieces = list(joined(text, CELL, "Regular", TEXT_WIDTH))
    assert (token, True) in pieces
    assert "".join(words for words, _whole in pieces) == text
    assert token in unbroken(text)


@pytest.mark.parametrize("text", ["năm người", "mục đích", "12 người", "1.000.000 đồng", "và/hoặc", "số liệu"])
def test_other_words_break_where_they_may(text: str) -> None:
    assert list(joined(text, CELL, "Regular", TEXT_WIDTH)) == [(text, False)]


def test_a_token_wider_than_its_room_breaks() -> None:
    assert list(joined("01/2021/NĐ-CP", CELL, "Regular", 5.0)) == [("01/2021/NĐ-CP", False)]


def test_a_column_is_as_wide_as_its_longest_date_or_telephone_while_there_is_room() -> None:
    table = Table((Column("SĐT", 1), Column("Nội dung", 30)), (Row(("0257 000 0101", "chữ " * 40)),))
    assert column_widths(table, TEXT_WIDTH)[0] >= width("0257 000 0101", CELL) + 2 * CELL_PADDING
    narrow = Table(tuple(Column(f"C{n}", 1) for n in range(8)), (Row(("0257 000 0101",) * 8),))
    assert sum(column_widths(narrow, TEXT_WIDTH)) == pytest.approx(TEXT_WIDTH)


def test_no_line_of_a_print_ends_inside_a_token() -> None:
    blocks = [
        para(f"{'từ ' * n}theo Nghị định số 01/2021/NĐ-CP ngày 04/01/2021, gọi 0257 000 0101./.") for n in range(30)
    ]
    paper = replace(NOTICE, blocks=tuple(blocks), appendices=())
    lines = [
        line
        for page in pages(render_pdf(paper, created_at=MADE_AT))
        for line in page.get_textpage().get_text_bounded().replace("\ufffe", "-").splitlines()
    ]
    assert not [line for line in lines if re.search(r"(01/|2021/|NĐ-|0257|0257 000)\s*$", line)]


def test_a_word_processor_may_not_break_them_either_and_reads_the_same_words() -> None:
    paper = replace(NOTICE, blocks=(para("Theo 01/2021/NĐ-CP, gọi 0257 000 0101./."),), appendices=())
    opened = docx.Document(io.BytesIO(render_docx(paper, created_at=MADE_AT)))
    (line,) = [one for one in opened.paragraphs if one.text.startswith("Theo")]
    assert line.text == "Theo 01/2021/NĐ-CP, gọi 0257\u00a0000\u00a00101./."
    assert "noBreakHyphen" in line._p.xml


@pytest.mark.parametrize("before", range(24, 36))
def test_the_name_of_a_group_is_never_the_last_row_of_a_page(before: int) -> None:
    rows = [Row((str(n), "Nội dung")) for n in range(before)]
    rows += [Row(("II. Nhóm hai",), bold=True), *(Row((str(n), "Nội dung")) for n in range(4))]
    table = Table((Column("TT", 8, "centre"), Column("Nội dung", 90)), tuple(rows))
    paper = replace(NOTICE, appendices=(Appendix("Bảng", (table,)),))
    shown = [page.get_textpage().get_text_bounded().strip() for page in pages(render_pdf(paper, created_at=MADE_AT))]
    assert sum("Nhóm hai" in text for text in shown) == 1
    assert not [text for text in shown if text.endswith("Nhóm hai")]


def test_a_word_processor_keeps_a_group_with_its_first_row() -> None:
    table = Table((Column("TT", 8), Column("Nội dung", 90)), (Row(("I. Nhóm",), bold=True), Row(("1", "Chữ"))))
    paper = replace(NOTICE, blocks=(para("Bảng:"), table, para("Hết./.")), appendices=())
    opened = docx.Document(io.BytesIO(render_docx(paper, created_at=MADE_AT)))
    cells = [cell for each in opened.tables for row in each.rows for cell in row.cells if cell.text == "I. Nhóm"]
    assert cells
    assert all(paragraph.paragraph_format.keep_with_next for cell in cells for paragraph in cell.paragraphs)
