"""What a member of staff finds by its address: only what belongs to their agency, everything else is a 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from doithoai.planning.models import Dialogue, Sitting
from doithoai.web.doors import actor_of, agency_id_of


def dialogue_of(request: HttpRequest, code: str) -> Dialogue:
    """The dialogue of this code, of the actor's agency."""
    rows = Dialogue.objects.filter(agency_id=agency_id_of(actor_of(request)))
    return get_object_or_404(rows.select_related("agency", "secretariat", "chair"), code=code)


def sitting_of(request: HttpRequest, code: str) -> Sitting:
    """The sitting of this code, of the actor's agency."""
    rows = Sitting.objects.filter(dialogue__agency_id=agency_id_of(actor_of(request)))
    related = ("dialogue__agency", "dialogue__secretariat", "dialogue__plan", "dialogue__chair", "sector", "lead")
    return get_object_or_404(rows.select_related(*related), code=code)
