"""The board of a dialogue's opinions: what waits, what it is, and which may be about the same matter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_compare, may_receive, may_sort
from doithoai.intake.queries import OPEN, Alike, alike_among, merged_counts, supports_of, visible_to
from doithoai.intake.states import OPINION
from doithoai.intake.views.acts import did_on_board, is_parted_still
from doithoai.kernel.access import Actor
from doithoai.planning.models import Dialogue
from doithoai.planning.queries import sittings_of
from doithoai.rules.vietnamese import fold
from doithoai.web.context import framed, framing
from doithoai.web.doors import actor_of, agency_id_of, staff_only
from doithoai.web.numbers import page_asked
from doithoai.web.tongue import state_word

PAGE = 50
UNKNOWN = "chua-ro"
"""In place of a sitting's code: opinions of which nobody has said to which sitting they belong."""
ORDER = ("received", "accepted", "transferred", "merged", "closed", "guided", "not_taken", "withdrawn")
KEYS = {"difficulty": "v", "report": "p", "petition": "n", "proposal": "x", "complaint": "h", "denunciation": "t"}
"""The letter that says what an opinion is, on a keyboard."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the board was asked for: words, one sitting, one state, one kind, one competent body, and which page."""

    words: str = ""
    sitting: str = ""
    state: str = ""
    kind: str = ""
    body: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """From an address; what makes no sense is left out."""
        state, kind = given.get("trang-thai", ""), given.get("loai", "")
        return cls(
            given.get("q", "").strip()[:200],
            given.get("buoi", "")[:24],
            state if state in ORDER else "",
            kind if kind in Opinion.Kind.values else "",
            given.get("co-quan", "").strip()[:200],
            page_asked(given),
        )

    @property
    def query(self) -> str:
        """The same as the end of an address, without the page."""
        named = {
            "q": self.words, "buoi": self.sitting, "trang-thai": self.state, "loai": self.kind, "co-quan": self.body,
        }  # fmt: skip
        return urlencode({name: value for name, value in named.items() if value})

    @property
    def place(self) -> str:
        """The same with the page: where an act of the board comes back to."""
        return "&".join(filter(None, (self.query, f"trang={self.page}" if self.page > 1 else "")))

    @property
    def without_state(self) -> str:
        """The same for every state."""
        return replace(self, state="").query

    def among(self, rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
        """The rows that are asked for. The words of a denunciation are not searched."""
        wanted = {"sitting__code": self.sitting, "state": self.state, "kind": self.kind, "competent": self.body}
        if self.sitting == UNKNOWN:
            del wanted["sitting__code"]
            rows = rows.filter(sitting=None)
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        words = fold(self.words).split()
        return rows.filter(pk__in=list(_with_words(rows, words))) if words else rows


_SEARCHED = (
    "code", "words__body", "summary__body", "guest", "file_code", "person__name", "procedure__name", "competent",
)  # fmt: skip


def _with_words(rows: QuerySet[Opinion], words: Sequence[str]) -> Iterator[int]:
    for pk, kind, *texts in rows.order_by().values_list("pk", "kind", *_SEARCHED):
        is_hidden = kind == Opinion.Kind.DENUNCIATION
        said = fold(" ".join(filter(None, texts[:1] if is_hidden else texts)))
        if all(word in said for word in words):
            yield pk


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One opinion on the board, with the likest other one, how many share its answer, and what this reader may do."""

    opinion: Opinion
    near: Alike | None
    merged: int
    supports: int
    may_sort: bool
    may_accept: bool
    may_unmerge: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """The opinions of one state, on this page of the board and in all."""

    state: str
    words: str
    count: int
    rows: list[BoardRow]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many opinions have it."""

    value: str
    words: str
    count: int


def dialogue_of(request: HttpRequest, code: str) -> Dialogue:
    """A dialogue of the actor's agency, with the frame of its pages; anything else is not found (404)."""
    actor = actor_of(request)
    rows = Dialogue.objects.filter(agency_id=agency_id_of(actor)).select_related("agency", "secretariat")
    found = get_object_or_404(rows.annotate(**framing(actor)), code=code)
    framed(request, found.agency, found)
    return found


@require_safe
@staff_only
def board(request: HttpRequest, code: str) -> HttpResponse:
    """Every opinion that the reader may see, by state, with search and filters; nothing is hidden by a count."""
    dialogue, actor = dialogue_of(request, code), actor_of(request)
    every = visible_to(actor, dialogue)
    counted = list(every.order_by().values_list("state", "kind", "competent").annotate(count=Count("pk")))
    filters = Filters.of(request.GET.dict())
    found = filters.among(every)
    by_state: Counter[str] = Counter(dict(found.order_by().values_list("state").annotate(Count("pk"))))
    pages = max(1, -(-by_state.total() // PAGE))
    filters = replace(filters, page=min(filters.page, pages))
    shown = list(_in_order(found)[(filters.page - 1) * PAGE : filters.page * PAGE])
    facts: dict[str, Any] = {
        "here": "dialogues",
        "dialogue": dialogue,
        "filters": filters,
        "piles": _piles(shown, by_state, every, actor),
        "states": _choices(counted, 0, [(state, state_word(OPINION, state)) for state in ORDER]),
        "kinds": _choices(counted, 1, Opinion.Kind.choices),
        "bodies": sorted({body for _state, _kind, body, _count in counted if body}),
        "keys": [(KEYS[value], value, label) for value, label in Opinion.Kind.choices],
        "sittings": sittings_of(dialogue),
        "unplaced": every.filter(sitting=None).count(),
        "total": sum(count for *_of, count in counted),
        "found": by_state.total(),
        "pages": pages,
        "may_write": may_receive(actor, dialogue),
        "may_compare": may_compare(actor, dialogue),
        "did": did_on_board(request.GET, actor, dialogue),
    }
    return render(request, "intake/board.html", facts)


def _in_order(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    places = [When(state=state, then=Value(place)) for place, state in enumerate(ORDER)]
    return rows.order_by(Case(*places, output_field=IntegerField()), "ordinal")


def _choices(counted: Sequence[Any], column: int, named: Sequence[tuple[str, Any]]) -> list[Choice]:
    counts: Counter[str] = Counter()
    for row in counted:
        counts[row[column]] += row[3]
    return [Choice(value, str(words), counts[value]) for value, words in named if counts[value]]


def _piles(shown: Sequence[Opinion], counts: Counter[str], every: QuerySet[Opinion], actor: Actor) -> list[Pile]:
    near, merged, supports = alike_among(shown, every), merged_counts(shown), supports_of(shown)
    piles: list[Pile] = []
    for state in dict.fromkeys(row.state for row in shown):
        rows = [_board_row(row, near, merged, supports, actor) for row in shown if row.state == state]
        piles.append(Pile(state, state_word(OPINION, state), counts[state], rows))
    return piles


def _board_row(
    opinion: Opinion, near: dict[int, list[Alike]], merged: dict[int, int], supports: dict[int, int], actor: Actor
) -> BoardRow:
    may = bool(opinion.state in (*OPEN, "merged") and may_sort(actor, opinion))
    is_open, is_plain = opinion.state in OPEN, opinion.kind not in LAW_OF_COMPLAINTS
    likest = near.get(opinion.pk, [])
    is_offered = may and is_open and is_plain and likest and likest[0].opinion.kind not in LAW_OF_COMPLAINTS
    return BoardRow(
        opinion,
        likest[0] if is_offered else None,
        merged.get(opinion.pk, 0),
        supports[opinion.pk],
        may_sort=may and is_open,
        may_accept=may and is_plain and opinion.state == "received",
        may_unmerge=may and not is_open and is_parted_still(opinion),
    )
