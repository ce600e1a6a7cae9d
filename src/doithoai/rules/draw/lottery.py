"""Several quotas at once (ward, sex, age group): a table of whole panels, each with its tickets.

People who count alike in every quota, and whose households are made up alike, are one *kind*. A panel says
how many of each kind are chosen and keeps every quota; the table gives each panel a number of tickets. Seed and
table together name one ticket, and with it the panel. How the table was found (`solving`) need not be trusted:
that every panel keeps the quotas, what chance it leaves to each person, and that no table could leave more to
whoever has least, are all checked here by adding and multiplying.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from doithoai.rules.draw.pool import PoolRow, Unsound, home_of, refuse_unreadable

LOTTERY_METHOD: Final = "doithoai-draw-2"
BETWEEN: Final = "|"
"""Stands in a stratum between what a person counts for in one quota and in the next."""

_RESERVED = (BETWEEN, "+", "@")


@dataclass(frozen=True, slots=True)
class Feature:
    """One way in which people are counted, such as sex: for each value the fewest and the most to be chosen."""

    name: str
    bounds: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Panel:
    """How many of which kinds are chosen together, and how many of all tickets fall on it."""

    tickets: int
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Lottery:
    """The table. `bound` are whole multipliers of limits, by their place; they prove what nobody can surpass."""

    tickets: int
    panels: tuple[Panel, ...]
    bound: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LotteryRules:
    """What is fixed before the event where several quotas hold at once: `total` people, every feature, the table."""

    event: str
    total: int
    features: tuple[Feature, ...]
    lottery: Lottery
    one_per_household: bool = True
    event_on: str = ""
    conditions: tuple[str, ...] = ()
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """At least and at most so many of these kinds together; its name is for people.

    A quota was set by somebody and may be changed; that a home gives one person at most may not.
    """

    name: str
    least: int
    most: int
    kinds: tuple[int, ...]
    is_quota: bool = True

    def count(self, counts: Mapping[int, int]) -> int:
        """How many of its kinds there are."""
        return sum(counts.get(kind, 0) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of people of a pool, sorted by name, with the people of each and the kind of every code.

    A home is a household, or a person alone; `homes` counts the homes that are made up alike, and `within`
    says in which of these a kind lives. Each home gives one person at most.
    """

    names: tuple[str, ...]
    strata: tuple[str, ...]
    people: tuple[int, ...]
    within: tuple[str, ...]
    homes: Mapping[str, int]
    of: Mapping[str, int]


def kinds_of(pool: Sequence[PoolRow], one_per_household: bool) -> Kinds:
    """Sort a pool into kinds."""
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in pool:
        members[home_of(row, one_per_household)].append(row.stratum)
    made_up = {home: "+".join(sorted(strata)) for home, strata in members.items()}
    named = {row.code: _kind(row.stratum, made_up[home_of(row, one_per_household)]) for row in pool}
    found = Counter(named.values())
    about = {named[row.code]: (row.stratum, made_up[home_of(row, one_per_household)]) for row in pool}
    names = sorted(found)
    index = {name: place for place, name in enumerate(names)}
    return Kinds(
        names=tuple(names),
        strata=tuple(about[name][0] for name in names),
        people=tuple(found[name] for name in names),
        within=tuple(about[name][1] for name in names),
        homes=dict(sorted(Counter(made_up.values()).items())),
        of={code: index[name] for code, name in named.items()},
    )


def _kind(stratum: str, made_up: str) -> str:
    return stratum if made_up == stratum else f"{stratum} @ {made_up}"


def limits(kinds: Kinds, features: Sequence[Feature], total: int) -> list[Limit]:
    """Everything a panel has to keep: the total, then value by value of every feature, then one person a home."""
    everyone = range(len(kinds.names))
    values = [stratum.split(BETWEEN) for stratum in kinds.strata]
    found = [Limit("Tổng số người", total, total, tuple(everyone))]
    for place, feature in enumerate(features):
        for value, (least, most) in feature.bounds.items():
            own = tuple(kind for kind in everyone if values[kind][place] == value)
            found.append(Limit(f"{feature.name} {value}", least, most, own))
    inside: dict[str, list[int]] = defaultdict(list)
    for kind in everyone:
        inside[kinds.within[kind]].append(kind)
    homes = kinds.homes.items()
    return found + [Limit(f"Hộ {made_up}", 0, most, tuple(inside[made_up]), is_quota=False) for made_up, most in homes]


