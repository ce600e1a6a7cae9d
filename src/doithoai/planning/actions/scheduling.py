"""The life of a dialogue and its deadlines: planned, opened, held, closed, counted, met."""

from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.directory.queries import calendar_of
from doithoai.documents.actions import Draft, draft
from doithoai.documents.models import Document
from doithoai.journal.actions import record
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow, System, require_reason
from doithoai.kernel.moves import move, write
from doithoai.kernel.verbs import verb
from doithoai.planning import permissions
from doithoai.planning.models import Deadline, Dialogue, Duty, Sitting
from doithoai.planning.papers import plan_paper
from doithoai.planning.queries import binds, counted, notice_days, sittings_of
from doithoai.planning.queries.terms import OWN
from doithoai.planning.states import DIALOGUE
from doithoai.rules.deadlines import Due

# Which deadline a paper meets on the day it is issued (a submission is met when it is issued to the head).
MEETS = {"result_notice": "result_notice", "synthesis": "submission", "invitation": "invitations",
         "announcement": "announcement"}  # fmt: skip


@verb("plan.draft", may=permissions.may_prepare)
def draft_plan(dialogue: Dialogue, *, actor: Actor, now: datetime) -> Document:
    """Write the official paper of the plan and enter it as a draft. Once: afterwards its wording is changed."""
    if dialogue.plan is not None:
        raise NotNow(_("Kế hoạch đã có dự thảo văn bản. Sửa câu chữ ở trang kế hoạch."))
    if dialogue.common is not None:
        words = _("Chưa soạn: cuộc này chung kế hoạch với cuộc %(code)s, văn bản soạn và ban hành ở đó.")
        raise NotNow(words % {"code": dialogue.common.code})
    paper = plan_paper(dialogue, on=clock.day_of(now, dialogue.agency.zone))
    document = draft(
        dialogue,
        Draft(paper, dialogue.secretariat, f"Kế hoạch {_lower_first(dialogue.subject)}"),
        actor=actor,
        now=now,
    )
    write(dialogue, plan_id=document.pk)
    record(dialogue.chain, document=document.code)
    return document


def plan_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """Once the plan has its number its dialogue is planned and its deadlines are counted; so are those that share it."""
    if document.kind == "plan":
        first = Dialogue.objects.get(plan=document)
        for dialogue in (first, *first.parts.filter(state="draft").order_by("code")):
            plan_shared(dialogue, actor=actor, now=now)


