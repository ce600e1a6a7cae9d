"""The page behind an invitation's personal link: who invites, to what, and the answer in one tap.

No account, no cookie, no script. The address itself is the secret: whoever has it may answer, nobody else can.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import is_rehearsal
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.people.actions import knock, open_link
from doithoai.people.models import Person
from doithoai.roster import actions
from doithoai.roster.actions.possible import AHEAD
from doithoai.roster.forms import BETWEEN, HELP, ReplyForm, words_of
from doithoai.roster.models import Invitation
from doithoai.roster.permissions import LINK
from doithoai.roster.queries import reply_day
from doithoai.web.context import Frame, set_frame
from doithoai.web.doors import done
from doithoai.web.tongue import called, you

DOOR = "invitation-reply"
WITHIN = timedelta(minutes=15)
PER_ADDRESS = 60  # a ward's office answers for many from one address
ANSWERABLE = ("invited", "lapsed", "accepted", "declined")


@csrf_exempt  # the address is the secret; without a referrer the browser sends no origin that could be compared
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Look at an invitation, which changes nothing, or answer it."""
    now = clock.now()
    try:
        response = _answer(request, token, now) if request.method == "POST" else _look(request, token, now)
    except _Void as void:
        response = _taken_back(request, void.withdrawn) if void.withdrawn else _void(request, void.reason, void.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class _Void(Exception):
    """The address opens nothing, or nothing for now; `withdrawn` is the invitation that no longer stands."""

    def __init__(self, reason: str, status: int, withdrawn: Invitation | None = None) -> None:
        super().__init__(reason)
        self.reason, self.status, self.withdrawn = reason, status, withdrawn


def _opened(token: str, now: datetime) -> Invitation:
    try:
        link = open_link(token, LINK, now=now)
    except NotNow as refused:
        raise _Void(_("Đường dẫn không còn dùng được."), 410) from refused
    related = ("person__ward", "sitting__dialogue__agency", "sitting__sector", "sitting__lead", "venue")
    rows = Invitation.objects.select_related(*related, "document__drafted_by", "member__pool")
    row = rows.filter(code=link.code, sitting__dialogue__agency_id=link.agency_id).first()
    if row is None or row.state == "struck":
        raise _Void(_("Đường dẫn không còn dùng được."), 410)
    if row.state == "withdrawn":
        raise _Void("", 410, row)
    return row


def _look(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    return _page(request, token, _opened(token, now), now)


def _answer(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    try:
        knock(DOOR, request.META.get("REMOTE_ADDR", ""), limit=PER_ADDRESS, within=WITHIN, now=now)
    except NotNow as refused:
        raise _Void(refused.reason, 429) from refused
    invitation = _opened(token, now)
    form = ReplyForm(request.POST)
    actor = Actor(ref=f"link:{invitation.code}", link=(LINK, invitation.code))
    try:
        verb = _store(invitation, form, words_of(form)["answer"], actor, now)
    except NotNow as refused:
        invitation.refresh_from_db(fields=["state"])
        return _page(request, token, invitation, now, problem=refused.reason, typed=request.POST)
    return done(reverse("reply", args=(token,)), verb)


def _store(invitation: Invitation, form: ReplyForm, answer: str, actor: Actor, now: datetime) -> str:
    if answer == "co":
        needs, instead = form.wants(), form.instead_of()
        actions.accept_invitation(invitation, channel="link", needs=needs, instead=instead, actor=actor, now=now)
        return "invitation.accept"
    if invitation.state != "declined":  # pressed twice is said once
        reason = form.cleaned_data["reason"]
        actions.decline_invitation(invitation, channel="link", reason=reason, actor=actor, now=now)
    return "invitation.decline"


@dataclass(frozen=True, slots=True)
class Helping:
    """One kind of help and whether it is wanted."""

    key: str
    label: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: a person where one is known, otherwise an office."""

    who: str
    phone: str


def _page(
    request: HttpRequest,
    token: str,
    invitation: Invitation,
    now: datetime,
    *,
    problem: str = "",
    typed: QueryDict | None = None,
) -> HttpResponse:
    """The page; after a refusal with what was typed, so that nothing is lost."""
    sitting = invitation.sitting
    set_frame(request, Frame(sitting.agency, is_rehearsal()))
    facts = {
        **_answers(invitation, typed),
        "invitation": invitation,
        "sitting": sitting,
        "you": _you(invitation),
        "url": reverse("reply", args=(token,)),
        "token": token,
        "is_open": invitation.state in ANSWERABLE and sitting.state in AHEAD and now < sitting.starts_at,
        "answer_by": _answer_by(invitation, now),
        "minutes": sitting.turn_minutes,
        "among": _among(invitation),
        "file_end": _end_of(invitation.member.file_code) if invitation.member else "",
        "contact": _contact(invitation),
        "problem": problem,
        "did": request.GET.get("da", "") in ("invitation.accept", "invitation.decline"),
    }
    return render(request, "roster/reply.html", facts, status=409 if problem else 200)


def _answers(invitation: Invitation, typed: QueryDict | None) -> dict[str, object]:
    """What stands in the fields: what was typed a moment ago, otherwise what was answered before."""
    if typed is not None:
        ticked = typed.getlist("needs")
        named = {name: typed.get(name, "")[:300] for name in ("other", "reason", "instead", "relation", "phone")}
        return {"helping": [Helping(key, str(label), key in ticked) for key, label in HELP], "said": named}
    told = invitation.needs.split(BETWEEN) if invitation.needs else []
    helping = [Helping(key, str(label), str(label) in told) for key, label in HELP]
    other = BETWEEN.join(said for said in told if said not in {one.label for one in helping})
    instead = {
        "instead": invitation.instead,
        "relation": invitation.instead_relation,
        "phone": invitation.instead_phone,
    }
    return {"helping": helping, "said": {"other": other, "reason": "", **instead}}


def _end_of(file_code: str) -> str:
    """Enough of a file's code for its owner to know it; whoever was sent the link by mistake learns little."""
    return f"…{file_code[-4:]}"


def _you(invitation: Invitation) -> str:
    person = invitation.person
    if person is None:
        return _("ông/bà")
    return _("quý đơn vị") if person.kind == Person.Kind.ORGANISATION else you(person.honorific)


def _answer_by(invitation: Invitation, now: datetime) -> date | None:
    """The day by which an answer is asked for; None once that day is over."""
    invited_on, today = invitation.invited_on, clock.day_of(now, invitation.agency.zone)
    if invited_on is None:
        return None
    by = reply_day(invitation.sitting, invited_on)
    return by if today <= by else None


def _among(invitation: Invitation) -> int:
    """Out of how many people of the ward this one was drawn; 0 for who was not drawn."""
    if invitation.member is None:
        return 0
    wards = invitation.member.pool.counts["wards"]
    ward = invitation.person.ward.code if invitation.person and invitation.person.ward else ""
    return next((row["eligible"] for row in wards if row["ward"] == ward), 0)


def _contact(invitation: Invitation) -> Contact:
    """Whoever drafted the letter answers the telephone, as the letter says; otherwise the inviting office."""
    sitting = invitation.sitting
    staff = invitation.document.drafted_by if invitation.document else None
    if staff is not None and staff.phone:
        return Contact(f"{called(staff.address_form, starts=False)} {staff.name}, {sitting.lead}", staff.phone)
    return Contact(sitting.lead.name, sitting.lead.phone or sitting.agency.phone)


def _void(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    """One sentence, and the telephones of everybody who could help: a void address does not say whose it was."""
    agencies = list(Agency.objects.order_by("code")[:5])
    only = agencies[0] if len(agencies) == 1 else None
    set_frame(request, Frame(only, is_rehearsal()))
    contacts = dict.fromkeys(Contact(row.name, row.phone or _any_phone(row)) for row in agencies)
    facts = {"reason": reason, "contacts": [row for row in contacts if row.phone], "is_busy": status == 429}
    return render(request, "roster/reply_void.html", facts, status=status)


def _taken_back(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The invitation no longer stands: said kindly, with whom to ask; why is for the telephone."""
    set_frame(request, Frame(invitation.agency, is_rehearsal()))
    facts = {"is_withdrawn": True, "you": _you(invitation), "contacts": [_contact(invitation)]}
    return render(request, "roster/reply_void.html", facts, status=410)


def _any_phone(agency: Agency) -> str:
    offices = Office.objects.filter(agency=agency, kind=Office.Kind.SECRETARIAT).exclude(phone="")
    return offices.values_list("phone", flat=True).first() or ""
