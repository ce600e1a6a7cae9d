"""The drawing of lots: who is invited and how the reserves follow, so that anybody can re-run it.

1. The pool and the rules are frozen and their `commitment` is published; nobody knows the result yet.
2. A public event, named in the rules beforehand, gives a value that nobody controls.
3. `seed` joins the two; each person's lot is SHA-256(seed, group, code). In every group the lowest lots are
   invited, the rest, in the same order, are the reserves.

Each hash is taken over UTF-8 lines joined by one line feed, which no code and no group may contain, so that
every step can be repeated with `sha256sum`. The groups ("strata") are wards, or wards by sex.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

METHOD: Final = "doithoai-draw-1"

Fact = tuple[str, object, object]


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

    The household is such a code too, never an address: all three fields are published.
    """

    code: str
    stratum: str
    household: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How many are drawn, and by which public event, all fixed before anybody knows the event's value.

    Either `quotas` (places for every group that has people) or `total` (shared by `seats`). With
    `one_per_household` a person is passed over as soon as one of the same household stands earlier in the
    order. Raises ValueError unless exactly one of the two is given and the event has a name.
    """

    event: str
    quotas: Mapping[str, int] | None = None
    total: int | None = None
    one_per_household: bool = True

    def __post_init__(self) -> None:
        if (self.quotas is None) == (self.total is None) or not self.event.strip():
            raise ValueError("rules need an event and either quotas or a total")
        if min([self.total or 0, *(self.quotas or {}).values()]) < 0:
            raise ValueError("a number of places is never negative")


@dataclass(frozen=True, slots=True)
class Result:
    """What the lots gave. Chosen and reserves are in the order of the lots, under each group.

    `skipped` names for everyone passed over the person of the same household who stands earlier;
    `chances` is everyone's exact chance of being among the chosen, as it was before the event.
    """

    seats: Mapping[str, int]
    chosen: Mapping[str, tuple[str, ...]]
    reserves: Mapping[str, tuple[str, ...]]
    skipped: Mapping[str, str]
    chances: Mapping[str, Fraction] = field(repr=False)


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
    for text in (text for row in pool for text in (row.code, row.stratum, row.household)):
        if text is not None and (not text or text != text.strip() or not text.isprintable()):
            raise Unsound(f"Mã {text!r} để trống hoặc có ký tự không in được. Sửa danh sách trước khi chốt.")
    code, times = next(iter(Counter(row.code for row in pool).most_common(1)), ("", 0))
    if times > 1:
        raise Unsound(f"Mã {code} có {times} lần trong danh sách, chỉ được một lần.")
    homes: dict[str, str] = {}
    for row in pool:
        if row.household and homes.setdefault(row.household, row.stratum) != row.stratum:
            raise Unsound(
                f"Hộ {row.household} có người ở hai nhóm ({homes[row.household]}; {row.stratum}); "
                "mỗi hộ phải nằm trong một nhóm. Sửa mã hộ trước khi chốt danh sách."
            )


def _refuse_short(pool: Sequence[PoolRow], places: Mapping[str, int], rules: Rules, names: Mapping[str, str]) -> None:
    people = Counter(row.stratum for row in pool)
    homes = Counter(stratum for stratum, _ in {(r.stratum, _home(r, rules)) for r in pool})
    short = [
        Shortage(s, names.get(s, s), need, homes[s], households=people[s] >= need)
        for s, need in sorted(places.items())
        if homes[s] < need
    ]
    if short:
        raise Impossible(short)


def _home(row: PoolRow, rules: Rules) -> tuple[str, str]:
    if rules.one_per_household and row.household:
        return ("household", row.household)
    return ("person", row.code)


def canonical(pool: Iterable[PoolRow], rules: Rules) -> bytes:
    """The one text of a pool and its rules: JSON in UTF-8, codes and keys sorted, no blanks."""
    frozen = [_rows_json(pool), _rules_json(rules)]
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _rows_json(pool: Iterable[PoolRow]) -> list[list[str | None]]:
    return [[row.code, row.stratum, row.household] for row in sorted(pool, key=lambda row: row.code)]


def _rules_json(rules: Rules) -> dict[str, object]:
    quotas = None if rules.quotas is None else [list(pair) for pair in sorted(rules.quotas.items())]
    return {
        "method": METHOD,
        "event": rules.event,
        "quotas": quotas,
        "total": rules.total,
        "one_per_household": rules.one_per_household,
    }


def commitment(pool: Iterable[PoolRow], rules: Rules) -> str:
    """SHA-256 of `canonical` in hex: published before the event, it binds pool, rules and event."""
    return hashlib.sha256(canonical(pool, rules)).hexdigest()


def seed(commitment: str, event_value: str) -> str:
    """SHA-256 of the commitment and the event's value exactly as announced. ValueError if it is blank."""
    if not event_value.strip():
        raise ValueError("the event has no value yet")
    return _sha256(commitment, event_value)


