"""The calendar of the agency: every sitting and deadline beside the days off, as a month, a year and a feed."""

import calendar as weeks
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import calendar_of
from doithoai.journal.queries import story
from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, NotNow, Role
from doithoai.people.actions import open_link
from doithoai.planning.actions import subscribing
from doithoai.planning.models import Deadline, Duty, Sitting, Venue
from doithoai.planning.queries import DUTY_DONE, deadline_name, duty_dates
from doithoai.planning.views.ical import Event, written
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, staff_only
from doithoai.web.seeking import asked_for, sought
from doithoai.web.tongue import is_vietnamese, weekday_short

YEARS = range(2000, 2101)
BRIEF = 90


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a day: what, of which dialogue, and how it looks."""

    words: str
    code: str
    look: str
    is_draft: bool = False


@dataclass(slots=True)
class Day:
    """A day of the calendar: what is special about it, and what falls on it."""

    day: date
    note: str
    is_rest: bool
    is_today: bool
    items: list[Item] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """“T4”."""
        return weekday_short(self.day)

    @property
    def column(self) -> int:
        """Its place in the week, 1 for Monday."""
        return self.day.isoweekday()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def calendar(request: HttpRequest) -> HttpResponse:
    """The month asked for, or the year; a POST makes the reader's own address for other programs."""
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    feed = _subscribed(request, agency) if request.method == "POST" else ""
    today = clock.day_of(clock.now(), agency.zone)
    year = _year_asked(request.GET.get("nam", ""))
    month = _month_asked(request.GET.get("thang", ""), today)
    asked = asked_for(request)
    if asked:
        facts = _sought(_year(agency, year or month.year, today), asked)
    else:
        facts = _month(agency, month, today) if year is None else _year(agency, year, today)
    return render(request, "planning/calendar.html", {"here": "calendar", "feed": feed, **facts})


