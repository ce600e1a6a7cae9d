"""The days, hours and numbers that sentences of a plan say, and where its data say otherwise."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Final, TypeVar

from .draft import PlanDraft

T = TypeVar("T")

TIME: Final = re.compile(
    r"(?<![\d/])(?P<h>\d{1,2})(?P<mark>\s*(?:giờ|[hg])(?![a-zà-ỹ])|:(?=\d{2}))\s*(?:(?P<m>\d{2})(?!\d))?(?P<tail>\s*phút)?",
    re.IGNORECASE,
)
DAY: Final = re.compile(
    r"(?:(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s*nhật)(?P<join>,?\s*(?:ngày\s*)?))?"
    r"\b(?P<d>\d{1,2})(?:(?P<dot>[/.-])(?P<m>\d{1,2})(?P=dot)(?P<y>\d{4})\b|\s*tháng\s*(?P<m2>\d{1,2})\s*năm\s*(?P<y2>\d{4}))",
    re.IGNORECASE,
)
TURNS: Final = re.compile(r"(?<!\d)(?P<n>\d{1,3})(?=\s*(?:\([^)]*\)\s*)?lượt)", re.IGNORECASE)
GUESTS: Final = re.compile(
    r"(?<!\d)(?P<n>\d{1,3})(?=\s*(?:\([^)]*\)\s*)?(?:công dân|người dân|tổ chức|hộ\b|cá nhân|đại diện))", re.IGNORECASE
)


def own_clause(path: str) -> str:
    """The clause under which a paragraph without a mark stands."""
    return re.sub(r"\(\d+\)$", "", path)


def clock_in(match: re.Match[str]) -> time | None:
    """The hour of a match of `TIME`; None where no clock shows it."""
    try:
        return time(int(match["h"]), int(match["m"] or 0))
    except ValueError:
        return None


def day_in(match: re.Match[str]) -> date | None:
    """The day of a match of `DAY`; None where no calendar has it."""
    try:
        return date(int(match["y"] or match["y2"]), int(match["m"] or match["m2"]), int(match["d"]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that says other figures than the data: its clause, what it says, what the data say."""

    clause: str
    said: str
    data: str


def gaps(draft: PlanDraft) -> Iterator[Gap]:
    """Days, hours and numbers that the sentences of a plan say otherwise than its data. A silent sentence is none."""
    texts = {row.path: row.text for row in draft.clauses}
    for clause in dict.fromkeys(own_clause(row.clause) for row in draft.sittings):
        own = [row for row in draft.sittings if own_clause(row.clause) == clause]
        text = texts.get(clause, "")
        yield from _gap(clause, _found(TIME, clock_in, text), [at for row in own for at in (row.start, row.end)], _hour)
        yield from _gap(clause, _found(DAY, day_in, text), [row.date for row in own], _short)
        yield from _fewer(clause, _found(TURNS, _number, text), [row.expected for row in own])
    sums = [row.expected or 0 for row in draft.sittings]
    for path, text in texts.items():
        told = _found(TURNS, _number, text)
        strange = [n for n in told if n not in (*sums, sum(sums), draft.expected_total)]
        if strange and all(sums) and path not in {own_clause(row.clause) for row in draft.sittings}:
            yield Gap(path, _plain(strange), _plain([*sums, sum(sums)]))
    for clause in dict.fromkeys(own_clause(row.clause) for row in draft.quotas):
        wanted = [row.count for row in draft.quotas if own_clause(row.clause) == clause]
        yield from _fewer(clause, _found(GUESTS, _number, texts.get(clause, "")), wanted)


def _gap(clause: str, told: list[T], wanted: list[T | None], words: Callable[[T], str]) -> Iterator[Gap]:
    data = [value for value in wanted if value is not None]
    if told and [value for value in data if value not in told]:
        yield Gap(clause, ", ".join(map(words, dict.fromkeys(told))), ", ".join(map(words, dict.fromkeys(data))))


def _fewer(clause: str, told: list[int], wanted: Iterable[int | None]) -> Iterator[Gap]:
    yield from _gap(clause, told, list(wanted), str)


def _found(pattern: re.Pattern[str], read: Callable[[re.Match[str]], T | None], text: str) -> list[T]:
    return [value for match in pattern.finditer(text) if (value := read(match)) is not None]


def _number(match: re.Match[str]) -> int:
    return int(match["n"])


def _hour(at: time) -> str:
    return f"{at:%H:%M}"


def _short(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _plain(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, dict.fromkeys(numbers)))
