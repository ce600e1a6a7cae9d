"""What is said about the ways messages leave: none, closed files, open files, and messages nobody sends."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from doithoai.directory.models import Agency
from doithoai.kernel import clock, plugs
from doithoai.ops import doctor
from doithoai.outbox.actions import ByMachine, tell
from doithoai.people.actions import enter_person
from doithoai.ports import Parcel
from tests.documents.desk import NOW, desk

pytestmark = pytest.mark.django_db


class Post:
    """A gateway."""

    channel = "sms"

    def send(self, parcel: Parcel) -> str:
        """Sent."""
        return ""


@pytest.fixture
def plugged() -> Iterator[Agency]:
    plugs.plugged.delivery = (Post(),)
    yield desk("DH").agency
    plugs.plugged.delivery = ()


def test_without_a_gateway_people_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOITHOAI_DELIVERY", raising=False)
    assert (doctor._gateways().mend, "gọi điện" in doctor._gateways().what) == ("", True)


def test_a_file_with_secrets_is_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sms.toml"
    path.touch(0o644)
    monkeypatch.setenv("DOITHOAI_DELIVERY", f"sms:{path} smtp://thu.example?from=a@b.example")
    assert str(doctor._gateways()) == f"chưa đạt  cổng gửi tin: sms, smtp. Cách sửa: chmod 600 {path}"
    path.chmod(0o600)
    assert doctor._gateways().mend == ""


def test_a_message_that_nobody_sends_is_said(plugged: Agency) -> None:
    person = enter_person(plugged, name="Lê Thị Thử", phone="0905123456")
    tell(plugged, plugged.chain, key="k", body="x", person=person, machine=ByMachine("invitation", "x", {}), now=NOW)
    clock.stand_at(NOW + timedelta(minutes=9))
    assert doctor._messages().mend == ""
    clock.stand_at(NOW + timedelta(minutes=30))
    assert str(doctor._messages()).startswith("chưa đạt  tin chờ gửi lâu nhất 30 phút. Cách sửa: chạy “doithoai work”")


def test_without_a_gateway_messages_wait_for_people(plugged: Agency) -> None:
    plugs.plugged.delivery = ()
    assert doctor._messages().mend == ""
