"""Masked places and search hits in a text."""

from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.masking import LABELS, whole
from doithoai.web.wordings import Segment, segments


def test_a_masked_place_says_what_was_there() -> None:
    text = f"Nhà của {whole('name')} ở đây, gọi {whole('phone')}."
    assert segments(text) == [
        Segment("Nhà của "),
        Segment("đã che tên", "masked"),
        Segment(" ở đây, gọi "),
        Segment("đã che số điện thoại", "masked"),
        Segment("."),
    ]


def test_every_label_of_the_masking_rules_is_recognised() -> None:
    for kind in LABELS:
        assert [piece.kind for piece in segments(whole(kind))] == ["masked"]


def test_a_search_without_diacritics_finds_words_with_them() -> None:
    assert segments("Sửa mái hiên, Mái hiên lấn lối.", "mai hien") == [
        Segment("Sửa "),
        Segment("mái hiên", "found"),
        Segment(", "),
        Segment("Mái hiên", "found"),
        Segment(" lấn lối."),
    ]


def test_a_search_is_for_whole_words_in_order() -> None:
    assert [piece.kind for piece in segments("hiên mái", "mai hien")] == ["plain"]
    assert [piece.kind for piece in segments("máihiên", "mai")] == ["plain"]


def test_a_search_never_finds_what_is_masked() -> None:
    assert [piece.kind for piece in segments(whole("name"), "tên")] == ["masked"]


@given(st.text(alphabet="aáàđ mnếệ .,[]:<>&", max_size=60), st.text(alphabet="aáàđ mn", max_size=6))
def test_no_letter_is_lost(text: str, query: str) -> None:
    assert "".join(piece.text for piece in segments(text, query)) == text
