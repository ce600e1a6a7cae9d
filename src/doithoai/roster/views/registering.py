"""Those who register for a sitting, as the inviting office sees them: opened, accepted or refused, entered by hand."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.planning.models import Sitting
from doithoai.roster import actions, permissions
from doithoai.roster.actions.possible import require_preparing
from doithoai.roster.forms import KINDS, ComerForm, OpeningForm, ReasonForm, words_of
from doithoai.roster.models import Opening, Registration
from doithoai.roster.queries import seats_of
from doithoai.roster.queries.registering import open_to_all, places_left, registrations_of
from doithoai.roster.views.inviting import facts_of, sitting_asked, verdict_of
from doithoai.rules.chain import Fact
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.presses import pressed


def _said_after(verb: str) -> str:
    return {
        "registration.open": _("Đã mở đăng ký. Trang công khai nhận đăng ký từ bây giờ."),
        "registration.accept": _("Đã nhận. Còn chỗ thì người này vào danh sách mời, hết chỗ thì đứng chờ theo thứ tự."),
        "registration.decline": _("Đã ghi không nhận. Người đăng ký đọc được lý do."),
        "invitation.register": _("Đã ghi vào danh sách mời, kèm lý do."),
    }.get(verb, "")


@require_safe
@staff_only
def registrations(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """Who registered, in that order, and what can be done about each."""
    sittings, sitting = sitting_asked(request, code, ordinal)
    may = permissions.may_choose(actor_of(request), sitting) and verdict_of(lambda: require_preparing(sitting))
    facts = {
        "may": may,
        "open_to_all": open_to_all(sitting),
        "opening": Opening.objects.filter(sitting=sitting).first(),
        "lines": registrations_of(sitting),
        "seats": seats_of(sitting),
        "left": places_left(sitting),
        "form": ComerForm(sitting.agency),
        "kinds": KINDS,
    }
    shown = {**facts_of(request, sittings, sitting, "dang-ky"), **facts}
    return render(request, "roster/registrations.html", shown | {"did": _said_after(request.GET.get("da", ""))})


def _open(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> None:
    typed = words_of(OpeningForm(posted))["until"]
    until = typed.replace(tzinfo=ZoneInfo(sitting.agency.zone))  # typed by the clock on the wall
    actions.open_registration(sitting, until=until, actor=actor, now=now)


def _by_hand(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> None:
    reason = words_of(ReasonForm(posted))["reason"]
    form = ComerForm(sitting.agency, posted)
    words_of(form)
    actions.register_by_hand(sitting, form.comer(), reason=reason, actor=actor, now=now)


def _named(sitting: Sitting, posted: QueryDict) -> Registration:
    row = get_object_or_404(Registration.objects.select_related("person__ward"), sitting=sitting, code=posted.get("ma"))
    row.sitting = sitting
    return row


def _accept(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> None:
    actions.accept_registration(_named(sitting, posted), actor=actor, now=now)


def _decline(sitting: Sitting, posted: QueryDict, actor: Actor, now: datetime) -> None:
    row, reason = _named(sitting, posted), words_of(ReasonForm(posted))["reason"]
    actions.decline_registration(row, reason=reason, actor=actor, now=now)


DOORS = {
    "mo": ("registration.open", _open),
    "ghi": ("invitation.register", _by_hand),
    "nhan": ("registration.accept", _accept),
    "khong-nhan": ("registration.decline", _decline),
}


@require_POST
@staff_only
def act_on_registrations(request: HttpRequest, code: str, ordinal: int, slug: str) -> HttpResponse:
    """Do one act on those who register and go back to their page."""
    _sittings, sitting = sitting_asked(request, code, ordinal)
    if slug not in DOORS:
        raise Http404
    verb, do = DOORS[slug]

    def act() -> dict[str, Fact]:
        do(sitting, request.POST, actor_of(request), clock.now())
        return {}

    pressed(request, act)
    return done(reverse("registrations", args=(code, ordinal)), verb)
