"""Official places: looked up by name, what became of each on 1 July 2025, and which of them the agency's own are."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory import actions
from doithoai.directory.models import Agency, Place
from doithoai.directory.queries import PlacesMissing, gazetteer, unit_of
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.rules.places import REFORM, Became, Unit
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.seeking import asked_for

MOST_FOUND = 60
DAY_BEFORE = date(2025, 6, 30)
ERAS = {"cu": DAY_BEFORE, "nay": REFORM}
"""A code is said together with the time in which it is meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit of the table with what became of it, or what it is made of."""

    unit: Unit
    became: Became | None
    before: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """A place of the agency, the unit it is, and those it may be while nobody has said."""

    place: Place
    unit: Unit | None
    candidates: tuple[Unit, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def places(request: HttpRequest) -> HttpResponse:
    """The table for everybody of the staff; the administrator says which unit a place of the agency is."""
    agency = get_object_or_404(Agency, pk=agency_id_of(actor_of(request)))
    if request.method == "POST":
        return _locate(request, agency)
    asked, missing = asked_for(request), ""
    try:
        found = [_told(unit) for unit in gazetteer().find(asked)] if asked else []
        own = [_own(place, agency) for place in Place.objects.filter(agency=agency).order_by("code")]
    except PlacesMissing as why:
        found, own, missing = [], [], why.reason
    facts = {
        "here": "dialogues",
        "found": found[:MOST_FOUND],
        "found_count": len(found),
        "own": own,
        "missing": missing,
        "may": actions.may_amend(actor_of(request), agency),
        "did": _("Đã ghi mã địa danh.") if request.GET.get("da") == "place.locate" else "",
    }
    return render(request, "planning/places.html", facts)


def _told(unit: Unit) -> Found:
    return Found(unit, gazetteer().became(unit) if unit.is_old else None, gazetteer().before(unit))


def _own(place: Place, agency: Agency) -> Own:
    unit = unit_of(place)
    if unit is not None:
        return Own(place, unit, ())
    return Own(place, None, gazetteer().find(str(place), within=agency.unit_code)[:MOST_FOUND])


def _locate(request: HttpRequest, agency: Agency) -> HttpResponse:
    place = get_object_or_404(Place, agency=agency, code=request.POST.get("noi", ""))
    era, _slash, code = request.POST.get("ma", "").partition("/")
    if era not in ERAS or not code:
        raise NotNow(_("Chưa ghi được: chưa chọn địa danh nào."))
    actions.locate(agency, place=place, code=code, day=ERAS[era], actor=actor_of(request), now=clock.now())
    return done(reverse("places"), "place.locate")
