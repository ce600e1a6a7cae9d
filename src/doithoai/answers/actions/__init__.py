"""Acts of answering: given out, drafted and approved, issued; promises; the dossier before the day."""

from doithoai.answers.actions.assigning import ask, assign, hand_back, hear_back, offer, set_supporting, take_over
from doithoai.answers.actions.comparing import take_wording, warn_of_answers
from doithoai.answers.actions.extending import draft_extension_letter, last_extension
from doithoai.answers.actions.issuing import answer_issued, draft_letter, issue_by_letter, issue_in_notice
from doithoai.answers.actions.preparing import (
    approve_dossier,
    dossier_issued,
    dossier_of,
    draft_dossier,
    draft_programme,
    draft_whole,
    send_back,
    settle_item,
    submit_dossier,
)
from doithoai.answers.actions.promising import commit, keep_promise
from doithoai.answers.actions.proposing import (
    REPLIES,
    Reply,
    drop_proposal,
    note_reply,
    proposal_issued,
    propose,
    send_proposal,
)
from doithoai.answers.actions.redating import redate
from doithoai.answers.actions.remarking import remark
from doithoai.answers.actions.wordings import retire_wording, save_wording
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
    "REPLIES",
    "Reply",
    "answer_issued",
    "approve_answer",
    "approve_dossier",
    "ask",
    "assign",
    "choose_form",
    "commit",
    "dossier_issued",
    "dossier_of",
    "draft",
    "draft_dossier",
    "draft_extension_letter",
    "draft_letter",
    "draft_programme",
    "draft_whole",
    "drop_proposal",
    "extend",
    "give_on_the_spot",
    "hand_back",
    "hear_back",
    "issue_by_letter",
    "issue_in_notice",
    "keep_promise",
    "last_extension",
    "note_reply",
    "offer",
    "proposal_issued",
    "propose",
    "redate",
    "remark",
    "retire_wording",
    "return_answer",
    "save_wording",
    "send_back",
    "send_proposal",
    "set_supporting",
    "settle_item",
    "submit_answer",
    "submit_dossier",
    "take_over",
    "take_wording",
    "warn_of_answers",
]
