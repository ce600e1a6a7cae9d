"""Who may be drawn and under which rules: what is frozen, published and never changed afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

METHOD: Final = "doithoai-draw-1"


class Unsound(Exception):
    """The pool and the rules contradict each other; the text is one Vietnamese sentence saying where."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A group that has fewer eligible people, or households where each gives one person, than places."""

    stratum: str | None
    name: str
    needed: int
    available: int
    households: bool = False

    @property
    def missing(self) -> int:
        """How many are lacking."""
        return self.needed - self.available

    def __str__(self) -> str:
        who = f"{self.name} cần" if self.name else "cần"
        unit = "hộ đủ điều kiện, mỗi hộ một người" if self.households else "người đủ điều kiện"
        return f"{who} {self.needed} người, chỉ có {self.available} {unit}"


class Impossible(Exception):
    """More places than eligible people; the text is the Vietnamese sentence for the page, group by group."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        super().__init__(f"Chưa bốc được: {'; '.join(map(str, shortages))}.")


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One eligible person under a code made for this draw.

    The household is such a code too, never an address: all three fields are published. Where several quotas
    hold at once, the stratum is what the person counts for in each, joined by `|`.
    """

    code: str
    stratum: str
    household: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How many are drawn, and by which public event, all fixed before anybody knows the event's value.

    Either `quotas` (places for every group that has people) or `total` (shared by `seats`). With
    `one_per_household` a person is passed over as soon as one of the same household stands earlier in the
    order. `event_on` is the day of the event (ISO), `conditions` are the sentences by which people came into
    the pool, `mapping` the digest of who stands behind each code. Raises ValueError unless exactly one of the two
    is given and the event has a name.
    """

    event: str
    quotas: Mapping[str, int] | None = None
    total: int | None = None
    one_per_household: bool = True
    event_on: str = ""
    conditions: tuple[str, ...] = ()
    mapping: str = ""

    def __post_init__(self) -> None:
        if (self.quotas is None) == (self.total is None) or not self.event.strip():
            raise ValueError("rules need an event and either quotas or a total")
        if min([self.total or 0, *(self.quotas or {}).values()]) < 0:
            raise ValueError("a number of places is never negative")


def home_of(row: PoolRow, one_per_household: bool) -> tuple[str, str]:
    """What gives at most one person: the household where it counts, otherwise the person."""
    if one_per_household and row.household:
        return ("household", row.household)
    return ("person", row.code)


def refuse_unreadable(pool: Sequence[PoolRow]) -> None:
    """Raise Unsound for a code that is blank or cannot be printed, and for one that stands there twice."""
    for text in (text for row in pool for text in (row.code, row.stratum, row.household)):
        if text is not None and (not text or text != text.strip() or not text.isprintable()):
            raise Unsound(f"Mã {text!r} để trống hoặc có ký tự không in được. Sửa danh sách trước khi chốt.")
    code, times = next(iter(Counter(row.code for row in pool).most_common(1)), ("", 0))
    if times > 1:
        raise Unsound(f"Mã {code} có {times} lần trong danh sách, chỉ được một lần.")
