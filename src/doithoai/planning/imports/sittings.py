"""When the people are received: the sittings with their hours, sectors and expected turns."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .clauses import Node
from .draft import Doubt, HalfDay, Place, SittingDraft
from .names import same, sectors_in
from .terms import HALF_DAY, WEEKDAY_NAMES, Day, days, half_day, hours, weekday

_TIME_CLAUSE = re.compile(r"(?:dự kiến\s+)?(?:về\s+)?thời gian\b|.*,\s*thời gian\s*:", re.IGNORECASE)
_NOT_A_SITTING = re.compile(
    r"\s*(?:trường hợp|nếu|địa điểm|thành phần|các điểm cầu|điểm cầu|hình thức)\b", re.IGNORECASE
)
_PART = re.compile(r";|(?<=[a-zà-ỹ\d)])\.\s+(?=[A-ZĐÀ-Ỹ])")
_ORDINAL = re.compile(r"\bbuổi\s+(?:thứ\s+)?(nhất|hai|ba|tư|năm|\d)\b", re.IGNORECASE)
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5}
_LOOSE_DAY = re.compile(r"\bngày\s+(\d{1,2}\s*/\s*\d{1,2})(?!\s*[/\d])", re.IGNORECASE)
_RANGE = re.compile(
    r"(?:từ\s+)?ngày\s+\d{1,2}[/.-][\d/.-]*\d\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}[/.-][\d/.-]*\d"
    r"|(?:trong|từ)\s+(?:tháng|quý)\s+[\dIVX/]+(?:\s*(?:đến|-|–)\s*(?:tháng|quý)\s+[\dIVX/]+)?",
    re.IGNORECASE,
)
_EACH_DAY = re.compile(r"\b(?:0?1|một|mỗi)\s+ngày\b", re.IGNORECASE)
_TURNS = re.compile(
    r"(?P<n>\d{1,4})\s*(?:\([^)]*\)\s*)?lượt|lượt(?:\s+người)?\s*(?::|là)\s*(?P<m>\d{1,4})", re.IGNORECASE
)
_BITS = re.compile(r"[,;()]|\s+và\s+")
_EACH = re.compile(r"\bmỗi\s+buổi\b|/\s*buổi\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """A sitting as the time clause gives it, before turns and offices are known."""

    text: str
    half_day: HalfDay | None
    date: dt.date | None
    start: dt.time | None
    end: dt.time | None
    sectors: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Printed figures of turns: the total and those of each sitting, in the order of the slots.

    `daily` tells that the total is that of one day ("trong 01 ngày").
    """

    total: int | None
    daily: bool
    each: tuple[int | None, ...]
    doubts: tuple[Doubt, ...]


def read_slots(content: Sequence[Node], sectors: Sequence[str]) -> tuple[tuple[Slot, ...], tuple[Doubt, ...]]:
    """The sittings of the time clauses; `sectors` are those that the plan names at all."""
    doubts: list[Doubt] = []
    slots: list[Slot] = []
    for node, around in _time_clauses(content):
        dates = _dates(node, doubts)
        carried: dt.date | None = dates[0] if len(set(dates)) == 1 else None
        for text, clause in _pieces(node):
            found = [day.date for day in days(text)]
            carried = found[0] if found else carried
            slots += [_slot(part, carried, around, sectors, clause, doubts) for part in _cut(text)]
    doubts += _ranges(content, slots)
    if not slots and not any("khoảng ngày" in doubt.why for doubt in doubts):
        doubts.append(Doubt(content[0].path if content else Place.BODY, "Không thấy thời gian của buổi đối thoại nào."))
    return tuple(slots), tuple(doubts)


def _ranges(content: Sequence[Node], slots: Sequence[Slot]) -> Iterator[Doubt]:
    """Clauses of time that only bound the sittings: no sitting is made of them."""
    held = {slot.clause for slot in slots}
    for node, _ in _time_clauses(content):
        match = _RANGE.search(node.text)
        if match and node.path not in held:
            why = f"Thời gian là một khoảng ngày, “{match[0].strip()}”, chưa có lịch từng buổi: không lập buổi nào."
            yield Doubt(node.path, why)


