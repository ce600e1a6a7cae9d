"""The pages of records, draws, invitations, telephone calls and presence."""

from doithoai.roster.views.acting import act_on_invitation, act_on_sitting
from doithoai.roster.views.arriving import check_in, walk_in
from doithoai.roster.views.inviting import calls, choosing_page, invited
from doithoai.roster.views.records import records, refused_lines

__all__ = [
    "act_on_invitation", "act_on_sitting", "calls", "check_in", "choosing_page", "invited", "records",
    "refused_lines", "walk_in",
]  # fmt: skip
