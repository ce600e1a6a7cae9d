"""The page behind the link of one opinion, and the way to it with the opinion's code and nine digits."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.directory.models import Agency
from doithoai.directory.queries import is_rehearsal
from doithoai.intake import actions
from doithoai.intake.citizen.doors import Void, by_address
from doithoai.intake.citizen.invited import PER_ADDRESS, did, said
from doithoai.intake.imports import MOST, take_in
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import OWN
from doithoai.intake.queries import OPEN
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.people.actions import caller, knock, open_link
from doithoai.rules import spoken
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done, unkept

DOOR = by_address(OWN, "own-opinion")
WRITE_DOOR, LOOK_DOOR, CODE_DOOR, ALL_DOOR = "own-address", "look-address", "look-code", "look-all"
WITHIN = timedelta(hours=1)
LOOKS, LOOKS_PER_CODE, LOOKS_IN_ALL = 60, 6, 1000
"""Within an hour: from one address, which a whole ward's office may share; from there at one opinion, so that nobody shuts
others out of theirs; and at all opinions of one dialogue, where a hundred million pairs of digits outlast any guessing."""

LOOKED_UP = timedelta(hours=1)
"""How long the page stays open to whoever came by code and digits."""


def _opened(request: HttpRequest, token: str) -> tuple[Opinion, Actor]:
    """The opinion that the link opens and its holder; NotNow when it opens none. A try that writes is counted."""
    now = clock.now()
    if request.method == "POST":
        knock(WRITE_DOOR, request.META.get("REMOTE_ADDR", ""), limit=PER_ADDRESS, within=WITHIN, now=now)
    try:
        link = open_link(token, OWN, now=now)
    except NotNow as refused:
        raise Void(_("Đường dẫn không còn dùng được.")) from refused
    rows = Opinion.objects.select_related("dialogue__agency", "person")
    row = rows.get(code=link.code, dialogue__agency_id=link.agency_id)
    set_frame(request, Frame(row.agency, is_rehearsal()))
    return row, Actor(ref=f"link:{row.code}", agency_id=link.agency_id, link=(OWN, row.code))


@DOOR
@require_safe
def own_opinion(request: HttpRequest, token: str) -> HttpResponse:
    """What became of it and of what was parted from it: who has it, until when, and the answer once it is there."""
    opinion, actor = _opened(request, token)
    verb = request.GET.get("da", "")
    first, *parts = reversed(said(actor, opinion.dialogue))
    facts = {
        "opinion": opinion,
        "said": first,
        "parts": parts,
        "own": True,
        "token": token,
        "most_files": MOST,
        "open_states": OPEN,
        "is_new": verb == "opinion.receive",
        "digits": spoken.in_groups(opinion.spoken) if opinion.spoken else "",
        "did": did(verb),
    }
    return render(request, "intake/own_opinion.html", facts)


@DOOR
@require_POST
def attach_own(request: HttpRequest, token: str) -> HttpResponse:
    """Add photographed papers to it."""
    opinion, actor = _opened(request, token)
    actions.attach(opinion, take_in(request.FILES.getlist("anh")), actor=actor, now=clock.now())
    return done(reverse("own-opinion", args=(token,)), "opinion.attach")


@DOOR
@require_POST
def withdraw_own(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back."""
    opinion, actor = _opened(request, token)
    actions.withdraw(opinion, actor=actor, now=clock.now())
    return done(reverse("own-opinion", args=(token,)), "opinion.withdraw")


@csrf_exempt  # code and digits are the secret; whoever posts from elsewhere learns nothing
@sensitive_post_parameters("ma", "so")
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Find one's opinion by its code and the nine digits of the slip; they open its page for an hour."""
    agencies = list(Agency.objects.order_by("code")[:2])
    set_frame(request, Frame(agencies[0] if len(agencies) == 1 else None, is_rehearsal()))
    if request.method != "POST":
        return unkept(_asked(request))
    try:
        opinion = _found(request)
    except NotNow as refused:
        return unkept(_asked(request, refused.reason))
    token = actions.own_link(opinion, until=clock.now() + LOOKED_UP)
    return unkept(HttpResponseRedirect(reverse("own-opinion", args=(token,))))


def _found(request: HttpRequest) -> Opinion:
    """The opinion whose code and digits were typed. NotNow in the same words where either is wrong."""
    code = "".join(request.POST.get("ma", "")[:60].split()).upper()
    digits = spoken.heard(request.POST.get("so", "")[:20], spoken.SECRET)
    if not code or digits is None:
        raise NotNow(_("Chưa tìm: cần mã ý kiến và đủ chín chữ số in trên phiếu tiếp nhận."))
    if not spoken.is_right(digits):
        raise NotNow(_("Chưa tìm: có chữ số gõ nhầm. Xin xem lại chín chữ số in trên phiếu tiếp nhận."))
    _count(request, code)
    found = Opinion.objects.filter(code=code, spoken=digits).select_related("dialogue__agency").first()
    if found is None:
        raise NotNow(
            _("Không thấy ý kiến nào có mã và chín chữ số này. Xin xem lại phiếu tiếp nhận, hoặc gọi cơ quan.")
        )
    return found


def _count(request: HttpRequest, code: str) -> None:
    address, now = request.META.get("REMOTE_ADDR", ""), clock.now()
    knock(LOOK_DOOR, address, limit=LOOKS, within=WITHIN, now=now)
    knock(CODE_DOOR, f"{caller(address)} {code}", limit=LOOKS_PER_CODE, within=WITHIN, now=now)
    knock(ALL_DOOR, code.rpartition("-YK")[0], limit=LOOKS_IN_ALL, within=WITHIN, now=now)


def _asked(request: HttpRequest, problem: str = "") -> HttpResponse:
    facts = {"problem": problem, "code": request.POST.get("ma", "")[:60], "here": "own"}
    return render(request, "intake/look_up.html", facts, status=422 if problem else 200)
