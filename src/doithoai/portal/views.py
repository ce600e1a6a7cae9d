"""For staff: a paper is looked at as anybody will see it, and then made public; the lines too, and more of them hidden."""

from typing import cast, get_args

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.directory.queries import calendar_of, profile_of
from doithoai.documents.models import Document
from doithoai.documents.views import visible
from doithoai.intake.views.board import dialogue_of
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Refused, Verdict
from doithoai.planning.models import Dialogue
from doithoai.portal.actions import publish_lines, publish_paper, shorten
from doithoai.portal.models import Publication, PublicLine
from doithoai.portal.permissions import may_publish, may_shorten
from doithoai.portal.queries import (
    PAGE,
    PUBLIC_KINDS,
    can_be_public,
    lines_can_be_public,
    publication_due,
    searchable,
    shortened,
)
from doithoai.results.actions import draft_notice
from doithoai.results.models import NoticeLine, ResultNotice
from doithoai.results.permissions import may_draft_notice
from doithoai.results.queries import can_be_drafted, outdated, uncovered, unseen
from doithoai.rules.masking import LABELS, Kind
from doithoai.web.acts import Act
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.numbers import page_asked, small_number
from doithoai.web.seeking import asked_for


def can_publish(document: Document, actor: Actor) -> Verdict | None:
    """Whether somebody may make a paper public now; None where that is no matter of theirs, or was done."""
    if document.kind not in PUBLIC_KINDS or document.published_at is not None or document.number is None:
        return None
    dialogue = Dialogue.objects.filter(code=document.chain).first()
    if dialogue is None or not may_publish(actor, dialogue):
        return None
    return can_be_public(dialogue, document)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show what anybody will read of a paper and by when it is due; a POST makes it public."""
    document, actor = visible(request, code), actor_of(request)
    rows = Dialogue.objects.filter(agency_id=agency_id_of(actor)).select_related("agency", "secretariat")
    dialogue = get_object_or_404(rows, code=document.chain)
    if request.method == "POST":
        title = request.POST.get("ten", "")
        publish_paper(dialogue, document, title=title, actor=actor, now=clock.now())
        return done(reverse("paper-publish", args=(code,)), "paper.publish")
    shown = cast(Publication | None, getattr(document, "publication", None))
    profile = profile_of(dialogue.agency, dialogue.profile_key)
    facts = {
        "here": "dialogues",
        "document": document,
        "dialogue": dialogue,
        "verdict": may_publish(actor, dialogue) and can_be_public(dialogue, document),
        "publication": shown,
        "title": Publication(document=document, title=document.subject).full_title,
        "due": None if shown else publication_due(document, profile, calendar_of(dialogue.agency)),
        "did": _("Đã công khai: ai cũng đọc và tải được.") if request.GET.get("da") == "paper.publish" else "",
    }
    return render(request, "portal/publish.html", facts)


# ---- the notice and its lines


@require_safe
@staff_only
def lines(request: HttpRequest, code: str) -> HttpResponse:
    """From the confirmed wordings over the notice to the public page: what is missing, and every line that is public."""
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    notice = ResultNotice.objects.filter(dialogue=dialogue).select_related("document", "dialogue").first()
    every, asked = _lines_of(dialogue), asked_for(request)
    found = [row for row in every if searchable(asked).strip() in row.folded or asked == str(row.line.number)]
    pages = max(1, -(-len(found) // PAGE))
    page = page_asked(request.GET, pages=pages)
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "document": notice.document if notice else None,
        "outdated": outdated(notice) if notice else [],
        "uncovered": len(uncovered(dialogue)),
        "unseen": 0 if notice and notice.issued_at else len(unseen(dialogue)),
        "public": len(every),
        "printed": NoticeLine.objects.filter(notice=notice).count() if notice else 0,
        "drafting": _drafting(dialogue, notice, actor),
        "publishing": _publishing(dialogue, actor),
        "lines": found[(page - 1) * PAGE : page * PAGE],
        "found": len(found),
        "asked": asked,
        "page": page,
        "pages": pages,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "portal/lines.html", facts)


def _lines_of(dialogue: Dialogue) -> QuerySet[PublicLine]:
    rows = PublicLine.objects.filter(line__notice__dialogue=dialogue).exclude(line__opinion__kind="denunciation")
    return rows.select_related("line__opinion", "line__notice__dialogue__agency").order_by("line__number")


def _drafting(dialogue: Dialogue, notice: ResultNotice | None, actor: Actor) -> Act | None:
    """The button that drafts the notice, or drafts it again; none once it is on its way."""
    if notice and notice.document and notice.document.state not in ("draft", "returned"):
        return None
    label = _("Lập lại dự thảo Thông báo") if notice else _("Lập dự thảo Thông báo")
    verdict = may_draft_notice(actor, dialogue) and can_be_drafted(dialogue)
    return Act("lap", label, reverse("publishing-act", args=(dialogue.code, "lap")), verdict, look="main")


def _publishing(dialogue: Dialogue, actor: Actor) -> Act | None:
    """The button that puts the lines on the public page; none once they all are there."""
    waiting = NoticeLine.objects.filter(notice__dialogue=dialogue, public=None).exclude(opinion__kind="denunciation")
    count = waiting.count()
    if not count:
        return None
    verdict = may_publish(actor, dialogue) and lines_can_be_public(dialogue)
    label = _("Công khai %(count)s ý kiến và trả lời") % {"count": count}
    return Act("dang", label, reverse("publishing-act", args=(dialogue.code, "dang")), verdict, look="main")


def _did(verb: str) -> str:
    words = {
        "notice.draft": _("Đã lập dự thảo Thông báo kết quả."),
        "lines.publish": _("Đã công khai: ai cũng đọc được."),
        "line.shorten": _("Đã che thêm; trang công khai đã đổi."),
    }
    return words.get(verb, "")


@require_POST
@staff_only
def act_on_lines(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Draft the notice, or put its lines on the public page."""
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    acts = {"lap": (draft_notice, "notice.draft"), "dang": (publish_lines, "lines.publish")}
    if slug not in acts:
        raise Http404
    do, verb = acts[slug]
    do(dialogue, actor=actor, now=clock.now())
    return done(reverse("publishing", args=(code,)), verb)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def line(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A public line; more of it is looked at hidden, and then hidden. Looking changes nothing."""
    row = get_object_or_404(_lines_of(dialogue_of(request, code)), line__number=number)
    if request.method != "POST" or request.POST.get("viec") != "che":
        return _line(request, row)
    try:
        shorten(
            row, _hidden(request), kind=_kind(request), revision=small_number(request.POST.get("ban", "")) or 0,
            reason=request.POST.get("ly-do", ""), actor=actor_of(request), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        row.refresh_from_db()
        return _line(request, row, problem=refused.reason)
    return done(reverse("public-line", args=(code, number)), "line.shorten")


def _hidden(request: HttpRequest) -> list[str]:
    return request.POST.get("them", "")[:2000].splitlines()


def _kind(request: HttpRequest) -> Kind:
    kind = request.POST.get("loai-che", "name")
    return cast(Kind, kind) if kind in get_args(Kind) else "name"


def _line(request: HttpRequest, row: PublicLine, *, problem: str = "") -> HttpResponse:
    preview = shortened(row, _hidden(request), _kind(request)) if request.method == "POST" else None
    facts = {
        "here": "dialogues",
        "dialogue": row.dialogue,
        "line": row,
        "answer": row.answer.split("\n"),
        "preview": preview,
        "after": preview.answer.split("\n") if preview else [],
        "hide": request.POST.get("them", ""),
        "kind": _kind(request),
        "reason": request.POST.get("ly-do", ""),
        "labels": LABELS.items(),
        "verdict": may_shorten(actor_of(request), row),
        "history": row.shortenings.select_related("by"),
        "problem": problem,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "portal/line.html", facts, status=409 if problem else 200)
