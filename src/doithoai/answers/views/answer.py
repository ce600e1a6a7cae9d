"""The page on which an office writes an answer, sends it up, and the leader returns, approves or extends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from doithoai.answers import actions, permissions
from doithoai.answers.actions.writing import WRITABLE
from doithoai.answers.forms import AnswerForm
from doithoai.answers.models import Answer, AnswerRevision
from doithoai.answers.queries import DONE, brought_about, past_answers, visible_to, wordings_for
from doithoai.answers.views.answer_acts import boxes_for, did, doors, other_offices
from doithoai.directory.queries import calendar_of
from doithoai.documents.models import Brought
from doithoai.intake.models import Opinion
from doithoai.intake.queries import merged_into
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Overtaken
from doithoai.rules.answer_check import Check, checked
from doithoai.rules.paper.differences import Comparison, compare
from doithoai.web.doors import actor_of, agency_id_of, done, staff_only
from doithoai.web.duelines import DueLine, met_due, plain_due


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
    if "chen" in request.POST or "chen-cu" in request.POST:
        return _inserted(request, row, actor)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, actor, form, status=422)
    try:
        actions.draft(row, **form.cleaned_data, actor=actor, now=clock.now())
    except Overtaken:
        return _conflict(request, code, actor, request.POST.dict())
    return done(reverse("answer", args=(code,)), "answer.draft")


def _inserted(request: HttpRequest, row: Answer, actor: Actor) -> HttpResponse:
    """The form as it was typed, with a block of words put behind the text: nothing is saved yet."""
    typed = request.POST.dict()
    block, basis = _block(row, typed)
    text = "\n".join(filter(None, (typed.get("text", "").rstrip(), block)))
    form = AnswerForm(initial={**typed, "text": text, "basis": typed.get("basis") or basis})
    return _page(request, row, actor, form, inserted=block)


def _block(row: Answer, typed: Mapping[str, str]) -> tuple[str, str]:
    if "chen" in typed:
        wording = next((one for one in wordings_for(row) if str(one.ordinal) == typed["chen"]), None)
        return (str(wording.body), wording.basis) if wording else ("", "")
    past = next((one.answer for one in past_answers(row) if one.answer.opinion.code == typed["chen-cu"]), None)
    return (str(past.text), past.basis) if past else ("", "")


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
    request: HttpRequest,
    row: Answer,
    actor: Actor,
    form: AnswerForm,
    *,
    status: int = 200,
    other: str = "",
    inserted: str = "",
) -> HttpResponse:
    agency = row.agency
    today = clock.day_of(clock.now(), agency.zone)
    may_write = permissions.may_write(actor, row)
    facts = {
        "here": "dialogues",
        "answer": row,
        "opinion": row.opinion,
        "dialogue": row.opinion.dialogue,
        "form": form,
        "other": other,
        "is_writable": bool(may_write) and row.state in WRITABLE,
        "checks": () if row.state in DONE else _checks(row, form),
        "merged": merged_into(row.opinion),
        "supporting": row.supporting.order_by("code"),
        "due": _due(row, today),
        "revisions": AnswerRevision.objects.filter(answer=row).select_related("text").order_by("-pk"),
        "boxes": boxes_for(row, actor),
        "uptakes": Answer.Uptake.choices,
        "did": did(request.GET.get("da", "")),
        "keep": f"tl-{row.opinion.code}-{actor.ref}",
        "is_saved": request.GET.get("da") == "answer.draft",
        "inserted": inserted,
        **_beside(row, actor),
    }
    return render(request, "answers/answer.html", facts, status=status)


def _due(row: Answer, today: date) -> DueLine | None:
    """Until when it is due; once it went out, whether it went out in time: no days are counted any more."""
    if row.due_on is None:
        return None
    if row.state in DONE:
        return met_due(row.due_on, row.issued_on) if row.issued_on else None
    return plain_due(row.due_on, today, calendar_of(row.agency))


def _checks(row: Answer, form: AnswerForm) -> tuple[Check, ...]:
    """The check of what stands in the form, saved or not: it warns and never forbids."""
    names = ("text", "basis", "next_step", "uptake", "uptake_reason")
    return checked(**{name: str(form[name].value() or "") for name in names})


def _beside(row: Answer, actor: Actor) -> dict[str, object]:
    """What stands beside the form: helpers with what they said, words used before, what a signed paper says."""
    found = brought_about(row)
    may_write = bool(permissions.may_write(actor, row))
    helping = {office.code for office in row.supporting.all()}
    offices = [(one, one.value in helping) for one in other_offices(row)]
    return {
        "remarks": row.remarks.select_related("office", "by", "text"),
        "helpers": offices if permissions.may_hand_over(actor, row) and row.state not in DONE else [],
        "wordings": wordings_for(row) if may_write else [],
        "past": past_answers(row),
        "may_keep_wording": may_write and bool(row.text),
        "extension": actions.last_extension(row),
        "outside": found and Outside(found[0], compare(str(row.text).split("\n"), found[1].split("\n"))),
        "may_take": may_write and found is not None and (row.state in WRITABLE or found[0].state == "confirmed"),
        "proposals": row.opinion.proposals.select_related("document"),
        "reveal": bool(permissions.may_write(actor, row)),
    }


@dataclass(frozen=True, slots=True)
class Outside:
    """A file that words this answer otherwise, and how."""

    brought: Brought
    made: Comparison


@require_POST
@staff_only
def act_on_answer(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Do one act on an answer and go back to its page; a refusal says why and changes nothing."""
    actor = actor_of(request)
    row = answer_seen_by(actor, code)
    door = doors().get(slug)
    if door is None:
        raise Http404
    door.do(row, request.POST.dict(), actor, clock.now())
    return done(reverse("answer", args=(code,)), door.verb)
