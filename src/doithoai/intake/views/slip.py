"""The slip that a person whose matter goes another way takes home: where a complaint or denunciation is lodged, and how."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doithoai.intake.papers import with_address
from doithoai.intake.views.acts import opinion_seen_by
from doithoai.kernel import clock
from doithoai.rules.vietnamese import paper_date
from doithoai.web.doors import actor_of, staff_only


@require_safe
@staff_only
def guidance_slip(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet to print, kept nowhere: a denunciation leaves no paper that others could come upon. Not found (404) before
    the person was guided, and for whoever may not read the opinion."""
    opinion = opinion_seen_by(actor_of(request), code)
    guidance = getattr(opinion, "guidance", None)
    if guidance is None:
        raise Http404
    facts = {
        "here": "dialogues",
        "opinion": opinion,
        "guidance": guidance,
        "addressee": with_address(opinion),
        "told": paper_date(clock.day_of(guidance.told_at, opinion.agency.zone)),
    }
    return render(request, "intake/slip.html", facts)
