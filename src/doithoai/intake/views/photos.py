"""Photographed papers: read by staff through the right to read the opinion, kept by no cache; and added later."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doithoai.intake import actions
from doithoai.intake.imports import take_in
from doithoai.intake.views.acts import opinion_seen_by
from doithoai.kernel import clock, plugs
from doithoai.rules.filekinds import TYPES
from doithoai.web.doors import actor_of, done, staff_only


@require_safe
@staff_only
def photo(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """One paper of an opinion. A wrong code, another agency's and a hidden opinion's look the same (404)."""
    opinion = opinion_seen_by(actor_of(request), code)
    row = opinion.photos.filter(ordinal=ordinal).first()
    if row is None:
        raise Http404
    try:
        data = plugs.files().get(row.sha256)
    except KeyError as gone:
        raise Http404 from gone
    response = HttpResponse(data, content_type=TYPES[row.kind])
    shown = "attachment" if row.kind == "pdf" else "inline"
    response["Content-Disposition"] = f'{shown}; filename="{opinion.code}-giay-{row.ordinal}.{row.kind}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@staff_only
def attach(request: HttpRequest, code: str) -> HttpResponse:
    """Add photographed papers to an opinion that waits."""
    actor = actor_of(request)
    opinion = opinion_seen_by(actor, code)
    actions.attach(opinion, take_in(request.FILES.getlist("anh")), actor=actor, now=clock.now())
    return done(reverse("opinion", args=(code,)), "opinion.attach")
