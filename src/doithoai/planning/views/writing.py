"""A plan written from nothing, step by step, with the official paper and its deadlines growing beside the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.directory.models import Agency, Place
from doithoai.directory.queries import calendar_of, profile_of
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.people.models import Staff
from doithoai.planning.actions import writing
from doithoai.planning.forms import Choices
from doithoai.planning.forms.composing import Written, compose, last_day
from doithoai.planning.forms.proposing import propose
from doithoai.planning.forms.writing import STEPS, Desk, Lack, StepForm, answers_of, lacks, read_writing
from doithoai.planning.models import Writing
from doithoai.planning.permissions import may_create
from doithoai.planning.queries import bases_offered, due_from, duty_name, is_binding
from doithoai.planning.views.sheets import Sheet, preview
from doithoai.rules.deadlines import Due
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.numbers import small_number

LAST: Final = "xem-lai"
ORDER: Final = (*STEPS, LAST)


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline of the plan as it stands now."""

    name: str
    due: Due
    is_binding: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One step in the list of steps: its name, whether it is the present one, and how much is missing there."""

    slug: str
    name: str
    is_here: bool
    missing: int


@dataclass(frozen=True, slots=True)
class Look:
    """What stands beside the form: the paper, the deadlines, what is missing."""

    sheet: Sheet
    deadlines: list[Counted]
    missing: list[Lack]
    written: Written


@require_POST
@staff_only
def start_writing(request: HttpRequest) -> HttpResponse:
    """Begin a plan with what the directory and the profile propose."""
    agency = _agency(request)
    desk = _desk(agency, clock.day_of(clock.now(), agency.zone).year)
    said = propose(agency, desk.profile, desk.choices, desk.year)
    row = writing.start(agency, said, step=ORDER[0], actor=actor_of(request), now=clock.now())
    return done(reverse("plan-writing", args=(row.code, ORDER[0])), "writing.start")


def _agency(request: HttpRequest) -> Agency:
    """The actor's agency; NotYours for those who draft no plans."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    may = may_create(actor_of(request), agency)
    if not may:
        raise NotYours(may.reason)
    return agency


def _desk(agency: Agency, year: int) -> Desk:
    return Desk(agency, profile_of(agency), Choices.of(agency), list(Place.objects.filter(agency=agency)), year)


def _writing(request: HttpRequest, code: str) -> Writing:
    rows = Writing.objects.filter(agency_id=agency_id_of(actor_of(request)), read={}).select_related(
        "agency", "by", "dialogue"
    )
    return get_object_or_404(rows, code=code)


def _year(row: Writing) -> int:
    """The year for which it was begun, as its code says."""
    return int(row.code.split("-")[-2])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def write_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """One step of the form. A POST keeps it as it was typed, whole or not, and goes on, back, or stays."""
    agency = _agency(request)
    row = _writing(request, code)
    if step not in ORDER:
        raise Http404
    desk = _desk(agency, _year(row))
    if request.method != "POST":
        return _page(request, row, desk, step, row.said)
    if step == LAST:
        return _finish(request, row, desk)
    return _keep(request, row, desk, step)


def _keep(request: HttpRequest, row: Writing, desk: Desk, step: str) -> HttpResponse:
    typed = _typed(request, step, desk)
    try:
        revision = _revision(request)
        writing.save(row, step, typed, revision=revision, actor=actor_of(request), now=clock.now())
    except Overtaken:
        row.refresh_from_db()
        words = _(
            "Có người vừa lưu kế hoạch này. Chữ vừa gõ còn nguyên dưới đây, chưa ghi; xem lại rồi bấm lưu lần nữa để giữ bản này."
        )
        return _page(request, row, desk, step, {**row.said, step: typed}, problem=words)
    here = ORDER.index(step)
    to = {"lui": ORDER[max(0, here - 1)], "tiep": ORDER[here + 1]}.get(request.POST.get("buoc", ""), step)
    form = StepForm(step, desk, typed)
    if not form.is_valid():
        words = _("Đã giữ mọi chữ vừa gõ. Có ô không đọc được, nêu ngay dưới ô đó.")
        return _page(request, row, desk, step, row.said, problem=words, form=form)
    return done(reverse("plan-writing", args=(row.code, to)), "writing.save")


def _revision(request: HttpRequest) -> int:
    return small_number(request.POST.get("ban", "")) or 0


def _typed(request: HttpRequest, step: str, desk: Desk) -> dict[str, str | list[str]]:
    """What this step's form sent, and nothing else."""
    sent: dict[str, Any] = {name: request.POST.getlist(name) for name in request.POST}
    flat = {name: values if name == "bases" else values[-1] for name, values in sent.items()}
    return StepForm(step, desk, flat).typed()


