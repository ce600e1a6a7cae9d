"""Where somebody checks in: one venue of one sitting; and how a person of its list stands."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doithoai.journal.actions import head_of
from doithoai.kernel import clock
from doithoai.kernel.access import Verdict
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import queries
from doithoai.roster.actions.possible import require_the_day
from doithoai.roster.models import Invitation
from doithoai.roster.views.inviting import verdict_of
from doithoai.roster.views.visible import sittings_of, venue_of
from doithoai.rules.vietnamese import page_time, sort_key
from doithoai.web import marks

GONE = ("struck", "withdrawn")


@dataclass(frozen=True, slots=True)
class Spot:
    """One venue of one sitting; `sittings` are all of the dialogue."""

    sittings: list[Sitting]
    sitting: Sitting
    venue: Venue

    def today(self, now: datetime) -> Verdict:
        """Whether presence may be noted by now."""
        return verdict_of(lambda: require_the_day(self.sitting, now))


def spot_of(request: HttpRequest, code: str, venue: str, ordinal: int | None, now: datetime) -> Spot:
    """The venue and sitting of an address, of the actor's agency; 404 for any other."""
    sittings = sittings_of(request, code)
    sitting = asked(sittings, ordinal, now)
    place = venue_of(sitting.dialogue, venue)
    place.dialogue = sitting.dialogue
    return Spot(sittings, sitting, place)


def asked(sittings: list[Sitting], ordinal: int | None, now: datetime) -> Sitting:
    """The sitting of that number; where none is asked for the first that has not ended, otherwise the last."""
    if ordinal is None:
        return next((sitting for sitting in sittings if now < sitting.ends_at), sittings[-1])
    found = next((sitting for sitting in sittings if sitting.ordinal == ordinal), None)
    if found is None:
        raise Http404
    return found


def people_of(sitting: Sitting, *venues: Venue) -> list[Invitation]:
    """Who is expected at these venues, or came there, by name; `successor` is the reserve called into their place."""
    expected = queries.MAIN | ~Q(route=Invitation.Route.RESERVE)
    rows = Invitation.objects.filter(expected, sitting=sitting, venue__in=venues).exclude(state__in=GONE)
    told = rows.select_related("person__ward", "office").annotate(successor=F("replaced_by"))
    places = {venue.pk: venue for venue in venues}
    found: list[Invitation] = sorted(told, key=lambda row: sort_key(row.name))
    for row in found:
        row.sitting, row.venue = sitting, places[row.venue_id]
    return found


def standing(row: Invitation) -> str:
    """How somebody stands at the door: drawn (no letter yet), expected, declined, absent, came, left."""
    if row.state == "attended":
        return "left" if row.left_at else "came"
    return row.state if row.state in ("drawn", "declined", "absent") else "expected"


def mark_of(row: Invitation) -> tuple[marks.Shape, str]:
    """The shape and the word of somebody's state."""
    if standing(row) == "left":
        return "done", _("Đã đến, về trước")
    if row.state == "attended" and row.substitute:
        return "done", _("Có người đến thay")
    return marks.shape("invitation", row.state), str(row.get_state_display())


def note_of(row: Invitation) -> str:
    """What is known beside the state, in words: the hour and by whose clock, who came instead, why somebody is absent."""
    if row.state == "absent":
        return row.reason or _("không rõ lý do")
    if row.state != "attended":
        return row.reason
    return ". ".join(filter(None, (_hours(row), _substitute(row))))


def _hours(row: Invitation) -> str:
    zone = row.sitting.agency.zone
    words = [_hour(row.arrived_at, zone)] if row.arrived_at else []
    if row.is_device_time:
        words.append(_("ghi lúc mất mạng"))
    if row.left_at:
        words.append(_("về lúc %(hour)s") % {"hour": _hour(row.left_at, zone)})
    return ", ".join(words)


def _hour(instant: datetime, zone: str) -> str:
    return page_time(clock.local(instant, zone).time())


def _substitute(row: Invitation) -> str:
    if not row.substitute:
        return ""
    told = {"name": row.substitute, "relation": row.substitute_relation}
    came = _("Đến thay: %(name)s, %(relation)s") % told
    proof = _("đã xem %(proof)s") % {"proof": row.substitute_proof} if row.substitute_proof else _("không ghi giấy tờ")
    return f"{came}; {proof}"


def version_of(sitting: Sitting, *more: object) -> str:
    """What changes whenever anything about the dialogue does: the journal's head, and what else the words depend on."""
    return '"' + "-".join(map(str, (head_of(sitting.chain)[:24], sitting.pk, get_language(), *more))) + '"'
