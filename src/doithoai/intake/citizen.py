"""The page behind an invitation's personal link where a person says what they want to raise, and sees what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.directory.models import Procedure
from doithoai.directory.queries import is_rehearsal
from doithoai.intake import actions
from doithoai.intake.forms import WordsForm
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import LINK
from doithoai.intake.queries import OPEN, holders_of, visible_to
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.people.actions import knock, open_link
from doithoai.roster.models import Invitation
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

LINK_DOOR, ADDRESS_DOOR = "opinion-link", "opinion-address"
WITHIN = timedelta(hours=1)
PER_LINK, PER_ADDRESS = 12, 60


@dataclass(frozen=True, slots=True)
class Sent:
    """One opinion of this link with whoever has it now."""

    opinion: Opinion
    held_by: str


def by_address(view: View[P]) -> View[P]:
    """A page whose address is the secret: no account, no cookie. No cache keeps it and no referrer names it; without
    one a browser sends no origin that could be compared, and who does not know the address cannot post to it."""

    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except NotNow as refused:
            status = 410 if isinstance(refused, Void) else 409
            facts = {"reason": refused.reason, "token": "" if status == 410 else kwargs.get("token", "")}
            response = render(request, "intake/refused.html", facts, status=status)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return door


class Void(NotNow):
    """The address opens nothing."""


def _opened(request: HttpRequest, token: str) -> tuple[Invitation, Actor]:
    """The invitation that the link opens and its holder; NotNow when it opens none. A try that writes is counted."""
    now = clock.now()
    if request.method == "POST":
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
    if request.method == "POST":
        knock(LINK_DOOR, row.code, limit=PER_LINK, within=WITHIN, now=now)
    set_frame(request, Frame(row.agency, is_rehearsal()))
    return row, Actor(ref=f"link:{row.code}", agency_id=row.agency.pk, link=(LINK, row.code))


@by_address
@sensitive_post_parameters("words", "file_code")
@require_http_methods(["GET", "HEAD", "POST"])
def opinions(request: HttpRequest, token: str) -> HttpResponse:
    """Say what one wants to raise, in one's own words; and everything sent by this link so far."""
    invitation, actor = _opened(request, token)
    form = WordsForm(_procedures(invitation), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, token, invitation, actor, form)
    if not form.is_valid():
        return _page(request, token, invitation, actor, form, status=422)
    sent = actions.receive(
        invitation.sitting.dialogue,
        words=form.cleaned_data["words"],
        door=Opinion.Door.LINK,
        invitation=invitation,
        procedure=form.chosen,
        file_code=form.cleaned_data["file_code"],
        actor=actor,
        now=clock.now(),
    )
    response = done(reverse("own-opinions", args=(token,)), "opinion.receive")
    response["Location"] += f"&ma={sent.code}"
    return response


def _procedures(invitation: Invitation) -> list[Procedure]:
    return list(Procedure.objects.filter(sector=invitation.sitting.sector_id).order_by("name"))


def _page(
    request: HttpRequest, token: str, invitation: Invitation, actor: Actor, form: WordsForm, *, status: int = 200
) -> HttpResponse:
    rows = list(visible_to(actor, invitation.sitting.dialogue).order_by("-ordinal"))
    holders = holders_of(rows)
    asked = request.GET.get("ma", "")
    is_sent = request.GET.get("da") == "opinion.receive"
    facts = {
        "form": form,
        "token": token,
        "invitation": invitation,
        "sitting": invitation.sitting,
        "opinions": [Sent(row, holders[row.pk]) for row in rows],
        "open_states": OPEN,
        "receipt": next((Sent(row, holders[row.pk]) for row in rows if is_sent and row.code == asked), None),
        "did": _("Đã rút ý kiến.") if request.GET.get("da") == "opinion.withdraw" else "",
    }
    return render(request, "intake/own_opinions.html", facts, status=status)


@by_address
@require_POST
def withdraw(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Take back what was sent by this link."""
    invitation, actor = _opened(request, token)
    opinion = get_object_or_404(visible_to(actor, invitation.sitting.dialogue), code=code)
    actions.withdraw(opinion, actor=actor, now=clock.now())
    return done(reverse("own-opinions", args=(token,)), "opinion.withdraw")
