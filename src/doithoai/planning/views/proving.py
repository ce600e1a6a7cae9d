"""The duties of a dialogue: who answers for each, how far it is, and the files that show it; given out by the Office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.models import Office
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow, NotYours, Role
from doithoai.people.models import Holding, Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.forms import EvidenceForm, words_of
from doithoai.planning.models import Dialogue, Duty, Evidence, Obstacle
from doithoai.planning.permissions import may_assign, may_carry_out, may_see_evidence
from doithoai.planning.queries import agency_offices, duty_days
from doithoai.planning.views.duties import duty_acts
from doithoai.planning.views.visible import dialogue_of
from doithoai.rules.deadlines import Due
from doithoai.rules.filekinds import TYPES, kind_of
from doithoai.web.acts import Figure
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.seeking import asked_for, sought

ANSWERING = (Role.HEAD, Role.VENUE)
DONE = ("reported", "confirmed")
FEW = 8
"""So many duties are shown whole; of more, those that wait for nobody here fold."""
ASSIGNABLE = ("assigned", "returned")


@dataclass(frozen=True, slots=True)
class Unit:
    """An office with the people who may answer for a duty there."""

    office: Office
    heads: tuple[Staff, ...]


def _units(dialogue: Dialogue) -> list[Unit]:
    """Every office that has a head, in two queries."""
    held = Holding.objects.filter(
        office__agency=dialogue.agency, role__in=ANSWERING, until=None, staff__is_active=True
    ).select_related("staff")
    heads: dict[int, dict[int, Staff]] = {}
    for row in held.order_by("staff_id"):
        heads.setdefault(row.office_id, {})[row.staff_id] = row.staff
    offices = agency_offices(dialogue.agency)
    return [Unit(office, tuple(heads[office.pk].values())) for office in offices if office.pk in heads]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def duties(request: HttpRequest, code: str) -> HttpResponse:
    """All duties of a dialogue in one picture: owner, state, progress, evidence; the Office gives them out here."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _assign(request, dialogue)
    actor = actor_of(request)
    rows = list(
        Duty.objects.filter(dialogue=dialogue)
        .select_related("office", "accountable")
        .prefetch_related("evidence", "progress", "supporting")
        .order_by("pk")
    )
    for row in rows:
        row.dialogue = dialogue
    may = bool(rows) and bool(may_assign(actor, rows[0]))
    days, today = duty_days(dialogue), clock.day_of(clock.now(), dialogue.agency.zone)
    found = [_standing(row, actor, days.get(row.code), today) for row in sought(rows, asked_for(request), _duty_words)]
    first = [one for one in found if one.is_waiting]
    is_short = bool(asked_for(request)) or len(found) <= FEW or not first
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "rows": found if is_short else first,
        "others": [] if is_short else [one for one in found if not one.is_waiting],
        "found": len(found),
        "count": len(rows),
        "figures": _figures(rows),
        "may": may,
        "units": _units(dialogue) if may else [],
        "open": Obstacle.objects.filter(dialogue=dialogue).exclude(state="closed").count(),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/duties.html", facts)


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty in the list: by when, whether that day is over, and whether it waits for this reader or for an owner."""

    duty: Duty
    due: Due | None
    is_late: bool
    is_waiting: bool


def _standing(row: Duty, actor: Actor, due: Due | None, today: date) -> Standing:
    is_late = row.state not in DONE and due is not None and due.due_on < today
    is_waiting = is_late or row.accountable_id is None or row.state == "returned" or bool(duty_acts(row, actor))
    return Standing(row, due, is_late, is_waiting)


def _duty_words(row: Duty) -> tuple[object, ...]:
    return row.what, row.office, row.accountable and row.accountable.name, row.get_state_display()


def _figures(rows: Sequence[Duty]) -> list[Figure]:
    of = str(len(rows))
    owned = sum(row.accountable_id is not None for row in rows)
    taken = sum(row.state in ("accepted", "reported", "confirmed") for row in rows)
    shown = sum(bool(row.evidence.all()) for row in rows)
    done_ones = sum(row.state == "confirmed" for row in rows)
    return [
        Figure(str(owned), of, _("nhiệm vụ có người chịu trách nhiệm")),
        Figure(str(taken), of, _("đã nhận")),
        Figure(str(shown), of, _("có minh chứng")),
        Figure(str(done_ones), of, _("đã xác nhận xong")),
    ]


def _assign(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    rows = Duty.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    duty = get_object_or_404(rows, code=request.POST.get("nhiem-vu", ""))
    office_code, _colon, staff_code = request.POST.get("nguoi", "").partition(":")
    units = {unit.office.code: unit for unit in _units(dialogue)}
    unit = units.get(office_code)
    head = next((row for row in unit.heads if row.code == staff_code), None) if unit else None
    if unit is None or head is None:
        raise NotNow(_("Chưa giao được: chưa chọn người chịu trách nhiệm."))
    if duty.state not in ASSIGNABLE:
        raise NotNow(_("Chưa giao lại được: nhiệm vụ đã có người nhận. Người nhận trả lại trước."))
    carrying_out.assign(duty, unit.office, head, actor=actor_of(request), now=clock.now())
    return done(reverse("duties", args=(dialogue.code,)), "duty.assign")


def _did(verb: str) -> str:
    words = {
        "duty.assign": _("Đã giao nhiệm vụ; đơn vị đã được báo."),
        "duty.progress": _("Đã ghi tiến độ."),
        "duty.attach": _("Đã đính kèm minh chứng."),
        "duty.accept": _("Đã nhận nhiệm vụ."),
        "duty.return": _("Đã trả lại nhiệm vụ, kèm lý do."),
        "duty.report": _("Đã báo cáo kết quả."),
        "duty.confirm": _("Đã xác nhận nhiệm vụ xong."),
    }
    return words.get(verb, "")


# ---- one duty


def _duty(request: HttpRequest, code: str) -> Duty:
    rows = Duty.objects.filter(dialogue__agency_id=agency_id_of(actor_of(request)))
    related = ("dialogue__agency", "dialogue__secretariat", "office", "accountable", "sitting")
    return get_object_or_404(rows.select_related(*related), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def duty(request: HttpRequest, code: str) -> HttpResponse:
    """One duty: what was noted on it, its evidence, and what can be done; a difficulty is raised from here."""
    row = _duty(request, code)
    if request.method == "POST":
        return _work(request, row)
    return _duty_page(request, row)


def _duty_page(request: HttpRequest, row: Duty, *, form: EvidenceForm | None = None, problem: str = "") -> HttpResponse:
    actor = actor_of(request)
    may = may_carry_out(actor, row)
    evidence = list(row.evidence.select_related("by"))
    for file in evidence:
        file.duty = row
    facts = {
        "here": "dialogues",
        "duty": row,
        "dialogue": row.dialogue,
        "due": duty_days(row.dialogue).get(row.code),
        "progress": row.progress.select_related("by"),
        "evidence": [(file, bool(may_see_evidence(actor, file))) for file in evidence],
        "acts": duty_acts(row, actor),
        "may": may,
        "can_note": may and row.state == "accepted",
        "can_attach": may and row.state in ("accepted", "reported"),
        "form": form or EvidenceForm(),
        "problem": problem,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/duty.html", facts, status=422 if problem else 200)


def _work(request: HttpRequest, row: Duty) -> HttpResponse:
    step, actor, now = request.POST.get("buoc", ""), actor_of(request), clock.now()
    if step == "tien-do":
        carrying_out.note_progress(row, words=request.POST.get("loi", "")[:2000], actor=actor, now=now)
        return done(reverse("duty", args=(row.code,)), "duty.progress")
    if step != "dinh-kem":
        raise Http404
    may = may_carry_out(actor, row)
    if not may:
        raise NotYours(may.reason)
    return _attach(request, row)


def _attach(request: HttpRequest, row: Duty) -> HttpResponse:
    """Look at the file before it is kept; a refusal keeps nothing."""
    form = EvidenceForm(request.POST, request.FILES)
    try:
        said = words_of(form)
        data = said["file"].read()
        kind = kind_of(data)
        if not kind:
            raise NotNow(
                _("Chưa đính kèm được: nội dung tệp không phải PDF, ảnh JPG hoặc PNG, DOCX, XLSX. Chưa ghi gì.")
            )
        _require_state(row)
        file = Attachment(said["file"].name, kind, plugs.files().put(data), len(data))
        carrying_out.attach(row, file, note=said["note"], actor=actor_of(request), now=clock.now())
    except NotNow as refused:
        return _duty_page(request, row, form=form, problem=refused.reason)
    return done(reverse("duty", args=(row.code,)), "duty.attach")


def _require_state(row: Duty) -> None:
    if row.state not in ("accepted", "reported"):
        raise NotNow(_("Chưa đính kèm được: nhận nhiệm vụ trước, rồi đính kèm minh chứng."))


@require_safe
@staff_only
def evidence_file(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """A file of evidence, as an attachment, for those who may see it; for others it is not there."""
    row = get_object_or_404(
        Evidence.objects.select_related("duty__dialogue__agency", "duty__office"), duty__code=code, ordinal=ordinal
    )
    if not may_see_evidence(actor_of(request), row):
        raise Http404
    try:
        data = plugs.files().get(row.sha256)
    except KeyError as missing:
        raise NotNow(_("Chưa tải được: không thấy tệp trong kho. Xin báo kỹ thuật.")) from missing
    response = HttpResponse(data, content_type=TYPES[row.kind])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{row.duty.code}-minh-chung-{row.ordinal}.{row.kind}"'
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
