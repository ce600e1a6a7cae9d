"""A plan whose data were corrected: its sentences follow, and those that could not are named for a person to write."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Final, TypeVar

from doithoai.planning.imports import Clause, DutyDraft, PlanDraft, SittingDraft
from doithoai.planning.imports.chairs import LEADING
from doithoai.planning.imports.correction import Kept
from doithoai.planning.imports.figures import DAY, GUESTS, TIME, TURNS, clock_in, day_in, own_clause
from doithoai.rules.vietnamese import count, fold, paper_time, paper_weekday_date, weekday

T = TypeVar("T")

TERM: Final = re.compile(r"(?P<n>\d{1,3})(?:\s*\([^)]*\))?\s*ngày(?:\s+làm\s+việc)?(?!\s*\d)", re.IGNORECASE)
UNITS: Final = {"day": "ngày", "working_day": "ngày làm việc"}
EVENTS: Final = {
    ("before", "dialogue"): "trước khi diễn ra đối thoại",
    ("after", "conference_end"): "sau khi kết thúc đối thoại",
    ("after", "issue"): "kể từ ngày ban hành kế hoạch",
}


@dataclass(slots=True)
class Respoken:
    """The plan with its sentences following its data, and the clauses that a person should read again."""

    draft: PlanDraft
    opened: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The keys of those sentences, see `place_texts`."""
        return [f"c{i}" for i, row in enumerate(self.draft.clauses) if row.path in self.opened]


def respoken(before: PlanDraft, after: PlanDraft, kept: Kept) -> Respoken:
    """Bring the sentences of `after` to its values, which differ from those of `before`."""
    made = Respoken(after)
    _subject(made, before)
    _venues(made, before, kept)
    _sittings(made, before, kept)
    _total(made, before)
    _duties(made, before, kept)
    for name in ("purposes", "requirements"):
        _listed(made, getattr(before, name), getattr(after, name))
    _people(made, before)
    made.opened = list(dict.fromkeys(made.opened))
    return made


# ---- writing


def _write(made: Respoken, change: Callable[[str], str], *, within: Iterable[str] | None = None) -> bool:
    """Change the text of clauses (all, the opening and the close too, without `within`); whether anything changed."""
    where = None if within is None else {own_clause(path) for path in within}
    draft = made.draft
    clauses = tuple(
        replace(row, text=change(row.text)) if where is None or row.path in where else row for row in draft.clauses
    )
    changed = [new.path for new, old in zip(clauses, draft.clauses, strict=True) if new != old]
    duties = tuple(
        replace(row, what=change(row.what)) if where is None or own_clause(row.clause) in where else row
        for row in draft.duties
    )
    made.draft = replace(draft, clauses=clauses, duties=duties)
    if where is None:
        preamble, closing = (tuple(map(change, texts)) for texts in (draft.preamble, draft.closing))
        made.draft = replace(made.draft, preamble=preamble, closing=closing)
    made.opened += changed
    return bool(changed)


def _swap(old: str, new: str) -> Callable[[str], str]:
    """Put words in the place of others, also where they begin with a small or a capital letter."""

    def change(text: str) -> str:
        small = text.replace(old, new)
        if small != text or not old:
            return small
        return text.replace(old[:1].lower() + old[1:], new[:1].lower() + new[1:])

    return change


def _numbers(pattern: re.Pattern[str], wanted: Mapping[int, int]) -> Callable[[str], str]:
    def one(match: re.Match[str]) -> str:
        new = wanted.get(int(match["n"]))
        return match[0] if new is None else f"{new:0{len(match['n'])}d}" if match["n"][0] == "0" else str(new)

    return lambda text: pattern.sub(one, text)


def _times(wanted: Mapping[time, time]) -> Callable[[str], str]:
    def one(match: re.Match[str]) -> str:
        new = wanted.get(clock_in(match) or time(23, 59, 59))
        if new is None:
            return match[0]
        end = match[0][len(match[0].rstrip()) :]
        if "giờ" in match["mark"].lower():
            return (paper_time(new) if match["tail"] or new.minute else f"{new.hour:02d} giờ") + end
        mark = match["mark"].strip()
        hour = f"{new.hour:02d}" if len(match["h"]) == 2 else str(new.hour)
        return f"{hour}{mark}{f'{new.minute:02d}' if new.minute or match['m'] else ''}{end}"

    return lambda text: TIME.sub(one, text)


