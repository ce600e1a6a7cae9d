"""The DOCX keeps Decree 30/2020, opens in a word processor's reader, and is the same bytes every time."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from doithoai.documents.rendering import render_docx, render_docx_copies
from doithoai.documents.rendering.word_base import FONT, LOOKS, base
from doithoai.rules.paper import PageBreak, Paper, Qr, para
from tests.documents.paper_samples import (
    ANSWER,
    ATTENDANCE,
    HEAD,
    INVITATION,
    MADE_AT,
    MINUTES,
    NOTICE,
    PLAN,
    SAMPLES,
    SYNTHESIS,
    TRANSFER,
)


def opened(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(render_docx(paper, created_at=MADE_AT)))


def package(paper: Paper, made_at: datetime = MADE_AT) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render_docx(paper, created_at=made_at)))


def everywhere(document: Any) -> list[Any]:
    """All paragraphs of the main part, those in tables too."""
    return list(document.element.body.iter(qn("w:p")))


def shown(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def look_of(document: Any, text: str) -> Any:
    """The style of the first paragraph that begins with `text`."""
    (paragraph, *_) = [each for each in everywhere(document) if shown(each).startswith(text)]
    identity = paragraph.pPr.pStyle.val
    (style,) = [style for style in document.styles if style.style_id == identity]
    return style


class TestSameBytes:
    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_the_same_paper_gives_the_same_bytes(self, paper: Paper) -> None:
        first = render_docx(paper, created_at=MADE_AT)
        render_docx(INVITATION, created_at=MADE_AT + timedelta(days=1))
        assert render_docx(paper, created_at=MADE_AT) == first

    def test_a_base_built_anew_gives_the_same_bytes(self) -> None:
        first = render_docx(PLAN, created_at=MADE_AT)
        base.cache_clear()
        assert render_docx(PLAN, created_at=MADE_AT) == first

    def test_entries_carry_a_fixed_date_and_stand_once_each(self) -> None:
        entries = package(PLAN).infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in entries]
        assert len(names) == len(set(names))
        assert names[0] == "[Content_Types].xml"

    def test_copies_are_the_same_as_single_prints(self) -> None:
        papers = [replace(INVITATION, qr=Qr(f"https://e.vn/{at}", "Quét")) for at in range(3)]
        made = list(render_docx_copies(papers, created_at=MADE_AT))
        assert made == [render_docx(paper, created_at=MADE_AT) for paper in papers]
        assert len(set(made)) == 3

    def test_the_time_of_making_is_written_in_utc(self) -> None:
        vietnam = timezone(timedelta(hours=7))
        properties = opened(PLAN).core_properties
        assert properties.created.replace(tzinfo=UTC) == MADE_AT
        assert properties.modified == properties.created
        assert render_docx(PLAN, created_at=MADE_AT.astimezone(vietnam)) == render_docx(PLAN, created_at=MADE_AT)

    def test_title_and_issuer_stand_in_the_properties(self) -> None:
        properties = opened(PLAN).core_properties
        assert properties.title.startswith("KẾ HOẠCH Đối thoại thủ tục hành chính")
        assert properties.author == "Ủy ban nhân dân thị xã Đông Hòa"


class TestPackage:
    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_every_part_is_sound_xml_and_every_relation_has_its_part(self, paper: Paper) -> None:
        stored = package(paper)
        names = set(stored.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(stored.read(name))
        relations = etree.fromstring(stored.read("word/_rels/document.xml.rels"))
        targets = {f"word/{each.get('Target')}" for each in relations}
        assert targets <= names
        used = set(etree.fromstring(stored.read("word/document.xml")).xpath("//@r:id | //@r:embed", namespaces=_R))
        assert used <= {each.get("Id") for each in relations}

    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_every_cell_ends_in_a_paragraph_and_rows_fill_their_grid(self, paper: Paper) -> None:
        for table in opened(paper).element.body.iter(qn("w:tbl")):
            count = len(table.tblGrid.findall(qn("w:gridCol")))
            for row in table.findall(qn("w:tr")):
                cells = row.findall(qn("w:tc"))
                assert sum(cell.grid_span for cell in cells) == count
                assert all(cell[-1].tag == qn("w:p") for cell in cells)

    def test_paragraph_properties_stand_in_the_order_of_the_schema(self) -> None:
        order = ["pStyle", "keepNext", "pBdr", "spacing", "ind", "jc", "sectPr"]
        for paper in SAMPLES.values():
            for paragraph in everywhere(opened(paper)):
                names = [etree.QName(each).localname for each in (() if paragraph.pPr is None else paragraph.pPr)]
                assert names == sorted(names, key=order.index)
                assert len(names) == len(set(names))

    def test_it_is_small(self) -> None:
        assert len(render_docx(INVITATION, created_at=MADE_AT)) < 16_000

    def test_no_trace_of_the_programs_that_made_it(self) -> None:
        stored = package(PLAN)
        whole = b"".join(stored.read(name) for name in stored.namelist()).lower()
        for trace in (b"python", b"macintosh", b"thumbnail"):
            assert trace not in whole

    def test_a_word_processor_is_asked_for_its_present_layout(self) -> None:
        settings = package(PLAN).read("word/settings.xml").decode()
        assert 'w:name="compatibilityMode"' in settings
        assert 'w:val="15"' in settings.split('w:name="compatibilityMode"')[1][:120]


_R = {"r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}


class TestPage:
    def test_margins_and_size(self) -> None:
        (section,) = opened(PLAN).sections
        assert abs(section.page_width - Mm(210)) < Mm(0.1)
        assert abs(section.page_height - Mm(297)) < Mm(0.1)
        for edge, room in (("top", 20), ("bottom", 20), ("left", 30), ("right", 15)):
            assert abs(getattr(section, f"{edge}_margin") - Mm(room)) < Mm(0.1)

    def test_a_wide_appendix_is_a_section_across_counted_from_one(self) -> None:
        main, appendix = opened(NOTICE).sections
        assert main.orientation == WD_ORIENT.PORTRAIT
        assert appendix.orientation == WD_ORIENT.LANDSCAPE
        assert appendix.page_width > appendix.page_height
        assert appendix._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"

    def test_each_of_several_appendices_is_a_section(self) -> None:
        sections = opened(SYNTHESIS).sections
        assert len(sections) == 3
        assert all(section.orientation == WD_ORIENT.PORTRAIT for section in sections)

    def test_the_page_number_is_centred_at_the_top_but_not_on_the_first_page(self) -> None:
        for section in opened(NOTICE).sections:
            assert section.different_first_page_header_footer
            (number,) = section.header.paragraphs
            assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
            assert [each.text for each in number._p.iter(qn("w:instrText"))] == ["PAGE"]
            assert section.first_page_header.is_linked_to_previous
            assert not "".join(each.text for each in section.first_page_header.paragraphs)

    def test_a_page_break_is_one(self) -> None:
        document = opened(replace(PLAN, blocks=(para("một"), PageBreak(), para("hai"))))
        assert [each.get(qn("w:type")) for each in document.element.body.iter(qn("w:br"))] == ["page"]


class TestFeet:
    def texts(self, footer: Any) -> list[str]:
        return [paragraph.text for paragraph in footer.paragraphs if paragraph.text]

    def test_a_rehearsal_is_marked_on_every_page_and_the_head_on_the_first(self) -> None:
        main, appendix = opened(replace(NOTICE, rehearsal=True)).sections
        mark = "BẢN DIỄN TẬP, không có giá trị pháp lý"
        assert self.texts(main.first_page_footer) == [f"Mã nhật ký: {HEAD}", mark]
        for footer in (main.footer, appendix.first_page_footer, appendix.footer):
            assert self.texts(footer) == [mark]

    def test_a_real_paper_has_no_mark(self) -> None:
        for section in opened(NOTICE).sections:
            assert self.texts(section.footer) == []

    def test_contact_lines_stand_at_the_foot_of_the_first_page(self) -> None:
        (section,) = opened(ANSWER).sections
        assert self.texts(section.first_page_footer) == list(ANSWER.contact)
        assert self.texts(section.footer) == []


class TestLook:
    def test_everything_is_in_times_new_roman_and_vietnamese(self) -> None:
        document = opened(PLAN)
        fonts = document.styles["Normal"].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{place}")) for place in ("ascii", "hAnsi", "cs", "eastAsia")} == {FONT}
        assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
        assert not list(document.element.body.iter(qn("w:rFonts")))

    @pytest.mark.parametrize(
        ("paper", "text", "points", "bold", "italic"),
        [
            (PLAN, "CỘNG HÒA XÃ HỘI", 12, True, False),
            (PLAN, "Độc lập - Tự do", 13, True, False),
            (INVITATION, "UBND THỊ XÃ", 12, False, False),
            (INVITATION, "PHÒNG TÀI CHÍNH", 12, True, False),
            (INVITATION, "Số: 07/GM-TCKH", 13, False, False),
            (INVITATION, "Đông Hòa, ngày", 13, False, True),
            (INVITATION, "GIẤY MỜI", 14, True, False),
            (ANSWER, "V/v trả lời", 12, False, False),
            (ANSWER, "Kính gửi: ", 14, False, False),
            (PLAN, "Căn cứ Luật", 14, False, True),
            (PLAN, "I. MỤC ĐÍCH", 14, True, False),
            (PLAN, "1. Mục đích", 14, True, False),
            (PLAN, "a) Tại điểm cầu", 14, False, False),
            (MINUTES, "“Đề nghị cho nộp", 14, False, True),
            (SYNTHESIS, "Phần I", 14, True, False),
            (PLAN, "Nơi nhận:", 12, True, True),
            (PLAN, "- Thường trực Thị ủy;", 11, False, False),
            (PLAN, "PL.(12)", 11, False, False),
            (PLAN, "TM. ỦY BAN", 14, True, False),
            (PLAN, "Nguyễn Văn Mẫu", 14, True, False),
            (NOTICE, "(Kèm theo Thông báo", 14, False, True),
            (ATTENDANCE, "Họ và tên", 12, True, False),
        ],
    )
    def test_size_and_style_of_every_box(
        self, paper: Paper, text: str, points: float, bold: bool, italic: bool
    ) -> None:
        font = look_of(opened(paper), text).font
        assert (font.size, bool(font.bold), bool(font.italic)) == (Pt(points), bold, italic)

    def test_the_body_is_justified_indented_and_spaced(self) -> None:
        form = look_of(opened(PLAN), "- Tổ chức gặp gỡ").paragraph_format
        assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert abs(form.first_line_indent - Mm(12.7)) < Mm(0.1)
        assert form.space_after == Pt(6)
        assert 1 <= form.line_spacing <= 1.5

    def test_a_clerk_finds_the_styles_under_vietnamese_names(self) -> None:
        names = {style.name for style in opened(PLAN).styles}
        assert {"Thân bài", "Căn cứ", "Quốc hiệu", "Nơi nhận", "Chữ ký"} <= names
        assert len(names) < len(LOOKS) + 6

    def test_runs_keep_their_weight(self) -> None:
        document = opened(INVITATION)
        (time,) = [each for each in document.paragraphs if each.text.startswith("Thời gian: ")]
        assert [(run.text.replace("\u00a0", " "), bool(run.bold)) for run in time.runs] == [
            ("Thời gian: ", False),
            ("07 giờ 30 phút, thứ Tư, ngày 22 tháng 12 năm 2021", True),
            (".", False),
        ]

    def test_the_rule_under_the_motto_is_as_long_as_the_motto(self) -> None:
        document = opened(PLAN)
        right = document.tables[0].rows[0].cells[1]
        rule = right.paragraphs[2]
        assert rule.text == ""
        assert rule._p.pPr.find(qn("w:pBdr")) is not None
        room = right.width - rule.paragraph_format.left_indent - rule.paragraph_format.right_indent
        assert room / Mm(1) == pytest.approx(56, abs=0.6)

    def test_titles_stay_with_what_follows(self) -> None:
        document = opened(PLAN)
        for text in ("I. MỤC ĐÍCH", "1. Mục đích", "a) Tại điểm cầu"):
            assert look_of(document, text).paragraph_format.keep_with_next


class TestSigning:
    def test_the_last_line_stays_with_the_signature_and_the_block_in_one_piece(self) -> None:
        document = opened(PLAN)
        (last,) = [each for each in document.paragraphs if each.text.endswith("./.")]
        assert last.paragraph_format.keep_with_next
        (row,) = document.tables[-1].rows
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None

    def test_there_is_room_to_sign(self) -> None:
        name = opened(PLAN).tables[-1].rows[0].cells[1].paragraphs[-1]
        assert name.text == "Nguyễn Văn Mẫu"
        assert name.paragraph_format.space_before >= Mm(29.9)

    def test_secretary_left_chair_right_recipients_below_the_secretary(self) -> None:
        rows = [[cell.text for cell in row.cells] for row in opened(MINUTES).tables[-1].rows]
        assert rows[0] == ["THƯ KÝ", "CHỦ TỌA"]
        assert rows[1] == ["Phạm Thị Ghi", "CHỦ TỊCH ỦY BAN NHÂN DÂN\nNguyễn Văn Mẫu"]
        assert rows[2][0].startswith("Nơi nhận:\n- Thường trực UBND thị xã;")
        assert rows[2][1] == ""

    def test_dashes_of_addressees_are_indented_alike_below_the_label(self) -> None:
        document = opened(TRANSFER)
        label, *names = [each for each in document.paragraphs if each.style.style_id == "kinhgui"]
        assert label.text == "Kính gửi:"
        assert len({name.paragraph_format.left_indent for name in names}) == 1
        assert names[0].paragraph_format.left_indent > label.paragraph_format.left_indent


class TestTables:
    def test_the_header_is_repeated_and_rows_are_not_cut(self) -> None:
        (table,) = opened(NOTICE).tables[2:]
        first, *others = table._tbl.findall(qn("w:tr"))
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert len(others) == 13
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)

    def test_a_groups_name_spans_the_table(self) -> None:
        (table,) = opened(NOTICE).tables[2:]
        (cell,) = table._tbl.findall(qn("w:tr"))[1].findall(qn("w:tc"))
        assert cell.grid_span == 6

    def test_rows_to_sign_have_their_height(self) -> None:
        table = opened(ATTENDANCE).tables[1]
        assert all(abs(row.height - Mm(11)) < Mm(0.1) for row in table.rows[1:])

    def test_the_columns_fill_the_width_of_the_text(self) -> None:
        table = opened(ATTENDANCE).tables[1]
        assert sum(column.width for column in table.columns) / Mm(1) == pytest.approx(165, abs=0.3)


class TestCode:
    def test_the_picture_is_the_papers_own_code(self) -> None:
        one = package(INVITATION).read("word/media/image1.png")
        other = package(replace(INVITATION, qr=Qr("https://e.vn/khac", "Quét"))).read("word/media/image1.png")
        assert one != other
        assert opened(INVITATION).inline_shapes[0].width == Mm(26)

    def test_a_paper_without_code_shows_no_picture(self) -> None:
        assert len(opened(PLAN).inline_shapes) == 0

    def test_the_caption_describes_the_picture_to_those_who_cannot_see(self) -> None:
        (properties,) = opened(INVITATION).element.body.iter(qn("wp:docPr"))
        assert properties.get("descr") == "Quét mã để xác nhận tham dự hoặc gửi ý kiến trước"
