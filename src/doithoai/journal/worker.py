"""What the journal's room clears away by itself: answers kept for devices that ask twice. Entries stay for ever."""

from datetime import timedelta
from typing import Final

from doithoai.journal.actions import HOME_ZONE
from doithoai.journal.models import Receipt
from doithoai.kernel import clock
from doithoai.kernel.nights import Nights

KEPT: Final = timedelta(days=90)
"""A phone keeps its acts until it hears an answer, and may come back on the air weeks later: until then the answer has to
be known. After three months a dialogue is over and its state refuses the act, so the answer is kept no longer."""

_nights = Nights()


def sweep_by_night() -> int:
    """Once a night take away the answers that are older than a device could ask for; returns how many."""
    now = clock.now()
    if not _nights.falls(now, HOME_ZONE):
        return 0
    swept, _by_model = Receipt.objects.filter(received_at__lt=now - KEPT).delete()
    return swept
