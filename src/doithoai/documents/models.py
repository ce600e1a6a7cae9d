"""Official papers, their numbers, their files, and the jobs that render them."""

from django.db import models

from doithoai.directory.models import Agency, Office
from doithoai.documents.states import BROUGHT, DOCUMENT
from doithoai.kernel.words import later
from doithoai.people.models import Staff
from doithoai.rules.paper import NAMED, Paper, from_json

NAMES: dict[str, str] = {kind: named.name for kind, named in NAMED.items()}
"""What a list calls a kind of paper that has a name: “Giấy mời”."""


class Document(models.Model):
    """A paper from its draft to its dispatch. `paper` is the model both renderers read.

    A working paper (a list to sign, a script) is never numbered: `is_official` is False and it is
    rendered straight from its draft.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    chain = models.CharField(max_length=40, db_index=True)
    code = models.CharField(max_length=50, unique=True)
    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=60, blank=True)
    issuer = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="issued")
    drafting = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="drafted")
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="drafted")
    is_official = models.BooleanField(default=True)
    subject = models.CharField(max_length=400)
    whom = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=12, choices=DOCUMENT.choices, default=DOCUMENT.start)
    revision = models.PositiveIntegerField(default=1)
    paper = models.TextField()
    salt = models.CharField(max_length=32)
    return_reason = models.TextField(blank=True)
    content_ticked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    form_ticked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    signer = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="signed")
    number = models.PositiveIntegerField(null=True)
    symbol = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    head = models.CharField(max_length=64, blank=True)
    copies = models.PositiveIntegerField(default=1)
    pdf = models.CharField(max_length=64, blank=True)
    docx = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveIntegerField(default=0)
    docx_size = models.PositiveIntegerField(default=0)
    sealed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)
    recalling = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.full_title

    @property
    def number_text(self) -> str:
        """The number as printed, such as “07/GM-TCKH”; empty before it has one."""
        return f"{self.number:02d}/{self.symbol}" if self.number else ""

    @property
    def full_title(self) -> str:
        """Subject, whom or which sitting it is for, and the number: never alike for two papers of one kind."""
        return f"{self.title} ({self.number_text})" if self.number else self.title

    @property
    def title(self) -> str:
        """What kind of paper it is, its subject, and whom or which sitting it is for: “Giấy mời tham dự …, công dân”."""
        name = NAMES.get(self.kind, "")
        subject = _after(name, self.subject)
        return f"{subject}, {self.whom}" if self.whom else subject

    @property
    def is_recalled(self) -> bool:
        """Whether it was taken back: it is no longer given out to anyone outside."""
        return self.recalled_at is not None

    @property
    def model(self) -> Paper:
        """The paper as both renderers read it, parsed anew: a cached one would outlive a refresh of the row."""
        return from_json(self.paper)


def _after(name: str, subject: str) -> str:
    """The subject behind the name of its kind, no word twice: “Phiếu chuyển” and “Chuyển kiến nghị” share one."""
    first, _space, rest = subject.partition(" ")
    if not name or subject.casefold().startswith(name.casefold()):
        return subject
    if name.casefold().endswith(first.casefold()):
        return f"{name} {rest}"
    lowered = subject if subject[1:2].isupper() else f"{subject[:1].lower()}{subject[1:]}"
    return f"{name} {lowered}"


class Copy(models.Model):
    """One recipient's copy of a paper: same number, own addressee and link."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="copy_rows")
    ordinal = models.PositiveIntegerField()
    recipient = models.CharField(max_length=40)
    paper = models.TextField()
    pdf = models.CharField(max_length=64, blank=True)
    docx = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="copy_ordinal")]

    def __str__(self) -> str:
        return f"{self.document.code} bản {self.ordinal}"

    @property
    def model(self) -> Paper:
        """The copy as both renderers read it."""
        return from_json(self.paper)


class Register(models.Model):
    """A number given in the register of an issuing body in one year: number and symbol together are unique."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registers")
    issuer = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="register")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "issuer", "year", "number", "symbol"], name="register_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.symbol} ({self.year})"


class Job(models.Model):
    """Rendering that waits for the worker. A crash leaves the row; the job runs again with the same number."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="jobs")
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "asked_at"], name="job_waiting")]

    def __str__(self) -> str:
        return f"{self.document.code}: {'xong' if self.done_at else 'đang chờ'}"


class Brought(models.Model):
    """A file of a paper that came back from outside (edited in Word, signed, scanned), and how its words differ.

    `changes` is the comparison with revision `revision` as canonical JSON, frozen when the file came; `words` is what
    could be read in it, a paragraph a line, empty for a scan. Once confirmed it is the paper's issued file of its kind
    and `replaced` names the file that was it before. `concerns` are warnings of other rooms: words, address, label.
    """

    class Kind(models.TextChoices):
        """What was brought."""

        DOCX = "docx", later("DOCX")
        PDF = "pdf", later("PDF")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="brought")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=BROUGHT.choices, default=BROUGHT.start)
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    changes = models.TextField()
    concerns = models.JSONField(default=list)
    replaced = models.CharField(max_length=64, blank=True)
    brought_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField()
    settled_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="brought_ordinal")]

    def __str__(self) -> str:
        return f"{self.document.code} tệp đưa về {self.ordinal}"

    @property
    def chain(self) -> str:
        """The journal chain of its paper."""
        return self.document.chain

    @property
    def is_readable(self) -> bool:
        """Whether words could be read in it; a scan has none."""
        return bool(self.words)