def plan_shared(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """The plan of a dialogue, its own or one that it shares, is in force."""
    _become_planned(dialogue, actor=actor, now=now)
    count_deadlines(dialogue, actor=actor, now=now)


@verb("dialogue.plan", may=permissions.may_direct)
def _become_planned(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """The plan is issued: the dialogue is planned."""
    move(dialogue, DIALOGUE, "planned")
    plan = dialogue.plan_in_force
    record(dialogue.chain, plan=plan.number_text if plan else "")


@verb("dialogue.open", may=permissions.may_prepare)
def open_dialogue(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """Preparations begin: people are chosen and invited, opinions are taken in."""
    move(dialogue, DIALOGUE, "open", opened_at=now)
    record(dialogue.chain)


@verb("dialogue.begin", may=permissions.may_direct)
def begin_dialogue(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """The first sitting has begun."""
    move(dialogue, DIALOGUE, "in_session")
    record(dialogue.chain)


@verb("dialogue.answer", may=permissions.may_direct)
def start_answering(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """The last sitting is over: what is left is owed in writing."""
    move(dialogue, DIALOGUE, "answering")
    record(dialogue.chain)


@verb("dialogue.close", may=permissions.may_prepare)
def close_dialogue(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """Close the case. The gates ask that every opinion is covered and the notice is issued and public."""
    move(dialogue, DIALOGUE, "closed", closed_at=now)
    record(dialogue.chain)


def sitting_began(sitting: Sitting, *, actor: Actor, now: datetime) -> None:
    """When the first sitting begins, the dialogue is in session."""
    if sitting.dialogue.state == "open":
        begin_dialogue(sitting.dialogue, actor=actor, now=now)


def sitting_ended(sitting: Sitting, *, actor: Actor, now: datetime) -> None:
    """When the last sitting ends, the dialogue is answering and the final deadlines are counted."""
    dialogue = sitting.dialogue
    if all(row.state in ("ended", "cancelled") for row in sittings_of(dialogue)) and dialogue.state == "in_session":
        start_answering(dialogue, actor=actor, now=now)


@verb("deadline.count", may=permissions.may_direct)
def count_deadlines(dialogue: Dialogue, *, actor: Actor, now: datetime) -> None:
    """Count every deadline of the dialogue's profile anew; what stood before is kept as superseded.

    Answers that were given out get the new day by what follows; the entry says how many.
    """
    met = {(row.rule_slug, row.sitting_id): row.met_on for row in dialogue.deadlines.filter(superseded_at=None)}
    dialogue.deadlines.filter(superseded_at=None).update(superseded_at=now)
    found = list(counted(dialogue, sittings_of(dialogue)))
    tasks = {f"{OWN}{row.code}": row for row in dialogue.duties.exclude(rule="")}
    whys = {due.term.note for _at, due in found if due.term.slug in tasks}
    rows = [_row(dialogue, sitting, due) for sitting, due in found]
    for row, (_sitting, due) in zip(rows, found, strict=True):
        row.task, row.why = tasks.get(row.rule_slug), due.term.note[:500] if due.term.note in whys else ""
        row.warnings = [*due.warnings, *filter(None, [row.why])]
        row.met_on = met.get((row.rule_slug, row.sitting_id))
    Deadline.objects.bulk_create(rows)
    moved = plugs.redated(dialogue, notice_days(dialogue))
    record(
        dialogue.chain,
        deadlines=" ".join(f"{row.rule_slug}={row.due_on.isoformat()}" for row in rows),
        calendar=calendar_of(dialogue.agency).version,
        **({"redated": moved} if moved else {}),
    )


@verb("duty.bind", may=permissions.may_assign)
def choose_term(duty: Duty, by: str, why: str, *, actor: Actor, now: datetime) -> Duty:
    """Say which term of a duty binds where the plan's and the rules' differ; another than the stricter one needs its why.

    Deadlines that were counted are counted anew.
    """
    if by not in Duty.Binds.values:
        raise NotNow(_("Chưa ghi được: chưa chọn hạn nào."))
    if by != Duty.Binds.STRICTER:
        require_reason(why)
    write(duty, binds_by=by, binds_why=why.strip()[:300])
    if duty.dialogue.deadlines.filter(superseded_at=None).exists():
        count_deadlines(duty.dialogue, actor=System("duty.bind"), now=now)
    record(duty.chain, duty=duty.code, by=by)
    return duty


def _row(dialogue: Dialogue, sitting: Sitting | None, due: Due) -> Deadline:
    term = due.term
    return Deadline(
        dialogue=dialogue,
        duty=term.duty,
        rule_slug=term.slug,
        sitting=sitting,
        rule=term.words,
        law=term.law,
        anchor=term.anchor,
        anchor_on=due.anchor_on,
        count=term.count,
        unit=term.unit,
        side=term.side,
        due_on=due.due_on,
        plan_for=due.plan_for,
        is_binding=binds(dialogue, term),
        arithmetic=due.arithmetic,
        cells=[
            {"day": cell.day.isoformat(), "number": cell.number, "kind": cell.kind, "note": cell.note}
            for cell in due.cells
        ],
        warnings=list(due.warnings),
        calendar_version=due.calendar_version,
    )


def paper_issued(document: Document, *, actor: Actor, now: datetime) -> None:
    """A paper that a deadline asked for has its number: the deadline is met on that day."""
    duty = MEETS.get(document.kind)
    dialogue = Dialogue.objects.filter(code=document.chain).first() if duty else None
    if dialogue and duty and (not document.about or _all_issued(dialogue, document.kind, document.about)):
        meet(dialogue, duty, sitting_code=document.about, actor=actor, now=now)


def _all_issued(dialogue: Dialogue, kind: str, about: str) -> bool:
    """Where sittings share a deadline it is met by the last of their papers; a sitting's own by its own."""
    if dialogue.deadlines.filter(superseded_at=None, duty=MEETS[kind], sitting__code=about).exists():
        return True
    issued = Document.objects.filter(chain=dialogue.code, kind=kind, number__isnull=False)
    owed = {sitting.code for sitting in sittings_of(dialogue) if sitting.state != "cancelled"}
    return owed <= set(issued.values_list("about", flat=True))


@verb("deadline.meet", may=permissions.may_prepare)
def meet(dialogue: Dialogue, duty: str, *, sitting_code: str = "", actor: Actor, now: datetime) -> None:
    """Note the day on which a duty with a deadline was done; the first day counts."""
    today = clock.day_of(now, dialogue.agency.zone)
    rows = dialogue.deadlines.filter(superseded_at=None, duty=duty, met_on=None)
    own = rows.filter(sitting__code=sitting_code)
    (own if own.exists() else rows.filter(sitting=None)).update(met_on=today)
    record(dialogue.chain, duty=duty, on=today.isoformat())


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
