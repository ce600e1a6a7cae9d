"""Who did a procedure, who may be drawn, who was drawn, invited, and came."""

from doithoai.roster.models.drawing import Draw, Exclusion, Pool, PoolMember, Trial
from doithoai.roster.models.inviting import Call, Invitation, Opening, Registration, Reminder, Scan
from doithoai.roster.models.records import Record, RecordBatch, RecordCheck, RecordColumns, WardReading

__all__ = [
    "Call",
    "Draw",
    "Exclusion",
    "Invitation",
    "Opening",
    "Pool",
    "PoolMember",
    "Record",
    "RecordBatch",
    "RecordCheck",
    "RecordColumns",
    "Registration",
    "Reminder",
    "Scan",
    "Trial",
    "WardReading",
]
