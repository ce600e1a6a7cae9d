"""How staff come in and go out: by password, or by a personal link that a button spends."""

from datetime import timedelta

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.directory.models import Agency
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.people.actions import SIGN_IN, SIGN_IN_DOOR, account_key, knock, open_link, sign_in, use_link
from doithoai.people.forms import SignInForm
from doithoai.people.models import AccessLink, Staff
from doithoai.web.doors import actor_of, safe_target

ADDRESS_DOOR = "sign-in-address"
WITHIN = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 5, 20
BACKEND = "django.contrib.auth.backends.ModelBackend"
BY_LINK = "by_link"  # in the session: came in by a link, and has chosen no password since


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The sign-in page; `toi` is where to go on to."""
    target = safe_target(request, request.POST.get("toi", request.GET.get("toi", "/")))
    if request.method != "POST":
        if actor_of(request).is_staff:
            return HttpResponseRedirect(target)
        return _page(request, SignInForm(), target)
    return _try(request, SignInForm(request.POST), target)


def _try(request: HttpRequest, form: SignInForm, target: str) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, target, status=422)
    try:
        _knock_address(request)
        account = account_key(form.cleaned_data["username"])
        knock(SIGN_IN_DOOR, account, limit=PER_ACCOUNT, within=WITHIN, now=clock.now())
    except NotNow as refused:
        return _page(request, form, target, problem=refused.reason, status=429)
    staff = authenticate(request, **form.cleaned_data)
    if not isinstance(staff, Staff):
        problem = _("Tên tài khoản hoặc mật khẩu không khớp. Chữ hoa, chữ thường trong mật khẩu là khác nhau.")
        return _page(request, form, target, problem=problem, status=422)
    _let_in(request, staff, by="password")
    return HttpResponseRedirect(target)


def _page(request: HttpRequest, form: SignInForm, target: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    facts = {"form": form, "target": target, "problem": problem, "is_new_house": not Agency.objects.exists()}
    return render(request, "people/sign_in.html", facts, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: looking at it changes nothing, the button on it signs in and spends it."""
    try:
        if request.method == "POST":
            _knock_address(request)
        link = open_link(token, SIGN_IN, now=clock.now())
        staff = _holder(link)
        if request.method == "POST":
            use_link(link, now=clock.now())
            _let_in(request, staff, by="link")
            return HttpResponseRedirect(reverse("desk"))
    except NotNow as refused:
        return render(request, "people/link.html", {"problem": _link_problem(refused)}, status=409)
    return render(request, "people/link.html", {"staff": staff})


def _holder(link: AccessLink) -> Staff:
    if link.staff is None or not link.staff.is_active:
        raise NotNow(_("Đường dẫn không còn dùng được."))
    return link.staff


def _link_problem(refused: NotNow) -> str:
    """One answer for unknown, expired and spent, so that nobody learns which links exist."""
    if isinstance(refused, TooOften):
        return refused.reason
    return _("Đường dẫn không còn dùng được. Đăng nhập bằng mật khẩu, hoặc xin quản trị một đường dẫn mới.")


class TooOften(NotNow):
    """This address tried too many times."""


def _knock_address(request: HttpRequest) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    try:
        knock(ADDRESS_DOOR, address, limit=PER_ADDRESS, within=WITHIN, now=clock.now())
    except NotNow as refused:
        raise TooOften(refused.reason) from refused


def _let_in(request: HttpRequest, staff: Staff, *, by: str) -> None:
    """Journal first, then the session under a new key."""
    sign_in(staff.agency, staff, by=by, actor=staff.as_actor(), now=clock.now())
    login(request, staff, backend=BACKEND)
    request.session[BY_LINK] = by == "link"


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("sign-in"))
