"""Whose right each act on an answer is; a second agency finds nothing and changes nothing."""

from collections.abc import Callable
from datetime import date

import pytest

from doithoai.answers import actions as answers
from doithoai.answers import permissions
from doithoai.answers.models import Answer, AnswerRevision, Extension
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.access import ANYONE, Actor, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Text
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW

Act = Callable[[Stage, Answer, Actor], object]
LATER = date(2022, 1, 14)

# Name of the act: (state it starts from, the act, by whom it may be done).
ACTS: dict[str, tuple[str, Act, str]] = {
    "draft": ("assigned", lambda s, a, who: answers.draft(a, text="Một", revision=a.revision, actor=who, now=NOW), "lead"),
    "submit": ("drafted", lambda s, a, who: answers.submit_answer(a, actor=who, now=NOW), "lead"),
    "choose_form": ("approved", lambda s, a, who: answers.choose_form(a, "letter", actor=who, now=NOW), "lead"),
    "letter": ("approved", lambda s, a, who: answers.draft_letter(a, signer=s.cast.leader, actor=who, now=NOW), "lead"),
    "ask": ("assigned", lambda s, a, who: answers.ask(a, authority="Sở", actor=who, now=NOW), "lead"),
    "hear_back": ("asked", lambda s, a, who: answers.hear_back(a, actor=who, now=NOW), "lead"),
    "offer": ("assigned", lambda s, a, who: answers.offer(a, to=scene.sitting_of(s, 2).lead, reason="X", actor=who, now=NOW),
              "head"),
    "support": ("assigned", lambda s, a, who: answers.set_supporting(a, [], actor=who, now=NOW), "head"),
    "approve": ("in_review", lambda s, a, who: answers.approve_answer(a, actor=who, now=NOW), "leader"),
    "return": ("in_review", lambda s, a, who: answers.return_answer(a, reason="X", actor=who, now=NOW), "leader"),
    "extend": ("assigned", lambda s, a, who: answers.extend(a, to_on=LATER, reason="X", actor=who, now=NOW), "leader"),
}  # fmt: skip
TABLES = (Answer, AnswerRevision, Extension, Opinion, Text, Message, Document)


def actors(stage: Stage) -> dict[str, Actor]:
    """One actor of each post that an answer knows."""
    return {
        "officer of the lead": scene.officer(stage), "head of the lead": scene.lead_head(stage),
        "leader": stage.cast.leader.as_actor(), "head of the Office": scene.reception(stage),
        "officer elsewhere": scene.officer(stage, 2), "head elsewhere": scene.lead_head(stage, 2),
        "secretary": stage.cast.secretary.as_actor(), "clerk": stage.cast.clerk.as_actor(),
        "observer": stage.cast.observer.as_actor(), "one stop": stage.cast.one_stop.as_actor(),
    }  # fmt: skip


MAY = {
    "lead": {"officer of the lead", "head of the lead"},
    "head": {"head of the lead", "head of the Office"},
    "leader": {"leader"},
}


def ready(stage: Stage, state: str) -> Answer:
    """An answer written by somebody who is none of the actors, in this state."""
    answer = made.write(stage, made.assigned(stage), actor=scene.lead_head(stage))
    Answer.objects.filter(pk=answer.pk).update(state=state, drafted_by=stage.cast.technician)
    answer.refresh_from_db()
    return answer


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_somebody_s_and_nobody_else_s(stage: Stage, name: str) -> None:
    state, act, whose = ACTS[name]
    answer = ready(stage, state)
    before = scene.snapshot(*TABLES)
    for post, actor in actors(stage).items():
        if post not in MAY[whose]:
            with pytest.raises(NotYours, match="Không có quyền"):
                act(stage, answer, actor)
    assert scene.snapshot(*TABLES) == before
    for post in MAY[whose]:
        Answer.objects.filter(pk=answer.pk).update(state=state, due_on=date(2021, 12, 31))
        answer.refresh_from_db()
        act(stage, answer, actors(stage)[post])


@pytest.mark.parametrize("name", ACTS)
def test_a_second_agency_finds_nothing_and_changes_nothing(stage: Stage, name: str) -> None:
    state, act, _whose = ACTS[name]
    answer = ready(stage, state)
    before = scene.snapshot(*TABLES)
    lead = answer.lead.code
    foreign = (stage.other.leader, stage.other.officers[lead], stage.other.heads[lead], stage.other.hoa)
    for actor in (*(staff.as_actor() for staff in foreign), ANYONE):
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            act(stage, answer, actor)
    assert scene.snapshot(*TABLES) == before


def test_giving_out_and_answering_aloud_are_the_agency_s_own(stage: Stage) -> None:
    opinion = scene.accepted(stage)
    office = scene.sitting_of(stage).lead
    before = scene.snapshot(*TABLES)
    for actor in (stage.other.leader.as_actor(), stage.other.secretary.as_actor(), ANYONE):
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            answers.assign(opinion, lead=office, actor=actor, now=NOW)
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            answers.give_on_the_spot(opinion, office=office, text="Một", actor=actor, now=NOW)
    with pytest.raises(NotYours, match="chủ trì, Văn phòng hoặc đơn vị chủ trì lĩnh vực"):
        answers.assign(opinion, lead=office, actor=scene.officer(stage, 2), now=NOW)
    with pytest.raises(NotYours, match="chủ trì, thư ký hoặc đơn vị chủ trì lĩnh vực"):
        answers.give_on_the_spot(opinion, office=office, text="Một", actor=scene.lead_head(stage, 2), now=NOW)
    assert scene.snapshot(*TABLES) == before


def test_a_denunciation_cannot_be_seen_let_alone_given_out(stage: Stage) -> None:
    row = scene.opinion(stage, kind="denunciation", actor=stage.cast.one_stop.as_actor())
    office = scene.sitting_of(stage).lead
    for actor in (stage.cast.leader.as_actor(), stage.cast.hoa.as_actor(), scene.lead_head(stage)):
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            answers.assign(row, lead=office, actor=actor, now=NOW)
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            answers.give_on_the_spot(row, office=office, text="Một", actor=actor, now=NOW)


def test_answers_are_read_by_those_who_answer(stage: Stage) -> None:
    answer = made.assigned(stage)
    for staff in (stage.cast.leader, stage.cast.hoa, stage.cast.observer, stage.cast.secretary):
        assert permissions.may_read(staff.as_actor(), answer)
    for actor in (stage.cast.technician.as_actor(), stage.other.leader.as_actor(), ANYONE):
        assert "Không tìm thấy" in permissions.may_read(actor, answer).reason
