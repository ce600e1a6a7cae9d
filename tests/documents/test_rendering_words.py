"""Both renderings show exactly the words of the paper, whatever a citizen wrote into it."""

from dataclasses import replace

import pytest

from doithoai.documents.rendering import render_docx, render_pdf
from doithoai.rules.paper import (
    Column,
    Heading,
    Paper,
    PaperDate,
    Quote,
    Row,
    Run,
    Table,
    bold,
    dash,
    fact,
    italic,
    para,
    words,
)
from tests.documents.paper_samples import ANSWER, INVITATION, MADE_AT, NOTICE, PLAN, SAMPLES, SPITEFUL
from tests.documents.reading import docx_words, pages, pdf_words

HOSTILE = (
    SPITEFUL,
    "#let x = 1; $a^2$ *đậm* _nghiêng_ `mã` \\n @nhãn <nhan> // chú thích",
    "]]></w:t></w:r><w:br/> &amp; &#38; %s {0} {{ x }}",
    "=HYPERLINK(\"http://e.vn\") 'đơn' “kép” – — … 1/2 ½ № § © ≤ ≥ ₫",
    '../../etc/passwd #include("paper.typ") #read("/etc/passwd") #sys.inputs.sheet',
)


@pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
def test_pdf_and_docx_show_the_words_of_the_paper(paper: Paper) -> None:
    expected = words(paper)
    assert len(expected) > 100
    assert pdf_words(render_pdf(paper, created_at=MADE_AT), paper) == expected
    assert docx_words(render_docx(paper, created_at=MADE_AT)) == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_stays_plain_text(text: str) -> None:
    table = Table((Column(text, 1), Column("B", 1)), (Row((text, "b")), Row((text,), bold=True)))
    paper = replace(
        ANSWER,
        subject=text,
        addressees=(text, text),
        contact=(),
        blocks=(
            Heading("clause", "1", text),
            Quote(text),
            fact(text, bold(text)),
            dash(italic(text)),
            table,
            para(text),
        ),
        recipients=(text, "Lưu: VT"),
    )
    expected = words(paper)
    whole = "".join(expected)
    assert whole.count("".join(text.rstrip(" .;,:…").split())) >= 10
    assert "".join(pdf_words(render_pdf(paper, created_at=MADE_AT), paper)) == whole
    assert docx_words(render_docx(paper, created_at=MADE_AT)) == expected


def test_characters_outside_the_typeface_do_not_stop_the_print() -> None:
    paper = replace(INVITATION, subject="vui 😀 \x00漢\u202e", blocks=(para("Đã nhận 👍\ufe0f."),))
    expected = words(paper)
    assert "□" in expected
    assert pdf_words(render_pdf(paper, created_at=MADE_AT), paper) == expected
    assert docx_words(render_docx(paper, created_at=MADE_AT)) == expected


def test_decomposed_letters_are_printed_composed() -> None:
    paper = replace(INVITATION, blocks=(para("U\u031bo\u031b\u0301c mo\u031b"),))
    shown = pdf_words(render_pdf(paper, created_at=MADE_AT), paper)
    assert "Ước" in shown
    assert "mơ" in shown


def test_a_draft_leaves_number_and_day_blank() -> None:
    draft = replace(PLAN, number=None, dated=PaperDate(2021, 12))
    shown = " ".join(pdf_words(render_pdf(draft, created_at=MADE_AT), draft))
    assert "Số: /KH-UBND Đông Hòa, ngày tháng 12 năm 2021" in shown


def test_line_breaks_in_texts_break_lines_and_lose_nothing() -> None:
    paper = replace(INVITATION, blocks=(para("một\nhai"), Quote("ba\nbốn")))
    pdf = render_pdf(paper, created_at=MADE_AT)
    assert pdf_words(pdf, paper) == words(paper)
    shown = pages(pdf)[0].get_textpage().get_text_range().replace("\r", "").split("\n")
    assert "một" in [line.strip() for line in shown]
    assert docx_words(render_docx(paper, created_at=MADE_AT)) == words(paper)


def test_empty_texts_are_no_obstacle() -> None:
    table = Table((Column("", 1),), (Row(("",)), Row(("",), bold=True)))
    paper = replace(
        INVITATION, qr=None, recipients=(), signatures=(), blocks=(para(""), Quote(""), table, para(Run("")))
    )
    expected = words(paper)
    assert expected[-1] == "“”"
    assert pdf_words(render_pdf(paper, created_at=MADE_AT), paper) == expected
    assert docx_words(render_docx(paper, created_at=MADE_AT)) == expected


def test_the_appendix_stands_after_the_signature() -> None:
    shown = " ".join(pdf_words(render_pdf(NOTICE, created_at=MADE_AT), NOTICE))
    assert shown.index("PHÓ CHỦ TỊCH") < shown.index("Phụ lục TỔNG HỢP")
