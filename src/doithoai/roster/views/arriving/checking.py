"""The page at the door of one venue: whoever is expected there, what is noted, and what a device needs to go on alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Verdict
from doithoai.people.models import AccessLink
from doithoai.roster import permissions
from doithoai.roster.models import Invitation
from doithoai.roster.views.arriving.noting import ALREADY
from doithoai.roster.views.arriving.spot import Spot, mark_of, note_of, people_of, spot_of, standing, version_of
from doithoai.rules.vietnamese import fold
from doithoai.web.acts import Figure
from doithoai.web.doors import actor_of, staff_only
from doithoai.web.marks import Shape

WORKER = Path(__file__).resolve().parents[2] / "static" / "roster" / "offline.js"
PASS = 16
"""So many digits of a link's stored hash tell one letter of a venue from another, and open nothing."""


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of this venue, and what may be noted. `pass_code` is what the code on their letter hashes to."""

    row: Invitation
    may_mark: Verdict
    may_substitute: Verdict
    pass_code: str = ""

    @property
    def is_noted(self) -> bool:
        """Whether presence or absence is noted."""
        return self.row.state in ("attended", "absent")

    @property
    def standing(self) -> str:
        """How they stand at the door."""
        return standing(self.row)

    @property
    def short_code(self) -> str:
        """The end of the invitation's code, short enough to be said and typed: M07."""
        return self.row.code.rpartition("-")[2]

    @property
    def folded(self) -> str:
        """What a search looks through."""
        return fold(f"{self.row.name} {self.row.code}")

    @property
    def look(self) -> Shape:
        """The shape of their state."""
        return mark_of(self.row)[0]

    @property
    def word(self) -> str:
        """The word of their state."""
        return mark_of(self.row)[1]

    @property
    def note(self) -> str:
        """What is known beside the state."""
        return note_of(self.row)


@require_safe
@staff_only
def check_in(request: HttpRequest, code: str, venue: str, ordinal: int | None = None) -> HttpResponse:
    """The people of one venue, those still expected first, with large buttons; counts are those of this moment."""
    now, actor = clock.now(), actor_of(request)
    spot = spot_of(request, code, venue, ordinal, now)
    query = request.GET.get("tim", "").strip()[:100]
    everyone = _guests(spot, actor, now)
    guests = [guest for guest in everyone if fold(query) in guest.folded]
    facts = {
        "here": "dialogues", "dialogue": spot.sitting.dialogue, "sittings": spot.sittings, "sitting": spot.sitting,
        "venue": spot.venue, "query": query, "today": spot.today(now), "figures": _figures(everyone),
        "expected": [guest for guest in guests if not guest.is_noted],
        "noted": [guest for guest in guests if guest.is_noted],
        "may_admit": permissions.may_mark_at(actor, spot.sitting, spot.venue),
        "did": _did(request, everyone), "undo": _undo(request, everyone), "by": actor.ref, "keep": _seconds(spot, now),
    }  # fmt: skip
    return render(request, "roster/check_in.html", facts)


def _guests(spot: Spot, actor: Actor, now: datetime) -> list[Guest]:
    today = spot.today(now)
    rows = people_of(spot.sitting, spot.venue)
    passes = _passes(rows)
    may_mark = permissions.may_mark_at(actor, spot.sitting, spot.venue) and today
    return [
        Guest(row, may_mark, may_mark and permissions.may_admit_substitute(actor, row), passes.get(row.code, ""))
        for row in rows
    ]


def _passes(rows: list[Invitation]) -> dict[str, str]:
    codes = [row.code for row in rows]
    links = AccessLink.objects.filter(purpose=permissions.LINK, code__in=codes)
    return {code: digest[:PASS] for code, digest in links.values_list("code", "token_hash")}


def _figures(guests: list[Guest]) -> list[Figure]:
    rows = [guest.row for guest in guests]
    asked = [row for row in rows if row.route != Invitation.Route.WALK_IN and row.is_citizen]
    came = [row for row in asked if row.state == "attended"]
    delegates = [row for row in rows if not row.is_citizen]
    absent = [row for row in asked if row.state == "absent"]
    of = str(len(asked))
    return [
        Figure(str(len(came)), of, _("công dân được mời đã đến")),
        Figure(str(sum(bool(row.substitute) for row in came)), of, _("trong đó người khác đến thay")),
        Figure(
            str(len(absent)), of, _("vắng, %(count)s có lý do") % {"count": sum(bool(row.reason) for row in absent)}
        ),
        Figure(str(sum(row.state == "attended" for row in delegates)), str(len(delegates)), _("đại biểu đã đến")),
        Figure(str(len(rows) - len(asked) - len(delegates)), "", _("đến không có giấy mời")),
    ]


def _did(request: HttpRequest, guests: list[Guest]) -> str:
    words = {
        "attendance.arrive": _("Đã ghi: %(name)s đã đến."),
        ALREADY: _("%(name)s đã được ghi là đã đến từ trước; không ghi thêm lần nữa."),
        "attendance.absent": _("Đã ghi: %(name)s vắng."),
        "attendance.take_back": _("Đã rút lại: %(name)s chưa đến."),
        "attendance.leave": _("Đã ghi: %(name)s về trước."),
        "attendance.come_back": _("Đã ghi: %(name)s đã trở lại."),
        "attendance.admit": _("Đã ghi người đến không có giấy mời: %(name)s."),
    }
    found = words.get(request.GET.get("da", ""), "")
    guest = _named(request, guests)
    return found % {"name": guest.row.name if guest else _("người này")} if found else ""


def _undo(request: HttpRequest, guests: list[Guest]) -> Guest | None:
    """Whose arrival was noted a moment ago, to be taken back where that was a mistake."""
    guest = _named(request, guests)
    return guest if guest and guest.standing == "came" and guest.may_mark else None


def _named(request: HttpRequest, guests: list[Guest]) -> Guest | None:
    return next((guest for guest in guests if guest.row.code == request.GET.get("ai")), None)


def _seconds(spot: Spot, now: datetime) -> int:
    """How long a device may keep this list: to the end of the sitting's day, not at all once the sitting has ended."""
    midnight = clock.at(spot.sitting.day, 0, 0, spot.sitting.agency.zone) + timedelta(days=1)
    return 0 if spot.sitting.state == "ended" else max(0, int((midnight - now).total_seconds()))


@require_safe
@staff_only
def state(request: HttpRequest, code: str, venue: str, ordinal: int) -> HttpResponse:
    """How everybody of the list stands, for a page that is open already; 304 while nothing has changed."""
    now, actor = clock.now(), actor_of(request)
    spot = spot_of(request, code, venue, ordinal, now)
    version = version_of(spot.sitting, spot.venue.pk, bool(spot.today(now)))
    if request.headers.get("If-None-Match") == version:
        return HttpResponseNotModified()
    guests = _guests(spot, actor, now)
    told = {
        "people": {guest.row.code: _told(guest) for guest in guests},
        "figures": [[figure.value, figure.of, figure.words] for figure in _figures(guests)],
        "keep": _seconds(spot, now),
        "today": spot.today(now).reason,
    }
    return JsonResponse(told, headers={"ETag": version})


def _told(guest: Guest) -> dict[str, Any]:
    return {"standing": guest.standing, "look": guest.look, "word": guest.word, "note": guest.note}


@require_safe
def worker(request: HttpRequest, code: str, venue: str) -> HttpResponse:
    """The script that opens this venue's page while the line is away; served here since it may rule only what lies below."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
