"""The PDF keeps Decree 30/2020: margins, sizes, rules, page numbers, and the same bytes every time."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from doithoai.documents.rendering import render_pdf, render_pdf_copies
from doithoai.documents.rendering.faces import FONTS
from doithoai.rules.paper import (
    Appendix,
    Column,
    Paper,
    PaperError,
    Row,
    Signature,
    Table,
    ended,
    para,
    signature_lines,
)
from tests.documents.paper_samples import (
    ANSWER,
    ATTENDANCE,
    INVITATION,
    MADE_AT,
    MINUTES,
    NOTICE,
    PLAN,
    SAMPLES,
    SYNTHESIS,
    TRANSFER,
)
from tests.documents.reading import Glyph, glyphs, lines, pages, pdf_words, stretch, strokes
from tests.rules.test_paper_signature import BLOCKS

LONG = "Trách nhiệm của các cơ quan, đơn vị trong việc trả lời kiến nghị của công dân được nêu rõ tại đây. "


def printed(paper: Paper) -> list[pypdfium2.PdfPage]:
    return pages(render_pdf(paper, created_at=MADE_AT))


def middle(found: list[Glyph]) -> float:
    return (found[0].left + found[-1].right) / 2


def baseline(found: list[Glyph]) -> float:
    """Height of the line's foot on the page in mm, whatever its size: the descender is 0.216 of it."""
    return found[0].bottom - 0.216 * found[0].points * 25.4 / 72


class TestArchiveFormat:
    def test_the_file_says_that_it_is_pdf_a_2b(self) -> None:
        pdf = render_pdf(PLAN, created_at=MADE_AT)
        assert re.search(rb"<pdfaid:part>2</pdfaid:part>", pdf)
        assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", pdf)

    def test_name_issuer_and_time_of_making_stand_in_it(self) -> None:
        document = pypdfium2.PdfDocument(render_pdf(PLAN, created_at=MADE_AT))
        assert document.get_metadata_value("Title").startswith("KẾ HOẠCH Đối thoại thủ tục hành chính")
        assert document.get_metadata_value("Author") == "Ủy ban nhân dân thị xã Đông Hòa"
        assert document.get_metadata_value("CreationDate").startswith("D:20211210013000")

    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_the_same_paper_gives_the_same_bytes(self, paper: Paper) -> None:
        first = render_pdf(paper, created_at=MADE_AT)
        render_pdf(replace(paper, place="Nơi khác", drafter="XX"), created_at=MADE_AT)
        assert render_pdf(paper, created_at=MADE_AT) == first

    def test_another_time_gives_another_file(self) -> None:
        later = render_pdf(PLAN, created_at=MADE_AT + timedelta(seconds=1))
        assert later != render_pdf(PLAN, created_at=MADE_AT)

    def test_copies_are_the_same_as_single_prints(self) -> None:
        papers = [INVITATION, replace(INVITATION, number="8")]
        assert list(render_pdf_copies(papers, created_at=MADE_AT)) == [
            render_pdf(paper, created_at=MADE_AT) for paper in papers
        ]

    def test_other_processes_give_the_same_bytes_in_the_same_order(self) -> None:
        papers = [replace(INVITATION, number=str(at)) for at in range(1, 20)]
        spread = list(render_pdf_copies(papers, created_at=MADE_AT, processes=2))
        assert spread == list(render_pdf_copies(papers, created_at=MADE_AT))
        assert len(set(spread)) == 19

    def test_only_the_papers_own_typeface_is_used(self) -> None:
        faces = {glyph.face for paper in SAMPLES.values() for page in printed(paper) for glyph in glyphs(page)}
        assert {face.split("+")[-1] for face in faces} == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}

    def test_the_typeface_comes_with_its_licence(self) -> None:
        licence = (FONTS / "OFL.txt").read_text()
        assert "SIL OPEN FONT LICENSE" in licence
        assert "Copyright 2010 Google" in licence

    def test_an_office_may_print_in_its_own_times_new_roman(self, tmp_path: Path) -> None:
        for face in ("Regular", "Bold", "Italic", "BoldItalic"):
            with TTFont(FONTS / f"Tinos-{face}.ttf") as font:
                for record in font["name"].names:
                    if record.nameID in (1, 4, 6, 16):
                        record.string = record.toUnicode().replace("Tinos", "Times New Roman")
                font.save(tmp_path / f"times-{face}.ttf")
        pdf = render_pdf(INVITATION, created_at=MADE_AT, font_dir=tmp_path)
        faces = {glyph.face for page in pages(pdf) for glyph in glyphs(page)}
        assert all("Times" in face for face in faces)
        assert pdf_words(pdf, INVITATION) == pdf_words(render_pdf(INVITATION, created_at=MADE_AT), INVITATION)

    def test_a_folder_without_times_new_roman_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PaperError, match="Times New Roman"):
            render_pdf(PLAN, created_at=MADE_AT, font_dir=tmp_path)


