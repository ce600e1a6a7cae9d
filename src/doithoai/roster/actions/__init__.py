"""Acts of the roster: taking records, drawing lots, inviting, replies, reserves, presence, lists to sign."""

from doithoai.roster.actions.attending import admit, arrive, mark_absent
from doithoai.roster.actions.drawing import choose_by_hand, draw, freeze_pool
from doithoai.roster.actions.inviting import (
    deliver_invitation,
    draft_delegate_invitations,
    draft_invitations,
    draft_reserve_letter,
    invitations_issued,
    invite_delegates,
    issue_invitation,
)
from doithoai.roster.actions.listing import draft_attendance_list, draft_delivery_list
from doithoai.roster.actions.records import take_records
from doithoai.roster.actions.replying import accept_invitation, decline_invitation, lapse, reconfirm
from doithoai.roster.actions.taking_back import call_reserve, strike, withdraw_invitation

__all__ = [
    "accept_invitation", "admit", "arrive", "call_reserve", "choose_by_hand", "decline_invitation",
    "deliver_invitation", "draft_attendance_list", "draft_delegate_invitations", "draft_delivery_list",
    "draft_invitations", "draft_reserve_letter", "draw", "freeze_pool", "invitations_issued", "invite_delegates",
    "issue_invitation", "lapse", "mark_absent", "reconfirm", "strike", "take_records", "withdraw_invitation",
]  # fmt: skip
