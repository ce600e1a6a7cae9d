"""What the people's room clears away by itself: attempts at limited doors."""

from datetime import timedelta
from typing import Final

from doithoai.journal.actions import HOME_ZONE
from doithoai.kernel import clock
from doithoai.kernel.nights import Nights
from doithoai.people.actions import clear_attempts

KEPT: Final = timedelta(days=1)
"""Longer than any door counts back."""

_nights = Nights()


def sweep_by_night() -> int:
    """Once a night take away the attempts that no door counts any more; returns how many."""
    now = clock.now()
    return clear_attempts(before=now - KEPT) if _nights.falls(now, HOME_ZONE) else 0
