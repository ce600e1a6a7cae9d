"""Vietnamese as it is written, sorted and searched."""

import unicodedata
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.vietnamese import (
    bare,
    cccd,
    cmnd,
    count,
    decimal,
    fold,
    name_case,
    number,
    padded,
    page_date,
    page_time,
    paper_date,
    paper_time,
    paper_weekday_date,
    percent,
    phone,
    read_sex,
    same_words,
    short_date,
    show_phone,
    sort_key,
    squeeze,
    syllable,
    weekday,
)

WEDNESDAY = date(2021, 12, 22)
SYLLABLES = ["An", "Ánh", "Hòa", "Họa", "Đức", "Nguyễn", "Thuỷ", "Trần", "Ước", "Yến", "Ê", "Quỳnh"]
names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)


class TestFold:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("Thuỷ", "thủy"),
            ("HOÀ", "hòa"),
            ("Đông  Hòa", "dong hoa"),
            ("Đ\u00f4ng", "\u0110o\u0302ng"),
            ("mái\u00a0hiên", "MAI HIEN"),
            ("Hòa\u200bVinh", "hoavinh"),
            ("Ðức", "đức"),
        ],
    )
    def test_spellings_of_one_word_meet(self, left: str, right: str) -> None:
        assert fold(left) == fold(right)

    def test_different_letters_stay_apart(self) -> None:
        assert fold("mái hiên") == "mai hien" != fold("máy hiên")

    @given(st.text())
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(st.text(alphabet=st.characters(max_codepoint=0x1EFF, exclude_categories=["Cs"])))
    def test_the_unicode_form_does_not_matter(self, text: str) -> None:
        assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))

    def test_bare_keeps_case_and_blanks(self) -> None:
        assert bare("Đỗ  Thị Ước") == "Do  Thi Uoc"

    def test_squeeze_keeps_the_words(self) -> None:
        assert squeeze("  Nguye\u0302\u0303n \u00a0Văn\n\u200bAn ") == "Nguyễn Văn An"


class TestSameWords:
    @pytest.mark.parametrize(("left", "right"), [("hoà", "HÒA"), ("thuỷ  tiên", "Thủy Tiên"), ("khoẻ", "khỏe")])
    def test_tone_placement_and_case_do_not_matter(self, left: str, right: str) -> None:
        assert same_words(left, right)

    @pytest.mark.parametrize(("left", "right"), [("hoà", "hoa"), ("mơ", "mo"), ("đa", "da"), ("An", "An An")])
    def test_tone_and_shape_do(self, left: str, right: str) -> None:
        assert not same_words(left, right)

    def test_a_syllable_is_its_letters_and_its_tone(self) -> None:
        assert [syllable(word) for word in ("ma", "mà", "mả", "mã", "má", "mạ")] == [("ma", n) for n in range(6)]
        assert syllable("ước") == ("ươc", 4)


class TestSortKey:
    def test_given_name_then_family_then_middle(self) -> None:
        right = ["Lê Văn An", "Nguyễn Thị An", "Nguyễn Văn An", "Trần An", "Bùi Thị Ánh", "An Bình", "Lê Đa"]
        mixed = right[::-1]
        mixed.sort(key=sort_key)
        assert mixed == right

    def test_tones_stand_in_their_order(self) -> None:
        right = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
        mixed = right[::-1]
        mixed.sort(key=sort_key)
        assert mixed == right

    def test_letters_stand_in_the_vietnamese_order(self) -> None:
        right = ["Da", "Đa", "E", "Ê", "Lan", "Lăn", "Lân", "Mo", "Mô", "Mơ", "Tu", "Tư", "Ty"]
        mixed = right[::-1]
        mixed.sort(key=sort_key)
        assert mixed == right

    def test_a_letter_counts_before_a_tone(self) -> None:
        assert sort_key("Hoạ") < sort_key("Hoan") < sort_key("Hoàn") < sort_key("Hoang")

    @given(names)
    def test_spelling_and_blanks_do_not_move_a_name(self, name: str) -> None:
        spelled = unicodedata.normalize("NFD", f" {name.replace(' ', '  ')} ").upper()
        assert sort_key(spelled) == sort_key(name)
        assert sort_key(name.replace("Thuỷ", "Thủy")) == sort_key(name)

    @given(st.text())
    def test_the_key_is_digits_for_every_collation(self, name: str) -> None:
        assert set(sort_key(name)) <= set("0123456789")

    @given(names, names)
    def test_different_names_get_different_keys(self, left: str, right: str) -> None:
        assert (sort_key(left) == sort_key(right)) == same_words(left, right)


class TestNameCase:
    @pytest.mark.parametrize(
        ("given_as", "expected"),
        [
            ("NGUYỄN  VĂN AN", "Nguyễn Văn An"),
            ("đặng thị ước", "Đặng Thị Ước"),
            ("H'HEN NIÊ", "H'Hen Niê"),
            ("H'Hen Niê", "H'Hen Niê"),
            ("Lê ThỊ B", "Lê ThỊ B"),
            ("", ""),
        ],
    )
    def test_one_case_gets_capitals_mixed_case_stays(self, given_as: str, expected: str) -> None:
        assert name_case(given_as) == expected


