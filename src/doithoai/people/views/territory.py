"""The places of an agency: chosen from the table of official ones, hamlets typed by name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory import actions
from doithoai.directory.models import Agency, Place
from doithoai.directory.queries import PlacesMissing, gazetteer
from doithoai.kernel.access import NotNow
from doithoai.people.forms import HamletForm
from doithoai.people.views.keeping import by, own_agency, show
from doithoai.rules.places import REFORM, Unit
from doithoai.web.doors import done, staff_only
from doithoai.web.fields import tried
from doithoai.web.seeking import asked_for

MOST_FOUND: Final = 120
ERAS: Final = {"cu": REFORM - timedelta(days=1), "nay": REFORM}
"""A code is said together with the time in which it is meant."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def territory(request: HttpRequest) -> HttpResponse:
    """The agency's places, and those of the table that it may add."""
    agency, problem, form = own_agency(request), "", HamletForm()
    if request.method == "POST":
        if request.POST.get("viec") == "chon":
            problem = _choose(request, agency)
        else:
            form = HamletForm(request.POST)
            problem = tried(form, lambda said: _add(request, agency, [actions.PlaceSpec(**said)]))
        if not problem:
            return done(reverse("territory"), "place.add")
    own = list(Place.objects.filter(agency=agency).order_by("code"))
    found, missing = _offered(agency, asked_for(request), own)
    facts = {
        "form": form,
        "own": own,
        "found": found[:MOST_FOUND],
        "found_count": len(found),
        "missing": missing,
        "territory": _territory(agency),
    }
    return show(request, "people/lists/territory.html", facts, problem=problem)


def _add(request: HttpRequest, agency: Agency, specs: Sequence[actions.PlaceSpec]) -> None:
    actions.add_places(agency, specs, **by(request))


def _choose(request: HttpRequest, agency: Agency) -> str:
    """Add what was ticked; the sentence of what is wrong."""
    pairs = [value.partition("/") for value in request.POST.getlist("ma")]
    try:
        specs = [actions.PlaceSpec(code=code, day=_day(era)) for era, _slash, code in pairs]
        _add(request, agency, specs)
    except NotNow as refused:
        return refused.reason
    return ""


def _day(era: str) -> date:
    if era not in ERAS:
        raise NotNow(_("Chưa ghi được: chưa chọn địa danh nào."))
    return ERAS[era]


def _territory(agency: Agency) -> str:
    if not agency.unit_code:
        return agency.territory
    return _("%(name)s, mã %(code)s") % {"name": agency.territory, "code": agency.unit_code}


def _offered(agency: Agency, asked: str, own: Sequence[Place]) -> tuple[list[Unit], str]:
    """What was asked for, or everything in the territory, without what the agency has; or why there is no table."""
    try:
        table = gazetteer()
        units = table.find(asked) if asked else _inside(agency, table.units)
    except PlacesMissing as why:
        return [], why.reason
    known = {(place.unit_code, place.valid_to is not None) for place in own}
    return [unit for unit in units if (unit.code, unit.is_old) not in known], ""


def _inside(agency: Agency, units: Sequence[Unit]) -> list[Unit]:
    """The units of the territory now, and those it was made of."""
    if not agency.unit_code:
        return []
    found = [unit for unit in units if unit.lies_in(agency.unit_code)]
    now = {unit.code for unit in found if not unit.is_old}
    is_ward = len(agency.unit_code) == 5
    made_of = [unit for unit in units if unit.is_old and now & set(unit.heirs)] if is_ward else []
    return [*(unit for unit in found if not (is_ward and unit.is_old)), *made_of]
