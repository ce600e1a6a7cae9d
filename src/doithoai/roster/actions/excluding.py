"""Who is kept out of a draw by name: those who handle the files and their kin, each with a reason, until the list is frozen."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.verbs import verb
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.possible import require_preparing
from doithoai.roster.models import Exclusion, Pool
from doithoai.roster.queries import eligible


@verb("pool.exclude", may=permissions.may_choose)
def exclude(sitting: Sitting, person: Person, *, ground: str, reason: str, actor: Actor, now: datetime) -> Exclusion:
    """Keep an eligible person out of a sitting's draw, on one of `Exclusion.Ground` and with a reason of one sentence.

    The published conditions say how many are kept out and why, never who; the journal knows them by their code.
    Raises NotNow once the list is frozen, and for whoever could not be drawn anyway.
    """
    require_preparing(sitting)
    _require_not_frozen(sitting)
    require_reason(reason, _("Chưa loại được"))
    if ground not in Exclusion.Ground.values:
        raise NotNow(_("Chưa loại được: cần chọn một trong các lý do có sẵn."))
    if person.pk not in {one.person.pk for one in eligible(sitting)}:
        raise NotNow(_("Chưa loại được: người này không có trong danh sách đủ điều kiện của buổi."))
    found = Exclusion.objects.create(
        sitting=sitting, person=person, ground=ground, reason=reason.strip()[:300], excluded_at=now
    )
    record(sitting.chain, sitting=sitting.code, person=person.code, ground=ground)
    return found


@verb("pool.readmit", may=permissions.may_choose)
def readmit(sitting: Sitting, person: Person, *, actor: Actor, now: datetime) -> None:
    """Let somebody who was kept out into the draw again. Raises NotNow once the list is frozen, or where they are not."""
    require_preparing(sitting)
    _require_not_frozen(sitting)
    gone, _rows = Exclusion.objects.filter(sitting=sitting, person=person).delete()
    if not gone:
        raise NotNow(_("Chưa đưa lại được: người này không bị loại khỏi danh sách của buổi."))
    record(sitting.chain, sitting=sitting.code, person=person.code)


def _require_not_frozen(sitting: Sitting) -> None:
    if Pool.objects.filter(sitting=sitting).exists():
        raise NotNow(_("Danh sách bốc thăm của buổi này đã chốt: không loại ai ra và không đưa ai vào nữa."))
