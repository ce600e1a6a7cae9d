"""The page of one paper: what it says, how far it is, whose turn it is, and its files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.documents import actions, permissions
from doithoai.documents.models import Copy, Document
from doithoai.documents.queries import brought_of, next_number
from doithoai.documents.states import DOCUMENT
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Verdict
from doithoai.rules.paper import Paper, Row, Table
from doithoai.rules.paper.printed import Line, Printed, appendix_name, printed
from doithoai.rules.paper.wording import cleaned
from doithoai.web.acts import Act, Field, Look
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.numbers import small_number
from doithoai.web.tongue import state_word

RECALL = "thu-hoi"
"""Asks for two things, so it has a form of its own on the page."""
Post = Mapping[str, str]
Do = Callable[[Document, Actor, datetime, Post], object]
May = Callable[[Actor, Document], Verdict]


@dataclass(frozen=True, slots=True)
class _Door:
    """One act on a paper: who may, in which states it makes sense, and what it asks for."""

    verb: str
    label: str
    may: May
    do: Do
    states: frozenset[str]
    field: Field | Callable[[Document], Field] | None = None
    look: Look = ""

    def asks(self, document: Document) -> Field | None:
        """What this act asks for on the page of this paper."""
        return self.field(document) if callable(self.field) else self.field


def _number_of(text: str) -> int:
    number = small_number(text.partition("/")[0], most=999_999)
    if not number:
        raise NotNow(_("Chưa cấp số được: ghi “%(found)s”. Cần một số nguyên, ví dụ 214.") % {"found": text[:60]})
    return number


def _number_asked(document: Document) -> Field:
    """The number is typed in; an office without a document system of its own reads the next one here."""
    following = next_number(document, clock.day_of(clock.now(), document.agency.zone))
    hint = _(
        "Số do hệ thống văn bản của cơ quan cấp, chỉ ghi phần số. "
        "Cơ quan không có hệ thống: số tiếp theo trong sổ ở đây là %(number)s."
    )
    return Field("so", _("Số văn bản"), hint % {"number": f"{following:02d}/{document.symbol}"}, "number")


def _doors() -> dict[str, _Door]:
    """Every act by its place in the address, in the order of a paper's life."""
    reason = Field("ly-do", _("Lý do trả lại"), _("Người soạn đọc câu này."), "text")
    review, returnable = frozenset({"in_review"}), frozenset({"in_review", "approved", "signed"})
    return {
        "trinh": _Door(
            "document.submit", _("Trình duyệt"), permissions.may_submit,
            lambda row, actor, now, _post: actions.submit(row, actor=actor, now=now), frozenset({"draft", "returned"}),
        ),
        "noi-dung": _Door(
            "document.tick_content", _("Xác nhận nội dung"), permissions.may_tick_content,
            lambda row, actor, now, _post: actions.tick_content(row, actor=actor, now=now), review,
        ),
        "the-thuc": _Door(
            "document.tick_form", _("Xác nhận thể thức"), permissions.may_tick_form,
            lambda row, actor, now, _post: actions.tick_form(row, actor=actor, now=now), review,
        ),
        "duyet": _Door(
            "document.approve", _("Duyệt"), permissions.may_approve,
            lambda row, actor, now, _post: actions.approve(row, actor=actor, now=now), review,
        ),
        "ky": _Door(
            "document.sign", _("Ghi nhận đã ký"), permissions.may_sign,
            lambda row, actor, now, _post: actions.sign(row, actor=actor, now=now), frozenset({"approved"}),
        ),
        "cap-so": _Door(
            "document.issue", _("Cấp số, ban hành"), permissions.may_number,
            lambda row, actor, now, post: actions.issue(row, number=_number_of(post.get("so", "")), actor=actor, now=now),
            frozenset({"signed"}), _number_asked,
        ),
        "phat-hanh": _Door(
            "document.dispatch", _("Phát hành"), permissions.may_number,
            lambda row, actor, now, _post: actions.dispatch(row, actor=actor, now=now), frozenset({"numbered"}),
        ),
        "in": _Door(
            "document.print", _("Tạo bản in"), permissions.may_submit,
            lambda row, actor, now, _post: actions.print_out(row, actor=actor, now=now), frozenset({"draft"}),
        ),
        "tra-lai": _Door(
            "document.return", _("Trả lại để sửa"), permissions.may_approve,
            lambda row, actor, now, post: actions.give_back(row, reason=post.get("ly-do", ""), actor=actor, now=now),
            returnable, reason, "risk",
        ),
        "thu-hoi": _Door(
            "document.recall", _("Thu hồi văn bản"), permissions.may_recall,
            lambda row, actor, now, post: actions.recall(
                row, reason=post.get("ly-do", ""), by=post.get("so", ""), actor=actor, now=now
            ),
            frozenset({"dispatched"}), None, "risk",
        ),
    }  # fmt: skip


