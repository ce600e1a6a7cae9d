"""Pages of intake for staff: the board, groups, writing down what somebody says, papers, and the acts on one opinion."""

from doithoai.intake.views.acts import act
from doithoai.intake.views.assisted import procedures_found, write_down
from doithoai.intake.views.board import board
from doithoai.intake.views.groups import groups, merge_group, progress
from doithoai.intake.views.photos import attach, photo
from doithoai.intake.views.public_words import public_wordings, public_words
from doithoai.intake.views.slip import guidance_slip, receipt_slip

__all__ = [
    "act",
    "attach",
    "board",
    "groups",
    "guidance_slip",
    "merge_group",
    "photo",
    "procedures_found",
    "progress",
    "public_wordings",
    "public_words",
    "receipt_slip",
    "write_down",
]
