"""Running a sitting: begun, paused, resumed, ended; the borrowed gates as they were found."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.queries import calendar_of, profile_of
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, System
from doithoai.kernel.moves import move
from doithoai.kernel.verbs import verb
from doithoai.live import permissions
from doithoai.live.actions.turning import add_turn, leave_unheard
from doithoai.live.models import GateCheck, Minutes
from doithoai.live.queries import on_the_floor, turns_of
from doithoai.people.models import Staff
from doithoai.planning.models import Check, Sitting, Venue
from doithoai.planning.states import SITTING
from doithoai.roster.models import Invitation
from doithoai.rules.deadlines import compute
from doithoai.rules.profiles import Gate


@verb("sitting.begin", may=permissions.may_run)
def begin(sitting: Sitting, *, secretary: Staff, chair: Staff, actor: Actor, now: datetime) -> Sitting:
    """Open a sitting: the minutes are opened, those who came get their turns, the gates are noted and block nothing."""
    move(sitting, SITTING, "live", began_at=now)
    Minutes.objects.create(sitting=sitting, secretary=secretary, chair=chair)
    found = [_found(sitting, gate, now) for gate in _gates(sitting)]
    GateCheck.objects.bulk_create(found)
    came = Invitation.objects.filter(sitting=sitting, state="attended").exclude(route=Invitation.Route.DELEGATE)
    for invitation in came.select_related("venue").order_by("ordinal"):
        add_turn(sitting, venue=invitation.venue, invitation=invitation, actor=System("sitting.begin"), now=now)
    record(
        sitting.chain,
        sitting=sitting.code,
        chair=chair.code,
        secretary=secretary.code,
        turns=len(turns_of(sitting)),
        gates=" ".join(f"{row.gate}={int(row.was_met)}" for row in found),
    )
    return sitting


def _gates(sitting: Sitting) -> tuple[Gate, ...]:
    return profile_of(sitting.agency, sitting.dialogue.profile_key).gates


def _found(sitting: Sitting, gate: Gate, now: datetime) -> GateCheck:
    late = list(_late(sitting, gate.slug, _ready_by(sitting, gate)))
    words = ", ".join(late) if late else _("đủ, đúng giờ")
    return GateCheck(sitting=sitting, gate=gate.slug, words=gate.words, was_met=not late, found=words[:300], at=now)


def _ready_by(sitting: Sitting, gate: Gate) -> datetime:
    """The instant of a gate in hours; the end of the day of a gate in working days."""
    instant = gate.ready_by(sitting.starts_at)
    if instant is not None or gate.term is None:
        return instant or sitting.starts_at
    day = compute(gate.term, sitting.day, calendar_of(sitting.agency)).due_on
    return clock.at(day, 23, 59, sitting.agency.zone)


def _late(sitting: Sitting, gate: str, due: datetime) -> Iterator[str]:
    """What was not ready by `due`, each by its name."""
    if gate == "participants_notified":
        rows = Invitation.objects.filter(sitting=sitting, in_place_of=None).exclude(state__in=("drawn", "struck"))
        limit = clock.day_of(due, sitting.agency.zone)
        for row in rows.select_related("document"):
            if row.invited_on is None or row.invited_on > limit:
                yield row.code
        return
    kind = Check.Kind.LINE if gate == "connection_tested" else Check.Kind.CONNECTED
    for venue in Venue.objects.filter(dialogue=sitting.dialogue):
        ready = venue.checks.filter(kind=kind, is_ready=True, at__lte=due).exists()
        if not ready and not (venue.is_central and kind == Check.Kind.LINE):
            yield venue.name


@verb("sitting.pause", may=permissions.may_run)
def pause(sitting: Sitting, *, actor: Actor, now: datetime) -> Sitting:
    """Pause the sitting; nobody may be speaking."""
    _require_free_floor(sitting)
    move(sitting, SITTING, "paused")
    record(sitting.chain, sitting=sitting.code)
    return sitting


@verb("sitting.resume", may=permissions.may_run)
def resume(sitting: Sitting, *, actor: Actor, now: datetime) -> Sitting:
    """Go on after a pause."""
    move(sitting, SITTING, "live")
    record(sitting.chain, sitting=sitting.code)
    return sitting


@verb("sitting.end", may=permissions.may_run)
def end(sitting: Sitting, *, actor: Actor, now: datetime) -> Sitting:
    """End the sitting. Who still waits was not heard: what they sent before stands as a written opinion."""
    _require_free_floor(sitting)
    for turn in turns_of(sitting):
        if turn.state == "waiting":
            leave_unheard(turn, actor=System("sitting.end"), now=now)
    move(sitting, SITTING, "ended", ended_at=now)
    record(sitting.chain, sitting=sitting.code)
    return sitting


def _require_free_floor(sitting: Sitting) -> None:
    speaking = on_the_floor(sitting)
    if speaking is not None:
        raise NotNow(_("Chưa làm được: lượt số %(number)s chưa xong.") % {"number": speaking.position})