def acts_on(document: Document, actor: Actor) -> list[Act]:
    """The buttons of a paper's page: what its state allows, grey with the reason where it is another's turn.

    The first that may be pressed is the filled one; acts that the state rules out are not shown.
    """
    made: list[Act] = []
    is_filled = False
    for slug, door in _doors().items():
        if slug == RECALL or not _makes_sense(document, slug, door):
            continue
        verdict = door.may(actor, document) and _possible(document, slug)
        if not verdict and door.look == "risk":
            continue  # who may not return a paper need not be told so
        look = door.look
        if verdict and not look and not is_filled:
            look, is_filled = "main", True
        url = reverse("paper-act", args=(document.code, slug))
        made.append(Act(slug, door.label, url, verdict, door.asks(document), look))
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


def visible(request: HttpRequest, code: str) -> Document:
    """A paper the actor may read; a wrong code, another agency's and a closed draft look the same (404)."""
    related = ("agency", "issuer", "drafting", "drafted_by", "content_ticked_by", "form_ticked_by", "signer")
    actor = actor_of(request)
    rows = Document.objects.filter(agency_id=agency_id_of(actor)).select_related(*related)
    document = get_object_or_404(rows, code=code)
    if not permissions.may_read(actor, document):
        raise Http404
    return document


CanPublish = Callable[[Document, Actor], Verdict | None]


@require_safe
@staff_only
def paper(request: HttpRequest, code: str, *, can_publish: CanPublish) -> HttpResponse:
    """One paper: state, buttons, what it says, copies and files; `can_publish` says whether it may be made public."""
    document, actor = visible(request, code), actor_of(request)
    shown = cleaned(document.model)
    facts = {
        "here": "dialogues",
        "document": document,
        "acts": acts_on(document, actor),
        "steps": _steps(document),
        "copies": _copies(document) if permissions.may_read_copies(actor, document) else [],
        "paper": shown,
        "parts": _parts(shown),
        "brought": brought_of(document),
        "may_bring": document.is_official and bool(permissions.may_bring_back(actor, document)),
        "publish": can_publish(document, actor),
        "may_recall": document.state == "dispatched" and bool(permissions.may_recall(actor, document)),
        "did": _DID().get(request.GET.get("da", ""), ""),
    }
    return render(request, "documents/paper.html", facts)


def _copies(document: Document) -> list[Copy]:
    return list(document.copy_rows.order_by("ordinal").only("document_id", "ordinal", "recipient", "pdf", "docx"))


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
        "document.recall": _("Đã thu hồi. Văn bản vẫn lưu; trang công khai ghi là đã thu hồi."),
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
        Milestone(state_word(DOCUMENT, "approved"), reached >= 1, ""),
        Milestone(state_word(DOCUMENT, "signed"), reached >= 2, _name(document.signer)),
        Milestone(state_word(DOCUMENT, "numbered"), reached >= 3, document.number_text),
        Milestone(state_word(DOCUMENT, "dispatched"), reached >= 4, ""),
    ]


def _name(staff: Any) -> str:
    return staff.name if staff else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with the title of its column, which a phone shows beside it; `span` covers the width."""

    title: str
    text: str
    is_bold: bool
    span: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paper's text for reading on a page: one line of a style, or a table."""

    line: Line | None = None
    table: Table | None = None
    title: str = ""

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows of the table; a group's name is one cell over the whole width."""
        assert self.table is not None  # asked of tables only
        return [_cells(self.table, row) for row in self.table.rows]


def _cells(table: Table, row: Row) -> list[Cell]:
    if len(row.cells) == 1 < len(table.columns):
        return [Cell("", row.cells[0], row.bold, len(table.columns))]
    return [
        Cell(" ".join(column.title.split()), text, row.bold)
        for column, text in zip(table.columns, row.cells, strict=True)
    ]


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
    document = visible(request, code)
    door = _doors().get(slug)
    if door is None:
        raise Http404
    door.do(document, actor_of(request), clock.now(), request.POST.dict())
    return done(reverse("paper", args=(document.code,)), door.verb)
