"""Taking in the one-stop desk's export: looked at first, stored whole or not at all."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.models import Place
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow, NotYours, Verdict
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from doithoai.roster import actions, permissions
from doithoai.roster.actions import checking
from doithoai.roster.actions.checking import Read
from doithoai.roster.actions.outcomes import kept_csv
from doithoai.roster.actions.possible import require_open
from doithoai.roster.forms import ColumnsForm, UploadForm
from doithoai.roster.models import Record, RecordBatch, RecordCheck
from doithoai.roster.views.inviting import verdict_of
from doithoai.roster.views.visible import dialogue_of
from doithoai.rules.onestop import RecordsUnreadable
from doithoai.web.acts import Act, Figure
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.seeking import asked_for, sought

BUSY = ("waiting", "reading", "confirmed", "storing")
ELSEWHERE = "-"
MOST_FOUND = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def records(request: HttpRequest, code: str, read: Read) -> HttpResponse:
    """The uploads so far and the next one: chosen, looked at, confirmed. Only the confirmation stores anything."""
    dialogue = dialogue_of(request, code)
    may = permissions.may_take_records(actor_of(request), dialogue)
    if request.method != "POST":
        check = checking.open_check(dialogue, _staff(request)) if may else None
        return _page(request, dialogue, may and verdict_of(lambda: require_open(dialogue)), check)
    if not may:
        raise NotYours(may.reason)
    require_open(dialogue)
    steps = {"nhan": _confirm, "cot": _columns_chosen, "cho": _wards_chosen, "bo": _dropped}
    return steps.get(request.POST.get("buoc", ""), _upload)(request, dialogue, read)


def _staff(request: HttpRequest) -> Staff:
    return get_object_or_404(Staff, pk=actor_of(request).staff_id)


def _page(
    request: HttpRequest, dialogue: Dialogue, may: Verdict, check: RecordCheck | None = None, *, problem: str = ""
) -> HttpResponse:
    facts: dict[str, Any] = {
        "here": "dialogues",
        "dialogue": dialogue,
        "tab": "ho-so",
        "may": may,
        "grey": Act("tep", _("Xem trước"), "", may),
        "batches": RecordBatch.objects.filter(dialogue=dialogue).order_by("-taken_at"),
        "did": _("Đã nhận hồ sơ.") if request.GET.get("da") == "records.take" else "",
        "problem": problem or (check.problem if check else ""),
        **_found(request, dialogue),
    }
    if check is not None:
        facts |= _of_check(check)
    unread = bool(problem) or (check is not None and check.state == "unreadable")
    status = 422 if unread and request.method == "POST" else 200
    return render(request, "roster/records.html", facts, status=status)


def _of_check(check: RecordCheck) -> dict[str, Any]:
    if check.state in BUSY:
        return {"check": check, "busy": True}
    seen = checking.seen(check)
    return {
        "check": check,
        "seen": seen if check.state == "checked" else None,
        "figures": _figures(seen) if "people" in seen else [],
        "columns": ColumnsForm(seen.get("columns", {}), seen["headers"]) if "headers" in seen else None,
        "questions": [question | {"options": _options(question)} for question in seen.get("questions", [])],
    }


def _options(question: dict[str, Any]) -> list[tuple[str, str]]:
    return [*((name, name) for name in question["options"]), (ELSEWHERE, _("không phải phường nào trong kế hoạch"))]


def _figures(seen: dict[str, Any]) -> list[Figure]:
    lines, counts = str(seen["lines"]), seen["counts"]
    return [
        Figure(str(seen["fitting_count"]), str(seen["people"]), _("người trong tệp mời được theo kế hoạch")),
        Figure(str(counts["refused"]), lines, _("dòng không nhận")),
        Figure(str(counts["merged"]), lines, _("dòng trùng người, gộp lại")),
        Figure(str(counts["doubts"]), "", _("ô để trống vì chưa rõ")),
    ]


def _found(request: HttpRequest, dialogue: Dialogue) -> dict[str, Any]:
    """The records taken so far whose name, file code or procedure holds what is looked for."""
    asked, taken = asked_for(request), Record.objects.filter(batch__dialogue=dialogue)
    if not asked:
        return {"kept_count": taken.count()}
    rows = taken.select_related("person__ward", "sector", "procedure").order_by("pk")
    fitting = sought(rows, asked, _words)
    return {"kept_count": True, "kept": fitting[:MOST_FOUND], "kept_more": len(fitting)}


def _words(row: Record) -> tuple[object, ...]:
    return row.person.name, row.person.phone, row.person.address, row.file_code, row.procedure_as_written


# ---- the steps


def _upload(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, dialogue, Verdict(), problem=str(next(iter(form.errors.values()))[0]))
    file = form.cleaned_data["file"]
    check = checking.begin(dialogue, _staff(request), name=file.name, data=file.read(), now=clock.now())
    return _looked_at(request, dialogue, check, read)


def _looked_at(request: HttpRequest, dialogue: Dialogue, check: RecordCheck, read: Read) -> HttpResponse:
    """A small file is shown at once; a large one is left to the worker, and the page says how far it is."""
    if not checking.is_small(check):
        return done(reverse("records", args=(dialogue.code,)), "")
    checking.look_now(check, read)
    return _page(request, dialogue, Verdict(), check)


def _open(request: HttpRequest, dialogue: Dialogue) -> RecordCheck:
    check = checking.open_check(dialogue, _staff(request))
    if check is None:
        raise NotNow(_("Chưa nhận được: không còn tệp đã xem trước. Xin chọn lại tệp. Chưa ghi gì vào danh sách."))
    return check


def _columns_chosen(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    """The same file with the columns that a person chose, which the agency remembers for files with this header."""
    check = _open(request, dialogue)
    try:
        rows = checking.head_rows(read(checking.data_of(check), check.name))
    except RecordsUnreadable as unreadable:
        return _page(request, dialogue, Verdict(), check, problem=str(unreadable))
    form = ColumnsForm(request.POST, [text for row in rows for text in row])
    if not form.is_valid():
        return _page(request, dialogue, Verdict(), check, problem=_("Cột đã chọn không có trong tệp."))
    chosen = form.chosen()
    header = max(rows, key=lambda row: len(set(chosen.values()) & set(row)), default=[])
    columns = {checking.header_key(header): chosen}
    actions.remember_reading(dialogue, columns=columns, actor=actor_of(request), now=clock.now())
    checking.again(check)
    return _looked_at(request, dialogue, check, read)


def _wards_chosen(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    """The same file with the wards that a person chose for spellings that may mean several."""
    check = _open(request, dialogue)
    places = {str(place): place for place in Place.objects.filter(agency_id=dialogue.agency_id)}
    wards: dict[str, Place | None] = {}
    for ordinal, question in enumerate(checking.seen(check).get("questions", [])):
        answer = request.POST.get(f"dia-danh-{ordinal}", "")
        if answer == ELSEWHERE or answer in question["options"]:
            wards[question["spelling"]] = places.get(answer)
    if not wards:
        return _page(request, dialogue, Verdict(), check, problem=_("Chưa chọn địa danh nào."))
    actions.remember_reading(dialogue, wards=wards, actor=actor_of(request), now=clock.now())
    checking.again(check)
    return _looked_at(request, dialogue, check, read)


def _dropped(request: HttpRequest, dialogue: Dialogue, _read: Read) -> HttpResponse:
    checking.drop(_open(request, dialogue))
    return done(reverse("records", args=(dialogue.code,)), "")


def _confirm(request: HttpRequest, dialogue: Dialogue, read: Read) -> HttpResponse:
    check = _open(request, dialogue)
    if request.POST.get("ma") != check.sha256:
        raise NotNow(_("Chưa nhận được: tệp đã xem trước là tệp khác. Xin xem lại rồi bấm nhận. Chưa ghi gì."))
    is_small = checking.is_small(check)
    checking.confirm(check)
    if is_small:
        checking.store_now(check, read)
    return done(reverse("records", args=(dialogue.code,)), "records.take" if is_small else "")


# ---- how far it is, and what becomes of every line as a file


@require_safe
@staff_only
def records_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the reading or taking of this person's file is, for the page that waits."""
    dialogue = dialogue_of(request, code)
    check = checking.open_check(dialogue, _staff(request))
    busy = check is not None and check.state in BUSY
    words = {"done": check.done, "total": check.total, "word": check.get_state_display()} if check else {}
    response = JsonResponse({"busy": busy, **words})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@staff_only
def record_lines(request: HttpRequest, code: str) -> HttpResponse:
    """What becomes of every line of the file just looked at, with the reason of each that is not taken, as CSV."""
    dialogue = dialogue_of(request, code)
    may = permissions.may_take_records(actor_of(request), dialogue)
    if not may:
        raise NotYours(may.reason)
    check = _open(request, dialogue)
    try:
        content = plugs.files().get(check.lines_file)
    except KeyError:
        raise NotNow(_("Chưa có danh sách để tải: tệp này chưa đọc xong.")) from None
    return _as_csv(content, f"{dialogue.code}-tung-dong")


@require_safe
@staff_only
def taken_lines(request: HttpRequest, code: str, batch: int) -> HttpResponse:
    """The lines of a file that was taken which were refused, merged or left partly empty, as CSV."""
    dialogue = dialogue_of(request, code)
    row = get_object_or_404(RecordBatch, pk=batch, dialogue=dialogue)
    return _as_csv(kept_csv(row), f"{dialogue.code}-tep-{row.pk}")


def _as_csv(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