class TestMargins:
    @pytest.mark.parametrize("paper", SAMPLES.values(), ids=SAMPLES.keys())
    def test_nothing_outside_but_the_page_number_and_the_foot(self, paper: Paper) -> None:
        for page in printed(paper):
            width, height = (size / 72 * 25.4 for size in page.get_size())
            assert sorted((round(width), round(height))) == [210, 297]
            for glyph in glyphs(page):
                assert glyph.left >= 29.9
                assert glyph.right <= width - 14.9
                if glyph.top < 19.9:
                    assert abs(middle([glyph]) - (width + 15) / 2) < 4
                    assert glyph.text.isdigit()
                if glyph.bottom > height - 19.9:
                    assert glyph.top > height - 19.9
            for stroke in strokes(page):
                assert stroke.left >= 29.65
                assert stroke.right <= width - 14.65
                assert stroke.top >= 19.65
                assert stroke.bottom <= height - 19.65

    def test_body_lines_begin_at_30_mm_and_end_at_15_mm_from_the_edge(self) -> None:
        line = stretch(printed(PLAN)[0], "nước với Nhân dân và các tổ chức để kịp thời giải quyết vướng mắc trong thực")
        assert line[0].left == pytest.approx(30.0, abs=0.1)
        assert line[-1].right == pytest.approx(195.0, abs=0.2)

    def test_the_first_line_is_indented_by_1_27_cm(self) -> None:
        line = stretch(printed(PLAN)[0], "- Tổ chức gặp gỡ")
        assert line[0].left == pytest.approx(42.7, abs=0.1)

    def test_the_first_line_stands_20_mm_below_the_edge(self) -> None:
        assert glyphs(printed(PLAN)[0])[0].top == pytest.approx(20.0, abs=0.4)

    def test_lines_and_paragraphs_keep_their_distance(self) -> None:
        page = printed(PLAN)[0]
        one, two = stretch(page, "- Tổ chức gặp gỡ"), stretch(page, "nước với Nhân dân")
        after = stretch(page, "- Nâng cao trách nhiệm")
        last = stretch(page, "hiện thủ tục hành chính.")
        single = 14 * 1.149 * 25.4 / 72
        assert single <= baseline(two) - baseline(one) <= 1.5 * single
        assert (baseline(after) - baseline(last)) - (baseline(two) - baseline(one)) == pytest.approx(
            6 * 25.4 / 72, abs=0.05
        )

    def test_words_too_long_for_a_line_or_a_cell_wrap(self) -> None:
        word = "https://dichvucong.example.vn/" + "Ưa1" * 60
        table = Table((Column(word, 1), Column("B", 5)), (Row((word, word)), Row((word,))))
        paper = replace(ANSWER, blocks=(para(word), table, para("Hết")))
        for page in printed(paper):
            assert max(glyph.right for glyph in glyphs(page)) <= 195.1
        first_column = [glyph for glyph in glyphs(printed(paper)[0]) if glyph.left < 45 and glyph.points == 12]
        assert max(glyph.right for glyph in first_column) < 80

    def test_a_column_is_never_narrower_than_its_longest_word(self) -> None:
        table = Table(
            (Column("STT", 1), Column("Mã", 1), Column("Nội dung", 60)), (Row(("1", "DH-2021-01-YK01", LONG)),)
        )
        page = printed(replace(ANSWER, blocks=(table, para("Hết"))))[0]
        for word in ("STT", "DH-2021-01-YK01"):
            found = stretch(page, word)
            assert found[0].bottom == pytest.approx(found[-1].bottom, abs=0.1)


