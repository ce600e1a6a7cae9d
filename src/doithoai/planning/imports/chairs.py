"""Who leads the dialogue: its chair, and whoever chairs with them (Law 72/2025 art. 43)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from doithoai.rules.cochair import chair_among, co_chairs, incompetent

from .draft import AttendeeDraft, Doubt, Role

LEADING: Final = ("chair", "co_chair")
"""The parts of those who lead."""

_CHAIR = re.compile(
    r"^(?P<co>đồng\s+)?chủ trì(?:\s+(?:buổi|hội nghị|đối thoại))*\s*:\s*(?P<who>.+?)"
    r"(?:[;,.]\s*đồng chủ trì\s*:\s*(?P<beside>.+))?$",
    re.IGNORECASE,
)
_PERSON = r"(?:ông|bà|đồng chí|đ/c)\s"
_POST = r"(?:đại diện|lãnh đạo|ban thường|thường trực|bí thư|phó bí thư|chủ tịch|phó chủ tịch)\b"
_NEXT = re.compile(rf"\s*;\s*|\s*,\s*(?={_PERSON})|\s*(?:,\s*|\s+)và\s+(?={_PERSON}|{_POST})", re.IGNORECASE)
_NEXT_POST = re.compile(rf"\s*,\s*(?={_POST})", re.IGNORECASE)


def chairing(text: str) -> list[tuple[str, Role]]:
    """Whom a line "Chủ trì: …" or "Đồng chủ trì: …" names, each with the part they have; empty for another line."""
    found = _CHAIR.match(text)
    if found is None:
        return []
    beside: list[tuple[str, Role]] = [(who, "co_chair") for who in _several(found["beside"] or "")]
    if found["co"]:
        return [(who, "co_chair") for who in _several(found["who"])] + beside
    return [(found["who"], "chair"), *beside]


def _several(text: str) -> list[str]:
    """Persons and posts of one line; a comma parts posts only where nobody is named before it."""
    found: list[str] = []
    for part in _NEXT.split(text.strip(" .;,")):
        named = re.match(_PERSON, part, re.IGNORECASE) or any(one.name for one in co_chairs(part))
        found += [part] if named else _NEXT_POST.split(part)
    return [part.strip(" .;,") for part in found if part.strip(" .;,")]


def settled(rows: Sequence[AttendeeDraft]) -> list[AttendeeDraft]:
    """Where a plan names only co-chairs, the one of the people's committee is the chair; else they stay as they are."""
    if any(row.role == "chair" for row in rows):
        return list(rows)
    leading, _others = chair_among(_of(rows, "co_chair"))
    return [replace(row, role="chair") if row.role == "co_chair" and row.who == leading else row for row in rows]


def _of(rows: Sequence[AttendeeDraft], role: Role) -> list[str]:
    return list(dict.fromkeys(row.who for row in rows if row.role == role))


def chair_of(attendance: Sequence[AttendeeDraft]) -> str | None:
    """Who chairs the dialogue, as the composition says, or null."""
    return next(iter(_of(attendance, "chair")), None)


def co_chair_of(attendance: Sequence[AttendeeDraft]) -> str | None:
    """Who chairs with them, several parted by "; ", or null."""
    return "; ".join(_of(attendance, "co_chair")) or None


def chair_doubts(attendance: Sequence[AttendeeDraft]) -> Iterator[Doubt]:
    """A dialogue without a chair, one whose chair may be any of several leaders, and co-chairs who are unsure."""
    chairs = [row for row in attendance if row.role == "chair"]
    beside = [row for row in attendance if row.role == "co_chair"]
    if attendance and not chairs and not beside:
        yield Doubt(attendance[0].clause, "Không rõ ai chủ trì đối thoại.")
    if beside and not chairs:
        yield Doubt(
            beside[0].clause,
            f"Đồng chủ trì là {'; '.join(_of(beside, 'co_chair'))}; không rõ ai chủ trì thay mặt Ủy ban nhân dân.",
        )
    for row in chairs:
        if re.match(r"(?:đại diện )?lãnh đạo\b", row.who, re.IGNORECASE):
            yield Doubt(row.clause, f"Chủ trì là “{row.who}”, không nêu người nào.")
    for row in beside:
        yield from _unsure(row, chairs)


def _unsure(row: AttendeeDraft, chairs: Sequence[AttendeeDraft]) -> Iterator[Doubt]:
    if any(True for _one in incompetent(row.who)):
        why = "không phải lãnh đạo Hội đồng nhân dân, cấp ủy, Mặt trận hoặc Ủy ban nhân dân"
        yield Doubt(row.clause, f"Đồng chủ trì “{row.who}” {why}.")
    for chair in chairs:
        named = co_chairs(chair.who)
        if any(one.is_same(other.name, other.post) for one in co_chairs(row.who) for other in named):
            yield Doubt(row.clause, f"Đồng chủ trì “{row.who}” trùng với người chủ trì.")
