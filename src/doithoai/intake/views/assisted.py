"""Writing down what somebody says at the desk, on the telephone or on paper: their own words, under their own name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.intake import actions
from doithoai.intake.forms import AssistedForm
from doithoai.intake.imports import MOST, Kept, take_in
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_receive
from doithoai.intake.queries import procedures_for
from doithoai.intake.views.board import dialogue_of
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import sittings_of
from doithoai.roster.models import Invitation
from doithoai.rules.vietnamese import fold
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.presses import pressed

MOST_FOUND = 12


@sensitive_post_parameters("words", "file_code", "guest", "phone", "group")
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def write_down(request: HttpRequest, code: str) -> HttpResponse:
    """Find the person, then write down what they say. Nothing is stored before the button is pressed."""
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    verdict = may_receive(actor, dialogue)
    if not verdict:
        raise NotYours(verdict.reason)
    procedures = procedures_for(dialogue.agency)
    if request.method != "POST" or request.POST.get("viec") == "tim":
        form = AssistedForm(dialogue.agency, procedures, sittings_of(dialogue), kept=request.POST.dict())
        return _page(request, dialogue, form)
    form = AssistedForm(dialogue.agency, procedures, sittings_of(dialogue), request.POST)
    if not form.is_valid():
        return _page(request, dialogue, form)
    try:
        papers = take_in(request.FILES.getlist("anh"))
    except NotNow as refused:
        return _page(request, dialogue, form, problem=refused.reason)
    told = pressed(request, lambda: {"opinion": _receive(request, dialogue, form, papers).code})
    return done(reverse("opinion", args=(told["opinion"],)), "opinion.receive")


@require_safe
@staff_only
def procedures_found(request: HttpRequest, code: str) -> HttpResponse:
    """The procedures whose name has the words that are being typed, for a page that asks while somebody types."""
    dialogue = dialogue_of(request, code)
    found = AssistedForm(dialogue.agency, procedures_for(dialogue.agency), ()).as_found(request.GET.get("tim", ""))
    return JsonResponse({"found": found})


def _receive(request: HttpRequest, dialogue: Dialogue, form: AssistedForm, papers: Sequence[Kept]) -> Opinion:
    given, sitting = form.cleaned_data, form.chosen_sitting
    person = get_object_or_404(Person, agency=dialogue.agency, code=given["person"]) if given["person"] else None
    return actions.receive(
        dialogue,
        words=given["words"],
        door=given["door"],
        kind=given["kind"] or Opinion.Kind.DIFFICULTY,
        person=person,
        newcomer=None if person else form.newcomer(given["guest"]),
        sitting=sitting,
        invitation=_invitation(dialogue, person, sitting),
        procedure=form.chosen,
        file_code=given["file_code"],
        papers=papers,
        read_back=given["read_back"] == "yes",
        unread_reason=given["unread_reason"].strip(),
        actor=actor_of(request),
        now=clock.now(),
    )


def _invitation(dialogue: Dialogue, person: Person | None, sitting: Sitting | None) -> Invitation | None:
    """The person's own invitation, so that they see by their link what was written down for them."""
    rows = Invitation.objects.filter(sitting__dialogue=dialogue, person=person).exclude(
        state__in=("withdrawn", "struck")
    )
    if person is None:
        return None
    wanted = Q(sitting=sitting) if sitting else Q()
    return rows.filter(wanted).select_related("person", "sitting").order_by("sitting_id").first()


@dataclass(frozen=True, slots=True)
class Match:
    """A person whose name fits, with where they live and the sitting they are invited to."""

    person: Person
    invited_to: str


def _matches(dialogue: Dialogue, name: str, chosen: str) -> list[Match]:
    """People of the agency whose name has every word that was typed; the one already chosen among them."""
    wanted = Q(code=chosen) if chosen else Q()
    words = fold(name).split()
    by_name = Q(*[Q(name_folded__contains=word) for word in words]) if words else Q(pk=None)
    rows = Person.objects.filter(by_name | wanted if chosen else by_name, agency=dialogue.agency)
    people = list(rows.select_related("ward").order_by("name_folded", "code")[:MOST_FOUND])
    invited = Invitation.objects.filter(sitting__dialogue=dialogue, person__in=people).select_related("sitting__sector")
    sectors = {row.person_id: row.sitting.sector.name for row in invited}
    return [Match(person, sectors.get(person.pk, "")) for person in people]


def _page(request: HttpRequest, dialogue: Dialogue, form: AssistedForm, problem: str = "") -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    name, chosen = asked.get("ten", "").strip()[:200], request.POST.get("person", "")[:12]
    matches = _matches(dialogue, name, chosen)
    find = request.POST.get("tim", "")[:100]
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "form": form,
        "name": name,
        "chosen": chosen or (matches[0].person.code if len(matches) == 1 else ""),
        "matches": matches,
        "is_more": len(matches) == MOST_FOUND,
        "keep": f"ghi-{dialogue.code}-{actor_of(request).ref}",
        "kinds": Opinion.Kind.choices,
        "find": find,
        "offered": form.offered(find),
        "search_url": reverse("opinion-procedures", args=(dialogue.code,)),
        "most_files": MOST,
        "file_problem": problem,
        "problem": _("Chưa ghi được: xin xem các chỗ đánh dấu.") if form.errors or problem else "",
    }
    return render(request, "intake/write_down.html", facts, status=422 if facts["problem"] else 200)
