"""What the page of choosing shows: who may be drawn, the frozen list, the lots, and each person's chance."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from doithoai.directory.models import Place
from doithoai.planning.models import Sitting
from doithoai.roster import queries
from doithoai.roster.models import Draw, Invitation, Pool
from doithoai.rules import draw as lots
from doithoai.rules.vietnamese import percent


@dataclass(frozen=True, slots=True)
class WardRow:
    """One ward: its eligible people and places, and the chance of each of its people in words."""

    place: str
    code: str
    eligible: int
    places: int | None = None
    chance: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """How far the choosing of one sitting's people is."""

    pool: Pool | None
    drawing: Draw | None
    wards: list[WardRow]
    places: list[Place]
    why_none: str
    left_out: list[tuple[str, int]]

    @property
    def eligible(self) -> int:
        """Eligible people of all wards."""
        return sum(row.eligible for row in self.wards)


def choosing(sitting: Sitting) -> Choosing:
    """Read everything about the choosing of a sitting's people."""
    pool = Pool.objects.filter(sitting=sitting).select_related("drawing").first()
    left = _left_out(sitting)
    if pool is not None:
        pool.sitting = sitting
        drawing = pool.drawing if hasattr(pool, "drawing") else None
        return Choosing(pool, drawing, _frozen_rows(pool), [], "", left)
    wards = queries.wards_of(sitting)
    counted = Counter(one.ward.pk for one in queries.eligible(sitting))
    rows = [WardRow(str(ward), ward.code, counted[ward.pk]) for ward in wards]
    why = "" if counted else queries.why_none(sitting)
    return Choosing(None, None, rows, wards, why, left)


def _left_out(sitting: Sitting) -> list[tuple[str, int]]:
    counted = queries.left_out(sitting.dialogue)
    words = {
        "elsewhere": _("không cư trú ở các phường của kế hoạch"),
        "other_sector": _("chỉ có hồ sơ lĩnh vực khác"),
        "unfinished": _("hồ sơ chưa giải quyết xong"),
    }
    return [(words[reason], count) for reason, count in counted.items() if count and reason in words]


def _frozen_rows(pool: Pool) -> list[WardRow]:
    by_code = {row["ward"]: row for row in pool.counts["wards"]}
    spread = _spread(pool.canonical, tuple(by_code))
    return [
        WardRow(row["name"], code, row["eligible"], row["places"], _chance_words(spread[code], row))
        for code, row in by_code.items()
    ]


@lru_cache(maxsize=8)  # a frozen list never changes, and households make its chances slow to count
def _chances(canonical: str) -> Mapping[str, Fraction]:
    return lots.chances(*queries.frozen(Pool(canonical=canonical)))


def _spread(canonical: str, wards: tuple[str, ...]) -> dict[str, list[Fraction]]:
    """The different chances within each ward, the smallest first: one, unless households differ in size."""
    chances = _chances(canonical)
    found: dict[str, set[Fraction]] = {ward: set() for ward in wards}
    for row in queries.frozen(Pool(canonical=canonical))[0]:
        found[row.stratum].add(chances[row.code])
    return {ward: sorted(values) for ward, values in found.items()}


def _chance_words(values: list[Fraction], row: Mapping[str, int]) -> str:
    if len(values) > 1:
        low, high = (percent(value.numerator, value.denominator) for value in (values[0], values[-1]))
        return _("%(low)s đến %(high)s, tùy số người trong hộ") % {"low": low, "high": high}
    if not values:
        return ""
    if values[0] == Fraction(row["places"], row["eligible"]):
        return f"{row['places']}/{row['eligible']} = {percent(row['places'], row['eligible'])}"
    return percent(values[0].numerator, values[0].denominator)


def chance_of(invitation: Invitation, pool: Pool | None) -> str:
    """The chance that this person had of being drawn, as a percentage; "" for who was not in the draw."""
    if pool is None or invitation.member is None or invitation.member.pool_id != pool.pk:
        return ""
    chance = _chances(pool.canonical)[invitation.member.code]
    return percent(chance.numerator, chance.denominator)
