"""The result notice: every opinion in one paper, its outcome frozen as it was issued."""

from django.db import models

from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.kernel.words import later
from doithoai.planning.models import Dialogue


class ResultNotice(models.Model):
    """The notice of one dialogue, drafted from the very rows that it reports."""

    dialogue = models.OneToOneField(Dialogue, on_delete=models.PROTECT, related_name="notice")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="notice")
    drafted_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Thông báo kết quả {self.dialogue.code}"

    @property
    def chain(self) -> str:
        """The journal chain of the dialogue it belongs to."""
        return self.dialogue.code


class NoticeLine(models.Model):
    """One opinion's line in the notice: its content and result as printed, masked, and its outcome on the day of issue.

    `revision` is that of the answer which the result quotes; 0 where it quotes none.
    """

    class Outcome(models.TextChoices):
        """What had become of the opinion when the notice was issued."""

        ANSWERED = "answered", later("Đã giải quyết, trả lời")
        IN_HAND = "in_hand", later("Đang giải quyết")
        TRANSFERRED = "transferred", later("Không thuộc thẩm quyền, đã chuyển")
        GUIDED = "guided", later("Đã hướng dẫn theo pháp luật khiếu nại, tố cáo")
        NOT_TAKEN = "not_taken", later("Không tiếp nhận, đã nêu lý do")

    notice = models.ForeignKey(ResultNotice, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="notice_lines")
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    words = models.TextField()
    wording = models.TextField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["notice_id", "number"]
        constraints = [models.UniqueConstraint(fields=["notice", "opinion"], name="notice_line_opinion")]

    def __str__(self) -> str:
        return f"{self.number}. {self.opinion.code}"
