"""The list of dialogues, and the acts on a duty."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Dialogue, Duty
from doithoai.planning.permissions import may_assign, may_carry_out, may_create
from doithoai.web.acts import Act, Field
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.seeking import asked_for, sought


@require_safe
@staff_only
def dialogues(request: HttpRequest) -> HttpResponse:
    """The dialogues of the actor's agency, newest first."""
    rows: Any = (
        Dialogue.objects.filter(agency_id=agency_id_of(actor_of(request)))
        .select_related("plan", "common__plan", "agency")
        .defer("plan_text", "parent", "plan__paper", "common__plan_text", "common__parent", "common__plan__paper")
    )
    rows = rows.annotate(
        begins=Min("sittings__starts_at", filter=Q(sittings__tentative="")),
        expected=Max("sittings__tentative"),
        sitting_count=Count("sittings", distinct=True),
    )
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    may = may_create(actor_of(request), agency)
    every = list(rows.order_by("-year", "-code"))
    found = sought(
        every,
        asked_for(request),
        lambda row: (row.subject, row.code, row.plan_in_force and row.plan_in_force.number_text),
    )
    facts = {"here": "dialogues", "dialogues": found, "count": len(every), "may_create": may}
    return render(request, "planning/dialogues.html", facts)


Do = Callable[[Duty, str, Actor, datetime], object]
DOORS: dict[str, tuple[str, Do]] = {
    "nhan": ("duty.accept", lambda row, _text, actor, now: carrying_out.accept(row, actor=actor, now=now)),
    "tra-lai": (
        "duty.return",
        lambda row, text, actor, now: carrying_out.hand_back(row, reason=text, actor=actor, now=now),
    ),
    "bao-cao": (
        "duty.report",
        lambda row, text, actor, now: carrying_out.report(row, words=text, actor=actor, now=now),
    ),
    "xac-nhan": ("duty.confirm", lambda row, _text, actor, now: carrying_out.confirm(row, actor=actor, now=now)),
}


def duty_acts(duty: Duty, actor: Actor) -> list[Act]:
    """The buttons of one duty for somebody who may press them now; others see its state only."""
    report = Field("loi", _("Kết quả"), kind="text")
    reason = Field("loi", _("Lý do trả lại"), kind="text")
    offered: dict[str, list[tuple[str, str, Field | None]]] = {
        "assigned": [("nhan", _("Nhận nhiệm vụ"), None), ("tra-lai", _("Trả lại"), reason)],
        "accepted": [("bao-cao", _("Báo cáo kết quả"), report)],
        "reported": [("xac-nhan", _("Xác nhận đã xong"), None)],
    }
    rule = may_assign if duty.state == "reported" else may_carry_out
    if duty.state not in offered or not rule(actor, duty):
        return []
    return [
        Act(f"{duty.code}-{slug}", label, reverse("duty-act", args=(duty.code, slug)), field=field)
        for slug, label, field in offered[duty.state]
    ]


@require_POST
@staff_only
def act_on_duty(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on a duty and go back to where it was asked for."""
    actor = actor_of(request)
    rows = Duty.objects.filter(dialogue__agency_id=agency_id_of(actor)).select_related("dialogue__agency", "office")
    duty = get_object_or_404(rows, code=code)
    if slug not in DOORS:
        raise Http404
    verb, do = DOORS[slug]
    do(duty, request.POST.get("loi", ""), actor, clock.now())
    return done(_asked_at(request, duty), verb)


def _asked_at(request: HttpRequest, duty: Duty) -> str:
    """The page of the duty or of all duties, where the act was asked for there; else the dialogue's."""
    came_from = request.headers.get("Referer", "").partition("?")[0]
    pages = (reverse("duty", args=(duty.code,)), reverse("duties", args=(duty.dialogue.code,)))
    own = (page for page in pages if came_from == request.build_absolute_uri(page))
    return next(own, reverse("dialogue", args=(duty.dialogue.code,)))
