"""The draw as one document that anybody may read and run again, and the comparison with what it claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from doithoai.rules.draw.lots import (
    AnyRules,
    Lots,
    canonical_json,
    commitment,
    digest_of,
    lots_of,
    rows_json,
    rules_json,
    seed,
    sound_kinds,
)
from doithoai.rules.draw.lottery import (
    LOTTERY_METHOD,
    Feature,
    Lottery,
    LotteryRules,
    Panel,
    bound_of,
    kind_chances,
    limits,
)
from doithoai.rules.draw.pool import METHOD, Impossible, PoolRow, Rules, Unsound

Fact = tuple[str, object, object]


def sealed(pool: Sequence[PoolRow], rules: AnyRules, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What can be published before the event: pool, rules (with the table of panels) and their commitment."""
    return {
        "commitment": commitment(pool, rules),
        "rules": rules_json(rules, pool),
        "names": dict(names or {}),
        "pool": rows_json(pool),
    }


def published(
    pool: Sequence[PoolRow],
    rules: AnyRules,
    *,
    value: str,
    source: str,
    names: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole draw as one document for JSON, from which anybody re-runs it.

    `value` is what the event gave, `source` where that can be looked up (a record, a page); `names` are the
    groups' names, for reading only. Raises as `draw` does.
    """
    document = sealed(pool, rules, names)
    drawn_with = seed(document["commitment"], value)
    lots = lots_of(pool, rules, drawn_with, names)
    table = {} if lots.panel is None else {"ticket": lots.ticket, "panel": lots.panel + 1}
    return document | {
        "event": {"name": rules.event, "value": value, "source": source},
        "seed": drawn_with,
        "result": {**table, "chosen": lots.chosen, "reserves": lots.reserves},
    }


def document_digest(document: Mapping[str, Any]) -> str:
    """SHA-256 in hex of a published draw, however its parts are ordered."""
    return digest_of(json.dumps(document, ensure_ascii=False, sort_keys=True))


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
    found: list[Difference] = []
    try:
        doc = document if isinstance(document, Mapping) else json.loads(document)
        pool, rules = read(doc["pool"], doc["rules"])
        for what, written, computed in _facts(doc, pool, rules, notice):
            found += [Difference(what, str(written), str(computed))] if written != computed else []
    except (Unsound, Impossible) as refusal:
        found.append(Difference("Danh sách và quy tắc", "một lần bốc thăm", f"không bốc được ({refusal})"))
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        found.append(Difference("Mẫu của tệp", "không rõ", "một bản công bố bốc thăm đủ các phần"))
    return found


def thaw(canonical: str) -> tuple[list[PoolRow], AnyRules]:
    """Pool and rules from their canonical text."""
    rows, told = json.loads(canonical)
    return read(rows, told)


def read(rows: Iterable[Sequence[Any]], told: Mapping[str, Any]) -> tuple[list[PoolRow], AnyRules]:
    """Pool and rules as they are published. Raises LookupError, TypeError or ValueError where they are not that."""
    if type(told["one_per_household"]) is not bool or type(told["total"]) not in (int, type(None)):
        raise TypeError("a switch or a total of the wrong type")
    pool = [PoolRow(code, stratum, household) for code, stratum, household in rows]
    if told["method"] == METHOD:
        return pool, _rules(told)
    if told["method"] == LOTTERY_METHOD:
        return pool, _lottery_rules(told)
    raise ValueError("another method")


def _rules(told: Mapping[str, Any]) -> Rules:
    pairs = None if told["quotas"] is None else [(str(s), _whole(n)) for s, n in told["quotas"]]
    quotas = None if pairs is None else dict(pairs)
    return Rules(told["event"], quotas, told["total"], told["one_per_household"], *_grounds(told))


def _grounds(told: Mapping[str, Any]) -> tuple[str, tuple[str, ...], str]:
    """The day of the event, the conditions and the digest of the mapping, where they are told."""
    return told.get("event_on", ""), tuple(told.get("conditions", ())), told.get("mapping", "")


def _lottery_rules(told: Mapping[str, Any]) -> LotteryRules:
    features = [
        Feature(name, {value: (_whole(least), _whole(most)) for value, least, most in bounds})
        for name, bounds in told["features"]
    ]
    total, each = _whole(told["total"]), told["one_per_household"]
    return LotteryRules(told["event"], total, tuple(features), read_lottery(told["lottery"]), each, *_grounds(told))


def read_lottery(told: Mapping[str, Any]) -> Lottery:
    """A table of panels as `lottery_json` gives it. Raises LookupError, TypeError or ValueError where it is none."""
    panels = [Panel(_whole(tickets), _pairs(counts)) for tickets, counts in told["panels"]]
    return Lottery(_whole(told["tickets"]), tuple(panels), _pairs(told["bound"]))


def _pairs(told: Iterable[Sequence[Any]]) -> tuple[tuple[int, int], ...]:
    return tuple((_whole(first), _whole(second)) for first, second in told)


def _whole(told: Any) -> int:
    if type(told) is not int:
        raise TypeError("not a whole number")
    return told


def _facts(doc: Mapping[str, Any], pool: Sequence[PoolRow], rules: AnyRules, notice: str | None) -> Iterable[Fact]:
    commit = digest_of(canonical_json(sorted(doc["pool"]), doc["rules"]).decode())
    yield "Mã đối chiếu", doc["commitment"], commit
    yield "Mã trong thông báo", commit if notice is None else "".join(notice.split()), commit
    if isinstance(rules, LotteryRules):
        yield "Loại người", doc["rules"]["lottery"]["kinds"], list(sound_kinds(pool, rules).names)
    if "result" not in doc:
        yield "Kết quả", "chưa có", "một lần bốc thăm"
        return
    drawn_with = seed(commit, doc["event"]["value"])
    yield "Hạt giống", doc["seed"], drawn_with
    yield "Sự kiện", doc["event"]["name"], rules.event
    yield from _outcome(doc["result"], lots_of(pool, rules, drawn_with))


def _outcome(told: Mapping[str, Any], lots: Lots) -> Iterable[Fact]:
    yield "Vé trúng", told.get("ticket"), lots.ticket
    yield "Phương án", told.get("panel"), None if lots.panel is None else lots.panel + 1
    yield "Nhóm", sorted(told["chosen"]), sorted(lots.chosen)
    for s, chosen in lots.chosen.items():
        theirs, mine = told["chosen"][s] + told["reserves"][s], chosen + lots.reserves[s]
        yield f"Được chọn, {s}", len(told["chosen"][s]), len(chosen)
        yield f"Lá thăm, {s}", len(theirs), len(mine)
        for place, (a, b) in enumerate(zip(theirs, mine, strict=False), start=1):
            yield f"{s}, thứ {place}", a, b


def agreement(document: Mapping[str, Any]) -> str:
    """The sentence for a published draw that `verify_published` found right; with a table, what it leaves to each."""
    chosen = sum(map(len, document["result"]["chosen"].values()))
    pool, rules = read(document["pool"], document["rules"])
    told = _chances(pool, rules) if isinstance(rules, LotteryRules) else ""
    return f"Khớp hoàn toàn. Được chọn: khớp {chosen}/{chosen}.{told}"


def _chances(pool: Sequence[PoolRow], rules: LotteryRules) -> str:
    kinds = sound_kinds(pool, rules)
    least = min(kind_chances(kinds, rules.lottery))
    bound = bound_of(kinds, limits(kinds, rules.features, rules.total), rules.lottery.bound)
    told = f" Mỗi người có ít nhất {_percent(least)} khả năng được chọn"
    return f"{told}." if bound is None else f"{told}; không bảng vé nào cho mọi người hơn {_percent(bound)}."


def _percent(chance: Fraction) -> str:
    return f"{100 * float(chance):.3f} %".replace(".", ",")
