"""Pages of intake for staff: the board, writing down what somebody says, and the acts on one opinion."""

from doithoai.intake.views.acts import act
from doithoai.intake.views.assisted import write_down
from doithoai.intake.views.board import board

__all__ = ["act", "board", "write_down"]
