"""Messages on their way out: each once, through the first gateway that reaches the person, otherwise by telephone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from doithoai.directory.models import Installation
from doithoai.journal.models import Entry
from doithoai.kernel import clock, plugs
from doithoai.outbox import worker
from doithoai.outbox.actions import ByMachine, Opens, stop, tell
from doithoai.outbox.models import Message
from doithoai.outbox.queries import LOST, failed, oldest_waiting
from doithoai.people.actions import enter_person, open_link
from doithoai.people.models import AccessLink
from doithoai.ports import Parcel, TryLater, Uncertain, Unreachable
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
NAME = "Lê Thị Thử"
PHONE = "0905123456"


@dataclass(slots=True)
class Post:
    """A gateway that does what the next word says: sent, later, never, unknown, or breaks."""

    channel: str
    words: list[str] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)

    def send(self, parcel: Parcel) -> str:
        """Take it or not."""
        self.parcels.append(parcel)
        word = self.words.pop(0) if self.words else "sent"
        if word == "broken":
            raise RuntimeError("thư viện hỏng")
        kinds = {"later": TryLater, "never": Unreachable, "unknown": Uncertain}
        if word in kinds:
            raise kinds[word](f"Cổng {self.channel}: {word}.")
        return f"{self.channel}-1"


@pytest.fixture
def zalo() -> Post:
    return Post("zalo")


@pytest.fixture
def sms() -> Post:
    return Post("sms")


@pytest.fixture(autouse=True)
def _plugged(zalo: Post, sms: Post) -> Iterator[None]:
    clock.stand_at(START)
    plugs.plugged.delivery = (zalo, sms)
    yield
    plugs.plugged.delivery = ()


def told(stage: Stage, key: str = "k", *, phone: str = PHONE, email: str = "") -> Message:
    person = enter_person(stage.cast.agency, name=NAME, phone=phone, email=email)
    until = START + timedelta(days=9)
    opens = Opens("invitation", "M1", until, "/moi/{token}/", "Trả lời tại: {link}")
    machine = ByMachine("invitation", "Kính mời", {"whom": f"bà {NAME}"}, opens)
    chain = stage.dialogue.chain
    return tell(stage.cast.agency, chain, key=key, body="Mời bà dự.", person=person, machine=machine, now=clock.now())


def later(span: timedelta) -> None:
    clock.stand_at(clock.now() + span)


def test_a_message_leaves_once_with_its_link(stage: Stage, zalo: Post, sms: Post) -> None:
    message = told(stage)
    assert worker.work_off() == 1
    assert worker.work_off() == 0
    (parcel,) = zalo.parcels
    assert sms.parcels == []
    assert (parcel.to, parcel.subject, parcel.kind) == (PHONE, "Kính mời", "invitation")
    found = re.fullmatch(r"Mời bà dự\.\nTrả lời tại: http://127\.0\.0\.1:8000/moi/([0-9a-f]{32})/", parcel.body)
    assert found
    assert open_link(found[1], "invitation", now=START).code == "M1"
    assert parcel.fields["token"] == found[1]
    message.refresh_from_db()
    assert (message.delivered_at, message.channel, message.outcome) == (START, "zalo", "zalo-1")


def test_the_token_and_the_person_stand_nowhere_else(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    worker.work_off()
    token = zalo.parcels[0].fields["token"]
    message.refresh_from_db()
    kept = " ".join(str(value) for value in Message.objects.filter(pk=message.pk).values()[0].values())
    assert token not in kept
    journal = "".join(Entry.objects.values_list("body", flat=True))
    for secret in (token, NAME, PHONE, message.key):
        assert secret not in journal
    assert '"verb":"message.send"' in journal


def test_the_key_given_to_a_gateway_stays_the_same(stage: Stage, zalo: Post) -> None:
    zalo.words = ["later", "sent"]
    told(stage)
    worker.work_off()
    later(timedelta(minutes=2))
    worker.work_off()
    first, second = zalo.parcels
    assert first.key == second.key
    assert re.fullmatch("[0-9a-f]{64}", first.key)


def test_it_waits_longer_after_every_failure_and_then_somebody_calls(stage: Stage, zalo: Post) -> None:
    zalo.words = ["later"] * 9
    message = told(stage)
    tried = []
    for _minute in range(400):
        before = len(zalo.parcels)
        worker.work_off()
        if len(zalo.parcels) > before:
            tried.append(clock.now() - START)
        later(timedelta(minutes=1))
    minutes = [int(span.total_seconds() // 60) for span in tried]
    assert minutes == [0, 1, 6, 21, 81, 261]
    message.refresh_from_db()
    assert message.failed_at == START + timedelta(minutes=261)
    assert message.problem == "Cổng zalo: later."
    assert list(failed(stage.dialogue.chain)) == [message]


def test_a_link_that_went_nowhere_opens_nothing(stage: Stage, zalo: Post, sms: Post) -> None:
    zalo.words, sms.words = ["never"], ["later"]
    told(stage)
    worker.work_off()
    assert not AccessLink.objects.exists()


def test_who_is_not_reached_one_way_is_reached_the_next(stage: Stage, zalo: Post, sms: Post) -> None:
    zalo.words = ["never"]
    message = told(stage)
    assert worker.work_off() == 1
    message.refresh_from_db()
    assert (message.channel, len(sms.parcels)) == ("sms", 1)
    assert AccessLink.objects.count() == 1


def test_a_gateway_that_failed_for_good_is_not_asked_again(stage: Stage, zalo: Post, sms: Post) -> None:
    zalo.words, sms.words = ["never"], ["later", "sent"]
    told(stage)
    worker.work_off()
    later(timedelta(minutes=2))
    worker.work_off()
    assert (len(zalo.parcels), len(sms.parcels)) == (1, 2)


def test_reached_by_none_it_goes_to_the_telephone_with_the_reason(stage: Stage, zalo: Post, sms: Post) -> None:
    zalo.words, sms.words = ["never"], ["never"]
    message = told(stage)
    worker.work_off()
    message.refresh_from_db()
    assert (message.delivered_at, message.failed_at, message.problem) == (None, START, "Cổng sms: never.")
    (body,) = Entry.objects.filter(verb="message.give_up").values_list("body", flat=True)
    assert NAME not in body


def test_without_a_telephone_number_nothing_is_tried(stage: Stage, zalo: Post) -> None:
    message = told(stage, phone="")
    worker.work_off()
    message.refresh_from_db()
    assert zalo.parcels == []
    assert message.problem == worker.NO_WAY


def test_mail_goes_to_an_address_and_not_to_a_number(stage: Stage) -> None:
    mail = Post("mail")
    plugs.plugged.delivery = (mail,)
    told(stage, "a")
    told(stage, "b", email="thu@x.example")
    worker.work_off()
    assert [parcel.to for parcel in mail.parcels] == ["thu@x.example"]


@pytest.mark.parametrize("word", ["unknown", "broken"])
def test_what_may_have_been_sent_is_never_sent_again(stage: Stage, zalo: Post, sms: Post, word: str) -> None:
    zalo.words = [word]
    message = told(stage)
    for _round in range(3):
        worker.work_off()
        later(timedelta(hours=2))
    message.refresh_from_db()
    assert len(zalo.parcels) + len(sms.parcels) == 1
    assert message.failed_at == START
    assert AccessLink.objects.count() == 1, "the person may hold the link"


def test_a_message_in_the_hands_of_a_worker_that_died_is_told_by_telephone(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    Message.objects.filter(pk=message.pk).update(claimed_at=START)
    worker.work_off()
    assert zalo.parcels == []
    later(LOST + timedelta(seconds=1))
    worker.work_off()
    message.refresh_from_db()
    assert (zalo.parcels, message.problem) == ([], worker.UNKNOWN)


def test_two_workers_do_not_take_the_same_message(stage: Stage, zalo: Post) -> None:
    """The second finds the claim of the first, although both read the list before."""
    message = told(stage)

    class Slow(Post):
        def send(self, parcel: Parcel) -> str:
            assert worker._take(message.pk) == 0
            return super().send(parcel)

    slow = Slow("zalo")
    plugs.plugged.delivery = (slow,)
    assert worker.work_off() == 1
    assert len(slow.parcels) == 1


def test_what_is_stopped_while_a_gateway_is_asked_is_not_tried_again(stage: Stage, sms: Post) -> None:
    message = told(stage)

    class Slow(Post):
        def send(self, parcel: Parcel) -> str:
            stop(message.chain, begins="k")
            return super().send(parcel)

    slow = Slow("zalo", ["later"])
    plugs.plugged.delivery = (slow,)
    for _round in range(3):
        worker.work_off()
        later(timedelta(hours=1))
    assert len(slow.parcels) == 1
    message.refresh_from_db()
    assert (message.next_at, message.failed_at) == (None, None)


def test_what_somebody_told_meanwhile_is_not_sent(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    Message.objects.filter(pk=message.pk).update(delivered_at=START)
    assert worker.work_off() == 0
    assert zalo.parcels == []


@pytest.mark.parametrize("word", ["sent", "never"])
def test_what_somebody_told_while_a_gateway_was_asked_ends_no_round(
    stage: Stage, sms: Post, word: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The refusal to note it is logged without the person, kept with the message, and the next one still leaves."""
    message, other = told(stage), told(stage, "other")
    sms.words = [word]

    class Slow(Post):
        def send(self, parcel: Parcel) -> str:
            Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=START, outcome="Nhận lời")
            return super().send(parcel)

    slow = Slow("zalo", [word])
    plugs.plugged.delivery = (slow, sms)
    assert worker.work_off() == 2
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.outcome, message.next_at, message.problem) == ("Nhận lời", None, "Tin này đã báo rồi.")
    assert other.channel == "zalo"
    assert "Tin này đã báo rồi." in caplog.text
    assert message.key not in caplog.text