def _sha256(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def chances(pool: Sequence[PoolRow], rules: Rules) -> dict[str, Fraction]:
    """Everyone's exact chance of being chosen, by code; the chances of a group add up to its places.

    Without households it is places / eligible. With them the first persons of the households stand in the
    order of a drawing without return, each household weighted by its people; the chance is summed over all
    courses of that drawing. The work grows steeply with places and with different sizes of households: 30
    places and 4 sizes take about a second.
    """
    places = seats_for(pool, rules)
    sizes = Counter(_home(row, rules) for row in pool)
    classes: dict[str, Counter[int]] = defaultdict(Counter)
    for row in pool:
        classes[row.stratum][sizes[_home(row, rules)]] += 1
    by_size = {s: _chance_by_size(people, places[s]) for s, people in classes.items()}
    return {row.code: by_size[row.stratum][sizes[_home(row, rules)]] for row in pool}


def _chance_by_size(people: Mapping[int, int], places: int) -> dict[int, Fraction]:
    """A person's chance by the size of the household; `people` counts the persons of each size."""
    sizes = sorted(people)
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


def draw(pool: Sequence[PoolRow], rules: Rules, seed: str, names: Mapping[str, str] | None = None) -> Result:
    """Draw: the same pool, rules and seed give the same result everywhere.

    Raises Unsound or Impossible (with the groups' `names` for people), and ValueError if the seed is not 64
    hexadecimal digits.
    """
    places = seats_for(pool, rules, names)
    order, skipped = _lots(pool, rules, seed, places)
    return Result(
        seats=places,
        chosen={s: tuple(codes[: places[s]]) for s, codes in order.items()},
        reserves={s: tuple(codes[places[s] :]) for s, codes in order.items()},
        skipped=skipped,
        chances=chances(pool, rules),
    )


def _lots(
    pool: Sequence[PoolRow], rules: Rules, seed: str, groups: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The codes of every group in the order of their lots, and who is passed over after whom."""
    if not re.fullmatch("[0-9a-f]{64}", seed):
        raise ValueError("a seed has 64 hexadecimal digits")
    order: dict[str, list[str]] = {stratum: [] for stratum in groups}
    first: dict[tuple[str, str], str] = {}
    skipped: dict[str, str] = {}
    for row in sorted(pool, key=lambda row: _sha256(seed, row.stratum, row.code)):
        earlier = first.setdefault(_home(row, rules), row.code)
        if earlier == row.code:
            order[row.stratum].append(row.code)
        else:
            skipped[row.code] = earlier
    return order, skipped


def published(
    pool: Sequence[PoolRow],
    rules: Rules,
    *,
    value: str,
    source: str,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole draw as one document for JSON, from which anybody re-runs it.

    `value` is what the event gave, `source` where that can be looked up (a record, a page); `names` are the
    groups' names, for reading only. Raises as `draw` does.
    """
    commit = commitment(pool, rules)
    places = seats_for(pool, rules, names)
    order, _ = _lots(pool, rules, seed(commit, value), places)
    return {
        "commitment": commit,
        "rules": _rules_json(rules),
        "names": dict(names or {}),
        "pool": _rows_json(pool),
        "event": {"name": rules.event, "value": value, "source": source},
        "seed": seed(commit, value),
        "result": {
            "chosen": {s: codes[: places[s]] for s, codes in order.items()},
            "reserves": {s: codes[places[s] :] for s, codes in order.items()},
        },
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a published draw does not follow from its own pool, rules and event."""

    what: str
    written: str
    computed: str

    @property
    def sentence(self) -> str:
        """The difference in one Vietnamese sentence."""
        return f"{self.what}: tệp ghi {self.written}, tính lại được {self.computed}."


def verify_published(document: str | bytes | Mapping[str, Any], notice: str | None = None) -> list[Difference]:
    """Re-run a published draw; an empty list means that all of it matches.

    `notice` is the commitment as printed in the notice before the event, blanks allowed; without it a file
    whose pool was changed and everything recomputed cannot be told from the true one.
    """
    try:
        doc = document if isinstance(document, Mapping) else json.loads(document)
        pool, rules = _read(doc)
        again = published(pool, rules, value=doc["event"]["value"], source="")
        return [Difference(what, str(a), str(b)) for what, a, b in _facts(doc, again, notice) if a != b]
    except (Unsound, Impossible) as refusal:
        return [Difference("Danh sách và quy tắc", "một lần bốc thăm", f"không bốc được ({refusal})")]
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return [Difference("Mẫu của tệp", "không rõ", "một bản công bố bốc thăm đủ các phần")]


def _read(doc: Mapping[str, Any]) -> tuple[list[PoolRow], Rules]:
    told = doc["rules"]
    if told["method"] != METHOD:
        raise ValueError("another method")
    if type(told["one_per_household"]) is not bool or type(told["total"]) not in (int, type(None)):
        raise TypeError("a switch or a total of the wrong type")
    pairs = None if told["quotas"] is None else [(str(s), n) for s, n in told["quotas"]]
    if any(type(n) is not int for _, n in pairs or []):
        raise TypeError("a quota that is not a whole number")
    quotas = None if pairs is None else dict(pairs)
    rules = Rules(told["event"], quotas, told["total"], told["one_per_household"])
    return [PoolRow(code, stratum, household) for code, stratum, household in doc["pool"]], rules


def _facts(doc: Mapping[str, Any], again: Mapping[str, Any], notice: str | None) -> Iterable[Fact]:
    commit = again["commitment"]
    yield "Mã đối chiếu", doc["commitment"], commit
    yield "Mã trong thông báo", commit if notice is None else "".join(notice.split()), commit
    yield "Hạt giống", doc["seed"], again["seed"]
    yield "Sự kiện", doc["event"]["name"], again["event"]["name"]
    old, new = doc["result"], again["result"]
    yield "Nhóm", sorted(old["chosen"]), sorted(new["chosen"])
    for s, chosen in new["chosen"].items():
        told, mine = old["chosen"][s] + old["reserves"][s], chosen + new["reserves"][s]
        yield f"Được chọn, {s}", len(old["chosen"][s]), len(chosen)
        yield f"Lá thăm, {s}", len(told), len(mine)
        for place, (a, b) in enumerate(zip(told, mine, strict=False), start=1):
            yield f"{s}, thứ {place}", a, b


def agreement(document: Mapping[str, Any]) -> str:
    """The sentence for a published draw that `verify_published` found right."""
    chosen = sum(map(len, document["result"]["chosen"].values()))
    return f"Khớp hoàn toàn. Được chọn: khớp {chosen}/{chosen}."
