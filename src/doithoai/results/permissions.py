"""Who may do what with the result notice."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import Actor, Role, Verdict, needs
from doithoai.planning.models import Dialogue
from doithoai.results.models import ResultNotice


def may_draft_notice(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng, nơi gộp dự thảo của các đơn vị chủ trì."""
    at = dialogue.secretariat_id
    grants = ((Role.OFFICER, at), (Role.HEAD, at))
    return needs(actor, dialogue.agency_id, *grants, who=_("Văn phòng"))


def may_freeze(actor: Actor, notice: ResultNotice) -> Verdict:
    """Hệ thống, khi Thông báo được cấp số."""
    return needs(actor, notice.dialogue.agency_id, who=_("hệ thống"))
