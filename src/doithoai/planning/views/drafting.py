"""A plan becomes a dialogue: read from a file, looked at beside its own words, kept, stored when a person confirms.

The same page corrects the plan of a dialogue while it is a draft.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory.models import Agency
from doithoai.directory.permissions import may_amend
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours, Overtaken
from doithoai.people.models import Staff
from doithoai.people.queries import administrators
from doithoai.planning.actions import writing
from doithoai.planning.actions.correcting import Correction, require_wordable
from doithoai.planning.forms import Choices, DraftForm, PlanFileForm
from doithoai.planning.forms.splitting import left_of, parts_of
from doithoai.planning.imports import PlanDraft, Unreadable, read_plan
from doithoai.planning.imports.correction import Beyond, Kept
from doithoai.planning.models import Dialogue, Writing
from doithoai.planning.permissions import may_create, may_prepare
from doithoai.planning.queries import open_writings, sittings_of
from doithoai.planning.views import checking
from doithoai.planning.views.beside import blocks
from doithoai.planning.views.holding import Held
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.numbers import small_number

MAGIC: Final = {".docx": b"PK", ".pdf": b"%PDF"}
READ: Final = "doc"
"""The step of a plan that was read: it has one page."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new_plan(request: HttpRequest) -> HttpResponse:
    """The file of a plan, or its words. What was read is kept as a draft; no dialogue is made of it yet."""
    agency = _agency(request)
    if request.method != "POST":
        return _upload_page(request)
    form = PlanFileForm(request.POST, request.FILES)
    typed = request.POST.get("text", "")
    if not form.is_valid():
        return _upload_page(request, str(next(iter(form.errors.values()))[0]), typed)
    file = form.cleaned_data["file"]
    name, content = (file.name, file.read()) if file else ("chu-da-dan.txt", form.cleaned_data["text"].encode())
    try:
        found = _draft_in(name, content)
    except Unreadable as unreadable:
        return _upload_page(request, unreadable.sentence, typed)
    row = _begin(request, agency, _first_look(found, agency))
    return done(reverse("plan-reading", args=(row.code,)), "writing.start")


