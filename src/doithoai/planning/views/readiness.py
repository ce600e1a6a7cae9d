"""Difficulties raised and answered (R60), and how ready every venue is, in one picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory.models import Office
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Role
from doithoai.planning.actions import carrying_out
from doithoai.planning.forms import CheckForm, DirectionForm, ObstacleForm, words_of
from doithoai.planning.models import Check, Dialogue, Obstacle, Venue
from doithoai.planning.permissions import may_check, may_prepare, may_raise
from doithoai.planning.views.visible import dialogue_of
from doithoai.web.acts import Figure
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.seeking import asked_for, sought

RAISING = (Role.HEAD, Role.OFFICER, Role.VENUE, Role.TECHNICIAN)
Do = Callable[[Dialogue, QueryDict, Actor, datetime], object]


# ---- difficulties


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def obstacles(request: HttpRequest, code: str) -> HttpResponse:
    """The difficulties of a dialogue: a unit raises one, the Office directs and closes it."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _act(request, dialogue)
    actor = actor_of(request)
    every = list(Obstacle.objects.filter(dialogue=dialogue).select_related("office").order_by("-pk"))
    rows = sought(every, asked_for(request), lambda row: (row.text, row.direction, row.office.name))
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "count": len(every),
        "found": len(rows),
        "open": [row for row in rows if row.state != "closed"],
        "closed": [row for row in rows if row.state == "closed"],
        "offices": offices_of(actor, dialogue),
        "may_raise": may_raise(actor, dialogue),
        "may_answer": may_prepare(actor, dialogue),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/obstacles.html", facts)


def offices_of(actor: Actor, dialogue: Dialogue) -> list[Office]:
    """The units for which somebody may raise a difficulty: those where they hold such a role."""
    held = {office for role, office in actor.held if role in RAISING}
    return list(Office.objects.filter(agency_id=dialogue.agency_id, pk__in=held).order_by("code"))


def _raise(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    said = words_of(ObstacleForm(posted))
    offices = offices_of(actor, dialogue)
    chosen = next((row for row in offices if row.code == said["office"]), offices[0] if len(offices) == 1 else None)
    if chosen is None and offices:
        raise NotNow(_("Chưa ghi được: chưa chọn đơn vị báo khó khăn."))
    # Somebody without such a unit has not the right either: the act says whose right it is.
    carrying_out.raise_obstacle(dialogue, chosen or dialogue.secretariat, text=said["text"], actor=actor, now=now)


def _obstacle(dialogue: Dialogue, posted: QueryDict) -> Obstacle:
    asked = posted.get("so", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise Http404
    rows = Obstacle.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    return get_object_or_404(rows, pk=int(asked))


def _direct(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    row = _obstacle(dialogue, posted)
    carrying_out.direct(row, direction=words_of(DirectionForm(posted))["text"], actor=actor, now=now)


def _close(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    carrying_out.close(_obstacle(dialogue, posted), actor=actor, now=now)


DOORS: dict[str, tuple[str, Do]] = {
    "bao": ("obstacle.raise", _raise),
    "chi-dao": ("obstacle.direct", _direct),
    "xong": ("obstacle.close", _close),
}


def _act(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    step = request.POST.get("buoc", "")
    if step not in DOORS:
        raise Http404
    verb, do = DOORS[step]
    do(dialogue, request.POST, actor_of(request), clock.now())
    return done(reverse("obstacles", args=(dialogue.code,)), verb)


def _did(verb: str) -> str:
    words = {
        "obstacle.raise": _("Đã báo Văn phòng."),
        "obstacle.direct": _("Đã ghi chỉ đạo."),
        "obstacle.close": _("Đã ghi là giải quyết xong."),
        "venue.check": _("Đã ghi kết quả kiểm tra."),
    }
    return words.get(verb, "")


# ---- venues


@dataclass(frozen=True, slots=True)
class Cell:
    """The newest look at one line of a venue; `word` says it, `look` is its mark."""

    label: str
    word: str
    look: str
    note: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A venue, its lines in the order of the picture, and whether this reader may check it."""

    venue: Venue
    cells: tuple[Cell, ...]
    may: bool

    @property
    def ready(self) -> int:
        """How many lines were found good."""
        return sum(cell.look == "done" for cell in self.cells)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def venues(request: HttpRequest, code: str) -> HttpResponse:
    """All venues and all lines of their readiness; the technician and the ward note what they found."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _check(request, dialogue)
    lines = _lines(dialogue, actor_of(request))
    every = sum(len(line.cells) for line in lines)
    whole = sum(line.ready == len(line.cells) for line in lines)
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "lines": lines,
        "may_any": any(line.may for line in lines),
        "kinds": Check.Kind.choices,
        "figures": [
            Figure(str(whole), str(len(lines)), _("điểm cầu sẵn sàng đủ mọi mục")),
            Figure(str(sum(line.ready for line in lines)), str(every), _("mục kiểm tra đạt")),
        ],
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/venues.html", facts)


def _lines(dialogue: Dialogue, actor: Actor) -> list[VenueLine]:
    newest: dict[tuple[int, str], Check] = {}
    for row in Check.objects.filter(venue__dialogue=dialogue).order_by("at", "pk"):
        newest[row.venue_id, row.kind] = row
    lines = []
    for venue in Venue.objects.filter(dialogue=dialogue).select_related("office"):
        venue.dialogue = dialogue
        cells = tuple(_cell(label, newest.get((venue.pk, kind))) for kind, label in Check.Kind.choices)
        lines.append(VenueLine(venue, cells, bool(may_check(actor, venue))))
    return lines


def _cell(label: str, row: Check | None) -> Cell:
    if row is None:
        return Cell(label, _("chưa kiểm tra"), "", "", None)
    return Cell(
        label, _("đạt") if row.is_ready else _("chưa đạt"), "done" if row.is_ready else "late", row.note, row.at
    )


def _check(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    rows = Venue.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    venue = get_object_or_404(rows, code=request.POST.get("diem-cau", ""))
    said = words_of(CheckForm(request.POST))
    carrying_out.check(
        venue,
        said["kind"],
        is_ready=said["found"] == "dat",
        note=said["note"],
        actor=actor_of(request),
        now=clock.now(),
    )
    return done(reverse("venues", args=(dialogue.code,)), "venue.check")
