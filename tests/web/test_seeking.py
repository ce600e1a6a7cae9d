"""The search of lists: words with and without diacritics, and the form that asks for them."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.vietnamese import bare
from doithoai.web.seeking import LONGEST, asked_for, sought

ROWS = ["Nguyễn Văn Đạt, phường Hòa Vinh", "Trần Thị Thúy, phường Hoà Hiệp", "Lê Đạt"]


def form(path: str, found: int = 3) -> str:
    context = Context({"request": RequestFactory().get(path), "found": found})
    return Template('{% load parts %}{% seek "Tìm người" found %}').render(context)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ROWS),
        ("   ", ROWS),
        ("dat", [ROWS[0], ROWS[2]]),
        ("ĐẠT hòa", [ROWS[0]]),
        ("hoa thuy", [ROWS[1]]),
        ("Thuý", [ROWS[1]]),
        ("zzz", []),
        ("dat zzz", []),
    ],
)
def test_every_word_must_stand_in_the_row(asked: str, found: list[str]) -> None:
    assert sought(ROWS, asked, lambda row: (row, None)) == found


@given(st.sampled_from(ROWS), st.booleans())
def test_a_row_is_found_by_its_own_words(row: str, plain: bool) -> None:
    assert row in sought(ROWS, bare(row).upper() if plain else row, lambda one: (one,))


def test_what_is_asked_is_one_line_of_limited_length() -> None:
    assert asked_for(RequestFactory().get("/", {"tim": "  hòa \n vinh "})) == "hòa vinh"
    assert len(asked_for(RequestFactory().get("/", {"tim": "x" * 500}))) == LONGEST
    assert asked_for(RequestFactory().get("/")) == ""


def test_the_form_keeps_what_else_the_address_asks_and_tells_the_count() -> None:
    html = form("/cuoc/?tim=hoa+vinh&loc=xong&trang=3&da=x")
    assert 'name="tim" value="hoa vinh"' in html
    assert '<input type="hidden" name="loc" value="xong">' in html
    assert "trang" not in html
    assert "Có 3 kết quả cho “hoa vinh”" in html
    assert 'href="/cuoc/?loc=xong"' in html
    assert 'role="search"' in html


def test_without_a_question_nothing_is_told() -> None:
    assert "kết quả" not in form("/cuoc/")


def test_nothing_found_is_said_and_the_words_are_escaped() -> None:
    html = form("/cuoc/?tim=<b>", 0)
    assert "Không có kết quả cho “&lt;b&gt;”" in html
    assert "<b>" not in html
