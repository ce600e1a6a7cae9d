"""Difficulties and opinions, by whatever door they come in."""

from django.db import models

from doithoai.directory.models import Agency, Office, Procedure
from doithoai.documents.models import Document
from doithoai.intake.states import OPINION
from doithoai.kernel import clock
from doithoai.kernel.words import later
from doithoai.people.models import Person, Staff, Text
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation


class Opinion(models.Model):
    """One opinion. Its own words are never edited; a shorter wording stands beside them.

    A denunciation hides its author, text and target from all but whoever receives it, and a
    complaint or denunciation is never answered here.

    `competent` is the body that ought to settle it, as far as somebody has said so. What staff wrote down was read back
    to the person at `read_back_at`, or was not, for `unread_reason`. `public_words` were made of `public_of`, which may
    have been replaced since; `unmask_reason` says why something stayed readable that looked private. `spoken` are the six
    digits by which somebody without a telephone that reads codes looks it up; since `shown_at` anybody may say that they
    met the same.
    """

    class Door(models.TextChoices):
        """How it came in."""

        LINK = "link", later("Đường dẫn riêng")
        PHONE = "phone", later("Điện thoại, cán bộ ghi")
        PAPER = "paper", later("Phiếu giấy")
        DESK = "desk", later("Nói trực tiếp với cán bộ")
        WEB = "web", later("Người dân gửi trực tuyến")
        FLOOR = "floor", later("Phát biểu tại buổi đối thoại")

    class Kind(models.TextChoices):
        """What it is by law."""

        DIFFICULTY = "difficulty", later("Vướng mắc")
        REPORT = "report", later("Phản ánh")
        PETITION = "petition", later("Kiến nghị")
        PROPOSAL = "proposal", later("Đề xuất")
        COMPLAINT = "complaint", later("Khiếu nại")
        DENUNCIATION = "denunciation", later("Tố cáo")

    class Topic(models.TextChoices):
        """Whether it belongs to the dialogue's subject; off-topic ones are answered in writing."""

        ON = "on", later("Đúng chủ đề")
        OFF = "off", later("Ngoài chủ đề, trả lời bằng văn bản")

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
    public_of = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    public_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    public_at = models.DateTimeField(null=True)
    public_masks = models.JSONField(default=list)
    unmask_reason = models.TextField(blank=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    file_code = models.CharField(max_length=40, blank=True)
    competent = models.CharField(max_length=200, blank=True)
    read_back_at = models.DateTimeField(null=True)
    unread_reason = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_here")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    reason = models.TextField(blank=True)
    is_spoken = models.BooleanField(default=False)
    spoken = models.CharField(max_length=9, blank=True)
    shown_at = models.DateTimeField(null=True)
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
    def public_source(self) -> Text:
        """What the public wording is made of: the shorter wording, or the own words."""
        return self.summary or self.words

    @property
    def is_public_confirmed(self) -> bool:
        """Whether a person has confirmed the public wording of what now stands here."""
        return self.public_at is not None and self.public_of_id == (self.summary_id or self.words_id)

    @property
    def is_hidden(self) -> bool:
        """Whether author, text and target are hidden: a denunciation's always are."""
        return self.kind == self.Kind.DENUNCIATION

    @property
    def is_late(self) -> bool:
        """Whether it came after the last day on which a dialogue in writing takes opinions; it is taken all the same."""
        until = self.dialogue.written_until
        return until is not None and clock.day_of(self.received_at, self.agency.zone) > until

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


class Photo(models.Model):
    """A paper that was photographed or scanned with an opinion. The file is read by staff through a right, never by others."""

    class Kind(models.TextChoices):
        """What the file is, by its content."""

        JPEG = "jpg", later("JPEG")
        PNG = "png", later("PNG")
        PDF = "pdf", later("PDF")

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="photos")
    ordinal = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["opinion_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["opinion", "ordinal"], name="photo_ordinal")]

    def __str__(self) -> str:
        return f"{self.opinion.code}, giấy {self.ordinal}"


class Sorting(models.Model):
    """What an opinion was taken for before somebody classified it: so that the classification can be undone."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="sortings")
    kind = models.CharField(max_length=12, choices=Opinion.Kind.choices)
    topic = models.CharField(max_length=3, choices=Opinion.Topic.choices)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    competent = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["opinion_id", "pk"]

    def __str__(self) -> str:
        return f"{self.opinion.code}: {self.get_kind_display()}"


class Support(models.Model):
    """Somebody met the same as an opinion says: one for a device or a personal link, and never an opinion itself.

    `device` is a digest that differs from dialogue to dialogue and leads back to nobody.
    """

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="supports")
    device = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "device"], name="support_once")]

    def __str__(self) -> str:
        return self.opinion.code


class Grouping(models.Model):
    """Near-equal opinions of a dialogue, put into groups by the worker: suggestions, kept as codes."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="groupings")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    groups = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dialogue_id", "pk"]

    def __str__(self) -> str:
        return f"{self.dialogue.code}: {self.compared}/{self.total}"
