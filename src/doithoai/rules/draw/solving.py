"""Finding a fair table of panels: whoever has the least chance gets the greatest possible one, then the next.

First without regard to whole people: a linear program gives the fairest expected number of each kind (leximin),
and by its duals the proof that the least chance cannot be greater. Then whole panels are found, one after another,
whose mixture has these expected numbers (column generation). Where no mixture of whole panels has them, the
same search makes the mixture itself leximin. One input gives one table with one version of HiGHS; nobody needs
HiGHS afterwards, for the table is published and checked by `lottery` alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from doithoai.rules.draw.lottery import Feature, Kinds, Limit, Lottery, Panel, bound_of, kind_chances, limits
from doithoai.rules.draw.pool import Impossible

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

TICKETS: Final = (10**6, 10**9, 10**12)
"""Numbers of tickets; the first is taken that leaves the least chance at `NEAR` of its bound, or else the last."""

NEAR: Final = Fraction(9995, 10_000)
_SHARP = 1e-5  # how near to its expected numbers a mixture has to come
_TINY = 1e-7
_SCALE = 10**6  # duals become whole multipliers
_DEAR = 100  # changing the number of people is the last thing to do


@dataclass(frozen=True, slots=True)
class Change:
    """One quota that would have to give way: its name, which end of it, what is written and what would do."""

    name: str
    end: str
    written: int
    possible: int

    def __str__(self) -> str:
        return f"{self.name}, {self.end} {self.written} sửa thành {self.possible}"


class Unmet(Impossible):
    """No panel keeps all quotas. `lacking` says why where one quota alone shows it, `changes` what would mend it."""

    def __init__(self, lacking: Sequence[str], changes: Sequence[Change]) -> None:
        self.shortages = ()
        self.lacking, self.changes = tuple(lacking), tuple(changes)
        why = "; ".join(lacking) or "không có cách chọn nào giữ được mọi hạn ngạch cùng một lúc"
        Exception.__init__(self, f"Chưa bốc được: {why}. Sửa ít nhất: {'; '.join(map(str, changes))}.")


def solve(
    kinds: Kinds, features: Sequence[Feature], total: int, told: Callable[[int], None] = lambda _found: None
) -> Lottery:
    """The fairest table of panels for these kinds and quotas. Raises Unmet where no panel keeps them.

    `told` hears before each search for a panel which one it is; what it raises ends the work.
    """
    every = limits(kinds, features, total)
    panels = _Panels(kinds, every, told)
    if panels.best([0.0] * len(kinds.names)) is None:
        raise smallest_change(kinds, features, total)
    expected, bound = _expected(kinds, every)
    shares = _mixture(panels, expected, kinds)
    return _in_tickets(kinds, every, panels.found, shares, bound)


def smallest_change(kinds: Kinds, features: Sequence[Feature], total: int) -> Unmet:
    """The fewest people by which quotas would have to give way for a panel to exist; later quotas give way first."""
    every = limits(kinds, features, total)
    program = _Program(kinds, every, whole=True)
    quotas = [place for place, limit in enumerate(every) if limit.is_quota]
    for place in quotas:
        price = _DEAR if place == 0 else 1 + (len(quotas) - place) / (1000 * len(quotas))
        program.column(-price, [(place, 1.0)])
        program.column(-price, [(place, -1.0)])
    slack = [round(value) for value in program.values()[len(kinds.names) :]]
    changes = [
        change
        for place, down, up in zip(quotas, slack[::2], slack[1::2], strict=True)
        for change in _changes(every[place], down, up)
    ]
    return Unmet([*_lacking(kinds, every), *_sums(features, total)], changes)


def _changes(limit: Limit, down: int, up: int) -> Iterable[Change]:
    if limit.least == limit.most and (down or up):
        yield Change(limit.name, "đúng", limit.least, limit.least - down + up)
        return
    if down:
        yield Change(limit.name, "ít nhất", limit.least, limit.least - down)
    if up:
        yield Change(limit.name, "nhiều nhất", limit.most, limit.most + up)


def _lacking(kinds: Kinds, every: Sequence[Limit]) -> Iterable[str]:
    """Quotas that ask for more people than there are, each home counted once."""
    for limit in every:
        there = sum(kinds.homes[made_up] for made_up in {kinds.within[kind] for kind in limit.kinds})
        if limit.is_quota and there < limit.least:
            yield f"{limit.name} cần {limit.least} người, chỉ có {there} người đủ điều kiện"


def _sums(features: Sequence[Feature], total: int) -> Iterable[str]:
    """Features whose quotas add up to too many or too few."""
    for feature in features:
        least = sum(low for low, _ in feature.bounds.values())
        most = sum(high for _, high in feature.bounds.values())
        if least > total:
            yield f"{feature.name}: các mức ít nhất cộng lại {least} người, chỉ có {total} chỗ"
        if most < total:
            yield f"{feature.name}: các mức nhiều nhất cộng lại {most} người, cần {total}"


class _Program:
    """A program over so many people of each kind, within the limits; linear, or in whole numbers."""

    def __init__(self, kinds: Kinds, every: Sequence[Limit], *, whole: bool) -> None:
        self.solver = _solver()
        for _ in kinds.people:  # bounded by the limits of homes alone, so that the duals of the limits say everything
            self.column(0.0, [])
        if whole:
            self.take_whole(len(kinds.people))
        for limit in every:
            self.row(limit.least, limit.most, [(kind, 1.0) for kind in limit.kinds])

    def take_whole(self, columns: int, *, whole: bool = True) -> None:
        """Let the first columns take whole numbers only, or any again."""
        import numpy as np
        from highspy import HighsVarType

        kind = HighsVarType.kInteger if whole else HighsVarType.kContinuous
        at = np.arange(columns, dtype=np.int32)
        self.solver.changeColsIntegrality(columns, at, np.full(columns, int(kind), dtype=np.uint8))

    def column(self, price: float, rows: Sequence[tuple[int, float]], least: float = 0.0, most: float = 1e30) -> None:
        """Add a column that is worth `price` and stands in these rows."""
        self.solver.addCol(price, least, most, len(rows), *_sparse(rows))

    def row(self, least: float, most: float, columns: Sequence[tuple[int, float]]) -> None:
        """Add a row over these columns."""
        self.solver.addRow(least, most, len(columns), *_sparse(columns))

    def solved(self) -> Any:
        """The solution; None where there is none."""
        from highspy import HighsModelStatus

        self.solver.run()
        found = self.solver.getModelStatus() == HighsModelStatus.kOptimal
        return self.solver.getSolution() if found else None

    def values(self) -> list[float]:
        """The values of all columns; ValueError where there is no solution."""
        solution = self.solved()
        if solution is None:
            raise ValueError("this program always has a solution")
        return list(solution.col_value)


def _solver() -> Any:
    from highspy import Highs, ObjSense

    made: Any = Highs  # it has no types of its own
    solver = made.__new__(made)
    super(made, solver).__init__()  # what its own beginning adds prints a banner before it can be told to be silent
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.changeObjectiveSense(ObjSense.kMaximize)
    return solver


def _sparse(entries: Sequence[tuple[int, float]]) -> tuple[Any, Any]:
    import numpy as np

    return np.array([at for at, _ in entries], dtype=np.int32), np.array([value for _, value in entries], dtype=float)


class _Panels(_Program):
    """The panels found so far, and the search for the one that is worth most."""

    def __init__(self, kinds: Kinds, every: Sequence[Limit], told: Callable[[int], None]) -> None:
        super().__init__(kinds, every, whole=False)
        self.told, self.asked = told, 0
        self.most = [float(people) for people in kinds.people]
        self.found: list[Numbers] = []
        self.between([0.0] * len(self.most), self.most)

    def between(self, least: Iterable[float], most: Iterable[float]) -> None:
        """Look among panels with so many of each kind only."""
        for kind, (low, high) in enumerate(zip(least, most, strict=True)):
            self.solver.changeColBounds(kind, low, high)

    def best(self, worth: Sequence[float] | Numbers) -> Numbers | None:
        """The panel whose people are worth most together; None where no panel keeps the limits.

        The linear program is asked first, for it is quick, and often answers in whole people.
        """
        import numpy as np

        self.asked += 1
        self.told(self.asked)
        everyone = np.arange(len(worth), dtype=np.int32)
        self.solver.changeColsCost(len(worth), everyone, np.asarray(worth, dtype=float))
        solution = self.solved()
        if solution is None:
            return None
        values = np.array(solution.col_value)
        if abs(values - np.rint(values)).max(initial=0) > _TINY:
            self.take_whole(len(worth))
            solution = self.solved()
            self.take_whole(len(worth), whole=False)
        return None if solution is None else np.rint(np.array(solution.col_value))


def _expected(kinds: Kinds, every: Sequence[Limit]) -> tuple[Numbers, tuple[tuple[int, int], ...]]:
    """The fairest expected number of each kind, and the multipliers that prove the least chance to be greatest."""
    import numpy as np

    program = _Program(kinds, every, whole=False)
    fair = _Fair(program, [float(people) for people in kinds.people], len(every))
    for kind in range(len(kinds.people)):
        fair.watch(kind, [(kind, 1.0)])
    least, solution = fair.rise()
    bound = _multipliers(kinds, every, [float(dual) for dual in solution.row_dual[: len(every)]])
    while fair.settle(solution, least):
        least, solution = fair.rise()
    return np.array(solution.col_value[: len(kinds.people)]), bound


class _Fair:
    """Raises what everybody gets at least, in units of their weight, until nobody's can rise further."""

    def __init__(self, program: _Program, weights: Sequence[float], first_row: int) -> None:
        self.program, self.weights, self.first_row = program, weights, first_row
        self.level = program.solver.getNumCol()
        self.open = {kind for kind, weight in enumerate(weights) if weight > _TINY}
        program.column(1.0, [])

    def watch(self, kind: int, columns: Sequence[tuple[int, float]]) -> None:
        """Have a row say that a kind's columns are not below the level."""
        weight = self.weights[kind] if kind in self.open else 0.0
        self.program.row(0.0, 1e30, [*columns, (self.level, -weight)])

    def rise(self) -> tuple[float, Any]:
        """The highest level, and the solution that reaches it."""
        solution = self.program.solved()
        if solution is None:
            raise ValueError("this program always has a solution")
        return float(solution.col_value[self.level]), solution

    def duals(self, solution: Any) -> Numbers:
        """What one person more of each kind would be worth to the level."""
        import numpy as np

        rows = slice(self.first_row, self.first_row + len(self.weights))
        duals: Numbers = np.abs(np.array(solution.row_dual[rows], dtype=float))
        return duals

    def settle(self, solution: Any, level: float) -> bool:
        """Let those who cannot rise further keep what they have; whether anybody is still to be raised."""
        duals = self.duals(solution)
        stuck = [kind for kind in sorted(self.open) if duals[kind] > _TINY]
        for kind in stuck:
            row, least = self.first_row + kind, self.weights[kind] * level * (1 - _TINY)
            self.program.solver.changeCoeff(row, self.level, 0.0)
            self.program.solver.changeRowBounds(row, least, 1e30)
            self.open.discard(kind)
        return bool(stuck and self.open)


