"""Near-equal opinions in groups, as the worker found them: looked at by a person, who merges or leaves them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doithoai.intake import actions
from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Grouping, Opinion
from doithoai.intake.permissions import may_compare
from doithoai.intake.queries import OPEN, comparable, visible_to
from doithoai.intake.views.board import dialogue_of
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, NotYours, Refused
from doithoai.planning.models import Dialogue
from doithoai.rules.similar import shared
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.numbers import page_asked, small_number

PAGE = 20
MOST_SAME = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One opinion of a group, and what it says in the same words as the first."""

    opinion: Opinion
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A first opinion and those that may be about the same matter."""

    first: Opinion
    others: tuple[Member, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def groups(request: HttpRequest, code: str) -> HttpResponse:
    """The groups that were found last, how far the worker is, or how to ask for them."""
    dialogue, actor = _entered(request, code)
    if request.method == "POST":
        actions.compare(dialogue, actor=actor, now=clock.now())
        return done(reverse("opinion-groups", args=(code,)), "opinions.compare")
    row = Grouping.objects.filter(dialogue=dialogue).last()
    found = _open_groups(row, actor, dialogue) if row and row.done_at else []
    pages = max(1, -(-len(found) // PAGE))
    page = page_asked(request.GET, pages=pages)
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "grouping": row,
        "groups": _shown(found[(page - 1) * PAGE : page * PAGE], actor, dialogue),
        "found": len(found),
        "among": sum(map(len, found)),
        "waiting": comparable(visible_to(actor, dialogue)).count(),
        "page": page,
        "pages": pages,
        "did": _did(request),
    }
    return render(request, "intake/groups.html", facts)


def _entered(request: HttpRequest, code: str) -> tuple[Dialogue, Actor]:
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    verdict = may_compare(actor, dialogue)
    if not verdict:
        raise NotYours(verdict.reason)
    return dialogue, actor


def _open_groups(row: Grouping, actor: Actor, dialogue: Dialogue) -> list[list[str]]:
    """What is left of the groups: opinions that still wait, that this reader sees, and at least two of them."""
    rows = comparable(visible_to(actor, dialogue)).exclude(kind__in=LAW_OF_COMPLAINTS)
    waiting = set(rows.order_by().values_list("code", flat=True))
    kept = ([code for code in codes if code in waiting] for codes in row.groups)
    return sorted((codes for codes in kept if len(codes) > 1), key=len, reverse=True)


def _shown(found: Sequence[Sequence[str]], actor: Actor, dialogue: Dialogue) -> list[Group]:
    wanted = [code for codes in found for code in codes]
    rows = {row.code: row for row in visible_to(actor, dialogue).filter(code__in=wanted)}
    return [_group([rows[code] for code in codes if code in rows]) for codes in found]


def _group(rows: Sequence[Opinion]) -> Group:
    first, *others = rows
    members = (Member(row, shared(str(row.words), str(first.words), MOST_SAME)) for row in others)
    return Group(first, tuple(members))


def _did(request: HttpRequest) -> str:
    merged, refused = (small_number(request.GET.get(name, "")) for name in ("gop", "con"))
    if merged is not None:
        said = _("Đã gộp %(count)s ý kiến.") % {"count": merged}
        left = _("%(count)s ý kiến không gộp được: trạng thái đã đổi hoặc không phải việc của anh/chị.")
        return f"{said} {left % {'count': refused}}" if refused else said
    return _("Đã giao máy so các ý kiến.") if request.GET.get("da") == "opinions.compare" else ""


@require_safe
@staff_only
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """How far the worker is, for a page that asks every second."""
    dialogue, _actor = _entered(request, code)
    row = Grouping.objects.filter(dialogue=dialogue).last()
    facts = {
        "busy": row is not None and row.done_at is None and not row.problem,
        "done": row.compared if row else 0,
        "total": row.total if row else 0,
        "word": _("Đã so"),
    }
    return JsonResponse(facts)


@require_POST
@staff_only
def merge_group(request: HttpRequest, code: str) -> HttpResponse:
    """Merge the opinions that were ticked into the first of their group, each by an act of its own."""
    dialogue, actor = _entered(request, code)
    rows = visible_to(actor, dialogue).filter(state__in=OPEN)
    into = rows.filter(code=request.POST.get("vao", "")).first()
    chosen = [row for row in rows.filter(code__in=request.POST.getlist("gop")) if row != into]
    if into is None or not chosen:
        raise NotNow(_("Chưa gộp được: cần chọn ít nhất một ý kiến còn đang chờ."))
    merged = sum(_merged(row, into, request.POST.get("ly-do", ""), actor) for row in chosen)
    left, page = str(len(chosen) - merged), request.POST.get("trang", "1")[:5]
    told = urlencode({"gop": str(merged), "con": left, "trang": page})
    return HttpResponseRedirect(f"{reverse('opinion-groups', args=(code,))}?{told}")


def _merged(row: Opinion, into: Opinion, reason: str, actor: Actor) -> bool:
    try:
        actions.merge(row, into, reason=reason, actor=actor, now=clock.now())
    except Refused:
        return False
    return True
