"""What shows that a dialogue was held and answered: the papers that a scorer of administrative reform asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.documents.models import Document
from doithoai.documents.permissions import PRIVATE
from doithoai.planning.models import Deadline, Dialogue
from doithoai.portal.models import PublicLine
from doithoai.rules.vietnamese import short_date

ASKED: Final = ("plan", "announcement", "invitation", "synthesis", "minutes", "result_notice", "survey_report")
"""Kinds of papers that are asked for, in the order of the work."""
TOLD: Final = {
    "plan": "Kế hoạch đối thoại",
    "announcement": "Thông báo thời gian, địa điểm, nội dung",
    "invitation": "Giấy mời",
    "synthesis": "Tổng hợp vướng mắc trình lãnh đạo",
    "minutes": "Biên bản đối thoại",
    "result_notice": "Thông báo kết quả",
    "survey_report": "Báo cáo khảo sát sự hài lòng",
}
"""What they are called in the bundle. Papers are never translated, nor is their list."""
DEADLINES_HEADER: Final = ("viec", "quy_dinh", "can_cu", "han", "ngay_xong", "ket_qua")


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of evidence: what it is called on the page, and the issued papers of that kind."""

    kind: str
    name: str
    papers: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it. `published` counts the opinions that anyone can read with their answers."""

    dialogue: Dialogue
    lines: tuple[Line, ...]
    published: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of which there is no issued paper yet."""
        return tuple(line.name for line in self.lines if not line.papers)

    @property
    def papers(self) -> tuple[Document, ...]:
        """Every paper of the bundle, in its order."""
        return tuple(paper for line in self.lines for paper in line.papers)


def evidence_of(dialogue: Dialogue) -> Evidence:
    """What was dispatched, in two queries. Letters to one person about their own matter are never part of it."""
    own = Q(chain=dialogue.chain) | Q(planned__pk=dialogue.common_id or dialogue.pk)
    rows = Document.objects.filter(own, is_official=True, recalled_at=None).exclude(pdf="")
    rows = rows.exclude(dispatched_at=None)
    found = list(rows.exclude(kind__in=PRIVATE).order_by("issued_on", "pk"))
    names = _names()
    lines = tuple(Line(kind, names[kind], tuple(row for row in found if row.kind == kind)) for kind in ASKED)
    return Evidence(dialogue, lines, PublicLine.objects.filter(line__notice__dialogue=dialogue).count())


def _names() -> dict[str, str]:
    return {
        "plan": _("Kế hoạch đối thoại"),
        "announcement": _("Thông báo thời gian, địa điểm, nội dung"),
        "invitation": _("Giấy mời"),
        "synthesis": _("Tổng hợp vướng mắc trình lãnh đạo"),
        "minutes": _("Biên bản đối thoại"),
        "result_notice": _("Thông báo kết quả"),
        "survey_report": _("Báo cáo khảo sát sự hài lòng"),
    }


def deadlines_table(dialogue: Dialogue) -> Iterator[Sequence[str]]:
    """The binding deadlines for a spreadsheet: what, by which rule and law, until when, done when, and whether in time."""
    rows = Deadline.objects.filter(dialogue=dialogue, superseded_at=None, is_binding=True).order_by("due_on", "pk")
    for row in rows:
        done = short_date(row.met_on) if row.met_on else ""
        kept = "" if row.met_on is None else "đúng hạn" if row.met_on <= row.due_on else "quá hạn"
        yield row.duty, row.rule, row.law, short_date(row.due_on), done, kept
