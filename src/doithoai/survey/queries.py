"""What people said, with its denominators; small groups are not shown."""

from collections import Counter
from dataclasses import dataclass
from math import sqrt

from doithoai.directory.models import Sector
from doithoai.survey.models import Response, Survey

FEWEST = 5
SATISFIED = (4, 5)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; `low` and `high` are the 95 % interval (Wilson) in tenths of a percent."""

    question: str
    satisfied: int
    answered: int
    low: int
    high: int

    @property
    def is_shown(self) -> bool:
        """Whether enough people answered to show it."""
        return self.answered >= FEWEST


@dataclass(frozen=True, slots=True)
class Report:
    """The survey of one dialogue: tickets given, answers in, shares per question overall and by sector."""

    tickets: int
    answered: int
    overall: tuple[Share, ...]
    by_sector: tuple[tuple[Sector, Share], ...]
    levels: dict[str, int]


def wilson(hits: int, n: int) -> tuple[int, int]:
    """The 95 % interval of a share, in tenths of a percent; (0, 1000) of nothing."""
    if n == 0:
        return 0, 1000
    z, p = 1.96, hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return round(max(0.0, middle - spread) * 1000), round(min(1.0, middle + spread) * 1000)


def _share(words: str, scores: list[int]) -> Share:
    satisfied = sum(score in SATISFIED for score in scores)
    return Share(words, satisfied, len(scores), *wilson(satisfied, len(scores)))


def report(survey: Survey) -> Report:
    """Count the answers of a survey. Deterministic: the order of the rows does not matter."""
    rows = list(Response.objects.filter(survey=survey).select_related("sector").order_by("sector__code", "pk"))
    shares = tuple(
        _share(question["words"], [row.scores[question["slug"]] for row in rows if question["slug"] in row.scores])
        for question in survey.questions
    )
    sectors = {row.sector.pk: row.sector for row in rows}
    by_sector = tuple(
        (sector, _share(sector.name, [row.scores["overall"] for row in rows if row.sector_id == key]))
        for key, sector in sectors.items()
    )
    levels = Counter(_level(row.scores["overall"]) for row in rows)
    return Report(survey.tickets.count(), len(rows), shares, by_sector, dict(levels))


def _level(score: int) -> str:
    return {5: "Rất hài lòng", 4: "Hài lòng"}.get(score, "Chưa hài lòng")
