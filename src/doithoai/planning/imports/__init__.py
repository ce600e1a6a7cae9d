"""Reading a plan: the words of a file, its clauses, and a draft with everything unsure named."""

from .draft import (
    AttendeeDraft,
    Clause,
    Doubt,
    Due,
    DutyDraft,
    ParentPlan,
    Place,
    PlanDraft,
    Quota,
    SignerDraft,
    SittingDraft,
    VenueDraft,
)
from .reading import read_plan
from .unreadable import Unreadable

__all__ = [
    "AttendeeDraft",
    "Clause",
    "Doubt",
    "Due",
    "DutyDraft",
    "ParentPlan",
    "Place",
    "PlanDraft",
    "Quota",
    "SignerDraft",
    "SittingDraft",
    "Unreadable",
    "VenueDraft",
    "read_plan",
]
