"""Attempts at limited doors go once a night: nothing stays of who pressed what, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from doithoai.config.schedule import BY_ITSELF
from doithoai.kernel import clock
from doithoai.kernel.nights import Nights
from doithoai.people import worker
from doithoai.people.actions import knock
from doithoai.people.models import Attempt

pytestmark = pytest.mark.django_db
NIGHT = datetime(2022, 3, 1, 19, 0, tzinfo=UTC)  # 02:00 in the agency's zone
HOUR = timedelta(hours=1)


def test_old_attempts_go_by_night_and_young_ones_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_nights", Nights())
    knock("support-address", "10.0.0.1", limit=9, within=HOUR, now=NIGHT - worker.KEPT - HOUR)
    knock("sign-in", "hoa", limit=9, within=HOUR, now=NIGHT - HOUR)
    clock.stand_at(NIGHT - timedelta(hours=14))
    assert worker.sweep_by_night() == 0
    clock.stand_at(NIGHT)
    assert worker.sweep_by_night() == 1
    assert Attempt.objects.get().door == "sign-in"
    assert worker.sweep_by_night in BY_ITSELF.values()
