"""What is noted at the door, the same whether a form posts it or a device sends it when its line is back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.roster import actions
from doithoai.roster.forms import NoteForm, ReasonForm, SubstituteForm, WalkInForm, words_of
from doithoai.roster.models import Invitation
from doithoai.roster.views.arriving.spot import Spot, spot_of
from doithoai.rules.chain import Fact
from doithoai.web.commands import Sent, receive
from doithoai.web.doors import actor_of, done, staff_only

ALREADY = "already"
Said = Mapping[str, str]
Note = Callable[[Spot, Said, Actor, datetime, datetime | None], Invitation | None]


def _row(spot: Spot, said: Said) -> Invitation:
    rows = Invitation.objects.filter(sitting=spot.sitting, venue=spot.venue, code=said.get("invitation", ""))
    found = rows.select_related("sitting__dialogue__agency", "sitting__lead", "venue__office", "person").first()
    if found is None:
        raise NotNow(_("Chưa ghi được: không tìm thấy người này trong danh sách của điểm cầu."))
    return found


def _arrive(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation | None:
    """None where another device, or another hand, was faster: the person is there, which is what was to be noted."""
    row = _row(spot, said)
    try:
        return actions.arrive(row, at=at, actor=actor, now=now)
    except NotNow:
        row.refresh_from_db()
        if row.state != "attended":
            raise
        if row.substitute:
            raise NotNow(
                _("Chưa ghi được: đã ghi có người đến thay. Nếu chính người được mời đến thì rút lại rồi ghi lại.")
            ) from None
        return None


def _substitute(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    told = words_of(SubstituteForm(said))
    who = {"substitute": told["name"], "relation": told["relation"], "proof": told["proof"]}
    return actions.arrive(_row(spot, said), **who, at=at, actor=actor, now=now)


def _absent(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    return actions.mark_absent(_row(spot, said), reason=words_of(NoteForm(said))["reason"], actor=actor, now=now)


def _take_back(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    return actions.take_back(_row(spot, said), reason=words_of(ReasonForm(said))["reason"], actor=actor, now=now)


def _leave(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    return actions.leave(_row(spot, said), at=at, actor=actor, now=now)


def _come_back(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    return actions.come_back(_row(spot, said), actor=actor, now=now)


def _admit(spot: Spot, said: Said, actor: Actor, now: datetime, at: datetime | None) -> Invitation:
    told = words_of(WalkInForm(said))
    return actions.admit(spot.sitting, venue=spot.venue, **told, at=at, actor=actor, now=now)


NOTES: dict[str, tuple[str, Note]] = {
    # the value of the button: the act in the journal, what is done
    "den": ("attendance.arrive", _arrive),
    "den-thay": ("attendance.arrive", _substitute),
    "vang": ("attendance.absent", _absent),
    "rut": ("attendance.take_back", _take_back),
    "ve-truoc": ("attendance.leave", _leave),
    "tro-lai": ("attendance.come_back", _come_back),
    "them": ("attendance.admit", _admit),
}


def _noted(spot: Spot, name: str, said: Said, actor: Actor, now: datetime, at: datetime | None) -> dict[str, Fact]:
    """Do one act of the door; what was done, to whose invitation."""
    verb, do = NOTES[name]
    row = do(spot, said, actor, now, at)
    if row is None:
        return {"did": ALREADY, "invitation": said.get("invitation", "")}
    return {"did": verb, "invitation": row.code}


@require_POST
@staff_only
def note(request: HttpRequest, code: str, venue: str, ordinal: int) -> HttpResponse:
    """Note what a form says and go back to the list."""
    now, name = clock.now(), request.POST.get("act", "")
    spot = spot_of(request, code, venue, ordinal, now)
    if name not in NOTES:
        raise Http404
    facts = _noted(spot, name, request.POST.dict(), actor_of(request), now, None)
    back = done(reverse("check-in-at", args=(code, venue, ordinal)), str(facts["did"]))
    back.headers["Location"] += "&" + urlencode({"ai": facts["invitation"]})
    return back


@require_POST
def commands(request: HttpRequest, code: str, venue: str, ordinal: int) -> HttpResponse:
    """Note what a device kept while its line was away; see `web.commands.receive` for the answers."""
    if not actor_of(request).is_staff:
        return receive(request, {})
    spot = spot_of(request, code, venue, ordinal, clock.now())
    return receive(request, {name: partial(_by_device, spot) for name in NOTES})


def _by_device(spot: Spot, sent: Sent, actor: Actor, now: datetime) -> Mapping[str, Fact]:
    return _noted(spot, sent.command.name, sent.body, actor, now, sent.made_at(now))
