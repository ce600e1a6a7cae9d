"""One-stop records: who did which procedure at the one-stop desk, read from its export.

`take_in` is the way in: a sheet and what the plan asks for become people with their files, and for every
line not taken a sentence that says why.
"""

from doithoai.rules.onestop.intake import Intake, take_in
from doithoai.rules.onestop.people import Applicant, Merged, proof, why_not
from doithoai.rules.onestop.rows import Expected, Refused, Row, Skipped
from doithoai.rules.onestop.sheet import Cell, Column, Layout, RecordsUnreadable, Table, find_layout
from doithoai.rules.onestop.wards import Placed, Question, Wards

__all__ = [
    "Applicant", "Cell", "Column", "Expected", "Intake", "Layout", "Merged", "Placed", "Question", "RecordsUnreadable", "Refused",
    "Row", "Skipped", "Table", "Wards", "find_layout", "proof", "take_in", "why_not",
]  # fmt: skip
