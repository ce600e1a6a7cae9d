"""Work of the night: once in each, in the hours in which nobody waits for a page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from doithoai.kernel import clock

NIGHT: Final = range(1, 5)
"""Hours of the day where the work is done."""


@dataclass(slots=True)
class Nights:
    """The night in which one process did one kind of work last."""

    last: date | None = None

    def falls(self, now: datetime, zone: str) -> bool:
        """Whether it is night in `zone` and the work of this night has not been begun; asking begins it."""
        local = clock.local(now, zone)
        if local.hour not in NIGHT or self.last == local.date():
            return False
        self.last = local.date()
        return True
