"""What has been made public, when, and in which masked wording."""

from typing import cast

from django.db import models

from doithoai.documents.models import Document
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine
from doithoai.rules.paper import TITLES, Kind


class Publication(models.Model):
    """One paper made public on a day."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="publications")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="publication")
    title = models.CharField(max_length=300)
    on = models.DateField()

    def __str__(self) -> str:
        return self.title

    @property
    def full_title(self) -> str:
        """The title beginning with what kind of paper it is: “Thông báo kết quả giải quyết …”."""
        kind = TITLES[cast(Kind, self.document.kind)][0].capitalize()
        if self.title.casefold().startswith(kind.casefold()):
            return self.title
        return f"{kind} {self.title[:1].lower()}{self.title[1:]}"


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
