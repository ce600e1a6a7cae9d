"""The whole journal of a dialogue, page by page."""

import pytest

from doithoai.journal.models import Chain
from doithoai.oversight.queries import story
from doithoai.oversight.queries.story import PAGE, short
from doithoai.people.models import Staff
from tests.cast import Stage
from tests.oversight.scene import add_much
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack


@pytest.fixture
def long_story(stage: Stage) -> Stage:
    add_much(stage, 3)
    return stage


def test_pages_hold_every_entry_once_newest_first(long_story: Stage) -> None:
    first = story(long_story.dialogue)
    assert first.pages > 1
    numbers = [line.number for page in range(1, first.pages + 1) for line in story(long_story.dialogue, page).lines]
    assert numbers == list(range(first.length, 0, -1))
    assert len(first.lines) == PAGE


def test_head_and_length_are_those_of_the_chain(long_story: Stage) -> None:
    chain = Chain.objects.get(key=long_story.dialogue.chain)
    shown = story(long_story.dialogue)
    assert (shown.head, shown.length) == (chain.head, chain.length)


@pytest.mark.parametrize(("asked", "page"), [(0, 1), (-5, 1), (999, None)])
def test_a_page_beyond_the_ends_is_the_end(long_story: Stage, asked: int, page: int | None) -> None:
    shown = story(long_story.dialogue, asked)
    assert shown.page == (page or shown.pages)
    assert shown.lines


def test_an_empty_chain_has_one_empty_page(stage: Stage) -> None:
    stage.dialogue.code = "DH-2099-01"
    shown = story(stage.dialogue)
    assert (shown.lines, shown.length, shown.head, shown.pages) == ([], 0, "", 1)


def test_sentences_name_people_offices_and_papers(long_story: Stage) -> None:
    words = " ".join(line.words for line in story(long_story.dialogue).lines)
    assert "“Điều chỉnh thời gian đối thoại" in words
    assert "buổi Thành lập và hoạt động hộ kinh doanh" in words
    assert " DV0" not in words
    who = {line.who for line in story(long_story.dialogue).lines}
    assert long_story.cast.hoa.name in who


@pytest.mark.parametrize("asked", ["2", "abc", "-1", "9" * 40, "", "²"])
def test_the_page_takes_whatever_is_asked(long_story: Stage, asked: str) -> None:
    response = browser(long_story.cast.hoa).get(f"/cuoc/{long_story.dialogue.code}/nhat-ky/", {"trang": asked})
    assert response.status_code == 200
    assert "Trang 2/" in response.content.decode() or "Trang 1/" in response.content.decode()


def test_names_full_of_markup_stay_text(long_story: Stage) -> None:
    rename_to_attack(*Staff.objects.filter(agency=long_story.cast.agency), *long_story.dialogue.venues.all())
    html = browser(long_story.cast.hoa).get(f"/cuoc/{long_story.dialogue.code}/nhat-ky/").content.decode()
    assert html.count(ESCAPED_ATTACK) > 10
    assert "<img" not in html


def test_a_long_story_costs_as_many_queries_as_a_short_one(stage: Stage) -> None:
    path = f"/cuoc/{stage.dialogue.code}/nhat-ky/"
    few = queries_of(browser(stage.cast.hoa), path)
    add_much(stage, 3)
    assert queries_of(browser(stage.cast.hoa), path) == few <= 12


@pytest.mark.parametrize(
    ("text", "shown"),
    [("ngắn", "ngắn"), ("một hai ba bốn", "một hai…"), ("một, hai ba bốn", "một, hai…"), ("x" * 20, "xxxxxxxxxx…")],
)
def test_a_long_text_is_cut_between_two_words(text: str, shown: str) -> None:
    assert short(text, 10) == shown
