"""One's own password: chosen after coming in by a link, otherwise changed with the present one."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from doithoai.kernel.access import NotNow
from doithoai.people.actions import SIGN_IN_DOOR, account_key, knock, set_password
from doithoai.people.forms import PasswordForm
from doithoai.people.models import Staff
from doithoai.people.views.entering import BY_LINK, PER_ACCOUNT, WITHIN
from doithoai.people.views.keeping import by
from doithoai.web.doors import actor_of, done, staff_only


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password. Other sessions of the account end; this one goes on."""
    staff = Staff.objects.get(pk=actor_of(request).staff_id or 0)
    by_link = request.session.get(BY_LINK, False)
    if request.method != "POST":
        return _page(request, PasswordForm(staff, by_link=by_link))
    try:
        knock(SIGN_IN_DOOR, account_key(staff.username), limit=PER_ACCOUNT, within=WITHIN, now=by(request)["now"])
    except NotNow as refused:
        return _page(request, PasswordForm(staff, by_link=by_link), problem=refused.reason, status=429)
    form = PasswordForm(staff, request.POST, by_link=by_link)
    if not form.is_valid():
        return _page(request, form, status=422)
    set_password(staff, make_password(form.cleaned_data["new"]), **by(request))
    update_session_auth_hash(request, staff)
    request.session.pop(BY_LINK, None)
    return done(reverse("desk"), "staff.set_password")


def _page(request: HttpRequest, form: PasswordForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "people/password.html", {"form": form, "problem": problem}, status=status)
