"""Pages of answering: one opinion with its answer, the answer being written, the synthesis of a sitting."""

from doithoai.answers.views.answer import act_on_answer, answer
from doithoai.answers.views.dossier import act_on_dossier, dossier
from doithoai.answers.views.opinion import assign, opinion
from doithoai.answers.views.proposals import act_on_proposal, proposals

__all__ = ["act_on_answer", "act_on_dossier", "act_on_proposal", "answer", "assign", "dossier", "opinion", "proposals"]
