"""Another time for a sitting: one screen, one reason, everything that changes shown before it does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doithoai.directory.queries import calendar_of
from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotYours
from doithoai.planning.actions import carrying_out, changing
from doithoai.planning.forms import MoveForm, ReasonForm, words_of
from doithoai.planning.models import Deadline, Sitting, Venue, VenueTold
from doithoai.planning.permissions import may_acknowledge, may_reschedule
from doithoai.planning.queries import binds, counted, deadlines_of, duty_name, sittings_of
from doithoai.planning.views.visible import sitting_of
from doithoai.rules.deadlines import Due
from doithoai.rules.vietnamese import page_date, page_time
from doithoai.web.doors import actor_of, done, staff_only


@dataclass(frozen=True, slots=True)
class Change:
    """A deadline before and after; `was` is None where it was not counted yet, `is_over` once its day has passed."""

    name: str
    sector: str
    was: date | None
    due: Due
    is_over: bool

    @property
    def is_same(self) -> bool:
        """Whether the deadline stays on its day."""
        return self.was == self.due.due_on


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def move_sitting(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the new time, show what follows from it, then change it and draft the notice."""
    sitting = sitting_of(request, code)
    may = may_reschedule(actor_of(request), sitting)
    if request.method != "POST":
        return _page(request, sitting, MoveForm(initial=_now_of(sitting)))
    if request.POST.get("viec") == "da-nhan":
        return _acknowledge(request, sitting)
    if not may:
        raise NotYours(may.reason)
    slug = request.POST.get("viec", "")
    if slug in CALLED_OFF:
        return _call_off(request, sitting, slug)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, sitting, form, status=422)
    starts_at, ends_at = _instants(sitting, form.cleaned_data)
    problem = _problem(sitting, starts_at, ends_at)
    if problem:
        return _page(request, sitting, form, status=422, problem=problem)
    if request.POST.get("buoc") != "doi":
        return _page(request, sitting, form, **_preview(sitting, starts_at, ends_at))
    return _move(request, sitting, starts_at, ends_at, form.cleaned_data["reason"])


CALLED_OFF = {"hoan": ("sitting.postpone", changing.postpone), "huy": ("sitting.cancel", changing.cancel)}


def _call_off(request: HttpRequest, sitting: Sitting, slug: str) -> HttpResponse:
    """Put one sitting off, or call it off; the words for the paper and for telephones follow on the same page."""
    verb, act = CALLED_OFF[slug]
    said = words_of(ReasonForm(request.POST))
    act(sitting, reason=said["reason"], actor=actor_of(request), now=clock.now())
    return done(reverse("move-sitting", args=(sitting.code,)), verb)


@dataclass(frozen=True, slots=True)
class Told:
    """A venue, the newest it was told of this sitting (None: nothing), and whether this reader may say that it knows."""

    venue: Venue
    news: VenueTold | None
    may: bool


def _told(sitting: Sitting, actor: Actor) -> list[Told]:
    """Every venue with the newest news, in the order of the venues."""
    rows = VenueTold.objects.filter(sitting=sitting).select_related("venue", "by").order_by("pk")
    newest = {row.venue_id: row for row in rows}
    lines = []
    for venue in sitting.dialogue.venues.select_related("office"):
        venue.dialogue = sitting.dialogue
        news = newest.get(venue.pk)
        if news is not None:
            news.venue = venue
        may = news is not None and news.known_at is None and bool(may_acknowledge(actor, news))
        lines.append(Told(venue, news, may))
    return lines


