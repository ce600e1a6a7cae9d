"""The papers of answering: the letter to a person, the synthesis to the head, the programme, what goes to other bodies."""

from doithoai.answers.papers.dossier import WHOLE, Scope, synthesis_paper
from doithoai.answers.papers.extensions import extension_letter
from doithoai.answers.papers.letters import answer_letter, letter_copies
from doithoai.answers.papers.programme import programme_paper
from doithoai.answers.papers.proposals import Wish, proposal_paper

__all__ = [
    "WHOLE",
    "Scope",
    "Wish",
    "answer_letter",
    "extension_letter",
    "letter_copies",
    "programme_paper",
    "proposal_paper",
    "synthesis_paper",
]
