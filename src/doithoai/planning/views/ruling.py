"""The rules an agency follows, rule by rule with the law, and its calendar; each change is shown before it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doithoai.directory.actions import amend_rules
from doithoai.directory.models import Agency, RuleText, read_rules
from doithoai.directory.permissions import may_amend
from doithoai.directory.queries import CALENDAR_KEY, latest_rules
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.queries import administrators
from doithoai.planning.actions.recounting import answers_moved_by, moved_by
from doithoai.planning.forms.ruling import FORMS, DayForm, RuleForm, YearForm, shown_values
from doithoai.rules.profiles import Profile, ProfileError
from doithoai.rules.rule_texts import NoSuchRule, with_day, with_rule, with_year, without_day
from doithoai.rules.workdays import CalendarError, WorkCalendar
from doithoai.web.context import frame_of
from doithoai.web.doors import actor_of, done, staff_only
from doithoai.web.fields import words_of

FIRST, LAST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Part:
    """Rules of one kind, as a section of the page; `is_open` to amendment or only to reading."""

    kind: str
    title: str
    rules: tuple[Any, ...]

    @property
    def is_open(self) -> bool:
        """Whether there is a form for rules of this kind."""
        return self.kind in FORMS


def _agency(request: HttpRequest) -> Agency:
    agency = frame_of(request).agency
    assert agency is not None  # staff belong to an agency
    return agency


def _page(request: HttpRequest, template: str, facts: Mapping[str, object], status: int = 200) -> HttpResponse:
    agency = _agency(request)
    may = may_amend(actor_of(request), agency)
    did = _("Đã lưu bản mới; thời hạn của các cuộc đang làm đã tính lại.")
    common = {
        "here": "lists",
        "may": may,
        "administrators": [] if may else administrators(agency),
        "did": did if request.GET.get("da") == "rules.amend" else "",
    }
    return render(request, template, common | dict(facts), status=status)


# ---- the profile


def _profile(agency: Agency) -> tuple[RuleText, Profile]:
    row = latest_rules(agency, RuleText.Kind.PROFILE, agency.profile_key)
    parsed = row.parsed
    assert isinstance(parsed, Profile)
    return row, parsed


@require_safe
@staff_only
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the profile in its own words, with the law it stands in."""
    row, profile = _profile(_agency(request))
    return _page(request, "planning/rules.html", {"row": row, "profile": profile, "parts": _parts(profile)})


