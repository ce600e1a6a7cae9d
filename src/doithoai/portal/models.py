"""What has been made public, when, and in which masked wording."""

from typing import cast

from django.db import models

from doithoai.directory.models import Agency
from doithoai.documents.models import Document
from doithoai.people.models import Staff, Text
from doithoai.planning.models import Dialogue
from doithoai.results.models import NoticeLine
from doithoai.rules.paper import NAMED, Kind


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
        kind = NAMED[cast(Kind, self.document.kind)].name
        if self.title.casefold().startswith(kind.casefold()):
            return self.title
        return f"{kind} {self.title[:1].lower()}{self.title[1:]}"


class PublicLine(models.Model):
    """One line of the notice as anyone may read it: masked, and reviewed by a person.

    `folded` is what a search looks through: the words without diacritics, each between two spaces. `revision` counts the
    times that more of it was hidden after it had become public.
    """

    line = models.OneToOneField(NoticeLine, on_delete=models.PROTECT, related_name="public")
    words = models.TextField()
    answer = models.TextField()
    folded = models.TextField()
    reviewed_by = models.CharField(max_length=60)
    on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.line)

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue it belongs to."""
        return self.line.notice.dialogue

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.chain

    @property
    def agency(self) -> Agency:
        """The agency it belongs to."""
        return self.dialogue.agency


class Shortening(models.Model):
    """More of a public line was hidden: when, by whom, and why, in words that anyone reads. The journal names the digests
    of what stood `earlier` and `later`; papers that were public already stay as they are."""

    line = models.ForeignKey(PublicLine, on_delete=models.PROTECT, related_name="shortenings")
    earlier = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    later = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        ordering = ["line_id", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.on:%d/%m/%Y}"
