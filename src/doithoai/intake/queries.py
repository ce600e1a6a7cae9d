"""What came in, what nobody has sorted yet, who may see it, and by when the person must be told."""

from collections import Counter
from datetime import date
from math import log, sqrt

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
from doithoai.rules.vietnamese import fold

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
            "words", "summary", "public_words", "procedure", "merged_into", "transfer",
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


def alike(opinion: Opinion, *, least: float = 0.25, most: int = 5) -> list[tuple[Opinion, float]]:
    """Open opinions of the same dialogue that may be about the same matter, the likeliest first, with a likeness from
    0 to 1. A suggestion for whoever merges: nothing is merged by itself. Denunciations are neither asked about nor shown."""
    rows = [row for row in _rows(opinion.dialogue).filter(state__in=OPEN) if not row.is_hidden]
    others = [row for row in rows if row.pk != opinion.pk]
    if opinion.is_hidden or not others:
        return []
    texts = [fold(str(row.summary or row.words)) for row in (opinion, *others)]
    by_words = _likeness([Counter(text.split()) for text in texts])
    by_letters = _likeness([Counter(text[at : at + 3] for at in range(len(text) - 2)) for text in texts])
    scores = [(one + other) / 2 for one, other in zip(by_words, by_letters, strict=True)]
    found = sorted(zip(others, scores, strict=True), key=lambda pair: (-pair[1], pair[0].ordinal))
    return [pair for pair in found if pair[1] >= least][:most]


def _likeness(bags: list[Counter[str]]) -> list[float]:
    """Cosine of the first bag with each other one; what stands in many bags weighs little."""
    total = len(bags)
    spread = Counter(term for bag in bags for term in bag)
    weighed = [{term: number * log(1 + total / spread[term]) for term, number in bag.items()} for bag in bags]
    lengths = [sqrt(sum(weight * weight for weight in bag.values())) or 1.0 for bag in weighed]
    first = weighed[0]
    shared = [sum(weight * bag.get(term, 0.0) for term, weight in first.items()) for bag in weighed]
    return [shared[at] / (lengths[0] * lengths[at]) for at in range(1, total)]


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
