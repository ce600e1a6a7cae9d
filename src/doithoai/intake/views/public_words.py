"""How an opinion will be read by anyone: what is masked, what a person masks more or less, and the confirmation."""

import re
from collections.abc import Iterator
from typing import cast, get_args

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.intake import actions
from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_sort
from doithoai.intake.queries import (
    known_of,
    masked_words,
    notice_is_out,
    of_author,
    spots,
    stretches,
    visible_to,
    with_masks,
)
from doithoai.intake.views.acts import opinion_seen_by
from doithoai.intake.views.board import dialogue_of
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotYours, Refused
from doithoai.rules.masking import LABELS, Find, Kind
from doithoai.web.doors import actor_of, staff_only
from doithoai.web.numbers import page_asked, small_number
from doithoai.web.seeking import asked_for, sought

VALUE = re.compile(r"(\d{1,6})-(\d{1,6})-([a-z]{2,8})")
PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def public_words(request: HttpRequest, code: str) -> HttpResponse:
    """Look at the wording as the public will see it, mask more or less, and confirm. Looking stores nothing."""
    actor = actor_of(request)
    opinion = opinion_seen_by(actor, code)
    verdict = may_sort(actor, opinion)
    if not verdict:
        raise NotYours(verdict.reason)
    text = str(opinion.public_source)
    if request.method != "POST":
        return _page(request, opinion, None)
    more, unknown = _more(text, request.POST)
    finds = sorted({*_chosen(text, request.POST), *more})
    if request.POST.get("viec") != "xac-nhan" or unknown:
        return _page(request, opinion, finds, problem=_not_found(unknown), status=422 if unknown else 200)
    of, reason = small_number(request.POST.get("goc", "")) or 0, request.POST.get("ly-do", "")
    try:
        actions.prepare_public(opinion, finds, of=of, reason=reason, actor=actor, now=clock.now())
    except Refused as refused:
        return _page(request, opinion, finds, problem=refused.reason, status=409)
    return _on(opinion, request)


def _on(opinion: Opinion, request: HttpRequest) -> HttpResponse:
    """On to the next one that nobody has confirmed; to the list when there is none."""
    waiting = (row for row in _publishable(request, opinion) if not row.is_public_confirmed)
    after = next((row for row in waiting if row.ordinal > opinion.ordinal), None)
    if after is not None:
        url = reverse("opinion-public", args=(after.code,))
        return HttpResponseRedirect(f"{url}?da=opinion.prepare_public&ma={opinion.code}")
    return HttpResponseRedirect(
        f"{reverse('public-wordings', args=(opinion.dialogue.code,))}?da=opinion.prepare_public"
    )


def _publishable(request: HttpRequest, opinion: Opinion) -> Iterator[Opinion]:
    rows = visible_to(actor_of(request), opinion.dialogue).exclude(kind__in=LAW_OF_COMPLAINTS)
    yield from rows.exclude(state="withdrawn")


def _chosen(text: str, post: QueryDict) -> list[Find]:
    kinds = get_args(Kind)
    found = [VALUE.fullmatch(value) for value in post.getlist("che")]
    finds = [Find(int(one[1]), int(one[2]), cast(Kind, one[3])) for one in found if one and one[3] in kinds]
    return [find for find in finds if 0 <= find.start < find.end <= len(text)]


def _more(text: str, post: QueryDict) -> tuple[list[Find], list[str]]:
    """Words that are to be masked too, wherever they stand; and those that do not stand there."""
    kind = post.get("loai-che", "name")
    of_kind = cast(Kind, kind if kind in get_args(Kind) else "name")
    finds: list[Find] = []
    unknown: list[str] = []
    for line in post.get("them", "")[:2000].splitlines():
        words = line.strip()
        hits = stretches(text, words, of_kind)
        finds += hits
        unknown += [words] if words and not hits else []
    return finds, unknown


def _not_found(unknown: list[str]) -> str:
    return _("Không thấy “%(words)s” trong lời. Xin chép đúng từng chữ.") % {"words": unknown[0]} if unknown else ""