@pytest.mark.parametrize(
    ("paper", "text", "points", "face"),
    [
        (PLAN, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "Tinos-Bold"),
        (PLAN, "Độc lập - Tự do - Hạnh phúc", 13, "Tinos-Bold"),
        (INVITATION, "UBND THỊ XÃ ĐÔNG HÒA", 12, "Tinos"),
        (INVITATION, "PHÒNG TÀI CHÍNH - KẾ HOẠCH", 12, "Tinos-Bold"),
        (INVITATION, "Số: 07/GM-TCKH", 13, "Tinos"),
        (INVITATION, "Đông Hòa, ngày 08 tháng 12 năm 2021", 13, "Tinos-Italic"),
        (INVITATION, "GIẤY MỜI", 14, "Tinos-Bold"),
        (INVITATION, "Dự đối thoại thủ tục hành chính lĩnh vực", 14, "Tinos-Bold"),
        (ANSWER, "V/v trả lời kiến nghị", 12, "Tinos"),
        (ANSWER, "Kính gửi: Bà", 14, "Tinos"),
        (PLAN, "Căn cứ Luật Tổ chức", 14, "Tinos-Italic"),
        (PLAN, "I. MỤC ĐÍCH, YÊU CẦU", 14, "Tinos-Bold"),
        (PLAN, "1. Mục đích", 14, "Tinos-Bold"),
        (PLAN, "- Tổ chức gặp gỡ", 14, "Tinos"),
        (MINUTES, "“Đề nghị cho nộp hồ sơ", 14, "Tinos-Italic"),
        (SYNTHESIS, "Phần I", 14, "Tinos-Bold"),
        (SYNTHESIS, "KẾT QUẢ TỔNG HỢP", 14, "Tinos-Bold"),
        (ATTENDANCE, "Họ và tên", 12, "Tinos-Bold"),
        (ATTENDANCE, "Trần Giả", 12, "Tinos"),
        (INVITATION, "Nơi nhận:", 12, "Tinos-BoldItalic"),
        (INVITATION, "- Như thành phần mời;", 11, "Tinos"),
        (TRANSFER, "TL. CHỦ TỊCH", 14, "Tinos-Bold"),
        (TRANSFER, "Hồ Văn Ký", 14, "Tinos-Bold"),
        (ANSWER, "Địa chỉ: khu phố 2", 11, "Tinos"),
        (INVITATION, "BẢN DIỄN TẬP, không có giá trị pháp lý", 11, "Tinos-Bold"),
    ],
)
def test_size_and_style_of_every_box(paper: Paper, text: str, points: float, face: str) -> None:
    found = stretch(printed(paper)[0], text)
    assert {glyph.points for glyph in found} == {points}
    assert {glyph.face.split("+")[-1] for glyph in found} == {face}


