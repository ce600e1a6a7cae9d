"""An uploaded export between being chosen and being taken: read by whoever has time, looked at, confirmed or dropped.

A check stores nothing of the case. A small file is read at once; a large one by the worker, which says how far it
is. Taking it is the verb `records.take`, done in the name of the person who confirmed.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from doithoai.directory.models import Place
from doithoai.directory.queries import PlacesMissing, gazetteer, unit_of
from doithoai.kernel import chance, clock, plugs
from doithoai.kernel.access import NotNow, Refused
from doithoai.kernel.moves import move, overtaken
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.actions.outcomes import outcomes_csv
from doithoai.roster.actions.possible import require_open
from doithoai.roster.actions.records import take_records
from doithoai.roster.models import RecordCheck, RecordColumns, WardReading
from doithoai.roster.queries import wards_of
from doithoai.roster.states import CHECK
from doithoai.rules.onestop import (
    Applicant,
    Column,
    Expected,
    Intake,
    RecordsUnreadable,
    Table,
    Wards,
    take_in,
)
from doithoai.rules.onestop.sheet import HEADER_WITHIN, words
from doithoai.rules.vietnamese import fold

Read = Callable[[bytes, str], Table]
AT_ONCE = 250_000
"""Bytes: a file of so many, a thousand lines or three, is read while the person waits."""
SHOWN = 20
"""So many lines of each kind are shown; the file of all lines has the rest."""
SILENT = timedelta(minutes=2)
"""A worker that has said nothing for so long is held to be gone."""
KEPT = timedelta(days=2)
"""A file that nobody confirms is forgotten after this time."""
MOST_TRIES = 3
OPEN = ("waiting", "reading", "checked", "unreadable", "confirmed", "storing")
"""States of a check that somebody is still concerned with."""


class Dropped(Exception):
    """The check was dropped, or taken over by another worker, while it was read."""


def open_check(dialogue: Dialogue, staff: Staff) -> RecordCheck | None:
    """The file that this person chose last and neither dropped nor saw taken."""
    rows = RecordCheck.objects.filter(dialogue=dialogue, asked_by=staff, state__in=OPEN)
    return rows.select_related("dialogue__agency", "asked_by").order_by("-asked_at", "-pk").first()


def begin(dialogue: Dialogue, staff: Staff, *, name: str, data: bytes, now: datetime) -> RecordCheck:
    """Keep an uploaded file to be read; what this person chose before and did not confirm is dropped."""
    require_open(dialogue)
    for other in RecordCheck.objects.filter(dialogue=dialogue, asked_by=staff, state__in=OPEN):
        if CHECK.allows(other.state, "dropped"):
            drop(other)
    code, kept = chance.code(8), plugs.files().put(data)
    return RecordCheck.objects.create(
        dialogue=dialogue, code=code, asked_by=staff, asked_at=now, name=name, sha256=kept
    )


def drop(check: RecordCheck) -> None:
    """Forget a file that is not confirmed; a worker that reads it stops. Raises NotNow once it was confirmed."""
    move(check, CHECK, "dropped", sha256="", seen_file="", lines_file="")


def again(check: RecordCheck) -> None:
    """Have a file read once more, after another choice of columns or wards."""
    move(check, CHECK, "waiting", done=0, total=0, tries=0, problem="", seen_file="", lines_file="")


def confirm(check: RecordCheck) -> None:
    """Say that everything shown shall be taken. Raises NotNow unless the file was read and looked at."""
    require_open(check.dialogue)
    move(check, CHECK, "confirmed", tries=0)


def is_small(check: RecordCheck) -> bool:
    """Whether the file is read and taken while the person waits."""
    return len(data_of(check)) <= AT_ONCE


def data_of(check: RecordCheck) -> bytes:
    """The uploaded bytes. Raises NotNow where they are gone."""
    try:
        return plugs.files().get(check.sha256)
    except KeyError:
        raise NotNow(
            _("Chưa nhận được: không còn tệp đã xem trước. Xin chọn lại tệp. Chưa ghi gì vào danh sách.")
        ) from None


# ---- the worker's part


def check_waiting(read: Read) -> int:
    """Read every file that waits, take every one that was confirmed; returns how many."""
    done = 0
    while (check := _next(clock.now())) is not None:
        (look if check.state == "reading" else store)(check, read)
        done += 1
    return done + _forget_old(clock.now())


def _next(now: datetime) -> RecordCheck | None:
    """The oldest check with something to do, now this worker's; of one whose worker fell silent too."""
    silent = Q(state__in=("reading", "storing"), beat_at__lt=now - SILENT)
    rows = RecordCheck.objects.filter(Q(state__in=("waiting", "confirmed")) | silent)
    for check in rows.select_related("dialogue__agency", "asked_by").order_by("asked_at", "pk"):
        to = "reading" if check.state in ("waiting", "reading") else "storing"
        mine = RecordCheck.objects.filter(pk=check.pk, state=check.state, tries=check.tries)
        if mine.update(state=to, tries=check.tries + 1, beat_at=now):
            check.state, check.tries = to, check.tries + 1
            return check
    return None