def _multipliers(kinds: Kinds, every: Sequence[Limit], duals: Sequence[float]) -> tuple[tuple[int, int], ...]:
    """Duals as whole numbers, in the direction that proves most; the total makes up for what rounding lost."""
    best: tuple[Fraction, tuple[tuple[int, int], ...]] | None = None
    for sign in (1, -1):
        rounded = {place: round(sign * _SCALE * dual) for place, dual in enumerate(duals)}
        short = min(sum(rounded[p] for p, limit in enumerate(every) if kind in limit.kinds) for kind in every[0].kinds)
        rounded[0] += max(0, -short)
        told = tuple((place, times) for place, times in rounded.items() if times)
        bound = bound_of(kinds, every, told)
        if bound is not None and (best is None or bound < best[0]):
            best = bound, told
    return best[1] if best else ((0, 1),)


def _mixture(panels: _Panels, expected: Numbers, kinds: Kinds) -> list[float]:
    """The share of each panel found; as expected where whole panels allow it, otherwise leximin among them."""
    import numpy as np

    panels.between(np.floor(expected + _TINY), np.ceil(expected - _TINY))
    shares = _begin(panels, expected) and _mixed(panels, expected, expected)
    if shares is None:
        panels.between([0.0] * len(expected), panels.most)
        first = panels.best(expected)
        panels.found = panels.found or ([] if first is None else [first])
        shares = _mixed(panels, np.array(kinds.people, dtype=float), None)
    return shares or []


