"""Reminders: only who has not answered, once for one appointment, on a day known beforehand, and an alarm when it did not go."""

import json
from datetime import date, datetime, timedelta

import pytest

from doithoai.directory.models import Installation
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.planning.actions import changing
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Invitation
from doithoai.roster.queries.reminding import Reminding, reminder_of
from tests.roster.scene import REPLY_DAY, Scene, facts_of, link_holder, system

REMIND_DAY = date(2021, 12, 16)
"""The working day before the reply day."""


def at(scene: Scene, day: date, hour: int, minute: int = 0) -> datetime:
    scene.now = clock.at(day, hour, minute, scene.stage.cast.agency.zone)
    clock.stand_at(scene.now)
    return scene.now


def reminders() -> list[str]:
    return list(Message.objects.filter(kind="reminder").order_by("pk").values_list("key", flat=True))


def plan(scene: Scene) -> Reminding:
    found = reminder_of(scene.morning, scene.now)
    assert found is not None
    return found


def test_the_usual_day_is_the_working_day_before_the_reply_day(scene: Scene) -> None:
    assert reminder_of(scene.morning, scene.now) is None
    scene.invite()
    assert timedelta(days=1) == REPLY_DAY - REMIND_DAY
    assert (plan(scene).on, plan(scene).is_chosen, plan(scene).reminded) == (REMIND_DAY, False, 0)


def test_only_the_silent_are_reminded(scene: Scene) -> None:
    yes, no, *silent = scene.invite()
    actions.accept_invitation(yes, channel="link", actor=link_holder(yes), now=scene.now)
    actions.decline_invitation(no, channel="link", actor=link_holder(no), now=scene.now)
    at(scene, REMIND_DAY, 8)
    reminded = actions.remind(scene.morning, actor=scene.lead, now=scene.now)
    codes = {row.code for row in reminded}
    assert {yes.code, no.code} & codes == set()
    assert {row.code for row in silent} <= codes
    assert len(reminders()) == len(reminded) == 14
    (body,) = facts_of("invitation.remind")
    assert json.loads(body)["facts"] == {"sitting": scene.morning.code, "reminded": 14}


def test_nobody_is_reminded_twice_of_one_appointment(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY, 8)
    actions.remind(scene.morning, actor=scene.lead, now=scene.now)
    before = reminders()
    with pytest.raises(NotNow, match="đều đã được nhắc"):
        actions.remind(scene.morning, actor=scene.lead, now=scene.later(days=1))
    assert actions.remind_silent() == 0
    assert reminders() == before
    assert (plan(scene).reminded, plan(scene).waiting, plan(scene).is_missed) == (15, 0, False)


def test_it_goes_by_itself_when_its_hour_has_come(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY - timedelta(days=1), 23, 30)
    assert actions.remind_silent() == 0
    at(scene, REMIND_DAY, 7, 59)
    assert actions.remind_silent() == 0
    at(scene, REMIND_DAY, 8)
    assert actions.remind_silent() == 15
    assert actions.remind_silent() == 0
    assert len(reminders()) == 15


def test_a_worker_that_was_down_sends_it_the_next_day_and_never_at_night(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY, 21)
    assert actions.remind_silent() == 0
    at(scene, REMIND_DAY + timedelta(days=1), 9)
    assert actions.remind_silent() == 15


def test_who_was_invited_today_is_not_reminded_today(scene: Scene) -> None:
    rows = scene.invite()
    at(scene, REMIND_DAY, 8)
    actions.remind_silent()
    actions.decline_invitation(rows[0], channel="phone", actor=scene.lead, now=scene.now)
    reserve = Invitation.objects.get(in_place_of=rows[0])
    assert reserve.state == "invited"
    assert plan(scene).waiting == 0
    at(scene, REMIND_DAY + timedelta(days=1), 8)
    assert actions.remind_silent() == 1
    assert f":{reserve.code}:" in reminders()[-1]