def _forget_old(now: datetime) -> int:
    old = RecordCheck.objects.filter(state__in=("waiting", "checked", "unreadable"), asked_at__lt=now - KEPT)
    return old.update(state="dropped", sha256="", seen_file="", lines_file="")


def _own(check: RecordCheck) -> Any:
    return RecordCheck.objects.filter(pk=check.pk, state=check.state, tries=check.tries)


def _tell(check: RecordCheck) -> Callable[[int, int], None]:
    """Note how far the reading is; Dropped where nobody wants it any more."""

    def told(done: int, total: int) -> None:
        if not _own(check).update(done=done, total=total, beat_at=clock.now()):
            raise Dropped

    return told


def look(check: RecordCheck, read: Read) -> None:
    """Read a check's file and keep what the page shows of it. A file that cannot be read keeps the sentence why."""
    if check.tries > MOST_TRIES:
        _end(check, "unreadable", problem=_("Tệp này làm máy chủ dừng khi đọc. Xin lưu lại dạng .xlsx rồi chọn lại."))
        return
    try:
        table = read(data_of(check), check.name)
        _end(check, **_seen(check, table))
    except (RecordsUnreadable, Refused) as why:
        _end(check, "unreadable", problem=str(why)[:600])
    except Dropped:
        return


def _seen(check: RecordCheck, table: Table) -> dict[str, Any]:
    """What is to be kept of a file that could be opened, whether its columns were found or not."""
    try:
        intake = understood(check.dialogue, table, _tell(check))
    except RecordsUnreadable as why:
        return {
            "state": "unreadable",
            "problem": str(why)[:600],
            "seen_file": _kept({"headers": _headers(table, None)}),
        }
    wanted = expected(check.dialogue)
    lines = plugs.files().put(outcomes_csv(intake, wanted))
    seen = _preview(intake, wanted) | {"headers": _headers(table, intake), "note": table.note}
    return {"state": "checked", "seen_file": _kept(seen), "lines_file": lines}


def _end(check: RecordCheck, state: str, **fields: object) -> None:
    """Leave a check in its next state, unless somebody dropped it meanwhile."""
    if _own(check).update(state=state, **fields):
        check.refresh_from_db()


def store(check: RecordCheck, read: Read) -> None:
    """Take a confirmed file, whole or not at all, in the name of whoever confirmed it."""
    dialogue = check.dialogue
    try:
        if check.tries > MOST_TRIES:
            raise NotNow(_("Chưa nhận được: máy chủ dừng giữa chừng nhiều lần. Chưa ghi gì vào danh sách."))
        data = data_of(check)
        intake = understood(dialogue, read(data, check.name), _tell(check))
        actor = check.asked_by.as_actor()
        take_records(dialogue, name=check.name, data=data, intake=intake, actor=actor, now=clock.now())
    except (RecordsUnreadable, Refused) as why:
        _end(check, "checked", problem=str(why)[:600])
    except Dropped:
        return
    else:
        _end(check, "taken", sha256="", seen_file="", lines_file="")


def store_now(check: RecordCheck, read: Read) -> None:
    """Take a small file while the person waits. Raises what `records.take` raises; then nothing is stored."""
    move(check, CHECK, "storing", tries=1, beat_at=clock.now())
    store(check, read)
    if check.state != "taken":
        raise NotNow(check.problem) if check.problem else overtaken()


def look_now(check: RecordCheck, read: Read) -> None:
    """Read a small file while the person waits."""
    move(check, CHECK, "reading", tries=1, beat_at=clock.now())
    look(check, read)


# ---- what a file means to this dialogue


def expected(dialogue: Dialogue) -> Expected:
    """The wards and sectors of a dialogue, its wards as official units, and what was answered of spellings before."""
    sittings = list(Sitting.objects.filter(dialogue=dialogue).select_related("sector"))
    for sitting in sittings:
        sitting.dialogue = dialogue
    wards = {str(ward): ward for sitting in sittings for ward in wards_of(sitting)}
    sectors = tuple(dict.fromkeys(sitting.sector.name for sitting in sittings))
    return Expected(tuple(wards), sectors, _places(dialogue, wards))


