"""The pages of records, draws, invitations, telephone calls and presence."""

from doithoai.roster.views.acting import act_on_invitation, act_on_sitting
from doithoai.roster.views.arriving import (
    absent,
    check_in,
    commands,
    note,
    presence,
    presence_state,
    state,
    worker,
)
from doithoai.roster.views.calling import calls
from doithoai.roster.views.heads import calls_by_head
from doithoai.roster.views.inviting import choosing_page, invited
from doithoai.roster.views.one_invited import invitation
from doithoai.roster.views.receiving import letters, receipts, scan
from doithoai.roster.views.records import record_lines, records, records_progress, taken_lines
from doithoai.roster.views.registering import act_on_registrations, registrations
from doithoai.roster.views.trying import try_progress, try_rules

__all__ = [
    "absent",
    "act_on_invitation",
    "act_on_registrations",
    "act_on_sitting",
    "calls",
    "calls_by_head",
    "check_in",
    "choosing_page",
    "commands",
    "invitation",
    "invited",
    "letters",
    "note",
    "presence",
    "presence_state",
    "receipts",
    "record_lines",
    "records",
    "records_progress",
    "registrations",
    "scan",
    "state",
    "taken_lines",
    "try_progress",
    "try_rules",
    "worker",
]  # fmt: skip
