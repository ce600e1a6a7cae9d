"""Lots and what they give: the seed, everybody's place in the order, who is chosen and who stands in reserve."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from doithoai.rules.draw.groups import chances_in_groups, seats_for
from doithoai.rules.draw.lottery import (
    LOTTERY_METHOD,
    Kinds,
    Lottery,
    LotteryRules,
    faults,
    kind_chances,
    kinds_of,
    panel_at,
    refuse_uncounted,
)
from doithoai.rules.draw.pool import METHOD, PoolRow, Rules, Unsound, home_of

AnyRules = Rules | LotteryRules


@dataclass(frozen=True, slots=True)
class Result:
    """What the lots gave. Chosen and reserves are in the order of the lots, under each group.

    `skipped` names for everyone passed over the person of the same household who stands earlier; `chances` is
    everyone's exact chance of being among the chosen, as it was before the event. `ticket` and `panel`, counted
    from 0, are what the seed took from the table; None where there is no table.
    """

    seats: Mapping[str, int]
    chosen: Mapping[str, tuple[str, ...]]
    reserves: Mapping[str, tuple[str, ...]]
    skipped: Mapping[str, str]
    chances: Mapping[str, Fraction] = field(repr=False)
    ticket: int | None = None
    panel: int | None = None


def canonical(pool: Sequence[PoolRow], rules: AnyRules) -> bytes:
    """The one text of a pool and its rules: JSON in UTF-8, codes and keys sorted, no blanks."""
    return canonical_json(rows_json(pool), rules_json(rules, pool))


def canonical_json(rows: Sequence[Sequence[object]], rules: Mapping[str, object]) -> bytes:
    """The same of pool and rules as they stand in a published document."""
    return json.dumps([rows, rules], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def rows_json(pool: Iterable[PoolRow]) -> list[list[str | None]]:
    """The pool as it is published."""
    return [[row.code, row.stratum, row.household] for row in sorted(pool, key=lambda row: row.code)]


def rules_json(rules: AnyRules, pool: Sequence[PoolRow]) -> dict[str, object]:
    """The rules as they are published; a table with the names of the pool's kinds, in their order."""
    common: dict[str, object] = {"event": rules.event, "total": rules.total}
    common |= {"one_per_household": rules.one_per_household}
    common |= {"event_on": rules.event_on} if rules.event_on else {}
    common |= {"conditions": list(rules.conditions)} if rules.conditions else {}
    common |= {"mapping": rules.mapping} if rules.mapping else {}
    if isinstance(rules, Rules):
        quotas = None if rules.quotas is None else [list(pair) for pair in sorted(rules.quotas.items())]
        return common | {"method": METHOD, "quotas": quotas}
    features = [
        [feature.name, [[value, *bounds] for value, bounds in feature.bounds.items()]] for feature in rules.features
    ]
    kinds = kinds_of(pool, rules.one_per_household).names
    table = lottery_json(rules.lottery) | {"kinds": list(kinds)}
    return common | {"method": LOTTERY_METHOD, "features": features, "lottery": table}


def lottery_json(lottery: Lottery) -> dict[str, object]:
    """The table of panels as it is stored; published, the names of the kinds are added."""
    return {
        "tickets": lottery.tickets,
        "panels": [[panel.tickets, [list(pair) for pair in panel.counts]] for panel in lottery.panels],
        "bound": [list(pair) for pair in lottery.bound],
    }


def commitment(pool: Sequence[PoolRow], rules: AnyRules) -> str:
    """SHA-256 of `canonical` in hex: published before the event, it binds pool, rules and event."""
    return digest_of(canonical(pool, rules).decode())


def digest_of(text: str) -> str:
    """SHA-256 in hex of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed(commitment: str, event_value: str) -> str:
    """SHA-256 of the commitment and the event's value exactly as announced. ValueError if it is blank."""
    if not event_value.strip():
        raise ValueError("the event has no value yet")
    return _sha256(commitment, event_value)


def _sha256(*lines: str) -> str:
    return digest_of("\n".join(lines))


def chances(pool: Sequence[PoolRow], rules: AnyRules) -> dict[str, Fraction]:
    """Everyone's exact chance of being chosen, by code. Raises Unsound or Impossible."""
    if isinstance(rules, Rules):
        return chances_in_groups(pool, rules)
    kinds = sound_kinds(pool, rules)
    by_kind = kind_chances(kinds, rules.lottery)
    return {code: by_kind[kind] for code, kind in kinds.of.items()}


