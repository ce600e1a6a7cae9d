"""Promises made aloud: an office, a day, somebody to ask; kept once."""

from datetime import date
from typing import Any

import pytest

from doithoai.answers import actions as answers
from doithoai.answers import queries
from doithoai.answers.models import Commitment
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Text
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW


def promise(stage: Stage, **fields: Any) -> Commitment:
    """The lead office promises a written answer by 30/12/2021."""
    given: dict[str, Any] = {
        "office": scene.sitting_of(stage).lead, "what": "Kiểm tra, trả lời bằng văn bản", "due_on": date(2021, 12, 30),
        "contact": "Bà Minh Họa", "contact_phone": "0257 000 0101", "actor": stage.cast.leader.as_actor(), "now": NOW,
        **fields,
    }  # fmt: skip
    return answers.commit(stage.dialogue, **given)


def test_a_promise_is_kept_in_mind_with_its_day_and_contact(stage: Stage) -> None:
    opinion = scene.accepted(stage)
    row = promise(stage, opinion=opinion)
    assert (str(row.what), row.due_on, row.contact, row.opinion) == (
        "Kiểm tra, trả lời bằng văn bản", date(2021, 12, 30), "Bà Minh Họa", opinion,
    )  # fmt: skip
    assert Message.objects.filter(office=row.office, body="Kiểm tra, trả lời bằng văn bản").exists()
    facts = scene.entries("commitment.make")[-1]["facts"]
    assert facts["text"] == row.what.digest
    assert "Minh Họa" not in str(facts)
    assert queries.commitments_of(stage.dialogue) == [row]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contact": " "}, "người liên hệ"),
        ({"what": ""}, "người liên hệ"),
        ({"due_on": date(2021, 12, 9)}, "từ hôm nay trở đi"),
    ],
)
def test_a_promise_without_a_day_to_come_or_somebody_to_ask_is_none(
    stage: Stage, change: dict[str, Any], words: str
) -> None:
    before = scene.snapshot(Commitment, Text, Message)
    with pytest.raises(NotNow, match=words):
        promise(stage, **change)
    assert scene.snapshot(Commitment, Text, Message) == before


def test_nobody_promises_for_an_office_of_another_agency(stage: Stage) -> None:
    foreign = stage.other.agency.offices.order_by("code")[0]
    with pytest.raises(NotYours, match="Không tìm thấy"):
        promise(stage, office=foreign)


def test_a_promise_is_fulfilled_once_by_its_office_and_shown_broken_until_then(stage: Stage) -> None:
    row = promise(stage)
    assert queries.broken_promises(stage.dialogue, date(2021, 12, 30)) == []
    assert queries.broken_promises(stage.dialogue, date(2021, 12, 31)) == [row]
    with pytest.raises(NotYours, match="đơn vị được giao, Phòng Tài chính"):
        answers.keep_promise(row, actor=scene.officer(stage, 2), now=AFTER)
    answers.keep_promise(row, actor=scene.officer(stage), now=AFTER)
    assert row.done_on == date(2021, 12, 23)
    assert queries.broken_promises(stage.dialogue, date(2021, 12, 31)) == []
    with pytest.raises(NotNow, match="đã ghi là đã xong"):
        answers.keep_promise(row, actor=scene.officer(stage), now=AFTER)


@pytest.mark.parametrize("who", ["secretary", "leader", "hoa"])
def test_chair_secretary_and_office_note_promises_and_the_second_agency_does_not(stage: Stage, who: str) -> None:
    row = promise(stage, actor=getattr(stage.cast, who).as_actor())
    before = scene.snapshot(Commitment, Text, Message)
    with pytest.raises(NotYours, match="Không tìm thấy"):
        promise(stage, actor=getattr(stage.other, who).as_actor())
    with pytest.raises(NotYours, match="Không tìm thấy"):
        answers.keep_promise(row, actor=getattr(stage.other, who).as_actor(), now=AFTER)
    with pytest.raises(NotYours, match="chủ trì, thư ký hoặc Văn phòng"):
        promise(stage, actor=scene.officer(stage))
    assert scene.snapshot(Commitment, Text, Message) == before
