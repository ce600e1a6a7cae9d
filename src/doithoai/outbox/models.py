"""Messages to people and offices, written in the transaction of the act they tell of."""

from django.db import models

from doithoai.directory.models import Agency, Office
from doithoai.people.models import Person


class Message(models.Model):
    """One message. `key` makes it unique: the same news is never told twice.

    In a rehearsal a message is written and never delivered.
    """

    class Channel(models.TextChoices):
        """How it reaches the person."""

        DESK = "desk", "Bàn làm việc"
        CALL = "call", "Điện thoại"
        HAND = "hand", "Giao tận tay"
        MAIL = "mail", "Thư điện tử"
        SMS = "sms", "Tin nhắn"

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

    class Meta:
        indexes = [models.Index(fields=["delivered_at", "written_at"], name="message_waiting")]

    def __str__(self) -> str:
        return self.key
