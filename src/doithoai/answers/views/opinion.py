"""The page of one opinion: its own words beside the shorter wording, what is alike, and everything that can be done."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.answers import actions
from doithoai.answers.models import Answer
from doithoai.answers.permissions import may_assign
from doithoai.answers.queries import answer_of
from doithoai.answers.views.answer_acts import ANSWERING
from doithoai.directory.models import Office
from doithoai.directory.queries import calendar_of, open_offices
from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_attach, may_hand_receipt
from doithoai.intake.queries import alike, earlier, handling_due, holders_of, visible_to
from doithoai.intake.views.acts import boxes_for, did, opinion_seen_by
from doithoai.intake.views.boxes import Ask, Box, Option
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.rules.spoken import in_groups
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.duelines import plain_due

WAITING = ("received", "accepted")


@require_safe
@staff_only
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    """One opinion for whoever may read it; anything else is not found (404)."""
    actor = actor_of(request)
    row = opinion_seen_by(actor, code)
    seen = visible_to(actor, row.dialogue)  # who reads one opinion does not thereby read those beside it
    near = alike(row, seen) if row.state in WAITING else []
    answer = None if row.is_hidden else answer_of(row)
    assigning = _assigning(row, actor, answer)
    facts = {
        "here": "dialogues",
        "opinion": row,
        "dialogue": row.dialogue,
        "near": near,
        "earlier": earlier(row, actor),
        "photos": row.photos.all(),
        "may_attach": row.state in WAITING and may_attach(actor, row),
        "may_hand_receipt": bool(may_hand_receipt(actor, row)),
        "digits": in_groups(row.spoken) if row.spoken else "",
        "others": seen.filter(merged_into=row, state="merged"),
        "parts": row.parts.order_by("ordinal").values_list("code", flat=True),
        "answer": answer,
        "holder": holders_of([row])[row.pk],
        "opened": "huong-dan" if row.kind in LAW_OF_COMPLAINTS else "",
        "boxes": [*boxes_for(row, actor, near), *assigning],
        "due": plain_due(handling_due(row).due_on, _today(request), calendar_of(row.agency)) if _waits(row) else None,
        "did": _did(request.GET.get("da", "")),
        "is_new": request.GET.get("da") == "opinion.receive",
        "keep": f"ghi-{row.dialogue.code}-{actor.ref}",
    }
    return render(request, "answers/opinion.html", facts)


def _waits(row: Opinion) -> bool:
    return row.state == "received"


def _today(request: HttpRequest) -> date:
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    return clock.day_of(clock.now(), agency.zone)


def _assigning(row: Opinion, actor: Actor, answer: Answer | None) -> list[Box]:
    """Giving the answer to an office, once the opinion is accepted and nobody has it."""
    is_free = answer is None or answer.state in ("replaced", "issued")
    if row.state != "accepted" or not is_free:
        return []
    offices = open_offices(row.agency).filter(kind__in=ANSWERING)
    lead = row.sector_lead
    options = tuple(Option(office.code, office.name) for office in offices)
    ask = Ask("don-vi", _("Đơn vị trả lời"), "", "select", lead.code if lead else "", options)
    url = reverse("opinion-assign", args=(row.code,))
    return [Box("giao", _("Giao trả lời"), url, may_assign(actor, row), (ask,), "main")]


@require_POST
@staff_only
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Give the answer to an opinion to one office."""
    actor = actor_of(request)
    row = opinion_seen_by(actor, code)
    chosen = request.POST.get("don-vi", "")
    if not chosen:
        raise NotNow(_("Chưa giao được: cần chọn một đơn vị."))
    office = get_object_or_404(Office, agency=row.agency, code=chosen)
    actions.assign(row, lead=office, actor=actor, now=clock.now())
    return done(reverse("opinion", args=(row.code,)), "answer.assign")


def _did(verb: str) -> str:
    own = {
        "opinion.receive": _("Đã ghi ý kiến."),
        "opinion.attach": _("Đã thêm giấy tờ."),
        "answer.assign": _("Đã giao trả lời."),
    }
    return own.get(verb) or did(verb)
