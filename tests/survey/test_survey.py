"""Satisfaction: anonymous, once for each who was there, with denominators."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.directory.models import Sector
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.survey import actions
from doithoai.survey.models import Response, Survey, Ticket
from doithoai.survey.queries import report, wilson
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
CLOSES = date(2021, 12, 31)


def opened(stage: Stage, count: int = 8) -> tuple[Survey, list[str]]:
    holders = [f"{stage.dialogue.code}-M{n:02d}" for n in range(count)]
    tokens = actions.open_survey(stage.dialogue, holders, closes_on=CLOSES, actor=stage.cast.hoa.as_actor(), now=START)
    return Survey.objects.get(dialogue=stage.dialogue), list(tokens.values())


def sector(stage: Stage) -> Sector:
    return Sector.objects.filter(agency=stage.cast.agency).order_by("code")[0]


def respond(stage: Stage, survey: Survey, token: str, score: int = 4, **more: int) -> None:
    scores = {"overall": score, **more}
    actions.respond(survey, token=token, sector=sector(stage), scores=scores, actor=ANYONE, now=START)


def test_R04_the_survey_asks_about_the_handling_of_procedures(stage: Stage) -> None:
    survey, _ = opened(stage)
    assert [question["slug"] for question in survey.questions] == [
        "overall", "access", "procedure", "officials", "result", "feedback",
    ]  # fmt: skip
    assert "giải quyết thủ tục hành chính" in survey.questions[0]["words"]


def test_one_token_answers_once(stage: Stage) -> None:
    survey, tokens = opened(stage)
    respond(stage, survey, tokens[0])
    with pytest.raises(NotNow, match="đã dùng rồi"):
        respond(stage, survey, tokens[0], score=1)
    assert [row.scores["overall"] for row in Response.objects.all()] == [4]


def test_a_token_that_was_never_given_answers_nothing(stage: Stage) -> None:
    survey, _ = opened(stage)
    with pytest.raises(NotNow, match="không đúng"):
        respond(stage, survey, "0" * 32)
    assert not Response.objects.exists()


def test_the_journal_learns_neither_who_nor_at_what_hour(stage: Stage) -> None:
    survey, tokens = opened(stage)
    respond(stage, survey, tokens[3])
    body = json.loads(Entry.objects.filter(verb="survey.respond").get().body)
    assert (body["actor"], body["at"], body["facts"]) == ("", "2021-12-01", {"responses": 1})


def test_ticket_and_answer_share_no_key(stage: Stage) -> None:
    survey, tokens = opened(stage)
    respond(stage, survey, tokens[2])
    ticket = Ticket.objects.get(is_used=True)
    response = Response.objects.get()
    known = {str(ticket.pk), ticket.holder, ticket.token_hash, tokens[2]}
    held = {str(value) for name, value in vars(response).items() if not name.startswith("_") and name != "survey_id"}
    assert not known & (held - {str(response.sector_id)})
    assert response.pk not in tokens


@pytest.mark.parametrize("scores", [{}, {"overall": 0}, {"overall": 6}, {"overall": 3, "unknown": 3}])
def test_a_senseless_answer_does_not_use_up_the_token(stage: Stage, scores: dict[str, int]) -> None:
    survey, tokens = opened(stage)
    with pytest.raises(NotNow, match="từ 1 đến 5"):
        actions.respond(survey, token=tokens[0], sector=sector(stage), scores=scores, actor=ANYONE, now=START)
    respond(stage, survey, tokens[0])


def test_after_the_last_day_nothing_is_taken(stage: Stage) -> None:
    survey, tokens = opened(stage)
    late = START + timedelta(days=40)
    with pytest.raises(NotNow, match="hết hạn"):
        actions.respond(survey, token=tokens[0], sector=sector(stage), scores={"overall": 5}, actor=ANYONE, now=late)


def test_tokens_are_stored_hashed(stage: Stage) -> None:
    _, tokens = opened(stage)
    stored = set(Ticket.objects.values_list("token_hash", flat=True))
    assert not stored & set(tokens)
    assert len(stored) == len(tokens)


def test_the_report_counts_with_denominators(stage: Stage) -> None:
    survey, tokens = opened(stage, 8)
    for token, score in zip(tokens, (5, 4, 4, 3, 2, 5), strict=False):
        respond(stage, survey, token, score, access=score)
    found = report(survey)
    assert (found.tickets, found.answered) == (8, 6)
    assert (found.overall[0].satisfied, found.overall[0].answered) == (4, 6)
    assert found.levels == {"Rất hài lòng": 2, "Hài lòng": 2, "Chưa hài lòng": 2}


def test_fewer_than_five_are_not_shown(stage: Stage) -> None:
    survey, tokens = opened(stage)
    for token in tokens[:4]:
        respond(stage, survey, token)
    assert not report(survey).overall[0].is_shown
    respond(stage, survey, tokens[4])
    assert report(survey).overall[0].is_shown


def test_the_report_paper_says_how_many_of_how_many(stage: Stage) -> None:
    survey, tokens = opened(stage)
    for token in tokens[:6]:
        respond(stage, survey, token)
    document: Document = actions.draft_report(
        survey, signer=stage.cast.leader, actor=stage.cast.hoa.as_actor(), now=START
    )
    assert "08 phiếu khảo sát, nhận lại 06 phiếu" in document.paper
    assert "6/6" in document.paper


def test_only_the_office_or_the_one_stop_desk_opens_it(stage: Stage) -> None:
    for stranger in (stage.cast.technician.as_actor(), stage.other.hoa.as_actor()):
        with pytest.raises(NotYours):
            actions.open_survey(stage.dialogue, ["a"], closes_on=CLOSES, actor=stranger, now=START)
    assert not Survey.objects.exists()


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share(hits: int, more: int) -> None:
    n = hits + more
    low, high = wilson(hits, n)
    assert 0 <= low <= round(hits / n * 1000) <= high <= 1000


def test_the_interval_of_nothing_is_everything() -> None:
    assert wilson(0, 0) == (0, 1000)