def _acknowledge(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """A venue says that it knows of the newest change."""
    rows = VenueTold.objects.filter(sitting=sitting, venue__code=request.POST.get("diem-cau", "")).order_by("-pk")
    news = rows.select_related("venue__dialogue__agency", "venue__office", "sitting__dialogue").first()
    if news is None:
        raise Http404
    carrying_out.acknowledge(news, actor=actor_of(request), now=clock.now())
    return done(reverse("move-sitting", args=(sitting.code,)), "venue.acknowledge")


def _now_of(sitting: Sitting) -> dict[str, object]:
    zone = sitting.agency.zone
    start, end = clock.local(sitting.starts_at, zone), clock.local(sitting.ends_at, zone)
    return {"day": start.date(), "start": start.time(), "end": end.time()}


def _instants(sitting: Sitting, said: dict[str, Any]) -> tuple[datetime, datetime]:
    zone = sitting.agency.zone
    start, end = (clock.at(said["day"], said[name].hour, said[name].minute, zone) for name in ("start", "end"))
    return start, end


def _problem(sitting: Sitting, starts_at: datetime, ends_at: datetime) -> str:
    """Why this cannot be the new time, in one sentence; empty where it can."""
    if sitting.dialogue.state == "draft":
        return _("Chưa đổi giờ ở đây: kế hoạch còn là dự thảo. Sửa giờ ở trang sửa kế hoạch, câu chữ theo cùng.")
    if sitting.state not in ("scheduled", "postponed"):
        return _("Chưa đổi giờ được: buổi này đã bắt đầu hoặc đã hủy.")
    if starts_at >= ends_at:
        return _("Chưa đổi giờ được: giờ kết thúc phải sau giờ bắt đầu.")
    if starts_at <= clock.now():
        return _("Chưa đổi giờ được: giờ mới phải ở phía trước.")
    if (starts_at, ends_at) == (sitting.starts_at, sitting.ends_at) and sitting.state == "scheduled":
        return _("Chưa có gì để đổi: giờ mới trùng giờ đang có.")
    return ""


def _move(request: HttpRequest, sitting: Sitting, starts_at: datetime, ends_at: datetime, reason: str) -> HttpResponse:
    """The change first, so that venues hear of it at once; the paper follows."""
    who: Any = {"actor": actor_of(request), "now": clock.now()}
    changing.reschedule(sitting, starts_at=starts_at, ends_at=ends_at, reason=reason, **who)
    return done(reverse("move-sitting", args=(sitting.code,)), "sitting.reschedule")


def _preview(sitting: Sitting, starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    return {
        "preview": True,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "changes": changes(sitting, starts_at, today=clock.day_of(clock.now(), sitting.agency.zone)),
        "clashes": _clashes(sitting, starts_at, ends_at),
        "calendar_note": calendar_of(sitting.agency).day_note(clock.day_of(starts_at, sitting.agency.zone)),
    }


def _clashes(sitting: Sitting, starts_at: datetime, ends_at: datetime) -> list[Sitting]:
    """Other sittings of the agency at the same hours."""
    rows = Sitting.objects.filter(dialogue__agency=sitting.agency, starts_at__lt=ends_at, ends_at__gt=starts_at)
    live = rows.exclude(pk=sitting.pk).exclude(state="cancelled").exclude(dialogue__state="cancelled")
    return list(live.select_related("sector", "dialogue__agency"))


def changes(sitting: Sitting, starts_at: datetime, *, today: date) -> list[Change]:
    """The binding deadlines as they would be counted with the sitting at its new time, in the order of their days."""
    before = {(row.rule_slug, row.sitting_id): row for row in deadlines_of(sitting.dialogue)}
    found = [
        _change(before, where, due, today)
        for where, due in counted(sitting.dialogue, _as_moved(sitting, starts_at))
        if binds(sitting.dialogue, due.term)
    ]
    return sorted(found, key=lambda change: change.due.due_on)


def _change(before: dict[tuple[str, int | None], Deadline], where: Sitting | None, due: Due, today: date) -> Change:
    """Where the sittings shared one count and now differ, the shared one is what stood before."""
    slug = due.term.slug
    old = before.get((slug, where.pk if where else None)) or before.get((slug, None))
    if old is None and where is None:
        old = next((row for (rule, _sitting), row in before.items() if rule == slug), None)
    name = duty_name(due.term.duty, due.term.words)
    sector = where.sector.name if where else ""
    return Change(name, sector, old.due_on if old else None, due, due.due_on < today)


def _as_moved(sitting: Sitting, starts_at: datetime) -> list[Sitting]:
    """The sittings as they would be; nothing is stored."""
    rows = sittings_of(sitting.dialogue)
    for row in rows:
        if row.pk == sitting.pk:
            row.starts_at = starts_at
    return rows


def message_for(sitting: Sitting) -> str:
    """What is sent to a telephone: what became of the sitting, in words that can also be read aloud; always Vietnamese."""
    zone = sitting.agency.zone
    start, end = clock.local(sitting.starts_at, zone), clock.local(sitting.ends_at, zone)
    agency, day = sitting.agency, page_date(start.date())
    at = f"({page_time(start.time())}, {day})"
    words = {
        "postponed": f"{at} hoãn lại, có giờ mới cơ quan báo ngay. Giấy mời vẫn dùng được.",
        "cancelled": f"{at} không tổ chức nữa. Ý kiến ông/bà đã gửi vẫn được trả lời bằng văn bản.",
    }
    hours = f"{page_time(start.time())} đến {page_time(end.time())}"
    became = words.get(sitting.state, f"đổi sang {hours}, {day}. Địa điểm như trong giấy mời.")
    about = f"{agency.short_name} xin báo: buổi đối thoại lĩnh vực {sitting.sector.name}"
    return f"{about} {became} Cần hỏi xin gọi {agency.phone or agency.short_name}."


def _call_list(sitting: Sitting) -> str:
    """Where the telephone calls of this sitting are made."""
    try:
        return reverse("calls", args=(sitting.dialogue.code, sitting.ordinal))
    except NoReverseMatch:
        return ""


def _page(request: HttpRequest, sitting: Sitting, form: MoveForm, *, status: int = 200, **more: object) -> HttpResponse:
    notices = Document.objects.filter(chain=sitting.chain, kind="change_notice", about=sitting.code)
    notice = notices.defer("paper").order_by("-pk").first()
    facts: dict[str, object] = {
        "here": "dialogues",
        "sitting": sitting,
        "dialogue": sitting.dialogue,
        "form": form,
        "may": may_reschedule(actor_of(request), sitting),
        "told": _told(sitting, actor_of(request)),
        "notice": notice,
        "message": message_for(sitting) if notice else "",
        "can_move": sitting.state in ("scheduled", "postponed") and sitting.dialogue.state != "draft",
        "can_call_off": sitting.state in ("scheduled", "postponed") and sitting.dialogue.state != "draft",
        "call_list": _call_list(sitting),
        "postpone_form": ReasonForm(auto_id="hoan_%s"),
        "cancel_form": ReasonForm(auto_id="huy_%s"),
        "did": _did(request.GET.get("da", "")),
    }
    return render(request, "planning/moving.html", {**facts, **more}, status=status)


def _did(verb: str) -> str:
    told = _("Các điểm cầu và người được mời đã được báo; thông báo đã soạn, chờ trình ký.")
    words = {
        "sitting.reschedule": _("Đã đổi giờ."),
        "sitting.postpone": _("Đã hoãn buổi này."),
        "sitting.cancel": _("Đã hủy buổi này."),
    }
    if verb == "venue.acknowledge":
        return _("Đã xác nhận: điểm cầu đã biết giờ mới.")
    return f"{words[verb]} {told}" if verb in words else ""