def refuse_uncounted(pool: Sequence[PoolRow], features: Sequence[Feature], total: int) -> None:
    """Raise Unsound where a person counts for a value without a quota, or a quota contradicts itself."""
    refuse_unreadable(pool)
    for feature in features:
        for value, (least, most) in feature.bounds.items():
            if not value or any(sign in value for sign in _RESERVED):
                raise Unsound(f"{feature.name}: giá trị {value!r} có dấu dùng để ngăn các phần. Đổi tên giá trị này.")
            if not 0 <= least <= most:
                raise Unsound(f"{feature.name} {value}: ít nhất {least}, nhiều nhất {most} là trái nhau.")
    if total < 0:
        raise Unsound("Số chỗ không thể âm.")
    for row in pool:
        values = row.stratum.split(BETWEEN)
        if len(values) != len(features) or any(
            value not in feature.bounds for value, feature in zip(values, features, strict=True)
        ):
            raise Unsound(f"Mã {row.code} ghi “{row.stratum}”, quy tắc không có hạn ngạch cho nhóm này.")


def faults(kinds: Kinds, rules: LotteryRules) -> list[tuple[str, str]]:
    """What is wrong with a table, panel by panel: which one, and which limits it breaks. Empty when it is sound."""
    every = limits(kinds, rules.features, rules.total)
    told = [(f"Phương án {place}", _broken(panel, every)) for place, panel in enumerate(rules.lottery.panels, 1)]
    return [(which, broken) for which, broken in told if broken]


def _broken(panel: Panel, every: Sequence[Limit]) -> str:
    counts = dict(panel.counts)
    if panel.tickets <= 0 or min(counts.values(), default=0) < 0 or len(counts) != len(panel.counts):
        return "số không hợp lệ"
    if set(counts) - set(every[0].kinds):
        return "có loại người không có trong danh sách"
    wrong = [(limit, limit.count(counts)) for limit in every if not limit.least <= limit.count(counts) <= limit.most]
    return "; ".join(f"{limit.name} {count} (từ {limit.least} đến {limit.most})" for limit, count in wrong)


def kind_chances(kinds: Kinds, lottery: Lottery) -> list[Fraction]:
    """The exact chance of one person of each kind, by the kind's place."""
    weights = [0] * len(kinds.names)
    for panel in lottery.panels:
        for kind, count in panel.counts:
            weights[kind] += panel.tickets * count
    return [Fraction(weight, lottery.tickets * people) for weight, people in zip(weights, kinds.people, strict=True)]


def bound_of(kinds: Kinds, every: Sequence[Limit], multipliers: Sequence[tuple[int, int]]) -> Fraction | None:
    """A chance that no table of panels can give to everybody, proved by multipliers of the limits; None: no proof.

    Each limit holds for every panel, so it holds for the mean of any table. Added up with the multipliers, the
    limits say: so many times each kind's expected places is never more than `most`. If everybody had a greater
    chance than the quotient, that sum would be surpassed.
    """
    weights, most = [0] * len(kinds.names), 0
    for place, times in multipliers:
        if not 0 <= place < len(every):
            return None
        limit = every[place]
        most += times * (limit.most if times > 0 else limit.least)
        for kind in limit.kinds:
            weights[kind] += times
    people = sum(weight * n for weight, n in zip(weights, kinds.people, strict=True))
    return Fraction(most, people) if people > 0 and min(weights) >= 0 else None


def panel_at(lottery: Lottery, ticket: int) -> int:
    """The place of the panel on which a ticket falls, counted from 0; tickets are counted from 0 too."""
    passed = 0
    for place, panel in enumerate(lottery.panels):
        passed += panel.tickets
        if ticket < passed:
            return place
    raise ValueError("no such ticket")
