"""The page of one paper: what it says, how far it is, whose turn it is, and its files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.documents import actions, permissions
from doithoai.documents.models import Document
from doithoai.documents.states import DOCUMENT
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow, Verdict
from doithoai.rules.paper import Paper, Table
from doithoai.rules.paper.printed import Line, Printed, appendix_name, printed
from doithoai.rules.paper.wording import cleaned
from doithoai.web.acts import Act, Field, Look
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only, to_sign_in

# How a browser is told what it gets.
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

Do = Callable[[Document, Actor, datetime, str], object]
May = Callable[[Actor, Document], Verdict]


@dataclass(frozen=True, slots=True)
class _Door:
    """One act on a paper: who may, in which states it makes sense, and what it asks for."""

    verb: str
    label: str
    may: May
    do: Do
    states: frozenset[str]
    field: Field | None = None
    look: Look = ""


def _number_of(text: str) -> int:
    digits = text.strip().partition("/")[0]
    if not digits.isdecimal() or not 0 < int(digits) < 1_000_000:
        raise NotNow(_("Chưa cấp số được: ghi “%(found)s”. Cần một số nguyên, ví dụ 214.") % {"found": text})
    return int(digits)


def _doors() -> dict[str, _Door]:
    """Every act by its place in the address, in the order of a paper's life."""
    reason = Field("ly-do", _("Lý do trả lại"), _("Người soạn đọc câu này."), "text")
    number = Field("so", _("Số văn bản"), _("Số do hệ thống văn bản của cơ quan cấp, chỉ ghi phần số."), "number")
    review, returnable = frozenset({"in_review"}), frozenset({"in_review", "approved", "signed"})
    return {
        "trinh": _Door(
            "document.submit", _("Trình duyệt"), permissions.may_submit,
            lambda row, actor, now, _text: actions.submit(row, actor=actor, now=now), frozenset({"draft", "returned"}),
        ),
        "noi-dung": _Door(
            "document.tick_content", _("Xác nhận nội dung"), permissions.may_tick_content,
            lambda row, actor, now, _text: actions.tick_content(row, actor=actor, now=now), review,
        ),
        "the-thuc": _Door(
            "document.tick_form", _("Xác nhận thể thức"), permissions.may_tick_form,
            lambda row, actor, now, _text: actions.tick_form(row, actor=actor, now=now), review,
        ),
        "duyet": _Door(
            "document.approve", _("Duyệt"), permissions.may_approve,
            lambda row, actor, now, _text: actions.approve(row, actor=actor, now=now), review,
        ),
        "ky": _Door(
            "document.sign", _("Ghi nhận đã ký"), permissions.may_sign,
            lambda row, actor, now, _text: actions.sign(row, actor=actor, now=now), frozenset({"approved"}),
        ),
        "cap-so": _Door(
            "document.issue", _("Cấp số, ban hành"), permissions.may_number,
            lambda row, actor, now, text: actions.issue(row, number=_number_of(text), actor=actor, now=now),
            frozenset({"signed"}), number,
        ),
        "phat-hanh": _Door(
            "document.dispatch", _("Phát hành"), permissions.may_number,
            lambda row, actor, now, _text: actions.dispatch(row, actor=actor, now=now), frozenset({"numbered"}),
        ),
        "in": _Door(
            "document.print", _("Tạo bản in"), permissions.may_submit,
            lambda row, actor, now, _text: actions.print_out(row, actor=actor, now=now), frozenset({"draft"}),
        ),
        "tra-lai": _Door(
            "document.return", _("Trả lại để sửa"), permissions.may_approve,
            lambda row, actor, now, text: actions.give_back(row, reason=text, actor=actor, now=now),
            returnable, reason, "risk",
        ),
    }  # fmt: skip


def acts_on(document: Document, actor: Actor) -> list[Act]:
    """The buttons of a paper's page: what its state allows, grey with the reason where it is another's turn.

    The first that may be pressed is the filled one; acts that the state rules out are not shown.
    """
    made: list[Act] = []
    is_filled = False
    for slug, door in _doors().items():
        if not _makes_sense(document, slug, door):
            continue
        verdict = door.may(actor, document) and _possible(document, slug)
        if not verdict and door.look == "risk":
            continue  # who may not return a paper need not be told so
        look = door.look
        if verdict and not look and not is_filled:
            look, is_filled = "main", True
        url = reverse("paper-act", args=(document.code, slug))
        made.append(Act(slug, door.label, url, verdict, door.field, look))
    return made


def _makes_sense(document: Document, slug: str, door: _Door) -> bool:
    if document.state not in door.states:
        return False
    if not document.is_official:
        return slug == "in"
    ticked = {"noi-dung": document.content_ticked_by_id, "the-thuc": document.form_ticked_by_id}
    return slug != "in" and ticked.get(slug) is None


def _possible(document: Document, slug: str) -> Verdict:
    """What is missing before the act, in the words of the act itself."""
    if slug == "duyet" and document.content_ticked_by_id is None:
        head = {"office": document.drafting}
        return Verdict(_("Chưa duyệt được: người đứng đầu %(office)s chưa xác nhận nội dung.") % head)
    if slug == "duyet" and document.form_ticked_by_id is None:
        return Verdict(_("Chưa duyệt được: Văn phòng chưa xác nhận thể thức."))
    if slug == "phat-hanh" and document.sealed_at is None:
        return Verdict(_("Chưa phát hành được: đang tạo bản in. Số và ngày không đổi."))
    return Verdict()


