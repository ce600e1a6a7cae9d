"""What a draw costs: 15 places among 5,000 people of two wards, beside the mere hashing of their codes."""

import hashlib
from collections.abc import Callable
from statistics import median
from time import perf_counter

from doithoai.rules.draw import PoolRow, Rules, commitment, draw, published, seed, verify_published

Figure = dict[str, float | int | str | None]
RUNS = 15
PEOPLE = 5_000


def bench() -> dict[str, Figure]:
    """Medians in milliseconds by name; `floor` is one SHA-256 for each of the codes, `n` the number of runs."""
    pool = [PoolRow(f"HV-{n:04d}", "HV" if n % 100 < 52 else "HT") for n in range(PEOPLE)]
    rules = Rules("Bốc 6 thẻ số từ hộp kín", total=15)
    drawn_with = seed(commitment(pool, rules), "407183")
    document = published(pool, rules, value="407183", source="")
    floor = _milliseconds(lambda: [hashlib.sha256(row.code.encode()).hexdigest() for row in pool])
    return {
        f"draw_15_of_{PEOPLE}": _figure(lambda: draw(pool, rules, drawn_with), floor),
        f"draw_verify_{PEOPLE}": _figure(lambda: verify_published(document), floor),
    }


def _figure(act: Callable[[], object], floor: float) -> Figure:
    value = _milliseconds(act)
    return {
        "value": round(value, 3),
        "unit": "ms",
        "floor": round(floor, 3),
        "ratio": round(value / floor, 2),
        "n": RUNS,
    }


def _milliseconds(act: Callable[[], object]) -> float:
    return median(_once(act) for _ in range(RUNS))


def _once(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)
