"""Decisions on a whole dialogue: put off, called off, or held in writing; what follows is shown before it is done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.access import NotYours
from doithoai.planning.actions import changing
from doithoai.planning.forms import ReasonForm, WrittenForm
from doithoai.planning.models import Dialogue
from doithoai.planning.permissions import may_direct
from doithoai.planning.queries import binds, counted, deadline_name, deadlines_of, duty_name, sittings_of
from doithoai.planning.states import DIALOGUE
from doithoai.planning.views.moving import Change
from doithoai.planning.views.visible import dialogue_of
from doithoai.rules.vietnamese import short_date
from doithoai.web.doors import actor_of, done, staff_only

TO = {"hoan": "postponed", "huy": "cancelled", "van-ban": "answering"}
VERBS = {"hoan": "dialogue.postpone", "huy": "dialogue.cancel", "van-ban": "dialogue.turn_written"}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """One page for the three decisions. The first press shows what follows, the second does it."""
    dialogue = dialogue_of(request, code)
    may = may_direct(actor_of(request), dialogue)
    if request.method != "POST":
        return _page(request, dialogue)
    if not may:
        raise NotYours(may.reason)
    slug = request.POST.get("viec", "")
    if slug not in TO:
        raise Http404
    form = WrittenForm(request.POST) if slug == "van-ban" else ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, dialogue, slug=slug, form=form, status=422)
    if request.POST.get("buoc") != "lam":
        return _page(request, dialogue, slug=slug, form=form, changes=_changes(dialogue, slug, form.cleaned_data))
    return _do(request, dialogue, slug, form.cleaned_data)


def _do(request: HttpRequest, dialogue: Dialogue, slug: str, said: dict[str, Any]) -> HttpResponse:
    who: dict[str, Any] = {"actor": actor_of(request), "now": clock.now()}
    if slug == "hoan":
        changing.postpone_all(dialogue, reason=said["reason"], **who)
    elif slug == "huy":
        changing.cancel_all(dialogue, reason=said["reason"], **who)
    else:
        changing.turn_written(dialogue, until=said["until"], reason=said["reason"], **who)
    return done(reverse("decide", args=(dialogue.code,)), VERBS[slug])


def _changes(dialogue: Dialogue, slug: str, said: dict[str, Any]) -> list[Change]:
    """The binding deadlines before and after, in the order of their days; those that fall away have no day after."""
    if slug != "van-ban":
        return []
    today = clock.day_of(clock.now(), dialogue.agency.zone)
    before = {row.rule_slug: row.due_on for row in deadlines_of(dialogue)}
    found = [
        Change(duty_name(due.term.duty, due.term.words), "", before.get(due.term.slug), due, due.due_on < today)
        for _where, due in counted(dialogue, [], written_until=said["until"])
        if binds(dialogue, due.term)
    ]
    return sorted(found, key=lambda change: change.due.due_on)


def _page(
    request: HttpRequest,
    dialogue: Dialogue,
    *,
    slug: str = "",
    form: ReasonForm | WrittenForm | None = None,
    changes: list[Change] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "hoan": form if slug == "hoan" else ReasonForm(auto_id="hoan_%s"),
        "huy": form if slug == "huy" else ReasonForm(auto_id="huy_%s"),
        "van-ban": form if slug == "van-ban" else WrittenForm(auto_id="vb_%s"),
    }
    possible = {key for key, to in TO.items() if DIALOGUE.allows(dialogue.state, to)}
    if dialogue.state == "in_session":
        possible.clear()
    kept = (
        {due.term.duty for _where, due in counted(dialogue, [], written_until=form.cleaned_data["until"])}
        if (changes is not None and slug == "van-ban" and form)
        else set()
    )
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "sittings": [row for row in sittings_of(dialogue) if row.state in ("scheduled", "postponed")],
        "may": may_direct(actor_of(request), dialogue),
        "choices": [(key, title, words, shown[key]) for key, title, words in _choices() if key in possible],
        "chosen": slug,
        "looked": changes is not None,
        "changes": changes or [],
        "gone": [deadline_name(row) for row in deadlines_of(dialogue) if row.is_binding and row.duty not in kept]
        if kept
        else [],
        "notice": Document.objects.filter(chain=dialogue.chain, kind="change_notice", about=dialogue.code)
        .defer("paper")
        .order_by("-pk")
        .first(),
        "message": message_for(dialogue),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/deciding.html", facts, status=status)


def _choices() -> list[tuple[str, str, str]]:
    return [
        (
            "hoan",
            _("Hoãn cả cuộc"),
            _("Các buổi chờ giờ mới; giấy mời vẫn dùng được; thời hạn dừng cho đến khi có ngày."),
        ),
        (
            "van-ban",
            _("Chuyển sang đối thoại bằng văn bản"),
            _("Các buổi không tổ chức; ý kiến nhận đến một ngày và được trả lời bằng văn bản."),
        ),
        (
            "huy",
            _("Hủy cuộc đối thoại"),
            _("Không tổ chức nữa và không hoàn lại được. Ý kiến đã nhận vẫn phải trả lời."),
        ),
    ]


def message_for(dialogue: Dialogue) -> str:
    """What is sent to a telephone after a decision on the whole; empty while it stands as planned."""
    facts = {
        "agency": dialogue.agency.short_name,
        "phone": dialogue.agency.phone or dialogue.agency.short_name,
        "until": short_date(dialogue.written_until) if dialogue.written_until else "",
    }
    if dialogue.written_until:
        return (
            "{agency} xin báo: cuộc đối thoại về thủ tục hành chính chuyển sang bằng văn bản, không họp nữa. Ông/bà gửi ý kiến đến "
            "hết ngày {until}; mọi ý kiến đều có văn bản trả lời. Cần hỏi xin gọi {phone}."
        ).format(**facts)
    words = {
        "postponed": "{agency} xin báo: cuộc đối thoại về thủ tục hành chính hoãn lại, có giờ mới cơ quan báo ngay. Giấy mời vẫn "
        "dùng được. Cần hỏi xin gọi {phone}.",
        "cancelled": "{agency} xin báo: cuộc đối thoại về thủ tục hành chính không tổ chức nữa. Ý kiến ông/bà đã gửi vẫn được trả "
        "lời bằng văn bản. Cần hỏi xin gọi {phone}.",
    }
    return words.get(dialogue.state, "").format(**facts)


def _did(verb: str) -> str:
    told = _("Các điểm cầu và người được mời đã được báo; thông báo đã soạn, chờ trình ký.")
    words = {
        "dialogue.postpone": _("Đã hoãn cả cuộc đối thoại."),
        "dialogue.cancel": _("Đã hủy cuộc đối thoại."),
        "dialogue.turn_written": _("Đã chuyển sang đối thoại bằng văn bản."),
    }
    return f"{words[verb]} {told}" if verb in words else ""
