"""Sectors and their procedures: added one by one or as a pasted list."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory import actions
from doithoai.directory.models import Procedure, Sector
from doithoai.kernel.access import NotNow
from doithoai.people.forms import NameForm, PastedForm, ProcedureForm
from doithoai.people.views.keeping import by, own_agency, show
from doithoai.rules.vietnamese import squeeze
from doithoai.web.doors import done, staff_only
from doithoai.web.fields import tried
from doithoai.web.seeking import asked_for, sought

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def sectors(request: HttpRequest) -> HttpResponse:
    """Every sector with how many procedures it has; `ten` in the address begins the form with a name."""
    agency, problem = own_agency(request), ""
    form = NameForm(initial={"name": squeeze(request.GET.get("ten", ""))[:200]})
    if request.method == "POST":
        form = NameForm(request.POST)
        problem = tried(form, lambda said: actions.add_sector(agency, said["name"], **by(request)))
        if not problem:
            return done(reverse("sectors"), "sector.add")
    every = Sector.objects.filter(agency=agency).annotate(count=Count("procedures")).order_by("code")
    rows = sought(every, asked_for(request), lambda row: (row.name, row.code))
    facts = {"form": form, "rows": rows, "is_asked": bool(problem or request.GET.get("ten"))}
    return show(request, "people/lists/sectors.html", facts, problem=problem)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def sector(request: HttpRequest, code: str) -> HttpResponse:
    """One sector: its name, its procedures, and three ways to add to them."""
    row = get_object_or_404(Sector, agency=own_agency(request), code=code)
    forms: dict[str, Any] = {
        "naming": NameForm(initial={"name": row.name}),
        "form": ProcedureForm(),
        "pasting": PastedForm(),
    }
    problem = ""
    if request.method == "POST":
        verb, forms, problem = _pressed(request, row, forms)
        if not problem:
            return done(reverse("sector", args=(row.code,)), verb)
        row.refresh_from_db()
    every = Procedure.objects.filter(sector=row).order_by("code")
    found = sought(every, asked_for(request), lambda each: (each.code, each.name))
    facts = {
        "row": row,
        "rows": found[:MOST_SHOWN],
        "found": len(found),
        "acted": request.POST.get("viec", ""),
        **forms,
    }
    return show(request, "people/lists/sector.html", facts, problem=problem)


def _pressed(request: HttpRequest, row: Sector, forms: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    """The verb of the pressed button, the forms as they are to be shown, and what is wrong."""
    act, who = request.POST.get("viec", ""), by(request)
    if act == "ten":
        naming = NameForm(request.POST)
        problem = tried(naming, lambda said: actions.rename_sector(row, said["name"], **who))
        return "sector.rename", forms | {"naming": naming}, problem
    if act == "dan":
        pasting = PastedForm(request.POST, request.FILES)
        problem = tried(pasting, lambda said: actions.add_procedures(row, said["procedures"], **who))
        return "procedure.add", forms | {"pasting": pasting}, problem
    form = ProcedureForm(request.POST)
    if act == "sua":
        return "procedure.name", forms, tried(form, lambda said: _name(request, row, said))
    problem = tried(form, lambda said: actions.add_procedures(row, [(said["code"], said["name"])], **who))
    return "procedure.add", forms | {"form": form}, problem


def _name(request: HttpRequest, row: Sector, said: dict[str, Any]) -> None:
    procedure = Procedure.objects.filter(sector=row, code=request.POST.get("thu-tuc", "")).first()
    if procedure is None:
        raise NotNow(_("Chưa ghi được: thủ tục này vừa đổi mã. Tải lại trang rồi sửa tiếp."))
    actions.name_procedure(procedure, **said, **by(request))
