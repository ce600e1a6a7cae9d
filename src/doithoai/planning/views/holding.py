"""A plan that was read, between its file and its dialogue: kept with every correction, so that nothing is typed twice."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from doithoai.planning.forms import Edited
from doithoai.planning.imports import PlanDraft
from doithoai.planning.imports.correction import NOTHING, Beyond, Kept


@dataclass(frozen=True, slots=True)
class Held:
    """A draft with its corrections.

    `lines` are the sentences that may be rewritten, `daily` how its total is meant, `chair` the code of who was chosen.
    `of` is the code of the dialogue that is corrected, `was` its plan as it stood then and `kept` which of its rows each
    row is; `source` the code of last year's dialogue it was taken from, `common` of the one whose plan the rest shares.
    `stood` is what the dialogue had beyond its wording when it was opened: what others write meanwhile stays.
    """

    draft: PlanDraft
    lines: list[str]
    daily: bool
    chair: str = ""
    beyond: Beyond = field(default_factory=Beyond)
    of: str = ""
    was: PlanDraft | None = None
    kept: Kept | None = None
    source: str = ""
    common: str = ""
    stood: Beyond = NOTHING

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "draft": self.draft.as_json(),
            "lines": self.lines,
            "daily": self.daily,
            "chair": self.chair,
            "beyond": asdict(self.beyond),
            "of": self.of,
            "was": self.was.as_json() if self.was else None,
            "kept": asdict(self.kept) if self.kept else None,
            "source": self.source,
            "common": self.common,
            "stood": asdict(self.stood),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """What `as_json` wrote."""
        kept = stored["kept"]
        return cls(
            draft=PlanDraft.from_json(stored["draft"]),
            lines=list(stored["lines"]),
            daily=stored["daily"],
            chair=stored["chair"],
            beyond=_beyond(stored["beyond"]),
            of=stored["of"],
            was=PlanDraft.from_json(stored["was"]) if stored["was"] else None,
            kept=Kept(**{name: tuple(values) for name, values in kept.items()}) if kept else None,
            source=stored["source"],
            common=stored["common"],
            stood=_beyond(stored["stood"]),
        )

    def rows_kept(self, made: Edited) -> Kept | None:
        """Which rows of the dialogue those of an edited draft are, through every correction so far."""
        if self.kept is None:
            return None

        def through(first: tuple[int | None, ...], then: tuple[int | None, ...]) -> tuple[int | None, ...]:
            return tuple(None if at is None else first[at] for at in then)

        return Kept(
            through(self.kept.venues, made.kept.venues),
            through(self.kept.sittings, made.kept.sittings),
            through(self.kept.duties, made.kept.duties),
        )


def _beyond(stored: dict[str, Any]) -> Beyond:
    return Beyond(**{name: tuple(values) for name, values in stored.items()})
