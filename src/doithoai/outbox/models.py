"""Messages to people and offices, written in the transaction of the act they tell of."""

from datetime import datetime

from django.db import models

from doithoai.directory.models import Agency, Office
from doithoai.kernel.words import later
from doithoai.people.models import Person


class Message(models.Model):
    """One message. `key` makes it unique: the same news is never told twice.

    A message of a `kind` may leave by a gateway, where the agency has one: then `next_at` is when it is tried next,
    `claimed_at` when a worker took it in hand, `tried` the gateways that refused it for good, `problem` what the last
    one said. `failed_at` means that no machine will bring it: somebody has to call. `opens` names what a personal
    link in it opens; the link itself is made on the way out and never stored. In a rehearsal a message is written and
    no machine sends it.
    """

    class Channel(models.TextChoices):
        """How it reaches the person."""

        DESK = "desk", later("Bàn làm việc")
        CALL = "call", later("Điện thoại")
        HAND = "hand", later("Giao tận tay")
        MAIL = "mail", later("Thư điện tử")
        SMS = "sms", later("Tin nhắn")
        ZALO = "zalo", later("Zalo")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="messages")
    chain = models.CharField(max_length=40, db_index=True)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=4, choices=Channel.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="messages")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="messages")
    body = models.TextField()
    document = models.CharField(max_length=50, blank=True)
    written_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict)
    opens = models.JSONField(null=True)
    next_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tried = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["delivered_at", "written_at"], name="message_waiting"),
            models.Index(fields=["next_at"], name="message_next"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_sent(self) -> bool:
        """Whether it left by a gateway or somebody told it."""
        return self.delivered_at is not None

    def is_open_at(self, now: datetime) -> bool:
        """Whether its news still stands: what it opens has not ended."""
        until = (self.opens or {}).get("until")
        return until is None or datetime.fromisoformat(until) > now
