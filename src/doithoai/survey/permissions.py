"""Who may ask, and who may answer."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import YES, Actor, Role, Verdict, needs
from doithoai.planning.models import Dialogue
from doithoai.survey.models import Survey


def may_open(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Văn phòng, hoặc Bộ phận Một cửa được giao phát phiếu."""
    grants = ((Role.OFFICER, dialogue.secretariat_id), (Role.HEAD, dialogue.secretariat_id), (Role.ONE_STOP, None))
    return needs(actor, dialogue.agency_id, *grants, who=_("Văn phòng hoặc Bộ phận Một cửa"))


def may_respond(actor: Actor, survey: Survey) -> Verdict:
    """Người có mã phiếu; mã được kiểm tra khi trả lời, không ai cần xưng tên."""
    return YES


def may_report(actor: Actor, survey: Survey) -> Verdict:
    """Văn phòng, hoặc Bộ phận Một cửa."""
    return may_open(actor, survey.dialogue)
