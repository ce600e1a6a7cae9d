"""The door for anyone: what was planned, said, answered and promised, and how to check it. Looking changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, update_wrapper
from hashlib import sha256
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.directory.queries import is_rehearsal
from doithoai.kernel import clock
from doithoai.planning.views.materials import material_file
from doithoai.portal import queries
from doithoai.portal.queries import Asked, Counts, Found, PublicOpinion, PublicRecord
from doithoai.rules.csv_table import csv_table
from doithoai.rules.vietnamese import short_date
from doithoai.web.context import Frame, framed, set_frame
from doithoai.web.doors import actor_of
from doithoai.web.marks import shape
from doithoai.web.seeking import asked_for

FRESH = "max-age=60"  # a copy may be shown a minute without asking again
ASKED = "no-cache"  # never: what is hidden of somebody's words is hidden at once, everywhere
KEPT = 600  # seconds that a page is kept here: it is what it is until the journal grows or the day changes
SHORT = 180  # letters of an opinion that can be its own title, and of an answer that needs no folding
GIST = 110  # letters of a folded answer that say what it is about


def open_to_all(view: Callable[..., HttpResponse], fresh: str = FRESH) -> Callable[..., HttpResponseBase]:
    """Let anyone look; caches may keep what they got as long as it is `fresh` and then ask whether it changed. Staff see
    it fresh."""

    def door(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if actor_of(request).is_staff:
            response.headers["Cache-Control"] = "private, no-store"
            return response
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        response.headers["Cache-Control"] = f"public, {fresh}"
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    update_wrapper(door, view)
    return require_safe(door)


def as_it_stands(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The same for a page of what people said: caches ask every time."""
    return open_to_all(view, ASKED)


@open_to_all
def index(request: HttpRequest) -> HttpResponse:
    """Every dialogue whose plan is issued, agency by agency."""
    shown = queries.listing(actor_of(request))
    set_frame(request, Frame(shown.only_agency, shown.is_rehearsal))
    found = queries.sought_in(shown, asked_for(request))
    return render(request, "portal/index.html", {"here": "public", "listing": found, "count": shown.dialogues})


@as_it_stands
def dialogue(request: HttpRequest, code: str) -> HttpResponse:
    """One dialogue: state, figures, every opinion with its answer, papers, deadlines, and how to check it all."""
    asked = Asked.of({name: str(value) for name, value in request.GET.items()})
    if asked.narrows or actor_of(request).is_staff:
        return HttpResponse(_page(request, code, asked))
    position = queries.position_of(code)
    if position is None:
        raise Http404
    key = f"portal:{code}:{asked.page}:{position}:{clock.now():%Y-%m-%d}:{get_language()}"
    page = cache.get(key)
    if page is None:
        page = _page(request, code, asked)
        cache.set(key, page, KEPT)
    return HttpResponse(page)


def _page(request: HttpRequest, code: str, asked: Asked) -> str:
    record = _record(request, code, asked)
    facts = {
        "here": "public",
        "record": record,
        "dialogue": record.dialogue,
        "counts": record.counts,
        "sum": _sum(record.counts),
        "asked": asked,
        "figures": queries.figures_of(record.counts),
        "standings": [(slug, word_of(slug)) for slug in queries.STANDINGS if record.counts.standings.get(slug)],
        "articles": _articles(record, asked),
        "legend": _legend(record),
        "query": _query(asked),
    }
    return render_to_string("portal/dialogue.html", facts, request)


def _record(request: HttpRequest, code: str, asked: Asked) -> PublicRecord:
    record = queries.record_of(actor_of(request), code, asked, clock.now())
    if record is None:
        raise Http404
    framed(request, record.dialogue.agency, record.dialogue)
    return record


def _query(asked: Asked) -> str:
    """What was asked, without the page: pages of the same search lead on from it."""
    given = {"tim": asked.words, "linh-vuc": asked.sector, "tinh-trang": asked.standing}
    return urlencode({name: value for name, value in given.items() if value})


def _legend(record: PublicRecord) -> list[tuple[str, str]]:
    used = {cut for part in record.parts for cut, number in part.cuts.items() if number}
    return [(cut, name) for cut, name in queries.cut_names().items() if cut in used]


