"""What came out: every sum with its two sides, every deadline with its arithmetic, as scripts read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.journal.queries import heads
from doithoai.kernel import plugs
from doithoai.live.queries import turn_figures
from doithoai.ops.rehearse.telling import leave_evidence
from doithoai.ops.verify import faults
from doithoai.planning.models import Deadline, Dialogue
from doithoai.results.queries import differences, notice_figures, opinion_figures
from doithoai.roster.queries import attendance_figures

LATER: Final = ("announcement", "broadcast", "opening_report")


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts of `summary.json`, and what does not add up."""

    facts: dict[str, Any]
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every sum holds and the journal is whole."""
        return not self.wrong


def summarise(dialogue: Dialogue, out: Path, seconds: dict[str, float]) -> Summary:
    """Reconcile a rehearsed dialogue, leave its papers in `out`, and say what differs."""
    people, turns = attendance_figures(dialogue), turn_figures(dialogue)
    opinions, notice = opinion_figures(dialogue), notice_figures(dialogue)
    faulty = [str(fault) for fault in faults()]
    wrong = [*_unequal(people, turns), *map(str, differences(dialogue)), *faulty]
    facts = {
        "rehearsal": True,
        "dialogue": {"code": dialogue.code, "subject": dialogue.subject, "state": dialogue.state},
        "people": people,
        "turns": turns,
        "opinions": opinions,
        "notice": notice,
        **_papers_apart(list(_papers(dialogue, out))),
        "evidence": leave_evidence(dialogue, out),
        "deadlines": [_deadline(row) for row in dialogue.deadlines.filter(superseded_at=None)],
        "journal": {
            "entries": Entry.objects.count(),
            "heads": heads(),
            "head": heads()[dialogue.code],
            "verified": not faulty,
        },
        "differences": wrong,
        "seconds": seconds,
    }
    return Summary(facts, tuple(wrong))


def _unequal(people: dict[str, int], turns: dict[str, int]) -> Iterator[str]:
    came = ("attended", "substituted", "absent_with_reason", "absent_without", "released")
    sums = (
        ("Người được mời", people["invited"], sum(people[name] for name in came)),
        ("Lượt gọi", turns["called"], sum(turns[name] for name in ("spoke", "skipped", "withdrawn", "unheard"))),
        ("Lượt đã ghi biên bản", turns["minuted"], turns["spoke"]),
    )
    for what, left, right in sums:
        if left != right:
            yield f"{what}: {left} ≠ {right}"


def _papers_apart(papers: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The kinds of papers that scripts know, and the later ones beside them."""
    known = [paper for paper in papers if paper["kind"] not in LATER]
    return {"papers": known, "other_papers": [paper for paper in papers if paper["kind"] in LATER]}


def _papers(dialogue: Dialogue, out: Path) -> Iterator[dict[str, Any]]:
    folder = out / "papers"
    folder.mkdir(exist_ok=True)
    for ordinal, document in enumerate(Document.objects.filter(chain=dialogue.code).order_by("pk"), start=1):
        if not document.pdf:
            continue
        name = f"{ordinal:02d}-{document.kind}"
        if document.number:
            name += f"-{document.number:02d}-{document.symbol}"
        _leave(folder / f"{name}.pdf", document.pdf)
        _leave(folder / f"{name}.docx", document.docx)
        for copy in document.copy_rows.order_by("ordinal"):
            (folder / name).mkdir(exist_ok=True)
            _leave(folder / name / f"{copy.ordinal:02d}.pdf", copy.pdf)
            _leave(folder / name / f"{copy.ordinal:02d}.docx", copy.docx)
        yield {
            "kind": _contract_kind(document.kind),
            "number": document.number_text,
            "subject": document.subject,
            "copies": document.copies,
            "docx": f"papers/{name}.docx",
            "pdf": f"papers/{name}.pdf",
            "sha256": {"docx": document.docx, "pdf": document.pdf},
        }


def _contract_kind(kind: str) -> str:
    return "list" if kind in ("attendance_list", "delivery_list", "call_list") else kind


def _leave(path: Path, sha256: str) -> None:
    path.write_bytes(plugs.files().get(sha256))


def _deadline(row: Deadline) -> dict[str, Any]:
    return {
        "duty": row.duty,
        "rule": row.rule,
        "law": row.law,
        "anchor": row.anchor,
        "anchor_on": row.anchor_on.isoformat(),
        "count": row.count,
        "unit": row.unit,
        "side": row.side,
        "due_on": row.due_on.isoformat(),
        "plan_for": row.plan_for.isoformat(),
        "binding": row.is_binding,
        "met_on": row.met_on.isoformat() if row.met_on else None,
        "arithmetic": row.arithmetic,
        "warnings": row.warnings,
    }
