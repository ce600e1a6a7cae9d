"""On the desk of whoever invites: a reminder that did not go, news that no machine brought; silence otherwise."""

from collections.abc import Iterator
from datetime import date

import pytest

from doithoai.config import wiring
from doithoai.journal.actions import lock
from doithoai.kernel import chance, clock, verbs
from doithoai.kernel.access import Actor, System
from doithoai.outbox.actions import give_up
from doithoai.outbox.models import Message
from doithoai.oversight.queries import desk
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from tests.cast import Stage
from tests.roster.scene import FOLLOWERS, Scene
from tests.web.visitors import browser

REMIND_DAY = date(2021, 12, 16)
LATE = "Lời nhắc chưa đi"
LOST = "Tin không tự gửi được"


@pytest.fixture
def scene(stage: Stage) -> Iterator[Scene]:
    """Fifteen people invited to the morning on 10 December, nobody has answered."""
    verbs.connect(lock_chain=lock, gates={}, follows=FOLLOWERS)
    chance.follow_seed("roster", rehearsal=True)
    morning, afternoon = Sitting.objects.filter(dialogue=stage.dialogue).order_by("starts_at")
    found = Scene(stage, morning, afternoon)
    found.invite()
    yield found
    wiring.connect()


def at(scene: Scene, day: date, hour: int) -> None:
    scene.now = clock.at(day, hour, 0, scene.stage.cast.agency.zone)


def alarms(scene: Scene, actor: Actor | None = None) -> list[str]:
    shown = desk(actor or scene.lead, scene.now, scene.stage.cast.agency.zone)
    titles = [task.title for group in shown.groups for task in group.tasks]
    return [title for title in titles if title.startswith((LATE, LOST))]


def test_a_reminder_that_has_not_gone_by_ten_is_an_alarm_until_it_goes(scene: Scene) -> None:
    at(scene, REMIND_DAY, 9)
    assert alarms(scene) == []
    at(scene, REMIND_DAY, 10)
    assert alarms(scene) == [f"{LATE}: 15 người chưa được nhắc, {scene.morning.sector.name}"]
    actions.remind(scene.morning, actor=scene.lead, now=scene.now)
    assert alarms(scene) == []


def test_who_answered_or_was_invited_today_is_not_waited_for(scene: Scene) -> None:
    at(scene, REMIND_DAY, 8)
    actions.remind(scene.morning, actor=scene.lead, now=scene.now)
    first = scene.drawn("Hòa Vinh")[0]
    actions.decline_invitation(first, channel="phone", actor=scene.lead, now=scene.now)
    at(scene, REMIND_DAY, 11)
    assert alarms(scene) == []
    at(scene, date(2021, 12, 17), 11)
    assert alarms(scene) == [f"{LATE}: 1 người chưa được nhắc, {scene.morning.sector.name}"], "the reserve called then"


def test_another_day_that_was_chosen_counts(scene: Scene) -> None:
    actions.set_reminder(scene.morning, on=date(2021, 12, 20), actor=scene.lead, now=scene.now)
    at(scene, date(2021, 12, 17), 11)
    assert alarms(scene) == []
    at(scene, date(2021, 12, 20), 10)
    assert len(alarms(scene)) == 1


def test_after_the_day_nobody_is_alarmed(scene: Scene) -> None:
    at(scene, date(2021, 12, 22), 12)
    assert alarms(scene) == []


def test_news_no_machine_brought_is_an_alarm_until_somebody_tells_it(scene: Scene) -> None:
    actions.remind(scene.morning, actor=scene.lead, now=scene.later(days=1))
    for message in Message.objects.filter(kind="reminder")[:2]:
        give_up(message, problem="Không có số điện thoại.", actor=System("worker"), now=scene.now)
    assert alarms(scene) == [f"{LOST} cho 2 người, {scene.morning.sector.name}"]
    told = Message.objects.filter(failed_at__isnull=False)
    told.update(delivered_at=scene.now)
    assert alarms(scene) == []


def test_a_letter_in_the_hand_needs_no_machine(scene: Scene) -> None:
    row = scene.drawn("Hòa Vinh")[0]
    letter = Message.objects.get(person=row.person, kind="invitation")
    give_up(letter, problem="x", actor=System("worker"), now=scene.now)
    assert len(alarms(scene)) == 1
    actions.deliver_invitation(row, actor=scene.lead, now=scene.now)
    assert alarms(scene) == []


def test_it_is_for_who_invites_and_the_office_and_leads_to_the_calls(scene: Scene) -> None:
    at(scene, REMIND_DAY, 11)
    cast = scene.stage.cast
    assert alarms(scene, cast.hoa.as_actor()) != []
    others: list[Staff] = [cast.leader, cast.observer, cast.officers[scene.afternoon.lead.code], scene.stage.other.hoa]
    for staff in others:
        assert alarms(scene, staff.as_actor()) == []
    html = browser(cast.officers[scene.morning.lead.code], now=scene.now).get("/").content.decode()
    assert "Lẽ ra đi thứ Năm 16/12/2021: máy nền có thể đã dừng." in html
    assert f"/cuoc/{scene.stage.dialogue.code}/moi/1/goi/" in html