def _sum(counts: Counts) -> str:
    """The sum of what became of everything that was received; parts of which there are none are left out."""
    standings = counts.standings
    parts = (
        (counts.answered, _("đã trả lời")),
        (standings.get("in_hand", 0), _("đang giải quyết")),
        (standings.get("transferred", 0), _("đã chuyển cơ quan có thẩm quyền")),
        (counts.guided, _("đã hướng dẫn theo pháp luật về khiếu nại, tố cáo")),
        (standings.get("not_taken", 0), _("không tiếp nhận, có nêu lý do")),
    )
    told = " + ".join(f"{number} {words}" for number, words in parts if number)
    return _("%(all)s ý kiến đã nhận = %(parts)s.") % {"all": counts.opinions, "parts": told}


def word_of(standing: str) -> str:
    """How a line stands, in one or two words."""
    words = {
        "answered": _("Đã trả lời"),
        "in_hand": _("Đang giải quyết"),
        "transferred": _("Đã chuyển nơi khác"),
        "guided": _("Đã hướng dẫn"),
        "not_taken": _("Không tiếp nhận"),
    }
    return words[standing]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What an opinion's article takes from around it."""

    notice: str
    names_sector: bool
    searched: str
    language: str


def _articles(record: PublicRecord, asked: Asked) -> list[str]:
    notice = record.notice[0] if record.notice else ""
    beside = _Beside(notice, len(record.parts) > 1, asked.words, get_language() or "")
    make = _article if asked.words else _kept_article
    return [make(row, beside) for row in record.opinions.shown]


def _article(row: PublicOpinion, beside: _Beside) -> str:
    return render_to_string("portal/parts/article.html", {"op": article(row, beside), "searched": beside.searched})


# An article is what it is until its line changes, so a page made anew has to make only what is new on it.
_kept_article = lru_cache(maxsize=5_000)(_article)


def article(row: PublicOpinion, beside: _Beside) -> dict[str, object]:
    """One opinion with its answer as the page shows it: a short one is its own title, a long one stands below it."""
    is_owed_late = row.standing == "in_hand" and row.is_late
    is_short = len(row.words) <= SHORT
    return {
        "number": row.number,
        "look": "late" if is_owed_late else shape("noticeline", row.standing),
        "word": _("Quá hạn trả lời") if is_owed_late else word_of(row.standing),
        "sector": row.sector if beside.names_sector else "",
        "ordinal": _("Ý kiến số %(number)s") % {"number": row.number},
        "title": row.words if is_short else row.about,
        "words": "" if is_short else row.words,
        "is_plain": not beside.searched and "[" not in row.words + row.answer,
        "who": _who(row),
        "answer": row.answer.split("\n"),
        "gist": gist(row.answer) if len(row.answer) > SHORT or row.promises else "",
        "cuts": [_cut(on, why) for on, why in row.shortened],
        "note": _note(row, beside.notice),
        "promises": row.promises,
    }


def gist(answer: str) -> str:
    """How an answer begins, whole words and whole labels of what is masked."""
    first, _break, rest = answer.partition("\n")
    if len(first) <= GIST:
        return f"{first} …" if rest else first
    cut = first[:GIST].rpartition(" ")[0]
    if cut.rfind("[") > cut.rfind("]"):
        cut = cut[: cut.rfind("[")].rstrip()
    return f"{cut} …"


def _cut(on: date, why: str) -> str:
    words = {"on": short_date(on), "why": why.strip().rstrip(".")}
    return _("Che thêm ngày %(on)s, lý do: %(why)s. Văn bản đã công khai giữ nguyên.") % words


def _who(row: PublicOpinion) -> str:
    """Who answers, and what they do."""
    names = {"office": row.holder, "day": short_date(row.due_on) if row.due_on else ""}
    words = {
        "answered": _("%(office)s trả lời") % names,
        "in_hand": _("%(office)s đang giải quyết, hạn %(day)s") % names,
        "transferred": _("Chuyển cơ quan có thẩm quyền"),
        "guided": _("Hướng dẫn nơi gửi đơn"),
        "not_taken": _("Không tiếp nhận, có lý do"),
    }
    return words[row.standing]


def _note(row: PublicOpinion, notice: str) -> str:
    """Where the answer stands and whether it came in time."""
    if row.has_result:
        return _("Cơ quan nhận đã thông báo kết quả.")
    if row.issued_on is None or not row.paper:
        return ""
    late = _("quá hạn") if row.is_late else _("đúng hạn")
    names = {"paper": row.paper, "on": short_date(row.issued_on), "late": late, "item": row.number}
    if row.moved_on:
        return _("Đã trả lời sau Thông báo: văn bản số %(paper)s, %(on)s, %(late)s.") % names
    if row.paper == notice:
        return _("Mục %(item)s Thông báo số %(paper)s, %(on)s, %(late)s.") % names
    return _("Văn bản số %(paper)s, %(on)s, %(late)s.") % names


