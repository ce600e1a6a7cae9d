"""Who has an opinion now, since when and until when, and what was answered: in words that its author may be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from doithoai.intake.models import Opinion
from doithoai.intake.queries.likeness import GIVEN, paper_of
from doithoai.intake.queries.rows import handling_days, received_on
from doithoai.journal.models import Entry
from doithoai.journal.queries import line_of
from doithoai.kernel import clock

ENDED = ("guided", "not_taken", "withdrawn", "closed")
HANDED = ("answer.assign", "answer.take_over")
"""The acts by which another office gets an opinion."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an opinion stands: who has it, since which day, until which day; and once answered what, when, in which paper.

    `is_public` says that the paper may be read by anyone; `code` is then that of its dialogue.
    """

    holder: str
    since: date | None = None
    until: date | None = None
    answer: str = ""
    next_step: str = ""
    paper: str = ""
    answered_on: date | None = None
    public_in: str = ""


def holder_of(opinion: Opinion) -> str:
    """Who has it now, in a name that its author may be told: the office that answers, the body it went to, or whoever
    sorts it. Empty once nobody has to do anything more with it."""
    return holders_of([opinion])[opinion.pk]


def holders_of(opinions: Sequence[Opinion]) -> dict[int, str]:
    """The holder of each of these opinions by its key, in one query."""
    leads = Opinion.objects.filter(pk__in=[row.pk for row in opinions])
    # the answer is a room above: only the name of its office is read here
    named = {pk: own or shared or "" for pk, own, shared in leads.values_list("pk", *_LEADS)}
    return {row.pk: _holder(row, named.get(row.pk, "")) for row in opinions}


_LEADS = ("answer__lead__name", "merged_into__answer__lead__name")


def _holder(opinion: Opinion, lead: str) -> str:
    if opinion.state in ("guided", "not_taken", "withdrawn", "closed"):
        return ""
    if opinion.state == "transferred":
        return opinion.transfer.body
    return lead or (opinion.sector_lead or opinion.dialogue.secretariat).name


_READ = (
    "lead__name", "state", "due_on", "text__body", "next_step", "issued_on", "document__number", "document__symbol",
    "document__published_at", "opinion__code",
)  # fmt: skip
# The answer is a room above: it is read here by name, as plain values.
_OWN = [f"answer__{name}" for name in _READ]
_SHARED = [f"merged_into__answer__{name}" for name in _READ]


def standings_of(opinions: Sequence[Opinion]) -> dict[int, Standing]:
    """How each of these opinions of one dialogue stands, by its key. Nothing of a draft is told."""
    rows = Opinion.objects.filter(pk__in=[row.pk for row in opinions]).values_list("pk", *_OWN, *_SHARED)
    answers = {pk: dict(zip(_READ, fields[:10] if fields[0] else fields[10:], strict=True)) for pk, *fields in rows}
    until, since = handling_days([row for row in opinions if row.state == "received"]), _handed(opinions, answers)
    return {row.pk: _standing(row, answers.get(row.pk, {}), since, until.get(row.pk)) for row in opinions}


def _standing(row: Opinion, answer: dict[str, Any], handed: dict[str, date], tell_by: date | None) -> Standing:
    holder = _holder(row, answer.get("lead__name") or "")
    if answer.get("state") in GIVEN and row.state in ("closed", "merged"):
        return Standing(
            "",
            answer=answer["text__body"] or "",
            next_step=answer["next_step"] or "",
            paper=paper_of(answer["document__number"], answer["document__symbol"]),
            answered_on=answer["issued_on"],
            public_in=row.dialogue.code if answer["document__published_at"] else "",
        )
    if row.state == "transferred":
        return Standing(holder, row.transfer.sent_on)
    if row.state in ENDED:
        return Standing(holder, answer=_result(row))
    since = handed.get(answer.get("opinion__code") or "", received_on(row))
    return Standing(holder, since, answer.get("due_on") or tell_by)


def _result(row: Opinion) -> str:
    """What the body that it was handed to replied."""
    transfer = getattr(row, "transfer", None)
    return transfer.result if transfer is not None and row.state == "closed" else ""


def _handed(opinions: Sequence[Opinion], answers: dict[int, dict[str, Any]]) -> dict[str, date]:
    """The day on which the present office got the answer to each opinion, by the code, from the journal."""
    codes = {str(answer["opinion__code"]) for answer in answers.values() if answer.get("opinion__code")}
    if not codes:
        return {}
    named = Q()
    for code in codes:
        named |= Q(body__contains=f'"{code}"')
    zone, chain = opinions[0].agency.zone, opinions[0].chain
    days: dict[str, date] = {}
    for entry in Entry.objects.filter(named, chain__key=chain, verb__in=HANDED).order_by("number"):
        line = line_of(entry)
        if line.instant is not None:
            days[str(line.facts.get("opinion"))] = clock.day_of(line.instant, zone)
    return days
