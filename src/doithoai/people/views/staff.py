"""The staff of an agency: taken on, let in by a link shown once, given other work, their accounts closed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from doithoai.directory.models import Agency
from doithoai.directory.queries import open_offices
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import NotNow
from doithoai.people import actions
from doithoai.people.forms import HeldForm, StaffForm
from doithoai.people.models import Staff
from doithoai.people.views.keeping import by, own_agency, show
from doithoai.web.doors import done, staff_only
from doithoai.web.fields import tried
from doithoai.web.presses import pressed
from doithoai.web.seeking import asked_for, sought

PAGE = "people/lists/member.html"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody with a desk here, closed accounts last, and the form for somebody new."""
    agency = own_agency(request)
    if request.method == "POST":
        return _take_on(request, agency)
    at = request.GET.get("don-vi", "")
    form = StaffForm(initial={"address_form": "ông"})
    return _list(request, agency, form, HeldForm(open_offices(agency), held=[("", at)] if at else []))


def _list(request: HttpRequest, agency: Agency, form: StaffForm, held: HeldForm, problem: str = "") -> HttpResponse:
    every = Staff.objects.filter(agency=agency).prefetch_related("holdings__office").order_by("code")
    rows = sought(every, asked_for(request), _words)
    facts = {
        "form": form,
        "held": held,
        "is_asked": bool(problem or request.GET.get("don-vi")),
        "rows": [(row, row.held_now) for row in rows if row.is_active],
        "closed": [row for row in rows if not row.is_active],
        "found": len(rows),
    }
    return show(request, "people/lists/staff.html", facts, problem=problem)


def _words(row: Staff) -> tuple[object, ...]:
    held = (f"{holding.get_role_display()} {holding.office.name}" for holding in row.held_now)
    return row.name, row.username, row.title, row.phone, *held


def _take_on(request: HttpRequest, agency: Agency) -> HttpResponse:
    form, held = StaffForm(request.POST), HeldForm(open_offices(agency), request.POST)
    held.is_valid()  # so that both forms show what is wrong at once
    made: dict[str, Any] = {}

    def act(said: dict[str, Any]) -> None:
        spec = actions.StaffSpec(**said, held=_pairs(held))
        since = clock.day_of(clock.now(), agency.zone)
        made.update(pressed(request, lambda: {"staff": actions.take_on(agency, spec, since=since, **by(request)).code}))

    problem = tried(form, act)
    if problem:
        return _list(request, agency, form, held, problem)
    return _let_in(request, Staff.objects.get(agency=agency, code=made["staff"]))


def _pairs(held: HeldForm) -> tuple[Any, ...]:
    """The chosen roles. NotNow where a line is half filled in, or none is."""
    if not held.is_valid() or not held.cleaned_data["held"]:
        raise NotNow(_("Chưa ghi được: cần ít nhất một vai, mỗi vai ở một đơn vị."))
    return tuple(held.cleaned_data["held"])


@sensitive_variables("token")
def _let_in(request: HttpRequest, row: Staff) -> HttpResponse:
    """Make a link and show it, this once."""
    token = actions.let_in(row, **by(request))
    return _page(request, row, link=plugs.link(reverse("sign-in-link", args=(token,))))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def member(request: HttpRequest, code: str) -> HttpResponse:
    """One member of staff: who they are, what they may do, how they come in."""
    row = get_object_or_404(Staff, agency=own_agency(request), code=code)
    if request.method != "POST":
        return _page(request, row)
    return _let_in(request, row) if request.POST.get("viec") == "duong-dan" else _pressed(request, row)


def _pressed(request: HttpRequest, row: Staff) -> HttpResponse:
    act, who = request.POST.get("viec", ""), by(request)
    form, held = None, None
    if act in ("vai", "mo-lai"):
        held = HeldForm(open_offices(row.agency), request.POST)
        verb, change = ("staff.reassign", actions.reassign) if act == "vai" else ("staff.reopen", actions.reopen)
        problem = tried(held, lambda said: change(row, said["held"], **who))
    elif act == "dong":
        verb, problem = "staff.close", _close(request, row)
    else:
        form = StaffForm(request.POST, is_new=False)
        verb = "staff.describe"
        problem = tried(form, lambda said: actions.describe(row, actions.StaffSpec("", **said, held=()), **who))
    if not problem:
        return done(reverse("member", args=(row.code,)), verb)
    row.refresh_from_db()
    return _page(request, row, form=form, held=held, problem=problem)


def _close(request: HttpRequest, row: Staff) -> str:
    try:
        actions.close(row, **by(request))
    except NotNow as refused:
        return refused.reason
    return ""


def _page(
    request: HttpRequest,
    row: Staff,
    *,
    form: StaffForm | None = None,
    held: HeldForm | None = None,
    problem: str = "",
    link: str = "",
) -> HttpResponse:
    now = row.held_now
    known = {name: getattr(row, name) for name in ("name", "address_form", "title", "phone")}
    pairs = [(holding.role, holding.office.code) for holding in now]
    facts = {
        "row": row,
        "held_now": now,
        "before": row.holdings.exclude(until=None).select_related("office").order_by("-until", "pk"),
        "form": form or StaffForm(is_new=False, initial=known),
        "held": held or HeldForm(open_offices(row.agency), held=pairs),
        "link": link,
        "lasts": actions.LINK_LASTS.days,
    }
    return show(request, PAGE, facts, problem=problem)
