"""What was said, answered and promised in earlier dialogues about the same matter."""

from datetime import date, timedelta

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, Commitment
from doithoai.intake import queries
from doithoai.intake.models import Opinion
from doithoai.people.actions import keep_text
from doithoai.planning.actions import drafting, scheduling
from doithoai.planning.models import Dialogue
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser

PAPER = "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy"
TWIN = "Tôi nộp hồ sơ trực tuyến rồi mà vẫn bắt nộp lại bản giấy"


@pytest.fixture
def before(stage: Stage) -> Opinion:
    """An opinion of last time, answered, with a promise; the stage's dialogue is now the next one."""
    row = scene.accepted(stage, PAPER)
    lead = scene.sitting_of(stage).lead
    answer = answers.assign(row, lead=lead, actor=stage.cast.hoa.as_actor(), now=NOW)
    text = keep_text(row.agency, "Từ nay không nộp bản giấy.")
    Answer.objects.filter(pk=answer.pk).update(state="issued", text=text, issued_on=date(2021, 12, 30))
    Commitment.objects.create(
        dialogue=stage.dialogue, opinion=row, office=lead, what=keep_text(row.agency, "Sửa quy trình"),
        due_on=date(2022, 3, 1), contact="chị Hoa", made_at=NOW,
    )  # fmt: skip
    return row


@pytest.fixture
def now_asked(stage: Stage, before: Opinion) -> Opinion:
    """The same matter raised in the next dialogue."""
    hoa, later = stage.cast.hoa.as_actor(), NOW + timedelta(days=1)
    following = drafting.create(stage.cast.agency, stage.draft, chair=stage.cast.leader, actor=hoa, now=later)
    Dialogue.objects.filter(pk=following.pk).update(state="planned")
    scheduling.count_deadlines(following, actor=stage.cast.leader.as_actor(), now=later)
    scheduling.open_dialogue(following, actor=hoa, now=later)
    stage.dialogue = following
    return scene.opinion(stage, TWIN, now=later)


def test_what_was_answered_and_promised_then_is_found_with_the_reason(
    stage: Stage, before: Opinion, now_asked: Opinion
) -> None:
    (found,) = queries.earlier(now_asked, scene.officer(stage))
    assert found.opinion == before
    assert found.percent >= 60
    assert "nộp hồ sơ trực tuyến rồi" in found.shared
    assert (found.answer, found.answered_on) == ("Từ nay không nộp bản giấy.", date(2021, 12, 30))
    assert [(one.what, one.due_on, one.done_on) for one in found.promises] == [
        ("Sửa quy trình", date(2022, 3, 1), None)
    ]
    assert queries.earlier(before, scene.officer(stage)) == [], "what came later is not earlier"


def test_the_page_of_the_opinion_shows_it_with_a_link(stage: Stage, before: Opinion, now_asked: Opinion) -> None:
    html = browser(stage.cast.hoa, now=NOW).get(f"/y-kien/{now_asked.code}/").content.decode()
    assert f'href="/y-kien/{before.code}/"' in html
    assert "Từ nay không nộp bản giấy." in html
    assert "Đã hứa làm trước 01/03/2022, chưa ghi là xong:" in html


def test_denunciations_and_what_was_withdrawn_are_not_shown(stage: Stage, before: Opinion, now_asked: Opinion) -> None:
    for change in ({"kind": "denunciation"}, {"kind": "difficulty", "state": "withdrawn"}):
        Opinion.objects.filter(pk=before.pk).update(**change)
        assert queries.earlier(now_asked, scene.officer(stage)) == []


def test_who_reads_a_part_only_and_another_agency_see_none(stage: Stage, before: Opinion, now_asked: Opinion) -> None:
    for actor in (stage.cast.clerk.as_actor(), stage.cast.technician.as_actor(), stage.other.hoa.as_actor()):
        assert queries.earlier(now_asked, actor) == []
