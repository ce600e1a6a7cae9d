"""What can be done on a page: a button that posts, or grey with its reason; and the path of a case."""

from dataclasses import dataclass
from typing import Literal

from doithoai.kernel.access import YES, Verdict

Look = Literal["", "main", "risk"]


@dataclass(frozen=True, slots=True)
class Field:
    """The one thing an act asks for: a line, a longer text, or a number."""

    name: str
    label: str
    hint: str = ""
    kind: Literal["line", "text", "number"] = "line"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A button: verb and object, where it posts, and whether it may be pressed. `slug` is unique on the page."""

    slug: str
    label: str
    url: str
    verdict: Verdict = YES
    field: Field | None = None
    look: Look = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a state path: done with its day, current, stopped, called off, or expected."""

    word: str
    note: str
    standing: Literal["was", "is", "stop", "off", "tbd"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with its denominator (“24/30”) and what is counted."""

    value: str
    of: str
    words: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry as a sentence, with who and when in words."""

    number: int
    words: str
    who: str
    when: str


def split_reason(reason: str) -> tuple[str, str]:
    """The opening of a refusal (“Chưa duyệt được:”) and the rest; no opening where there is none."""
    opening, colon, rest = reason.partition(":")
    return (f"{opening}:", rest.strip()) if colon and len(opening) < 40 else ("", reason)
