"""Who may make public."""

from django.utils.translation import gettext as _

from doithoai.kernel.access import Actor, Role, Verdict, needs
from doithoai.planning.models import Dialogue
from doithoai.portal.models import PublicLine


def may_publish(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Biên tập cổng thông tin, hoặc Văn phòng."""
    grants = ((Role.EDITOR, None), (Role.OFFICER, dialogue.secretariat_id))
    return needs(actor, dialogue.agency_id, *grants, who=_("biên tập cổng thông tin hoặc Văn phòng"))


def may_shorten(actor: Actor, line: PublicLine) -> Verdict:
    """Biên tập cổng thông tin, hoặc Văn phòng."""
    return may_publish(actor, line.dialogue)


def may_announce(actor: Actor, dialogue: Dialogue) -> Verdict:
    """Hệ thống mỗi tối, hoặc biên tập cổng thông tin."""
    return may_publish(actor, dialogue)
