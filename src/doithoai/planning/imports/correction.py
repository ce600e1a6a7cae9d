"""What a corrected draft is beside the one before it, and what a dialogue has that no wording of a plan holds."""

from dataclasses import dataclass
from typing import Final

from .draft import PlanDraft


@dataclass(frozen=True, slots=True)
class Kept:
    """For each row of a corrected plan, which row of the plan before it is; None for a row that was added."""

    venues: tuple[int | None, ...]
    sittings: tuple[int | None, ...]
    duties: tuple[int | None, ...]

    @classmethod
    def none(cls, draft: PlanDraft) -> "Kept":
        """Every row is new."""
        rows = (draft.venues, draft.sittings, draft.duties)
        return cls(*(tuple(None for _row in of) for of in rows))

    @classmethod
    def all(cls, draft: PlanDraft) -> "Kept":
        """Every row stays."""
        return cls(*(tuple(range(len(of))) for of in (draft.venues, draft.sittings, draft.duties)))


@dataclass(frozen=True, slots=True)
class Beyond:
    """What a dialogue has and the wording of its plan does not hold, row by row as the plan's draft has them.

    `addresses` of the venues; `tentative` when a sitting is expected, in words, whose day is not fixed.
    """

    addresses: tuple[str, ...] = ()
    tentative: tuple[str, ...] = ()

    def address(self, at: int) -> str:
        """The address of a venue, empty where nobody gave one."""
        return self.addresses[at] if at < len(self.addresses) else ""

    def when(self, at: int) -> str:
        """When a sitting is expected; empty where its day is fixed."""
        return self.tentative[at] if at < len(self.tentative) else ""


NOTHING: Final = Beyond()


@dataclass(frozen=True, slots=True)
class Part:
    """One dialogue of a plan that holds several: its draft, and what the wording does not hold."""

    draft: PlanDraft
    beyond: Beyond
