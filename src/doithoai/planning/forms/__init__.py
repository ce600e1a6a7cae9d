"""What people type about a plan: read from a file, written from nothing, changed, carried out."""

from doithoai.planning.forms.acting import (
    CheckForm,
    ConsultForm,
    DirectionForm,
    EvidenceForm,
    MoveForm,
    ObstacleForm,
    ReasonForm,
    WrittenForm,
)
from doithoai.planning.forms.choices import Choices
from doithoai.planning.forms.fields import words_of
from doithoai.planning.forms.reading import DraftForm, DutyRow, Edited, PlanFileForm, SittingRow, VenueRow

__all__ = [
    "CheckForm", "Choices", "ConsultForm", "DirectionForm", "DraftForm", "DutyRow", "Edited", "EvidenceForm", "MoveForm", "ObstacleForm",
    "PlanFileForm", "ReasonForm", "SittingRow", "VenueRow", "WrittenForm", "words_of",
]  # fmt: skip
