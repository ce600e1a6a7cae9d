"""Who may set an agency up, and who keeps its lists."""

from typing import Any

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.kernel.access import YES, Actor, Role, Verdict, needs, stranger


def may_set_up(actor: Actor, agency: Agency) -> Verdict:
    """Chỉ người cài đặt hệ thống."""
    return YES if actor.is_system else stranger()


def may_amend(actor: Actor, row: Any) -> Verdict:
    """Quản trị của cơ quan."""
    return needs(actor, row.agency.pk, (Role.ADMIN, None), who=_("quản trị của cơ quan"))
