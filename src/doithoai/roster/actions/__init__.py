"""Acts of the roster: taking records, drawing lots, inviting, replies, reserves, presence, lists to sign."""

from doithoai.roster.actions.attending import admit, arrive, come_back, leave, mark_absent, take_back
from doithoai.roster.actions.called_off import call_off
from doithoai.roster.actions.calling import note_call, tell_through_head
from doithoai.roster.actions.checking import check_waiting
from doithoai.roster.actions.drawing import choose_by_hand, draw, freeze_pool
from doithoai.roster.actions.excluding import exclude, readmit
from doithoai.roster.actions.inviting import (
    deliver_invitation,
    draft_delegate_invitations,
    draft_invitations,
    draft_reserve_letter,
    invitations_issued,
    invite_delegates,
    issue_invitation,
)
from doithoai.roster.actions.listing import draft_attendance_list, draft_call_list, draft_delivery_list
from doithoai.roster.actions.records import remember_reading, take_records
from doithoai.roster.actions.registering import (
    Comer,
    accept_registration,
    advance,
    decline_registration,
    open_registration,
    own_registration,
    register,
    register_by_hand,
)
from doithoai.roster.actions.reminding import remind, remind_silent, set_reminder
from doithoai.roster.actions.replying import Instead, accept_invitation, decline_invitation, lapse, reconfirm
from doithoai.roster.actions.scanning import keep_scan
from doithoai.roster.actions.taking_back import call_reserve, strike, withdraw_invitation
from doithoai.roster.actions.trying import try_waiting

__all__ = [
    "Comer",
    "Instead",
    "accept_invitation",
    "accept_registration",
    "admit",
    "advance",
    "arrive",
    "call_off",
    "call_reserve",
    "check_waiting",
    "choose_by_hand",
    "come_back",
    "decline_invitation",
    "decline_registration",
    "deliver_invitation",
    "draft_attendance_list",
    "draft_call_list",
    "draft_delegate_invitations",
    "draft_delivery_list",
    "draft_invitations",
    "draft_reserve_letter",
    "draw",
    "exclude",
    "freeze_pool",
    "invitations_issued",
    "invite_delegates",
    "issue_invitation",
    "keep_scan",
    "lapse",
    "leave",
    "mark_absent",
    "note_call",
    "open_registration",
    "own_registration",
    "readmit",
    "reconfirm",
    "register",
    "register_by_hand",
    "remember_reading",
    "remind",
    "remind_silent",
    "set_reminder",
    "strike",
    "take_back",
    "take_records",
    "tell_through_head",
    "try_waiting",
    "withdraw_invitation",
]  # fmt: skip
