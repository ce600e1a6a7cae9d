"""A sitting put off, called off or turned into writing: who holds an invitation hears of it, and keeps the place."""

import json
from datetime import UTC, date, datetime

from doithoai.outbox.models import Message
from doithoai.people.models import AccessLink
from doithoai.planning.actions import changing
from doithoai.planning.models import Dialogue
from doithoai.roster import actions
from doithoai.roster.models import Invitation
from tests.roster.scene import Scene, facts_of, link_holder

REASON = "mưa lũ chia cắt đường"


def told(scene: Scene, row: Invitation) -> list[str]:
    rows = Message.objects.filter(person=row.person, chain=scene.stage.dialogue.code).order_by("pk")
    return [message.body for message in rows if "xin báo" in message.body]


def test_put_off_everybody_with_an_open_invitation_is_told_and_keeps_the_place(scene: Scene) -> None:
    rows = scene.invite()
    actions.accept_invitation(rows[0], channel="link", actor=link_holder(rows[0]), now=scene.now)
    actions.decline_invitation(rows[1], channel="link", actor=link_holder(rows[1]), now=scene.now)
    hoa = scene.stage.cast.hoa.as_actor()
    changing.postpone(scene.morning, reason=REASON, actor=hoa, now=scene.later(days=1))
    (words,) = told(scene, rows[0])
    assert "hoãn lại" in words
    assert "07 giờ 30 phút" in words
    assert told(scene, rows[1]) == []
    assert Invitation.objects.get(pk=rows[0].pk).state == "accepted"
    (body,) = facts_of("invitation.call_off")
    assert json.loads(body)["facts"]["told"] == 15


def test_called_off_says_that_opinions_are_answered(scene: Scene) -> None:
    rows = scene.invite()
    changing.cancel(scene.morning, reason=REASON, actor=scene.stage.cast.hoa.as_actor(), now=scene.later(days=1))
    assert "không tổ chức nữa" in told(scene, rows[0])[0]
    assert not Invitation.objects.filter(sitting=scene.morning, in_place_of__isnull=False).exists()


def test_in_writing_the_link_lives_until_the_last_day_for_opinions(scene: Scene) -> None:
    rows = scene.invite()
    leader, until = scene.stage.cast.leader.as_actor(), date(2021, 12, 29)
    changing.turn_written(scene.stage.dialogue, until=until, reason=REASON, actor=leader, now=scene.later(days=1))
    (words,) = told(scene, rows[0])
    assert "bằng văn bản" in words
    assert "đến hết ngày 29 tháng 12 năm 2021" in words
    link = AccessLink.objects.get(purpose="invitation", code=rows[0].code)
    assert link.expires_at == datetime(2021, 12, 29, 17, 0, tzinfo=UTC)
    assert Dialogue.objects.get(pk=scene.stage.dialogue.pk).is_written
