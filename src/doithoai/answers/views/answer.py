"""The page on which an office writes an answer, sends it up, and the leader returns, approves or extends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.answers import actions, permissions
from doithoai.answers.actions.writing import WRITABLE
from doithoai.answers.forms import AnswerForm, ExtensionForm
from doithoai.answers.models import Answer, AnswerRevision
from doithoai.answers.queries import LACKING, lacking, visible_to
from doithoai.directory.models import Office
from doithoai.directory.queries import calendar_of
from doithoai.intake.models import Opinion
from doithoai.intake.queries import merged_into
from doithoai.intake.views.boxes import Ask, Box, Option
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Overtaken, Role, Verdict
from doithoai.people.models import Staff
from doithoai.web.acts import Look
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.duelines import plain_due

Post = Mapping[str, str]
Do = Callable[[Answer, Post, Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class _Door:
    verb: str
    label: str
    states: frozenset[str]
    may: Callable[[Actor, Answer], Verdict]
    do: Do
    look: Look = ""


def _doors() -> dict[str, _Door]:
    """Every act by its place in the address, in the order of an answer's life."""
    written, running = frozenset({"drafted", "returned"}), frozenset({*WRITABLE, "in_review", "approved"})
    return {
        "trinh": _Door(
            "answer.submit", _("Trình duyệt"), written, permissions.may_write,
            lambda row, post, who, now: actions.submit_answer(
                row, despite=post.get("van-trinh", ""), actor=who, now=now
            ),
            "main",
        ),
        "duyet": _Door(
            "answer.approve", _("Duyệt"), frozenset({"in_review"}), permissions.may_approve,
            lambda row, _post, who, now: actions.approve_answer(row, actor=who, now=now), "main",
        ),
        "tra-lai": _Door(
            "answer.return", _("Trả lại để sửa"), frozenset({"in_review", "approved"}), permissions.may_approve,
            lambda row, post, who, now: actions.return_answer(row, reason=post.get("ly-do", ""), actor=who, now=now),
            "risk",
        ),
        "hinh-thuc": _Door(
            "answer.choose_form", _("Đổi hình thức trả lời"), running, permissions.may_write, _choose_form
        ),
        "van-ban": _Door(
            "answer.letter", _("Soạn văn bản trả lời riêng"), frozenset({"approved"}), permissions.may_write, _letter
        ),
        "gia-han": _Door("answer.extend", _("Gia hạn"), running, permissions.may_extend, _extend),
    }  # fmt: skip


