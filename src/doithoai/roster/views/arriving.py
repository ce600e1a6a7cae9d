"""Check-in at one venue: who came, through whom, who did not, and who came without an invitation."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Verdict
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import actions, permissions, queries
from doithoai.roster.actions.possible import require_the_day
from doithoai.roster.forms import WalkInForm, words_of
from doithoai.roster.models import Invitation
from doithoai.roster.views.inviting import verdict_of
from doithoai.roster.views.visible import dialogue_of, sittings_of, venue_of
from doithoai.rules.vietnamese import fold, sort_key
from doithoai.web.acts import Act, Figure
from doithoai.web.doors import actor_of, done, staff_only

GONE = ("struck", "withdrawn")


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of this venue, and what may be noted."""

    row: Invitation
    may_mark: Verdict
    may_substitute: Verdict

    @property
    def is_noted(self) -> bool:
        """Whether presence or absence is noted."""
        return self.row.state in ("attended", "absent")


@require_safe
@staff_only
def check_in(request: HttpRequest, code: str, venue: str, ordinal: int | None = None) -> HttpResponse:
    """The people of one venue, those still expected first, with large buttons; counts are those of this moment."""
    now, actor = clock.now(), actor_of(request)
    sittings = sittings_of(request, code)
    sitting = _asked(sittings, ordinal, now)
    place = venue_of(sitting.dialogue, venue)
    today = verdict_of(lambda: require_the_day(sitting, now))
    query = request.GET.get("tim", "").strip()[:100]
    everyone = _people(sitting, place)
    guests = [_guest(row, actor, today) for row in everyone if fold(query) in fold(f"{row.name} {row.code}")]
    facts = {
        "here": "dialogues", "dialogue": sitting.dialogue, "sittings": sittings, "sitting": sitting, "venue": place,
        "query": query, "today": today, "figures": _figures(everyone),
        "expected": [guest for guest in guests if not guest.is_noted],
        "noted": [guest for guest in guests if guest.is_noted],
        "walk_in": Act("them", _("Ghi người đến không có giấy mời"), "", permissions.may_admit(actor, sitting) and today),
        "did": _did().get(request.GET.get("da", ""), ""),
    }  # fmt: skip
    return render(request, "roster/check_in.html", facts)


def _asked(sittings: list[Sitting], ordinal: int | None, now: datetime) -> Sitting:
    """The sitting of that number; where none is asked for the first that has not ended, otherwise the last."""
    if ordinal is None:
        return next((sitting for sitting in sittings if now < sitting.ends_at), sittings[-1])
    found = next((sitting for sitting in sittings if sitting.ordinal == ordinal), None)
    if found is None:
        raise Http404
    return found


def _people(sitting: Sitting, venue: Venue) -> list[Invitation]:
    expected = queries.MAIN | ~Q(route=Invitation.Route.RESERVE)
    rows = Invitation.objects.filter(expected, sitting=sitting, venue=venue).exclude(state__in=GONE)
    found = sorted(rows.select_related("person__ward", "office"), key=lambda row: sort_key(row.name))
    for row in found:
        row.sitting, row.venue = sitting, venue
    return found


def _guest(row: Invitation, actor: Actor, today: Verdict) -> Guest:
    may_mark = permissions.may_mark(actor, row) and today
    return Guest(row, may_mark, may_mark and permissions.may_admit_substitute(actor, row))


def _figures(rows: list[Invitation]) -> list[Figure]:
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


def _did() -> dict[str, str]:
    return {
        "attendance.arrive": _("Đã ghi: đã đến."),
        "attendance.absent": _("Đã ghi: vắng."),
        "attendance.admit": _("Đã ghi người đến không có giấy mời."),
    }


@require_POST
@staff_only
def walk_in(request: HttpRequest, code: str, venue: str, ordinal: int) -> HttpResponse:
    """Let somebody in who came without an invitation."""
    dialogue = dialogue_of(request, code)
    sitting = _asked(sittings_of(request, code), ordinal, clock.now())
    place = venue_of(dialogue, venue)
    said = words_of(WalkInForm(request.POST))
    actor, now = actor_of(request), clock.now()
    actions.admit(sitting, venue=place, name=said["name"], group=said["group"], actor=actor, now=now)
    return done(reverse("check-in-at", args=(code, venue, ordinal)), "attendance.admit")