def test_a_gateway_switched_on_today_does_not_send_old_news(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    later(worker.FRESH + timedelta(minutes=1))
    worker.work_off()
    message.refresh_from_db()
    assert (zalo.parcels, message.problem) == ([], worker.TOO_OLD)


def test_what_has_ended_is_not_told(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    Message.objects.filter(pk=message.pk).update(opens={**(message.opens or {}), "until": START.isoformat()})
    worker.work_off()
    assert zalo.parcels == []


def test_a_rehearsal_never_sends(stage: Stage, zalo: Post) -> None:
    message = told(stage)
    Installation.objects.create(is_rehearsal=True)
    assert worker.work_off() == 0
    message.refresh_from_db()
    assert (zalo.parcels, message.delivered_at, message.claimed_at) == ([], None, None)


def test_without_gateways_everything_waits_for_the_telephone(stage: Stage) -> None:
    plugs.plugged.delivery = ()
    message = told(stage)
    assert worker.work_off() == 0
    message.refresh_from_db()
    assert (message.channel, message.claimed_at, message.failed_at) == ("call", None, None)
    assert oldest_waiting(START + timedelta(hours=1)) == message


def test_offices_read_their_desk_and_are_sent_nothing(stage: Stage, zalo: Post) -> None:
    office = stage.dialogue.secretariat
    machine = ByMachine("invitation", "x", {})
    note = tell(
        stage.cast.agency, stage.dialogue.chain, key="o", body="Việc", office=office, machine=machine, now=START
    )
    assert (note.channel, note.next_at) == ("desk", None)
    assert worker.work_off() == 0
    assert zalo.parcels == []
