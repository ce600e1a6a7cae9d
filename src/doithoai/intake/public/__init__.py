"""Pages of intake for anyone: send an opinion without an invitation, and say that one met the same."""

from doithoai.intake.public.meeting import matters, support
from doithoai.intake.public.sending import PER_ADDRESS, procedures, send

__all__ = ["PER_ADDRESS", "matters", "procedures", "send", "support"]
