"""The only place where the time of day is read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def _machine() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _machine


def now() -> datetime:
    """The present instant in UTC."""
    return _source()


def day_of(instant: datetime, zone: str) -> date:
    """The calendar day of an instant in an agency's zone (an IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()


def local(instant: datetime, zone: str) -> datetime:
    """The instant as the agency's wall clock shows it."""
    return instant.astimezone(ZoneInfo(zone))


def at(day: date, hour: int, minute: int, zone: str) -> datetime:
    """The instant, in UTC, when the agency's wall clock shows this day and time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def stand_at(instant: datetime) -> None:
    """Stop the clock at an instant, for a rehearsal or a test. Call again to move it."""
    global _source
    _source = lambda: instant  # noqa: E731  (a stopped clock is one value)


def run_from(instant: datetime) -> None:
    """Let the clock run on from an instant: a rehearsal that is looked at after its last day."""
    global _source
    shift: timedelta = instant - _machine()
    _source = lambda: _machine() + shift  # noqa: E731


def follow_machine() -> None:
    """Read the machine's clock again."""
    global _source
    _source = _machine
