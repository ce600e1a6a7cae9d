"""The public page where people say that they met the same as somebody else raised; counted apart from opinions."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.intake import actions
from doithoai.intake.models import Opinion, Support
from doithoai.intake.public.sending import open_dialogue
from doithoai.intake.queries import shown, supports_of
from doithoai.kernel import chance, clock
from doithoai.kernel.access import ANYONE, NotNow
from doithoai.people.actions import knock
from doithoai.planning.models import Dialogue

COOKIE = "may"
SECRET = re.compile(r"[0-9a-f]{32}")
LASTS = timedelta(days=366)
DOOR, WITHIN, PER_ADDRESS = "support-address", timedelta(hours=1), 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One opinion as anybody reads it, how many met the same, and whether this device said so."""

    opinion: Opinion
    count: int
    is_said: bool


@require_safe
def matters(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked about, what most people met first. Looking sets no mark on the device but that against forged forms."""
    return _page(request, open_dialogue(request, code))


def _page(request: HttpRequest, dialogue: Dialogue, problem: str = "") -> HttpResponse:
    rows = list(shown(dialogue))
    counts, device = supports_of(rows), _device(request)
    keys = {row.pk: actions.device_key(row, device) for row in rows} if device else {}
    said = set(Support.objects.filter(opinion__in=rows, device__in=keys.values()).values_list("opinion_id", flat=True))
    found = [Shown(row, counts[row.pk], row.pk in said) for row in rows]
    facts = {
        "dialogue": dialogue,
        "found": sorted(found, key=lambda one: (-one.count, one.opinion.ordinal)),
        "problem": problem,
        "did": _("Đã ghi: ông (bà) cũng gặp việc này.") if request.GET.get("da") == "opinion.support" else "",
    }
    response = render(request, "intake/matters.html", facts, status=409 if problem else 200)
    response.headers["Cache-Control"] = "private, no-store"  # it says what this device said
    return response


def _device(request: HttpRequest) -> str:
    known = request.COOKIES.get(COOKIE, "")
    return known if SECRET.fullmatch(known) else ""


@require_POST
def support(request: HttpRequest, code: str, opinion: str) -> HttpResponse:
    """Say that one met the same. The first time the device gets a mark of its own, read nowhere else."""
    dialogue, now = open_dialogue(request, code), clock.now()
    row = get_object_or_404(shown(dialogue), code=opinion)
    device = _device(request) or chance.token()
    try:
        knock(DOOR, request.META.get("REMOTE_ADDR", ""), limit=PER_ADDRESS, within=WITHIN, now=now)
        actions.support(row, device=device, actor=ANYONE, now=now)
    except NotNow as refused:
        return _page(request, dialogue, refused.reason)
    back = reverse("public-matters", args=(code,))
    response = HttpResponseRedirect(f"{back}?da=opinion.support#{row.code}")
    secure = request.is_secure()
    response.set_cookie(COOKIE, device, max_age=LASTS, path="/cong-khai/", secure=secure, httponly=True, samesite="Lax")
    return response
