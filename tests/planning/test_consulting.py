"""Offices comment on the draft of a plan; every remark has its answer before the plan is approved."""

import json
from datetime import date

import pytest

from doithoai.documents import actions as documents
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.planning.actions import consulting, preparing, scheduling
from doithoai.planning.models import Consultation, Consulted, Remark
from doithoai.planning.queries import agency_offices, place_texts
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db

UNTIL = date(2021, 12, 6)


@pytest.fixture
def asked(drafted: Stage) -> list[Consulted]:
    hoa = drafted.cast.hoa.as_actor()
    scheduling.draft_plan(drafted.dialogue, actor=hoa, now=START)
    drafted.dialogue.refresh_from_db()
    offices = [row for row in agency_offices(drafted.cast.agency) if row.pk != drafted.dialogue.secretariat_id][:3]
    consulting.consult(drafted.dialogue, offices, until=UNTIL, actor=hoa, now=START)
    return list(Consulted.objects.order_by("pk"))


def remark(stage: Stage, row: Consulted, text: str = "Đề nghị bổ sung ngày thử đường truyền.") -> Remark:
    return consulting.remark(row, place="c3", text=text, actor=stage.cast.head(row.office), now=START)


def test_every_office_asked_is_told_until_when(drafted: Stage, asked: list[Consulted]) -> None:
    told = Message.objects.filter(key__contains="consult:")
    assert {message.office_id for message in told} == {row.office_id for row in asked}
    assert all("06/12/2021" in message.body for message in told)
    (body,) = Entry.objects.filter(verb="plan.consult").values_list("body", flat=True)
    assert json.loads(body)["facts"]["offices"] == 3


def test_who_agreed_who_remarked_and_who_is_silent(drafted: Stage, asked: list[Consulted]) -> None:
    consulting.agree(asked[0], actor=drafted.cast.head(asked[0].office), now=START)
    row = remark(drafted, asked[1])
    states = [(found.answered_at is not None, found.agrees) for found in Consulted.objects.order_by("pk")]
    assert states == [(True, True), (True, False), (False, False)]
    assert row.quoted == place_texts(drafted.dialogue)["c3"]
    assert row.state == "raised"


def test_a_remark_stops_approval_until_it_is_answered(drafted: Stage, asked: list[Consulted]) -> None:
    row, plan = remark(drafted, asked[0]), drafted.dialogue.plan
    assert plan is not None
    office, leader = drafted.cast.head(drafted.dialogue.secretariat), drafted.cast.leader.as_actor()
    documents.submit(plan, actor=drafted.cast.hoa.as_actor(), now=START)
    documents.tick_content(plan, actor=office, now=START)
    documents.tick_form(plan, actor=office, now=START)
    with pytest.raises(NotNow, match=f"còn 1 góp ý của {asked[0].office.name} chưa trả lời"):
        documents.approve(plan, actor=leader, now=START)
    consulting.answer_remark(row, outcome="taken", reply="", actor=drafted.cast.hoa.as_actor(), now=START)
    documents.approve(plan, actor=leader, now=START)
    assert plan.state == "approved"


@pytest.mark.parametrize("outcome", ["partly", "not_taken"])
def test_R19_what_is_not_wholly_taken_up_has_its_reason(drafted: Stage, asked: list[Consulted], outcome: str) -> None:
    row, hoa = remark(drafted, asked[0]), drafted.cast.hoa.as_actor()
    with pytest.raises(NotNow, match="nêu lý do"):
        consulting.answer_remark(row, outcome=outcome, reply=" ", actor=hoa, now=START)
    consulting.answer_remark(row, outcome=outcome, reply="Đã có ở mục III.", actor=hoa, now=START)
    assert (row.state, row.reply) == (outcome, "Đã có ở mục III.")
    with pytest.raises(NotNow):
        consulting.answer_remark(row, outcome="taken", reply="", actor=hoa, now=START)


