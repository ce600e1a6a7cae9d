"""Instants in UTC, days in the agency's zone, and one place that reads the time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from doithoai.kernel import clock

HERE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("shown", "utc", "day"),
    [
        ((2021, 12, 21, 23, 30), "2021-12-21T16:30+00:00", date(2021, 12, 21)),
        ((2021, 12, 22, 0, 30), "2021-12-21T17:30+00:00", date(2021, 12, 22)),
        ((2021, 12, 31, 23, 59), "2021-12-31T16:59+00:00", date(2021, 12, 31)),
        ((2022, 1, 1, 0, 0), "2021-12-31T17:00+00:00", date(2022, 1, 1)),
    ],
)
def test_around_midnight_the_day_is_the_agencys(shown: tuple[int, int, int, int, int], utc: str, day: date) -> None:
    year, month, of_month, hour, minute = shown
    instant = clock.at(date(year, month, of_month), hour, minute, HERE)
    assert instant == datetime.fromisoformat(utc)
    assert instant.tzinfo is UTC
    assert clock.day_of(instant, HERE) == day
    wall = clock.local(instant, HERE)
    assert (wall.year, wall.month, wall.day, wall.hour, wall.minute) == shown


def test_a_day_differs_between_zones() -> None:
    instant = datetime(2021, 12, 21, 17, 30, tzinfo=UTC)
    assert clock.day_of(instant, HERE) == date(2021, 12, 22)
    assert clock.day_of(instant, "UTC") == date(2021, 12, 21)


def test_a_stopped_clock_stands() -> None:
    instant = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
    clock.stand_at(instant)
    assert clock.now() == clock.now() == instant
    clock.stand_at(instant + timedelta(minutes=5))
    assert clock.now() == instant + timedelta(minutes=5)


def test_a_clock_runs_on_from_an_instant() -> None:
    instant = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
    clock.run_from(instant)
    first, second = clock.now(), clock.now()
    assert instant <= first <= second < instant + timedelta(hours=1)


def test_the_machines_clock_is_followed_again() -> None:
    clock.stand_at(datetime(2000, 1, 1, tzinfo=UTC))
    clock.follow_machine()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(hours=1)  # noqa: TID251  (compared with the machine itself)
    assert clock.now().tzinfo is UTC
