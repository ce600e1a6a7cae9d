"""The papers of the roster: letters of invitation, and the lists to sign."""

from doithoai.roster.papers.letters import (
    Inviting,
    citizen_letter,
    citizens_file_copy,
    delegate_letter,
    delegates_file_copy,
    delegates_words,
)
from doithoai.roster.papers.lists import attendance_list, call_list, delivery_list, way_of

__all__ = [
    "Inviting", "attendance_list", "call_list", "citizen_letter", "citizens_file_copy", "delegate_letter", "delegates_file_copy",
    "delegates_words", "delivery_list", "way_of",
]  # fmt: skip
