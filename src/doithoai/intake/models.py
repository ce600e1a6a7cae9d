"""Difficulties and opinions, by whatever door they come in."""

from django.db import models

from doithoai.directory.models import Agency, Office, Procedure
from doithoai.documents.models import Document
from doithoai.intake.states import OPINION
from doithoai.people.models import Person, Staff, Text
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation


class Opinion(models.Model):
    """One opinion. Its own words are never edited; a shorter wording stands beside them.

    A denunciation hides its author, text and target from all but whoever receives it, and a
    complaint or denunciation is never answered here.
    """

    class Door(models.TextChoices):
        """How it came in."""

        LINK = "link", "Đường dẫn riêng"
        PHONE = "phone", "Điện thoại, cán bộ ghi"
        PAPER = "paper", "Phiếu giấy"
        FLOOR = "floor", "Phát biểu tại buổi đối thoại"

    class Kind(models.TextChoices):
        """What it is by law."""

        DIFFICULTY = "difficulty", "Vướng mắc"
        REPORT = "report", "Phản ánh"
        PETITION = "petition", "Kiến nghị"
        PROPOSAL = "proposal", "Đề xuất"
        COMPLAINT = "complaint", "Khiếu nại"
        DENUNCIATION = "denunciation", "Tố cáo"

    class Topic(models.TextChoices):
        """Whether it belongs to the dialogue's subject; off-topic ones are answered in writing."""

        ON = "on", "Đúng chủ đề"
        OFF = "off", "Ngoài chủ đề, trả lời bằng văn bản"

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="opinions")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="opinions")
    code = models.CharField(max_length=28, unique=True)
    ordinal = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="opinions")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, null=True, related_name="opinions")
    guest = models.CharField(max_length=200, blank=True)
    door = models.CharField(max_length=5, choices=Door.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DIFFICULTY)
    topic = models.CharField(max_length=3, choices=Topic.choices, default=Topic.ON)
    state = models.CharField(max_length=11, choices=OPINION.choices, default=OPINION.start)
    words = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    summary = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    public_words = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    file_code = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_here")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    reason = models.TextField(blank=True)
    is_spoken = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dialogue_id", "ordinal"]

    def __str__(self) -> str:
        return self.code

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.dialogue.agency

    @property
    def is_hidden(self) -> bool:
        """Whether author, text and target are hidden: a denunciation's always are."""
        return self.kind == self.Kind.DENUNCIATION

    @property
    def sector_lead(self) -> Office | None:
        """The office that leads the sitting it belongs to."""
        return self.sitting.lead if self.sitting else None


class Transfer(models.Model):
    """An opinion handed to the body that is competent; followed until its result is on file."""

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="transfer")
    body = models.CharField(max_length=200)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField(null=True)
    told_on = models.DateField(null=True)
    result = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.opinion.code} tới {self.body}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.opinion.chain


class Guidance(models.Model):
    """Where and how a complaint or denunciation is to be lodged, and when the person was told."""

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="guidance")
    wording = models.TextField()
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.opinion.code
