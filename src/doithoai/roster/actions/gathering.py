"""Who comes into the list to draw from, rule by rule; by what they are counted; and the fair table for several quotas."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

from django.db.models import Q

from doithoai.directory.models import Place
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster.models import Exclusion, Invitation, Record
from doithoai.roster.queries import MAIN, Eligible, eligible, wards_of
from doithoai.rules import draw as lots
from doithoai.rules.vietnamese import page_date

UNKNOWN: Final = "không rõ"
AGES: Final = ((36, "dưới 36"), (60, "36–59"), (200, "từ 60"))
FEATURES: Final = ("Nơi cư trú", "Giới tính", "Tuổi")
MOST_MONTHS: Final = 60
KEPT_OUT: Final = {
    Exclusion.Ground.HANDLER: "cán bộ đang giải quyết hồ sơ",
    Exclusion.Ground.KIN: "người nhà của cán bộ đang giải quyết hồ sơ",
    Exclusion.Ground.STAFF: "cán bộ, công chức của cơ quan",
}
"""The grounds of keeping somebody out in the words of the published conditions, which are Vietnamese always."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the inviting office decides about the list: who was invited lately stays out, one of a household."""

    months: int = 0
    one_per_household: bool = True


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who may be drawn. `dropped` counts, rule by rule in their order, who falls out; each person once."""

    people: list[Eligible]
    wards: list[Place]
    conditions: tuple[str, ...]
    asked: int
    dropped: tuple[tuple[str, int], ...]
    same_home: int

    @property
    def total(self) -> int:
        """How many may be drawn."""
        return len(self.people)


def gather(sitting: Sitting, grounds: Grounds) -> Gathering:
    """Everybody who may be drawn for a sitting, with what each rule left out (R46, R47)."""
    lately = _invited_lately(sitting, grounds.months)
    people = [one for one in eligible(sitting) if one.person.pk not in lately]
    wards = wards_of(sitting)
    asked, dropped = _dropped(sitting, wards, lately)
    homes = Counter((one.ward.pk, one.person.household) for one in people if one.person.household)
    return Gathering(
        people=people,
        wards=wards,
        conditions=conditions(sitting, wards, grounds),
        asked=asked,
        dropped=dropped,
        same_home=sum(size - 1 for size in homes.values()),
    )


def conditions(sitting: Sitting, wards: Sequence[Place], grounds: Grounds) -> tuple[str, ...]:
    """The rules in the words in which they are committed to and published."""
    either = " hoặc ".join(str(ward) for ward in wards)
    found = [
        f"Công dân có hồ sơ đã giải quyết xong của lĩnh vực {sitting.sector.name} tại Bộ phận Một cửa",
        f"Cư trú tại {either}",
        "Chưa có tên trong danh sách của buổi này và chưa được mời ở buổi khác của cuộc đối thoại này",
    ]
    if grounds.months:
        day = page_date(sitting.day)
        found.append(f"Không được cơ quan mời đối thoại trong {grounds.months} tháng trước {day}")
    if kept_out := excluded_words(Exclusion.objects.filter(sitting=sitting)):
        found.append(kept_out)
    return tuple(found)


def excluded_words(rows: Iterable[Exclusion]) -> str:
    """How many are kept out by name on which ground, and no name; "" where nobody is."""
    counts = Counter(row.ground for row in rows)
    told = "; ".join(f"{words}: {counts[ground]}" for ground, words in KEPT_OUT.items() if counts[ground])
    return f"Đã loại {counts.total()} người, mỗi người có ghi lý do ({told})" if told else ""


def _dropped(sitting: Sitting, wards: Sequence[Place], lately: set[int]) -> tuple[int, tuple[tuple[str, int], ...]]:
    """How many people the files of the sector name, and how many of them each rule leaves out, the first one counted."""
    at = {ward.pk for ward in wards}
    listed = Invitation.objects.filter(sitting__dialogue=sitting.dialogue, person__isnull=False)
    listed = listed.exclude(state="struck").filter(Q(sitting=sitting) | MAIN)
    taken = set(listed.values_list("person_id", flat=True))
    rows = Record.objects.filter(batch__dialogue=sitting.dialogue, sector_id=sitting.sector_id)
    excluded = set(Exclusion.objects.filter(sitting=sitting).values_list("person_id", flat=True))
    people = set(rows.values_list("person_id", "person__kind", "person__ward_id"))
    counted: Counter[str] = Counter()
    for person, kind, ward in people:
        if kind != Person.Kind.CITIZEN:
            counted["organisation"] += 1
        elif ward not in at:
            counted["elsewhere"] += 1
        elif person in taken:
            counted["taken"] += 1
        elif person in excluded:
            counted["excluded"] += 1
        elif person in lately:
            counted["lately"] += 1
    return len(people), tuple(counted.items())


def _invited_lately(sitting: Sitting, months: int) -> set[int]:
    """People whom the agency invited to another dialogue held within so many months before this sitting."""
    if not months:
        return set()
    rows = Invitation.objects.filter(
        sitting__dialogue__agency_id=sitting.dialogue.agency_id,
        invited_at__isnull=False,
        person__isnull=False,
        sitting__starts_at__lt=sitting.starts_at,
    ).exclude(Q(sitting__dialogue=sitting.dialogue) | Q(state__in=("struck", "withdrawn")))
    since = months_before(sitting.day, months)
    found = rows.select_related("sitting__dialogue__agency")
    return {row.person_id for row in found if row.person_id is not None and row.sitting.day >= since}


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last one of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no such month")


def values_of(person: Person, sitting: Sitting) -> tuple[str, str, str]:
    """What a person counts for: ward, sex, age group in the year of the sitting."""
    years = None if person.birth_year is None else sitting.day.year - person.birth_year
    age = UNKNOWN if years is None else next((words for most, words in AGES if years < most), UNKNOWN)
    return str(person.ward), person.sex or UNKNOWN, age


def counted(
    sitting: Sitting, wards: Sequence[Place], values: Sequence[tuple[str, str, str]]
) -> dict[str, dict[str, int]]:
    """For each feature its values, in their usual order, with the people of each."""
    orders = (
        [str(ward) for ward in wards],
        ["nam", "nữ", UNKNOWN],
        [*(words for _, words in AGES), UNKNOWN],
    )
    found = {}
    for place, (name, order) in enumerate(zip(FEATURES, orders, strict=True)):
        numbers = Counter(value[place] for value in values)
        found[name] = {value: numbers[value] for value in order if numbers[value]}
    return found


def by_share(numbers: Mapping[str, int], seats: int) -> dict[str, tuple[int, int]]:
    """Quotas as near to the shares as whole people allow; of those who are unknown as many as it happens."""
    everyone = sum(numbers.values()) or 1
    found = {}
    for value, people in numbers.items():
        low, rest = divmod(seats * people, everyone)
        found[value] = (0, min(seats, people)) if value == UNKNOWN else (low, low + bool(rest))
    return found


def rows_of(
    people: Sequence[Eligible], sitting: Sitting, codes: Iterator[str], *, by_table: bool
) -> list[lots.PoolRow]:
    """What is published of everybody, in the same order: a code, the ward or all that is counted, the household's code."""
    homes: dict[tuple[int, str], str] = {}
    rows = []
    for one in people:
        key = (one.ward.pk, one.person.household)
        home = homes.setdefault(key, next(codes)) if one.person.household else None
        stratum = lots.BETWEEN.join(values_of(one.person, sitting)) if by_table else one.ward.code
        rows.append(lots.PoolRow(next(codes), stratum, home))
    return rows


