"""What a member of staff finds by its address: only what belongs to their agency, everything else is a 404."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster.models import Invitation
from doithoai.web.doors import actor_of, agency_id_of

RELATED = ("dialogue__agency", "dialogue__secretariat", "dialogue__plan", "sector", "lead")


def dialogue_of(request: HttpRequest, code: str) -> Dialogue:
    """The dialogue of this code, of the actor's agency."""
    rows = Dialogue.objects.filter(agency_id=agency_id_of(actor_of(request))).select_related("agency", "secretariat")
    return get_object_or_404(rows, code=code)


def sittings_of(request: HttpRequest, code: str) -> list[Sitting]:
    """The sittings of a dialogue of the actor's agency, in their order; a dialogue always has one."""
    rows: Any = Sitting.objects.filter(dialogue__agency_id=agency_id_of(actor_of(request)), dialogue__code=code)
    found = list(rows.select_related(*RELATED).order_by("starts_at", "pk"))
    if not found:
        get_object_or_404(rows)
    for sitting in found[1:]:
        sitting.dialogue = found[0].dialogue
    return found


def chosen(sittings: list[Sitting], ordinal: int | None) -> Sitting | None:
    """The sitting of that number, the first where none is asked for; None where there is no such sitting."""
    if ordinal is None:
        return sittings[0]
    return next((sitting for sitting in sittings if sitting.ordinal == ordinal), None)


def sitting_of(request: HttpRequest, code: str) -> Sitting:
    """The sitting of this code, of the actor's agency."""
    rows = Sitting.objects.filter(dialogue__agency_id=agency_id_of(actor_of(request))).select_related(*RELATED)
    return get_object_or_404(rows, code=code)


def invitation_of(request: HttpRequest, code: str) -> Invitation:
    """The invitation of this code, of the actor's agency."""
    rows = Invitation.objects.filter(sitting__dialogue__agency_id=agency_id_of(actor_of(request)))
    related = ("sitting__dialogue__agency", "sitting__lead", "venue__office", "person", "document")
    return get_object_or_404(rows.select_related(*related), code=code)


def venue_of(dialogue: Dialogue, code: str) -> Venue:
    """The venue of this code, of this dialogue."""
    rows = Venue.objects.filter(dialogue=dialogue).select_related("office", "ward", "dialogue__agency")
    return get_object_or_404(rows, code=code)
