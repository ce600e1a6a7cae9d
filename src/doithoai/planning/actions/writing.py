"""A plan written from nothing: begun with proposals, kept at every step, made into a dialogue when it is whole."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.moves import revise, write
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.actions.drafting import create
from doithoai.planning.imports import PlanDraft
from doithoai.planning.models import Dialogue, Writing


@verb("writing.start", may=permissions.may_create)
def start(agency: Agency, said: Mapping[str, Any], *, step: str, actor: Actor, now: datetime) -> Writing:
    """Begin a plan with what is proposed; anybody of the agency who may plan can go on with it."""
    year = clock.day_of(now, agency.zone).year
    ordinal = Writing.objects.filter(agency=agency, code__startswith=f"{agency.code}-{year}-S").count() + 1
    row = Writing.objects.create(
        agency=agency,
        code=f"{agency.code}-{year}-S{ordinal:02d}",
        said=dict(said),
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


@verb("writing.finish", may=permissions.may_write)
def finish(
    writing: Writing,
    draft: PlanDraft,
    *,
    chair: Staff,
    bases: tuple[str, ...],
    answers: Mapping[str, bool],
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Make the dialogue of a plan that is whole. The writing stays as it was, and opens no more."""
    _require_open(writing)
    made = create(writing.agency, draft, chair=chair, bases=bases, answers=answers, actor=actor, now=now)
    write(writing, dialogue_id=made.pk)
    record(writing.chain, writing=writing.code, dialogue=made.code)
    return made


def _require_open(writing: Writing) -> None:
    if writing.dialogue_id is not None:
        raise NotNow(_("Kế hoạch này đã lập thành cuộc đối thoại rồi."))
