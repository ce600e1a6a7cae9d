"""Official places: wards and communes with their codes, before and since 1 July 2025, and what became of each.

On that day the district level ended and 10,035 wards and communes became 3,321 (Law 72/2025/QH15, article 51).
Names are not unique and codes were handed on: 22258 was phường Hòa Vinh of Phú Yên and is phường Đông Hòa of
Đắk Lắk. So a unit is known by its code together with the time of which it speaks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from doithoai.rules.vietnamese import bare, fold, same_words, short_date, squeeze

REFORM = date(2025, 7, 1)
"""The first day of the two levels of local government."""

COLUMNS = ("era", "code", "kind", "name", "district_code", "district", "province_code", "province", "heirs")
"""The columns of the table that `parse` reads, parted by tabs; heirs are codes parted by commas, the main one first."""

_KINDS = {
    "phuong": "phường", "p": "phường", "xa": "xã", "x": "xã", "thi tran": "thị trấn", "tt": "thị trấn",
    "dac khu": "đặc khu", "dk": "đặc khu", "huyen": "huyện",
}  # fmt: skip
_KIND = re.compile(
    r"^(?P<kind>phường|phuong|xã|xa|thị trấn|thi tran|đặc khu|dac khu|huyện|huyen|(?:p|x|tt|đk|dk)(?=[. \d]))"
    r"\s*\.?\s*(?=\S)",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"^(?:thị xã|thi xa|tx|thành phố|thanh pho|tp|quận|quan|q|huyện|huyen|h|tỉnh|tinh|t)\b\s*\.?\s*(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b0+(?=\d)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward, commune, township or special zone as it is or was.

    `district` is "" since 1 July 2025. `heirs` are the codes of the units it went into, the main one first; a
    unit that is still valid has none.
    """

    code: str
    kind: str
    name: str
    district_code: str
    district: str
    province_code: str
    province: str
    is_old: bool
    heirs: tuple[str, ...] = ()

    def __str__(self) -> str:
        """ "phường Hòa Vinh", and "Phường 1" with its capital (Decree 30/2020, Appendix II)."""
        return f"{self.kind.capitalize() if self.name.isdigit() else self.kind} {self.name}"

    @property
    def full(self) -> str:
        """ "phường Hòa Vinh, thị xã Đông Hòa, tỉnh Phú Yên"."""
        return ", ".join(part for part in (str(self), self.district, self.province) if part)

    @property
    def valid_from(self) -> date | None:
        """The first day it is valid; None for the units of before, whose beginnings the table does not hold."""
        return None if self.is_old else REFORM

    @property
    def valid_to(self) -> date | None:
        """The last day it was valid; None while it is."""
        return REFORM - timedelta(days=1) if self.is_old else None

    def lies_in(self, code: str) -> bool:
        """Whether it is the unit of that code, or lies in that province (two digits) or district (three)."""
        return code in (self.code, self.district_code, self.province_code)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a unit of before: one heir, or several of which only the address can tell."""

    old: Unit
    heirs: tuple[Unit, ...]

    @property
    def sentence(self) -> str:
        """The change with its day and code, as one sentence without a full stop."""
        day = short_date(REFORM)
        if len(self.heirs) == 1:
            (heir,) = self.heirs
            return f"{self.old} nay là {heir} (mã {heir.code}, {heir.province}) từ {day}"
        names = " hoặc ".join(f"{heir} (mã {heir.code})" for heir in self.heirs)
        return f"{self.old} từ {day} chia về {names}"


class Gazetteer:
    """Every unit of the table, found by name, code and time."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """`units` of both times, as `parse` gives them."""
        self.units = tuple(units)
        self._resolved: dict[tuple[str, bool | None, str], tuple[Unit, ...]] = {}

    @cached_property
    def _by_code(self) -> Mapping[tuple[str, bool], Unit]:
        return {(unit.code, unit.is_old): unit for unit in self.units}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(_folded_name(unit.name), []).append(unit)
        return found

    @cached_property
    def _before(self) -> Mapping[str, Sequence[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            for heir in unit.heirs:
                found.setdefault(heir, []).append(unit)
        return found

    def unit(self, code: str, on: date) -> Unit | None:
        """The unit that bears this code on that day."""
        return self._by_code.get((code, on < REFORM))

    def find(self, text: str, *, on: date | None = None, within: str = "") -> tuple[Unit, ...]:
        """The units that a text may name: "Hòa Vinh", "P. Hoa Vinh", "phường Hòa Vinh, TX Đông Hòa, Phú Yên".

        What stands after a comma is the district or province and narrows the search; so does `within`, the code
        of a province, district or unit. With `on` only units valid that day. None fits: an empty tuple. A text with
        diacritics prefers units that share them.
        """
        old = None if on is None else on < REFORM
        key = (squeeze(text), old, within)
        if key not in self._resolved:
            self._resolved[key] = tuple(self._find(*key))
        return self._resolved[key]

    def _find(self, text: str, old: bool | None, within: str) -> list[Unit]:
        head, *above = [part.strip() for part in text.split(",") if part.strip()] or [""]
        name, kind = split_kind(head)
        found = [unit for unit in self._by_name.get(_folded_name(name), ()) if kind in ("", unit.kind)]
        if kind:  # "Phường Đúc" and "Xa Dung" are names
            found += self._by_name.get(_folded_name(head), ())
        found = [unit for unit in found if old in (None, unit.is_old)]
        found = [unit for unit in found if not within or unit.lies_in(within)]
        found = [unit for unit in found if all(_lies(unit, part) for part in above)]
        written = {_plain_number(name), _plain_number(head)}
        same = [unit for unit in found if any(same_words(_plain_number(unit.name), one) for one in written)]
        return same if name != bare(name) and same else found

    def area(self, text: str, *, on: date, within: str = "") -> str:
        """The code of the one ward, district or province of that day which a text names; "" for none or several."""
        areas = self._areas.get((fold(text), on < REFORM), ())
        above = {code for code, lying in areas if not within or within in lying}
        found = {unit.code for unit in self.find(text, on=on, within=within)} | above
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def _areas(self) -> Mapping[tuple[str, bool], set[tuple[str, tuple[str, ...]]]]:
        """The districts and provinces of each time by folded name: the code, and the codes it lies in, its own first."""
        rows = {
            (unit.district, unit.district_code, unit.province, unit.province_code, unit.is_old) for unit in self.units
        }
        found: dict[tuple[str, bool], set[tuple[str, tuple[str, ...]]]] = {}
        for district, district_code, province, province_code, is_old in rows:
            if district:
                lying = (district_code, province_code)
                found.setdefault((fold(district), is_old), set()).add((district_code, lying))
            for name in (province, _ABOVE.sub("", province)):
                found.setdefault((fold(name), is_old), set()).add((province_code, (province_code,)))
        return found

    @cached_property
    def area_names(self) -> frozenset[str]:
        """The folded names of all districts and provinces of both times, without their kinds."""
        names = {name for unit in self.units for name in (unit.district, unit.province) if name}
        return frozenset(fold(_ABOVE.sub("", name)) for name in names)

    def became(self, old: Unit) -> Became:
        """What became of a unit of before on 1 July 2025."""
        return Became(old, tuple(self._by_code[code, False] for code in old.heirs))

    def before(self, unit: Unit) -> tuple[Unit, ...]:
        """The units of before that went into a unit of today, whole or in part."""
        return () if unit.is_old else tuple(self._before.get(unit.code, ()))

    @cached_property
    def provinces(self) -> Mapping[str, str]:
        """The 34 provinces of today: code and name."""
        return {unit.province_code: unit.province for unit in self.units if not unit.is_old}


@lru_cache(maxsize=4096)
def split_kind(text: str) -> tuple[str, str]:
    """ "P. Hòa Vinh" → ("Hòa Vinh", "phường"); a name without its kind has the kind ""."""
    match = _KIND.match(text)
    if match is None:
        return text.strip(" ."), ""
    kind = _KINDS[fold(match["kind"])]
    return text[match.end() :].strip(" ."), kind


def _plain_number(name: str) -> str:
    """ "01" and "1" are one ward."""
    return _NUMBER.sub("", name)


def _folded_name(name: str) -> str:
    return _plain_number(fold(name))


def _lies(unit: Unit, part: str) -> bool:
    """Whether a part of an address behind the ward names the unit's district or province, or neither kind of thing."""
    wanted = fold(_ABOVE.sub("", part))
    return wanted in {"viet nam", *(fold(_ABOVE.sub("", name)) for name in (unit.district, unit.province))}


def parse(lines: Iterable[str]) -> Gazetteer:
    """The table as text, one unit a line in the order of `COLUMNS`; lines that begin with # are remarks."""
    return Gazetteer([_unit(line) for line in lines if line.strip() and not line.startswith("#")])


def _unit(line: str) -> Unit:
    era, code, kind, name, district_code, district, province_code, province, heirs = line.rstrip("\n").split("\t")
    codes = tuple(heirs.split(",")) if heirs else ()
    return Unit(code, kind, name, district_code, district, province_code, province, era == "old", codes)


def as_lines(units: Iterable[Unit]) -> Iterator[str]:
    """The lines that `parse` reads."""
    for unit in units:
        era = "old" if unit.is_old else "new"
        where = (unit.district_code, unit.district, unit.province_code, unit.province)
        yield "\t".join((era, unit.code, unit.kind, unit.name, *where, ",".join(unit.heirs)))
