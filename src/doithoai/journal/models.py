"""The tamper-evident record: chains of entries, and the heads that have left the house."""

from django.db import models


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
