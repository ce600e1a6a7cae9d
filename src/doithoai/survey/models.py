"""Satisfaction: anonymous, and once for each who was there. Token and answer share no key."""

from django.db import models

from doithoai.directory.models import Sector
from doithoai.planning.models import Dialogue


class Survey(models.Model):
    """The survey of one dialogue, its questions as shown."""

    dialogue = models.OneToOneField(Dialogue, on_delete=models.PROTECT, related_name="survey")
    questions = models.JSONField()
    opened_on = models.DateField()
    closes_on = models.DateField()

    def __str__(self) -> str:
        return f"Khảo sát {self.dialogue.code}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Ticket(models.Model):
    """The right to answer once. It knows who may answer, never what was answered."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="tickets")
    holder = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "đã dùng" if self.is_used else "chưa dùng"


class Response(models.Model):
    """One answer: what was said about which sector, on which day, by nobody in particular."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    # A random key, so that the order of rows does not tell who came when.
    id = models.CharField(max_length=32, primary_key=True)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField()
    comment = models.TextField(blank=True)
    on = models.DateField()

    def __str__(self) -> str:
        return "một phiếu"