class TestHeading:
    def test_the_rule_under_the_motto_is_as_long_as_the_motto(self) -> None:
        page = printed(PLAN)[0]
        motto = stretch(page, "Độc lập - Tự do - Hạnh phúc")
        rule = _rule_below(page, motto)
        assert rule.length == pytest.approx(motto[-1].right - motto[0].left, abs=0.6)

    @pytest.mark.parametrize(
        ("paper", "line"),
        [
            (PLAN, "THỊ XÃ ĐÔNG HÒA"),
            (INVITATION, "PHÒNG TÀI CHÍNH - KẾ HOẠCH"),
            (TRANSFER, "Chuyển ý kiến, kiến nghị của công dân"),
        ],
    )
    def test_rules_under_issuer_and_subject_are_a_third_to_a_half(self, paper: Paper, line: str) -> None:
        page = printed(paper)[0]
        text = stretch(page, line)
        rule = _rule_below(page, text)
        assert 1 / 3 <= rule.length / (text[-1].right - text[0].left) <= 0.5
        assert (rule.left + rule.right) / 2 == pytest.approx(middle(text), abs=0.4)

    def test_number_and_date_share_a_line_and_stand_under_their_columns(self) -> None:
        page = printed(INVITATION)[0]
        number, date = stretch(page, "Số: 07/GM-TCKH"), stretch(page, "Đông Hòa, ngày 08 tháng 12 năm 2021")
        assert baseline(number) == pytest.approx(baseline(date), abs=0.3)
        assert middle(number) == pytest.approx(middle(stretch(page, "PHÒNG TÀI CHÍNH - KẾ HOẠCH")), abs=0.4)
        assert middle(date) == pytest.approx(middle(stretch(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), abs=0.4)

    def test_title_and_subject_are_centred_on_the_text(self) -> None:
        page = printed(INVITATION)[0]
        for text in ("GIẤY MỜI", "Dự đối thoại thủ tục hành chính lĩnh vực", "thành lập và hoạt động hộ kinh doanh"):
            assert middle(stretch(page, text)) == pytest.approx(112.5, abs=0.3)

    def test_a_year_is_not_parted_from_its_word_in_a_title(self) -> None:
        assert stretch(printed(PLAN)[0], "hành chính năm 2021")[-1].bottom == pytest.approx(
            stretch(printed(PLAN)[0], "Đối thoại thủ tục")[0].bottom, abs=0.1
        )

    def test_the_subject_of_a_letter_stands_6_points_below_the_number(self) -> None:
        page = printed(ANSWER)[0]
        number, about = stretch(page, "Số: 1408/UBND-QLĐT"), stretch(page, "V/v trả lời")
        descent, ascent = 0.216 * 13, 0.891 * 12
        gap = (baseline(about) - baseline(number)) / 25.4 * 72 - descent - ascent
        assert gap == pytest.approx(6, abs=0.7)
        assert middle(number) == pytest.approx(66, abs=0.4)

    def test_several_addressees_have_their_dashes_below_the_colon(self) -> None:
        page = printed(TRANSFER)[0]
        colon = stretch(page, "Kính gửi:")[-1]
        dashes = [stretch(page, text)[0] for text in ("- Chi cục Thuế", "- Bảo hiểm xã hội")]
        assert dashes[0].left == pytest.approx(dashes[1].left, abs=0.05)
        assert dashes[0].left == pytest.approx(colon.left, abs=0.8)


def _rule_below(page: pypdfium2.PdfPage, text: list[Glyph]):  # type: ignore[no-untyped-def]
    below = [stroke for stroke in strokes(page) if 0 < stroke.top - baseline(text) < 5 and stroke.left < text[-1].right]
    near = [stroke for stroke in below if text[0].left - 1 <= stroke.left and stroke.right <= text[-1].right + 1]
    assert len(near) == 1
    return near[0]


def _numbers(paper: Paper) -> list[str]:
    """What stands in the top margin of each page."""
    return ["".join(glyph.text for glyph in glyphs(page) if glyph.top < 19) for page in printed(paper)]


class TestPageNumbers:
    def test_not_on_the_first_page_then_centred_in_the_top_margin(self) -> None:
        assert _numbers(PLAN) == ["", "2"]
        (number,) = [glyph for glyph in glyphs(printed(PLAN)[1]) if glyph.top < 19]
        assert number.points == 14
        assert number.face.endswith("Tinos")
        assert middle([number]) == pytest.approx(112.5, abs=0.3)

    def test_each_appendix_counts_its_own_pages(self) -> None:
        assert _numbers(NOTICE) == ["", "", "2", "3"]
        assert _numbers(SYNTHESIS) == ["", "", ""]

    def test_more_than_nine_pages(self) -> None:
        assert _numbers(replace(ANSWER, blocks=tuple(para(LONG * 20) for _ in range(15))))[8:10] == ["9", "10"]


class TestFoot:
    def test_every_page_of_a_rehearsal_says_so(self) -> None:
        for paper in (ATTENDANCE, replace(NOTICE, rehearsal=True)):
            for page in printed(paper):
                mark = stretch(page, "BẢN DIỄN TẬP, không có giá trị pháp lý")
                assert mark[0].top > page.get_height() / 72 * 25.4 - 20

    def test_no_mark_on_a_real_paper(self) -> None:
        assert all("DIỄN TẬP" not in page.get_textpage().get_text_range() for page in printed(NOTICE))

    def test_the_journal_head_stands_at_the_foot_of_the_first_page_only(self) -> None:
        first, *others = printed(replace(NOTICE, rehearsal=True))
        assert stretch(first, "Mã nhật ký: 9f86d081884c7d65")[0].top > 277
        assert all("nhật ký" not in page.get_textpage().get_text_range() for page in others)

    def test_the_contact_lines_stand_under_a_full_rule_on_the_first_page(self) -> None:
        paper = replace(ANSWER, blocks=(para(LONG * 30), para(LONG)))
        first, *others = printed(paper)
        assert len(others) == 1
        contact = stretch(first, "Địa chỉ: khu phố 2, phường Hòa Vinh, thị xã Đông Hòa")
        full = [stroke for stroke in strokes(first) if stroke.length > 160]
        assert len(full) == 1
        assert 0 < contact[0].top - full[0].bottom < 3
        assert contact[0].top > 255
        assert all("Địa chỉ" not in page.get_textpage().get_text_range() for page in others)


class TestSigning:
    @pytest.mark.parametrize(("signer", "parts", "shown"), BLOCKS)
    def test_every_signature_block(
        self, signer: tuple[str, ...], parts: dict[str, str], shown: tuple[str, ...]
    ) -> None:
        lines_of: Callable[..., tuple[str, ...]] = signature_lines
        paper = replace(TRANSFER, signatures=(Signature(lines_of(*signer, **parts), "Lê Văn Thử"),))
        page = printed(paper)[0]
        stack = [stretch(page, line) for line in shown]
        name = stretch(page, "Lê Văn Thử")
        centres = [middle(line) for line in (*stack, name)]
        assert max(centres) - min(centres) < 0.4
        assert middle(name) > 130
        assert 30 <= name[0].top - stack[-1][0].bottom <= 32

    def test_recipients_stand_level_with_the_capacity_at_the_left_margin(self) -> None:
        page = printed(TRANSFER)[0]
        label, capacity = stretch(page, "Nơi nhận:"), stretch(page, "TL. CHỦ TỊCH")
        assert baseline(label) == pytest.approx(baseline(capacity), abs=1)
        assert label[0].left == pytest.approx(30, abs=0.2)

    def test_minutes_are_signed_left_by_the_secretary_and_right_by_the_chair(self) -> None:
        page = printed(MINUTES)[-1]
        secretary, chair = stretch(page, "THƯ KÝ"), stretch(page, "CHỦ TỌA")
        assert baseline(secretary) == pytest.approx(baseline(chair), abs=0.1)
        left, right = stretch(page, "Phạm Thị Ghi"), stretch(page, "Nguyễn Văn Mẫu")
        assert baseline(left) == pytest.approx(baseline(right), abs=0.1)
        assert middle(left) == pytest.approx(middle(secretary), abs=0.3)
        assert middle(right) == pytest.approx(middle(chair), abs=0.3)
        received = stretch(page, "Nơi nhận:")
        assert received[0].top > left[0].bottom
        assert received[0].left == pytest.approx(30, abs=0.2)

    @pytest.mark.parametrize("count", range(8, 34))
    def test_a_signature_never_stands_alone_on_a_page(self, count: int) -> None:
        body = (*(para(f"Dòng {at}.") for at in range(count)), para("Câu cuối cùng của văn bản."))
        *_, last = printed(replace(PLAN, blocks=ended(body), recipients=("Lưu: VT",)))
        assert stretch(last, "Câu cuối cùng của văn bản./.")
        assert stretch(last, "Nguyễn Văn Mẫu")

    def test_a_very_long_list_of_recipients_runs_on_to_the_next_page(self) -> None:
        many = (*(f"Tổ dân phố {at}" for at in range(1, 90)), "Lưu: VT")
        shown = printed(replace(TRANSFER, recipients=many))
        assert len(shown) == 2
        assert stretch(shown[1], "- Lưu: VT.")
        for page in shown:
            assert max(glyph.bottom for glyph in glyphs(page)) <= 277.1


class TestTablesAndAppendices:
    def test_a_wide_appendix_lies_across(self) -> None:
        sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in printed(NOTICE)]
        assert sizes == [(210, 297), (297, 210), (297, 210), (297, 210)]

    def test_the_header_of_a_table_is_repeated(self) -> None:
        for page in printed(NOTICE)[1:]:
            assert stretch(page, "Nội dung ý kiến, kiến nghị")[0].face.endswith("Tinos-Bold")

    def test_rows_to_sign_are_high_enough(self) -> None:
        page = printed(ATTENDANCE)[0]
        tops = [stretch(page, f"{name}")[0].top for name in ("Nguyễn Thị Thử", "Lê Mẫu")]
        assert tops[1] - tops[0] >= 11

    def test_a_row_longer_than_a_page_runs_on(self) -> None:
        table = Table((Column("STT", 1), Column("Nội dung", 9)), (Row(("1", LONG * 90)),))
        shown = printed(replace(NOTICE, appendices=(Appendix("Ý kiến", (table,)),)))
        assert len(shown) >= 3
        assert sum(page.get_textpage().get_text_range().count("Trách") for page in shown) == 90
        for page in shown:
            assert max(glyph.bottom for glyph in glyphs(page) if glyph.points == 12) <= 277.1

    def test_a_title_is_never_the_last_line_of_a_page(self) -> None:
        for page in printed(PLAN):
            text = lines(page)
            assert "".join(glyph.text for glyph in text[-1])[:2] not in {"1.", "2.", "I.", "II"}
