"""What the frame of every page needs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Subquery
from django.http import HttpRequest

from doithoai.directory.models import Agency, Installation, Office
from doithoai.directory.queries import is_rehearsal
from doithoai.kernel.access import ANYONE, Actor, Role


@dataclass(frozen=True, slots=True)
class Frame:
    """The agency whose page it is (None for a page of nobody's), whether this is a rehearsal, and the actor's unit."""

    agency: Agency | None
    is_rehearsal: bool
    unit: str = ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame of this request, read once in one query."""
    known = getattr(request, "frame", None)
    if isinstance(known, Frame):
        return known
    actor = getattr(request, "actor", ANYONE)
    return _read(request, actor)


def set_frame(request: HttpRequest, frame: Frame) -> Frame:
    """Give the request the frame of a page whose agency is already known (a public page, a citizen's)."""
    request.frame = frame  # type: ignore[attr-defined]  # the request's own attribute of this product
    return frame


def framing(actor: Actor) -> dict[str, Exists | Subquery]:
    """What the frame asks, as annotations: read along with the row that a page is about, they cost no query."""
    offices = [office for role, office in actor.held if role != Role.LEADER]  # a leader speaks for the whole agency
    units = Office.objects.filter(pk__in=offices).order_by("code")
    return {
        "is_marked_rehearsal": Exists(Installation.objects.filter(is_rehearsal=True)),
        "actor_unit": Subquery(units.values("name")[:1]),
    }


def framed(request: HttpRequest, agency: Agency, row: Any) -> Frame:
    """Give the request its frame from a row that was read with `framing`."""
    return set_frame(request, Frame(agency, bool(row.is_marked_rehearsal), row.actor_unit or ""))


def _read(request: HttpRequest, actor: Actor) -> Frame:
    if actor.agency_id is None:
        return set_frame(request, Frame(None, is_rehearsal()))
    agency = Agency.objects.annotate(**framing(actor)).get(pk=actor.agency_id)
    return framed(request, agency, agency)


def frame(request: HttpRequest) -> dict[str, object]:
    """For the templates: who acts, whose page it is, whether it is a rehearsal, and the agency's time zone."""
    known = frame_of(request)
    return {
        "actor": getattr(request, "actor", ANYONE),
        "agency": known.agency,
        "is_rehearsal": known.is_rehearsal,
        "unit": known.unit,
        "zone": known.agency.zone if known.agency else "Asia/Ho_Chi_Minh",
    }
