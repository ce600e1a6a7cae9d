"""The first page of the lists: what there is, what is still missing, and what is printed about the agency."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory import actions
from doithoai.directory.models import Agency, Place, Procedure, Sector
from doithoai.directory.queries import calendar_of, open_offices, profile_of
from doithoai.kernel import clock
from doithoai.kernel.access import Role
from doithoai.people.forms import AgencyForm, RecipientsForm
from doithoai.people.models import Staff
from doithoai.people.views.keeping import by, own_agency, show
from doithoai.web.doors import done, staff_only
from doithoai.web.fields import tried


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the lists: where it is, what it holds, and what it still lacks."""

    name: str
    url: str
    holds: str
    lacks: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def lists(request: HttpRequest) -> HttpResponse:
    """Every list with what it holds; the administrator puts right what is printed about the agency."""
    agency, problem = own_agency(request), ""
    form = AgencyForm(initial={name: getattr(agency, name) for name in actions.Particulars.__slots__})
    if request.method == "POST":
        form = AgencyForm(request.POST)
        problem = tried(form, lambda said: actions.describe_agency(agency, actions.Particulars(**said), **by(request)))
        if not problem:
            return done(reverse("lists"), "agency.describe")
    return show(request, "people/lists/lists.html", {"rows": _rows(agency), "form": form}, problem=problem)


def _rows(agency: Agency) -> list[Listed]:
    return [_offices(agency), _staff(agency), *_matters(agency), *_rules(agency)]


def _offices(agency: Agency) -> Listed:
    count = open_offices(agency).count()
    return Listed(_("Đơn vị"), reverse("offices"), _("%(count)s đơn vị đang hoạt động") % {"count": count})


def _staff(agency: Agency) -> Listed:
    active = Staff.objects.filter(agency=agency, is_active=True)
    held = set(active.filter(holdings__until=None).values_list("holdings__role", flat=True))
    owed = [
        str(Role(role).label) for role in (Role.LEADER, Role.OFFICER, Role.CLERK, Role.SECRETARY) if role not in held
    ]
    lacks = _("Chưa có ai giữ vai: %(roles)s.") % {"roles": ", ".join(owed)} if owed else ""
    return Listed(_("Cán bộ"), reverse("staff"), _("%(count)s tài khoản đang mở") % {"count": active.count()}, lacks)


def _matters(agency: Agency) -> list[Listed]:
    sectors = Sector.objects.filter(agency=agency).count()
    procedures = Procedure.objects.filter(sector__agency=agency).count()
    places = Place.objects.filter(agency=agency).count()
    lines = len(agency.recipients.splitlines())
    told = {"sectors": sectors, "procedures": procedures}
    return [
        Listed(
            _("Lĩnh vực và thủ tục"),
            reverse("sectors"),
            _("%(sectors)s lĩnh vực, %(procedures)s thủ tục") % told,
            "" if sectors else _("Chưa có lĩnh vực nào: kế hoạch cần ít nhất một."),
        ),
        Listed(
            _("Địa bàn"),
            reverse("territory"),
            _("%(count)s địa danh") % {"count": places},
            "" if places else _("Chưa có địa danh nào: chọn mời theo địa bàn cần danh sách này."),
        ),
        Listed(
            _("Nơi nhận"),
            reverse("recipients"),
            _("%(count)s dòng thường dùng") % {"count": lines} if lines else _("theo đề nghị của bộ quy định"),
        ),
    ]


def _rules(agency: Agency) -> list[Listed]:
    profile, year = profile_of(agency), clock.day_of(clock.now(), agency.zone).year
    status = calendar_of(agency).years.get(year)
    is_known = status is not None and status.confirmed
    words = _("Lịch nghỉ năm %(year)s đã xác nhận") if is_known else _("Lịch nghỉ năm %(year)s chưa xác nhận")
    count = _("%(name)s: %(count)s thời hạn") % {"name": profile.name, "count": len(profile.terms)}
    return [
        Listed(_("Bộ quy định"), reverse("rules"), count),
        Listed(
            _("Ngày nghỉ, ngày làm bù"),
            reverse("rest-days"),
            words % {"year": year},
            "" if is_known else _("Thời hạn qua năm này có thể sai cho đến khi xác nhận."),
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def recipients(request: HttpRequest) -> HttpResponse:
    """The lines that Nơi nhận of a new plan begins with."""
    agency, problem = own_agency(request), ""
    form = RecipientsForm(initial={"recipients": agency.recipients})
    if request.method == "POST":
        form = RecipientsForm(request.POST)
        problem = tried(form, lambda said: actions.amend_recipients(agency, said["recipients"], **by(request)))
        if not problem:
            return done(reverse("recipients"), "recipients.amend")
    return show(request, "people/lists/recipients.html", {"form": form}, problem=problem)
