"""The public page on which anybody registers for a sitting whose plan lets anybody come, and what became of it.

No account, no cookie, no script. What became of it stands behind an address of its own.
"""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.queries import is_rehearsal
from doithoai.kernel import clock
from doithoai.kernel.access import ANYONE, NotNow
from doithoai.people.actions import knock, open_link
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.forms import KINDS, ComerForm
from doithoai.roster.models import Registration
from doithoai.roster.permissions import REGISTRATION
from doithoai.roster.queries import seats_of
from doithoai.roster.queries.registering import may_still_register, registrations_of
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done, unkept
from doithoai.web.presses import pressed_by_anyone

ADDRESS_DOOR, ALL_DOOR = "register-address", "register-all"
WITHIN = timedelta(hours=1)
PER_ADDRESS, IN_ALL = 10, 300
"""Registrations within an hour: from one address, and in all of one sitting."""


@csrf_exempt  # nothing is done for anybody who is signed in, and so the page needs no cookie
@sensitive_post_parameters("name", "phone", "group", "topic")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """Register for a sitting; any sitting that never was open to registering is not found (404)."""
    sitting = _opened(request, code, ordinal)
    if request.method != "POST":
        return unkept(_page(request, sitting, ComerForm(sitting.agency)))
    form = ComerForm(sitting.agency, request.POST)
    if not form.is_valid():
        return unkept(_page(request, sitting, form, status=422))
    try:
        row = _stored(request, sitting, form)
    except NotNow as refused:
        return unkept(_page(request, sitting, form, problem=refused.reason, status=409))
    return unkept(done(reverse("own-registration", args=(actions.own_registration(row),)), "registration.send"))


def _opened(request: HttpRequest, code: str, ordinal: int) -> Sitting:
    rows = Sitting.objects.filter(opening__isnull=False).select_related("dialogue__agency", "sector", "lead", "opening")
    sitting = get_object_or_404(rows, dialogue__code=code, ordinal=ordinal)
    set_frame(request, Frame(sitting.agency, is_rehearsal()))
    return sitting


def _stored(request: HttpRequest, sitting: Sitting, form: ComerForm) -> Registration:
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    knock(ADDRESS_DOOR, address, limit=PER_ADDRESS, within=WITHIN, now=now)
    knock(ALL_DOOR, sitting.code, limit=IN_ALL, within=WITHIN, now=now)
    told = pressed_by_anyone(
        request, lambda: {"registration": actions.register(sitting, form.comer(), actor=ANYONE, now=now).code}
    )
    return Registration.objects.select_related("sitting__dialogue__agency").get(code=told["registration"])


def _page(
    request: HttpRequest, sitting: Sitting, form: ComerForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    facts = {
        "sitting": sitting,
        "dialogue": sitting.dialogue,
        "form": form,
        "kinds": KINDS,
        "may": may_still_register(sitting, clock.now()),
        "seats": seats_of(sitting),
        "problem": problem or (_("Xin xem chỗ đánh dấu bên dưới; chữ đã viết còn nguyên.") if form.errors else ""),
    }
    return render(request, "roster/register.html", facts, status=status)


@require_safe
def own_registration(request: HttpRequest, token: str) -> HttpResponse:
    """What became of one registration, for whoever holds its address."""
    try:
        link = open_link(token, REGISTRATION, now=clock.now())
    except NotNow:
        raise Http404 from None
    related = ("person", "invitation", "sitting__sector", "sitting__lead", "sitting__dialogue__agency")
    rows = Registration.objects.select_related(*related)
    row = get_object_or_404(rows, code=link.code, sitting__dialogue__agency_id=link.agency_id)
    set_frame(request, Frame(row.agency, is_rehearsal()))
    place = next(line.place for line in registrations_of(row.sitting) if line.row.pk == row.pk)
    facts = {
        "row": row,
        "sitting": row.sitting,
        "place": place,
        "is_new": request.GET.get("da") == "registration.send",
    }
    return unkept(render(request, "roster/own_registration.html", facts))
