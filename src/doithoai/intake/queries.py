"""What came in, what nobody has sorted yet, who may see it, and by when the person must be told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from doithoai.directory.models import Office, Place
from doithoai.directory.queries import calendar_of, profile_of
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion, Transfer
from doithoai.intake.permissions import LINK, reads_all, receives_citizens
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Record
from doithoai.rules.deadlines import Due, compute
from doithoai.rules.masking import Known, mask
from doithoai.rules.similar import LEAST, Index

UNSORTED = "received"
OPEN = ("received", "accepted")


def visible_to(actor: Actor, dialogue: Dialogue) -> QuerySet[Opinion]:
    """The opinions that the actor may read, in the order in which they came. Denunciations only to their receiver,
    their author and citizen reception; a ward's staff sees what was said aloud or what they wrote down themselves."""
    rows = _rows(dialogue)
    if actor.is_system:
        return rows
    if actor.link is not None:
        purpose, code = actor.link
        return rows.filter(invitation__code=code) if purpose == LINK else rows.none()
    if not actor.is_staff or actor.agency_id != dialogue.agency_id:
        return rows.none()
    own = Q(received_by_id=actor.staff_id)
    hidden = Q(kind=Opinion.Kind.DENUNCIATION)
    aloud = Q(is_spoken=True) | Q(door=Opinion.Door.FLOOR)
    seen = own | (~hidden if reads_all(actor, dialogue) else aloud & ~hidden)
    return rows.filter(seen | hidden if receives_citizens(actor, dialogue) else seen)


def _rows(dialogue: Dialogue) -> QuerySet[Opinion]:
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
    return list(_rows(sitting.dialogue).filter(sitting=sitting))


def unclassified(dialogue: Dialogue) -> list[Opinion]:
    """Opinions that nobody has sorted yet."""
    return list(_rows(dialogue).filter(state=UNSORTED))


def merged_into(opinion: Opinion) -> list[Opinion]:
    """The opinions that get the same answer as this one."""
    return list(_rows(opinion.dialogue).filter(merged_into=opinion, state="merged"))


def root_of(opinion: Opinion) -> Opinion:
    """The opinion whose answer this one gets: the one it was merged into, or itself."""
    return opinion.merged_into if opinion.state == "merged" and opinion.merged_into else opinion


@dataclass(frozen=True, slots=True)
class Alike:
    """An opinion that may be about the same matter as another: the likeness from 0 to 1, and what they have in common."""

    opinion: Opinion
    score: float
    same_procedure: bool
    shared: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The likeness in whole hundredths."""
        return round(self.score * 100)


def alike(opinion: Opinion, *, least: float = LEAST, most: int = 5) -> list[Alike]:
    """Open opinions of the same dialogue that may be about the same matter, the likeliest first. A suggestion for
    whoever merges: nothing is merged by itself. Denunciations are neither asked about nor shown."""
    rows = list(_rows(opinion.dialogue).filter(state__in=OPEN))
    return alike_among([opinion], rows, least=least, most=most).get(opinion.pk, [])


def alike_among(
    asked: Iterable[Opinion], rows: Iterable[Opinion], *, least: float = LEAST, most: int = 1
) -> dict[int, list[Alike]]:
    """For each opinion asked about, those of `rows` that may be about the same matter; by the opinion's key."""
    shown = {row.code: row for row in rows if row.state in OPEN and not row.is_hidden}
    index = _index(tuple((code, _said(row)) for code, row in shown.items()))
    return {
        one.pk: [
            Alike(shown[near.code], near.score, _same_procedure(one, shown[near.code]), near.shared)
            for near in index.nearest(_said(one), most, least=least, among=shown.keys() - {one.code})
        ]
        for one in asked
        if one.state in OPEN and not one.is_hidden
    }


@lru_cache(maxsize=2)
def _index(texts: tuple[tuple[str, str], ...]) -> Index:
    """Built once for the same opinions: a board is looked at many times between two letters."""
    return Index(texts)


def _said(opinion: Opinion) -> str:
    """What is compared: the own words, and the shorter wording beside them where there is one."""
    return f"{opinion.words}. {opinion.summary}" if opinion.summary else str(opinion.words)


def _same_procedure(one: Opinion, other: Opinion) -> bool:
    return one.procedure_id is not None and one.procedure_id == other.procedure_id


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


def _counted(opinion: Opinion, duty: str) -> Due:
    term = profile_of(opinion.agency, opinion.dialogue.profile_key).term(duty)
    return compute(term, received_on(opinion), calendar_of(opinion.agency))


def late_transfers(dialogue: Dialogue, today: date) -> list[Opinion]:
    """Opinions decided to be another body's whose slip has not left and whose term is over."""
    waiting = _rows(dialogue).filter(state="transferred", transfer__sent_on=None)
    return [opinion for opinion in waiting if transfer_due(opinion).due_on < today]


def transfers_of(dialogue: Dialogue) -> list[Transfer]:
    """What was handed to other bodies, with slip and result, in the order of the opinions."""
    rows = Transfer.objects.filter(opinion__dialogue=dialogue).select_related("opinion", "document")
    return list(rows.order_by("opinion__ordinal"))


def notice_is_out(dialogue: Dialogue) -> bool:
    """Whether the result notice has its number: from then on nothing new belongs to this dialogue."""
    issued = Document.objects.filter(chain=dialogue.chain, kind="result_notice", number__isnull=False)
    return issued.exists()


def known_of(dialogue: Dialogue) -> Known:
    """What is known of the people of a dialogue and must not be published, and which names may stay."""
    invited = Q(invitations__sitting__dialogue=dialogue)
    people = Person.objects.filter(invited | Q(opinions__dialogue=dialogue)).distinct()
    officials = Staff.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    places = Place.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    offices = Office.objects.filter(agency=dialogue.agency).values_list("name", flat=True)
    codes = Record.objects.filter(person__in=people).values_list("file_code", flat=True)
    return Known(
        names=[person.name for person in people],
        phones=[person.phone for person in people if person.phone],
        codes=[code for code in codes if code],
        addresses=[person.group for person in people if person.group],
        keep=[*officials, *places, *offices],
    )


def masked_words(opinion: Opinion, known: Known | None = None) -> str:
    """A proposal for the public wording: the summary, or the own words, with personal data masked. For a person to
    review; pass `known` when masking many. Empty for a denunciation, of which nothing is ever shown."""
    if opinion.is_hidden:
        return ""
    return mask(str(opinion.summary or opinion.words), known or known_of(opinion.dialogue))
