"""Which rule of the profile a plan's own term is about."""

from typing import Final

from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import fold

from .draft import DutyDraft

MEANT: Final = (
    ("result_notice", "after", ("thong bao ket qua", "thong bao ket luan", "ket qua giai quyet")),
    ("invitations", "before", ("giay moi",)),
    ("announcement", "before", ("thong bao thoi gian", "thong bao cong khai", "cong khai thoi gian", "niem yet")),
    ("submission", "before", ("tong hop", "vuong mac")),
)
"""A duty of the profile, on which side of the dialogue its term lies, and words by which a plan speaks of it."""


def rule_meant(duty: DutyDraft, profile: Profile) -> str:
    """The duty of the profile that a plan's duty with a term or a day of its own is; empty where it is none of them."""
    if duty.due is None and duty.due_on is None:
        return ""
    side = duty.due.before_or_after if duty.due else None
    known = {term.duty for term in profile.terms}
    said = fold(duty.what)
    for rule, where, words in MEANT:
        if rule in known and side in (None, where) and any(word in said for word in words):
            return rule
    return ""
