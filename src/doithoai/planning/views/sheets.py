"""An official paper as a page shows it: the same model that both renderers read, in HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from doithoai.directory.models import Agency
from doithoai.people.models import Staff
from doithoai.planning.imports import PlanDraft
from doithoai.planning.papers import drafted_paper
from doithoai.rules.paper import Paper
from doithoai.rules.paper.printed import Line, printed
from doithoai.rules.paper.wording import cleaned, date_line, number_line, recipient_lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in the order in which it is read."""

    paper: Paper
    number: str
    dated: str
    lines: tuple[Line, ...]
    recipients: tuple[str, ...]


def sheet_of(paper: Paper) -> Sheet:
    """A paper without tables for reading on a page."""
    shown = cleaned(paper)
    lines = tuple(row for row in printed(shown.blocks) if isinstance(row, Line))
    return Sheet(shown, number_line(shown), date_line(shown), lines, recipient_lines(shown))


def preview(agency: Agency, draft: PlanDraft, bases: tuple[str, ...], chair: Staff | None, on: date) -> Sheet:
    """The plan as it would be printed; a signer not chosen yet leaves the name blank."""
    text = draft.as_json()
    text["recipients"] = list(_recipients(draft))
    signer = chair or Staff(name="", title=agency.head_title, agency=agency)
    subject = draft.subject or "……"
    return sheet_of(drafted_paper(agency, text, subject=subject, bases=bases, signer=signer, on=on))


def _recipients(draft: PlanDraft) -> Iterator[str]:
    yield from draft.recipients
    if not draft.recipients or not draft.recipients[-1].startswith("Lưu:"):
        yield "Lưu: VT"