def _parts(profile: Profile) -> list[Part]:
    return [
        Part("term", _("Thời hạn"), profile.terms),
        Part("question", _("Câu hỏi cơ quan tự trả lời"), profile.questions),
        Part("gate", _("Việc phải sẵn sàng trước buổi"), profile.gates),
        Part("separation", _("Hai việc không nên một người làm"), profile.separations),
        Part("plan_part", _("Phần của kế hoạch"), profile.plan_parts),
        Part("overhead", _("Thời gian của buổi"), (profile.overhead,)),
        Part("owned_duty", _("Nhiệm vụ phải có người giữ"), profile.owned_duties),
        Part("invitee", _("Thành phần phải mời"), profile.invitees),
        Part("survey", _("Phiếu khảo sát"), (profile.survey,)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def rule(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """One rule: amended with its basis, after a look at the deadlines that move."""
    row, profile = _profile(_agency(request))
    found = _rule(profile, kind, slug)
    _only_administrators(request)
    form = RuleForm(kind, found, initial=shown_values(kind, found, profile))
    facts = {"row": row, "profile": profile, "rule": found, "kind": kind, "form": form}
    if request.method != "POST":
        return _page(request, "planning/rule.html", facts)
    form = RuleForm(kind, found, request.POST)
    if not form.is_valid():
        return _page(request, "planning/rule.html", facts | {"form": form}, status=422)
    back, basis = reverse("rules"), form.cleaned_data["basis"]
    wanted = Wanted(row, lambda text: with_rule(text, kind, slug, form.values()), basis, back, found.words)
    return _change(request, wanted)


def _rule(profile: Profile, kind: str, slug: str) -> Any:
    rules = (rule for part in _parts(profile) if part.kind == kind and part.is_open for rule in part.rules)
    found = next((rule for rule in rules if rule.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _only_administrators(request: HttpRequest) -> None:
    may = may_amend(actor_of(request), _agency(request))
    if not may:
        raise NotYours(may.reason)


# ---- a change is looked at, then made


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change of a text of rules: what is changed, its basis, where it leads back, and what it is called."""

    row: RuleText
    changed: Callable[[str], str]
    basis: str
    back: str
    name: str


def _change(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """Show which deadlines the change moves; the same form with `buoc=luu` makes it."""
    row = wanted.row
    try:
        text = wanted.changed(row.text)
        parsed = read_rules(row.kind, text, row.key)
    except (NoSuchRule, CalendarError, ProfileError) as wrong:
        raise NotNow(_("Chưa lưu: %(why)s") % {"why": wrong}) from wrong
    if request.POST.get("buoc") == "luu":
        return _amend(request, wanted, text)
    moved = list(moved_by(row.agency, row.kind, row.key, parsed))
    facts = {
        "wanted": wanted,
        "row": row,
        "groups": [
            (dialogue, list(rows), answers_moved_by(dialogue, parsed))
            for dialogue, rows in groupby(moved, key=lambda each: each.dialogue)
        ],
        "kept": [(name, value) for name, value in request.POST.items() if name not in _FRAME],
    }
    return _page(request, "planning/rule_check.html", facts)


_FRAME = ("csrfmiddlewaretoken", "buoc", "ban")


def _amend(request: HttpRequest, wanted: Wanted, text: str) -> HttpResponse:
    row, seen = wanted.row, request.POST.get("ban", "")
    amend_rules(
        row.agency,
        kind=row.kind,
        key=row.key,
        text=text,
        basis=wanted.basis,
        after=int(seen) if seen.isdecimal() else row.version,
        actor=actor_of(request),
        now=clock.now(),
    )
    return done(wanted.back, "rules.amend")


# ---- the calendar


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def rest_days(request: HttpRequest) -> HttpResponse:
    """The days off and the days worked instead, year by year, each with its decision; and whether the year is known."""
    agency = _agency(request)
    row = latest_rules(agency, RuleText.Kind.CALENDAR, CALENDAR_KEY)
    calendar = row.parsed
    assert isinstance(calendar, WorkCalendar)
    year = _year(request, clock.day_of(clock.now(), agency.zone))
    status = calendar.years.get(year)
    day_form = DayForm()
    year_form = YearForm(initial={"confirmed": status.confirmed, "note": status.note} if status else {})
    if request.method == "POST":
        _only_administrators(request)
        act = request.POST.get("viec", "")
        if act == "nam":
            year_form = YearForm(request.POST)
        else:
            day_form = DayForm(request.POST, is_removal=act == "bo")
        asked = year_form if act == "nam" else day_form
        if act == "bo" or asked.is_valid():
            return _change(request, _wanted(row, year, act, words_of(asked)))
    facts = {
        "row": row,
        "calendar": calendar,
        "year": year,
        "years": sorted({*calendar.years, year, year + 1}),
        "status": status,
        "days": [day for _on, day in sorted(calendar.rows.items()) if day.day.year == year],
        "day_form": day_form,
        "year_form": year_form,
    }
    return _page(request, "planning/rest_days.html", facts, status=422 if request.method == "POST" else 200)


def _year(request: HttpRequest, today: date) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and FIRST <= int(asked) <= LAST else today.year


def _wanted(row: RuleText, year: int, act: str, said: dict[str, Any]) -> Wanted:
    """The change that the pressed button asks for."""
    if act == "nam":
        back, name = _back(year), _("Lịch nghỉ năm %(year)s") % {"year": year}
        return Wanted(row, lambda text: with_year(text, year, **said), said["note"], back, name)
    day = said["day"]
    back, name = _back(day.year), _("Ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    if act == "bo":
        return Wanted(row, lambda text: without_day(text, day), said["basis"], back, name)
    kept = {name: said[name] for name in ("kind", "name", "law", "source")}
    return Wanted(row, lambda text: _with_day(text, day, kept), said["law"], back, f"{name}: {said['name']}")


def _with_day(text: str, day: date, said: Mapping[str, Any]) -> str:
    """A day of a year that the calendar does not know yet begins that year, unconfirmed."""
    try:
        return with_day(text, day, **said)
    except NoSuchRule:
        begun = with_year(text, day.year, confirmed=False, note=_("Mới ghi một số ngày, chưa đủ lịch nghỉ cả năm."))
        return with_day(begun, day, **said)


def _back(year: int) -> str:
    return f"{reverse('rest-days')}?nam={year}"
