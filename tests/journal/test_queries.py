"""Reading the journal back."""

import pytest

from doithoai.journal.models import Chain, Entry
from doithoai.journal.queries import faults, heads, heads_outside, knows_head, lines_naming, lines_of, story
from tests.journal.conftest import World

pytestmark = pytest.mark.django_db


def test_a_story_runs_from_the_newest_entry_back(world: World) -> None:
    lines = story("DH-2021-01")
    assert [line.number for line in lines] == list(range(Chain.objects.get(key="DH-2021-01").length, 0, -1))
    assert lines[-1].verb == "try.say"
    assert {line.chain for line in lines} == {"DH-2021-01"}
    assert story("DH-2021-01", last=2) == lines[:2]
    assert story("không có") == []


def test_heads_are_those_of_the_last_entries(world: World) -> None:
    expected = {key: Entry.objects.filter(chain__key=key).order_by("-number")[0].digest for key in ("DH", "DH-2021-01")}
    assert heads() == expected


def test_heads_outside_are_those_that_papers_carry(world: World) -> None:
    assert heads_outside() == {world.paper.head}


def test_a_head_leads_to_its_entry(world: World) -> None:
    line = knows_head(world.paper.head)
    assert line is not None
    assert (line.chain, line.verb) == ("DH-2021-01", "document.sign")
    assert knows_head(f" {world.paper.head.upper()} ") == line
    assert knows_head("f" * 64) is None


def test_lines_naming_a_fact_are_found_by_its_name_not_by_its_value(world: World) -> None:
    said = list(lines_naming("text_words"))
    assert [line.digests("text") for line in said] == [[text.digest] for text in world.texts]
    assert {line.verb for line in lines_naming("text")} == {"try.say", "document.draft", "document.issue"}
    assert not list(lines_naming("DH"))


def test_lines_of_verbs_come_in_the_order_of_writing(world: World) -> None:
    verbs = [line.verb.removeprefix("document.") for line in lines_of("document.")]
    steps = ["draft", "submit", "tick_content", "tick_form", "approve", "sign", "issue", "seal", "dispatch"]
    assert verbs == steps
    assert not list(lines_of("document.recall"))


def test_an_untouched_journal_has_no_faults_and_is_read_in_few_queries(
    world: World, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert not list(faults())
