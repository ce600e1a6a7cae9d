"""Acts of answering: given out, drafted and approved, issued; promises; the dossier before the day."""

from doithoai.answers.actions.assigning import ask, assign, hand_back, hear_back, offer, set_supporting, take_over
from doithoai.answers.actions.issuing import answer_issued, draft_letter, issue_by_letter, issue_in_notice
from doithoai.answers.actions.preparing import (
    approve_dossier,
    dossier_issued,
    draft_dossier,
    draft_programme,
    submit_dossier,
)
from doithoai.answers.actions.promising import commit, keep_promise
from doithoai.answers.actions.writing import (
    approve_answer,
    choose_form,
    draft,
    extend,
    give_on_the_spot,
    return_answer,
    submit_answer,
)

__all__ = [
    "answer_issued",
    "approve_answer",
    "approve_dossier",
    "ask",
    "assign",
    "choose_form",
    "commit",
    "dossier_issued",
    "draft",
    "draft_dossier",
    "draft_letter",
    "draft_programme",
    "extend",
    "give_on_the_spot",
    "hand_back",
    "hear_back",
    "issue_by_letter",
    "issue_in_notice",
    "keep_promise",
    "offer",
    "return_answer",
    "set_supporting",
    "submit_answer",
    "submit_dossier",
    "take_over",
]
