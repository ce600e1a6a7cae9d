"""What the ward of a record means: its name of today or of before 1 July 2025, or one of several that only a person can tell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from doithoai.rules.places import Gazetteer, Unit, split_kind
from doithoai.rules.vietnamese import fold

ELSEWHERE = ""
"""The answer "none of the plan's wards"."""

_ABOVE = re.compile(r"(?:thi xa|tx|thanh pho|tp|quan|huyen|tinh)\b\.?\s*(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A spelling that may mean several wards: asked once, however many lines bear it.

    `options` are the plan's wards in question; that it is none of them may always be the answer.
    """

    spelling: str
    shown: str
    why: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record's ward lies. `ward` is the plan's spelling, or as written where the plan does not name it.

    `note` says why a record counts that names another ward, whose official code is `code`.
    """

    ward: str
    note: str = ""
    code: str = ""
    question: Question | None = None


_ELSEWHERE = Placed("")
"""None of the plan's wards: the cell is kept as it was written."""


@dataclass(frozen=True, slots=True)
class Wards:
    """The plan's wards as official units, by the plan's spelling, and what was answered before.

    `answers` are by the spelling as `spelling` gives it. Without units every name stands for itself.
    """

    units: Mapping[str, Unit] = field(default_factory=dict)
    gazetteer: Gazetteer | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    _resolved: dict[tuple[str, ...], Placed | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def knows_places(self) -> bool:
        """Whether there are official units to compare with; without them names alone decide."""
        return self.gazetteer is not None and bool(self.units)

    def place(self, parts: Sequence[str], text: str) -> Placed | None:
        """What a cell means: `parts` may each name the ward, the likeliest first, and `text` is all of the cell.

        District and province in the text decide between namesakes. None where no official place has such a name.
        Each spelling is resolved once, however many streets and house numbers stand before it.
        """
        key = (*parts, "", *_named_above(text))
        if key not in self._resolved:
            self._resolved[key] = self._resolve(parts, _named_above(text))
        found = self._resolved[key]
        return Placed(text) if found == _ELSEWHERE else found

    def _resolve(self, parts: Sequence[str], named_above: Sequence[str]) -> Placed | None:
        for part in parts:
            key = spelling(part)
            if key in self.answers:
                chosen = self.answers[key]
                return Placed(chosen, f"“{part}” đã được chọn là {chosen}") if chosen else _ELSEWHERE
        named = [(part, found) for part in parts if self.gazetteer and (found := self.gazetteer.find(part))]
        above = [name for name in named_above if self.gazetteer and name in self.gazetteer.area_names]
        for part, found in named:
            if candidates := self._at_home(found, above):
                return self._settled(part, [(unit, self._means(unit)) for unit in candidates])
        return _ELSEWHERE if named else None

    def _settled(self, ward: str, readings: Sequence[tuple[Unit, tuple[str, ...]]]) -> Placed:
        itself = [(unit, means) for unit, means in readings if unit in self.units.values()]
        rivals = [
            unit for unit, means in readings if itself and means != itself[0][1] and _same_name(unit, itself[0][0])
        ]
        if itself and not rivals:
            return Placed(itself[0][1][0])
        options = tuple(dict.fromkeys(name for _, means in readings for name in means))
        wards = tuple(name for name in options if name)
        if not wards:
            return _ELSEWHERE
        if len(options) == 1:
            old = readings[0][0]
            return Placed(wards[0], self._note(old, wards[0]), old.code)
        units = [unit for unit, _ in readings]
        return Placed(ward, question=Question(spelling(ward), ward, self._why(units), wards))

    def _at_home(self, found: Iterable[Unit], above: Sequence[str]) -> list[Unit]:
        """Of namesakes those that the address names; without an address those of the plan's own provinces."""
        if above:
            return [unit for unit in found if all(name in self._areas(unit) for name in above)]
        homes = {(unit.province_code, unit.is_old) for unit in self._related()}
        return [unit for unit in found if (unit.province_code, unit.is_old) in homes]

    def _related(self) -> list[Unit]:
        """The plan's wards with those of before that went into them and those of today that they went into."""
        assert self.gazetteer is not None
        related: list[Unit] = []
        for unit in self.units.values():
            more = self.gazetteer.became(unit).heirs if unit.is_old else self.gazetteer.before(unit)
            related += [unit, *more]
        return related

    def _areas(self, unit: Unit) -> set[str]:
        """The names under which a unit's district and province, of then and of now, stand in an address."""
        assert self.gazetteer is not None
        heirs = self.gazetteer.became(unit).heirs if unit.is_old else ()
        names = [name for each in (unit, *heirs) for name in (each.district, each.province) if name]
        return {_bare(name) for name in names}

    def _means(self, unit: Unit) -> tuple[str, ...]:
        """The plan's wards that a unit may stand for, `ELSEWHERE` among them where it may be none."""
        assert self.gazetteer is not None
        named = {(known.code, known.is_old): name for name, known in self.units.items()}
        if (unit.code, unit.is_old) in named:
            return (named[unit.code, unit.is_old],)
        kin = self.gazetteer.became(unit).heirs if unit.is_old else self.gazetteer.before(unit)
        return tuple(dict.fromkeys(named.get((other.code, other.is_old), ELSEWHERE) for other in kin)) or (ELSEWHERE,)

    def _note(self, unit: Unit, ward: str) -> str:
        assert self.gazetteer is not None
        return self.gazetteer.became(unit).sentence if unit.is_old else f"{unit} trước 01/07/2025 là {ward}"

    def _why(self, units: Sequence[Unit]) -> str:
        assert self.gazetteer is not None
        if len(units) > 1:
            return "; ".join(unit.full for unit in units)
        (unit,) = units
        if unit.is_old:
            return self.gazetteer.became(unit).sentence
        names = ", ".join(str(old) for old in self.gazetteer.before(unit))
        return f"{unit} gồm {names} trước 01/07/2025"


def spelling(ward: str) -> str:
    """The key under which a spelling is asked and remembered: "P. Hòa Hiệp Bắc" → "phường hoa hiep bac"."""
    name, kind = split_kind(ward)
    return f"{kind} {fold(name)}".strip()


def _same_name(one: Unit, other: Unit) -> bool:
    return one is not other and (one.kind, fold(one.name)) == (other.kind, fold(other.name))


def _named_above(text: str) -> list[str]:
    """The districts and provinces that an address names as such."""
    return [name for part in re.split(r"[,;]| - ", text) if (name := _area(part))]


@lru_cache(maxsize=4096)
def _area(part: str) -> str:
    """The name of the district or province that a part of an address says it is, "" for every other part."""
    folded = fold(part).strip(" .")
    return _bare(folded) if _ABOVE.match(folded) else ""


def _bare(name: str) -> str:
    folded = fold(name)
    match = _ABOVE.match(folded)
    return match["name"].strip(" .") if match else folded