def _days(wanted: Mapping[date, date]) -> Callable[[str], str]:
    def one(match: re.Match[str]) -> str:
        new = wanted.get(day_in(match) or date.min)
        if new is None:
            return match[0]
        named = weekday(new) if match["weekday"] else ""
        if named and match["weekday"][:1].isupper():
            named = named[:1].upper() + named[1:]
        dot = match["dot"]
        day = f"{new:%d}{dot}{new:%m}{dot}{new:%Y}" if dot else f"{new:%d} tháng {new:%m} năm {new:%Y}"
        return f"{named}{match['join'] or ''}{day}"

    return lambda text: DAY.sub(one, text)


def _agreed(pairs: Iterable[tuple[T | None, T | None]]) -> dict[T, T]:
    """What each old value became; one that became several things, or partly stayed, is left to a person."""
    found: dict[T, set[T | None]] = {}
    for old, new in pairs:
        if old is not None:
            found.setdefault(old, set()).add(new)
    return {old: next(iter(new)) for old, new in found.items() if len(new) == 1 and None not in new and new != {old}}  # type: ignore[misc]  # None was sorted out


def _dropped(made: Respoken, path: str, left: Iterable[str]) -> None:
    """Take the sentence of a removed row out where it is its own; a sentence that says more is opened."""
    own = own_clause(path)
    rows = made.draft.clauses
    row = next((row for row in rows if row.path == own), None)
    if row is None:
        return
    is_leaf = not any(other.path.startswith(own) and other.path != own for other in rows)
    if row.marker in ("-", "+") and is_leaf and own not in map(own_clause, left):
        made.draft = replace(made.draft, clauses=tuple(other for other in rows if other.path != own))
    else:
        made.opened.append(own)


def _inserted(made: Respoken, text: str, after: str) -> str:
    """A new line after a clause, with its mark; its own path. At the end where that clause is not there."""
    rows = list(made.draft.clauses)
    at = next((i for i, row in enumerate(rows) if row.path == own_clause(after)), len(rows) - 1)
    base = re.sub(r"[-+]\d+$", "", rows[at].path) if rows else ""
    number = 1 + sum(row.path.startswith(base) for row in rows)
    path = f"{base}-{number}"
    rows.insert(at + 1, Clause(path, "-", f"{text.rstrip(' .;')}."))
    made.draft = replace(made.draft, clauses=tuple(rows))
    made.opened.append(path)
    return path


# ---- what changed


def _subject(made: Respoken, before: PlanDraft) -> None:
    for old, new in ((before.subject, made.draft.subject), (before.platform, made.draft.platform)):
        if old and new and old != new:
            _write(made, _swap(old, new))


def _venues(made: Respoken, before: PlanDraft, kept: Kept) -> None:
    rows = made.draft.venues
    last = before.venues[-1].name if before.venues else ""
    for row, at in zip(rows, kept.venues, strict=True):
        if at is not None and before.venues[at].name != row.name:
            _write(made, _swap(before.venues[at].name, row.name))
            last = row.name if at == len(before.venues) - 1 else last
        elif at is None and last:
            _write(made, _swap(last, f"{last}, {row.name}"), within=[before.venues[-1].clause])
            last = row.name
    for at, gone in enumerate(before.venues):
        if at not in kept.venues:
            _write(made, _without(gone.name), within=[gone.clause])
            made.opened.append(gone.clause)


def _without(name: str) -> Callable[[str], str]:
    named = re.escape(name)
    return lambda text: re.sub(rf"(?:,| và)\s*{named}|{named}(?:,| và)?\s*", "", text, count=1)


