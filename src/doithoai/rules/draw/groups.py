"""The simple draw: so many places for each group, the groups side by side; everybody's exact chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from doithoai.rules.draw.pool import Impossible, PoolRow, Rules, Shortage, Unsound, home_of, refuse_unreadable


def seats(total: int, eligible: Mapping[str, int]) -> dict[str, int]:
    """Share the places among groups by their eligible people: largest remainder (Hare quota).

    Of equal remainders the larger group is served first, then the group whose name comes first by code
    points. No group gets more places than it has people. Raises Impossible if there are too few people.
    """
    if total < 0 or min(eligible.values(), default=0) < 0:
        raise ValueError("counts are never negative")
    everyone = sum(eligible.values())
    if total > everyone:
        raise Impossible([Shortage(None, "", total, everyone)])
    shares = {s: divmod(total * n, everyone or 1) for s, n in eligible.items()}
    by_rest = sorted(eligible, key=lambda s: (-shares[s][1], -eligible[s], s))
    extra = set(by_rest[: total - sum(whole for whole, _ in shares.values())])
    return {s: shares[s][0] + (s in extra) for s in sorted(eligible)}


def seats_for(pool: Sequence[PoolRow], rules: Rules, names: Mapping[str, str] | None = None) -> dict[str, int]:
    """The places of every group under these rules; check with it before the pool is frozen.

    A draw that passes here cannot fail later, whatever the event gives. `names` are the groups' names for
    people. Raises Unsound or Impossible.
    """
    _refuse_unsound(pool)
    eligible = Counter(row.stratum for row in pool)
    places = seats(rules.total, eligible) if rules.total is not None else dict(rules.quotas or {})
    if unplaced := sorted(set(eligible) - set(places)):
        label = (names or {}).get(unplaced[0], unplaced[0])
        raise Unsound(f"{label} có {eligible[unplaced[0]]} người đủ điều kiện, quy tắc chưa ghi số chỗ.")
    _refuse_short(pool, places, rules, names or {})
    return dict(sorted(places.items()))


def _refuse_unsound(pool: Sequence[PoolRow]) -> None:
    refuse_unreadable(pool)
    homes: dict[str, str] = {}
    for row in pool:
        if row.household and homes.setdefault(row.household, row.stratum) != row.stratum:
            raise Unsound(
                f"Hộ {row.household} có người ở hai nhóm ({homes[row.household]}; {row.stratum}); "
                "mỗi hộ phải nằm trong một nhóm. Sửa mã hộ trước khi chốt danh sách."
            )


def _refuse_short(pool: Sequence[PoolRow], places: Mapping[str, int], rules: Rules, names: Mapping[str, str]) -> None:
    people = Counter(row.stratum for row in pool)
    homes = Counter(stratum for stratum, _ in {(r.stratum, home_of(r, rules.one_per_household)) for r in pool})
    short = [
        Shortage(s, names.get(s, s), need, homes[s], households=people[s] >= need)
        for s, need in sorted(places.items())
        if homes[s] < need
    ]
    if short:
        raise Impossible(short)


def chances_in_groups(pool: Sequence[PoolRow], rules: Rules) -> dict[str, Fraction]:
    """Everyone's exact chance of being chosen, by code; the chances of a group add up to its places.

    Without households it is places / eligible. With them the first persons of the households stand in the
    order of a drawing without return, each household weighted by its people; the chance is summed over all
    courses of that drawing. The work grows steeply with places and with different sizes of households: 30
    places and 4 sizes take about a second.
    """
    places = seats_for(pool, rules)
    sizes = Counter(home_of(row, rules.one_per_household) for row in pool)
    classes: dict[str, Counter[int]] = defaultdict(Counter)
    for row in pool:
        classes[row.stratum][sizes[home_of(row, rules.one_per_household)]] += 1
    by_size = {s: _chance_by_size(people, places[s]) for s, people in classes.items()}
    return {row.code: by_size[row.stratum][sizes[home_of(row, rules.one_per_household)]] for row in pool}


def _chance_by_size(people: Mapping[int, int], places: int) -> dict[int, Fraction]:
    """A person's chance by the size of the household; `people` counts the persons of each size."""
    sizes = sorted(people)
    if len(sizes) == 1:
        return {sizes[0]: Fraction(places, people[sizes[0]])}
    courses = {(0,) * len(sizes): Fraction(1)}
    for _ in range(places):
        following: dict[tuple[int, ...], Fraction] = defaultdict(Fraction)
        for taken, chance in courses.items():
            left = [people[size] - size * gone for size, gone in zip(sizes, taken, strict=True)]
            for i, lots in enumerate(left):
                if lots:
                    step = (*taken[:i], taken[i] + 1, *taken[i + 1 :])
                    following[step] += chance * Fraction(lots, sum(left))
        courses = dict(following)
    expected = [sum((p * taken[i] for taken, p in courses.items()), Fraction(0)) for i in range(len(sizes))]
    return {size: homes / people[size] for size, homes in zip(sizes, expected, strict=True)}
