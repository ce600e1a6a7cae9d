"""A plan corrected while it is a draft: its data and its sentences in one act, its paper after them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import overtaken, write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.actions.drafting import require_co_chair
from doithoai.planning.actions.filling import fill, require_whole
from doithoai.planning.actions.sharing import follow, is_wordable
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import NOTHING, Beyond, Kept
from doithoai.planning.models import Dialogue

SITTING_PARTS: Final = ("sector", "date", "start", "end", "expected", "invite", "lead_office")
WHOLE_PARTS: Final = (
    "subject",
    "mode",
    "platform",
    "co_chair",
    "quotas",
    "attendance",
    "recipients",
    "purposes",
    "requirements",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected draft, which rows of the one before it stayed, and what its wording does not hold.

    `was` is the draft that was corrected: where the dialogue's is another one by now, somebody was faster. `stood` is
    what the dialogue had beyond its wording then: only what is said otherwise in `beyond` is written.
    """

    was: PlanDraft
    draft: PlanDraft
    kept: Kept
    beyond: Beyond
    stood: Beyond = NOTHING


def require_wordable(dialogue: Dialogue) -> None:
    """NotNow once the plan's paper, own or shared, was submitted: it is returned first."""
    if not is_wordable(dialogue):
        raise NotNow(_("Chưa sửa được: kế hoạch đã trình hoặc đã ban hành. Trả lại văn bản để sửa trước."))


@verb("plan.correct", may=permissions.may_prepare)
def correct(dialogue: Dialogue, made: Correction, *, chair: Staff, actor: Actor, now: datetime) -> Dialogue:
    """Bring rows, sentences and the paper of a draft to a corrected plan; the journal names what changed.

    Overtaken where the plan was changed since it was opened. NotNow once its paper was submitted, where the corrected
    plan lacks something, or where a row in use would be taken out.
    """
    require_wordable(dialogue)
    require_whole(made.draft, made.beyond, _("Chưa sửa được"))
    require_co_chair(made.draft, chair, _("Chưa sửa được"))
    before = PlanDraft.from_json(dialogue.plan_text)
    if before != made.was:
        raise overtaken()
    changed = list(_changes(before, made, dialogue, chair))
    _write_head(dialogue, made.draft, chair)
    fill(dialogue, made.draft, made.beyond, before=before, kept=made.kept, stood=made.stood)
    follow(dialogue, before.as_json(), actor=actor, now=now)
    record(dialogue.chain, changed=" ".join(changed), count=len(changed))
    return dialogue


def _write_head(dialogue: Dialogue, draft: PlanDraft, chair: Staff) -> None:
    write(
        dialogue,
        subject=draft.subject,
        territory=draft.territory or dialogue.agency.territory,
        mode=draft.mode,
        platform=draft.platform or "",
        platform_as_written=draft.platform_as_written or "",
        plan_text=draft.as_json(),
        chair_id=chair.pk,
    )
    dialogue.chair = chair


def _changes(before: PlanDraft, made: Correction, dialogue: Dialogue, chair: Staff) -> Iterator[str]:
    """What changed, for the journal: figures as they were and are, of everything in words only that it changed."""
    after = made.draft
    yield from (name for name in WHOLE_PARTS if getattr(before, name) != getattr(after, name))
    for at, row in zip(made.kept.sittings, after.sittings, strict=True):
        was = None if at is None else before.sittings[at]
        for name in SITTING_PARTS if was else ():
            old, new = getattr(was, name), getattr(row, name)
            if old != new:
                yield f"B{(at or 0) + 1}.{name}" + (f"={old}>{new}" if name not in ("sector", "lead_office") else "")
    for name in ("venues", "sittings", "duties"):
        rows, kept = getattr(after, name), getattr(made.kept, name)
        gone = len(getattr(before, name)) - sum(at is not None for at in kept)
        added = sum(at is None for at in kept)
        touched = sum(at is not None and getattr(before, name)[at] != row for at, row in zip(kept, rows, strict=True))
        if gone or added or (touched and name != "sittings"):
            yield f"{name}=+{added}-{gone}~{touched}"
    if before.clauses != after.clauses or before.preamble != after.preamble or before.closing != after.closing:
        yield "sentences"
    if dialogue.chair_id != chair.pk:
        yield f"chair={chair.code}"