def test_it_ends_when_all_is_answered_and_silence_is_counted(drafted: Stage, asked: list[Consulted]) -> None:
    row, hoa = remark(drafted, asked[0]), drafted.cast.hoa.as_actor()
    with pytest.raises(NotNow, match="còn 1 góp ý"):
        consulting.end_consultation(drafted.dialogue, actor=hoa, now=START)
    consulting.answer_remark(row, outcome="taken", reply="", actor=hoa, now=START)
    consulting.end_consultation(drafted.dialogue, actor=hoa, now=START)
    (body,) = Entry.objects.filter(verb="plan.end_consultation").values_list("body", flat=True)
    assert json.loads(body)["facts"] == {"silent": 2}
    with pytest.raises(NotNow, match="đã kết thúc"):
        remark(drafted, asked[1])


def test_only_the_asked_office_speaks_and_only_the_drafter_answers(drafted: Stage, asked: list[Consulted]) -> None:
    entries = Entry.objects.count()
    for actor in (
        drafted.cast.head(asked[1].office),
        drafted.other.head(asked[0].office),
        drafted.cast.leader.as_actor(),
    ):
        with pytest.raises(NotYours):
            consulting.remark(asked[0], place="", text="x", actor=actor, now=START)
        with pytest.raises(NotYours):
            consulting.agree(asked[0], actor=actor, now=START)
    assert Entry.objects.count() == entries
    row = remark(drafted, asked[0])
    for actor in (drafted.cast.head(asked[0].office), drafted.other.hoa.as_actor()):
        with pytest.raises(NotYours):
            consulting.answer_remark(row, outcome="taken", reply="", actor=actor, now=START)


def test_what_makes_no_sense_is_refused_in_words(drafted: Stage, asked: list[Consulted]) -> None:
    hoa, offices = drafted.cast.hoa.as_actor(), agency_offices(drafted.cast.agency)
    with pytest.raises(NotNow, match="Đang lấy góp ý rồi"):
        consulting.consult(drafted.dialogue, offices, until=UNTIL, actor=hoa, now=START)
    head = drafted.cast.head(asked[0].office)
    with pytest.raises(NotNow, match="để trống"):
        consulting.remark(asked[0], place="", text=" ", actor=head, now=START)
    with pytest.raises(NotNow, match="không còn đoạn ấy"):
        consulting.remark(asked[0], place="c999", text="x", actor=head, now=START)
    remark(drafted, asked[0])
    with pytest.raises(NotNow, match="đã góp ý"):
        consulting.agree(asked[0], actor=head, now=START)
    Consultation.objects.update(closed_at=START)
    with pytest.raises(NotNow, match="hạn góp ý đã qua"):
        consulting.consult(drafted.dialogue, offices, until=date(2021, 11, 1), actor=hoa, now=START)
    with pytest.raises(NotNow, match="chưa chọn đơn vị"):
        consulting.consult(drafted.dialogue, [], until=UNTIL, actor=hoa, now=START)


class TestWording:
    def test_the_paper_follows_the_sentence(self, drafted: Stage, asked: list[Consulted]) -> None:
        hoa, plan = drafted.cast.hoa.as_actor(), drafted.dialogue.plan
        assert plan is not None
        bases = ["Căn cứ Nghị định 63/2010/NĐ-CP", "  "]
        preparing.word(drafted.dialogue, {"c3": "Câu mới của mục đích.", "c4": " "}, bases, actor=hoa, now=START)
        plan.refresh_from_db()
        assert "Câu mới của mục đích." in plan.paper
        assert "Căn cứ Nghị định 63/2010/NĐ-CP" in plan.paper
        assert plan.revision == 2
        drafted.dialogue.refresh_from_db()
        assert drafted.dialogue.bases == ["Căn cứ Nghị định 63/2010/NĐ-CP"]
        assert place_texts(drafted.dialogue)["c4"].strip()

    def test_once_submitted_it_is_returned_first(self, drafted: Stage, asked: list[Consulted]) -> None:
        hoa, plan = drafted.cast.hoa.as_actor(), drafted.dialogue.plan
        assert plan is not None
        documents.submit(plan, actor=hoa, now=START)
        with pytest.raises(NotNow, match="Trả lại văn bản để sửa"):
            preparing.word(drafted.dialogue, {"c3": "Khác."}, [], actor=hoa, now=START)

    def test_others_do_not_write_it(self, drafted: Stage) -> None:
        for actor in (drafted.cast.clerk.as_actor(), drafted.other.hoa.as_actor()):
            with pytest.raises(NotYours):
                preparing.word(drafted.dialogue, {"c3": "Khác."}, [], actor=actor, now=START)
