"""Difficulties raised and answered (R60), and how ready every venue is, in one picture."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory.models import Office
from doithoai.directory.queries import profile_of
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow, Role
from doithoai.people.models import Holding, Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.forms import CheckForm, DirectionForm, ObstacleForm, words_of
from doithoai.planning.models import Check, Dialogue, Obstacle, Venue
from doithoai.planning.permissions import RAISING, may_check, may_name_chair, may_prepare, may_raise
from doithoai.planning.queries import Look, VenueReadiness, readiness_of
from doithoai.planning.views.visible import dialogue_of
from doithoai.rules.profiles import Readiness
from doithoai.web.acts import Figure
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.numbers import small_number
from doithoai.web.seeking import asked_for, sought

NEVER_CHAIR = (Role.CLERK, Role.TECHNICIAN, Role.ADMIN, Role.EDITOR, Role.OBSERVER)
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
    asked = small_number(posted.get("so", ""))
    if asked is None:
        raise Http404
    rows = Obstacle.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    return get_object_or_404(rows, pk=asked)


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
        "venue.name_chair": _("Đã ghi người chủ trì tại điểm cầu."),
        "readiness.switch": _("Đã đổi các mục kiểm tra của cuộc này."),
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
    """A venue, a cell for each column of the picture, what this reader may note there, and who may chair it."""

    venue: Venue
    is_whole: bool
    cells: tuple[Cell, ...]
    checks: tuple[Look, ...]
    chairs: tuple[Staff, ...]

    @property
    def is_mine(self) -> bool:
        """Whether this reader has anything to write down here."""
        return bool(self.checks or self.chairs)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of readiness that the rules know: whether this dialogue asks for it, and why."""

    slug: str
    label: str
    is_on: bool
    rule: Readiness
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def venues(request: HttpRequest, code: str) -> HttpResponse:
    """All venues with all lines that they owe; who checks notes what was found, the Office what is owed at all."""
    dialogue = dialogue_of(request, code)
    if request.method == "POST":
        return _write(request, dialogue)
    rules, actor = _rules(dialogue), actor_of(request)
    found = readiness_of(dialogue, rules)
    columns = list(dict.fromkeys((look.kind, look.label) for row in found for look in row.looks))
    columns += dict.fromkeys((row.connected.kind, row.connected.label) for row in found if row.connected)
    lines = _lines(dialogue, actor, found, [kind for kind, _label in columns])
    whole, ready, owed = sum(row.is_whole for row in found), sum(row.ready for row in found), sum(map(_owed, found))
    facts = {
        "here": "dialogues",
        "dialogue": dialogue,
        "lines": lines,
        "may_any": any(line.is_mine for line in lines),
        "columns": columns,
        "items": _items(dialogue, rules),
        "may_switch": bool(may_prepare(actor, dialogue)),
        "figures": [
            Figure(str(whole), str(len(found)), _("điểm cầu sẵn sàng đủ mọi mục")),
            Figure(str(ready), str(owed), _("mục kiểm tra đạt")),
        ],
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/venues.html", facts)


def _all(row: VenueReadiness) -> tuple[Look, ...]:
    return (*row.looks, row.connected) if row.connected else row.looks


def _owed(row: VenueReadiness) -> int:
    return len(row.looks)


def _lines(
    dialogue: Dialogue, actor: Actor, found: Sequence[VenueReadiness], columns: Sequence[str]
) -> list[VenueLine]:
    rows = {row.code: row for row in Venue.objects.filter(dialogue=dialogue).select_related("office", "chair")}
    for row in rows.values():
        row.dialogue = dialogue
    chaired = [row for row in rows.values() if may_name_chair(actor, row)]
    chairs = _chairs(dialogue, chaired) if chaired else {}
    lines = []
    for seen in found:
        venue = rows[seen.code]
        looks = {look.kind: look for look in _all(seen)}
        cells = tuple(_cell(looks.get(kind)) for kind in columns)
        checks = _all(seen) if may_check(actor, venue) else ()
        named = chairs.get(venue.office_id, ()) if venue in chaired else ()
        lines.append(VenueLine(venue, seen.is_whole, cells, checks, named))
    return lines


def _chairs(dialogue: Dialogue, rows: Iterable[Venue]) -> dict[int, tuple[Staff, ...]]:
    """Who may chair at a venue: the people of its office; at the centre the leaders too."""
    central = {row.office_id for row in rows if row.is_central}
    at = Q(office__in=[row.office_id for row in rows]) | Q(role=Role.LEADER, office__agency=dialogue.agency_id)
    held = Holding.objects.filter(at, until=None, staff__is_active=True).exclude(role__in=NEVER_CHAIR)
    found: dict[int, dict[int, Staff]] = {}
    for row in held.select_related("staff").order_by("staff__name", "pk"):
        for office in central if row.role == Role.LEADER else {row.office_id}:
            found.setdefault(office, {})[row.staff_id] = row.staff
    return {office: tuple(people.values()) for office, people in found.items()}


def _cell(look: Look | None) -> Cell:
    if look is None:
        return Cell("", _("không cần"), "", "", None)
    if look.is_ready is None:
        return Cell(look.label, _("chưa kiểm tra"), "", "", None)
    word, mark = (_("đạt"), "done") if look.is_ready else (_("chưa đạt"), "late")
    return Cell(look.label, word, mark, look.note, look.at)


def _rules(dialogue: Dialogue) -> Sequence[Readiness]:
    return profile_of(dialogue.agency, dialogue.profile_key).readiness


def _items(dialogue: Dialogue, rules: Iterable[Readiness]) -> list[Item]:
    """Every line the rules know, with what this dialogue decided of it; a central venue owes fewer than the others."""
    switched = {slug: bool(row["on"]) for slug, row in dialogue.readiness.items()}
    names = dict(Check.Kind.choices)
    items = []
    for rule in rules:
        is_on = any(rule.is_asked(mode=dialogue.mode, is_central=at, switched=switched) for at in (True, False))
        why = dialogue.readiness.get(rule.slug, {}).get("why", "")
        items.append(Item(rule.slug, str(names.get(rule.slug, rule.words)), is_on, rule, why))
    return items


def _check(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    venue, said = _venue(dialogue, posted), words_of(CheckForm(posted))
    owed = next(row for row in readiness_of(dialogue, _rules(dialogue)) if row.code == venue.code)
    if said["kind"] not in {look.kind for look in _all(owed)}:
        raise NotNow(_("Chưa ghi được: điểm cầu này không cần mục kiểm tra ấy."))
    is_ready = said["found"] == "dat"
    carrying_out.check(venue, said["kind"], is_ready=is_ready, note=said["note"], actor=actor, now=now)


def _name_chair(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    venue = _venue(dialogue, posted)
    offered = _chairs(dialogue, [venue]).get(venue.office_id, ())
    chair = next((row for row in offered if row.code == posted.get("nguoi", "")), None)
    if chair is None:
        raise NotNow(_("Chưa ghi được: chưa chọn người chủ trì trong danh sách."))
    carrying_out.name_chair(venue, chair, actor=actor, now=now)


def _switch(dialogue: Dialogue, posted: QueryDict, actor: Actor, now: datetime) -> None:
    item, is_on, why = posted.get("muc", ""), posted.get("bat") == "co", posted.get("ly-do", "")
    carrying_out.switch_readiness(dialogue, item, is_on=is_on, reason=why, actor=actor, now=now)


def _venue(dialogue: Dialogue, posted: QueryDict) -> Venue:
    rows = Venue.objects.filter(dialogue=dialogue).select_related("dialogue__agency", "office")
    return get_object_or_404(rows, code=posted.get("diem-cau", ""))


VENUE_DOORS: dict[str, tuple[str, Do]] = {
    "": ("venue.check", _check),
    "chu-tri": ("venue.name_chair", _name_chair),
    "muc": ("readiness.switch", _switch),
}


def _write(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    step = request.POST.get("buoc", "")
    if step not in VENUE_DOORS:
        raise Http404
    verb, do = VENUE_DOORS[step]
    do(dialogue, request.POST, actor_of(request), clock.now())
    return done(reverse("venues", args=(dialogue.code,)), verb)
