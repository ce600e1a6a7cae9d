"""Answers: yes, no, silence, a change of mind, too late, and being asked again."""

import json
from datetime import timedelta

import pytest

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.outbox.models import Message
from doithoai.people.models import AccessLink
from doithoai.planning.actions import changing
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Invitation
from doithoai.roster.queries import reply_day
from tests.roster.scene import REPLY_DAY, Scene, facts_of, length, link_holder


def test_the_holder_of_the_link_answers_alone(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.accept_invitation(row, channel="link", needs="đi xe lăn", actor=link_holder(row), now=scene.later(days=1))
    row.refresh_from_db()
    assert (row.state, row.reply_channel, row.needs, row.replied_at) == ("accepted", "link", "đi xe lăn", scene.now)
    (body,) = facts_of("invitation.accept")
    assert json.loads(body)["facts"] == {"invitation": row.code, "channel": "link", "instead": 0}


def test_accepting_again_renews_the_needs_only(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.accept_invitation(row, channel="link", actor=link_holder(row), now=scene.now)
    actions.accept_invitation(row, channel="link", needs="cần người đọc giúp", actor=link_holder(row), now=scene.now)
    row.refresh_from_db()
    assert (row.state, row.needs) == ("accepted", "cần người đọc giúp")


def test_a_mind_may_change_either_way(scene: Scene) -> None:
    row = scene.invite()[0]
    actor = link_holder(row)
    actions.accept_invitation(row, channel="link", actor=actor, now=scene.now)
    actions.decline_invitation(row, channel="link", reason="phải đi xa", actor=actor, now=scene.now)
    actions.accept_invitation(row, channel="link", actor=actor, now=scene.now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("accepted", "")


def test_declining_calls_one_reserve_even_if_declined_twice(scene: Scene) -> None:
    """The place passes on once: no second reserve when the person accepts and declines again."""
    row = scene.invite()[0]
    actor = link_holder(row)
    actions.decline_invitation(row, channel="link", actor=actor, now=scene.now)
    actions.accept_invitation(row, channel="link", actor=actor, now=scene.now)
    actions.decline_invitation(row, channel="link", actor=actor, now=scene.now)
    assert Invitation.objects.filter(in_place_of__isnull=False).count() == 1


def test_refusing_twice_in_a_row_is_refused(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
    before = length()
    with pytest.raises(NotNow, match="Không đến được"):
        actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
    assert length() == before
    assert Invitation.objects.filter(in_place_of__isnull=False).count() == 1


def test_who_was_not_invited_yet_cannot_answer(scene: Scene) -> None:
    scene.draw()
    row = scene.drawn("Hòa Vinh")[0]
    for act in (actions.accept_invitation, actions.decline_invitation):
        with pytest.raises(NotNow, match="Đã bốc thăm"):
            act(row, channel="phone", actor=scene.lead, now=scene.now)


def test_answers_end_with_the_hour_of_the_sitting(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.accept_invitation(
        row, channel="link", actor=link_holder(row), now=scene.morning.starts_at - timedelta(seconds=1)
    )
    before = length()
    with pytest.raises(NotNow, match="vẫn có thể đến dự"):
        actions.decline_invitation(row, channel="link", actor=link_holder(row), now=scene.morning.starts_at)
    Sitting.objects.filter(pk=scene.morning.pk).update(state="live")
    with pytest.raises(NotNow, match="Đang diễn ra"):
        actions.accept_invitation(row, channel="link", actor=link_holder(row), now=scene.now)
    assert length() == before


def test_on_the_day_itself_no_reserve_is_called(scene: Scene) -> None:
    row = scene.invite()[0]
    now = scene.morning.starts_at - timedelta(minutes=20)
    actions.decline_invitation(row, channel="phone", reason="ốm", actor=scene.lead, now=now)
    assert not facts_of("reserve.call")


def test_silence_lapses_after_the_reply_day_and_not_on_it(scene: Scene) -> None:
    rows = scene.invite()
    actions.accept_invitation(rows[0], channel="paper", actor=scene.lead, now=scene.now)
    zone = scene.stage.cast.agency.zone
    assert reply_day(scene.morning, clock.day_of(scene.now, zone)) == REPLY_DAY
    with pytest.raises(NotNow, match="quá hạn"):
        actions.lapse(scene.morning, actor=scene.lead, now=clock.at(REPLY_DAY, 23, 30, zone))
    lapsed = actions.lapse(scene.morning, actor=scene.lead, now=clock.at(REPLY_DAY + timedelta(days=1), 0, 30, zone))
    assert len(lapsed) == 14
    assert rows[0].code not in {row.code for row in lapsed}
    assert len(facts_of("invitation.lapse")) == 1


def test_the_lapsed_are_still_welcome_to_answer(scene: Scene) -> None:
    rows = scene.invite()
    scene.later(days=8)
    actions.lapse(scene.morning, actor=scene.lead, now=scene.now)
    actions.accept_invitation(rows[0], channel="phone", actor=scene.lead, now=scene.now)
    actions.decline_invitation(rows[1], channel="phone", actor=scene.lead, now=scene.now)
    states = [Invitation.objects.get(pk=row.pk).state for row in rows[:3]]
    assert states == ["accepted", "declined", "lapsed"]


def test_back_at_an_hour_that_was_told_before_everybody_is_told_again(scene: Scene) -> None:
    (row, *_rest) = scene.invite()
    office = scene.stage.cast.head(scene.stage.dialogue.secretariat)
    first = scene.morning.starts_at
    for turn, days in enumerate((1, 2, 1)):
        starts = first + timedelta(days=days)
        times = {"starts_at": starts, "ends_at": starts + timedelta(hours=3)}
        changing.reschedule(scene.morning, **times, reason="Mưa lũ", actor=office, now=scene.later(hours=turn))
    told = Message.objects.filter(person=row.person, key__contains=":moved:").order_by("pk")
    days_told = ["23/12/2021" in message.body for message in told]
    assert days_told == [True, False, True]


def test_a_changed_time_asks_everybody_again(scene: Scene) -> None:
    """R28: accepted and silent ones are invited anew, told by telephone; the links live on with the sitting."""
    rows = scene.invite()
    actions.accept_invitation(rows[0], channel="link", actor=link_holder(rows[0]), now=scene.now)
    actions.decline_invitation(rows[1], channel="link", actor=link_holder(rows[1]), now=scene.now)
    office = scene.stage.cast.head(scene.stage.dialogue.secretariat)
    changing.reschedule(
        scene.morning,
        starts_at=scene.morning.starts_at + timedelta(days=1),
        ends_at=scene.morning.ends_at + timedelta(days=1),
        reason="Lãnh đạo họp đột xuất",
        actor=office,
        now=scene.later(days=3),
    )
    first, second = (Invitation.objects.get(pk=row.pk) for row in rows[:2])
    assert (first.state, first.replied_at, first.invited_at) == ("invited", None, scene.now)
    assert second.state == "declined"
    (told,) = Message.objects.filter(person=first.person, key__contains=":moved:")
    assert told.channel == "call"
    assert "thứ Năm, ngày 23/12/2021" in told.body
    assert not Message.objects.filter(person=second.person, key__contains=":moved:").exists()
    link = AccessLink.objects.get(purpose="invitation", code=first.code)
    assert link.expires_at == Sitting.objects.get(pk=scene.morning.pk).ends_at
    (body,) = facts_of("invitation.reconfirm")
    assert json.loads(body)["facts"]["asked"] == 15