@dataclass(frozen=True, slots=True)
class Table:
    """Quotas that hold at once, and the fair table of panels found for them among these kinds of people."""

    features: tuple[lots.Feature, ...]
    lottery: lots.Lottery
    kinds: lots.Kinds
    total: int


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas that hold at once over so many places, and the kinds of people of the list as it is."""

    features: tuple[lots.Feature, ...]
    kinds: lots.Kinds
    total: int

    @property
    def about(self) -> str:
        """What tells these quotas over this list from all others: SHA-256 in hex, telling nothing of anybody."""
        kinds = [self.kinds.names, self.kinds.people, sorted(self.kinds.homes.items())]
        bounds = [[feature.name, list(feature.bounds.items())] for feature in self.features]
        return lots.digest_of(json.dumps([kinds, bounds, self.total]))

    def solved(self, lottery: lots.Lottery) -> Table:
        """The table with what it was found for."""
        return Table(self.features, lottery, self.kinds, self.total)


def quotas_for(
    sitting: Sitting,
    people: Sequence[Eligible],
    bounds: Mapping[str, Mapping[str, tuple[int, int]]],
    seats: int,
    grounds: Grounds,
) -> Quotas:
    """These quotas over the list. Raises lots.Unsound where they contradict themselves."""
    features = tuple(lots.Feature(name, dict(of)) for name, of in bounds.items())
    codes = (f"{number}" for number in count(1))
    rows = rows_of(people, sitting, codes, by_table=True)
    lots.refuse_uncounted(rows, features, seats)
    return Quotas(features, lots.kinds_of(rows, grounds.one_per_household), seats)


def table_for(
    sitting: Sitting,
    people: Sequence[Eligible],
    bounds: Mapping[str, Mapping[str, tuple[int, int]]],
    seats: int,
    grounds: Grounds,
) -> Table:
    """Find the fair table for these quotas. Slow (up to seconds): never inside an act.

    Raises lots.Unmet where no panel keeps the quotas, lots.Unsound where they contradict themselves.
    """
    quotas = quotas_for(sitting, people, bounds, seats, grounds)
    return quotas.solved(lots.solve(quotas.kinds, quotas.features, seats))
