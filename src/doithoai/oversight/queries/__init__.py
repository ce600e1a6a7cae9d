"""What is waiting, until when, and what has happened: read across all rooms, each page in at most twelve queries."""

from doithoai.oversight.queries.desk import Desk, Group, Task, desk
from doithoai.oversight.queries.dialogue import Sheet, sheet
from doithoai.oversight.queries.evidence import Evidence, evidence_of
from doithoai.oversight.queries.story import Story, story

__all__ = ["Desk", "Evidence", "Group", "Sheet", "Story", "Task", "desk", "evidence_of", "sheet", "story"]