def _places(dialogue: Dialogue, wards: dict[str, Place]) -> Wards:
    answers = {
        reading.spelling: str(reading.ward) if reading.ward else ""
        for reading in WardReading.objects.filter(agency=dialogue.agency_id).select_related("ward")
    }
    units = {name: unit for name, ward in wards.items() if (unit := unit_of(ward)) is not None}
    asked = {spelling: ward for spelling, ward in answers.items() if not ward or ward in wards}
    try:
        return Wards(units, gazetteer() if units else None, asked)
    except PlacesMissing:
        return Wards()


def understood(dialogue: Dialogue, table: Table, told: Callable[[int, int], None] = lambda _d, _t: None) -> Intake:
    """Read with the columns that the agency chose for this header before; without them where it has none."""
    wanted, chosen = expected(dialogue), remembered_columns(dialogue, table)
    if chosen:
        try:
            return take_in(table, wanted, chosen, told)
        except RecordsUnreadable:
            pass
    return take_in(table, wanted, None, told)


def remembered_columns(dialogue: Dialogue, table: Table) -> dict[Column, str]:
    """The columns somebody of the agency chose for a sheet with one of these header rows."""
    keys = [header_key(row) for row in head_rows(table)]
    known = RecordColumns.objects.filter(agency=dialogue.agency_id, header__in=keys).first()
    return {Column(name): header for name, header in known.columns.items()} if known else {}


def head_rows(table: Table) -> list[list[str]]:
    """The words of the rows among which the header is looked for."""
    return [[text for cell in row if (text := words(cell))] for row in table.rows[: HEADER_WITHIN + 1]]


def header_key(row: Iterable[str]) -> str:
    """What tells one header row from another, whatever the case and accents of its words."""
    return sha256("|".join(fold(text) for text in row).encode()).hexdigest()


# ---- what the page shows


def seen(check: RecordCheck) -> dict[str, Any]:
    """What was kept for the page of a file that was read; nothing where there is none."""
    if not check.seen_file:
        return {}
    try:
        found: dict[str, Any] = json.loads(plugs.files().get(check.seen_file))
    except KeyError:
        return {}
    return found


def _kept(shown: dict[str, Any]) -> str:
    return plugs.files().put(json.dumps(shown, ensure_ascii=False).encode())


def _preview(intake: Intake, wanted: Expected) -> dict[str, Any]:
    fitting = [one for one in intake.taken if _fits(one, wanted)]
    return {
        "people": len(intake.taken),
        "lines": sum(len(one.rows) for one in intake.taken) + len(intake.refused) + len(intake.skipped),
        "fitting_count": len(fitting),
        "fitting": [_shown(one) for one in fitting[:SHOWN]],
        "counts": {"refused": len(intake.refused), "merged": len(intake.merged), "doubts": len(intake.doubts)},
        "refused": [row.sentence for row in intake.refused[:SHOWN]],
        "merged": [row.sentence for row in intake.merged[:SHOWN]],
        "doubts": [row.sentence for row in intake.doubts[:SHOWN]],
        "renamed": [{"why": why, "lines": lines} for why, lines in intake.renamed],
        "questions": [
            {
                "spelling": asked.spelling,
                "shown": asked.shown,
                "why": asked.why,
                "options": asked.options,
                "lines": lines,
            }
            for asked, lines in intake.questions
        ],
        "columns": {column.value: label for column, label in intake.layout.labels.items()},
    }


def _shown(one: Applicant) -> dict[str, Any]:
    note = next((row.ward_note for row in one.rows if row.ward_note), "")
    return {"name": one.name, "group": one.group, "ward": one.ward, "files": len(one.rows), "note": note}


def _fits(one: Applicant, wanted: Expected) -> bool:
    return one.ward in wanted.wards and any(row.finished and row.sector in wanted.sectors for row in one.rows)


def _headers(table: Table, intake: Intake | None) -> list[str]:
    """The words that could be headers: those of the header row, or of the first row that is filled the most."""
    rows = head_rows(table)
    if intake is None:
        fullest: list[str] = max(rows, key=len, default=[])
        return list(dict.fromkeys(fullest))
    return list(dict.fromkeys([*rows[intake.layout.header_line - 1], *intake.layout.labels.values()]))
