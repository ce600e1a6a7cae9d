"""The journal of a dialogue as a story, page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, F, JSONField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr
from django.db.models.query import QuerySet
from django.utils.translation import gettext as _

from doithoai.answers.models import Answer
from doithoai.directory.models import Office
from doithoai.documents.models import Document
from doithoai.journal.models import Chain, Entry
from doithoai.journal.queries import line_of
from doithoai.oversight.queries.sentences import told
from doithoai.people.models import Staff
from doithoai.planning.models import Check, Dialogue, Duty, Sitting, Venue
from doithoai.planning.queries import DUTY_NAMES
from doithoai.web.acts import JournalLine
from doithoai.web.seeking import sought

PAGE: Final = 50
MOST_SOUGHT: Final = 200
# The reference of staff in the journal is “staff:CODE”; SQL counts characters from 1.
AFTER_PREFIX: Final = len("staff:") + 1


@dataclass(frozen=True, slots=True)
class Story:
    """One page of a chain, newest first, and the chain's length and head."""

    lines: list[JournalLine]
    length: int
    head: str
    page: int
    pages: int


def with_actor(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with the name of the member of staff who acted, in the same query."""
    code = Substr(KeyTextTransform("actor", Cast("body", JSONField())), AFTER_PREFIX)
    name = Staff.objects.filter(code=OuterRef("actor_code")).values("name")[:1]
    coded = entries.annotate(actor_code=Cast(code, CharField()))
    return coded.annotate(actor_name=Subquery(name), head=F("chain__head"), length=F("chain__length"))


def tell(entries: Iterable[Entry], names: Mapping[str, str], zone: str) -> list[JournalLine]:
    """Entries that came `with_actor`, as sentences."""
    lines = []
    for entry in entries:
        line = line_of(entry)
        staff = {line.actor.partition(":")[2]: str(getattr(entry, "actor_name", "") or "")}
        lines.append(told(line, names, staff, zone))
    return lines


def common_names() -> dict[str, str]:
    """Words for codes that are the same in every dialogue."""
    kinds = {str(kind): str(label).lower() for kind, label in (*Check.Kind.choices, *Answer.Form.choices)}
    return kinds | {slug: _(words).lower() for slug, words in DUTY_NAMES.items()}


def names_of(
    documents: Iterable[Document],
    sittings: Iterable[Sitting],
    places: Iterable[tuple[str, str]],
    duties: Iterable[Duty],
) -> dict[str, str]:
    """What people call the papers, sittings, places (venues and offices) and duties that entries name by code."""
    names = common_names()
    names |= {document.code: f"“{short(document.subject, 60)}”" for document in documents}
    names |= {sitting.code: _("buổi %(sector)s") % {"sector": sitting.sector.name} for sitting in sittings}
    names |= dict(places)
    names |= {duty.code: f"“{short(duty.what, 60)}”" for duty in duties}
    return names


def short(text: str, most: int) -> str:
    """The beginning of a long text, cut between two words."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def story(dialogue: Dialogue, page: int = 1, asked: str = "") -> Story:
    """A page of the dialogue's journal; a page beyond the last is the last.

    With `asked` the newest `MOST_SOUGHT` entries of the whole chain whose sentence, or who acted, has these words.
    """
    chain = Chain.objects.filter(key=dialogue.chain).first()
    length, head = (chain.length, chain.head) if chain else (0, "")
    pages = max(1, -(-length // PAGE))
    page = min(max(1, page), pages)
    newest = length - (page - 1) * PAGE
    rows = Entry.objects.filter(chain__key=dialogue.chain)
    rows = rows if asked else rows.filter(number__lte=newest, number__gt=newest - PAGE)
    names = names_of(
        Document.objects.filter(chain=dialogue.chain).only("code", "subject"),
        Sitting.objects.filter(dialogue=dialogue).select_related("sector"),
        (
            *Venue.objects.filter(dialogue=dialogue).values_list("code", "name"),
            *Office.objects.filter(agency_id=dialogue.agency_id).values_list("code", "name"),
        ),
        Duty.objects.filter(dialogue=dialogue).only("code", "what"),
    )
    lines = tell(with_actor(rows.order_by("-number")), names, dialogue.agency.zone)
    if asked:
        return Story(sought(lines, asked, lambda line: (line.words, line.who))[:MOST_SOUGHT], length, head, 1, 1)
    return Story(lines, length, head, page, pages)
