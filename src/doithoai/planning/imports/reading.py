"""A file with a plan in, a draft out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from . import conflicts
from .agenda import read_form, read_venues
from .chairs import chair_doubts, chair_of, co_chair_of
from .clauses import Node, Outline, outline
from .draft import Doubt, PlanDraft
from .duties import leads, read_duties
from .heading import read_heading
from .layout import Paragraph
from .names import same, sectors_in
from .people import read_attendance, read_foot, registration_doubts
from .sittings import read_expected, read_sittings, read_slots
from .sources import read_paragraphs
from .unreadable import Unreadable

_AIMS = ("mục đích", "yêu cầu")
_TASKS = ("tổ chức thực hiện", "phân công", "trách nhiệm")


def read_plan(path: Path) -> PlanDraft:
    """The plan in a .docx, .pdf, .txt or .md file, as written.

    Texts are kept as found, blanks stay null, and whatever is missing, ambiguous or contradicts
    itself is a doubt with its clause: nothing is guessed. Raises Unreadable when the file cannot
    be opened or is not the plan of a dialogue.
    """
    return draft_of(*read_paragraphs(path))


def draft_of(found: Sequence[Paragraph], doubts: Sequence[Doubt] = ()) -> PlanDraft:
    """The draft of a plan given as paragraphs. Raises Unreadable as `read_plan` does."""
    plan = outline(found)
    _must_be_a_dialogue(plan, found)
    return _Reading(plan, doubts).draft()


def _must_be_a_dialogue(plan: Outline, found: Sequence[Paragraph]) -> None:
    if "đối thoại" not in " ".join([plan.subject, *plan.preamble]).lower():
        title = next(part for part in found if part.text.startswith("KẾ HOẠCH"))
        raise Unreadable(
            f"{title.where}: có kế hoạch “{plan.subject}”, không phải kế hoạch đối thoại. "
            "Cần trích yếu có chữ “đối thoại”."
        )


class _Reading:
    """One pass over an outline; each part is read once, in the order in which parts need each other."""

    def __init__(self, plan: Outline, doubts: Sequence[Doubt] = ()) -> None:
        self.source_doubts = doubts
        tasks = plan.sections(*_TASKS)
        self.plan = plan
        self.aims = [root for root in plan.sections(*_AIMS) if root not in tasks]
        self.content = [root for root in plan.roots if root not in (*tasks, *self.aims)]
        self.heading = read_heading(plan)
        self.form = read_form(self.content)
        self.venues, self.venue_doubts = read_venues(self.content, self.form.mode)
        self.sectors = _named_sectors(self.content)
        self.slots, self.slot_doubts = read_slots(self.content, self.sectors)
        self.expected = read_expected(self.content, self.slots)
        self.tasks = read_duties(tasks)
        invites, self.lead_doubts = leads(self.slots, self.tasks)
        self.sittings = read_sittings(self.slots, self.expected, invites)
        self.attendance, self.attendance_doubts = read_attendance(self.content, self.venues)
        self.recipients, self.signer, self.foot_doubts = read_foot(plan.foot)

    def draft(self) -> PlanDraft:
        heading = self.heading
        return PlanDraft(
            issuer=heading.issuer,
            number=heading.number,
            symbol=heading.symbol,
            issue_place=heading.issue_place,
            date=heading.date,
            month=heading.month,
            issue_year=heading.issue_year,
            parent=heading.parent,
            subject=heading.subject,
            year=heading.year,
            territory=heading.territory,
            mode=self.form.mode,
            platform=self.form.platform,
            platform_as_written=self.form.platform_as_written,
            sectors=self.sectors,
            venues=self.venues,
            sittings=self.sittings,
            expected_total=self.expected.total,
            quotas=self.tasks.quotas,
            chair=chair_of(self.attendance),
            co_chair=co_chair_of(self.attendance),
            attendance=self.attendance,
            duties=self.tasks.duties,
            recipients=self.recipients,
            signer=self.signer,
            purposes=_under(self.aims, "mục đích"),
            requirements=_under(self.aims, "yêu cầu"),
            preamble=self.plan.preamble,
            clauses=self.plan.clauses(),
            closing=self.plan.closing,
            doubts=tuple(dict.fromkeys(self._doubts())),
        )

    def _doubts(self) -> Iterable[Doubt]:
        yield from self.source_doubts
        yield from self.heading.doubts
        yield from self.form.doubts
        yield from self.venue_doubts
        yield from self.slot_doubts
        yield from self.expected.doubts
        yield from conflicts.in_sittings(self.sittings, self.sectors, self.expected)
        yield from conflicts.in_dates(self.heading, self.sittings)
        yield from self.attendance_doubts
        yield from chair_doubts(self.attendance)
        yield from registration_doubts(self.content, self.tasks.quotas)
        yield from conflicts.in_duties(self.heading, self.venues, self.sittings, self.tasks.duties)
        yield from self.tasks.doubts
        yield from self.lead_doubts
        yield from conflicts.in_quotas(self.tasks.quotas, self.venues)
        yield from self.foot_doubts
        yield from conflicts.unaddressed(self.recipients, self.tasks.duties, self.attendance)


def _named_sectors(content: Sequence[Node]) -> tuple[str, ...]:
    names: list[str] = []
    for root in content:
        for node in root.walk():
            names += [name for name in sectors_in(node.text) if not any(same(name, n) for n in names)]
    return tuple(names)


def _under(aims: Sequence[Node], word: str) -> tuple[str, ...]:
    """The paragraphs under the heading "Mục đích" or "Yêu cầu"; under a joint heading, under both."""
    headings = [node for root in aims for node in root.walk() if node.text.lower().startswith(word)]
    inner = [node for node in headings if not any(other in node.below() for other in headings)]
    return tuple(node.text for heading in inner for node in heading.below())
