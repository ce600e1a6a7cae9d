"""What planning clears away by itself: plans begun and left lying, so that no draft with names is kept for ever."""

from datetime import timedelta
from typing import Final

from doithoai.directory.models import Agency
from doithoai.kernel import clock
from doithoai.kernel.access import System
from doithoai.kernel.nights import Nights
from doithoai.planning.actions import writing
from doithoai.planning.queries import open_writings

KEPT_DAYS: Final = 180
"""Half a year: a plan of a yearly dialogue is taken up again within it, or begun anew from last year's."""

_nights = Nights()


def sweep_by_night() -> int:
    """Once a night give up the plans that nobody touched for half a year; returns how many."""
    now = clock.now()
    agencies = list(Agency.objects.order_by("pk"))
    if not agencies or not _nights.falls(now, agencies[0].zone):
        return 0
    old = [
        row for agency in agencies for row in open_writings(agency) if row.saved_at < now - timedelta(days=KEPT_DAYS)
    ]
    for row in old:
        writing.drop(row, actor=System("sweep"), now=now)
    return len(old)
