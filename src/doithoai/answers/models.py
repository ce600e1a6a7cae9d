"""Answers, their terms, and what was promised."""

from django.db import models

from doithoai.answers.states import ANSWER, PROPOSAL
from doithoai.directory.models import Agency, Office, Procedure
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.words import later
from doithoai.people.models import Staff, Text
from doithoai.planning.models import Dialogue, Sitting


class Answer(models.Model):
    """The answer that an opinion is owed: one lead office, any supporting ones, one competent authority.

    It is issued as an item of the result notice (the rule) or as a letter of its own.
    """

    class Form(models.TextChoices):
        """How it reaches the person."""

        NOTICE = "notice", later("Mục trong Thông báo kết quả")
        LETTER = "letter", later("Văn bản riêng")

    class Uptake(models.TextChoices):
        """What became of the proposal."""

        FULL = "full", later("Tiếp thu")
        PART = "part", later("Tiếp thu một phần")
        NONE = "none", later("Không tiếp thu")

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="answer")
    lead = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="led_answers")
    supporting = models.ManyToManyField(Office, related_name="supported_answers")
    state = models.CharField(max_length=10, choices=ANSWER.choices, default=ANSWER.start)
    revision = models.PositiveIntegerField(default=1)
    form = models.CharField(max_length=6, choices=Form.choices, default=Form.NOTICE)
    text = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    next_step = models.TextField(blank=True)
    uptake = models.CharField(max_length=4, choices=Uptake.choices, blank=True)
    uptake_reason = models.TextField(blank=True)
    return_reason = models.TextField(blank=True)
    asked_of = models.CharField(max_length=200, blank=True)
    offered_to = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="answers")
    item = models.PositiveIntegerField(null=True)
    given_on_the_spot = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.opinion.code}: {self.get_state_display()}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.opinion.chain

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.opinion.agency


class AnswerRevision(models.Model):
    """A text of an answer that is not its present one: what stood before, or what somebody wrote from an older
    revision and could not save (`is_set_aside`). Nothing that was typed is lost."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    is_set_aside = models.BooleanField(default=False)

    class Meta:
        ordering = ["answer_id", "pk"]

    def __str__(self) -> str:
        return f"{self.answer.opinion.code} bản {self.revision}"


class Extension(models.Model):
    """A longer term for one answer, with the reason and who signed it."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="extensions")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="extension")

    def __str__(self) -> str:
        return f"{self.answer.opinion.code}: {self.to_on:%d/%m/%Y}"


class Commitment(models.Model):
    """What was promised in the sitting: which office, until which day, whom to ask."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="commitments")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, null=True, related_name="commitments")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="commitments")
    what = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    contact = models.CharField(max_length=120)
    contact_phone = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["dialogue_id", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.office}: {self.due_on:%d/%m/%Y}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class Dossier(models.Model):
    """The synthesis of difficulties of one sitting, submitted to the head before the day; or of a whole `dialogue` that
    is held in writing. It is of one of the two."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, null=True, related_name="dossier")
    dialogue = models.OneToOneField(Dialogue, on_delete=models.PROTECT, null=True, related_name="dossier")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="dossier")
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sitting=None) ^ models.Q(dialogue=None), name="dossier_of_one")
        ]

    def __str__(self) -> str:
        return self.subject.code

    @property
    def subject(self) -> Sitting | Dialogue:
        """What it is the synthesis of."""
        found = self.sitting or self.dialogue
        assert found is not None  # the table keeps it so
        return found

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.subject.agency

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.subject.chain


class Remark(models.Model):
    """What a supporting office says about an answer: facts of its own field. The lead alone answers."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="remarks")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField()
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["answer_id", "pk"]

    def __str__(self) -> str:
        return f"{self.answer.opinion.code}: {self.office}"


class Wording(models.Model):
    """A block of words that an office uses again: for a procedure, or for any answer. It holds nobody's name."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="wordings")
    ordinal = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=300, blank=True)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, null=True, related_name="+")
    saved_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["office_id", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "ordinal"], name="wording_ordinal")]

    def __str__(self) -> str:
        return f"{self.office}: {self.title}"

    @property
    def chain(self) -> str:
        """The journal chain of the agency."""
        return self.office.agency.chain

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.office.agency


class SentBack(models.Model):
    """A dossier that the head sent back: when, why, and as which paper it stood then."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sent_back")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["dossier_id", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.at:%d/%m/%Y}"


class SentBackItem(models.Model):
    """One matter of a dossier that the head wants otherwise, and why; settled once its office has seen to it."""

    sent_back = models.ForeignKey(SentBack, on_delete=models.PROTECT, related_name="items")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_back_id", "opinion__ordinal"]

    def __str__(self) -> str:
        return f"{self.opinion.code}: {self.sent_back}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.sent_back.dossier.chain


class Proposal(models.Model):
    """What an agency proposes to the body that is competent to amend a rule or a procedure, and what that body replied.

    It grows out of one opinion: what the person met, which rule stands in the way, how it should read.
    """

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="proposals")
    ordinal = models.PositiveIntegerField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    rule = models.CharField(max_length=300)
    trouble = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    wish = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=PROPOSAL.choices, default=PROPOSAL.start)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="proposal")
    sent_on = models.DateField(null=True)
    reply_number = models.CharField(max_length=60, blank=True)
    reply_on = models.DateField(null=True)
    reply = models.ForeignKey(Text, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["opinion__dialogue_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["opinion", "ordinal"], name="proposal_ordinal")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The code by which addresses and the journal name it."""
        return f"{self.opinion.code}-KN{self.ordinal}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.opinion.chain

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.opinion.agency