def _time_clauses(content: Sequence[Node]) -> Iterator[tuple[Node, str]]:
    """Clauses about time, the innermost ones, each with the words of its neighbours."""
    nodes = [node for root in content for node in root.walk() if _TIME_CLAUSE.match(node.text)]
    inner = [node for node in nodes if not any(_TIME_CLAUSE.match(below.text) for below in node.below())]
    parents = {id(child): node for root in content for node in root.walk() for child in node.children}
    for node in inner:
        parent = parents.get(id(node))
        around = "\n".join(other.text for other in parent.walk()) if parent and len(inner) > 1 else ""
        yield node, around


def _dates(node: Node, doubts: list[Doubt]) -> list[dt.date | None]:
    found = []
    for below in node.walk():
        for day in days(below.text):
            found.append(day.date)
            if day.date is None:
                doubts.append(Doubt(below.path, _unread(day)))
        for loose in _LOOSE_DAY.findall(below.text):
            doubts.append(Doubt(below.path, f"Ngày {loose} không ghi năm."))
    return found


def _unread(day: Day) -> str:
    if day.several:
        return f"Nhiều ngày cùng ghi ở “{day.written}”, không rõ buổi nào ngày nào."
    return f"Ngày {day.written} không có trong lịch."


def _pieces(node: Node) -> Iterator[tuple[str, str]]:
    """The clause and those under it, cut at semicolons and sentences."""
    for below in node.walk():
        if below is node or not _NOT_A_SITTING.match(below.text):
            for part in _PART.split(below.text):
                if not _NOT_A_SITTING.match(part):
                    yield part.strip(), below.path


def _cut(text: str) -> Iterator[str]:
    """One text for each sitting: a label or a stretch of hours begins a new one."""
    starts: list[int] = []
    labelled = timed = False
    marks = sorted([(m.start(), "label") for m in _labels(text)] + [(h.at, "hours") for h in hours(text)])
    for index, (at, kind) in enumerate(marks):
        own_hours = index + 1 < len(marks) and marks[index + 1][1] == "hours"
        begins = timed if kind == "hours" else labelled or (timed and own_hours)
        if not starts or begins:
            starts.append(_with_lead(text, at))
            labelled = timed = False
        labelled, timed = labelled or kind == "label", timed or kind == "hours"
    bounds = [0, *starts[1:], len(text)]
    for begin, end in pairwise(bounds):
        if starts:
            yield text[begin:end].strip(" ,.")


def _labels(text: str) -> list[re.Match[str]]:
    return [*HALF_DAY.finditer(text), *_ORDINAL.finditer(text)]


def _with_lead(text: str, at: int) -> int:
    """Where the words before the hours begin that belong to them ("và từ 13h30")."""
    lead = re.search(r"(?:\b(?:và|từ|lúc|vào)\s+)+$", text[:at], re.IGNORECASE)
    return lead.start() if lead else at


def _slot(
    text: str, carried: dt.date | None, around: str, sectors: Sequence[str], clause: str, doubts: list[Doubt]
) -> Slot:
    stretch = next(hours(text), None)
    own = [day.date for day in days(text)]
    date = own[0] if own else carried
    names = sectors_in(text) or sectors_in(around) or (list(sectors) if len(sectors) == 1 else [])
    slot = Slot(
        text,
        half_day(text) or _by_clock(stretch.start if stretch else None),
        date,
        stretch.start if stretch else None,
        stretch.end if stretch else None,
        tuple(names),
        clause,
    )
    doubts += _slot_doubts(slot, stretch.bad if stretch else None)
    return slot


