"""Taking in the one-stop desk's export: looked at first, stored whole or not at all."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow, NotYours, Verdict
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster import actions, permissions
from doithoai.roster.actions.possible import require_open
from doithoai.roster.forms import ColumnsForm, UploadForm
from doithoai.roster.models import RecordBatch
from doithoai.roster.queries import wards_of
from doithoai.roster.views.inviting import verdict_of
from doithoai.roster.views.visible import dialogue_of
from doithoai.rules.onestop import Applicant, Column, Expected, Intake, RecordsUnreadable, Table, take_in
from doithoai.rules.onestop.sheet import HEADER_WITHIN, words
from doithoai.web.acts import Act, Figure
from doithoai.web.doors import actor_of, done, staff_only

Read = Callable[[bytes, str], Table]
SHOWN = 20
"""So many lines of each kind are shown; the file of refused lines has them all."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def records(request: HttpRequest, code: str, read: Read) -> HttpResponse:
    """The uploads so far and the next one: chosen, looked at, confirmed. Only the confirmation stores anything."""
    dialogue = dialogue_of(request, code)
    may = permissions.may_take_records(actor_of(request), dialogue)
    if request.method != "POST":
        return _page(request, dialogue, may and verdict_of(lambda: require_open(dialogue)))
    if not may:
        raise NotYours(may.reason)
    require_open(dialogue)
    step = {"nhan": _confirm, "cot": _again}.get(request.POST.get("buoc", ""), _upload)
    return step(request, dialogue, read)


def _page(request: HttpRequest, dialogue: Dialogue, may: Verdict, *, status: int = 200, **more: object) -> HttpResponse:
    facts: dict[str, object] = {
        "here": "dialogues",
        "dialogue": dialogue,
        "tab": "ho-so",
        "may": may,
        "grey": Act("tep", _("Xem trước"), "", may),
        "batches": RecordBatch.objects.filter(dialogue=dialogue).order_by("-taken_at"),
        "did": _("Đã nhận hồ sơ.") if request.GET.get("da") == "records.take" else "",
    }
    return render(request, "roster/records.html", {**facts, **more}, status=status)


