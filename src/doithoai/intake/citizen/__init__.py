"""Pages behind a personal link: of an invitation, or of one opinion; no account is needed."""

from doithoai.intake.citizen.invited import PER_LINK, attach, opinions, procedures, withdraw
from doithoai.intake.citizen.own import attach_own, look_up, own_opinion, withdraw_own

__all__ = [
    "PER_LINK", "attach", "attach_own", "look_up", "opinions", "own_opinion", "procedures", "withdraw", "withdraw_own",
]  # fmt: skip