def _slot_doubts(slot: Slot, bad: str | None) -> Iterator[Doubt]:
    if bad:
        yield Doubt(slot.clause, f"“{bad}” không phải giờ trên đồng hồ.")
    elif slot.start is None or slot.end is None:
        missing = (
            "giờ bắt đầu và giờ kết thúc"
            if slot.start is slot.end
            else ("giờ bắt đầu" if slot.start is None else "giờ kết thúc")
        )
        yield Doubt(slot.clause, f"“{_short(slot.text)}”: để trống {missing}.")
    if slot.date is None:
        yield Doubt(slot.clause, f"“{_short(slot.text)}”: không có ngày đọc được.")
    written = weekday(slot.text)
    if slot.date and written is not None and written != slot.date.weekday():
        real = WEEKDAY_NAMES[slot.date.weekday()]
        yield Doubt(
            slot.clause,
            f"Ghi {WEEKDAY_NAMES[written]} nhưng ngày {slot.date:%d/%m/%Y} là {real}.",
        )
    if not slot.sectors:
        yield Doubt(slot.clause, f"“{_short(slot.text)}”: không rõ lĩnh vực.")


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69].rstrip() + "…"


def read_expected(content: Sequence[Node], slots: Sequence[Slot]) -> Expected:
    """The expected turns; a figure that fits no sitting, or several, is a doubt."""
    each: list[int | None] = [_turns(slot.text) for slot in slots]
    total: int | None = None
    daily = False
    doubts: list[Doubt] = []
    timed = {slot.clause for slot in slots}
    for node in (node for root in content for node in root.walk() if node.path not in timed):
        for bit, count in _figures(node.text):
            every_day = _EACH_DAY.search(node.text) is not None
            which = _sittings_of(bit, slots, every_day)
            if which is None and total is None:
                total, daily = count, every_day
            elif which is not None and not which:
                doubts.append(Doubt(node.path, f"“{bit}”: không rõ thuộc buổi nào."))
            for index in which or ():
                each[index] = count
    if total is not None and len(slots) == 1 and each[0] is None:
        each[0] = total
    return Expected(total, daily, tuple(each), tuple(doubts))


def _turns(text: str) -> int | None:
    match = _TURNS.search(text)
    return int(match["n"] or match["m"]) if match else None


def _figures(text: str) -> Iterator[tuple[str, int]]:
    """The figures of a clause, each with the words since the figure before it."""
    begin = 0
    for end in [*(match.start() for match in _BITS.finditer(text)), len(text)]:
        words = text[begin:end].strip(" ,;().")
        count = _turns(words)
        if count is not None:
            yield words, count
            begin = end


def _sittings_of(bit: str, slots: Sequence[Slot], every_day: bool) -> list[int] | None:
    """The sittings that a figure belongs to; null when it is the total of all.

    "buổi sáng 15 lượt" fits one sitting only, unless the clause speaks of every day.
    """
    if _EACH.search(bit):
        return list(range(len(slots)))
    half, ordinal, sectors = half_day(bit), _ORDINAL.search(bit), sectors_in(bit)
    if half is None and ordinal is None and not sectors:
        return None
    dates = [day.date for day in days(bit)]
    which = [
        index
        for index, slot in enumerate(slots)
        if (half is None or slot.half_day == half)
        and (ordinal is None or index + 1 == _nth(ordinal[1]))
        and (not sectors or any(same(sectors[0], name) for name in slot.sectors))
        and (not dates or slot.date in dates)
    ]
    return which if len(which) < 2 or every_day else []


def _nth(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS[word.lower()]


def read_sittings(
    slots: Sequence[Slot], expected: Expected, invites: Sequence[tuple[int | None, str | None]]
) -> tuple[SittingDraft, ...]:
    """The sittings; `invites` are the citizens to invite and the office that leads, slot by slot."""
    return tuple(
        SittingDraft(
            sector=", ".join(slot.sectors) or None,
            date=slot.date,
            start=slot.start,
            end=slot.end,
            expected=turns,
            invite=invite,
            lead_office=office,
            half_day=slot.half_day,
            clause=slot.clause,
        )
        for slot, turns, (invite, office) in zip(slots, expected.each, invites, strict=True)
    )


def _by_clock(start: dt.time | None) -> HalfDay | None:
    """Half of the day of a sitting that the plan does not name, by the hour it begins."""
    if start is None:
        return None
    if start.hour < 12:
        return "morning"
    return "afternoon" if start.hour < 18 else "evening"