def _begin(panels: _Panels, expected: Numbers) -> bool:
    """Find as many panels as there are kinds, each for those whom the ones before left behind."""
    import numpy as np

    given = np.zeros(len(expected))
    for turn in range(1, len(expected) + 1):
        panel = panels.best(expected * turn - given)
        if panel is None:
            return False
        given += panel
        panels.found.append(panel)
    return True


def _mixed(panels: _Panels, weights: Numbers, expected: Numbers | None) -> list[float] | None:
    """Shares of panels by which the least of all gets as much of its weight as it can, and then the next.

    With `expected` numbers the level sought is known to be 1; None where whole panels do not reach it.
    """
    mixer = _Mixer(weights)
    for panel in panels.found:
        mixer.add(panel)
    while True:
        level, solution = mixer.fair.rise()
        if expected is not None and level >= 1 - _SHARP:
            return mixer.shares(solution)
        worth = mixer.fair.duals(solution)
        better = panels.best(worth)
        if better is not None and float(better @ worth) > mixer.worth(worth) + _SHARP * level:
            panels.found.append(better)
            mixer.add(better)
        elif expected is not None:
            return None
        elif not mixer.fair.settle(solution, level):
            return mixer.shares(solution)


class _Mixer:
    """The program of the shares: they add up to one, and each kind gets at least the level times its weight."""

    def __init__(self, weights: Numbers) -> None:
        program = _Program.__new__(_Program)
        program.solver = _solver()
        self.fair = _Fair(program, [float(weight) for weight in weights], 1)
        program.row(1.0, 1.0, [])
        for kind in range(len(weights)):
            self.fair.watch(kind, [])
        self.panels: list[Numbers] = []

    def add(self, panel: Numbers) -> None:
        """Let a panel have a share."""
        rows = [(0, 1.0), *((kind + 1, float(panel[kind])) for kind in panel.nonzero()[0].tolist())]
        self.fair.program.column(0.0, rows)
        self.panels.append(panel)

    def worth(self, worth: Numbers) -> float:
        """What the best panel it knows is worth."""
        return max(float(panel @ worth) for panel in self.panels)

    def shares(self, solution: Any) -> list[float]:
        """The share of each panel."""
        return [max(0.0, float(share)) for share in solution.col_value[1:]]


