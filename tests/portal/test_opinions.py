"""How each line stands today, and what a visitor finds."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, Commitment
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.people.actions import keep_text
from doithoai.portal.models import PublicLine
from doithoai.portal.queries import PAGE, Asked, searchable
from doithoai.portal.queries.opinions import PublicOpinion, opinions_of, page_of
from doithoai.portal.queries.table import BAR, cut_of, sector_parts
from doithoai.rules.vietnamese import bare
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.portal.scene import MONDAY, more_lines, one_line, published
from tests.results import scene as ending
from tests.results.scene import LAST_DAY

TODAY = MONDAY.date()


def standing_of(stage: Stage, today: date = TODAY) -> dict[str, PublicOpinion]:
    return {row.code: row for row in opinions_of(stage.dialogue, today)}


def test_each_stands_as_the_notice_said(stage: Stage) -> None:
    rows = published(stage)
    found = standing_of(stage)
    names = ("answered", "by_letter", "in_hand", "root", "twin", "transferred", "not_taken", "complaint")
    assert {name: found[getattr(rows, name).code].standing for name in names} == {
        "answered": "answered", "by_letter": "answered", "in_hand": "in_hand", "root": "answered", "twin": "answered",
        "transferred": "transferred", "not_taken": "not_taken", "complaint": "guided",
    }  # fmt: skip
    assert set(found) == {getattr(rows, name).code for name in names}


def test_an_answer_says_where_it_stands_and_since_when(stage: Stage) -> None:
    rows = published(stage)
    found = standing_of(stage)
    item, letter, twin = (found[row.code] for row in (rows.answered, rows.by_letter, rows.twin))
    assert (item.paper, item.issued_on, item.is_late) == ("97/TB-UBND", LAST_DAY.date(), False)
    assert (letter.paper, letter.issued_on) == ("402/UBND-TCKH", NOW.date())
    assert (twin.paper, twin.holder) == ("97/TB-UBND", "Phòng Tài chính – Kế hoạch")
    assert (found[rows.not_taken.code].holder, found[rows.not_taken.code].due_on) == ("", None)


def test_what_is_still_owed_after_its_day_is_late(stage: Stage) -> None:
    rows = published(stage)
    code = rows.in_hand.code
    assert not standing_of(stage, LAST_DAY.date())[code].is_late
    assert standing_of(stage, TODAY)[code].is_late


def test_what_was_answered_after_the_notice_has_moved_on(stage: Stage) -> None:
    rows = published(stage)
    answer = Answer.objects.get(opinion=rows.in_hand)
    late = LAST_DAY + timedelta(days=3)
    answering.write(stage, answer, now=late)
    answers.submit_answer(answer, actor=scene.officer(stage), now=late)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=late)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=late)
    scene.issue(stage, letter, 404, now=late)
    found = standing_of(stage)[rows.in_hand.code]
    assert (found.outcome, found.standing, found.moved_on) == ("in_hand", "answered", True)
    assert (found.paper, found.issued_on, found.is_late) == ("404/UBND-TCKH", late.date(), True)


def test_a_result_that_came_back_is_noted_without_its_words(stage: Stage) -> None:
    rows = published(stage)
    assert not standing_of(stage)[rows.transferred.code].has_result
    intake.record_transfer_result(rows.transferred, result="Giảm cho bà Mẫu", actor=scene.officer(stage), now=LAST_DAY)
    found = standing_of(stage)[rows.transferred.code]
    assert (found.standing, found.has_result) == ("transferred", True)
    assert "Giảm cho" not in found.answer


def test_a_denunciation_is_not_among_them_even_when_it_became_one_later(stage: Stage) -> None:
    line = one_line(stage)
    Opinion.objects.filter(pk=line.line.opinion_id).update(kind="denunciation")
    assert opinions_of(stage.dialogue, TODAY) == []


def test_promises_stand_with_their_opinion(stage: Stage) -> None:
    line = one_line(stage)
    what = keep_text(stage.cast.agency, "Hứa đo lại nhà bà Mẫu")
    office = scene.sitting_of(stage).lead
    for due, done in ((date(2021, 12, 30), None), (date(2022, 1, 10), None), (date(2021, 12, 30), date(2021, 12, 30))):
        Commitment.objects.create(
            dialogue=stage.dialogue, opinion=line.line.opinion, office=office, what=what, due_on=due, done_on=done,
            contact="x", made_at=NOW,
        )  # fmt: skip
    rows = opinions_of(stage.dialogue, TODAY)
    (shown,) = page_of(stage.dialogue, rows, Asked(), TODAY).shown
    assert [(row.due_on.day, row.is_broken) for row in shown.promises] == [(30, True), (30, False), (10, False)]
    assert shown.promises[0].office == office.name


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("mái hiên", True), ("mai hien", True), ("MÁI  HIÊN", True), ("hiên, hồ sơ", True), ("hien ho so", True),
        ("mái", True), ("mai hie", False), ("hiên mái", False), ("sân", False), ("%", False), ("_", False),
    ],
)  # fmt: skip
def test_a_search_finds_words_with_and_without_their_marks(stage: Stage, words: str, is_found: bool) -> None:
    one_line(stage)
    rows = opinions_of(stage.dialogue, TODAY)
    found = page_of(stage.dialogue, rows, Asked(words=words), TODAY)
    assert (found.found, found.total) == (int(is_found), 1)


def test_a_search_looks_into_answers_and_codes(stage: Stage) -> None:
    rows = published(stage)
    everything = opinions_of(stage.dialogue, TODAY)

    def found(words: str) -> list[str]:
        return [row.code for row in page_of(stage.dialogue, everything, Asked(words=words), TODAY).shown]

    assert found("chi cuc thue khu vuc") == [rows.transferred.code]
    assert found(rows.not_taken.code) == [rows.not_taken.code]


def test_a_filter_narrows_by_sector_and_by_standing(stage: Stage) -> None:
    other = ending.second_sitting(stage)
    rows = published(stage)
    everything = opinions_of(stage.dialogue, TODAY)
    sector = other.sitting.sector.code if other.sitting else ""
    assert [row.code for row in page_of(stage.dialogue, everything, Asked(sector=sector), TODAY).shown] == [other.code]
    held = page_of(stage.dialogue, everything, Asked(standing="in_hand"), TODAY)
    assert {row.code for row in held.shown} == {other.code, rows.in_hand.code}
    both = page_of(stage.dialogue, everything, Asked(standing="guided", sector=sector), TODAY)
    assert (both.found, both.pages, both.shown) == (0, 1, ())


def test_long_lists_go_page_by_page(stage: Stage) -> None:
    more_lines(one_line(stage), PAGE + 3)
    rows = opinions_of(stage.dialogue, TODAY)
    first, second = (page_of(stage.dialogue, rows, Asked(page=page), TODAY) for page in (1, 2))
    assert (len(first.shown), first.before, first.after) == (PAGE, 0, 2)
    assert (len(second.shown), second.before, second.after) == (4, 1, 0)
    assert [row.number for row in (*first.shown, *second.shown)] == list(range(1, PAGE + 5))
    assert page_of(stage.dialogue, rows, Asked(page=99), TODAY).page == 2


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, Asked()),
        ({"tim": "  mái   hiên "}, Asked(words="mái hiên")),
        ({"tim": "x" * 500}, Asked(words="x" * 100)),
        ({"tinh-trang": "in_hand", "linh-vuc": "LV1"}, Asked(sector="LV1", standing="in_hand")),
        ({"tinh-trang": "tất cả"}, Asked()),
        ({"trang": "3"}, Asked(page=3)),
        ({"trang": "0"}, Asked()),
        ({"trang": "-1"}, Asked()),
        ({"trang": "²"}, Asked()),
        ({"trang": "9" * 40}, Asked()),
    ],
)
def test_what_makes_no_sense_in_an_address_is_left_out(given: dict[str, str], asked: Asked) -> None:
    assert Asked.of(given) == asked


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_is_searched_is_found_in_itself(text: str) -> None:
    folded = searchable(text)
    assert folded in searchable(f"trước {text} sau") or not folded
    assert searchable(bare(text)) == folded
    assert folded == "" or (folded.startswith(" ") and folded.endswith(" "))


STANDINGS = st.sampled_from(["answered", "in_hand", "transferred", "guided", "not_taken"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), STANDINGS, st.booleans()), min_size=1, max_size=60))
def test_the_bars_of_a_sector_fill_its_width_and_count_every_line(lines: list[tuple[str, str, bool]]) -> None:
    rows = [_row(*line) for line in lines]
    parts = sector_parts(rows)
    assert sum(part.total for part in parts) == len(rows)
    for part in parts:
        assert sum(part.cuts.values()) == part.total
        ends = [(bar.x, bar.x + bar.width) for bar in part.bars]
        assert ends[0][0] == 1
        assert ends[-1][1] <= BAR
        assert ends[-1][1] >= BAR - 2
        assert all(left[1] < right[0] for left, right in pairwise(ends))
        assert len(part.bars) == sum(1 for number in part.cuts.values() if number)
        assert all(f"{part.cuts[bar.look]} " in part.words for bar in part.bars)


def test_the_cut_of_a_line_follows_what_is_owed(stage: Stage) -> None:
    assert [cut_of(_row("A", standing, late)) for standing in ("answered", "in_hand", "guided") for late in (False, True)] == [
        "done", "late", "hand", "late", "other", "other",
    ]  # fmt: skip


def _row(sector: str, standing: str, is_late: bool) -> PublicOpinion:
    return PublicOpinion(
        number=1, code="X-YK01", outcome=standing, standing=standing, sector_code=sector, sector=f"Ngành {sector}",  # type: ignore[arg-type]  # a sampled word
        about="", holder="", due_on=None, issued_on=None, paper="", is_late=is_late, has_result=False, words="",
        answer="", folded="",
    )  # fmt: skip


def test_reading_them_writes_nothing(stage: Stage) -> None:
    published(stage)
    before = list(PublicLine.objects.values())
    page_of(stage.dialogue, opinions_of(stage.dialogue, TODAY), Asked(words="ho so"), TODAY)
    assert list(PublicLine.objects.values()) == before
