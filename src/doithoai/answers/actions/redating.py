"""Answers follow the day of the result notice: when it is counted anew, those given out get the new day."""

from datetime import datetime

from doithoai.answers.queries import redated
from doithoai.kernel.access import Actor
from doithoai.kernel.moves import write
from doithoai.planning.models import Dialogue
from doithoai.planning.queries import notice_days


def redate(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """Deadlines were counted anew; how many answers get another day is told by the entry of that count."""
    for answer, day in redated(dialogue, notice_days(dialogue)):
        write(answer, due_on=day)
