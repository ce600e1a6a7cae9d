"""What a paper that came back says otherwise: paragraph by paragraph, word by word, and the facts among it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.paper.differences import (
    MOST_CELLS,
    Comparison,
    FactChange,
    Piece,
    compare,
    from_json,
    reworded,
    to_json,
)

KEPT = (
    "ỦY BAN NHÂN DÂN THỊ XÃ",
    "Kính mời bà Sáu tham dự vào 07 giờ 30 ngày 22 tháng 12 năm 2021 tại Hội trường.",
    "Khi đến, đề nghị mang theo giấy mời số 58/GM-UBND này.",
    "Lưu: VT.",
)
WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "12", "22/12/2021")


def changed(at: int, text: str, kept: Sequence[str] = KEPT) -> list[str]:
    """The paper with one paragraph worded otherwise."""
    return [text if place == at else paragraph for place, paragraph in enumerate(kept)]


def test_the_same_paper_does_not_differ() -> None:
    assert compare(KEPT, KEPT) == Comparison()
    assert compare(KEPT, KEPT).is_same


@pytest.mark.parametrize(
    "came",
    [
        [" ".join(KEPT)],  # a PDF knows no paragraphs
        [word for paragraph in KEPT for word in paragraph.split()],
        [paragraph.replace(" ", "\u00a0") for paragraph in KEPT],
        [paragraph.replace("-", "\u2011").replace("Kính", "Ki\u0301nh") for paragraph in KEPT],
        [paragraph.replace("-", "–") + " \u200b" for paragraph in KEPT],
    ],
)
def test_line_breaks_spaces_and_what_word_writes_for_a_dash_are_no_difference(came: list[str]) -> None:
    assert compare(KEPT, came).is_same


def test_words_taken_out_and_put_in_stand_where_they_were() -> None:
    made = compare(KEPT, changed(2, "Khi đến, đề nghị ông bà mang theo giấy mời số 58/GM-UBND."))
    assert [passage.at for passage in made.passages] == [3]
    assert made.passages[0].pieces == (
        Piece("Khi đến, đề nghị", "same"),
        Piece("ông bà", "in"),
        Piece("mang theo giấy mời số", "same"),
        Piece("58/GM-UBND này.", "out"),
        Piece("58/GM-UBND.", "in"),
    )
    assert (made.out, made.added) == (2, 3)


def test_a_new_paragraph_stands_by_itself_and_a_lost_one_is_all_out() -> None:
    came = [*KEPT[:2], "Không thu lệ phí.", *KEPT[2:]]
    (fresh,) = compare(KEPT, came).passages
    assert (fresh.at, fresh.pieces) == (0, (Piece("Không thu lệ phí.", "in"),))
    (lost,) = compare(came, KEPT).passages
    assert (lost.at, lost.pieces) == (3, (Piece("Không thu lệ phí.", "out"),))


def test_a_change_at_the_end_of_a_paragraph_is_told_apart_from_a_new_one_after_it() -> None:
    came = [*KEPT[:1], KEPT[1].replace("Hội trường.", "Hội trường lớn."), "Không thu lệ phí.", *KEPT[2:]]
    first, second = compare(KEPT, came).passages
    assert (first.at, first.pieces[-2:]) == (2, (Piece("trường.", "out"), Piece("trường lớn.", "in")))
    assert (second.at, second.pieces) == (0, (Piece("Không thu lệ phí.", "in"),))


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("22 tháng", "23 tháng", FactChange("date", "ngày 22 tháng 12 năm 2021", "ngày 23 tháng 12 năm 2021")),
        ("07 giờ 30", "08 giờ 00", FactChange("hour", "07 giờ 30", "08 giờ 00")),
        ("58/GM", "59/GM", FactChange("code", "58/GM-UBND", "59/GM-UBND")),
        ("số 58/GM-UBND này", "này", FactChange("code", "58/GM-UBND", "")),
        ("Hội trường", "phòng 204", FactChange("number", "", "204")),
    ],
)
def test_a_date_an_hour_or_a_number_that_changed_is_named(old: str, new: str, fact: FactChange) -> None:
    came = [paragraph.replace(old, new) for paragraph in KEPT]
    assert compare(KEPT, came).facts == (fact,)


def test_other_words_beside_a_date_change_no_fact() -> None:
    assert compare(KEPT, [paragraph.replace("tham dự", "đến dự") for paragraph in KEPT]).facts == ()


def test_a_date_changed_in_two_of_its_words_is_one_fact() -> None:
    came = [paragraph.replace("22 tháng 12", "05 tháng 01") for paragraph in KEPT]
    assert compare(KEPT, came).facts == (FactChange("date", "ngày 22 tháng 12 năm 2021", "ngày 05 tháng 01 năm 2021"),)


def test_a_wholly_other_paper_is_out_and_in() -> None:
    made = compare(["a b c"], ["x y"])
    assert (made.out, made.added) == (3, 2)
    long = 1 + int(MOST_CELLS**0.5)
    much = compare([f"a{n}" for n in range(long)], [f"b{n}" for n in range(long)])
    assert (much.out, much.added) == (long, long)


def test_what_a_stretch_has_become() -> None:
    answer = "Khi đến, đề nghị mang theo giấy mời số 58/GM-UBND này."
    came = [*KEPT[:2], "Khi đến, mang theo giấy mời", "và căn cước công dân.", "Lưu: VT."]
    assert reworded(KEPT, came, answer) == "Khi đến, mang theo giấy mời\nvà căn cước công dân."
    assert reworded(KEPT, KEPT, answer) is None
    assert reworded(KEPT, came, "Câu không có trong văn bản.") is None
    assert reworded(KEPT, came, KEPT[1]) is None
    assert reworded(KEPT, came, "") is None


texts = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=8)


@given(texts, texts)
def test_the_pieces_give_back_both_papers(kept: list[str], came: list[str]) -> None:
    made = compare(kept, came)
    same = [word for paragraph in kept for word in paragraph.split()]
    shown = [piece for passage in made.passages for piece in passage.pieces]
    out = sum(len(piece.words.split()) for piece in shown if piece.standing == "out")
    added = sum(len(piece.words.split()) for piece in shown if piece.standing == "in")
    assert (out, added) == (made.out, made.added)
    assert len(same) - out + added == sum(len(paragraph.split()) for paragraph in came)
    assert made.is_same == (same == [word for paragraph in came for word in paragraph.split()])
    assert from_json(to_json(made)) == made


@given(texts, texts)
def test_every_changed_paragraph_is_shown_whole(kept: list[str], came: list[str]) -> None:
    for passage in compare(kept, came).passages:
        words = " ".join(piece.words for piece in passage.pieces if piece.standing != "in").split()
        assert words == (kept[passage.at - 1].split() if passage.at else [])


@given(texts, texts, st.data())
def test_a_whole_paper_has_become_the_whole_other_one(kept: list[str], came: list[str], data: st.DataObject) -> None:
    whole = " ".join(kept)
    found = reworded(kept, came, whole)
    if kept and whole.split() != " ".join(came).split():
        assert found is not None
        assert found.split() == " ".join(came).split()
    else:
        assert found is None
    at = data.draw(st.integers(0, max(0, len(kept) - 1)))
    assert reworded(kept, kept, kept[at] if kept else "x") is None
