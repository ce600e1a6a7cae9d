"""The model of a paper: the rules of its words, its JSON, and what it refuses."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.paper import (
    NAMED,
    VIETNAMESE_LETTERS,
    Appendix,
    Bases,
    Column,
    Fact,
    Heading,
    Item,
    Letterhead,
    PageBreak,
    Paper,
    PaperDate,
    PaperError,
    Paragraph,
    Qr,
    Quote,
    Row,
    Run,
    Signature,
    Table,
    attachment_note,
    bold,
    dash,
    date_words,
    ended,
    fact,
    from_json,
    italic,
    letter,
    number_words,
    para,
    plus,
    roman,
    runs,
    symbol_of,
    to_json,
    words,
)
from doithoai.rules.paper.wording import (
    addressee_lines,
    clean,
    cleaned,
    date_line,
    drafter_line,
    foot_lines,
    number_line,
    recipient_lines,
)

SPITEFUL = '<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}'
HEAD = Letterhead(("Ủy ban nhân dân", "thị xã Đông Hòa"), "KH-UBND")
PLAN = Paper(kind="plan", layout="named", letterhead=HEAD, title="Kế hoạch", subject="Đối thoại", place="Đông Hòa")

texts = st.text(max_size=30)
styled = st.builds(Run, texts, bold=st.booleans(), italic=st.booleans())
lines = st.lists(styled, max_size=3).map(tuple)
tables = st.integers(1, 3).flatmap(
    lambda count: st.builds(
        Table,
        st.lists(st.builds(Column, texts, st.integers(1, 9)), min_size=count, max_size=count).map(tuple),
        st.lists(
            st.builds(Row, st.lists(texts, min_size=count, max_size=count).map(tuple), st.booleans()), max_size=3
        ).map(tuple),
    )
)
blocks = st.one_of(
    st.builds(Bases, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Paragraph, lines),
    st.builds(Heading, st.sampled_from(["part", "section", "clause", "point"]), st.just("1"), texts),
    st.builds(Item, lines, st.sampled_from(["-", "+", "a)"])),
    st.builds(Quote, texts),
    st.builds(Fact, texts, lines),
    st.just(PageBreak()),
    tables,
)
bodies = st.lists(blocks, max_size=6).map(tuple)
papers = st.builds(
    replace,
    st.just(PLAN),
    subject=texts,
    blocks=bodies,
    number=st.none() | st.integers(1, 9999).map(str),
    dated=st.dates().map(PaperDate.of) | st.just(PaperDate(2021, 12)),
    addressees=st.lists(texts, max_size=3).map(tuple),
    appendices=st.lists(st.builds(Appendix, texts, bodies, texts, st.booleans()), max_size=2).map(tuple),
    qr=st.none() | st.builds(Qr, texts, texts),
    rehearsal=st.booleans(),
)


class TestNumbersAndDates:
    @pytest.mark.parametrize(
        ("number", "shown"),
        [("7", "07/GM-TCKH"), ("07", "07/GM-TCKH"), ("10", "10/GM-TCKH"), ("1408", "1408/GM-TCKH")],
    )
    def test_a_number_below_ten_gets_a_leading_zero(self, number: str, shown: str) -> None:
        assert number_words(number, "GM-TCKH") == shown

    def test_a_number_not_yet_given_is_a_blank_before_the_stroke(self) -> None:
        blank = number_words(None, "KH-UBND")
        assert blank.split() == ["/KH-UBND"]
        assert len(blank) > len("/KH-UBND") + 3

    @pytest.mark.parametrize(
        ("day", "shown"),
        [
            (date(2022, 1, 5), "ngày 05 tháng 01 năm 2022"),
            (date(2022, 2, 14), "ngày 14 tháng 02 năm 2022"),
            (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
            (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021"),
            (date(2021, 12, 22), "ngày 22 tháng 12 năm 2021"),
        ],
    )
    def test_leading_zero_for_days_below_ten_and_the_first_two_months(self, day: date, shown: str) -> None:
        assert date_words(PaperDate.of(day)) == shown

    def test_what_is_not_known_of_a_date_stays_blank(self) -> None:
        assert date_words(PaperDate(2021, 12)).split() == ["ngày", "tháng", "12", "năm", "2021"]
        assert date_words(PaperDate()).split() == ["ngày", "tháng", "năm"]

    @given(st.dates())
    def test_a_date_names_its_day_month_and_year(self, day: date) -> None:
        numbers = [int(word) for word in date_words(PaperDate.of(day)).split() if word.isdigit()]
        assert numbers == [day.day, day.month, day.year]

    def test_the_blanks_of_a_draft_do_not_break_between_lines(self) -> None:
        assert "  " not in number_line(PLAN) + date_line(replace(PLAN, dated=PaperDate(2021, 12)))

    @pytest.mark.parametrize("number", ["17/KH-UBND", "KH", "", "1 2", "số 3"])
    def test_a_number_is_digits_alone(self, number: str) -> None:
        with pytest.raises(PaperError, match="không kèm ký hiệu"):
            replace(PLAN, number=number)


class TestOrderOfLettersAndNumerals:
    def test_points_follow_the_vietnamese_alphabet(self) -> None:
        assert "".join(letter(at) for at in range(1, 24)) == "abcdđeghiklmnopqrstuvxy" == VIETNAMESE_LETTERS

    @pytest.mark.parametrize("at", [0, -1, 24])
    def test_there_is_no_letter_beyond_the_alphabet(self, at: int) -> None:
        with pytest.raises(PaperError, match="nhiều nhất 23 điểm"):
            letter(at)

    @pytest.mark.parametrize(
        ("number", "shown"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (89, "LXXXIX")]
    )
    def test_roman_numerals(self, number: int, shown: str) -> None:
        assert roman(number) == shown

    @given(st.integers(1, 89))
    def test_a_roman_numeral_reads_back(self, number: int) -> None:
        worth = {"I": 1, "V": 5, "X": 10, "L": 50}
        signs = [worth[sign] for sign in roman(number)]
        followed = [*signs[1:], 0]
        assert sum(-s if s < after else s for s, after in zip(signs, followed, strict=True)) == number

    @pytest.mark.parametrize("number", [0, -3, 90])
    def test_no_roman_numeral_outside_its_range(self, number: int) -> None:
        with pytest.raises(PaperError, match="từ 1 đến 89"):
            roman(number)


class TestSymbols:
    def test_a_named_kind_begins_with_its_abbreviation(self) -> None:
        assert symbol_of("plan", "UBND") == "KH-UBND"
        assert symbol_of("programme", "UBND") == "CTr-UBND"
        assert symbol_of("synthesis", "TCKH") == "TTr-TCKH"
        assert symbol_of("transfer_slip", "UBND") == "PC-UBND"

    def test_a_letter_has_issuer_and_drafting_unit(self) -> None:
        assert symbol_of("answer", "UBND", "VP") == "UBND-VP"

    @pytest.mark.parametrize(
        ("kind", "issuer", "unit"),
        [("answer", "UBND", ""), ("plan", "", ""), ("plan", "A/B", ""), ("plan", "ubnd", "")],
    )
    def test_a_symbol_with_a_part_missing_or_spaced_is_refused(self, kind: str, issuer: str, unit: str) -> None:
        with pytest.raises(PaperError, match="Ký hiệu"):
            symbol_of(kind, issuer, unit)  # type: ignore[arg-type]

    def test_abbreviations_are_those_of_the_decree(self) -> None:
        assert {kind.symbol for kind in NAMED.values()} == {"KH", "CTr", "TTr", "GM", "BB", "PC", "TB", "BC"}


class TestLists:
    def test_recipients_get_dashes_semicolons_and_a_full_stop(self) -> None:
        paper = replace(PLAN, recipients=("Thường trực HĐND;", "- Phòng QLĐT", "Lưu: VT, VP."))
        assert recipient_lines(paper) == ("- Thường trực HĐND;", "- Phòng QLĐT;", "- Lưu: VT, VP.")

    def test_as_above_comes_first_where_there_are_addressees_and_only_once(self) -> None:
        paper = replace(PLAN, addressees=("Sở Nội vụ",), recipients=("Lưu: VT",))
        assert recipient_lines(paper) == ("- Như trên;", "- Lưu: VT.")
        assert recipient_lines(replace(paper, recipients=("Như trên", "Lưu: VT"))) == ("- Như trên;", "- Lưu: VT.")

    def test_no_recipients_no_lines(self) -> None:
        assert recipient_lines(replace(PLAN, addressees=("Sở Nội vụ",))) == ()

    def test_one_addressee_stands_on_the_line_of_the_label(self) -> None:
        assert addressee_lines(replace(PLAN, addressees=("Bộ Nội vụ.",))) == ("Kính gửi: Bộ Nội vụ",)

    def test_several_addressees_stand_below_with_their_marks(self) -> None:
        paper = replace(PLAN, addressees=("Bộ Nội vụ", "Bộ Tài chính"))
        assert addressee_lines(paper) == ("Kính gửi:", "- Bộ Nội vụ;", "- Bộ Tài chính.")

    def test_the_drafters_sign_and_copies(self) -> None:
        assert drafter_line(replace(PLAN, drafter="PL", copies=300)) == "PL.(300)"
        assert drafter_line(replace(PLAN, drafter="PL", copies=5)) == "PL.(05)"
        assert drafter_line(replace(PLAN, drafter="PL")) == "PL"
        assert drafter_line(PLAN) == ""


class TestEndMark:
    @pytest.mark.parametrize(
        "text", ["để xem xét, chỉ đạo", "để xem xét, chỉ đạo.", "để xem xét, chỉ đạo./.", "để xem xét, chỉ đạo …"]
    )
    def test_the_last_text_ends_in_the_mark_once(self, text: str) -> None:
        assert ended((para(text),)) == (para("để xem xét, chỉ đạo./."),)

    @pytest.mark.parametrize("block", [para("a ", bold("b")), dash("b"), plus("b"), fact("Chủ trì", "b")])
    def test_every_text_that_can_end_a_paper_can_carry_it(self, block: Paragraph | Item | Fact) -> None:
        (last,) = ended((block,))
        text = last.value if isinstance(last, Fact) else last.runs  # type: ignore[union-attr]
        assert text[-1].text == "b./."
        assert ended((last,)) == (last,)

    def test_only_the_last_block_changes(self) -> None:
        first = para("Một.")
        assert ended((first, para("Hai.")))[0] == first

    @pytest.mark.parametrize("body", [(), (Quote("a"),), (PageBreak(),), (Paragraph(()),), (Bases(("a",)),)])
    def test_a_body_that_ends_otherwise_is_refused(self, body: tuple[Paragraph, ...]) -> None:
        with pytest.raises(PaperError, match="kết thúc"):
            ended(body)


class TestCleanText:
    def test_composed_and_decomposed_letters_are_the_same_word(self) -> None:
        assert clean(unicodedata.normalize("NFD", "Đặng Thị Ưỡng")) == "Đặng Thị Ưỡng"

    def test_markup_and_formulas_stay_plain_text(self) -> None:
        assert clean(SPITEFUL) == SPITEFUL

    def test_invisible_and_control_characters_go(self) -> None:
        assert clean("a\x00b\x0bc\u200bd\u202ee\ufefff\u00adg\x85") == "abcdefg"
        assert clean("một\r\nhai\rba\tbốn") == "một\nhai\nba bốn"

    def test_what_the_typeface_lacks_leaves_a_visible_trace(self) -> None:
        assert clean("vui 😀 漢") == "vui □ □"
        assert clean("❤\ufe0f") == "□"

    @given(st.text())
    def test_cleaning_twice_is_cleaning_once(self, text: str) -> None:
        assert clean(clean(text)) == clean(text)

    def test_the_address_in_a_code_is_never_touched(self) -> None:
        paper = replace(PLAN, qr=Qr("https://e.vn/\u200b😀", "quét\x00"))
        assert cleaned(paper).qr == Qr("https://e.vn/\u200b😀", "quét")


class TestSoundness:
    def test_a_letter_needs_its_addressees(self) -> None:
        with pytest.raises(PaperError, match="nơi kính gửi"):
            replace(PLAN, layout="letter", kind="answer")

    @pytest.mark.parametrize("layout", ["named", "minutes", "list"])
    def test_other_papers_need_their_title(self, layout: str) -> None:
        with pytest.raises(PaperError, match="tên loại"):
            replace(PLAN, layout=layout, title="")

    def test_only_a_list_goes_without_symbol(self) -> None:
        bare = Letterhead(HEAD.issuer)
        assert number_line(replace(PLAN, layout="list", letterhead=bare)) == ""
        with pytest.raises(PaperError, match="ký hiệu"):
            replace(PLAN, letterhead=bare)

    def test_nobody_issues_nothing(self) -> None:
        with pytest.raises(PaperError, match="cơ quan ban hành"):
            replace(PLAN, letterhead=Letterhead((), "KH-UBND"))

    def test_the_last_recipient_is_the_file(self) -> None:
        with pytest.raises(PaperError, match="Lưu: VT"):
            replace(PLAN, recipients=("Lưu: VT", "Phòng QLĐT"))

    @pytest.mark.parametrize("count", [0, 1])
    def test_minutes_are_signed_by_two(self, count: int) -> None:
        with pytest.raises(PaperError, match="Thư ký và Chủ tọa"):
            replace(PLAN, layout="minutes", kind="minutes", signatures=(Signature(("A",), "B"),) * count)

    def test_never_three_signatures(self) -> None:
        with pytest.raises(PaperError, match="hai khối chữ ký"):
            replace(PLAN, signatures=(Signature(("A",), "B"),) * 3)

    @pytest.mark.parametrize("name", ["TS. Nguyễn Văn Mẫu", "ThS.Nguyễn Văn Mẫu", "PGS.TS. Trần Giả"])
    def test_no_academic_title_before_the_signer(self, name: str) -> None:
        with pytest.raises(PaperError, match="học hàm, học vị"):
            Signature(("CHỦ TỊCH",), name)

    def test_a_name_that_only_looks_like_a_title_is_kept(self) -> None:
        assert Signature(("CHỦ TỊCH",), "Tsần Văn Mẫu").name == "Tsần Văn Mẫu"

    def test_a_row_with_cells_missing_is_named(self) -> None:
        columns = (Column("A", 1), Column("B", 1), Column("C", 1))
        with pytest.raises(PaperError, match="Dòng 2 của bảng có 2 ô, bảng có 3 cột"):
            Table(columns, (Row(("1", "2", "3")), Row(("1", "2"))))

    def test_a_column_without_width_is_refused(self) -> None:
        with pytest.raises(PaperError, match="lớn hơn 0"):
            Table((Column("A", 0),), ())


class TestJson:
    @given(papers)
    def test_there_and_back_is_the_same_paper(self, paper: Paper) -> None:
        assert from_json(to_json(paper)) == paper

    @given(papers)
    def test_the_text_is_canonical(self, paper: Paper) -> None:
        text = to_json(paper)
        assert to_json(from_json(text)) == text

    def test_markup_survives_untouched(self) -> None:
        paper = replace(PLAN, blocks=(para(SPITEFUL), Quote(SPITEFUL)))
        assert from_json(to_json(paper)).blocks == paper.blocks

    def test_a_paper_stored_before_a_field_was_added_still_reads(self) -> None:
        assert from_json(to_json(PLAN).replace('"rehearsal":false,', "")) == PLAN

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "3", '{"is":"Run","text":"a"}', '{"is":"os.system"}', '{"a":1}', '{"is":"Paper"}']
    )
    def test_anything_else_is_refused_in_words(self, text: str) -> None:
        with pytest.raises(PaperError, match="không đọc được"):
            from_json(text)

    def test_a_stored_paper_that_is_not_sound_is_refused(self) -> None:
        with pytest.raises(PaperError, match="tên loại"):
            from_json(to_json(PLAN).replace('"title":"Kế hoạch"', '"title":""'))


class TestWords:
    def test_reading_order_of_a_named_paper(self) -> None:
        paper = replace(
            PLAN,
            number="7",
            dated=PaperDate(2021, 12, 8),
            blocks=(Bases(("Căn cứ A", "Căn cứ B;")), Heading("section", "I", "Mục đích"), dash("Một"), Quote("Hai")),
            recipients=("Lưu: VT",),
            signatures=(Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Mẫu"),),
            rehearsal=True,
            head="ab" * 32,
        )
        assert " ".join(words(paper)) == (
            "ỦY BAN NHÂN DÂN THỊ XÃ ĐÔNG HÒA CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
            "Số: 07/KH-UBND Đông Hòa, ngày 08 tháng 12 năm 2021 KẾ HOẠCH Đối thoại Căn cứ A; Căn cứ B. "
            "I. MỤC ĐÍCH - Một “Hai” Nơi nhận: - Lưu: VT. TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Nguyễn Văn Mẫu"
        )

    def test_a_letter_has_its_subject_under_the_number_and_no_title(self) -> None:
        paper = replace(PLAN, layout="letter", kind="answer", title="", number="9", addressees=("Bà Sáu",))
        shown = " ".join(words(paper))
        assert "Số: 09/KH-UBND V/v Đối thoại Đông Hòa," in shown
        assert shown.endswith("Kính gửi: Bà Sáu")

    def test_minutes_have_no_place_and_date_and_the_secretary_first(self) -> None:
        two = (Signature(("THƯ KÝ",), "A"), Signature(("CHỦ TỌA",), "B", "CHỦ TỊCH"))
        paper = replace(PLAN, layout="minutes", kind="minutes", signatures=two, recipients=("Lưu: VT, Hồ sơ",))
        shown = " ".join(words(paper))
        assert "Đông Hòa," not in shown
        assert shown.endswith("THƯ KÝ CHỦ TỌA A CHỦ TỊCH B Nơi nhận: - Lưu: VT, Hồ sơ.")

    def test_appendices_are_numbered_only_when_there_are_several(self) -> None:
        one, two = Appendix("Một", ()), Appendix("Hai", (), "(Kèm theo)")
        assert words(replace(PLAN, appendices=(one,)))[-3:] == ["Phụ", "lục", "MỘT"]
        assert " ".join(words(replace(PLAN, appendices=(one, two)))).endswith("Phụ lục I MỘT Phụ lục II HAI (Kèm theo)")

    def test_a_quotation_of_several_lines_opens_and_closes_once(self) -> None:
        assert words(replace(PLAN, blocks=(Quote("Một\n\nHai"),)))[-2:] == ["“Một", "Hai”"]

    @given(papers)
    def test_every_word_of_a_cell_and_a_quotation_is_there(self, paper: Paper) -> None:
        shown = "".join(words(paper))
        for block in cleaned(paper).blocks:
            texts = [cell for row in block.rows for cell in row.cells] if isinstance(block, Table) else []
            for text in [*texts, *([block.text] if isinstance(block, Quote) else [])]:
                assert "".join(text.split()) in shown

    def test_the_foot_holds_head_and_mark_of_rehearsal(self) -> None:
        paper = replace(PLAN, head="ab12", rehearsal=True)
        assert foot_lines(paper) == ("Mã nhật ký: ab12", "BẢN DIỄN TẬP, không có giá trị pháp lý")
        assert foot_lines(PLAN) == ()

    def test_the_note_of_an_appendix(self) -> None:
        assert attachment_note("Thông báo", "9", "TB-UBND", PaperDate(2022, 1, 5), "UBND thị xã Đông Hòa") == (
            "(Kèm theo Thông báo số 09/TB-UBND ngày 05 tháng 01 năm 2022 của UBND thị xã Đông Hòa)"
        )

    def test_short_hands(self) -> None:
        assert runs("a", bold("b"), italic("c")) == (Run("a"), Run("b", bold=True), Run("c", italic=True))
        assert plus("a") == Item((Run("a"),), "+")
