"""Who is there at all venues of a sitting, as it changes: for the Office and whoever chairs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Verdict
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import actions, permissions, queries
from doithoai.roster.actions.possible import require_the_day
from doithoai.roster.forms import NoteForm, words_of
from doithoai.roster.models import Invitation
from doithoai.roster.views.arriving.spot import asked, note_of, people_of, version_of
from doithoai.roster.views.inviting import verdict_of
from doithoai.roster.views.visible import invitation_of, sittings_of
from doithoai.web.doors import actor_of, done, staff_only

WAITING = ("came", "sent", "excused", "absent", "awaited")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of outcome of a bar: its name, its words, how many, and where it lies on a bar of a thousand."""

    name: str
    words: str
    count: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who has not come: awaited, or absent without a reason; and whether that may be noted."""

    row: Invitation
    note: str
    may_note: Verdict


@dataclass(frozen=True, slots=True)
class Presence:
    """The citizens of one venue by what became of them, and who came besides."""

    venue: Venue
    counts: Counter[str]
    missing: list[Missing]

    @property
    def expected(self) -> int:
        """How many citizens have a place here."""
        return sum(self.counts[name] for name in WAITING)

    @property
    def there(self) -> int:
        """How many of them came, or were stood in for."""
        return self.counts["came"] + self.counts["sent"]

    @property
    def parts(self) -> list[Part]:
        """The parts of the bar, in order; every one, so that a page can fill it later."""
        words = _words()
        found, start = [], 0
        for name in WAITING:
            width = 1000 * self.counts[name] // self.expected if self.expected else 0
            found.append(Part(name, words[name], self.counts[name], start, width))
            start += width
        return found

    @property
    def besides(self) -> list[tuple[str, str, str]]:
        """Who is counted beside the invited: name, words, how many."""
        delegates = f"{self.counts['delegates']}/{self.counts['asked']}"
        return [
            ("delegates", _("đại biểu đã đến"), delegates),
            ("walk_in", _("đến không có giấy mời"), str(self.counts["walk_in"])),
            ("left", _("về trước"), str(self.counts["left"])),
        ]


def _words() -> dict[str, str]:
    return {
        "came": _("đã đến"), "sent": _("có người đến thay"), "excused": _("vắng có lý do"),
        "absent": _("vắng không lý do"), "awaited": _("chưa đến, chưa ghi"),
    }  # fmt: skip


@require_safe
@staff_only
def presence(request: HttpRequest, code: str, ordinal: int | None = None) -> HttpResponse:
    """Every venue of a sitting with its counts, and who has not come."""
    now, actor = clock.now(), actor_of(request)
    sittings = sittings_of(request, code)
    sitting = asked(sittings, ordinal, now)
    venues = _venues(sitting, actor, now)
    facts = {
        "here": "dialogues", "dialogue": sitting.dialogue, "sittings": sittings, "sitting": sitting, "venues": venues,
        "summary": _summary(venues), "today": verdict_of(lambda: require_the_day(sitting, now)), "now": now,
        "did": _("Đã ghi: vắng.") if request.GET.get("da") == "attendance.absent" else "",
    }  # fmt: skip
    return render(request, "roster/presence.html", facts)


@require_safe
@staff_only
def presence_state(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The counts of every venue for a page that is open already; 304 while nothing has changed."""
    now, actor = clock.now(), actor_of(request)
    sitting = asked(sittings_of(request, code), ordinal, now)
    version = version_of(sitting, "co-mat")
    if request.headers.get("If-None-Match") == version:
        return HttpResponseNotModified()
    venues = _venues(sitting, actor, now)
    told = {"summary": _summary(venues), "venues": {found.venue.code: _told(found) for found in venues}}
    return JsonResponse(told, headers={"ETag": version})


def _told(found: Presence) -> dict[str, object]:
    besides = {name: count for name, _words, count in found.besides}
    return {
        "there": found.there,
        "expected": found.expected,
        "parts": {part.name: [part.count, part.start, part.width] for part in found.parts},
        "besides": besides,
        "missing": [missing.row.code for missing in found.missing],
    }


@require_POST
@staff_only
def absent(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """Note that somebody did not come, with the reason where one is known."""
    row = invitation_of(request, request.POST.get("invitation", ""))
    reason = words_of(NoteForm(request.POST))["reason"]
    actions.mark_absent(row, reason=reason, actor=actor_of(request), now=clock.now())
    return done(reverse("presence-at", args=(code, ordinal)), "attendance.absent")


def _venues(sitting: Sitting, actor: Actor, now: datetime) -> list[Presence]:
    venues = list(Venue.objects.filter(dialogue=sitting.dialogue).select_related("office", "ward"))
    rows = people_of(sitting, *venues)
    today = verdict_of(lambda: require_the_day(sitting, now))
    return [_of_one(venue, [row for row in rows if row.venue_id == venue.pk], actor, today) for venue in venues]


def _of_one(venue: Venue, rows: list[Invitation], actor: Actor, today: Verdict) -> Presence:
    counts = Counter(name for row in rows for name in _named(row))
    missing = [
        Missing(row, note_of(row), today and permissions.may_note_absence(actor, row))
        for row in rows
        if row.is_citizen and set(_named(row)) & {"awaited", "absent"} and row.state != "declined"
    ]
    return Presence(venue, counts, missing)


def _named(row: Invitation) -> Iterable[str]:
    """What one row counts as."""
    if row.state == "attended" and row.left_at:
        yield "left"
    if not row.is_citizen:
        yield "asked"
    outcome = queries.outcome(row.route, row.state, row.substitute, row.reason, getattr(row, "successor", None))
    if not row.is_citizen:
        yield from ["delegates"] if row.state == "attended" else []
    elif outcome == "absent_without" and row.state not in ("absent", "declined"):
        yield "awaited"
    elif outcome in NAMES:
        yield NAMES[outcome]


NAMES = {
    "attended": "came", "substituted": "sent", "absent_with_reason": "excused", "absent_without": "absent",
    "walk_in": "walk_in",
}  # fmt: skip


def _summary(venues: list[Presence]) -> str:
    """One sentence: all a listener needs."""
    total: Counter[str] = sum((found.counts for found in venues), Counter())
    told = {
        "there": sum(found.there for found in venues), "expected": sum(found.expected for found in venues),
        "sent": total["sent"], "excused": total["excused"], "absent": total["absent"], "walk_in": total["walk_in"],
        "awaited": total["awaited"],
    }  # fmt: skip
    return (
        _(
            "Đã đến %(there)s/%(expected)s công dân được mời (%(sent)s người đến thay). Vắng có lý do %(excused)s, "
            "không lý do %(absent)s, chưa ghi %(awaited)s. Đến không có giấy mời: %(walk_in)s."
        )
        % told
    )
