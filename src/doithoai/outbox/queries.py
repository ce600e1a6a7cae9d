"""Messages that no machine brought: whom to call instead, and why."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from doithoai.outbox.models import Message

LOST = timedelta(minutes=10)
"""A message in a worker's hands for longer was in the hands of one that died."""


def failed(chain: str) -> QuerySet[Message]:
    """Messages of a dialogue that a machine gave up and that nobody has told since, oldest first."""
    rows = Message.objects.filter(chain=chain, failed_at__isnull=False, delivered_at=None)
    return rows.select_related("person__ward").order_by("failed_at", "pk")


def due(now: datetime) -> list[int]:
    """The keys of messages that wait for a gateway and whose time has come, oldest first."""
    rows = Message.objects.filter(next_at__lte=now, claimed_at=None, delivered_at=None, failed_at=None)
    return list(rows.exclude(person=None).order_by("next_at", "pk").values_list("pk", flat=True)[:200])


def lost(now: datetime) -> list[Message]:
    """Messages taken in hand by a worker that did not come back: nobody knows whether they left."""
    rows = Message.objects.filter(claimed_at__lt=now - LOST, delivered_at=None, failed_at=None)
    return list(rows.order_by("pk"))


def oldest_waiting(now: datetime) -> Message | None:
    """The message that has waited longest past its time, for whoever looks after the machine."""
    rows = Message.objects.filter(next_at__lt=now, delivered_at=None, failed_at=None)
    return rows.exclude(person=None).order_by("next_at").first()
