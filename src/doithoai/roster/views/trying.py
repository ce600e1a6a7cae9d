"""Trying quotas before a list is frozen: asked for here, found at once or by the worker, shown by the page of choosing."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions import trying
from doithoai.roster.models import Trial
from doithoai.roster.views.pooling import ASKED, BUSY, wish_asked, words_of_progress
from doithoai.roster.views.visible import sitting_of
from doithoai.web.doors import actor_of, staff_only

FIELD = re.compile(r"thang|ho|cach|(?:it|nhieu)-\d{1,2}-\d{1,2}")


@require_POST
@staff_only
def try_rules(request: HttpRequest, code: str) -> HttpResponse:
    """Look at rules; where several quotas hold at once, have the fair table for them found. Or let that be."""
    sitting = sitting_of(request, code)
    may = permissions.may_choose(actor_of(request), sitting)
    if not may:
        raise NotYours(may.reason)
    page = reverse("choosing", args=(sitting.dialogue.code, sitting.ordinal))
    if "bo" in request.POST:
        trying.drop(sitting)
        return HttpResponseRedirect(f"{page}#chot")
    asked = _asked(request.POST)
    place = _begin(sitting, asked)
    return HttpResponseRedirect(f"{page}?{asked.urlencode()}#{place}")


def _asked(posted: QueryDict) -> QueryDict:
    """The rules as they were typed, to stand in the address."""
    asked = QueryDict(mutable=True)
    asked[ASKED] = "1"
    for name, value in posted.items():
        if FIELD.fullmatch(name) and isinstance(value, str):
            asked[name] = value[:20]
    return asked


def _begin(sitting: Sitting, asked: QueryDict) -> str:
    """Begin the trial, where one is wished; which place of the page says what came of it."""
    try:
        wish = wish_asked(sitting, asked)[1]
    except NotNow:
        return "thu"  # the page says what is wrong, beside what was typed
    if wish is None:
        trying.drop(sitting)
        return "chot"
    trying.begin(sitting, wish, asked=asked.urlencode(), now=clock.now())
    return "thu"


@require_safe
@staff_only
def try_progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the search for a table is, for the page that waits."""
    trial = Trial.objects.filter(sitting=sitting_of(request, code)).first()
    busy = trial is not None and trial.state in BUSY
    response = JsonResponse({"busy": busy, "word": words_of_progress(trial) if trial else ""})
    response.headers["Cache-Control"] = "no-store"
    return response
