"""Comments of the offices on the draft of a plan: who was asked, who has answered, what became of each remark."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.planning.actions import consulting
from doithoai.planning.actions.consulting import BEFORE_APPROVAL
from doithoai.planning.forms import ConsultForm, words_of
from doithoai.planning.models import Consultation, Consulted, Dialogue, Remark
from doithoai.planning.permissions import may_prepare, may_remark
from doithoai.planning.queries import agency_offices, consultation_of, place_texts
from doithoai.planning.states import REMARK
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.numbers import small_number
from doithoai.web.tongue import state_word

Do = Callable[[Dialogue, QueryDict, Actor, datetime], object]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def remarks(request: HttpRequest, code: str) -> HttpResponse:
    """The consultation that runs, or the last one, with every remark beside the sentence it is about."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _act(request, dialogue)
    actor, today = actor_of(request), clock.day_of(clock.now(), dialogue.agency.zone)
    running = consultation_of(dialogue)
    shown = running or Consultation.objects.filter(dialogue=dialogue).order_by("-pk").first()
    asked = (
        list(shown.asked.select_related("office", "by", "consultation__dialogue").order_by("office__code"))
        if shown
        else []
    )
    rows = list(Remark.objects.filter(consulted__in=asked).select_related("consulted__office").order_by("ordinal"))
    may = may_prepare(actor, dialogue)
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "running": running,
        "shown": shown,
        "asked": asked,
        "answered": sum(row.answered_at is not None for row in asked),
        "rows": rows,
        "own": [row for row in asked if running and may_remark(actor, row)],
        "places": _places(dialogue) if running else [],
        "outcomes": [(state, state_word(REMARK, state)) for state in REMARK.steps["raised"]],
        "may": may,
        "can_ask": may and running is None and dialogue.plan is not None and dialogue.plan.state in BEFORE_APPROVAL,
        "offices": [row for row in agency_offices(dialogue.agency) if row.pk != dialogue.secretariat_id],
        "is_late": running is not None and running.until < today,
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/remarks.html", facts)


def _places(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Where a remark may stand: the marks of the clauses with their first words."""
    marks = {f"c{i}": row["marker"] for i, row in enumerate(dialogue.plan_text.get("clauses", []))}
    return [
        (key, f"{marks.get(key, '')} {text[:90]}{'…' if len(text) > 90 else ''}".strip())
        for key, text in place_texts(dialogue).items()
    ]


def _consult(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    chosen = set(posted.getlist("don-vi"))
    offices = [row for row in agency_offices(dialogue.agency) if row.code in chosen]
    consulting.consult(dialogue, offices, until=words_of(ConsultForm(posted))["until"], actor=actor, now=now)


def _own(dialogue: Dialogue, posted: QueryDict) -> Consulted:
    rows = Consulted.objects.filter(consultation__dialogue=dialogue, consultation__closed_at=None)
    rows = rows.select_related("consultation__dialogue__agency", "office")
    return get_object_or_404(rows, office__code=posted.get("don-vi", ""))


def _remark(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    said = {"place": posted.get("doan", ""), "text": posted.get("gop-y", "")[:2000]}
    consulting.remark(_own(dialogue, posted), **said, actor=actor, now=now)


def _agree(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    consulting.agree(_own(dialogue, posted), actor=actor, now=now)


def _answer(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    asked = small_number(posted.get("so", ""))
    if asked is None:
        raise Http404
    rows = Remark.objects.filter(consulted__consultation__dialogue=dialogue)
    row = get_object_or_404(rows.select_related("consulted__office", "consulted__consultation__dialogue"), pk=asked)
    outcome = posted.get("ket-qua", "")
    if not outcome:
        raise NotNow(_("Chưa trả lời được: chọn tiếp thu, tiếp thu một phần hoặc không tiếp thu."))
    consulting.answer_remark(row, outcome=outcome, reply=posted.get("tra-loi", "")[:2000], actor=actor, now=now)


def _end(dialogue: Dialogue, _posted: QueryDict, actor: Actor, now: datetime) -> None:
    consulting.end_consultation(dialogue, actor=actor, now=now)


DOORS: dict[str, tuple[str, Do]] = {
    "lay": ("plan.consult", _consult),
    "nhat-tri": ("plan.agree", _agree),
    "gop-y": ("plan.remark", _remark),
    "tra-loi": ("remark.answer", _answer),
    "xong": ("plan.end_consultation", _end),
}


def _act(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    step = request.POST.get("buoc", "")
    if step not in DOORS:
        raise Http404
    verb, do = DOORS[step]
    do(dialogue, request.POST, actor_of(request), clock.now())
    return done(reverse("plan-remarks", args=(dialogue.code,)), verb)


def _did(verb: str) -> str:
    words = {
        "plan.consult": _("Đã lấy góp ý; các đơn vị đã được báo."),
        "plan.agree": _("Đã ghi: nhất trí."),
        "plan.remark": _("Đã ghi góp ý."),
        "remark.answer": _("Đã trả lời góp ý."),
        "plan.end_consultation": _("Đã kết thúc lấy góp ý."),
    }
    return words.get(verb, "")
