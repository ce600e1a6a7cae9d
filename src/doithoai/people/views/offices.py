"""The offices of an agency, and one of them: renamed, put right, closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doithoai.directory import actions
from doithoai.directory.models import Office
from doithoai.people.forms import ClosingForm, OfficeForm, RenamingForm
from doithoai.people.models import Holding
from doithoai.people.views.keeping import by, own_agency, show
from doithoai.rules.vietnamese import squeeze
from doithoai.web.doors import done, staff_only
from doithoai.web.fields import tried
from doithoai.web.seeking import asked_for, sought


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def offices(request: HttpRequest) -> HttpResponse:
    """Every office, closed ones last; `ten` in the address begins the form with a name."""
    agency, problem = own_agency(request), ""
    form = OfficeForm(initial=_begun(squeeze(request.GET.get("ten", ""))[:200]))
    if request.method == "POST":
        form = OfficeForm(request.POST)
        problem = tried(form, lambda said: actions.add_office(agency, _spec(**said), **by(request)))
        if not problem:
            return done(reverse("offices"), "office.add")
    every = Office.objects.filter(agency=agency).prefetch_related("former_names").order_by("code")
    rows = sought(every, asked_for(request), _words)
    facts = {
        "form": form,
        "is_asked": bool(problem or request.GET.get("ten")),
        "rows": [row for row in rows if row.valid_to is None],
        "closed": [row for row in rows if row.valid_to is not None],
        "found": len(rows),
    }
    return show(request, "people/lists/offices.html", facts, problem=problem)


def _begun(name: str) -> dict[str, Any]:
    if not name:
        return {}
    likely = actions.likely_office("", name)
    fields = ("name", "kind", "head_title", "symbol", "has_seal")
    return {field: getattr(likely, field) for field in fields}


def _spec(*, name: str = "", **said: Any) -> actions.OfficeSpec:
    return actions.OfficeSpec(code="", name=name, **said)


def _words(office: Office) -> tuple[object, ...]:
    former = (row.name for row in office.former_names.all())
    return office.name, office.symbol, office.code, office.get_kind_display(), *former


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: what it is, what it was called, who works there."""
    agency = own_agency(request)
    row = get_object_or_404(Office, agency=agency, code=code)
    forms: dict[str, Any] = {
        "form": OfficeForm(is_new=False, initial={name: getattr(row, name) for name in _FIELDS}),
        "renaming": RenamingForm(),
        "closing": ClosingForm(),
    }
    problem = ""
    if request.method == "POST":
        verb, forms, problem = _pressed(request, row, forms)
        if not problem:
            return done(reverse("office", args=(row.code,)), verb)
        row.refresh_from_db()
    held = Holding.objects.filter(office=row, until=None, staff__is_active=True)
    facts = {
        "row": row,
        "former": row.former_names.order_by("-valid_to"),
        "held": held.select_related("staff").order_by("staff__code"),
        **forms,
    }
    return show(request, "people/lists/office.html", facts, problem=problem)


_FIELDS = ("kind", "head_title", "symbol", "phone", "has_seal")


def _pressed(request: HttpRequest, row: Office, forms: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    """The verb of the pressed button, the forms as they are to be shown, and what is wrong."""
    act, who = request.POST.get("viec", ""), by(request)
    if act == "doi-ten":
        renaming = RenamingForm(request.POST)
        problem = tried(renaming, lambda said: actions.rename_office(row, **said, **who))
        return "office.rename", forms | {"renaming": renaming}, problem
    if act == "dong":
        closing = ClosingForm(request.POST)
        problem = tried(closing, lambda said: actions.close_office(row, **said, **who))
        return "office.close", forms | {"closing": closing}, problem
    form = OfficeForm(request.POST, is_new=False)
    problem = tried(form, lambda said: actions.describe_office(row, _spec(**said), **who))
    return "office.describe", forms | {"form": form}, problem
