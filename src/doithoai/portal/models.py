"""What has been made public, when, and in which masked wording."""

from django.db import models

from doithoai.documents.models import Document
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine


class Publication(models.Model):
    """One paper made public on a day."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="publications")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="publication")
    title = models.CharField(max_length=300)
    on = models.DateField()

    def __str__(self) -> str:
        return self.title


class PublicLine(models.Model):
    """One line of the notice as anyone may read it: masked, and reviewed by a person.

    `folded` is what a search looks through: the words without diacritics, each between two spaces.
    """

    line = models.OneToOneField(NoticeLine, on_delete=models.PROTECT, related_name="public")
    words = models.TextField()
    answer = models.TextField()
    folded = models.TextField()
    reviewed_by = models.CharField(max_length=60)
    on = models.DateField()

    def __str__(self) -> str:
        return str(self.line)
