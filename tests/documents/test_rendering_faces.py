"""Widths, title lines and column widths, against the typeface's own numbers."""

import math

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from doithoai.documents.rendering.faces import FONTS, balanced, breakable, width
from doithoai.documents.rendering.sheet import CELL, CELL_PADDING, column_widths
from doithoai.rules.paper import Column, Row, Table
from doithoai.rules.paper.wording import clean

FACES = ("Regular", "Bold", "Italic", "BoldItalic")
words = st.text(st.sampled_from("aăâbcdđeêghijklmnoôơpqrstuưvxyỹ0123456789"), min_size=1, max_size=9)
titles = st.lists(words, min_size=1, max_size=25).map(" ".join)


def test_a_letter_is_as_wide_as_the_font_file_says() -> None:
    with TTFont(FONTS / "Tinos-Bold.ttf") as font:
        share = font["hmtx"][font.getBestCmap()[ord("Ệ")]][0] / font["head"].unitsPerEm
    assert width("Ệ", 12, "Bold") == pytest.approx(share * 12 * 25.4 / 72)
    assert width("ỆỆ", 24, "Bold") == pytest.approx(4 * width("Ệ", 12, "Bold"))


@pytest.mark.parametrize("face", FACES)
def test_every_character_that_is_let_through_can_be_drawn(face: str) -> None:
    with TTFont(FONTS / f"Tinos-{face}.ttf") as font:
        held = set(font.getBestCmap())
    kept = {
        ord(clean(chr(code)))
        for code in range(32, 0x110000)
        if not 0xD800 <= code <= 0xDFFF and clean(chr(code)) == chr(code)
    }
    assert len(kept) > 1000
    assert kept - held == set()
    assert ord("□") in held


def test_every_vietnamese_letter_is_let_through() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    assert clean(letters + letters.upper()) == letters + letters.upper()


@given(titles, st.floats(40, 140))
def test_a_broken_title_keeps_its_words_and_its_limit(title: str, limit: float) -> None:
    lines = balanced(title, 14, "Bold", limit)
    assert " ".join(lines).split() == title.split()
    for line in lines:
        assert width(line, 14, "Bold") <= limit or " " not in line or line.split()[-1].isdigit()


@given(titles)
def test_a_title_takes_no_more_lines_than_it_must(title: str) -> None:
    lines = balanced(title, 14, "Bold", 140)
    assert len(lines) <= math.ceil(width(title, 14, "Bold") / (140 - width("W" * 20, 14, "Bold")))
    if width(title, 14, "Bold") <= 140:
        assert lines == (title,)


def test_lines_of_a_title_are_about_equally_long() -> None:
    one, two = balanced("Kết quả giải quyết ý kiến, kiến nghị tại đối thoại thủ tục hành chính", 14, "Bold", 110)
    assert abs(width(one, 14, "Bold") - width(two, 14, "Bold")) < 20


def test_a_break_by_hand_is_kept() -> None:
    assert balanced("Một\nHai ba", 14, "Bold", 140) == ("Một", "Hai ba")


def test_a_date_and_a_year_stay_whole() -> None:
    for limit in range(60, 140, 5):
        lines = balanced("Kế hoạch năm 2021 kèm theo ngày 22 tháng 12 năm 2021 của Ủy ban", 14, "Bold", limit)
        assert sum("ngày 22 tháng 12 năm 2021" in line for line in lines) == 1
        assert not any(line.startswith("2021") for line in lines)


def test_nothing_gives_no_lines() -> None:
    assert balanced("", 14, "Bold", 140) == ()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\u200b"), max_size=120), st.floats(20, 160))
def test_long_words_may_break_anywhere_and_lose_nothing(text: str, limit: float) -> None:
    made = breakable(text, 12, "Regular", limit)
    assert made.replace("\u200b", "") == text
    for piece in made.replace("\u200b", " ").split(" "):
        assert width(piece, 12, "Regular") <= limit + 0.01 or len(piece) == 1


def test_words_that_fit_are_left_alone() -> None:
    assert breakable("hồ sơ đăng ký hộ kinh doanh", 12, "Regular", 25) == "hồ sơ đăng ký hộ kinh doanh"


class TestColumns:
    def table(self, *shares: int, cell: str = "") -> Table:
        columns = tuple(Column("STT", share) for share in shares)
        return Table(columns, (Row((cell,) * len(shares)),))

    def test_shares_are_kept_where_words_fit(self) -> None:
        assert column_widths(self.table(1, 2, 2), 165) == pytest.approx((33, 66, 66))

    def test_a_column_is_widened_to_its_longest_word(self) -> None:
        narrow, wide = column_widths(self.table(1, 99), 165)
        assert narrow >= width("STT", CELL, "Bold") + 2 * CELL_PADDING
        assert narrow + wide == pytest.approx(165)

    def test_where_words_cannot_fit_the_shares_decide(self) -> None:
        assert column_widths(self.table(1, 1, 1, 1, cell="x" * 100), 100) == pytest.approx((25, 25, 25, 25))

    @given(st.lists(st.integers(1, 50), min_size=1, max_size=8), words)
    def test_the_columns_always_fill_the_room(self, shares: list[int], cell: str) -> None:
        widths = column_widths(self.table(*shares, cell=cell), 165)
        assert sum(widths) == pytest.approx(165)
        assert min(widths) > 0
