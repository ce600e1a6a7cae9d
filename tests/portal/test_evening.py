"""The head of the journal leaves the house each evening, by itself."""

from datetime import date

import pytest

from doithoai.directory.models import Installation
from doithoai.journal.models import Witness
from doithoai.journal.queries import faults, heads
from doithoai.kernel import clock
from doithoai.outbox.models import Message
from doithoai.planning.actions import carrying_out
from doithoai.portal.actions import announce_evening_heads
from tests.cast import Stage

pytestmark = pytest.mark.django_db


def stand(stage: Stage, hour: int) -> None:
    clock.stand_at(clock.at(date(2021, 12, 6), hour, 30, stage.cast.agency.zone))


def test_nothing_is_told_before_the_evening(stage: Stage) -> None:
    stand(stage, 16)
    assert announce_evening_heads() == 0


def test_the_head_is_told_once_and_the_front_finds_it(stage: Stage) -> None:
    before = heads()[stage.dialogue.chain]
    stand(stage, 17)
    assert (announce_evening_heads(), announce_evening_heads()) == (1, 0)
    (message,) = Message.objects.filter(key__contains=":head:")
    assert message.office is not None
    assert message.office.kind == "front"
    assert before in message.body
    assert Witness.objects.filter(head=before).exists()
    assert list(faults()) == []


def test_what_happened_afterwards_is_told_the_next_time(stage: Stage) -> None:
    stand(stage, 17)
    announce_evening_heads()
    duty = stage.dialogue.duties.get(slug="minutes")
    office = stage.dialogue.secretariat
    carrying_out.assign(duty, office, stage.cast.heads[office.code], actor=stage.cast.hoa.as_actor(), now=clock.now())
    stand(stage, 18)
    assert announce_evening_heads() == 1


def test_a_rehearsal_tells_nobody(stage: Stage) -> None:
    Installation.objects.create(is_rehearsal=True)
    stand(stage, 20)
    assert announce_evening_heads() == 0
    assert not Message.objects.filter(key__contains=":head:").exists()
