"""People who do not exist, for samples, rehearsals and tests: names that read naturally and tell on themselves.

Every given name says that it is a model, a trial or a draft (Mẫu, Thử, Nháp, Ví Dụ …), every address is in a
"Tổ dân phố Mẫu", every telephone number lies in one block of zeros. The same seed gives the same people on
every machine.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from doithoai.rules.vietnamese import Sex, fold

ATTACK_NAME = '<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}'
"""A citizen's name that is markup, quotation and formula at once: wherever names go, this one goes."""

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Phan", "Lương", "Đinh",
           "Trương", "Cao", "Mai", "Dương", "Tô", "Châu", "Thái", "Kiều")  # fmt: skip
_MIDDLE: dict[Sex, tuple[str, ...]] = {
    "female": ("Thị", "Ngọc", "Thị Kim", "Thị Mỹ", "Thị Thanh", "Thu", "Thị Bích", "Hồng"),
    "male": ("Văn", "Hữu", "Đình", "Minh", "Công", "Quốc", "Văn Thanh", "Tấn"),
}
_GIVEN = ("Mẫu", "Thử", "Nháp", "Ví Dụ", "Giả Định", "Giả Thiết", "Minh Họa", "Tượng Trưng", "Phỏng Chừng", "Tập Dượt",
          "Diễn Tập", "Ướm", "Tạm", "Làm Mẫu", "Hư Cấu", "Giả Sử", "Thí Điểm", "Mô Phỏng")  # fmt: skip
# Numbers serve as names in the south; with "Mẫu" between they are nobody's.
_BY_BIRTH = ("Mẫu Hai", "Mẫu Ba", "Mẫu Tư", "Mẫu Năm", "Mẫu Sáu", "Mẫu Bảy", "Mẫu Tám", "Mẫu Chín", "Mẫu Mười")
_NAMES = _GIVEN + _BY_BIRTH
_GROUPS = 9
_OLDEST, _YOUNGEST = 1945, 2001


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """One invented person. `phone` has ten digits or is "" (some people have none); `ward` is one of those
    asked for; `group` is the tổ dân phố or, in a xã, the thôn; people of one `household` share it."""

    name: str
    sex: Sex
    birth_year: int
    phone: str
    ward: str
    group: str
    household: str


def pick(seed: str, *what: object, of: int) -> int:
    """A number below `of`, the same for the same words: chance for samples, without a generator's state."""
    text = "|".join((seed, *(str(part) for part in what)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % of


def invent_people(seed: str, wards: Sequence[str], count: int) -> list[InventedPerson]:
    """Invent `count` people spread evenly over the wards; no two of them would be taken for one person.

    About one in eight has no telephone, about one in five shares a household with the person before in the
    same ward. Raises ValueError for no ward at all.
    """
    if not wards:
        raise ValueError(wards)
    people: list[InventedPerson] = []
    known: set[tuple[str, int]] = set()
    for index in range(count):
        person = _person(seed, wards, index, known)
        before = people[index - len(wards)] if index >= len(wards) else None
        people.append(_beside(person, before) if pick(seed, index, "home", of=5) == 0 else person)
    return people


def group_of(ward: str, number: int) -> str:
    """The name of a residential group of a ward: "Tổ dân phố Mẫu 3", in a commune "Thôn Mẫu 3"."""
    return f"{'Thôn' if fold(ward).startswith('xa ') else 'Tổ dân phố'} Mẫu {number}"


def _person(seed: str, wards: Sequence[str], index: int, known: set[tuple[str, int]]) -> InventedPerson:
    sex: Sex = "female" if pick(seed, index, "sex", of=2) else "male"
    name, birth_year = _new_name(seed, index, sex, known)
    ward = wards[index % len(wards)]
    return InventedPerson(
        name=name,
        sex=sex,
        birth_year=birth_year,
        phone="" if pick(seed, index, "phone", of=8) == 0 else f"0900{index % 1_000_000:06d}",
        ward=ward,
        group=group_of(ward, 1 + pick(seed, index, "group", of=_GROUPS)),
        household=f"{index % len(wards) + 1}-{index // len(wards) + 1:04d}",
    )


def _new_name(seed: str, index: int, sex: Sex, known: set[tuple[str, int]]) -> tuple[str, int]:
    """A name and year of birth nobody has yet; while names last, a name nobody has at all."""
    attempt = 0
    while True:
        draw = [pick(seed, index, attempt, part, of=2**32) for part in ("family", "middle", "given", "year")]
        name = " ".join(
            (choices[number % len(choices)])
            for choices, number in zip((_FAMILY, _MIDDLE[sex], _NAMES), draw, strict=False)
        )
        year = _OLDEST + draw[3] % (_YOUNGEST - _OLDEST)
        taken = {(fold(name), 0 if attempt < 5 else year)}
        if taken.isdisjoint(known):
            known |= {(fold(name), 0), (fold(name), year)}
            return name, year
        attempt += 1


def _beside(person: InventedPerson, other: InventedPerson | None) -> InventedPerson:
    """The same person living in the household of `other`, who lives in the same ward."""
    if other is None:
        return person
    return replace(person, household=other.household, group=other.group)
