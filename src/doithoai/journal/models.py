"""The tamper-evident record: chains of entries, the heads that have left the house, and what devices were answered."""

from django.db import models

from doithoai.kernel.words import later


class Chain(models.Model):
    """One hash chain: a dialogue's, or an agency's for every act without a dialogue."""

    key = models.CharField(max_length=40, unique=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        db_table = "journal_chain"

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """One act. `body` is the very text that was hashed; rows are never changed or deleted."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, db_index=True)
    body = models.TextField()

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="journal_entry_number")]

    def __str__(self) -> str:
        return f"{self.chain.key} {self.number} {self.verb}"


class Witness(models.Model):
    """A head that left the house (printed, sent, made public), kept to be compared with the chain."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="witnesses")
    number = models.PositiveIntegerField()
    head = models.CharField(max_length=64, db_index=True)
    where = models.CharField(max_length=120)

    class Meta:
        db_table = "journal_witness"

    def __str__(self) -> str:
        return f"{self.where}: {self.chain.key} {self.number}"


class Receipt(models.Model):
    """A command that a device sent, and what came of it: stored with the effect, so that asking again changes nothing.

    `at` is the device's own clock. `answer` holds a refusal's sentence or facts such as codes, never personal data.
    """

    class Outcome(models.TextChoices):
        """Whether the act was done."""

        DONE = "done", later("Đã ghi")
        REFUSED = "refused", later("Không nhận")

    key = models.CharField(max_length=36, unique=True)
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    device = models.CharField(max_length=36)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.JSONField(default=dict)

    class Meta:
        db_table = "journal_receipt"

    def __str__(self) -> str:
        return f"{self.name} {self.key}"
