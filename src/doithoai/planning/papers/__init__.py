"""The papers of planning: the plan, notices of every change to it, and what is drafted for the day itself."""

from doithoai.planning.papers.announcing import MOST_SPOKEN, announcement, broadcast, spoken, spoken_words
from doithoai.planning.papers.changing import (
    Moved,
    cancel_notice,
    change_notice,
    postpone_notice,
    time_words,
    written_notice,
)
from doithoai.planning.papers.opening import opening_report, script
from doithoai.planning.papers.plan import drafted_paper, plan_paper

__all__ = [
    "MOST_SPOKEN", "Moved", "announcement", "broadcast", "cancel_notice", "change_notice", "drafted_paper",
    "opening_report", "plan_paper", "postpone_notice", "script", "spoken", "spoken_words", "time_words",
    "written_notice",
]  # fmt: skip