def _finish(request: HttpRequest, row: Writing, desk: Desk) -> HttpResponse:
    look = _look(desk, row.said)
    if look.missing:
        words = _("Chưa lập được cuộc đối thoại: còn %(count)s chỗ thiếu, nêu ở dưới. Chưa ghi gì thêm.")
        return _page(request, row, desk, LAST, row.said, problem=words % {"count": len(look.missing)})
    chair = _chair(desk, row.said)
    assert chair is not None  # nothing is missing
    draft = compose(look.written, desk.agency)
    try:
        made = writing.finish(
            row,
            draft,
            chair=chair,
            bases=look.written.bases,
            answers=answers_of(desk, row.said),
            beyond=look.written.beyond,
            actor=actor_of(request),
            now=clock.now(),
        )
    except NotNow as refused:
        return _page(request, row, desk, LAST, row.said, problem=refused.reason)
    return done(reverse("plan", args=(made.code,)), "dialogue.create")


@require_POST
@staff_only
def preview_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """The paper as it would be with what is typed now. Nothing is stored."""
    agency = _agency(request)
    row = _writing(request, code)
    if step not in STEPS:
        raise Http404
    desk = _desk(agency, _year(row))
    said = {**row.said, step: _typed(request, step, desk)}
    return render(request, "planning/parts/writing_look.html", {"look": _look(desk, said), "row": row})


# ---- the page


def _look(desk: Desk, said: Mapping[str, Any]) -> Look:
    whole = dict(said)
    written = read_writing(desk, whole)
    today = clock.day_of(clock.now(), desk.agency.zone)
    sheet = preview(desk.agency, compose(written, desk.agency), written.bases, _chair(desk, whole), today)
    return Look(sheet, _deadlines(desk, written, answers_of(desk, whole)), lacks(desk, written), written)


def _deadlines(desk: Desk, written: Written, answers: Mapping[str, bool]) -> list[Counted]:
    end = last_day(written)
    if end is None:
        return []
    days = sorted({row.date for row in written.sittings if row.date})
    found = due_from(desk.profile, answers, calendar_of(desk.agency), days, end)
    rows = [Counted(duty_name(due.term.duty, due.term.words), due, is_binding(desk.profile, due.term)) for due in found]
    return sorted((row for row in rows if row.is_binding), key=lambda row: row.due.due_on)


def _chair(desk: Desk, said: Mapping[str, Any]) -> Staff | None:
    code = said.get("thanh-phan", {}).get("chair", "")
    return next((row for row in desk.choices.leaders if row.code == code), None)


def _page(
    request: HttpRequest,
    row: Writing,
    desk: Desk,
    step: str,
    said: Mapping[str, Any],
    *,
    problem: str = "",
    form: StepForm | None = None,
) -> HttpResponse:
    look = _look(desk, said)
    missing = {slug: sum(lack.step == slug for lack in look.missing) for slug in STEPS}
    stops = [Stop(slug, str(name), slug == step, missing[slug]) for slug, name in STEPS.items()]
    stops.append(Stop(LAST, _("Xem lại, lập"), step == LAST, 0))
    here = ORDER.index(step)
    facts = {
        "here": "dialogues",
        "row": row,
        "step": step,
        "number": here + 1,
        "of": len(ORDER),
        "title": stops[here].name,
        "stops": stops,
        "form": form or (StepForm(step, desk, said.get(step, {})) if step in STEPS else None),
        "before": ORDER[here - 1] if here else "",
        "is_last": step == LAST,
        "look": look,
        "problem": problem,
        "saved": not problem and request.GET.get("da") == "writing.save",
        "grounds": bases_offered(desk.profile, answers_of(desk, dict(said)), desk.year) if step == "can-cu" else [],
        "days": _turn_minutes(desk, look.written) if step == "buoi" else [],
    }
    return render(request, "planning/writing.html", facts, status=422 if problem else 200)


@dataclass(frozen=True, slots=True)
class Turns:
    """How many minutes each turn of a sitting has once opening and closing are taken off."""

    at: int
    minutes: int
    day: date | None


def _turn_minutes(desk: Desk, written: Written) -> list[Turns]:
    found = []
    for at, row in enumerate(written.sittings, start=1):
        if row.start and row.end and row.expected and row.start < row.end:
            length = (row.end.hour - row.start.hour) * 60 + row.end.minute - row.start.minute
            found.append(Turns(at, desk.profile.turn_minutes(length, row.expected), row.date))
    return found
