"""The papers of answering: the letter to a person, the synthesis to the head, the programme of a sitting."""

from doithoai.answers.papers.dossier import issuer_of, synthesis_paper
from doithoai.answers.papers.letters import answer_letter, letter_copies
from doithoai.answers.papers.programme import programme_paper

__all__ = ["answer_letter", "issuer_of", "letter_copies", "programme_paper", "synthesis_paper"]