def _sittings(made: Respoken, before: PlanDraft, kept: Kept) -> None:
    rows = list(made.draft.sittings)
    pairs = [(before.sittings[at], row) for row, at in zip(rows, kept.sittings, strict=True) if at is not None]
    for clause in dict.fromkeys(old.clause for old, _new in pairs):
        own = [(old, new) for old, new in pairs if old.clause == clause]
        _write(
            made,
            _times(_agreed([*((o.start, n.start) for o, n in own), *((o.end, n.end) for o, n in own)])),
            within=[clause],
        )
        _write(made, _days(_agreed((o.date, n.date) for o, n in own)), within=[clause])
        for name, pattern in (("expected", TURNS), ("invite", GUESTS)):
            wanted = _agreed((getattr(o, name), getattr(n, name)) for o, n in own)
            _write(made, _numbers(pattern, wanted), within=[clause])
        for name in ("sector", "lead_office"):
            for old, new in _agreed((getattr(o, name), getattr(n, name)) for o, n in own).items():
                _write(made, _swap(old, new), within=[clause])
        made.opened += [clause for old, new in own if _figures(old) != _figures(new)]
    _write(made, _days(_agreed((old.date, new.date) for old, new in pairs)))
    _quotas(made, before)
    for at, gone in enumerate(before.sittings):
        if at not in kept.sittings:
            _dropped(made, gone.clause, [row.clause for row in rows])
    after = next((row.clause for row in reversed(before.sittings) if row.clause), "")
    for at, row in enumerate(rows):
        if not row.clause and row.date:
            after = _inserted(made, said_of(row), after)
            rows[at] = replace(row, clause=after)
    made.draft = replace(made.draft, sittings=tuple(rows))


def _figures(row: SittingDraft) -> tuple[object, ...]:
    return (row.date, row.start, row.end, row.expected, row.invite, row.sector, row.lead_office)


def said_of(row: SittingDraft) -> str:
    """A sitting in the words of a plan."""
    start, end = (paper_time(at) if at else "…… giờ" for at in (row.start, row.end))
    turns = f", dự kiến {count(row.expected, 'lượt người')}" if row.expected else ""
    when = paper_weekday_date(row.date) if row.date else "ngày ……"
    return f"Từ {start} đến {end}, {when}: lĩnh vực {row.sector or '……'}, {row.lead_office or '……'} chủ trì nội dung{turns}"


def _quotas(made: Respoken, before: PlanDraft) -> None:
    """Numbers to invite, places of residence and desks, in the clauses that say them."""
    after = made.draft.quotas
    if len(after) != len(before.quotas):
        made.opened += [row.clause for row in before.quotas]
        return
    pairs = list(zip(before.quotas, after, strict=True))
    for clause in dict.fromkeys(old.clause for old, _new in pairs):
        own = [(old, new) for old, new in pairs if old.clause == clause]
        _write(made, _numbers(GUESTS, _agreed((o.count, n.count) for o, n in own)), within=[clause])
        for old, new in _agreed((", ".join(o.wards), ", ".join(n.wards)) for o, n in own).items():
            _write(made, _swap(old, new), within=[clause]) if old and new else None
        for old, new in _agreed((o.desk, n.desk) for o, n in own).items():
            _write(made, _swap(old, new), within=[clause])
        made.opened += [
            clause for old, new in own if (old.count, old.wards, old.desk) != (new.count, new.wards, new.desk)
        ]


def _total(made: Respoken, before: PlanDraft) -> None:
    """The printed total of turns, where it was the sum of the sittings."""
    was, now = (sum(row.expected or 0 for row in draft.sittings) for draft in (before, made.draft))
    if was == now:
        return
    told = [row.path for row in made.draft.clauses if TURNS.search(row.text)]
    each = _agreed(
        zip((row.expected for row in before.sittings), (row.expected for row in made.draft.sittings), strict=False)
    )
    if before.expected_total == was:
        _write(made, _numbers(TURNS, {**each, was: now}), within=told)
        made.draft = replace(made.draft, expected_total=now)
    made.opened += told


