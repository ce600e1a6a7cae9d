"""What came in, what nobody has sorted yet, who may see it, and by when the person must be told."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from doithoai.directory.models import Agency, Procedure
from doithoai.directory.queries import calendar_of, profile_of
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion, Transfer
from doithoai.intake.permissions import LINK, OWN, reads_all, receives_citizens
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.planning.models import Dialogue, Sitting
from doithoai.rules.deadlines import Due, compute

UNSORTED = "received"
OPEN = ("received", "accepted")
CLOSED_TO_INTAKE = ("draft", "closed", "cancelled")
"""States of a dialogue in which it takes no opinions; nor does it once its result notice is issued."""


def visible_to(actor: Actor, dialogue: Dialogue) -> QuerySet[Opinion]:
    """The opinions that the actor may read, in the order in which they came. Denunciations only to their receiver,
    their author and citizen reception; a ward's staff sees what was said aloud or what they wrote down themselves."""
    rows = rows_of(dialogue)
    if actor.is_system:
        return rows
    if actor.link is not None:
        purpose, code = actor.link
        own = {LINK: Q(invitation__code=code), OWN: Q(code=code) | Q(split_from__code=code)}.get(purpose, Q(pk=None))
        return rows.filter(own)
    if not actor.is_staff or actor.agency_id != dialogue.agency_id:
        return rows.none()
    written = Q(received_by_id=actor.staff_id)
    hidden = Q(kind=Opinion.Kind.DENUNCIATION)
    aloud = Q(is_spoken=True) | Q(door=Opinion.Door.FLOOR)
    seen = written | (~hidden if reads_all(actor, dialogue) else aloud & ~hidden)
    return rows.filter(seen | hidden if receives_citizens(actor, dialogue) else seen)


def rows_of(dialogue: Dialogue) -> QuerySet[Opinion]:
    """Every opinion of a dialogue with what pages show of it, in the order in which they came; rights are not asked."""
    return (
        Opinion.objects.filter(dialogue=dialogue)
        .select_related(
            "dialogue__agency", "sitting__sector", "sitting__lead", "person__ward", "invitation__venue",
            "dialogue__secretariat", "words", "summary", "public_words", "procedure", "merged_into", "transfer",
            "guidance",
        )
        .order_by("ordinal")
    )  # fmt: skip


def opinions_of(sitting: Sitting) -> list[Opinion]:
    """Every opinion that belongs to a sitting, denunciations included: for counting and for papers that leave them out."""
    return list(rows_of(sitting.dialogue).filter(sitting=sitting))


def unplaced(dialogue: Dialogue) -> QuerySet[Opinion]:
    """Opinions that are still owed something and of which nobody has said to which sitting they belong: no synthesis of a
    sitting has them. In writing there is one synthesis of the whole, and none is left out."""
    rows = rows_of(dialogue)
    return rows.none() if dialogue.is_written else rows.filter(sitting=None, state__in=(*OPEN, "transferred"))


def procedures_for(agency: Agency, sitting: Sitting | None = None) -> list[Procedure]:
    """Every procedure of the agency's directory that an opinion may be about, those of the sitting's sector first."""
    first = sitting.sector_id if sitting else None
    rows = Procedure.objects.filter(sector__agency=agency).select_related("sector")
    return sorted(rows, key=lambda row: (row.sector_id != first, row.sector.name, row.name))


def unclassified(dialogue: Dialogue) -> list[Opinion]:
    """Opinions that nobody has sorted yet."""
    return list(rows_of(dialogue).filter(state=UNSORTED))


def merged_into(opinion: Opinion) -> list[Opinion]:
    """The opinions that get the same answer as this one."""
    return list(rows_of(opinion.dialogue).filter(merged_into=opinion, state="merged"))


def root_of(opinion: Opinion) -> Opinion:
    """The opinion whose answer this one gets: the one it was merged into, or itself."""
    return opinion.merged_into if opinion.state == "merged" and opinion.merged_into else opinion


def figures(dialogue: Dialogue) -> dict[str, int]:
    """How many opinions came in by any door, and what became of them so far. Denunciations are those guided."""
    rows = list(Opinion.objects.filter(dialogue=dialogue).values_list("state", "kind", "is_spoken", "door"))
    states = Counter(state for state, *_ in rows)
    aloud = sum(spoken or door == Opinion.Door.FLOOR for _state, _kind, spoken, door in rows)
    return {
        "received": len(rows),
        "spoken": aloud,
        "written": len(rows) - aloud,
        "unsorted": states[UNSORTED],
        "accepted": states["accepted"],
        "merged": states["merged"],
        "closed": states["closed"],
        "transferred": states["transferred"],
        "guided": states["guided"],
        "not_taken": states["not_taken"],
        "withdrawn": states["withdrawn"],
        "denunciations": sum(kind == Opinion.Kind.DENUNCIATION for state, kind, *_ in rows if state != "withdrawn"),
    }


def received_on(opinion: Opinion) -> date:
    """The day it was received, in the agency's zone."""
    return clock.day_of(opinion.received_at, opinion.agency.zone)


def transfer_due(opinion: Opinion) -> Due:
    """By when an opinion of another body's competence is to be handed on (Decree 20/2008 art. 9: 5 working days)."""
    return _counted(opinion, "transfer")


def handling_due(opinion: Opinion) -> Due:
    """By when the person is to be told what became of the opinion (Law 42/2013 art. 28: 10 working days)."""
    return _counted(opinion, "handling_told")


def handling_days(opinions: Sequence[Opinion]) -> dict[int, date]:
    """The same day for each of these opinions of one dialogue, by its key; calendar and profile are read once."""
    if not opinions:
        return {}
    agency = opinions[0].agency
    term = profile_of(agency, opinions[0].dialogue.profile_key).term("handling_told")
    calendar = calendar_of(agency)
    return {row.pk: compute(term, received_on(row), calendar).due_on for row in opinions}


def _counted(opinion: Opinion, duty: str) -> Due:
    term = profile_of(opinion.agency, opinion.dialogue.profile_key).term(duty)
    return compute(term, received_on(opinion), calendar_of(opinion.agency))


def late_transfers(dialogue: Dialogue, today: date) -> list[Opinion]:
    """Opinions decided to be another body's whose slip has not left and whose term is over."""
    waiting = rows_of(dialogue).filter(state="transferred", transfer__sent_on=None)
    return [opinion for opinion in waiting if transfer_due(opinion).due_on < today]


def transfers_of(dialogue: Dialogue) -> list[Transfer]:
    """What was handed to other bodies, with slip and result, in the order of the opinions."""
    rows = Transfer.objects.filter(opinion__dialogue=dialogue).select_related("opinion", "document")
    return list(rows.order_by("opinion__ordinal"))


def notice_is_out(dialogue: Dialogue) -> bool:
    """Whether the result notice has its number: from then on nothing new belongs to this dialogue."""
    issued = Document.objects.filter(chain=dialogue.chain, kind="result_notice", number__isnull=False)
    return issued.exists()
