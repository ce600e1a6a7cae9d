"""The board of a dialogue's opinions: what waits, what it is, and which may be about the same matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from doithoai.intake.actions.telling import LAW_OF_COMPLAINTS
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_receive, may_sort
from doithoai.intake.queries import OPEN, Alike, alike_among, visible_to
from doithoai.intake.states import OPINION
from doithoai.intake.views.acts import did
from doithoai.kernel.access import Actor
from doithoai.planning.models import Dialogue
from doithoai.planning.queries import sittings_of
from doithoai.rules.vietnamese import fold
from doithoai.web.context import framed, framing
from doithoai.web.doors import actor_of, agency_id_of, staff_only
from doithoai.web.tongue import state_word

PAGE = 50
ORDER = ("received", "accepted", "transferred", "merged", "closed", "guided", "not_taken", "withdrawn")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the board was asked for: words, one sitting, one state."""

    words: str
    sitting: str
    state: str

    @property
    def query(self) -> str:
        """The same as the end of an address, without the page."""
        named = {"q": self.words, "buoi": self.sitting, "trang-thai": self.state}
        return urlencode({name: value for name, value in named.items() if value})

    def let_through(self, opinion: Opinion) -> bool:
        """Whether an opinion is asked for. The words of a denunciation are not searched."""
        if self.sitting and (opinion.sitting is None or opinion.sitting.code != self.sitting):
            return False
        if self.state and opinion.state != self.state:
            return False
        wanted = fold(self.words).split()
        return not wanted or all(word in _searched(opinion) for word in wanted)


def _searched(opinion: Opinion) -> str:
    if opinion.is_hidden:
        return fold(opinion.code)
    parts = [opinion.code, str(opinion.words), str(opinion.summary or ""), opinion.guest, opinion.file_code]
    parts += [str(opinion.person or ""), str(opinion.procedure or "")]
    return fold(" ".join(parts))


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One opinion on the board, with the likest other one and what this reader may do at once."""

    opinion: Opinion
    near: Alike | None
    may_sort: bool
    may_accept: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """The opinions of one state, on this page of the board and in all."""

    state: str
    words: str
    count: int
    rows: list[BoardRow]


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
    filters = _filters(request)
    every = list(visible_to(actor, dialogue))
    found = sorted(filter(filters.let_through, every), key=lambda row: (ORDER.index(row.state), row.ordinal))
    page = _page_number(request, len(found))
    shown = found[(page - 1) * PAGE : page * PAGE]
    facts: dict[str, Any] = {
        "here": "dialogues",
        "dialogue": dialogue,
        "filters": filters,
        "piles": _piles(shown, found, every, actor),
        "states": [(state, state_word(OPINION, state), sum(row.state == state for row in every)) for state in ORDER],
        "sittings": sittings_of(dialogue),
        "total": len(every),
        "found": len(found),
        "page": page,
        "pages": max(1, -(-len(found) // PAGE)),
        "may_write": may_receive(actor, dialogue),
        "did": did(request.GET.get("da", "")),
        "about": request.GET.get("ma", "")[:28],
    }
    return render(request, "intake/board.html", facts)


def _filters(request: HttpRequest) -> Filters:
    state = request.GET.get("trang-thai", "")
    return Filters(
        request.GET.get("q", "").strip()[:200], request.GET.get("buoi", "")[:24], state if state in ORDER else ""
    )


def _page_number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("trang", "1")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    return min(max(wanted, 1), max(1, -(-count // PAGE)))


def _piles(shown: Sequence[Opinion], found: Sequence[Opinion], every: Sequence[Opinion], actor: Actor) -> list[Pile]:
    near = alike_among(shown, visible_to(actor, dialogue))
    piles: list[Pile] = []
    for state in dict.fromkeys(row.state for row in shown):
        rows = [_board_row(row, near, actor) for row in shown if row.state == state]
        count = sum(row.state == state for row in found)
        piles.append(Pile(state, state_word(OPINION, state), count, rows))
    return piles


def _board_row(opinion: Opinion, near: dict[int, list[Alike]], actor: Actor) -> BoardRow:
    may = bool(opinion.state in OPEN and may_sort(actor, opinion))
    plain = opinion.kind not in LAW_OF_COMPLAINTS
    likest = near.get(opinion.pk, [])
    is_offered = may and plain and likest and likest[0].opinion.kind not in LAW_OF_COMPLAINTS
    return BoardRow(opinion, likest[0] if is_offered else None, may, may and plain and opinion.state == "received")