class TestDays:
    def test_days_of_the_week(self) -> None:
        monday_on = [date(2021, 12, 20 + n) for n in range(7)]
        assert [weekday(day) for day in monday_on] == [
            "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
        ]  # fmt: skip

    def test_on_a_page(self) -> None:
        assert page_date(WEDNESDAY) == "thứ Tư 22/12/2021"
        assert page_date(WEDNESDAY, year=False) == "thứ Tư 22/12"
        assert short_date(date(2022, 1, 5)) == "05/01/2022"

    def test_on_an_invitation(self) -> None:
        assert paper_weekday_date(WEDNESDAY) == "thứ Tư, ngày 22/12/2021"

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (date(2022, 1, 5), "ngày 05 tháng 01 năm 2022"),
            (date(2022, 2, 10), "ngày 10 tháng 02 năm 2022"),
            (date(2022, 3, 9), "ngày 09 tháng 3 năm 2022"),
            (date(2021, 12, 31), "ngày 31 tháng 12 năm 2021"),
        ],
    )
    def test_decree_30_pads_days_below_ten_and_the_first_two_months(self, day: date, words: str) -> None:
        assert paper_date(day) == words

    def test_times(self) -> None:
        assert (page_time(time(7, 30)), paper_time(time(7, 30))) == ("07:30", "07 giờ 30 phút")
        assert paper_time(time(17)) == "17 giờ 00 phút"


class TestNumbers:
    def test_thousands_are_parted_by_dots(self) -> None:
        assert [number(n) for n in (0, 999, 12400, -1234567)] == ["0", "999", "12.400", "-1.234.567"]

    @pytest.mark.parametrize(
        ("value", "places", "words"),
        [
            (Fraction(82474, 10000), 1, "8,2"),
            (Decimal("0.25"), 1, "0,3"),
            (Decimal("-0.25"), 1, "-0,3"),
            (Fraction(-1, 1000), 1, "0,0"),
            (Fraction(1999, 1000), 2, "2,00"),
            (12400, 0, "12.400"),
            (Fraction(1, 2), 0, "1"),
        ],
    )
    def test_decimals_round_half_away_from_zero(self, value: Fraction | Decimal | int, places: int, words: str) -> None:
        assert decimal(value, places) == words

    def test_a_share_stands_beside_its_sign(self) -> None:
        assert (percent(8, 97), percent(7, 90), percent(1, 1, 0)) == ("8,2\xa0%", "7,8\xa0%", "100\xa0%")
        with pytest.raises(ZeroDivisionError):
            percent(0, 0)

    @given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(1, 4))
    def test_a_decimal_is_the_nearest(self, above: int, below: int, places: int) -> None:
        value = Fraction(above, below)
        written = Fraction(decimal(value, places).replace(".", "").replace(",", "."))
        assert abs(written - value) <= Fraction(1, 2 * 10**places)

    def test_counts_of_papers_have_two_figures(self) -> None:
        assert [padded(n) for n in (0, 2, 9, 10, 1500)] == ["0", "02", "09", "10", "1.500"]
        assert (count(2, "người"), count(15, "người")) == ("02 người", "15 người")


class TestAddress:
    @pytest.mark.parametrize(
        ("cell", "sex"),
        [
            ("Nam", "male"),
            ("NỮ", "female"),
            ("nu", "female"),
            (" Bà ", "female"),
            ("M", "male"),
            ("", None),
            ("1", None),
        ],
    )
    def test_a_cell_names_a_sex(self, cell: str, sex: str | None) -> None:
        assert read_sex(cell) == sex


class TestPhone:
    @pytest.mark.parametrize(
        ("written", "digits"),
        [
            ("0905 123 456", "0905123456"),
            ("0905.123.456", "0905123456"),
            ("+84 905-123-456", "0905123456"),
            ("84905123456", "0905123456"),
            ("0084 905 123 456", "0905123456"),
            ("+84 (0)905 123 456", "0905123456"),
            ("905123456", "0905123456"),
            ("905123456.0", "0905123456"),
            ("84 1234567", "0841234567"),
            ("0167 234 5678", "0372345678"),
            ("1672345678", "0372345678"),
            ("0120 123 4567", "0701234567"),
            ("0257 3 851 234", "02573851234"),
            ("2573851234", "02573851234"),
            ("(024) 3825 1234", "02438251234"),
            ("０９０５１２３４５６", "0905123456"),
        ],
    )
    def test_every_way_of_writing_gives_the_national_number(self, written: str, digits: str) -> None:
        assert phone(written) == digits
        assert phone(digits) == digits

    @pytest.mark.parametrize(
        "written", ["", "không có", "1900 1234", "0510123456", "09051234567", "054090001234", "0130 123 4567", "113"]
    )
    def test_what_cannot_be_one_gives_none(self, written: str) -> None:
        assert phone(written) is None

    def test_shown_in_groups(self) -> None:
        assert (show_phone("0905123456"), show_phone("02570000101")) == ("0905 123 456", "0257 000 0101")

    @given(st.text())
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        read = phone(text)
        assert read is None or (read.isdecimal() and len(read) in (10, 11) and phone(show_phone(read)) == read)


class TestIdentityNumbers:
    @pytest.mark.parametrize(
        ("written", "digits"),
        [
            ("054 090 001 234", "054090001234"),
            ("54090001234", "054090001234"),
            ("1090001234", "001090001234"),
            ("54090001234.0", "054090001234"),
            ("001304012345", "001304012345"),
        ],
    )
    def test_a_plausible_number_has_twelve_digits(self, written: str, digits: str) -> None:
        assert cccd(written) == digits

    @pytest.mark.parametrize("written", ["003090001234", "054590001234", "0905123456", "22101234", "05409000123A", ""])
    def test_an_impossible_place_century_or_sign_gives_none(self, written: str) -> None:
        assert cccd(written) is None

    def test_old_cards(self) -> None:
        assert (cmnd("221 012 345"), cmnd("21012345"), cmnd("2210123456"), cmnd("221o12345")) == (
            "221012345",
            "021012345",
            None,
            None,
        )
