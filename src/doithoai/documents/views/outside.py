"""A paper's file comes back: uploaded, read, and shown beside the paper that is kept, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.documents import actions, permissions
from doithoai.documents.imports import LARGEST, read_back
from doithoai.documents.models import Brought, Document
from doithoai.documents.queries import brought_of, headers_of
from doithoai.documents.views.paper import visible
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow, NotYours, Verdict
from doithoai.kernel.words import later
from doithoai.rules.paper.differences import Comparison, Passage, Piece, from_json
from doithoai.web.acts import Act
from doithoai.web.doors import actor_of, done, staff_only

LONG = 40
"""So many words in a row that are the same are shown by their first and last ones alone."""
ENDS = 12
FACTS = {"date": later("Ngày"), "hour": later("Giờ"), "code": later("Số, ký hiệu"), "number": later("Con số")}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def came_back(request: HttpRequest, code: str) -> HttpResponse:
    """The files of a paper that came back, and the door for another one. A bad file is said why, nothing is kept."""
    document, actor = visible(request, code), actor_of(request)
    if request.method != "POST":
        return _list(request, document, actor)
    verdict = permissions.may_bring_back(actor, document)
    if not verdict:
        raise NotYours(verdict.reason)
    try:
        row = _take(request, document, actor)
    except NotNow as refusal:
        return _list(request, document, actor, problem=refusal.reason, status=422)
    return redirect(reverse("brought", args=(document.code, row.ordinal)))


def _take(request: HttpRequest, document: Document, actor: Actor) -> Brought:
    file = request.FILES.get("tep")
    if file is None:
        raise NotNow(_("Chưa nhận tệp: chưa chọn tệp nào."))
    data = file.read(LARGEST + 1)
    back = read_back(data, headers=headers_of(document))
    return actions.bring_back(
        document,
        back,
        name=file.name or "",
        sha256=plugs.files().put(data),
        size=len(data),
        actor=actor,
        now=clock.now(),
    )


def _list(
    request: HttpRequest, document: Document, actor: Actor, *, problem: str = "", status: int = 200
) -> HttpResponse:
    facts = {
        "here": "dialogues",
        "document": document,
        "rows": brought_of(document),
        "problem": problem,
        "may": permissions.may_bring_back(actor, document),
    }
    return render(request, "documents/came_back.html", facts, status=status)


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as a page shows it: which paragraph, and its pieces with long sameness cut short."""

    name: str
    pieces: tuple[Piece, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def one_that_came(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """One file that came back with everything that differs; from here it becomes the issued file, or is put away."""
    document, actor = visible(request, code), actor_of(request)
    row = get_object_or_404(document.brought.select_related("brought_by", "settled_by", "document"), ordinal=ordinal)
    here = reverse("brought", args=(document.code, row.ordinal))
    if request.method == "POST":
        return done(here, _settle(row, request.POST.get("viec", ""), actor))
    made = from_json(row.changes)
    facts = {
        "here": "dialogues",
        "document": document,
        "row": row,
        "made": made,
        "passages": list(_shown(made)),
        "facts": [(FACTS[fact.kind], fact) for fact in made.facts],
        "is_older": row.revision != document.revision,
        "act": _taking(row, actor, here),
        "may_drop": row.state == "waiting" and bool(permissions.may_take_file(actor, row)),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "documents/brought.html", facts)


def _settle(row: Brought, what: str, actor: Actor) -> str:
    """Take the file or put it away, as it was asked for; NotNow, the file kept, where neither was. The verb that was done."""
    if what == "nhan":
        actions.take_file(row, actor=actor, now=clock.now())
        return "document.take_file"
    if what == "bo":
        actions.drop_file(row, actor=actor, now=clock.now())
        return "document.drop_file"
    raise NotNow(_("Chưa làm gì: chưa rõ nhận hay không dùng tệp này. Tệp còn nguyên; xin bấm lại một trong hai nút."))


def _taking(row: Brought, actor: Actor, url: str) -> Act | None:
    if row.state != "waiting":
        return None
    verdict = permissions.may_take_file(actor, row) and _possible(row.document)
    return Act("nhan", _("Nhận làm bản ban hành"), url, verdict, look="main")


def _possible(document: Document) -> Verdict:
    if document.number is None or document.sealed_at is None:
        return Verdict(_("Chưa nhận làm bản ban hành được: văn bản chưa có số hoặc đang tạo bản in."))
    return Verdict()


def _did(verb: str) -> str:
    words = {
        "document.take_file": _("Đã nhận làm bản ban hành; mã tệp đã ghi nhật ký."),
        "document.drop_file": _("Đã bỏ tệp này; chỗ khác nhau vẫn lưu."),
    }
    return words.get(verb, "")


def _shown(made: Comparison) -> Iterator[Shown]:
    for passage in made.passages:
        name = _("Đoạn %(at)s") % {"at": passage.at} if passage.at else _("Đoạn thêm mới")
        yield Shown(name, tuple(_cut(passage)))


def _cut(passage: Passage) -> Iterator[Piece]:
    for piece in passage.pieces:
        words = piece.words.split()
        if piece.standing != "same" or len(words) <= LONG:
            yield piece
        else:
            yield Piece(f"{' '.join(words[:ENDS])} […] {' '.join(words[-ENDS:])}", "same")