@open_to_all
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of a dialogue as a table for a spreadsheet (CSV, UTF-8 with its mark)."""
    record = _record(request, code, Asked())
    rows: list[tuple[str | int, ...]] = [queries.FIGURES_HEADER, *queries.figures_table(record.counts, record.parts)]
    return _file(csv_table(rows), f"{code}-so-lieu.csv", "text/csv; charset=utf-8")


@open_to_all
def materials(request: HttpRequest, code: str) -> HttpResponse:
    """What the people may read before they come."""
    shown = queries.materials_of(actor_of(request), code)
    if shown is None:
        raise Http404
    framed(request, shown.dialogue.agency, shown.dialogue)
    facts = {"here": "public", "dialogue": shown.dialogue, "materials": shown.rows}
    return render(request, "portal/materials.html", facts)


@open_to_all
def material(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """One of them, as a file."""
    row = queries.material(code, ordinal)
    if row is None:
        raise Http404
    return material_file(row)


@open_to_all
def draws(request: HttpRequest, code: str) -> HttpResponse:
    """How people were drawn, sitting by sitting, and how anybody runs it again."""
    shown = queries.draws_of(actor_of(request), code)
    if shown is None:
        raise Http404
    framed(request, shown.dialogue.agency, shown.dialogue)
    facts = {"here": "public", "dialogue": shown.dialogue, "draws": shown.draws}
    return render(request, "portal/draws.html", facts)


@open_to_all
def draw(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The whole draw of one sitting as a file, from which anybody runs it again."""
    document = queries.published_draw(code, ordinal)
    if document is None:
        raise Http404
    return _file(document, queries.file_name(code, ordinal), "application/json")


@open_to_all
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks a draw with Python alone."""
    source = (resources.files("doithoai.rules") / queries.VERIFIER).read_bytes()
    return _file(source, queries.VERIFIER, "text/x-python; charset=utf-8")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@open_to_all
def check(request: HttpRequest) -> HttpResponse:
    """Which entry of the record a code belongs to that is printed on a paper."""
    signs = queries.signs_of(request.GET.get("ma", "")[:200])
    found = queries.find_head(signs) if signs else None
    agency = found.dialogue.agency if found and found.dialogue else None
    if agency is not None:
        set_frame(request, Frame(agency, is_rehearsal()))
    facts = {"here": "check", "typed": signs, "found": found, "problem": _problem(signs, found)}
    return render(request, "portal/check.html", facts, status=404 if signs and found is None else 200)


def _problem(signs: str, found: Found | None) -> str:
    """Why nothing was found, and what is safe: too few signs, wrong ones, or a code that no record ever had."""
    if not signs or found is not None:
        return ""
    if wrong := next((sign for sign in signs if sign not in "0123456789abcdef"), ""):
        return _("Mã chỉ gồm chữ số 0–9 và chữ a–f; có dấu “%(sign)s”. Xin xem lại từng nhóm 8 ký tự.") % {
            "sign": wrong
        }
    if len(signs) < queries.FEWEST_SIGNS:
        words = {"count": len(signs), "least": queries.FEWEST_SIGNS}
        return _("Mới có %(count)s ký tự, cần ít nhất %(least)s ký tự đầu của mã.") % words
    return _(
        "Chưa bản ghi nào có mã này. Xin so lại từng nhóm 8 ký tự với bản giấy; nếu vẫn không có, xin gọi cơ quan "
        "ghi trên giấy và giữ nguyên bản giấy."
    )


routes = [
    path("cong-khai/", index, name="public-index"),
    path("cong-khai/kiem-tra-boc-tham.py", verifier, name="public-verifier"),
    path("cong-khai/<slug:code>/", dialogue, name="public-dialogue"),
    path("cong-khai/<slug:code>/so-lieu.csv", figures, name="public-figures"),
    path("cong-khai/<slug:code>/tai-lieu/", materials, name="public-materials"),
    path("cong-khai/<slug:code>/tai-lieu/<int:ordinal>/", material, name="public-material"),
    path("cong-khai/<slug:code>/boc-tham/", draws, name="public-draws"),
    path("cong-khai/<slug:code>/boc-tham/<int:ordinal>.json", draw, name="public-draw"),
    path("kiem-tra/", check, name="public-check"),
]
"""The pages of this room, for the table of what is reachable."""
