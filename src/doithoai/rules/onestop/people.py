"""From files to people: which lines are the same person, and whether that person may be invited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from doithoai.rules.onestop.rows import Row
from doithoai.rules.vietnamese import Sex, bare, fold, same_words

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person, or one organisation, with all files found; the particulars are the best the files give.

    Ward, group and telephone are those of the newest file that states them; the name is the first one
    written with its diacritics.
    """

    name: str
    sex: Sex | None
    birth_year: int | None
    phone: str
    personal_number: str = field(repr=False)
    ward: str
    group: str
    organisation: bool
    rows: tuple[Row, ...]

    @property
    def line(self) -> int:
        """The first line of the sheet this person stands in."""
        return self.rows[0].line


@dataclass(frozen=True, slots=True)
class Merged:
    """A line that belongs to a person already standing in `into_line`, and why."""

    line: int
    into_line: int
    sentence: str


def proof(applicant: Applicant, sector: str) -> Row | None:
    """The newest finished file of that sector: the proof that the person did a procedure of it (R47)."""
    done = [row for row in applicant.rows if row.sector == sector and row.finished]
    return max(done, key=_age, default=None)


def why_not(applicant: Applicant, sector: str, wards: Sequence[str]) -> str:
    """Why this applicant may not be invited for that sector, as one sentence; "" where they may (R46, R47)."""
    if applicant.organisation:
        return "Là tổ chức; danh sách này chỉ chọn công dân."
    if applicant.ward not in wards:
        return f'Cư trú tại "{applicant.ward}", không thuộc {" hoặc ".join(wards)}.'
    files = [row.file_code for row in applicant.rows if row.sector == sector]
    if not files:
        return f"Chưa có hồ sơ lĩnh vực {sector} tại Bộ phận Một cửa."
    if proof(applicant, sector) is None:
        return f"Hồ sơ {', '.join(files)} lĩnh vực {sector} chưa giải quyết xong."
    return ""


def same_people(rows: Iterable[Row]) -> tuple[tuple[Applicant, ...], tuple[Merged, ...]]:
    """Join the files of each person.

    Two lines are one person when the name is the same but for diacritics and so is the telephone number, the
    personal number or the file code; or the ward and the year of birth, unless telephone and group speak
    against it. Lines that contradict each other in year of birth, sex or personal number are never joined.
    """
    crowd = _Crowd()
    for row in rows:
        crowd.add(row)
    found = sorted(crowd.people(), key=lambda person: person.rows[0].line)
    return tuple(_applicant(person.rows) for person in found), tuple(_merges(found))


@dataclass(slots=True, eq=False)
class _Person:
    """Lines held to be one person, what they say of that person, and how each later line came to them."""

    rows: list[Row]
    why: dict[int, str] = field(default_factory=dict)
    joined_to: "_Person | None" = None
    births: set[int] = field(default_factory=set)
    sexes: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, row: Row, group: str) -> "_Person":
        person = cls([row])
        person.births.update([row.birth_year] if row.birth_year else [])
        person.sexes.update([row.sex] if row.sex else [])
        person.numbers.update([row.personal_number] if row.personal_number else [])
        person.phones.update([row.phone] if row.phone else [])
        person.groups.update([group] if group else [])
        return person

    def root(self) -> "_Person":
        person = self
        while person.joined_to is not None:
            person = person.joined_to
        return person

    def agrees(self, other: "_Person") -> bool:
        numbers = self.numbers | other.numbers
        lengths = {len(number) for number in numbers}  # an old card beside a new number is no contradiction
        one_birth = len(self.births | other.births) < 2
        return one_birth and len(self.sexes | other.sexes) < 2 and len(numbers) == len(lengths)

    def may_share_ward_and_year(self, other: "_Person") -> bool:
        """Namesakes of one age live in one ward: another telephone needs the same group and spelling."""
        if not _apart(self.phones, other.phones):
            return True
        return not _apart(self.groups, other.groups) and same_words(self.rows[0].name, other.rows[0].name)

    def take(self, other: "_Person", why: str) -> None:
        """Join another person's lines to these, which stand earlier in the sheet."""
        self.why |= other.why
        self.why[other.rows[0].line] = why
        self.rows += other.rows
        self.births |= other.births
        self.sexes |= other.sexes
        self.numbers |= other.numbers
        self.phones |= other.phones
        self.groups |= other.groups
        other.joined_to = self


