"""Answers kept for devices go once a night, when no device could ask for them any more; entries stay."""

from datetime import UTC, datetime, timedelta

import pytest

from doithoai.journal import worker
from doithoai.journal.models import Receipt
from doithoai.kernel import clock
from doithoai.kernel.nights import Nights

pytestmark = pytest.mark.django_db
NIGHT = datetime(2022, 3, 1, 19, 0, tzinfo=UTC)  # 02:00 in the agency's zone
NOON = datetime(2022, 3, 1, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _another_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_nights", Nights())


def answered(key: str, age: timedelta) -> Receipt:
    told = {"actor": "staff:nam", "name": "den", "device": "d", "seq": 1}
    return Receipt.objects.create(key=key, at=NIGHT - age, received_at=NIGHT - age, **told)


def test_what_is_too_old_to_be_asked_for_goes(caplog: pytest.LogCaptureFixture) -> None:
    old, young = answered("old", worker.KEPT + timedelta(days=1)), answered("young", worker.KEPT - timedelta(days=1))
    clock.stand_at(NIGHT)
    assert worker.sweep_by_night() == 1
    assert list(Receipt.objects.all()) == [young]
    assert old.key not in caplog.text


def test_only_by_night_and_once_in_it() -> None:
    answered("a", worker.KEPT * 2)
    clock.stand_at(NOON)
    assert worker.sweep_by_night() == 0
    clock.stand_at(NIGHT)
    assert worker.sweep_by_night() == 1
    answered("b", worker.KEPT * 2)
    clock.stand_at(NIGHT + timedelta(hours=1))
    assert worker.sweep_by_night() == 0
    clock.stand_at(NIGHT + timedelta(days=1))
    assert worker.sweep_by_night() == 1
