"""One plan that holds several dialogues: which sittings belong together, each group a dialogue of its own."""

from collections.abc import Sequence
from dataclasses import replace

from doithoai.planning.forms.parts import quotas_for
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import Beyond, Part


def parts_of(draft: PlanDraft, beyond: Beyond, groups: Sequence[str]) -> list[Part]:
    """The dialogues of a plan; `groups` says of each sitting to which it belongs, "" to none that is made now."""
    chosen = [name for name in dict.fromkeys(groups) if name]
    if len(set(groups)) < 2:
        return [Part(draft, beyond)] if chosen or not groups else []
    return [
        _part(draft, beyond, [at for at, name in enumerate(groups) if name == one], n)
        for n, one in enumerate(chosen, 1)
    ]


def left_of(draft: PlanDraft, beyond: Beyond, groups: Sequence[str]) -> Part | None:
    """The sittings that belong to none now, for later; None where nothing is left or nothing is made."""
    at = [i for i, name in enumerate(groups) if not name]
    return _part(draft, beyond, at, 1) if at and len(at) < len(groups) else None


def _part(draft: PlanDraft, beyond: Beyond, at: Sequence[int], number: int) -> Part:
    sittings = tuple(draft.sittings[i] for i in at)
    quotas = tuple(row for row in draft.quotas if any(row in quotas_for(draft, sitting) for sitting in sittings))
    subject = f"{draft.subject} (cuộc {number})" if draft.subject and number > 1 else draft.subject
    own = replace(
        draft,
        subject=subject,
        sittings=sittings,
        sectors=tuple(dict.fromkeys(row.sector for row in sittings if row.sector)),
        quotas=quotas,
        expected_total=sum(row.expected or 0 for row in sittings) or None,
    )
    return Part(own, replace(beyond, tentative=tuple(beyond.when(i) for i in at)))