def _apart(left: set[str], right: set[str]) -> bool:
    return bool(left and right and left.isdisjoint(right))


_WARD_AND_YEAR = "cùng tên, cùng phường và năm sinh"


def _keys(row: Row, ward: str) -> Iterator[tuple[_Key, str]]:
    """What a line shares with other lines of the same person, with the words for it, the surest first."""
    name = fold(row.name)
    if row.personal_number:
        yield (name, "number", row.personal_number), "cùng tên, cùng số định danh"
    yield (name, "file", row.file_code.casefold()), "cùng tên, cùng mã hồ sơ"
    if row.phone:
        yield (name, "phone", row.phone), "cùng tên, cùng số điện thoại"
    if row.birth_year:
        yield (name, ward, str(row.birth_year)), _WARD_AND_YEAR


class _Crowd:
    """All persons found so far, looked up by what a new line shares with them."""

    def __init__(self) -> None:
        self._by_key: dict[_Key, list[_Person]] = {}
        self._all: list[_Person] = []
        self._folded = cache(fold)  # of places, which repeat; kept no longer than the sheet is read

    def people(self) -> list[_Person]:
        return [person for person in self._all if person.joined_to is None]

    def add(self, row: Row) -> None:
        home = _Person.of(row, self._folded(row.group))
        self._all.append(home)
        keys = list(_keys(row, self._folded(row.ward)))
        for key, why in keys:
            home = self._join(home, key, why)
        for key, _ in keys:
            self._by_key[key] = _distinct([*self._by_key.get(key, ()), home])

    def _join(self, home: _Person, key: _Key, why: str) -> _Person:
        for other in _distinct(self._by_key.get(key, ())):
            if other is home or not other.agrees(home):
                continue
            if why == _WARD_AND_YEAR and not other.may_share_ward_and_year(home):
                continue
            first, second = sorted((other, home), key=lambda person: person.rows[0].line)
            first.take(second, why)
            home = first
        return home


def _distinct(people: Iterable[_Person]) -> list[_Person]:
    return list(dict.fromkeys(person.root() for person in people))


def _merges(people: Iterable[_Person]) -> Iterator[Merged]:
    for person in people:
        first = person.rows[0]
        for row in sorted(person.rows, key=lambda row: row.line)[1:]:
            why = person.why[row.line] + ("" if row.name == first.name else f', tên ghi "{row.name}"')
            yield Merged(row.line, first.line, f"Dòng {row.line}: cùng người với dòng {first.line} ({why}).")


def _applicant(rows: Sequence[Row]) -> Applicant:
    ordered = tuple(sorted(rows, key=lambda row: row.line))
    newest = sorted(ordered, key=_age, reverse=True)
    return Applicant(
        name=next((row.name for row in ordered if row.name != bare(row.name)), ordered[0].name),
        sex=next((row.sex for row in ordered if row.sex), None),
        birth_year=next((row.birth_year for row in ordered if row.birth_year), None),
        phone=next((row.phone for row in newest if row.phone), ""),
        personal_number=next((row.personal_number for row in newest if row.personal_number), ""),
        ward=newest[0].ward,
        group=next((row.group for row in newest if row.group and row.ward == newest[0].ward), ""),
        organisation=ordered[0].organisation,
        rows=ordered,
    )


def _age(row: Row) -> tuple[date, int]:
    return row.received_on or date.min, row.line
