"""A plan becomes a dialogue: read from a file, looked at beside its own words, stored when a person confirms."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.models import Agency
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.actions import drafting
from doithoai.planning.forms import Choices, DraftForm, PlanFileForm
from doithoai.planning.imports import PlanDraft, Unreadable, read_plan
from doithoai.planning.models import Writing
from doithoai.planning.permissions import may_create
from doithoai.planning.views import checking
from doithoai.planning.views.beside import blocks
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, done, staff_only

SALT: Final = "planning.draft"
MAGIC: Final = {".docx": b"PK", ".pdf": b"%PDF"}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new_plan(request: HttpRequest) -> HttpResponse:
    """The file, then its draft, then the dialogue. Only the last step stores anything."""
    agency = _agency(request)
    if request.method != "POST":
        return _upload_page(request)
    step = request.POST.get("buoc", "")
    return _review(request, agency) if step in ("xem", "lap") else _read(request, agency)


def _agency(request: HttpRequest) -> Agency:
    """The actor's agency; NotYours for those who draft no plans."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    may = may_create(actor_of(request), agency)
    if not may:
        raise NotYours(may.reason)
    return agency


def _upload_page(request: HttpRequest, problem: str = "", text: str = "") -> HttpResponse:
    agency = _agency(request)
    writings = Writing.objects.filter(agency=agency, dialogue=None).select_related("by").order_by("-saved_at")
    facts = {"here": "dialogues", "problem": problem, "text": text, "writings": writings}
    return render(request, "planning/new.html", facts, status=422 if problem else 200)


# ---- reading


def _read(request: HttpRequest, agency: Agency) -> HttpResponse:
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
    today = clock.day_of(clock.now(), agency.zone)
    daily = checking.is_daily(found)
    draft = checking.reconsidered(found, None, today, daily=daily)
    return _draft_page(request, agency, Held(draft, checking.open_lines(draft), daily))


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


# ---- the draft between reading and confirming travels in the form, signed


@dataclass(frozen=True, slots=True)
class Held:
    """A draft that is not stored: `lines` are the sentences that may be rewritten, `daily` how its total is meant."""

    draft: PlanDraft
    lines: list[str]
    daily: bool
    chair: str = ""

    def signed(self, agency: Agency) -> str:
        """For the form of this agency only."""
        body = {"agency": agency.pk, "draft": self.draft.as_json(), "lines": self.lines, "daily": self.daily}
        return signing.dumps(body, salt=SALT, compress=True)


def _held(request: HttpRequest, agency: Agency) -> Held:
    try:
        body: dict[str, Any] = signing.loads(request.POST.get("ban", ""), salt=SALT)
        if body["agency"] == agency.pk:
            return Held(PlanDraft.from_json(body["draft"]), list(body["lines"]), bool(body["daily"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        pass
    raise NotNow(_("Chưa lập được: bản đọc gửi lên không còn nguyên. Xin tải lại tệp kế hoạch. Chưa ghi gì."))


def _form(held: Held, choices: Choices, data: Any = None) -> DraftForm:
    return DraftForm(held.draft, choices, data, lines=checking.line_texts(held.draft, held.lines))


def _review(request: HttpRequest, agency: Agency) -> HttpResponse:
    held = _held(request, agency)
    choices = Choices.of(agency)
    form = _form(held, choices, request.POST)
    if not form.is_valid():
        problem = _("Chưa ghi gì: có ô không đọc được, nêu ngay dưới ô đó.")
        return _draft_page(request, agency, held, form=form, choices=choices, problem=problem)
    today = clock.day_of(clock.now(), agency.zone)
    edited = checking.reconsidered(form.edited(), held.draft, today, daily=held.daily)
    opened = [key for key in checking.moved_lines(held.draft, edited) if key not in held.lines]
    after = Held(edited, [*held.lines, *opened], held.daily, form.cleaned_data["chair"])
    if opened and request.POST["buoc"] == "lap":
        problem = _(
            "Chưa ghi gì: buổi đã sửa nhưng câu trong kế hoạch còn như cũ. Xin viết lại ở cuối trang rồi bấm lập."
        )
        return _draft_page(request, agency, after, choices=choices, problem=problem)
    if request.POST["buoc"] == "xem":
        return _draft_page(request, agency, after, choices=choices, looked=True)
    try:
        return _store(request, agency, after, choices)
    except NotNow as refused:
        return _draft_page(request, agency, after, choices=choices, problem=refused.reason)


def _store(request: HttpRequest, agency: Agency, held: Held, choices: Choices) -> HttpResponse:
    chair = next((row for row in choices.leaders if row.code == held.chair), None)
    if chair is None:
        raise NotNow(_("Chưa lập được cuộc đối thoại: chưa chọn người chủ trì."))
    made = drafting.create(agency, held.draft, chair=chair, actor=actor_of(request), now=clock.now())
    return done(reverse("dialogue", args=(made.code,)), "dialogue.create")


def _draft_page(
    request: HttpRequest,
    agency: Agency,
    held: Held,
    *,
    form: DraftForm | None = None,
    choices: Choices | None = None,
    problem: str = "",
    looked: bool = False,
    source: str = "",
) -> HttpResponse:
    choices = choices or Choices.of(agency)
    form = form or _filled(held, choices)
    facts = {
        "here": "dialogues",
        "draft": held.draft,
        "form": form,
        "blocks": blocks(held.draft, form, choices),
        "lines": [form[f"line-{key}"] for key in form.lines],
        "signed": held.signed(agency),
        "offices": checking.unknown_offices(held.draft, choices),
        "sectors": checking.unknown_sectors(held.draft, choices),
        "is_of_another": checking.is_of_another(held.draft, agency),
        "problem": problem,
        "looked": looked,
        "source": source,
    }
    return render(request, "planning/draft.html", facts, status=422 if problem else 200)


def _filled(held: Held, choices: Choices) -> DraftForm:
    form = _form(held, choices)
    if held.chair:
        form.initial["chair"] = held.chair
    return form


# ---- last year's


@require_safe
@staff_only
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Another year's dialogue as a new draft: the same venues, sectors and duties, its dates blank."""
    agency = _agency(request)
    dialogue = dialogue_of(request, code)
    draft = checking.renewed(PlanDraft.from_json(dialogue.plan_text))
    lines: Sequence[str] = checking.dated_lines(draft)
    held = Held(draft, list(lines), checking.is_daily(PlanDraft.from_json(dialogue.plan_text)))
    return _draft_page(request, agency, held, source=dialogue.code)
