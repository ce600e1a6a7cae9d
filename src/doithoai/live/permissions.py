"""Who may do what while a sitting runs."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import Actor, Role, Verdict, needs
from doithoai.live.models import MinuteEntry, Minutes, Turn
from doithoai.planning.models import Sitting


def may_run(actor: Actor, sitting: Sitting) -> Verdict:
    """Chủ trì, hoặc thư ký theo lời chủ trì."""
    grants = ((Role.LEADER, None), (Role.SECRETARY, None))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_("chủ trì hoặc thư ký"))


def may_call(actor: Actor, turn: Turn) -> Verdict:
    """Chủ trì, hoặc thư ký theo lời chủ trì."""
    return may_run(actor, turn.sitting)


def may_note_incident(actor: Actor, sitting: Sitting) -> Verdict:
    """Thư ký, kỹ thuật, người phụ trách điểm cầu."""
    grants = ((Role.SECRETARY, None), (Role.TECHNICIAN, None), (Role.VENUE, None))
    return needs(actor, sitting.dialogue.agency_id, *grants, who=_("thư ký, kỹ thuật hoặc phụ trách điểm cầu"))


def may_write(actor: Actor, minutes: Minutes) -> Verdict:
    """Thư ký ghi biên bản."""
    return needs(actor, minutes.sitting.dialogue.agency_id, (Role.SECRETARY, None), who=_("thư ký ghi biên bản"))


def may_edit(actor: Actor, entry: MinuteEntry) -> Verdict:
    """Thư ký ghi biên bản."""
    return may_write(actor, entry.minutes)


def may_sign(actor: Actor, minutes: Minutes) -> Verdict:
    """Chủ tọa, sau khi thư ký đã đọc lại biên bản."""
    if actor.staff_id is not None and actor.staff_id == minutes.secretary_id:
        return Verdict(_("Không có quyền: thư ký ghi biên bản không đồng thời ký với tư cách chủ tọa."))
    return needs(actor, minutes.sitting.dialogue.agency_id, (Role.LEADER, None), who=_("chủ tọa"))
