"""Letters on their way to people: all in one file for the printer, the signed list back, who has theirs."""

from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.documents.models import Copy, Document
from doithoai.documents.rendering import bundle_pdf
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import YES, Actor, NotNow, NotYours, Verdict
from doithoai.kernel.verbs import together
from doithoai.planning.models import Sitting
from doithoai.roster import actions, permissions, queries
from doithoai.roster.actions.possible import require_reply_time
from doithoai.roster.forms import ScanForm, words_of
from doithoai.roster.imports import LARGEST, read_scan
from doithoai.roster.models import Invitation
from doithoai.roster.papers import way_of
from doithoai.roster.views.inviting import facts_of, verdict_of
from doithoai.roster.views.visible import sitting_of, sittings_of
from doithoai.rules.filekinds import TYPES
from doithoai.web.doors import actor_of, done, staff_only

MOST_LETTERS: Final = 1_000
"""In one file: 500 letters are joined in 0.4 s, so nobody waits a second."""

WHO: Final = {"cong-dan": queries.MAIN, "dai-bieu": queries.IS_DELEGATE}


@require_safe
@staff_only
def letters(request: HttpRequest, code: str, who: str) -> HttpResponse:
    """All printed letters to the citizens or to the delegates of a sitting in one PDF, in the order of the delivery list."""
    sitting = sitting_of(request, code)
    _require_right(actor_of(request), sitting)
    if who not in WHO:
        raise Http404
    prints = [copy.pdf for _row, copy in printed(sitting, who)]
    if not prints:
        raise NotNow(_("Chưa in được: chưa có giấy mời nào có số và bản in."))
    store = plugs.files()
    whole = bundle_pdf([store.get(sha256) for sha256 in prints[:MOST_LETTERS]])
    return _file(whole, TYPES["pdf"], f"giay-moi-{sitting.code}-{who}.pdf")


def printed(sitting: Sitting, who: str) -> list[tuple[Invitation, Copy]]:
    """Whoever holds a place with their own printed copy, by ward and residential group as the heads of groups carry them."""
    rows = Invitation.objects.filter(WHO[who], sitting=sitting, document__isnull=False)
    kept = rows.exclude(state__in=("struck", "withdrawn", "declined")).select_related("person__ward", "venue")
    copies = {
        (copy.document_id, copy.recipient): copy
        for copy in Copy.objects.filter(document__invitations__sitting=sitting).exclude(pdf="").distinct()
    }
    found = [(row, copies.get((row.document_id or 0, row.code))) for row in sorted(kept, key=way_of)]
    return [(row, copy) for row, copy in found if copy is not None]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def receipts(request: HttpRequest, code: str) -> HttpResponse:
    """The list that people sign for their letters: print it, bring the scan back, and tick who has the letter."""
    sitting = sitting_of(request, code)
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        return _take(request, sitting, actor, now)
    rows = _carried(sitting)
    facts = {
        "sheets": Document.objects.filter(chain=sitting.chain, kind="delivery_list", about=sitting.code).order_by(
            "-pk"
        ),
        "may_print": permissions.may_print_lists(actor, sitting),
        "may_keep": permissions.may_keep_scan(actor, sitting),
        "scans": sitting.scans.select_related("by"),
        "waiting": [row for row in rows if row.delivered_at is None],
        "handed": [row for row in rows if row.delivered_at is not None],
        "may_tick": _may_tick(actor, rows) and verdict_of(lambda: require_reply_time(sitting, now)),
        "total": len(rows),
        "most": LARGEST,
    }
    sittings = sittings_of(request, sitting.dialogue.code)
    return render(request, "roster/receipts.html", {**facts_of(request, sittings, sitting, "giao"), **facts})


def _may_tick(actor: Actor, rows: list[Invitation]) -> Verdict:
    return permissions.may_deliver(actor, rows[0]) if rows else YES


def _carried(sitting: Sitting) -> list[Invitation]:
    """Citizens whose letter has a number, as the heads of residential groups carry them."""
    rows = Invitation.objects.filter(queries.MAIN, sitting=sitting, document__number__isnull=False)
    kept = rows.exclude(state__in=("struck", "withdrawn"))
    found = sorted(kept.select_related("person__ward", "venue__office", "document"), key=way_of)
    for row in found:
        row.sitting = sitting
    return found


def _take(request: HttpRequest, sitting: Sitting, actor: Actor, now: datetime) -> HttpResponseRedirect:
    back = reverse("receipts", args=(sitting.code,))
    if request.POST.get("act") == "giao":
        _tick(request.POST.getlist("row"), sitting, actor, now)
        return done(back, "invitation.deliver")
    _require_right(actor, sitting)
    words = ScanForm(request.POST, request.FILES)
    data = words_of(words)["file"].read(LARGEST + 1)
    scanned = read_scan(data)
    sha256 = plugs.files().put(data)
    actions.keep_scan(sitting, scanned, sha256=sha256, size=len(data), actor=actor, now=now)
    return done(back, "scan.keep")


def _tick(codes: list[str], sitting: Sitting, actor: Actor, now: datetime) -> None:
    """Everybody ticked has their letter; all or none."""
    rows = [row for row in _carried(sitting) if row.code in set(codes) and row.delivered_at is None]
    if not rows:
        raise NotNow(_("Chưa ghi được: chưa đánh dấu ai đã nhận."))
    with together():
        for row in rows:
            actions.deliver_invitation(row, actor=actor, now=now)


@require_safe
@staff_only
def scan(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The scan of a signed list."""
    sitting = sitting_of(request, code)
    _require_right(actor_of(request), sitting)
    row = get_object_or_404(sitting.scans, ordinal=ordinal)
    return _file(plugs.files().get(row.sha256), TYPES[row.kind], f"ky-nhan-{sitting.code}-{row.ordinal}.{row.kind}")


def _require_right(actor: Actor, sitting: Sitting) -> None:
    verdict = permissions.may_keep_scan(actor, sitting)
    if not verdict:
        raise NotYours(verdict.reason)


def _file(data: bytes, media: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
