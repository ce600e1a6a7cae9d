"""The figures: each with what it is out of, none that tells on anybody."""

from datetime import date, timedelta

import pytest

from doithoai.intake.models import Opinion
from doithoai.journal.models import Entry
from doithoai.kernel.access import ANYONE
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.live.queries import turn_figures
from doithoai.people.actions import keep_text
from doithoai.planning.models import Dialogue
from doithoai.portal.queries import Asked, Counts, figures_of, figures_table, record_of
from doithoai.results.queries import opinion_figures
from doithoai.survey import actions as survey
from doithoai.survey.models import Survey
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW
from tests.portal.scene import MONDAY, publish_lines, published
from tests.results import scene as ending

CLOSES = date(2021, 12, 31)


def counted(stage: Stage, *, days: int = 0) -> Counts:
    record = record_of(ANYONE, stage.dialogue.code, Asked(), MONDAY + timedelta(days=days))
    assert record is not None
    return record.counts


def test_the_counts_are_those_of_the_notice(stage: Stage) -> None:
    published(stage)
    counts, told = counted(stage), opinion_figures(stage.dialogue)
    assert counts.opinions == told["received"] - told["withdrawn"] == 9
    assert counts.published == 8
    assert (counts.answered, counts.standings["in_hand"], counts.standings["transferred"]) == (4, 1, 1)
    assert counts.guided == told["guided"] == 2
    assert counts.standings["not_taken"] == 1
    assert counts.opinions == counts.answered + counts.guided + sum(
        counts.standings[name] for name in ("in_hand", "transferred", "not_taken")
    )


def test_an_opinion_withdrawn_after_the_notice_is_still_counted_as_the_notice_told(stage: Stage) -> None:
    rows = published(stage)
    Opinion.objects.filter(pk=rows.in_hand.pk).update(state="withdrawn")
    assert counted(stage).opinions == 9
    assert opinion_figures(stage.dialogue)["withdrawn"] == 1


@pytest.mark.parametrize("state", ["done", "speaking", "paused", "skipped", "withdrawn", "unheard"])
def test_turns_are_counted_as_the_sitting_counts_them(stage: Stage, state: str) -> None:
    sitting, venue = scene.sitting_of(stage), stage.dialogue.venues.order_by("ordinal")[0]
    turns = [
        Turn.objects.create(sitting=sitting, code=f"L{at}", position=at, venue=venue, state=state) for at in (1, 2, 3)
    ]
    Turn.objects.filter(pk=turns[1].pk).update(not_minuted_reason="Chỉ chào hỏi")
    minutes = Minutes.objects.create(sitting=sitting, secretary=stage.cast.secretary, chair=stage.cast.leader)
    words = keep_text(stage.cast.agency, "x")
    MinuteEntry.objects.create(minutes=minutes, ordinal=1, kind="opinion", turn=turns[0], at=NOW, words=words)
    MinuteEntry.objects.create(minutes=minutes, ordinal=2, kind="answer", turn=turns[2], at=NOW, words=words)
    counts, told = counted(stage), turn_figures(stage.dialogue)
    assert (counts.spoke, counts.minuted) == (told["spoke"], told["minuted"])
    if state == "done":
        assert (counts.spoke, counts.minuted) == (3, 2)


def rated(stage: Stage, scores: list[int]) -> None:
    """A survey with these marks."""
    holders = [f"M{at}" for at in range(len(scores))]
    hoa = stage.cast.hoa.as_actor()
    tokens = survey.open_survey(stage.dialogue, holders, closes_on=CLOSES, actor=hoa, now=AFTER)
    asked = Survey.objects.get(dialogue=stage.dialogue)
    sector = scene.sitting_of(stage).sector
    for token, score in zip(tokens.values(), scores, strict=True):
        survey.respond(asked, token=token, sector=sector, scores={"overall": score}, actor=ANYONE, now=AFTER)


def test_satisfaction_is_so_many_of_so_many(stage: Stage) -> None:
    rated(stage, [5, 4, 3, 2, 4])
    counts = counted(stage)
    assert (counts.satisfied, counts.rated) == (3, 5)
    assert ("3", "5") in [(row.value, row.of) for row in figures_of(counts)]


def test_fewer_than_five_answers_are_not_shown(stage: Stage) -> None:
    rated(stage, [5, 4, 3, 2])
    counts = counted(stage)
    assert (counts.satisfied, counts.rated) == (0, 0)
    assert figures_of(counts) == []


def test_a_survey_that_still_runs_is_not_shown(stage: Stage) -> None:
    rated(stage, [5, 4, 3, 2, 4])
    assert counted(stage, days=-3).rated == 0
    assert counted(stage, days=-2).rated == 5


def test_every_figure_says_out_of_how_many(stage: Stage) -> None:
    published(stage)
    figures = figures_of(counted(stage))
    assert [(row.value, row.of) for row in figures] == [("4", "9"), ("1", "9")]
    assert all(row.of and row.words for row in figures)


def test_the_table_has_every_sum_and_never_more_than_the_whole(stage: Stage) -> None:
    ending.second_sitting(stage)
    published(stage)
    record = record_of(ANYONE, stage.dialogue.code, Asked(), MONDAY)
    assert record is not None
    rows = list(figures_table(record.counts, record.parts))
    assert all(number <= whole for _group, _what, number, whole in rows)
    assert ("Chung", "Ý kiến đã trả lời", 4, 10) in rows
    assert ("Chung", "Nội dung đã hướng dẫn theo pháp luật về khiếu nại, tố cáo", 2, 10) in rows
    assert ("Xây dựng", "Trả lời quá hạn hoặc đang quá hạn", 1, 1) in rows
    assert not any("tố cáo" in what and "khiếu nại" not in what for _group, what, *_ in rows)


def test_before_the_notice_there_are_no_figures_of_answers(stage: Stage) -> None:
    scene.opinion(stage)
    counts = counted(stage)
    assert (counts.opinions, counts.published) == (1, 0)
    assert figures_of(counts) == []
    record = record_of(ANYONE, stage.dialogue.code, Asked(), MONDAY)
    assert record is not None
    assert [what for _group, what, *_ in figures_table(counts, record.parts)] == [
        "Người dân có mặt, kể cả người đi thay", "Lượt phát biểu đã ghi vào biên bản",
    ]  # fmt: skip


def test_counting_writes_nothing(stage: Stage) -> None:
    published(stage)
    before = Entry.objects.count()
    counted(stage)
    assert Entry.objects.count() == before
    assert Dialogue.objects.get(pk=stage.dialogue.pk).state == "open"


def test_a_notice_whose_lines_wait_shows_nothing_of_them(stage: Stage) -> None:
    ending.mixed(stage)
    ending.issued(stage)
    record = record_of(ANYONE, stage.dialogue.code, Asked(), MONDAY)
    assert record is not None
    assert (record.opinions.total, record.counts.published) == (0, 0)
    assert record.notice == ("97/TB-UBND", CLOSES)
    publish_lines(stage)
    assert counted(stage).published == 8