def test_an_expected_reminder_that_did_not_go_is_an_alarm(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY, 9, 59)
    assert not plan(scene).is_missed
    at(scene, REMIND_DAY, 10)
    assert (plan(scene).is_missed, plan(scene).waiting) == (True, 15)
    actions.remind(scene.morning, actor=scene.lead, now=scene.now)
    assert not plan(scene).is_missed


def test_another_day_may_be_chosen(scene: Scene) -> None:
    scene.invite()
    sooner = REMIND_DAY - timedelta(days=2)
    actions.set_reminder(scene.morning, on=sooner, actor=scene.lead, now=scene.now)
    assert (plan(scene).on, plan(scene).is_chosen) == (sooner, True)
    at(scene, sooner, 8)
    assert actions.remind_silent() == 15


@pytest.mark.parametrize("day", [date(2021, 12, 9), date(2021, 12, 22), date(2021, 12, 30)])
def test_a_day_that_is_over_or_too_late_is_refused(scene: Scene, day: date) -> None:
    scene.invite()
    with pytest.raises(NotNow, match="ngày nhắc phải từ"):
        actions.set_reminder(scene.morning, on=day, actor=scene.lead, now=scene.now)
    assert plan(scene).on == REMIND_DAY


def test_a_changed_time_is_a_new_appointment(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY, 8)
    actions.remind_silent()
    office = scene.stage.cast.head(scene.stage.dialogue.secretariat)
    changing.reschedule(
        scene.morning,
        starts_at=scene.morning.starts_at + timedelta(days=7),
        ends_at=scene.morning.ends_at + timedelta(days=7),
        reason="Lãnh đạo họp đột xuất",
        actor=office,
        now=scene.now,
    )
    scene.morning = Sitting.objects.get(pk=scene.morning.pk)
    assert (plan(scene).reminded, plan(scene).waiting) == (0, 0), "asked anew today"
    at(scene, REMIND_DAY + timedelta(days=8), 8)
    assert plan(scene).waiting == 15


def test_a_rehearsal_reminds_by_hand_only(scene: Scene) -> None:
    scene.invite()
    Installation.objects.create(is_rehearsal=True)
    at(scene, REMIND_DAY, 8)
    assert actions.remind_silent() == 0
    assert len(actions.remind(scene.morning, actor=scene.lead, now=scene.now)) == 15


def test_the_words_are_vietnamese_and_carry_a_link_for_gateways_only(scene: Scene) -> None:
    row = scene.invite()[0]
    at(scene, REMIND_DAY, 8)
    actions.remind(scene.morning, actor=system("reminder"), now=scene.now)
    message = Message.objects.get(kind="reminder", person=row.person)
    assert "xin nhắc: kính mời" in message.body
    assert row.name in message.body
    assert "/moi/" not in message.body
    assert message.opens == {
        "purpose": "invitation", "code": row.code, "until": scene.morning.ends_at.isoformat(),
        "path": "/moi/{token}/", "words": "Trả lời tại: {link}",
    }  # fmt: skip
    assert message.fields["code"] == f"{row.spoken[:3]} {row.spoken[3:]}"


def test_the_inviting_office_and_the_secretariat_remind(scene: Scene) -> None:
    scene.invite()
    at(scene, REMIND_DAY, 8)
    for actor in (scene.stage.other.hoa.as_actor(), scene.stage.cast.clerk.as_actor(), scene.local_chair):
        with pytest.raises(NotYours):
            actions.remind(scene.morning, actor=actor, now=scene.now)
        with pytest.raises(NotYours):
            actions.set_reminder(scene.morning, on=REMIND_DAY, actor=actor, now=scene.now)
    actions.remind(scene.morning, actor=scene.stage.cast.hoa.as_actor(), now=scene.now)


def test_after_the_beginning_nobody_is_reminded(scene: Scene) -> None:
    scene.invite()
    with pytest.raises(NotNow, match="Đã đến giờ đối thoại"):
        actions.remind(scene.morning, actor=scene.lead, now=scene.morning.starts_at)
    assert reminder_of(scene.morning, scene.morning.starts_at) is None