def _duties(made: Respoken, before: PlanDraft, kept: Kept) -> None:
    rows = list(made.draft.duties)
    for row, at in zip(rows, kept.duties, strict=True):
        if at is not None and before.duties[at] != row:
            _duty(made, before.duties[at], row, [other for other in rows if other is not row])
    left = [row.clause for row in rows]
    for at, gone in enumerate(before.duties):
        if at not in kept.duties:
            _dropped(made, gone.clause, left)
    for at, row in enumerate(rows):
        if not row.clause:
            after = next((old.clause for old in reversed(rows[:at]) if old.office == row.office), rows[at - 1].clause)
            rows[at] = replace(row, clause=_inserted(made, f"{row.office}: {_with_term(row)}", after))
    made.draft = replace(made.draft, duties=tuple(rows))


def _duty(made: Respoken, old: DutyDraft, new: DutyDraft, others: Sequence[DutyDraft]) -> None:
    """One duty's words follow, unless its sentence also gives the same to other offices: then a person reads it."""
    made.opened.append(own_clause(old.clause))
    if any(row.clause == old.clause and row.what == old.what for row in others):
        return
    if old.what != new.what:
        _write(made, _swap(old.what, new.what), within=[old.clause])
    if old.office != new.office:
        _write(made, _swap(old.office, new.office), within=[old.clause])
    if old.due != new.due and new.due and old.due and old.what == new.what:
        term = f"{new.due.count:02d} {UNITS[new.due.unit]}"
        same = (old.due.before_or_after, old.due.anchor) == (new.due.before_or_after, new.due.anchor)
        if same:
            _write(made, lambda text: _term(text, old, term), within=[old.clause])


def _term(text: str, old: DutyDraft, term: str) -> str:
    assert old.due is not None  # asked for above
    wanted = old.due.count
    return TERM.sub(lambda match: term if int(match["n"]) == wanted else match[0], text)


def _with_term(row: DutyDraft) -> str:
    if row.due is None:
        return row.what
    event = EVENTS.get((row.due.before_or_after, row.due.anchor), "")
    return f"{row.what.rstrip(' .;')}, chậm nhất {count(row.due.count, UNITS[row.due.unit])} {event}".rstrip()


def _listed(made: Respoken, old: Sequence[str], new: Sequence[str]) -> None:
    """Lines that the plan lists one by one: the new ones stand where the old ones stood."""
    if list(old) == list(new):
        return
    rows = list(made.draft.clauses)
    at = [next((i for i, row in enumerate(rows) if _bare(row.text) == _bare(line)), -1) for line in old]
    if not at or -1 in at:
        return
    first, mark = min(at), rows[min(at)].marker
    base = re.sub(r"[-+]\d+$", "", rows[first].path)
    made_rows = [Clause(f"{base}{mark}{i}", mark, line) for i, line in enumerate(new, start=1)]
    rest = [row for i, row in enumerate(rows) if i not in at]
    made.draft = replace(made.draft, clauses=(*rest[:first], *made_rows, *rest[first:]))


def _bare(text: str) -> str:
    return fold(text).strip(" .;")


def _people(made: Respoken, before: PlanDraft) -> None:
    """Whoever was added to the composition or left out of it, clause by clause."""
    was, now = ({(row.venue, row.who) for row in draft.attendance} for draft in (before, made.draft))
    if before.co_chair != made.draft.co_chair:
        made.opened += [row.clause for row in before.attendance if row.role in LEADING]
    for row in before.attendance:
        if (row.venue, row.who) not in now and row.role in ("delegate", "citizen"):
            left = [other.clause for other in made.draft.attendance]
            _dropped(made, row.clause, left)
    rows = list(made.draft.attendance)
    told: dict[str, str] = {}
    for at, row in enumerate(rows):
        if (row.venue, row.who) not in was and row.role in ("delegate", "citizen") and not row.clause:
            near = [old for old in rows if old.clause and old.venue == row.venue] or [old for old in rows if old.clause]
            if row.who not in told:
                told[row.who] = _inserted(made, row.who, near[-1].clause if near else "")
            rows[at] = replace(row, clause=told[row.who])
    made.draft = replace(made.draft, attendance=tuple(rows))
