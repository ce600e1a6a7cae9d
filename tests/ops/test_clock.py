"""A rehearsal that is looked at goes on living in its own time."""

from datetime import UTC, datetime, timedelta

import pytest

from doithoai.directory.models import Installation
from doithoai.kernel import clock
from doithoai.ops.command import keep_time

ENDED = datetime(2022, 1, 10, 13, 6, tzinfo=UTC)
A_WHILE = timedelta(minutes=5)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _machine() -> None:
    clock.follow_machine()


def test_the_clock_of_a_rehearsal_runs_on_from_its_end() -> None:
    Installation.objects.create(is_rehearsal=True, clock_at=ENDED)
    keep_time()
    first = clock.now()
    assert ENDED <= first < ENDED + A_WHILE
    assert clock.now() > first


@pytest.mark.parametrize(
    "row",
    [None, {"is_rehearsal": False, "clock_at": ENDED}, {"is_rehearsal": True, "clock_at": None}],
    ids=["new", "in real use", "a rehearsal that has not ended"],
)
def test_any_other_database_keeps_the_machine_s_time(row: dict[str, object] | None) -> None:
    if row:
        Installation.objects.create(**row)
    before = clock.now()
    keep_time()
    assert before <= clock.now() < before + A_WHILE
