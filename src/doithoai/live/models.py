"""The sitting itself: turns with their time as facts, minutes entry by entry, incidents."""

from django.db import models

from doithoai.directory.models import Office
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.words import later
from doithoai.live.states import MINUTES, TURN
from doithoai.people.models import Staff, Text
from doithoai.planning.models import Sitting, Venue
from doithoai.roster.models import Invitation


class Turn(models.Model):
    """One person received once, with any number of opinions.

    Time is stored as facts: `running_since` while the person speaks, `spent` seconds before that.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="turns")
    code = models.CharField(max_length=30, unique=True)
    position = models.PositiveSmallIntegerField()
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="turn")
    guest = models.CharField(max_length=200, blank=True)
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="turns")
    state = models.CharField(max_length=10, choices=TURN.choices, default=TURN.start)
    called_order = models.PositiveSmallIntegerField(null=True)
    called_why = models.CharField(max_length=300, blank=True)
    override_reason = models.CharField(max_length=300, blank=True)
    running_since = models.DateTimeField(null=True)
    spent = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    not_minuted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["sitting_id", "position"]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.chain


class Minutes(models.Model):
    """The minutes of one sitting, kept by a secretary, signed by secretary and chair."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=8, choices=MINUTES.choices, default=MINUTES.start)
    secretary = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    opening_remarks = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="minutes")
    read_out_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"Biên bản {self.sitting.code}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.chain


class MinuteEntry(models.Model):
    """One entry of the minutes. The speaker's own words stay; edited text stands beside them, by revision."""

    class Kind(models.TextChoices):
        """What the entry holds."""

        OPINION = "opinion", later("Ý kiến")
        ANSWER = "answer", later("Trả lời tại buổi đối thoại")
        COMMITMENT = "commitment", later("Giao việc, hẹn trả lời")
        REMARK = "remark", later("Phát biểu của chủ trì, đại biểu")
        INCIDENT = "incident", later("Sự cố")

    class ReadBack(models.TextChoices):
        """What the speaker said to the words read back."""

        WAITING = "waiting", later("Chờ đọc lại")
        CONFIRMED = "confirmed", later("Đã xác nhận")
        CORRECTION = "correction", later("Yêu cầu sửa")
        UNCONFIRMED = "unconfirmed", later("Không xác nhận, có lý do")
        NOT_NEEDED = "not_needed", later("Không cần đọc lại")

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="entries")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, null=True, related_name="entries")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, null=True, related_name="entries")
    speaker = models.CharField(max_length=200, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    edited = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    read_back = models.CharField(max_length=12, choices=ReadBack.choices, default=ReadBack.WAITING)
    read_back_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["minutes_id", "ordinal"]
        verbose_name_plural = "minute entries"

    def __str__(self) -> str:
        return f"{self.minutes_id}/{self.ordinal}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.minutes.chain


class EntryRevision(models.Model):
    """What an entry said before it was changed; nothing that was typed is lost."""

    entry = models.ForeignKey(MinuteEntry, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    words = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    edited = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} bản {self.revision}"


class Incident(models.Model):
    """A technical incident: time, venue, effect and remedy. It goes into the minutes."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="incidents")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="incidents")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.venue}: {self.effect}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sitting.chain


class GateCheck(models.Model):
    """A borrowed gate of Decree 154/2026 as it was found: it warns and is logged, it never blocks."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="gate_checks")
    gate = models.CharField(max_length=40)
    words = models.TextField()
    was_met = models.BooleanField()
    found = models.CharField(max_length=300)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.gate}: {'đạt' if self.was_met else 'chưa đạt'}"
