"""From the draft of a plan to the dialogue: sittings, venues, duties, recipients."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.directory.queries import secretariat
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.actions.filling import fill, require_whole
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import NOTHING, Beyond
from doithoai.planning.models import Dialogue
from doithoai.planning.queries import co_chair_problem


@verb("dialogue.create", may=permissions.may_create)
def create(
    agency: Agency,
    draft: PlanDraft,
    *,
    chair: Staff,
    bases: Sequence[str] = (),
    answers: Mapping[str, bool] | None = None,
    beyond: Beyond = NOTHING,
    common: Dialogue | None = None,
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Make a dialogue from a confirmed draft. Raises NotNow naming what the draft lacks; nothing is stored then.

    `bases` are the lines of căn cứ, `answers` the agency's answers to the questions of its profile, `beyond` what the
    wording does not hold, `common` the dialogue whose plan this one shares.
    """
    require_whole(draft, beyond, _("Chưa lập được cuộc đối thoại"))
    require_co_chair(draft, chair, _("Chưa lập được cuộc đối thoại"))
    assert draft.subject is not None  # the draft was found whole
    assert draft.mode is not None
    year = draft.year or draft.issue_year or clock.day_of(now, agency.zone).year
    ordinal = Dialogue.objects.filter(agency=agency, year=year).count() + 1
    dialogue = Dialogue.objects.create(
        agency=agency,
        code=f"{agency.code}-{year}-{ordinal:02d}",
        year=year,
        subject=draft.subject,
        territory=draft.territory or agency.territory,
        profile_key=agency.profile_key,
        mode=draft.mode,
        platform=draft.platform or "",
        platform_as_written=draft.platform_as_written or "",
        parent=draft.as_json().get("parent") or {},
        plan_text=draft.as_json(),
        bases=list(bases),
        answers=dict(answers or {}),
        chair=chair,
        secretariat=secretariat(agency),
        common=common,
    )
    fill(dialogue, draft, beyond)
    record(
        dialogue.code,
        sittings=len(draft.sittings),
        venues=len(draft.venues),
        duties=dialogue.duties.count(),
        expected=sum(sitting.expected or 0 for sitting in draft.sittings),
    )
    return dialogue


def require_co_chair(draft: PlanDraft, chair: Staff, act: str) -> None:
    """NotNow where the co-chairs of a draft cannot chair beside this person."""
    problem = co_chair_problem(draft.co_chair or "", chair.name, chair.title)
    if problem:
        raise NotNow(_("%(act)s: %(what)s") % {"act": act, "what": problem})