def _choose_form(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    if post.get("hinh-thuc") not in Answer.Form.values:
        raise NotNow(_("Chưa đổi được: cần chọn mục trong thông báo hoặc văn bản riêng."))
    actions.choose_form(answer, post["hinh-thuc"], actor=actor, now=now)


def _letter(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    signer = next((row for row in signers_of(answer.lead) if row.code == post.get("nguoi-ky")), None)
    if signer is None:
        raise NotNow(_("Chưa soạn được văn bản: cần chọn người ký trong danh sách."))
    actions.draft_letter(answer, signer=signer, actor=actor, now=now)


def _extend(answer: Answer, post: Post, actor: Actor, now: datetime) -> None:
    form = ExtensionForm(dict(post))
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise NotNow(_("Chưa gia hạn được: %(what)s") % {"what": first})
    actions.extend(answer, **form.cleaned_data, actor=actor, now=now)


def signers_of(office: Office) -> list[Staff]:
    """Who may sign what an office issues: its head where it has a seal, otherwise the leaders of the agency."""
    held = (
        {"holdings__role": Role.HEAD, "holdings__office": office}
        if office.has_seal
        else {"holdings__role": Role.LEADER}
    )
    rows = Staff.objects.filter(agency_id=office.agency_id, is_active=True, holdings__until=None, **held)
    return list(rows.distinct().order_by("code"))


def signer_options(office: Office) -> tuple[Option, ...]:
    """The same, to choose from."""
    return tuple(Option(row.code, f"{row.name}, {row.title}") for row in signers_of(office))


def _boxes(answer: Answer, actor: Actor) -> list[Box]:
    made: list[Box] = []
    for slug, door in _doors().items():
        if answer.state not in door.states or not _makes_sense(answer, slug):
            continue
        verdict = door.may(actor, answer)
        if not verdict and door.look != "main":
            continue  # whose turn it is, is said once
        asks = _asks(answer, slug) if verdict else ()
        url = reverse("answer-act", args=(answer.opinion.code, slug))
        made.append(Box(slug, door.label, url, verdict, asks, door.look))
    return made


def _makes_sense(answer: Answer, slug: str) -> bool:
    if slug == "gia-han":
        return answer.due_on is not None
    return slug != "van-ban" or answer.form == Answer.Form.LETTER or answer.document is None


def _asks(answer: Answer, slug: str) -> tuple[Ask, ...]:
    if slug == "trinh" and (missing := lacking(answer)):
        words = "; ".join(str(LACKING[name]) for name in missing)
        hint = _("Còn thiếu: %(what)s. Bổ sung rồi trình, hoặc nêu lý do vẫn trình.") % {"what": words}
        return (Ask("van-trinh", _("Lý do vẫn trình"), hint, "text"),)
    if slug == "tra-lai":
        return (Ask("ly-do", _("Lý do trả lại"), _("Người soạn đọc câu này."), "text"),)
    if slug == "hinh-thuc":
        options = tuple(Option(value, label) for value, label in Answer.Form.choices)
        return (Ask("hinh-thuc", _("Hình thức"), "", "radio", answer.form, options),)
    if slug == "van-ban":
        return (Ask("nguoi-ky", _("Người ký"), "", "select", "", signer_options(answer.lead)),)
    if slug == "gia-han":
        return (Ask("to_on", _("Hạn mới"), "", "date"), Ask("reason", _("Lý do"), _("Lãnh đạo ký gia hạn."), "text"))
    return ()


def answer_seen_by(actor: Actor, code: str) -> Answer:
    """The answer to an opinion that the actor may read; anything else is not found (404)."""
    rows = Opinion.objects.filter(dialogue__agency_id=agency_id_of(actor)).select_related("dialogue__agency")
    found = get_object_or_404(rows, code=code)
    seen = visible_to(actor, found.dialogue).select_related("opinion__dialogue__secretariat", "opinion__sitting__lead")
    return get_object_or_404(seen, opinion=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Read an answer, or save what was written. A text that came second is kept and shown beside the one that stands."""
    actor = actor_of(request)
    row = answer_seen_by(actor, code)
    if request.method != "POST":
        return _page(request, row, actor, AnswerForm(initial=_as_it_stands(row)))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, actor, form, status=422)
    try:
        actions.draft(row, **form.cleaned_data, actor=actor, now=clock.now())
    except Overtaken:
        return _conflict(request, code, actor, request.POST.dict())
    return done(reverse("answer", args=(code,)), "answer.draft")


def _conflict(request: HttpRequest, code: str, actor: Actor, typed: dict[str, str]) -> HttpResponse:
    """Both texts side by side; saving again from here writes on top of the newer one, which is kept as well."""
    row = answer_seen_by(actor, code)
    form = AnswerForm({**typed, "revision": row.revision})
    return _page(request, row, actor, form, status=409, other=str(row.text or ""))


def _as_it_stands(row: Answer) -> dict[str, object]:
    return {
        "text": str(row.text or ""),
        "basis": row.basis,
        "next_step": row.next_step,
        "uptake": row.uptake,
        "uptake_reason": row.uptake_reason,
        "revision": row.revision,
    }


def _page(
    request: HttpRequest, row: Answer, actor: Actor, form: AnswerForm, *, status: int = 200, other: str = ""
) -> HttpResponse:
    agency = row.agency
    today = clock.day_of(clock.now(), agency.zone)
    may_write = permissions.may_write(actor, row)
    missing = set(lacking(row))
    facts = {
        "here": "dialogues",
        "answer": row,
        "opinion": row.opinion,
        "dialogue": row.opinion.dialogue,
        "form": form,
        "other": other,
        "is_writable": bool(may_write) and row.state in WRITABLE,
        "checks": [(str(words), name not in missing) for name, words in _checks(row).items()],
        "merged": merged_into(row.opinion),
        "supporting": row.supporting.order_by("code"),
        "due": plain_due(row.due_on, today, calendar_of(agency)) if row.due_on else None,
        "revisions": AnswerRevision.objects.filter(answer=row).select_related("text").order_by("-pk"),
        "boxes": _boxes(row, actor),
        "uptakes": Answer.Uptake.choices,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "answers/answer.html", facts, status=status)


def _checks(row: Answer) -> dict[str, str]:
    names = {
        "text": _("Có nội dung trả lời"),
        "basis": _("Nêu quy định làm căn cứ"),
        "uptake": _("Nói rõ có tiếp thu không"),
    }
    if row.uptake in (Answer.Uptake.PART, Answer.Uptake.NONE):
        names["uptake_reason"] = _("Nêu lý do không tiếp thu hết")
    return names


@require_POST
@staff_only
def act_on_answer(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on an answer and go back to its page; a refusal says why and changes nothing."""
    actor = actor_of(request)
    row = answer_seen_by(actor, code)
    door = _doors().get(slug)
    if door is None:
        raise Http404
    door.do(row, request.POST.dict(), actor, clock.now())
    return done(reverse("answer", args=(code,)), door.verb)


def _did(verb: str) -> str:
    words = {
        "answer.draft": _("Đã lưu."),
        "answer.submit": _("Đã trình."),
        "answer.approve": _("Đã duyệt."),
        "answer.return": _("Đã trả lại, kèm lý do."),
        "answer.choose_form": _("Đã đổi hình thức trả lời."),
        "answer.letter": _("Đã soạn văn bản trả lời."),
        "answer.extend": _("Đã gia hạn."),
    }
    return words.get(verb, "")