def _visible(request: HttpRequest, code: str) -> Document:
    """A paper the actor may read; a wrong code, another agency's and a closed draft look the same (404)."""
    related = ("agency", "issuer", "drafting", "drafted_by", "content_ticked_by", "form_ticked_by", "signer")
    actor = actor_of(request)
    rows = Document.objects.filter(agency_id=agency_id_of(actor)).select_related(*related)
    document = get_object_or_404(rows, code=code)
    if not permissions.may_read(actor, document):
        raise Http404
    return document


@require_safe
@staff_only
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One paper: state, buttons, what it says, copies and files."""
    document = _visible(request, code)
    shown = cleaned(document.model)
    facts = {
        "here": "dialogues",
        "document": document,
        "acts": acts_on(document, actor_of(request)),
        "steps": _steps(document),
        "copies": document.copy_rows.order_by("ordinal").only("document_id", "ordinal", "recipient", "pdf", "docx"),
        "paper": shown,
        "parts": _parts(shown),
        "did": _DID().get(request.GET.get("da", ""), ""),
    }
    return render(request, "documents/paper.html", facts)


def _DID() -> dict[str, str]:  # noqa: N802  (a table that waits for the language of the request)
    return {
        "document.submit": _("Đã trình."),
        "document.tick_content": _("Đã xác nhận nội dung."),
        "document.tick_form": _("Đã xác nhận thể thức."),
        "document.approve": _("Đã duyệt."),
        "document.sign": _("Đã ghi nhận chữ ký."),
        "document.issue": _("Đã cấp số. Bản in đang được tạo, vài giây nữa tải lại trang."),
        "document.dispatch": _("Đã phát hành."),
        "document.return": _("Đã trả lại, kèm lý do."),
        "document.print": _("Bản in đang được tạo, vài giây nữa tải lại trang."),
    }


@dataclass(frozen=True, slots=True)
class Milestone:
    """One line of how far a paper is: what, whether it is done, and by whom or when."""

    word: str
    is_done: bool
    note: str


def _steps(document: Document) -> list[Milestone]:
    if not document.is_official:
        return []
    order = ("in_review", "approved", "signed", "numbered", "dispatched")
    state = "in_review" if document.state == "returned" else document.state
    reached = order.index(state) if state in order else (-1 if state == "draft" else len(order))
    return [
        Milestone(_("Nội dung"), document.content_ticked_by_id is not None, _name(document.content_ticked_by)),
        Milestone(_("Thể thức"), document.form_ticked_by_id is not None, _name(document.form_ticked_by)),
        Milestone(DOCUMENT.words["approved"], reached >= 1, ""),
        Milestone(DOCUMENT.words["signed"], reached >= 2, _name(document.signer)),
        Milestone(DOCUMENT.words["numbered"], reached >= 3, document.number_text),
        Milestone(DOCUMENT.words["dispatched"], reached >= 4, ""),
    ]


def _name(staff: Any) -> str:
    return staff.name if staff else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paper's text for reading on a page: one line of a style, or a table."""

    line: Line | None = None
    table: Table | None = None
    title: str = ""


def _parts(shown: Paper) -> list[Part]:
    parts = [*_readable(printed(shown.blocks))]
    for at, appendix in enumerate(shown.appendices, start=1):
        parts.append(Part(title=f"{appendix_name(at, len(shown.appendices))}. {appendix.title}"))
        parts.extend(_readable(printed(appendix.blocks)))
    return parts


def _readable(rows: Iterator[Printed]) -> Iterator[Part]:
    for row in rows:
        if isinstance(row, Line):
            yield Part(line=row)
        elif isinstance(row, Table):
            yield Part(table=row)


@require_POST
@staff_only
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on a paper and go back to its page; a refusal says why and changes nothing."""
    document = _visible(request, code)
    door = _doors().get(slug)
    if door is None:
        raise Http404
    text = request.POST.get(door.field.name, "") if door.field else ""
    door.do(document, actor_of(request), clock.now(), text)
    return done(reverse("paper", args=(document.code,)), door.verb)


@require_safe
def file(request: HttpRequest, code: str, kind: str, ordinal: int = 0) -> HttpResponse:
    """A paper's file, or that of one of its copies, as an attachment.

    Anyone may take the main file of a paper that has been made public; the rest is for staff of its agency.
    """
    if kind not in KINDS:
        raise Http404
    document = Document.objects.filter(code=code).select_related("agency", "issuer").first()
    actor = actor_of(request)
    is_open = document is not None and document.published_at is not None and not ordinal
    if not is_open and not actor.is_staff:
        return to_sign_in(request)
    if (
        document is None
        or (ordinal and actor.agency_id != document.agency_id)
        or not permissions.may_read(actor, document)
    ):
        raise Http404
    holder: Any = get_object_or_404(document.copy_rows, ordinal=ordinal) if ordinal else document
    return _attachment(document, getattr(holder, kind), kind, ordinal, is_open=is_open)


def _attachment(document: Document, sha256: str, kind: str, ordinal: int, *, is_open: bool) -> HttpResponse:
    if not sha256:
        raise NotNow(_("Chưa tải được: bản in chưa tạo xong. Xin thử lại sau một phút."))
    try:
        data = plugs.files().get(sha256)
    except KeyError as missing:
        raise NotNow(_("Chưa tải được: không thấy tệp trong kho. Xin báo kỹ thuật.")) from missing
    number = document.number_text.replace("/", "-") if document.number_text.isascii() else ""
    name = "-".join(filter(None, (number or document.code, f"ban-{ordinal}" if ordinal else "")))
    response = HttpResponse(data, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response.headers["Cache-Control"] = "public, max-age=300" if is_open else "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
