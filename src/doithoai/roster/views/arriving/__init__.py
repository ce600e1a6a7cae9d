"""Check-in at one venue, with or without a line; and who is there at all venues of a sitting."""

from doithoai.roster.views.arriving.checking import check_in, state, worker
from doithoai.roster.views.arriving.noting import commands, note
from doithoai.roster.views.arriving.presence import absent, presence, presence_state

__all__ = ["absent", "check_in", "commands", "note", "presence", "presence_state", "state", "worker"]
