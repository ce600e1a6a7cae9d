"""Telling people: once each, by hand where there is no gateway, never in a rehearsal."""

import pytest

from doithoai.directory.models import Installation
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours, System
from doithoai.outbox.actions import deliver, note_sent, tell
from doithoai.outbox.models import Message
from doithoai.people.actions import enter_person
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db


def told(stage: Stage, key: str = "k") -> Message:
    person = enter_person(stage.cast.agency, name="Lê Thị Thử", phone="0900000001")
    return tell(stage.cast.agency, stage.dialogue.chain, key=key, body="Mời bà dự.", person=person, now=START)


def test_the_same_news_is_written_once(stage: Stage) -> None:
    first, second = told(stage), told(stage)
    assert first.pk == second.pk
    assert told(stage, "other").pk != first.pk


def test_a_person_is_called_and_an_office_finds_it_on_its_desk(stage: Stage) -> None:
    office = stage.dialogue.secretariat
    note = tell(stage.cast.agency, stage.dialogue.chain, key="o", body="Việc mới", office=office, now=START)
    assert (told(stage).channel, note.channel) == (Message.Channel.CALL, Message.Channel.DESK)


def test_delivery_is_noted_once_and_the_journal_names_nobody(stage: Stage) -> None:
    message, hoa = told(stage), stage.cast.hoa.as_actor()
    deliver(message, outcome="bà Thử nhận lời", actor=hoa, now=START)
    assert "Thử" not in Entry.objects.order_by("-pk")[0].body
    with pytest.raises(NotNow, match="đã báo rồi"):
        deliver(message, outcome="gọi lại", actor=hoa, now=START)
    message.refresh_from_db()
    assert (message.delivered_at, message.outcome) == (START, "bà Thử nhận lời")


def test_a_rehearsal_sends_nothing_and_notes_a_call_all_the_same(stage: Stage) -> None:
    message = told(stage)
    Installation.objects.create(is_rehearsal=True)
    with pytest.raises(NotNow, match="diễn tập"):
        note_sent(message, channel="sms", reference="x", actor=System("worker"), now=START)
    message.refresh_from_db()
    assert message.delivered_at is None
    deliver(message, outcome="Đã báo qua điện thoại", actor=stage.cast.hoa.as_actor(), now=START)
    message.refresh_from_db()
    assert (message.delivered_at, message.channel) == (START, Message.Channel.CALL)


def test_the_other_agency_delivers_nothing_here(stage: Stage) -> None:
    message = told(stage)
    for actor in (stage.other.hoa.as_actor(), stage.cast.leader.as_actor()):
        with pytest.raises(NotYours):
            deliver(message, outcome="x", actor=actor, now=START)
