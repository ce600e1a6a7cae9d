"""Changing one rule, or one day, in the text of a profile or calendar: everything else stays as it was written.

The texts are kept whole because they carry their reasons as notes; what comes out is read again by whoever stores it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date

from doithoai.rules.workdays import DayKind

Value = str | int | bool
_HEAD = re.compile(r"\[\[?(\w+)(?:\.\S+)?\]\]?\s*$")
_PROFILE_VERSION = re.compile(r"^version = (\d+)\s*$", re.MULTILINE)
_CALENDAR_VERSION = re.compile(r'^version = "([^"+]+)(?:\+(\d+))?"\s*$', re.MULTILINE)


class NoSuchRule(ValueError):
    """The text has no such rule, day or year."""


def with_rule(text: str, kind: str, slug: str, values: Mapping[str, Value | None]) -> str:
    """A profile's text with these keys of one rule set anew (None: taken away), and its version counted up.

    Raises NoSuchRule. Where `chosen` is set on one of several readings, it is taken from its sisters.
    """
    lines = text.splitlines()
    if values.get("chosen"):
        lines = _unchosen(lines, slug)
    first, last = _block(lines, kind, "slug", slug)
    lines[first:last] = _set(lines[first:last], values)
    return _PROFILE_VERSION.sub(lambda found: f"version = {int(found[1]) + 1}", "\n".join(lines) + "\n", count=1)


def with_day(text: str, day: date, kind: DayKind, name: str, law: str, source: str) -> str:
    """A calendar's text with one more day off or worked, under a decision of its own; a row of the day is replaced."""
    lines = _without(text, day).splitlines()
    basis = _basis(day)
    first, last = _year(lines, day.year)
    row = f"  {{ on = {day.isoformat()}, kind = {_said(kind)}, name = {_said(name)}, basis = {_said(basis)} }},"
    _insert(lines, first, last, day, row)
    head = next(at for at, line in enumerate(lines) if line.startswith("[[year]]"))
    lines[head:head] = [f"[basis.{basis}]", f"law = {_said(law)}", f"source = {_said(source)}", ""]
    return _newer("\n".join(lines) + "\n")


def without_day(text: str, day: date) -> str:
    """A calendar's text without the row of a day. Raises NoSuchRule where it has none."""
    left = _without(text, day)
    if left == text:
        raise NoSuchRule(f"Lịch không có dòng nào cho ngày {day:%d/%m/%Y}.")
    return _newer(left)


def with_year(text: str, year: int, *, confirmed: bool, note: str) -> str:
    """A calendar's text with the standing of a year set anew; a year that is not there is added with no days."""
    lines = text.splitlines()
    try:
        first, last = _year(lines, year)
    except NoSuchRule:
        lines += ["", "[[year]]", f"year = {year}", "confirmed = false", 'note = "-"', "days = [", "]"]
        first, last = _year(lines, year)
    lines[first:last] = _set(lines[first:last], {"confirmed": confirmed, "note": note})
    return _newer("\n".join(lines) + "\n")


def _said(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _blocks(lines: list[str], kind: str) -> Iterator[tuple[int, int]]:
    """Where the tables of a kind begin and end."""
    heads = [at for at, line in enumerate(lines) if line.startswith("[") and _HEAD.match(line)]
    for at, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        if lines[at].strip() in (f"[[{kind}]]", f"[{kind}]"):
            yield at, end


def _block(lines: list[str], kind: str, key: str, value: Value) -> tuple[int, int]:
    wanted = f"{key} = {_said(value)}"
    for first, last in _blocks(lines, kind):
        if wanted in (line.strip() for line in lines[first:last]):
            return first, last
    raise NoSuchRule(f"Không có mục {kind} nào ghi {wanted}.")


def _year(lines: list[str], year: int) -> tuple[int, int]:
    return _block(lines, "year", "year", year)


def _set(block: list[str], values: Mapping[str, Value | None]) -> list[str]:
    """The lines of one table with these keys set; a key that was not there follows the first line."""
    left = dict(values)
    made = []
    for line in block:
        key = line.partition("=")[0].strip()
        if key not in left:
            made.append(line)
        elif (value := left.pop(key)) is not None:
            made.append(f"{key} = {_said(value)}")
    added = [f"{key} = {_said(value)}" for key, value in left.items() if value is not None]
    return [*made[:2], *added, *made[2:]]


def _unchosen(lines: list[str], slug: str) -> list[str]:
    first, last = _block(lines, "term", "slug", slug)
    duty = next((line.strip() for line in lines[first:last] if line.startswith("reading_of")), "")
    sisters = [span for span in _blocks(lines, "term") if duty and duty in map(str.strip, lines[span[0] : span[1]])]
    drop = {at for begin, end in sisters for at in range(begin, end) if lines[at].startswith("chosen")}
    return [line for at, line in enumerate(lines) if at not in drop]


def _without(text: str, day: date) -> str:
    """Without the row of a day and the decision that was written for it alone."""
    begins, basis = f"{{ on = {day.isoformat()},", f"[basis.{_basis(day)}]"
    kept, is_basis = [], False
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            is_basis = line.strip() == basis
        if not is_basis and not line.strip().startswith(begins):
            kept.append(line)
    return "".join(kept)


def _basis(day: date) -> str:
    return f"ghi-{day:%Y%m%d}"


def _insert(lines: list[str], first: int, last: int, day: date, row: str) -> None:
    """Put a row among the days of a year, in their order."""
    opening = next((at for at in range(first, last) if lines[at].startswith("days = [")), 0)
    if not opening:
        raise NoSuchRule(f"Năm {day.year} không có danh sách ngày.")
    if lines[opening].rstrip().endswith("]"):
        lines[opening : opening + 1] = ["days = [", "]"]
    at = opening + 1
    while lines[at].strip().startswith("{ on = ") and lines[at].strip()[7:17] < day.isoformat():
        at += 1
    lines.insert(at, row)


def _newer(text: str) -> str:
    """The version of a calendar counted up: “vn-2026.11” becomes “vn-2026.11+1”."""
    return _CALENDAR_VERSION.sub(lambda found: f'version = "{found[1]}+{int(found[2] or 0) + 1}"', text, count=1)