def _page(
    request: HttpRequest, opinion: Opinion, finds: list[Find] | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    text, known = str(opinion.public_source), of_author(known_of(opinion.dialogue), opinion)
    kept = [Find(*row) for row in opinion.public_masks] if opinion.is_public_confirmed else None
    places = spots(text, known, kept if finds is None else finds)
    printed = opinion.notice_lines.values_list("words", flat=True).first()
    facts = {
        "here": "dialogues",
        "opinion": opinion,
        "dialogue": opinion.dialogue,
        "text": text,
        "source": opinion.public_source.pk,
        "places": places,
        "is_open": any(place.is_proposed and not place.is_masked for place in places),
        "preview": with_masks(text, [place.find for place in places if place.is_masked]),
        "confirmed": str(opinion.public_words) if opinion.is_public_confirmed and finds is None else "",
        "is_stale": opinion.public_at is not None and not opinion.is_public_confirmed,
        "labels": LABELS.items(),
        "reason": request.POST.get("ly-do", opinion.unmask_reason),
        "kind": request.POST.get("loai-che", "name"),
        "problem": problem,
        "is_out": notice_is_out(opinion.dialogue),
        "by_law": opinion.kind in LAW_OF_COMPLAINTS,
        "printed": printed if printed and opinion.is_public_confirmed and printed != str(opinion.public_words) else "",
        "did": _("Đã xác nhận lời công khai của %(code)s.") % {"code": request.GET.get("ma", "")[:28]}
        if request.GET.get("da") == "opinion.prepare_public"
        else "",
    }
    return render(request, "intake/public_words.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def public_wordings(request: HttpRequest, code: str) -> HttpResponse:
    """Every opinion that will be published, as the public will read it, and which of them a person has confirmed. A POST
    confirms those that somebody has read on the page, each by an act of its own."""
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    rows = visible_to(actor, dialogue).exclude(kind__in=LAW_OF_COMPLAINTS).exclude(state="withdrawn")
    every = [row for row in rows if may_sort(actor, row)]
    if request.method == "POST":
        told = urlencode({"xong": str(_confirm(every, request.POST.getlist("loi"), actor)), "loc": "cho"})
        return HttpResponseRedirect(f"{reverse('public-wordings', args=(code,))}?{told}")
    waiting = [row for row in every if not row.is_public_confirmed]
    only, asked = request.GET.get("loc") == "cho", asked_for(request)
    known = known_of(dialogue)
    found = sought(waiting if only else every, asked, lambda row: (row.code, row.words, masked_words(row, known)))
    pages = max(1, -(-len(found) // PAGE))
    page = page_asked(request.GET, pages=pages)
    shown = [(row, masked_words(row, known)) for row in found[(page - 1) * PAGE : page * PAGE]]
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "shown": shown,
        "total": len(every),
        "waiting": len(waiting),
        "first": waiting[0] if waiting else None,
        "only": only,
        "asked": asked,
        "found": len(found),
        "to_confirm": sum(not row.is_public_confirmed for row, _text in shown),
        "is_out": notice_is_out(dialogue),
        "page": page,
        "pages": pages,
        "did": _did(request),
    }
    return render(request, "intake/public_wordings.html", facts)


def _confirm(rows: list[Opinion], read: list[str], actor: Actor) -> int:
    """How many of the wordings that were read could be confirmed; one that has changed meanwhile waits for another look."""
    waiting = {row.code: row for row in rows if not row.is_public_confirmed}
    confirmed = 0
    for code, _colon, of in (one.partition(":") for one in read[:PAGE]):
        if code in waiting:
            try:
                actions.confirm_proposed(waiting[code], of=small_number(of) or 0, actor=actor, now=clock.now())
            except Refused:
                continue
            confirmed += 1
    return confirmed


def _did(request: HttpRequest) -> str:
    if (confirmed := small_number(request.GET.get("xong", ""))) is not None:
        return _("Đã xác nhận %(count)s lời công khai.") % {"count": confirmed}
    return _("Đã xác nhận lời công khai.") if request.GET.get("da") == "opinion.prepare_public" else ""
