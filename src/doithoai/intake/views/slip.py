"""Slips that a person takes home: that their opinion was received; or where a complaint or denunciation is lodged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doithoai.documents.rendering import render_pdf
from doithoai.intake import actions
from doithoai.intake.papers import receipt, with_address
from doithoai.intake.queries import handling_due
from doithoai.intake.views.acts import opinion_seen_by
from doithoai.kernel import clock, plugs
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


@require_POST
@staff_only
def receipt_slip(request: HttpRequest, code: str) -> HttpResponse:
    """The slip of one opinion, with a new link to it: printed for the person and kept nowhere."""
    opinion, actor, now = opinion_seen_by(actor_of(request), code), actor_of(request), clock.now()
    token = actions.hand_receipt(opinion, actor=actor, now=now)
    paper = receipt(
        opinion,
        link=plugs.link(reverse("own-opinion", args=(token,))),
        desk=plugs.link(reverse("look-up")).removeprefix("https://"),
        due=handling_due(opinion).due_on,
        on=clock.day_of(now, opinion.agency.zone),
    )
    response = HttpResponse(
        render_pdf(paper, created_at=now, font_dir=plugs.plugged.fonts), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="phieu-tiep-nhan-{opinion.code}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
