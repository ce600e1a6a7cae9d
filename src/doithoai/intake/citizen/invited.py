"""The page behind an invitation's personal link where a person says what they want to raise, and sees what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.directory.queries import is_rehearsal
from doithoai.intake import actions
from doithoai.intake.citizen.doors import Void, by_address
from doithoai.intake.forms import WordsForm
from doithoai.intake.imports import MOST, Kept, take_in
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import LINK
from doithoai.intake.queries import OPEN, Standing, procedures_for, standings_of, visible_to
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.people.actions import knock, open_link
from doithoai.planning.models import Dialogue
from doithoai.roster.models import Invitation
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done

DOOR = by_address(LINK, "own-opinions")
LINK_DOOR, ADDRESS_DOOR = "opinion-link", "opinion-address"
WITHIN = timedelta(hours=1)
PER_LINK, PER_ADDRESS = 12, 60


@dataclass(frozen=True, slots=True)
class Said:
    """One opinion of this link: how it stands, how many papers came with it, and who wrote it down, if not the person."""

    opinion: Opinion
    standing: Standing
    papers: int
    written_by: str


def _opened(request: HttpRequest, token: str) -> tuple[Invitation, Actor]:
    """The invitation that the link opens and its holder; NotNow when it opens none. A try that writes is counted."""
    now = clock.now()
    is_try = request.method == "POST" and not _only_searches(request)
    if is_try:
        knock(ADDRESS_DOOR, request.META.get("REMOTE_ADDR", ""), limit=PER_ADDRESS, within=WITHIN, now=now)
    try:
        link = open_link(token, LINK, now=now)
    except NotNow as refused:
        raise Void(refused.reason) from refused
    related = (
        "person",
        "sitting__sector",
        "sitting__lead",
        "sitting__dialogue__agency",
        "sitting__dialogue__secretariat",
    )
    rows = Invitation.objects.filter(sitting__dialogue__agency_id=link.agency_id).select_related(*related)
    row = rows.filter(code=link.code).first()
    if row is None or row.state in ("withdrawn", "struck"):
        raise Void(_("Giấy mời này đã được thu lại."))
    if is_try:
        knock(LINK_DOOR, row.code, limit=PER_LINK, within=WITHIN, now=now)
    set_frame(request, Frame(row.agency, is_rehearsal()))
    return row, Actor(ref=f"link:{row.code}", agency_id=row.agency.pk, link=(LINK, row.code))


@DOOR
@sensitive_post_parameters("words", "file_code")
@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one wants to raise, in one's own words; and everything sent by this link so far."""
    invitation, actor = _opened(request, token)
    procedures, sector = procedures_for(invitation.agency, invitation.sitting), invitation.sitting.sector_id
    if request.method != "POST" or _only_searches(request):
        return _page(request, token, invitation, actor, WordsForm(procedures, kept=request.POST.dict(), sector=sector))
    form = WordsForm(procedures, request.POST, sector=sector)
    if not form.is_valid():
        return _page(request, token, invitation, actor, form, status=422)
    try:
        papers = take_in(request.FILES.getlist("anh"))
    except NotNow as refused:
        return _page(request, token, invitation, actor, form, status=422, problem=refused.reason)
    sent = _same_as_before(invitation, actor, form, papers) or actions.receive(
        invitation.sitting.dialogue,
        words=form.cleaned_data["words"],
        door=Opinion.Door.LINK,
        invitation=invitation,
        procedure=form.chosen,
        file_code=form.cleaned_data["file_code"],
        papers=papers,
        actor=actor,
        now=clock.now(),
    )
    response = done(reverse("own-opinions", args=(token,)), "opinion.receive")
    response["Location"] += f"&ma={sent.code}"
    return response


def _only_searches(request: HttpRequest) -> bool:
    """Whether the form was sent to look for a procedure: nothing is stored then."""
    return request.POST.get("viec") == "tim"


def _same_as_before(invitation: Invitation, actor: Actor, form: WordsForm, papers: Sequence[Kept]) -> Opinion | None:
    """What was sent already and is only sent again, because the line broke before the answer came: nothing new."""
    waiting = visible_to(actor, invitation.sitting.dialogue).filter(state="received", door=Opinion.Door.LINK)
    words, files = form.cleaned_data["words"], {paper.sha256 for paper in papers}
    return next(
        (
            row
            for row in waiting.prefetch_related("photos")
            if str(row.words) == words and files <= {photo.sha256 for photo in row.photos.all()}
        ),
        None,
    )


@DOOR
@require_safe
def procedures(request: HttpRequest, token: str) -> HttpResponse:
    """The procedures whose name has the words that are being typed, for a page that asks while somebody types."""
    invitation, _actor = _opened(request, token)
    return JsonResponse(
        {
            "found": WordsForm(
                procedures_for(invitation.agency, invitation.sitting), sector=invitation.sitting.sector_id
            ).as_found(request.GET.get("tim", ""))
        }
    )


def _page(
    request: HttpRequest,
    token: str,
    invitation: Invitation,
    actor: Actor,
    form: WordsForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    sent = said(actor, invitation.sitting.dialogue)
    asked = request.GET.get("ma", "")
    is_sent = request.GET.get("da") == "opinion.receive"
    find = request.POST.get("tim", "")[:100]
    facts = {
        "form": form,
        "find": find,
        "offered": form.offered(find),
        "search_url": reverse("own-procedures", args=(token,)),
        "file_problem": problem,
        "most_files": MOST,
        "token": token,
        "invitation": invitation,
        "sitting": invitation.sitting,
        "opinions": sent,
        "open_states": OPEN,
        "receipt": next((row for row in sent if is_sent and row.opinion.code == asked), None),
        "did": did(request.GET.get("da", "")),
    }
    return render(request, "intake/own_opinions.html", facts, status=status)


def did(verb: str) -> str:
    """What was done, in words, for the page one comes back to."""
    return {"opinion.withdraw": _("Đã rút ý kiến."), "opinion.attach": _("Đã thêm giấy tờ.")}.get(verb, "")


def said(actor: Actor, dialogue: Dialogue) -> list[Said]:
    """What may be told of every opinion that the link opens, the last first."""
    rows = visible_to(actor, dialogue).select_related("received_by").order_by("-ordinal")
    opinions = list(rows.annotate(papers=Count("photos")))
    standings = standings_of(opinions)
    return [
        Said(row, standings[row.pk], row.papers, row.received_by.name if row.received_by else "") for row in opinions
    ]


@DOOR
@require_POST
def attach(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Add photographed papers to what was sent by this link."""
    invitation, actor = _opened(request, token)
    opinion = get_object_or_404(visible_to(actor, invitation.sitting.dialogue), code=code)
    actions.attach(opinion, take_in(request.FILES.getlist("anh")), actor=actor, now=clock.now())
    return done(reverse("own-opinions", args=(token,)), "opinion.attach")


@DOOR
@require_POST
def withdraw(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Take back what was sent by this link."""
    invitation, actor = _opened(request, token)
    opinion = get_object_or_404(visible_to(actor, invitation.sitting.dialogue), code=code)
    actions.withdraw(opinion, actor=actor, now=clock.now())
    return done(reverse("own-opinions", args=(token,)), "opinion.withdraw")
