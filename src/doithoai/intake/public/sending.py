"""The public page where anybody sends an opinion; it lands on the same board as every other, unsorted."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.queries import is_rehearsal
from doithoai.intake import actions
from doithoai.intake.forms import PublicForm
from doithoai.intake.imports import MOST, Kept, take_in
from doithoai.intake.models import Opinion
from doithoai.intake.queries import CLOSED_TO_INTAKE, notice_is_out, procedures_for
from doithoai.kernel import clock
from doithoai.kernel.access import ANYONE, NotNow
from doithoai.people.actions import knock
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import sittings_of
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done, unkept
from doithoai.web.presses import pressed_by_anyone

ADDRESS_DOOR, ALL_DOOR = "public-address", "public-all"
WITHIN = timedelta(hours=1)
PER_ADDRESS, IN_ALL = 10, 300
"""Opinions within an hour: from one address, and in all of one dialogue."""


def open_dialogue(request: HttpRequest, code: str) -> Dialogue:
    """A dialogue that takes opinions from anybody; any other code is not found (404)."""
    rows = Dialogue.objects.exclude(state__in=CLOSED_TO_INTAKE).select_related("agency", "secretariat")
    dialogue = get_object_or_404(rows, code=code)
    if notice_is_out(dialogue):
        raise Http404
    set_frame(request, Frame(dialogue.agency, is_rehearsal()))
    return dialogue


def _open_sittings(dialogue: Dialogue) -> list[Sitting]:
    return [row for row in sittings_of(dialogue) if dialogue.is_written or row.state != "cancelled"]


@csrf_exempt  # nothing is done for anybody who is signed in, and so the page needs no cookie
@sensitive_post_parameters("words", "file_code", "name", "phone", "group")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Say what one wants to raise, under one's name. What was stored is then seen behind a link of its own."""
    dialogue = open_dialogue(request, code)
    procedures, sittings = procedures_for(dialogue.agency), _open_sittings(dialogue)
    if request.method != "POST" or request.POST.get("viec") == "tim":
        kept = {"sitting": "", **request.POST.dict()}
        return unkept(_page(request, dialogue, PublicForm(dialogue.agency, procedures, sittings, kept=kept)))
    form = PublicForm(dialogue.agency, procedures, sittings, request.POST)
    if not form.is_valid():
        return unkept(_page(request, dialogue, form, status=422))
    try:
        opinion = _stored(request, dialogue, form)
    except NotNow as refused:
        return unkept(_page(request, dialogue, form, problem=refused.reason, status=422))
    token = actions.own_link(opinion, until=clock.now() + actions.LIVES)
    return unkept(done(reverse("own-opinion", args=(token,)), "opinion.receive"))


def _stored(request: HttpRequest, dialogue: Dialogue, form: PublicForm) -> Opinion:
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    knock(ADDRESS_DOOR, address, limit=PER_ADDRESS, within=WITHIN, now=now)
    knock(ALL_DOOR, dialogue.code, limit=IN_ALL, within=WITHIN, now=now)
    papers = take_in(request.FILES.getlist("anh"))
    told = pressed_by_anyone(request, lambda: {"opinion": _received(dialogue, form, papers).code})
    return Opinion.objects.select_related("dialogue__agency").get(code=told["opinion"], dialogue=dialogue)


def _received(dialogue: Dialogue, form: PublicForm, papers: Sequence[Kept]) -> Opinion:
    given = form.cleaned_data
    return actions.receive(
        dialogue,
        words=given["words"],
        door=Opinion.Door.WEB,
        newcomer=form.newcomer(given["name"]),
        sitting=form.chosen_sitting,
        procedure=form.chosen,
        file_code=given["file_code"],
        papers=papers,
        actor=ANYONE,
        now=clock.now(),
    )


@require_safe
def procedures(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures whose name has the words that are being typed, for a page that asks while somebody types."""
    dialogue = open_dialogue(request, code)
    form = PublicForm(dialogue.agency, procedures_for(dialogue.agency), ())
    return JsonResponse({"found": form.as_found(request.GET.get("tim", ""))})


def _page(
    request: HttpRequest, dialogue: Dialogue, form: PublicForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    find = request.POST.get("tim", "")[:100]
    facts = {
        "dialogue": dialogue,
        "form": form,
        "find": find,
        "offered": form.offered(find) if find or form["procedure"].value() else [],
        "search_url": reverse("public-procedures", args=(dialogue.code,)),
        "most_files": MOST,
        "problem": problem or (_("Xin xem chỗ đánh dấu bên dưới; chữ đã viết còn nguyên.") if form.errors else ""),
    }
    return render(request, "intake/send.html", facts, status=status)