def _in_tickets(
    kinds: Kinds,
    every: Sequence[Limit],
    panels: Sequence[Numbers],
    shares: Sequence[float],
    bound: tuple[tuple[int, int], ...],
) -> Lottery:
    """Shares as whole tickets, by largest remainder, so many that rounding costs the least chance next to nothing."""
    whole = [tuple((kind, int(panel[kind])) for kind in panel.nonzero()[0].tolist()) for panel in panels]
    within, lottery = bound_of(kinds, every, bound), Lottery(1, ())
    for tickets in TICKETS:
        given = _rounded(shares, tickets)
        merged: dict[tuple[tuple[int, int], ...], int] = {}
        for panel, number in zip(whole, given, strict=True):
            merged[panel] = merged.get(panel, 0) + number
        lottery = Lottery(tickets, tuple(Panel(n, panel) for panel, n in sorted(merged.items()) if n), bound)
        if within is not None and min(kind_chances(kinds, lottery)) >= NEAR * within:
            break
    return lottery


def _rounded(shares: Sequence[float], tickets: int) -> list[int]:
    exact = [Fraction(share) * tickets / (Fraction(sum(map(Fraction, shares))) or 1) for share in shares]
    given = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (given[at] - exact[at], at))
    for at in by_rest[: tickets - sum(given)]:
        given[at] += 1
    return given
