"""Acts on papers: drafted and approved, numbered and sent, taken back; files that come back from outside."""

from doithoai.documents.actions.drafting import (
    Draft,
    approve,
    draft,
    give_back,
    rewrite,
    sign,
    submit,
    tick_content,
    tick_form,
)
from doithoai.documents.actions.issuing import Print, dispatch, issue, print_out, recall, seal
from doithoai.documents.actions.outside import bring_back, drop_file, note_concern, take_file

__all__ = [
    "Draft",
    "Print",
    "approve",
    "bring_back",
    "dispatch",
    "draft",
    "drop_file",
    "give_back",
    "issue",
    "note_concern",
    "print_out",
    "recall",
    "rewrite",
    "seal",
    "sign",
    "submit",
    "take_file",
    "tick_content",
    "tick_form",
]
