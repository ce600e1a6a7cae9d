"""A plan being written or read: kept at every step, made into one dialogue or several when it is whole, or given up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System
from doithoai.kernel.moves import revise, write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.actions import correcting
from doithoai.planning.actions.correcting import Correction
from doithoai.planning.actions.drafting import create
from doithoai.planning.actions.scheduling import plan_shared
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import NOTHING, Beyond, Part
from doithoai.planning.models import Dialogue, Writing


@verb("writing.start", may=permissions.may_create)
def start(
    agency: Agency,
    said: Mapping[str, Any],
    *,
    step: str,
    read: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> Writing:
    """Begin a plan with what is proposed, or with one that was `read`; anybody of the agency who plans can go on."""
    year = clock.day_of(now, agency.zone).year
    ordinal = Writing.objects.filter(agency=agency, code__startswith=f"{agency.code}-{year}-S").count() + 1
    row = Writing.objects.create(
        agency=agency,
        code=f"{agency.code}-{year}-S{ordinal:02d}",
        said=dict(said),
        read=dict(read or {}),
        step=step,
        by_id=actor.staff_id,
        saved_at=now,
    )
    record(agency.chain, writing=row.code)
    return row


@verb("writing.save", may=permissions.may_write)
def save(
    writing: Writing, step: str, typed: Mapping[str, Any], *, revision: int, actor: Actor, now: datetime
) -> Writing:
    """Keep one step as it was typed. Overtaken when somebody saved since: their words stay, and so does the page's."""
    _require_open(writing)
    writing.revision = revision
    revise(writing, said={**writing.said, step: dict(typed)}, step=step, by_id=actor.staff_id, saved_at=now)
    record(writing.chain, writing=writing.code, step=step)
    return writing


@verb("writing.correct", may=permissions.may_write)
def correct(writing: Writing, read: Mapping[str, Any], *, revision: int, actor: Actor, now: datetime) -> Writing:
    """Keep a plan that was read, with the corrections made so far. Overtaken when somebody saved since."""
    _require_open(writing)
    writing.revision = revision
    revise(writing, read=dict(read), by_id=actor.staff_id, saved_at=now)
    record(writing.chain, writing=writing.code)
    return writing


@verb("writing.drop", may=permissions.may_write)
def drop(writing: Writing, *, actor: Actor, now: datetime) -> Writing:
    """Give a plan up that became no dialogue: what was typed or read is emptied, its code stays used."""
    _require_open(writing)
    write(writing, said={}, read={}, step=Writing.DROPPED, saved_at=now)
    record(writing.chain, writing=writing.code)
    return writing


@verb("writing.apply", may=permissions.may_write)
def apply(
    writing: Writing, dialogue: Dialogue, made: Correction, *, chair: Staff, actor: Actor, now: datetime
) -> Dialogue:
    """Bring the corrections of a plan that is a dialogue already to that dialogue, see `plan.correct`."""
    _require_open(writing)
    if dialogue.agency_id != writing.agency_id:
        raise NotNow(_("Chưa sửa được: kế hoạch này của cơ quan khác."))
    correcting.correct(dialogue, made, chair=chair, actor=actor, now=now)
    write(writing, step=Writing.APPLIED)
    record(writing.chain, writing=writing.code, dialogue=dialogue.code)
    return dialogue


@verb("writing.split", may=permissions.may_write)
def split(
    writing: Writing,
    parts: Sequence[Part],
    *,
    chair: Staff,
    common: Dialogue | None = None,
    rest: Mapping[str, Any] | None = None,
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Make each of these parts a dialogue of its own; the first one holds the plan that they all share.

    `rest` is what stays to be made later: the writing is gone on with then, and `common` is the first one of before.
    """
    _require_open(writing)
    if not parts:
        raise NotNow(_("Chưa lập được: chưa chọn buổi nào để lập."))
    first = common
    for part in parts:
        made = create(writing.agency, part.draft, chair=chair, beyond=part.beyond, common=first, actor=actor, now=now)
        if first and first.plan and first.plan.number is not None:
            plan_shared(made, actor=System("writing.split"), now=now)
        first = first or made
    assert first is not None  # there was a part
    if rest:
        write(writing, read={**rest, "common": first.code}, revision=writing.revision + 1, saved_at=now)
    else:
        write(writing, dialogue_id=first.pk)
    record(writing.chain, writing=writing.code, dialogue=first.code, count=len(parts))
    return first


@verb("writing.finish", may=permissions.may_write)
def finish(
    writing: Writing,
    draft: PlanDraft,
    *,
    chair: Staff,
    bases: tuple[str, ...],
    answers: Mapping[str, bool],
    beyond: Beyond = NOTHING,
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Make the dialogue of a plan that is whole. The writing stays as it was, and opens no more."""
    _require_open(writing)
    more: dict[str, Any] = {"bases": bases, "answers": answers, "beyond": beyond}
    made = create(writing.agency, draft, chair=chair, actor=actor, now=now, **more)
    write(writing, dialogue_id=made.pk)
    record(writing.chain, writing=writing.code, dialogue=made.code)
    return made


def _require_open(writing: Writing) -> None:
    if writing.dialogue_id is not None:
        raise NotNow(_("Kế hoạch này đã lập thành cuộc đối thoại rồi."))
    if not writing.is_open:
        raise NotNow(_("Bản soạn này đã bỏ hoặc đã ghi vào cuộc đối thoại."))