# ---- the file between looking and confirming: under its hash in the store, its name in the session


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was uploaded and not yet confirmed."""

    name: str
    sha256: str
    data: bytes


def _key(dialogue: Dialogue) -> str:
    return f"records:{dialogue.code}"


def _hold(request: HttpRequest, dialogue: Dialogue, name: str, data: bytes) -> Held:
    held = Held(name, plugs.files().put(data), data)
    request.session[_key(dialogue)] = {"name": held.name, "sha256": held.sha256}
    return held


def _held(request: HttpRequest, dialogue: Dialogue) -> Held:
    known = request.session.get(_key(dialogue))
    try:
        if known is not None:
            return Held(known["name"], known["sha256"], plugs.files().get(known["sha256"]))
    except KeyError:
        pass
    raise NotNow(_("Chưa nhận được: không còn tệp đã xem trước. Xin chọn lại tệp. Chưa ghi gì vào danh sách."))


# ---- the three steps


def _upload(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        problem = next(iter(form.errors.values()))[0]
        return _page(request, dialogue, Verdict(), status=422, problem=problem)
    file = form.cleaned_data["file"]
    return _preview(request, dialogue, _hold(request, dialogue, file.name, file.read()), read)


def _again(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    """The same file with the columns that a person chose, which the session remembers for the next file."""
    held = _held(request, dialogue)
    try:
        rows = _head_rows(read(held.data, held.name))
    except RecordsUnreadable as unreadable:
        return _page(request, dialogue, Verdict(), status=422, problem=str(unreadable))
    form = ColumnsForm(request.POST, [text for row in rows for text in row])
    if form.is_valid():
        request.session[f"columns:{dialogue.code}"] = form.chosen()
    return _preview(request, dialogue, held, read)


def _confirm(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    held = _held(request, dialogue)
    if request.POST.get("ma") != held.sha256:
        raise NotNow(_("Chưa nhận được: tệp đã xem trước là tệp khác. Xin xem lại rồi bấm nhận. Chưa ghi gì."))
    try:
        intake = _intake(request, dialogue, read(held.data, held.name))
    except RecordsUnreadable as unreadable:
        raise NotNow(str(unreadable)) from unreadable
    actor, now = actor_of(request), clock.now()
    actions.take_records(dialogue, name=held.name, data=held.data, intake=intake, actor=actor, now=now)
    del request.session[_key(dialogue)]
    return done(reverse("records", args=(dialogue.code,)), "records.take")


# ---- what the file holds


def _preview(request: HttpRequest, dialogue: Dialogue, held: Held, read: Read) -> HttpResponse:
    try:
        table = read(held.data, held.name)
    except RecordsUnreadable as unreadable:
        return _page(request, dialogue, Verdict(), status=422, problem=str(unreadable))
    try:
        intake = _intake(request, dialogue, table)
    except RecordsUnreadable as unreadable:
        columns = _columns(request, dialogue, table, None)
        return _page(request, dialogue, Verdict(), status=422, problem=str(unreadable), columns=columns, held=held)
    shown = _shown(intake, _expected(dialogue))
    columns = _columns(request, dialogue, table, intake)
    return _page(request, dialogue, Verdict(), intake=intake, held=held, columns=columns, **shown)


def _expected(dialogue: Dialogue) -> Expected:
    sittings = list(Sitting.objects.filter(dialogue=dialogue).select_related("sector"))
    for sitting in sittings:
        sitting.dialogue = dialogue
    wards = dict.fromkeys(str(ward) for sitting in sittings for ward in wards_of(sitting))
    return Expected(tuple(wards), tuple(dict.fromkeys(sitting.sector.name for sitting in sittings)))


def _intake(request: HttpRequest, dialogue: Dialogue, table: Table) -> Intake:
    """Read with the columns this person chose before; without them where the sheet has others."""
    kept: Mapping[str, str] = request.session.get(f"columns:{dialogue.code}", {})
    expected = _expected(dialogue)
    try:
        return take_in(table, expected, {Column(name): header for name, header in kept.items()})
    except RecordsUnreadable:
        if not kept:
            raise
    return take_in(table, expected)


def _shown(intake: Intake, expected: Expected) -> dict[str, Any]:
    fitting = [one for one in intake.taken if _fits(one, expected)]
    lines = sum(len(one.rows) for one in intake.taken) + len(intake.refused) + len(intake.skipped)
    return {
        "fitting": fitting[:SHOWN],
        "fitting_count": len(fitting),
        "figures": [
            Figure(str(len(fitting)), str(len(intake.taken)), _("người trong tệp mời được theo kế hoạch")),
            Figure(str(len(intake.refused)), str(lines), _("dòng không nhận")),
            Figure(str(len(intake.merged)), str(lines), _("dòng trùng người, gộp lại")),
            Figure(str(len(intake.doubts)), "", _("ô để trống vì chưa rõ")),
        ],
        "refused": intake.refused[:SHOWN],
        "merged": intake.merged[:SHOWN],
        "doubts": intake.doubts[:SHOWN],
    }


def _fits(one: Applicant, expected: Expected) -> bool:
    return one.ward in expected.wards and any(row.finished and row.sector in expected.sectors for row in one.rows)


def _columns(request: HttpRequest, dialogue: Dialogue, table: Table, intake: Intake | None) -> forms.Form:
    """The form of the columns, filled with what was recognised or chosen."""
    kept = dict(request.session.get(f"columns:{dialogue.code}", {}))
    found = {column.value: label for column, label in intake.layout.labels.items()} if intake else {}
    return ColumnsForm({**kept, **found}, _headers(table, intake))


def _headers(table: Table, intake: Intake | None) -> list[str]:
    """The words that could be headers: those of the header row, or of the first row that is filled the most."""
    rows = _head_rows(table)
    if intake is None:
        fullest: list[str] = max(rows, key=len, default=[])
        return list(dict.fromkeys(fullest))
    return list(dict.fromkeys([*rows[intake.layout.header_line - 1], *intake.layout.labels.values()]))


def _head_rows(table: Table) -> list[list[str]]:
    return [[text for cell in row if (text := words(cell))] for row in table.rows[: HEADER_WITHIN + 1]]


# ---- the refused lines as a file


@require_safe
@staff_only
def refused_lines(request: HttpRequest, code: str, read: Read) -> HttpResponse:
    """The lines of the file just looked at that would not be taken, with the reason of each, as CSV."""
    dialogue = dialogue_of(request, code)
    may = permissions.may_take_records(actor_of(request), dialogue)
    if not may:
        raise NotYours(may.reason)
    held = _held(request, dialogue)
    try:
        intake = _intake(request, dialogue, read(held.data, held.name))
    except RecordsUnreadable as unreadable:
        raise NotNow(str(unreadable)) from unreadable
    response = HttpResponse(_csv(_lines(intake)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{dialogue.code}-khong-nhan.csv"'
    return response


def _lines(intake: Intake) -> Iterator[Sequence[str]]:
    yield (_("Dòng"), _("Cột"), _("Trong tệp"), _("Lý do"))
    for row in intake.refused:
        yield (str(row.line), row.column, row.found, row.sentence)


def _csv(lines: Iterator[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([tame(cell) for cell in line] for line in lines)
    return target.getvalue().encode("utf-8-sig")


def tame(cell: str) -> str:
    """A cell that a spreadsheet program shows as text and never runs as a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r", "\n") else cell
