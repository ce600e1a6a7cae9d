"""A reserve for a place that fell free where several quotas hold: whoever is called, the quotas are looked at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from doithoai.rules.draw.lottery import BETWEEN, Feature


@dataclass(frozen=True, slots=True)
class Successor:
    """Who is called, by the place in the order of the lots; and the quotas that would then be missed."""

    place: int
    missed: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why it had to be this one, for the list; "" where every quota is kept."""
        if not self.missed:
            return ""
        return f"Không dự bị nào giữ được mọi hạn ngạch, nên gọi người đầu tiên: {'; '.join(self.missed)}."


def successor(features: Sequence[Feature], held: Iterable[str], waiting: Sequence[str]) -> Successor | None:
    """The first of those waiting with whom every quota is kept; the first of all where there is none.

    `held` are the strata of those who hold a place, `waiting` those of the reserves in the order of the lots. None
    where nobody waits.
    """
    there = list(held)
    first: Successor | None = None
    known: dict[str, Successor] = {}
    for place, stratum in enumerate(waiting):
        if stratum in known:
            continue
        known[stratum] = found = Successor(place, tuple(_missed(features, [*there, stratum])))
        if not found.missed:
            return found
        first = first or found
    return first


def _missed(features: Sequence[Feature], strata: Sequence[str]) -> Iterator[str]:
    values = [stratum.split(BETWEEN) for stratum in strata]
    for place, feature in enumerate(features):
        counted = Counter(value[place] for value in values)
        for value, (least, most) in feature.bounds.items():
            if counted[value] < least:
                yield f"{feature.name}: {value} chỉ có {counted[value]} người, cần ít nhất {least}"
            if counted[value] > most:
                yield f"{feature.name}: {value} có {counted[value]} người, nhiều nhất {most}"