def sound_kinds(pool: Sequence[PoolRow], rules: LotteryRules) -> Kinds:
    """The kinds of a pool whose table keeps all rules. Raises Unsound with the first thing that is wrong."""
    refuse_uncounted(pool, rules.features, rules.total)
    kinds, lottery = kinds_of(pool, rules.one_per_household), rules.lottery
    if wrong := faults(kinds, rules):
        raise Unsound(f"{wrong[0][0]} của bảng vé không giữ quy tắc: {wrong[0][1]}.")
    if lottery.tickets <= 0 or sum(panel.tickets for panel in lottery.panels) != lottery.tickets:
        raise Unsound(f"Các phương án cộng lại không đúng {lottery.tickets} vé.")
    return kinds


def draw(pool: Sequence[PoolRow], rules: AnyRules, seed: str, names: Mapping[str, str] | None = None) -> Result:
    """Draw: the same pool, rules and seed give the same result everywhere.

    Raises Unsound or Impossible (with the groups' `names` for people), and ValueError if the seed is not 64
    hexadecimal digits.
    """
    drawn = lots_of(pool, rules, seed, names)
    return Result(
        seats={s: len(codes) for s, codes in drawn.chosen.items()},
        chosen={s: tuple(codes) for s, codes in drawn.chosen.items()},
        reserves={s: tuple(codes) for s, codes in drawn.reserves.items()},
        skipped=drawn.skipped,
        chances=chances(pool, rules),
        ticket=drawn.ticket,
        panel=drawn.panel,
    )


@dataclass(frozen=True, slots=True)
class Lots:
    """The bare outcome, without the arithmetic of chances."""

    chosen: dict[str, list[str]]
    reserves: dict[str, list[str]]
    skipped: dict[str, str]
    ticket: int | None = None
    panel: int | None = None


def lots_of(pool: Sequence[PoolRow], rules: AnyRules, seed: str, names: Mapping[str, str] | None = None) -> Lots:
    """The codes of every group in the order of their lots. Raises as `draw` does."""
    if not re.fullmatch("[0-9a-f]{64}", seed):
        raise ValueError("a seed has 64 hexadecimal digits")
    if isinstance(rules, LotteryRules):
        return _by_table(pool, rules, seed)
    places = seats_for(pool, rules, names)
    order, skipped = _in_groups(pool, rules, seed, places)
    return Lots(
        {s: codes[: places[s]] for s, codes in order.items()},
        {s: codes[places[s] :] for s, codes in order.items()},
        skipped,
    )


def _ordered(pool: Iterable[PoolRow], seed: str) -> list[PoolRow]:
    return sorted(pool, key=lambda row: lot_of(seed, row))


def lot_of(seed: str, row: PoolRow) -> str:
    """The lot of one person, in hex: the lower one comes first."""
    return _sha256(seed, row.stratum, row.code)


def _in_groups(
    pool: Sequence[PoolRow], rules: Rules, seed: str, groups: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    order: dict[str, list[str]] = {stratum: [] for stratum in groups}
    first: dict[tuple[str, str], str] = {}
    skipped: dict[str, str] = {}
    for row in _ordered(pool, seed):
        earlier = first.setdefault(home_of(row, rules.one_per_household), row.code)
        if earlier == row.code:
            order[row.stratum].append(row.code)
        else:
            skipped[row.code] = earlier
    return order, skipped


def _by_table(pool: Sequence[PoolRow], rules: LotteryRules, seed: str) -> Lots:
    """The ticket names the panel; of each kind the lowest lots are chosen, one of a home at most.

    This never runs short: homes of one make-up all have the kinds that the panel asks of them, and there are as
    many as it asks for. Everybody else follows as a reserve of the own group, unless one of the home stands
    before.
    """
    kinds = sound_kinds(pool, rules)
    ticket = int(_sha256(seed, "vé"), 16) % rules.lottery.tickets
    panel = panel_at(rules.lottery, ticket)
    wanted = Counter(dict(rules.lottery.panels[panel].counts))
    lots = Lots(
        {s: [] for s in sorted(set(kinds.strata))}, {s: [] for s in sorted(set(kinds.strata))}, {}, ticket, panel
    )
    homes: dict[tuple[str, str], str] = {}
    left: list[PoolRow] = []
    for row in _ordered(pool, seed):
        home, kind = home_of(row, rules.one_per_household), kinds.of[row.code]
        if wanted[kind] and home not in homes:
            wanted[kind] -= 1
            homes[home] = row.code
            lots.chosen[row.stratum].append(row.code)
        else:
            left.append(row)
    for row in left:
        earlier = homes.setdefault(home_of(row, rules.one_per_household), row.code)
        if earlier == row.code:
            lots.reserves[row.stratum].append(row.code)
        else:
            lots.skipped[row.code] = earlier
    return lots