def _year_asked(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{4}", text) and int(text) in YEARS else None


def _month_asked(text: str, today: date) -> date:
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if found and int(found[1]) in YEARS:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def _subscribed(request: HttpRequest, agency: Agency) -> str:
    token = subscribing.subscribe(agency, actor=actor_of(request), now=clock.now())
    path = reverse("calendar-feed", args=(token,))
    if not is_vietnamese():
        path += f"?{urlencode({LANGUAGE: get_language()})}"
    return plugs.link(path) if plugs.plugged.address else request.build_absolute_uri(path)


# ---- the pages


def _month(agency: Agency, first: date, today: date) -> dict[str, object]:
    length = weeks.monthrange(first.year, first.month)[1]
    days = _days(agency, first, first + timedelta(days=length - 1), today)
    return {
        "days": days,
        "first": first,
        "year": first.year,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{days[-1].day + timedelta(days=1):%Y-%m}",
        "is_empty": not any(day.items for day in days),
        "warnings": calendar_of(agency).warnings_for([first.year]),
    }


def _year(agency: Agency, year: int, today: date) -> dict[str, object]:
    days = _days(agency, date(year, 1, 1), date(year, 12, 31), today)
    rows = calendar_of(agency).rows
    months = [
        (date(year, month, 1), [day for day in days if day.day.month == month and (day.items or day.day in rows)])
        for month in range(1, 13)
    ]
    return {
        "months": months,
        "year": year,
        "last_year": year - 1,
        "next_year": year + 1,
        "warnings": calendar_of(agency).warnings_for([year]),
    }


def _sought(facts: dict[str, Any], asked: str) -> dict[str, object]:
    """The year with nothing but the entries that fit what is asked for."""
    fitting = []
    for month, days in facts["months"]:
        kept = [replace(day, items=sought(day.items, asked, lambda item: (item.words, item.code))) for day in days]
        fitting.append((month, [day for day in kept if day.items]))
    months = [(month, days) for month, days in fitting if days]
    return {**facts, "months": months, "found": sum(len(day.items) for _month, days in months for day in days)}


def _days(agency: Agency, first: date, last: date, today: date) -> list[Day]:
    known = calendar_of(agency)
    days = [_day(known, first + timedelta(days=n), today) for n in range((last - first).days + 1)]
    for sitting in _sittings(agency, first, last):
        start = clock.local(sitting.starts_at, agency.zone)
        said = _("Đối thoại: %(sector)s") if sitting.tentative else _("%(hour)s Đối thoại: %(sector)s")
        words = said % {"hour": f"{start:%H:%M}", "sector": _sector(sitting)}
        if sitting.state in ("postponed", "cancelled"):
            words = f"{words} ({sitting.get_state_display()})"
        _put(days, first, start.date(), Item(words, sitting.dialogue.code, "now", sitting.dialogue.state == "draft"))
    for row in _deadlines(agency, first, last):
        words = _("Hạn: %(what)s") % {"what": deadline_name(row)}
        _put(days, first, row.due_on, Item(words, row.dialogue.code, _look(row, today)))
    for due_on, item in _duty_items(agency, known, today):
        if first <= due_on <= last:
            _put(days, first, due_on, item)
    return days


def _sector(row: Sitting) -> str:
    """What a sitting is about; one whose day is a forecast says so."""
    if not row.tentative:
        return row.sector.name
    words = _("%(sector)s (dự kiến %(when)s, ngày chưa ấn định)")
    return words % {"sector": row.sector.name, "when": row.tentative}


def _duty_items(agency: Agency, known: WorkCalendar, today: date) -> Iterator[tuple[date, Item]]:
    """Duties of the same words and day together, with the offices that owe them."""
    piles: dict[tuple[date, str, str], list[Duty]] = {}
    for duty, due_on in duty_dates(agency, known):
        piles.setdefault((due_on, duty.dialogue.code, duty.what), []).append(duty)
    for (due_on, code, what), duties in piles.items():
        owed = [duty for duty in duties if duty.state not in DUTY_DONE]
        look = "done" if not owed else "late" if due_on < today else "due"
        words = _("Nhiệm vụ: %(what)s") % {"what": _brief(what)}
        offices = "; ".join(dict.fromkeys(str(duty.office) for duty in owed or duties if duty.office))
        yield (
            due_on,
            Item(f"{words} ({offices})" if offices else words, code, look, duties[0].dialogue.state == "draft"),
        )


def _brief(words: str) -> str:
    """The first words of a duty, cut between words."""
    return words if len(words) <= BRIEF else f"{words[:BRIEF].rsplit(' ', 1)[0]}…"


def _day(known: WorkCalendar, day: date, today: date) -> Day:
    row = known.rows.get(day)
    return Day(day, _(row.name) if row else "", not known.is_working(day), day == today)


def _put(days: Sequence[Day], first: date, day: date, item: Item) -> None:
    days[(day - first).days].items.append(item)


def _look(row: Deadline, today: date) -> str:
    if row.met_on:
        return "done"
    return "late" if row.due_on < today else "due"


def _sittings(agency: Agency, first: date, last: date) -> list[Sitting]:
    start = clock.at(first, 0, 0, agency.zone)
    end = clock.at(last + timedelta(days=1), 0, 0, agency.zone)
    rows = Sitting.objects.filter(dialogue__agency=agency, starts_at__gte=start, starts_at__lt=end)
    slim: Any = rows.select_related("sector", "dialogue").defer("dialogue__plan_text", "dialogue__parent")
    return list(slim.exclude(dialogue__state="cancelled"))


def _deadlines(agency: Agency, first: date, last: date) -> list[Deadline]:
    rows = Deadline.objects.filter(dialogue__agency=agency, superseded_at=None, is_binding=True)
    near: Any = rows.filter(due_on__gte=first, due_on__lte=last).exclude(dialogue__state="cancelled")
    return list(near.select_related("dialogue", "sitting__sector").defer("dialogue__plan_text", "dialogue__parent"))


# ---- the feed


CARRYING_OUT = (Role.HEAD, Role.VENUE, Role.OFFICER, Role.SECRETARY, Role.CLERK)
BACK, AHEAD = timedelta(days=400), timedelta(days=800)
LANGUAGE = "tieng"
"""Programs that read a calendar carry no cookies: the address says the language."""


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the member of staff whose address it is, in the language that they made it in."""
    wish = request.GET.get(LANGUAGE, "")
    with translation.override(wish if wish in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return _feed(token)


def _feed(token: str) -> HttpResponse:
    now = clock.now()
    try:
        link = open_link(token, subscribing.PURPOSE, now=now)
    except NotNow as unknown:
        raise Http404 from unknown
    if link.staff is None or not link.staff.is_active:
        raise Http404
    events = _events(link.agency, link.staff.as_actor(), now)
    name = _("Lịch đối thoại %(agency)s") % {"agency": link.agency.short_name}
    response = HttpResponse(written(name, events), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _events(agency: Agency, actor: Actor, now: datetime) -> list[Event]:
    today = clock.day_of(now, agency.zone)
    sittings = _sittings(agency, today - BACK, today + AHEAD)
    offices = _offices_of(actor, agency)
    near = _deadlines(agency, today - BACK, today + AHEAD)
    deadlines = [row for row in near if offices is None or (offices and _is_theirs(row, offices))]
    dated = duty_dates(agency, calendar_of(agency))
    own = {office for role, office in actor.held if role in CARRYING_OUT}
    duties = [(row, due_on) for row, due_on in dated if offices is None or row.office_id in own]
    codes = {row.dialogue.code for row in sittings} | {row.dialogue.code for row in deadlines}
    codes |= {row.dialogue.code for row, _due in duties}
    stamps = {code: _stamp(code, now) for code in codes}
    centres = dict(
        Venue.objects.filter(dialogue__code__in=codes, is_central=True).values_list("dialogue__code", "name")
    )
    events = [_sitting_event(row, stamps, centres, agency.zone) for row in sittings]
    events += [_deadline_event(row, stamps) for row in deadlines]
    return [*events, *(_duty_event(row, due_on, stamps) for row, due_on in duties)]


def _stamp(code: str, now: datetime) -> datetime:
    """When the dialogue was last written to: the same file twice as long as nothing happens."""
    last = story(code, last=1)
    return (last[0].instant if last else None) or now


def _offices_of(actor: Actor, agency: Agency) -> set[int] | None:
    """The offices whose deadlines somebody follows; None for leaders and the secretariat, who follow them all."""
    if actor.holds(Role.LEADER):
        return None
    offices = {office for role, office in actor.held if role in (Role.HEAD, Role.OFFICER, Role.SECRETARY, Role.CLERK)}
    office = Office.objects.filter(agency=agency, kind=Office.Kind.SECRETARIAT, pk__in=offices)
    return None if office.exists() else offices


def _is_theirs(row: Deadline, offices: set[int]) -> bool:
    """A deadline of all, or of a sitting that one of the offices leads."""
    return row.sitting is None or row.sitting.lead_id in offices


def _sitting_event(row: Sitting, stamps: dict[str, datetime], centres: dict[str, str], zone: str) -> Event:
    code = row.dialogue.code
    is_draft = row.dialogue.state == "draft"
    summary = _("Dự thảo, đối thoại: %(sector)s") if is_draft else _("Đối thoại: %(sector)s")
    return Event(
        uid=f"{row.code}@doithoai",
        stamp=stamps[code],
        summary=summary % {"sector": _sector(row)},
        start=clock.day_of(row.starts_at, zone) if row.tentative else row.starts_at,
        end=None if row.tentative else row.ends_at,
        place=centres.get(code, ""),
        note=row.dialogue.subject,
        url=plugs.link(reverse("dialogue", args=(code,))) if plugs.plugged.address else "",
        is_cancelled=row.state in ("cancelled", "postponed"),
        is_tentative=is_draft or bool(row.tentative),
    )


def _duty_event(row: Duty, due_on: date, stamps: dict[str, datetime]) -> Event:
    return Event(
        uid=f"{row.code}@doithoai",
        stamp=stamps[row.dialogue.code],
        summary=_("Nhiệm vụ: %(what)s") % {"what": _brief(row.what)},
        start=due_on,
        note=f"{row.what}\n{row.office or ''}\n{row.get_state_display()}".replace("\n\n", "\n"),
        url=plugs.link(reverse("duty", args=(row.code,))) if plugs.plugged.address else "",
    )


def _deadline_event(row: Deadline, stamps: dict[str, datetime]) -> Event:
    code = row.dialogue.code
    sector = f" ({row.sitting.sector.name})" if row.sitting else ""
    return Event(
        uid=f"{code}-{row.rule_slug}{f'-{row.sitting.code}' if row.sitting else ''}@doithoai",
        stamp=stamps[code],
        summary=_("Hạn: %(what)s") % {"what": deadline_name(row) + sector},
        start=row.due_on,
        note=f"{row.rule}\n{row.arithmetic}",
    )
