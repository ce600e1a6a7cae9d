"""A proposal to amend a rule goes to the competent body: drafted, numbered, replied, or given up with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.actions import Reply
from doithoai.answers.models import Proposal
from doithoai.answers.papers import Wish
from doithoai.intake.models import Opinion
from doithoai.journal.queries import story
from doithoai.kernel.access import ANYONE, NotNow, NotYours, System
from doithoai.ops.verify import faults
from doithoai.rules.paper import words
from tests.answers.scene import assigned
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, snapshot

pytestmark = pytest.mark.django_db


def wish(stage: Stage) -> Wish:
    return Wish(
        scene.sitting_of(stage).lead,
        "Ủy ban nhân dân tỉnh",
        "khoản 2 Điều 7 Quyết định số 12/2019/QĐ-UBND",
        "Người dân phải nộp hai lần cùng một giấy.\nMất thêm ba ngày.",
        "Bỏ yêu cầu nộp bản giấy.",
    )


def proposed(stage: Stage, opinion: Opinion | None = None) -> Proposal:
    row = opinion or assigned(stage).opinion
    return answers.propose(row, wish(stage), signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)


def sent(stage: Stage) -> Proposal:
    """A proposal whose letter has its number."""
    row = proposed(stage)
    scene.issue(stage, row.document, 61)
    row.refresh_from_db()
    return row


REPLY = Reply("taken_up", "Sẽ sửa trong quý I.", "88/UBND-NC", date(2021, 12, 10))


def test_the_letter_names_rule_trouble_and_wish_and_no_citizen(stage: Stage) -> None:
    row = proposed(stage)
    told = " ".join(words(row.document.model))
    for part in ("Kính gửi: Ủy ban nhân dân tỉnh", "khoản 2 Điều 7", "Mất thêm ba ngày.", "Bỏ yêu cầu nộp bản giấy."):
        assert part in told
    assert "Trần Thị" not in told
    assert (row.state, row.code) == ("drafted", f"{row.opinion.code}-KN1")
    assert (str(row.trouble), str(row.wish)) == (wish(stage).trouble, wish(stage).wish)
    facts = story(row.chain, last=1)[0].facts
    assert (facts["text"], facts["text_wish"]) == (row.trouble.digest, row.wish.digest)
    assert not list(faults())
    assert proposed(stage, row.opinion).ordinal == 2


def test_it_is_sent_when_its_letter_has_a_number(stage: Stage) -> None:
    row = proposed(stage)
    with pytest.raises(NotNow, match="chưa có số"):
        answers.send_proposal(row, actor=System("test"), now=NOW)
    with pytest.raises(NotYours):
        answers.send_proposal(row, actor=scene.officer(stage), now=NOW)
    row = sent(stage)
    assert (row.state, row.sent_on) == ("sent", date(2021, 12, 10))


def test_the_reply_is_put_on_file(stage: Stage) -> None:
    row = sent(stage)
    answers.note_reply(row, Reply("studied", "Đang lấy ý kiến các sở."), actor=scene.officer(stage), now=NOW)
    assert (row.state, row.reply_on) == ("studied", None)
    answers.note_reply(row, REPLY, actor=scene.lead_head(stage), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.reply_number, row.reply_on) == ("taken_up", "88/UBND-NC", date(2021, 12, 10))
    assert str(row.reply) == "Sẽ sửa trong quý I."
    with pytest.raises(NotNow):
        answers.note_reply(row, replace(REPLY, outcome="declined"), actor=scene.officer(stage), now=NOW)
    assert not list(faults())


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (replace(REPLY, outcome="drafted"), "chọn được tiếp thu"),
        (replace(REPLY, words=" "), "cần ghi nội dung"),
        (replace(REPLY, on=date(2021, 12, 11)), "còn ở phía trước"),
    ],
)
def test_a_reply_that_cannot_be_is_refused(stage: Stage, reply: Reply, words: str) -> None:
    row = sent(stage)
    before = snapshot(Proposal)
    with pytest.raises(NotNow, match=words):
        answers.note_reply(row, reply, actor=scene.officer(stage), now=NOW)
    assert snapshot(Proposal) == before


def test_nothing_is_replied_before_it_is_sent_and_nothing_dropped_after(stage: Stage) -> None:
    row = proposed(stage)
    with pytest.raises(NotNow):
        answers.note_reply(row, REPLY, actor=scene.officer(stage), now=NOW)
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        answers.drop_proposal(row, reason=" ", actor=scene.officer(stage), now=NOW)
    other = proposed(stage, row.opinion)
    answers.drop_proposal(other, reason="Đã có văn bản khác.", actor=scene.officer(stage), now=NOW)
    other.refresh_from_db()
    assert (other.state, str(other.reply)) == ("dropped", "Đã có văn bản khác.")
    scene.issue(stage, row.document, 61)
    with pytest.raises(NotNow):
        answers.drop_proposal(row, reason="Thôi.", actor=scene.officer(stage), now=NOW)


def test_every_part_is_needed(stage: Stage) -> None:
    row = assigned(stage).opinion
    for part in ("body", "rule", "trouble", "wish"):
        empty = replace(wish(stage), **{part: " "})
        with pytest.raises(NotNow, match="cần nơi gửi, quy định, vướng mắc và đề xuất"):
            answers.propose(row, empty, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    foreign = replace(wish(stage), office=stage.other.agency.offices.order_by("pk")[0])
    with pytest.raises(NotYours):
        answers.propose(row, foreign, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert not Proposal.objects.exists()


def test_whose_right_each_act_is(stage: Stage) -> None:
    row = proposed(stage)
    before = snapshot(Proposal)
    for actor in (scene.officer(stage, 2), stage.cast.clerk.as_actor(), stage.other.leader.as_actor(), ANYONE):
        with pytest.raises(NotYours):
            answers.propose(row.opinion, wish(stage), signer=stage.cast.leader, actor=actor, now=NOW)
        with pytest.raises(NotYours):
            answers.drop_proposal(row, reason="Thôi.", actor=actor, now=NOW)
        with pytest.raises(NotYours):
            answers.note_reply(row, REPLY, actor=actor, now=NOW)
    assert snapshot(Proposal) == before
    assert answers.propose(row.opinion, wish(stage), signer=stage.cast.leader, actor=scene.reception(stage), now=NOW)