def _agency(request: HttpRequest) -> Agency:
    """The actor's agency; NotYours for those who draft no plans."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    may = may_create(actor_of(request), agency)
    if not may:
        raise NotYours(may.reason)
    return agency


def _upload_page(request: HttpRequest, problem: str = "", text: str = "") -> HttpResponse:
    writings = open_writings(_agency(request))
    dropped = request.GET.get("da") == "writing.drop"
    facts = {"here": "dialogues", "problem": problem, "text": text, "writings": writings, "dropped": dropped}
    return render(request, "planning/new.html", facts, status=422 if problem else 200)


# ---- reading


def _first_look(found: PlanDraft, agency: Agency) -> Held:
    today = clock.day_of(clock.now(), agency.zone)
    daily = checking.is_daily(found)
    whole, when = checking.awaiting(found)
    draft = checking.reconsidered(whole, None, today, daily=daily)
    return Held(draft, checking.open_lines(draft), daily, beyond=Beyond(tentative=when))


def _draft_in(name: str, content: bytes) -> PlanDraft:
    """The draft in a file whose name and content agree. Raises Unreadable; the file is read from a copy of its own."""
    given = Path(name)
    suffix = given.suffix.lower()
    shown = f"{given.stem[:60]}{suffix[:8]}"
    wanted = MAGIC.get(suffix, b"")
    if content.strip() and suffix == ".pdf" and wanted not in content[:1024]:
        raise Unreadable(
            _("Tệp %(name)s không phải tệp PDF dù tên ghi vậy. Cần .docx, .pdf, .txt hoặc .md.") % {"name": shown}
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / shown
        copy.write_bytes(content)
        return read_plan(copy)


# ---- the draft, kept


def _begin(request: HttpRequest, agency: Agency, held: Held) -> Writing:
    who: Any = {"actor": actor_of(request), "now": clock.now()}
    return writing.start(agency, {}, step=READ, read=held.as_json(), **who)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """A plan that was read: corrected and kept, made into a dialogue, or given up."""
    agency = _agency(request)
    rows = Writing.objects.filter(agency_id=agency_id_of(actor_of(request))).exclude(read={})
    row = get_object_or_404(rows.select_related("agency", "by", "dialogue"), code=code)
    held = Held.from_json(row.read)
    if request.method != "POST":
        return _draft_page(request, agency, held, row=row, looked=request.GET.get("da") == "writing.correct")
    if request.POST.get("buoc") == "bo":
        writing.drop(row, actor=actor_of(request), now=clock.now())
        return done(reverse("new-plan"), "writing.drop")
    return _review(request, agency, held, row)


def _review(request: HttpRequest, agency: Agency, held: Held, row: Writing | None) -> HttpResponse:
    """Keep what was typed; make the dialogue, or bring the correction to it, once nothing is left to look at."""
    choices = Choices.of(agency)
    form = _form(held, choices, request.POST)
    if not form.is_valid():
        problem = _("Chưa ghi gì: có ô không đọc được, nêu ngay dưới ô đó.")
        return _draft_page(request, agency, held, row=row, form=form, choices=choices, problem=problem)
    after, opened = _edited(held, form, agency)
    try:
        row = _keep(request, agency, after, row)
    except Overtaken as overtaken:
        return _draft_page(request, agency, after, row=row, choices=choices, problem=overtaken.reason)
    if request.POST.get("buoc") != "lap":
        return done(reverse("plan-reading", args=(row.code,)), "writing.correct")
    if opened:
        problem = _(
            "Chưa lập: số liệu đã sửa, câu liên quan ở cuối trang đã viết theo hoặc còn như cũ. Xin đọc lại rồi bấm lần nữa."
        )
        return _draft_page(request, agency, after, row=row, choices=choices, problem=problem)
    try:
        return _store(request, row, after, choices)
    except NotNow as refused:
        return _draft_page(request, agency, after, row=row, choices=choices, problem=refused.reason)


def _edited(held: Held, form: DraftForm, agency: Agency) -> tuple[Held, list[str]]:
    """The draft as corrected, and the sentences that are opened by it for the first time."""
    made = form.edited()
    today = clock.day_of(clock.now(), agency.zone)
    draft = checking.reconsidered(made.draft, held.draft, today, daily=held.daily)
    lines = checking.lines_after(held.lines, held.draft, draft)
    opened = [f"c{i}" for i, row in enumerate(draft.clauses) if row.path in made.opened and f"c{i}" not in lines]
    chair = form.cleaned_data["chair"]
    kept = held.rows_kept(made)
    after = replace(held, draft=draft, lines=[*lines, *opened], chair=chair, beyond=made.beyond, kept=kept)
    return after, opened


def _keep(request: HttpRequest, agency: Agency, held: Held, row: Writing | None) -> Writing:
    if row is None:
        return _begin(request, agency, held)
    revision = small_number(request.POST.get("ban", "")) or 0
    return writing.correct(row, held.as_json(), revision=revision, actor=actor_of(request), now=clock.now())


def _form(held: Held, choices: Choices, data: Any = None) -> DraftForm:
    lines = checking.line_texts(held.draft, held.lines)
    return DraftForm(held.draft, choices, data, lines=lines, beyond=held.beyond)


def _store(request: HttpRequest, row: Writing, held: Held, choices: Choices) -> HttpResponse:
    who: Any = {"actor": actor_of(request), "now": clock.now()}
    if held.of:
        dialogue = dialogue_of(request, held.of)
        assert held.was is not None  # both are kept with the code
        assert held.kept is not None
        made = Correction(held.was, held.draft, held.kept, held.beyond, held.stood)
        writing.apply(row, dialogue, made, chair=_chair(held, choices, dialogue.chair), **who)
        return done(reverse("plan", args=(dialogue.code,)), "plan.correct")
    groups = [request.POST.get(f"cuoc-{i}", "1") for i in range(len(held.draft.sittings))]
    parts, left = parts_of(held.draft, held.beyond, groups), left_of(held.draft, held.beyond, groups)
    rest = replace(held, draft=left.draft, beyond=left.beyond).as_json() if left else None
    common = dialogue_of(request, held.common) if held.common else None
    first = writing.split(row, parts, chair=_chair(held, choices), common=common, rest=rest, **who)
    return done(reverse("dialogue", args=(first.code,)), "dialogue.create")


def _chair(held: Held, choices: Choices, stays: Staff | None = None) -> Staff:
    """Whoever was chosen; the chair of a dialogue that is corrected stays, also one who leads no more."""
    found = next((row for row in choices.leaders if row.code == held.chair), stays)
    if found is None:
        raise NotNow(_("Chưa lập được cuộc đối thoại: chưa chọn người chủ trì."))
    return found


def _draft_page(
    request: HttpRequest,
    agency: Agency,
    held: Held,
    *,
    row: Writing | None,
    form: DraftForm | None = None,
    choices: Choices | None = None,
    problem: str = "",
    looked: bool = False,
) -> HttpResponse:
    choices = choices or Choices.of(agency)
    form = form or _filled(held, choices)
    facts = {
        "here": "dialogues",
        "draft": held.draft,
        "held": held,
        "row": row,
        "form": form,
        "blocks": blocks(held.draft, form),
        "lines": [form[f"line-{key}"] for key in form.lines],
        "may_list": may_amend(actor_of(request), agency),
        "administrators": administrators(agency),
        "offices": checking.unknown_offices(held.draft, choices),
        "sectors": checking.unknown_sectors(held.draft, choices),
        "is_of_another": not held.of and checking.is_of_another(held.draft, agency),
        "parts": range(1, len(held.draft.sittings) + 1) if not held.of and len(held.draft.sittings) > 1 else (),
        "problem": problem,
        "looked": looked,
    }
    return render(request, "planning/draft.html", facts, status=422 if problem else 200)


def _filled(held: Held, choices: Choices) -> DraftForm:
    form = _form(held, choices)
    if held.chair:
        form.initial["chair"] = held.chair
    return form


# ---- last year's, and the plan of a dialogue that is a draft still


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Another year's dialogue as a new draft: the same venues, sectors and duties, its dates blank."""
    agency = _agency(request)
    dialogue = dialogue_of(request, code)
    before = PlanDraft.from_json(dialogue.plan_text)
    draft = checking.renewed(before)
    addresses = tuple(dialogue.venues.order_by("ordinal").values_list("address", flat=True))
    daily = checking.is_daily(before)
    held = Held(draft, checking.dated_lines(draft), daily, beyond=Beyond(addresses), source=dialogue.code)
    return (
        _review(request, agency, held, None)
        if request.method == "POST"
        else _draft_page(request, agency, held, row=None)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """The plan of a dialogue as the form it came from: data and sentences are corrected together."""
    dialogue = dialogue_of(request, code)
    may = may_prepare(actor_of(request), dialogue)
    if not may:
        raise NotYours(may.reason)
    require_wordable(dialogue)
    held = _as_held(dialogue)
    if request.method == "POST":
        return _review(request, dialogue.agency, held, None)
    return _draft_page(request, dialogue.agency, held, row=None)


def _as_held(dialogue: Dialogue) -> Held:
    was = PlanDraft.from_json(dialogue.plan_text)
    today = clock.day_of(clock.now(), dialogue.agency.zone)
    daily = checking.is_daily(was)
    draft = checking.reconsidered(replace(was, doubts=()), None, today, daily=daily)
    addresses = tuple(dialogue.venues.order_by("ordinal").values_list("address", flat=True))
    when = tuple(row.tentative for row in sorted(sittings_of(dialogue), key=lambda row: row.ordinal))
    chair = dialogue.chair.code if dialogue.chair else ""
    told = [gap.clause for gap in draft.doubts]
    lines = [f"c{i}" for i, row in enumerate(draft.clauses) if row.path in told]
    stood = Beyond(addresses, when)
    return Held(draft, lines, daily, chair, stood, dialogue.code, was, Kept.all(was), stood=stood)
