"""What was read from a plan: frozen values, and their JSON.

Every field name is the key of the JSON, so the JSON of a draft is the draft written flat and
`PlanDraft.from_json` is the exact inverse of `PlanDraft.as_json`. Dates and times are those of
the agency's own clock, as printed on the plan; they carry no zone.

`clause` says where a value stands in the plan: "II.1-3" is the third dash under II.1,
"II.2.a-2+1" the first plus under the second dash of point a, "III.1(2)" the second unmarked
paragraph under III.1; outside the numbered body it is one of the names in `Place`.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, Self

Mode = Literal["online", "in_person", "hybrid"]
Unit = Literal["day", "working_day"]
Side = Literal["before", "after"]
Anchor = Literal["dialogue", "conference_end", "issue"]
HalfDay = Literal["morning", "afternoon", "evening"]
Role = Literal["chair", "co_chair", "delegate", "citizen"]


class Place(StrEnum):
    """The parts of a plan that have no clause number."""

    HEADING = "đầu văn bản"
    PREAMBLE = "mở đầu"
    BODY = "nội dung"
    CLOSING = "kết"
    RECIPIENTS = "nơi nhận"
    SIGNATURE = "chữ ký"


@dataclass(frozen=True, slots=True)
class ParentPlan:
    """The document that the plan carries out."""

    number: str
    date: dt.date | None
    issuer: str | None
    subject: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class VenueDraft:
    """A site of the dialogue; `place` is the commune or hamlet in its name, when it has one."""

    name: str
    central: bool
    place: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class SittingDraft:
    """One sitting. `expected` counts turns ("lượt"), `invite` the citizens to be invited."""

    sector: str | None
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    expected: int | None
    invite: int | None
    lead_office: str | None
    half_day: HalfDay | None
    clause: str


@dataclass(frozen=True, slots=True)
class Quota:
    """How many citizens an office invites, and who may be chosen.

    `wards` are the places of residence, `desk` the one-stop desk where they did a procedure of
    `sector`; each is empty or null when the plan does not say it. `text` is the plan's wording.
    """

    office: str | None
    count: int
    sector: str | None
    half_day: HalfDay | None
    wards: tuple[str, ...]
    desk: str | None
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class AttendeeDraft:
    """Who sits at a venue; `venue` is null when the plan names none."""

    venue: str | None
    who: str
    role: Role
    invited_by: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Due:
    """A term as the plan words it: `count` days before or after an event."""

    count: int
    unit: Unit
    before_or_after: Side
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """What one office must do. `due_on` is a calendar date printed in the clause, if any."""

    office: str
    what: str
    due: Due | None
    due_on: dt.date | None
    supporting: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class SignerDraft:
    """The signature block: "TM. ỦY BAN NHÂN DÂN" / "CHỦ TỊCH" / name.

    `capacity` holds every line above the title, joined by " / " when there are two.
    """

    capacity: str | None
    title: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of the numbered body, word for word, without its marker."""

    path: str
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the reader did not decide: where, and why, in a Vietnamese sentence."""

    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan as read, before a person has confirmed it.

    `date` is null when the day is blank; `month` and `issue_year` then keep what is printed.
    `year` is the year of the dialogue in the subject. `expected_total` is the printed total of
    turns. `co_chair` names whoever chairs beside the chair, several parted by "; ".
    `preamble`, `clauses` and `closing` together hold the plan's whole wording.
    """

    issuer: str | None
    number: str | None
    symbol: str | None
    issue_place: str | None
    date: dt.date | None
    month: int | None
    issue_year: int | None
    parent: ParentPlan | None
    subject: str | None
    year: int | None
    territory: str | None
    mode: Mode | None
    platform: str | None
    platform_as_written: str | None
    sectors: tuple[str, ...]
    venues: tuple[VenueDraft, ...]
    sittings: tuple[SittingDraft, ...]
    expected_total: int | None
    quotas: tuple[Quota, ...]
    chair: str | None
    co_chair: str | None
    attendance: tuple[AttendeeDraft, ...]
    duties: tuple[DutyDraft, ...]
    recipients: tuple[str, ...]
    signer: SignerDraft
    purposes: tuple[str, ...]
    requirements: tuple[str, ...]
    preamble: tuple[str, ...]
    clauses: tuple[Clause, ...]
    closing: tuple[str, ...]
    doubts: tuple[Doubt, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and whole numbers; dates ISO, times "07:30"."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The draft that `as_json` wrote; keys left out are null or empty, others are ignored.

        Raises TypeError or ValueError on a value of another shape.
        """
        draft = _typed(cls, stored)
        assert isinstance(draft, cls)
        return draft


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _typed(hint: Any, stored: Any) -> Any:
    """`stored` as the annotated type `hint`, following dataclasses, tuples and unions."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        inner = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        return None if stored is None else _typed(inner, stored)
    if typing.get_origin(hint) is tuple:
        return tuple(_typed(typing.get_args(hint)[0], item) for item in stored or ())
    if typing.get_origin(hint) is Literal:
        return _one_of(typing.get_args(hint), stored)
    if dataclasses.is_dataclass(hint):
        return _dataclass(hint, stored)
    if hint in (dt.date, dt.time):
        return hint.fromisoformat(stored)
    if type(stored) is not hint:
        raise TypeError(f"{stored!r} is not {hint.__name__}")
    return stored


def _one_of(choices: tuple[str, ...], stored: object) -> str:
    if stored not in choices:
        raise ValueError(f"{stored!r} is none of {', '.join(choices)}")
    return str(stored)


def _dataclass(hint: Any, stored: Any) -> Any:
    if not isinstance(stored, Mapping):
        raise TypeError(f"{stored!r} is not an object of {hint.__name__}")
    hints = typing.get_type_hints(hint)
    return hint(**{f.name: _typed(hints[f.name], stored.get(f.name)) for f in dataclasses.fields(hint)})
