"""A dialogue turned into writing ends like any other: answers, a notice that says how it was held, and its deadline."""

from datetime import date

import pytest

from doithoai.planning.actions import changing
from doithoai.planning.queries import binding_deadline
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake.scene import NOW
from tests.results.scene import drafted, paper_of

pytestmark = pytest.mark.django_db

UNTIL = date(2021, 12, 29)


def test_opinions_are_still_taken_and_answered_and_the_notice_says_how(stage: Stage) -> None:
    leader = stage.cast.leader.as_actor()
    changing.turn_written(stage.dialogue, until=UNTIL, reason="dịch bệnh", actor=leader, now=NOW)
    stage.dialogue.refresh_from_db()
    answering.approved(stage)
    text = paper_of(drafted(stage)).paper
    assert "đã đối thoại bằng văn bản với tổ chức, công dân" in text
    assert "tiếp nhận đến hết ngày 29 tháng 12 năm 2021, có 01 ý kiến, kiến nghị" in text
    assert "lượt người" not in text
    deadline = binding_deadline(stage.dialogue, "result_notice")
    assert deadline is not None
    assert deadline.due_on == date(2022, 1, 10)
