"""A device that did not hear the answer asks again: the effect is there once, the answer is the same."""

from datetime import UTC, datetime, timedelta

import pytest

from doithoai.directory.models import Agency
from doithoai.journal.actions import Answer, Command, once, once_pressed, record
from doithoai.journal.models import Entry, Receipt
from doithoai.kernel.access import YES, Actor, NotNow, NotYours, Verdict
from doithoai.kernel.verbs import REGISTRY, Defect, verb
from doithoai.rules.chain import Fact

pytestmark = pytest.mark.django_db
NOW = datetime(2021, 12, 22, 0, 10, tzinfo=UTC)
DEVICE_CLOCK = NOW + timedelta(minutes=4)
NAM, LAN = Actor(ref="staff:nam"), Actor(ref="staff:lan")
COMMAND = Command("5f3a0a3e-4e0e-4f6c-9c1b-000000000001", "den", "device-1", 7, DEVICE_CLOCK)


@pytest.fixture
def agency() -> Agency:
    """An agency with nothing but a name."""
    return Agency.objects.create(code="DH", name="UBND thị xã", short_name="UBND", territory="thị xã", place="Đông Hòa")


def _anybody(actor: Actor, subject: object) -> Verdict:
    """Ai cũng được."""
    return YES


class Counter:
    """An act that must not be done twice, and may be told to refuse."""

    def __init__(self, agency: Agency, refusal: str = "") -> None:
        self.agency, self.refusal, self.calls = agency, refusal, 0

    def __call__(self) -> dict[str, Fact]:
        self.calls += 1
        name = f"try.count_{id(self)}_{self.calls}"

        @verb(name, may=_anybody)
        def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
            Agency.objects.filter(pk=agency.pk).update(territory="đã đổi")
            record(agency.chain, count=self.calls)
            if self.refusal:
                raise NotNow(self.refusal)

        try:
            act(self.agency, actor=NAM, now=NOW)
        finally:
            del REGISTRY[name]
        return {"invitation": "M07"}


def test_a_known_key_gets_the_first_answer_and_does_nothing(agency: Agency) -> None:
    act = Counter(agency)
    assert once(COMMAND, act, actor=NAM, now=NOW) == Answer(True, facts={"invitation": "M07"})
    again = once(COMMAND, act, actor=NAM, now=NOW + timedelta(hours=1))
    assert again == Answer(True, facts={"invitation": "M07"}, is_again=True)
    assert act.calls == Entry.objects.count() == Receipt.objects.count() == 1


def test_the_receipt_says_whose_it_was_and_when_by_which_clock(agency: Agency) -> None:
    once(COMMAND, Counter(agency), actor=NAM, now=NOW)
    receipt = Receipt.objects.get()
    assert (receipt.actor, receipt.name, receipt.device, receipt.seq) == ("staff:nam", "den", "device-1", 7)
    assert (receipt.at, receipt.received_at, receipt.outcome) == (DEVICE_CLOCK, NOW, "done")
    assert str(receipt) == "den 5f3a0a3e-4e0e-4f6c-9c1b-000000000001"


def test_a_refusal_is_kept_too_and_leaves_nothing_behind(agency: Agency) -> None:
    refused = once(COMMAND, Counter(agency, "Chưa đến ngày."), actor=NAM, now=NOW)
    assert refused == Answer(False, words="Chưa đến ngày.")
    agency.refresh_from_db()
    assert (agency.territory, Entry.objects.count()) == ("thị xã", 0)
    now_possible = Counter(agency)
    assert once(COMMAND, now_possible, actor=NAM, now=NOW) == Answer(False, words="Chưa đến ngày.", is_again=True)
    assert now_possible.calls == 0


def test_somebody_elses_key_tells_nothing(agency: Agency) -> None:
    once(COMMAND, Counter(agency), actor=NAM, now=NOW)
    act = Counter(agency)
    with pytest.raises(NotYours, match="Không tìm thấy"):
        once(COMMAND, act, actor=LAN, now=NOW)
    assert act.calls == 0


def test_a_defect_keeps_neither_effect_nor_receipt(agency: Agency) -> None:
    """The device keeps the command and may send it again once the defect is mended."""

    def broken() -> dict[str, Fact]:
        Agency.objects.filter(pk=agency.pk).update(territory="đã đổi")
        raise Defect("nothing was recorded")

    with pytest.raises(Defect):
        once(COMMAND, broken, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert (agency.territory, Receipt.objects.count()) == ("thị xã", 0)
    assert once(COMMAND, Counter(agency), actor=NAM, now=NOW).is_done


class TestPressed:
    """The button of a form, pressed twice."""

    KEY = "0" * 32

    def test_the_second_press_does_nothing_and_knows_what_came_of_the_first(self, agency: Agency) -> None:
        act = Counter(agency)
        for _press in range(2):
            assert once_pressed(self.KEY, "ghi", act, actor=NAM, now=NOW) == {"invitation": "M07"}
        assert (act.calls, Entry.objects.count(), Receipt.objects.count()) == (1, 1, 1)

    def test_a_refusal_leaves_nothing_so_that_the_mended_form_is_taken(self, agency: Agency) -> None:
        act = Counter(agency, refusal="Chưa ghi được: thiếu lý do.")
        with pytest.raises(NotNow, match="thiếu lý do"):
            once_pressed(self.KEY, "ghi", act, actor=NAM, now=NOW)
        assert (Entry.objects.count(), Receipt.objects.count()) == (0, 0)
        act.refusal = ""
        assert once_pressed(self.KEY, "ghi", act, actor=NAM, now=NOW) == {"invitation": "M07"}

    def test_somebody_elses_key_is_refused(self, agency: Agency) -> None:
        act = Counter(agency)
        once_pressed(self.KEY, "ghi", act, actor=NAM, now=NOW)
        with pytest.raises(NotYours):
            once_pressed(self.KEY, "ghi", act, actor=LAN, now=NOW)
        assert act.calls == 1
