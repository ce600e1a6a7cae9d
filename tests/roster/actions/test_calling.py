"""Calls: what came of each, how often somebody was called, and answers that name a substitute."""

import json

import pytest

from doithoai.kernel.access import NotNow, NotYours
from doithoai.roster import actions
from doithoai.roster.models import Call, Invitation
from tests.roster.scene import DAY_OF_SITTING, Scene, facts_of, length, link_holder

Outcome = Call.Outcome
SON = actions.Instead(" Nguyễn Văn  Thử ", "con trai", "0905 123 456")


def calls_of(row: Invitation) -> list[tuple[str, str]]:
    return [(call.outcome, call.note) for call in row.calls.all()]


def test_nobody_answered_is_kept_with_who_when_and_why(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.note_call(
        row, outcome=Outcome.MISSED, note=" gọi lại sau 17 giờ ", actor=scene.lead, now=scene.later(hours=2)
    )
    actions.note_call(row, outcome=Outcome.WRONG, actor=scene.lead, now=scene.later(hours=1))
    assert calls_of(row) == [("missed", "gọi lại sau 17 giờ"), ("wrong", "")]
    last = row.calls.last()
    assert last is not None
    assert (last.at, last.by_id) == (scene.now, scene.lead.staff_id)
    told = [json.loads(body)["facts"] for body in facts_of("call.note")]
    assert told == [
        {"invitation": row.code, "outcome": "missed", "tries": 1},
        {"invitation": row.code, "outcome": "wrong", "tries": 2},
    ]
    row.refresh_from_db()
    assert row.state == "invited"


def test_what_was_noted_by_hand_is_not_in_the_journal(scene: Scene) -> None:
    actions.note_call(scene.invite()[0], outcome=Outcome.MISSED, note="đang nằm viện", actor=scene.lead, now=scene.now)
    assert "nằm viện" not in "".join(facts_of("call.note"))


def test_answers_by_telephone_are_calls_too_and_other_ways_are_not(scene: Scene) -> None:
    first, second, third, fourth = scene.invite()[:4]
    actions.accept_invitation(first, channel="phone", note="sẽ mang hồ sơ", actor=scene.lead, now=scene.now)
    actions.decline_invitation(second, channel="phone", actor=scene.lead, now=scene.now)
    actions.accept_invitation(third, channel="paper", actor=scene.lead, now=scene.now)
    actions.accept_invitation(fourth, channel="link", actor=link_holder(fourth), now=scene.now)
    assert calls_of(first) == [("accepted", "sẽ mang hồ sơ")]
    assert calls_of(second) == [("declined", "")]
    assert calls_of(third) == calls_of(fourth) == []


def test_an_answer_is_not_a_call_without_one(scene: Scene) -> None:
    row = scene.invite()[0]
    before = length()
    with pytest.raises(NotNow, match="nhận lời hoặc không đến được"):
        actions.note_call(row, outcome=Outcome.ACCEPTED, actor=scene.lead, now=scene.now)
    assert length() == before
    assert not Call.objects.exists()


def test_staff_who_speak_with_people_note_calls_and_nobody_else(scene: Scene) -> None:
    row = scene.invite()[0]
    for actor in (link_holder(row), scene.stage.cast.observer.as_actor(), scene.stage.other.leader.as_actor()):
        with pytest.raises(NotYours):
            actions.note_call(row, outcome=Outcome.MISSED, actor=actor, now=scene.now)
    ward = scene.stage.cast.officer(scene.ward_venue.office)
    actions.note_call(row, outcome=Outcome.MISSED, actor=ward, now=scene.now)
    assert len(calls_of(row)) == 1


def test_a_substitute_has_a_name_a_relation_and_perhaps_a_number(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.accept_invitation(row, channel="link", instead=SON, actor=link_holder(row), now=scene.now)
    row.refresh_from_db()
    assert (row.state, row.instead, row.instead_relation) == ("accepted", "Nguyễn Văn Thử", "con trai")
    assert (row.instead_phone, row.substitute) == ("0905123456", "")
    (body,) = facts_of("invitation.accept")
    assert json.loads(body)["facts"]["instead"] == 1
    assert "Thử" not in body


def test_coming_oneself_after_all_takes_the_substitute_back(scene: Scene) -> None:
    row = scene.invite()[0]
    holder = link_holder(row)
    for act in (actions.accept_invitation, actions.decline_invitation):
        actions.accept_invitation(row, channel="link", instead=SON, actor=holder, now=scene.now)
        act(row, channel="link", actor=holder, now=scene.now)
        row.refresh_from_db()
        assert (row.instead, row.instead_relation, row.instead_phone) == ("", "", "")


@pytest.mark.parametrize(
    ("instead", "why"),
    [
        (actions.Instead("Nguyễn Văn Thử", " "), "quan hệ"),
        (actions.Instead("", "con trai"), "họ tên"),
        (actions.Instead("Nguyễn Văn Thử", "con trai", "12"), "“12” không phải số điện thoại"),
    ],
)
def test_half_a_substitute_is_refused(scene: Scene, instead: actions.Instead, why: str) -> None:
    row = scene.invite()[0]
    with pytest.raises(NotNow, match=why):
        actions.accept_invitation(row, channel="link", instead=instead, actor=link_holder(row), now=scene.now)
    row.refresh_from_db()
    assert row.state == "invited"


def test_who_is_already_there_gives_no_answer_any_more(scene: Scene) -> None:
    """On the day, before the sitting begins: a link pressed in the hall must not turn presence into absence."""
    row = scene.invite()[0]
    actions.arrive(row, actor=scene.local_chair, now=DAY_OF_SITTING)
    for act in (actions.accept_invitation, actions.decline_invitation):
        with pytest.raises(NotNow, match="có mặt hoặc vắng mặt"):
            act(row, channel="link", actor=link_holder(row), now=DAY_OF_SITTING)
    row.refresh_from_db()
    assert row.state == "attended"
