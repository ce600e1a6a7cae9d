"""Choosing and inviting the people of each sitting: who may be drawn, the lots, the list, the telephone calls."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.kernel import clock
from doithoai.kernel.access import YES, Actor, NotNow, Verdict
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import permissions, queries
from doithoai.roster.actions.possible import require_preparing, require_reply_time
from doithoai.roster.models import Exclusion, Invitation, Pool
from doithoai.roster.queries.registering import open_to_all
from doithoai.roster.queries.reminding import reminder_of
from doithoai.roster.views.acting import signers_of
from doithoai.roster.views.pooling import chance_of, choosing, words_of_progress
from doithoai.roster.views.visible import chosen, sittings_of
from doithoai.rules.spoken import heard
from doithoai.rules.vietnamese import fold, phone
from doithoai.web.acts import Act, Field, Figure
from doithoai.web.doors import actor_of, staff_only
from doithoai.web.tongue import page_date

MOST_FOUND = 60
NEXT_RESERVES = 6
GONE = ("struck", "withdrawn", "declined")
CALLABLE = ("invited", "lapsed")
Route = Invitation.Route


def verdict_of(require: Callable[[], None]) -> Verdict:
    """What an act would be refused with, as the reason of its grey button."""
    try:
        require()
    except NotNow as refused:
        return Verdict(refused.reason)
    return YES


def sitting_asked(request: HttpRequest, code: str, ordinal: int | None) -> tuple[list[Sitting], Sitting]:
    """The sittings of a dialogue of the actor's agency, and the one asked for; 404 where there is no such sitting."""
    sittings = sittings_of(request, code)
    found = chosen(sittings, ordinal)
    if found is None:
        raise Http404
    return sittings, found


def facts_of(request: HttpRequest, sittings: Sequence[Sitting], sitting: Sitting, tab: str) -> dict[str, object]:
    """What every page of a sitting's people shows."""
    return {
        "here": "dialogues",
        "dialogue": sitting.dialogue,
        "sittings": sittings,
        "sitting": sitting,
        "tab": tab,
        "did": said_after().get(request.GET.get("da", ""), ""),
    }


def said_after() -> dict[str, str]:
    """What a page says after an act, by its verb."""
    return {
        "pool.freeze": _("Đã chốt danh sách. Công bố mã đối chiếu trước ngày lấy số ngẫu nhiên."),
        "pool.draw": _("Đã bốc thăm. Kết quả ở dưới."),
        "pool.exclude": _("Đã loại khỏi danh sách bốc thăm, kèm lý do."),
        "pool.readmit": _("Đã đưa lại vào danh sách bốc thăm."),
        "invitation.choose": _("Đã chọn mời, kèm lý do."),
        "invitations.draft": _("Đã soạn giấy mời. Việc tiếp theo: trình duyệt văn bản."),
        "delegates.list": _("Đã lập danh sách đại biểu theo kế hoạch."),
        "delegates.draft": _("Đã soạn giấy mời đại biểu. Việc tiếp theo: trình duyệt văn bản."),
        "list.delivery": _("Đã lập danh sách ký nhận giấy mời."),
        "list.attendance": _("Đã lập danh sách ký tên."),
        "invitation.lapse": _("Đã ghi những người quá hạn chưa trả lời. Họ vẫn được mời."),
        "invitation.accept": _("Đã ghi: nhận lời."),
        "invitation.decline": _("Đã ghi: không đến được. Nếu còn dự bị cùng phường, người kế tiếp đã được gọi."),
        "call.through_head": _("Đã ghi: các hộ đánh dấu đã được báo qua trưởng thôn, tổ trưởng."),
        "head.keep": _("Đã ghi trưởng thôn, tổ trưởng."),
        "list.calls": _("Đã lập danh sách gọi để in."),
        "call.missed": _("Đã ghi: chưa nghe máy. Người này xuống cuối danh sách gọi."),
        "call.wrong": _("Đã ghi: sai số. Hỏi lại tổ trưởng, trưởng thôn rồi sửa số điện thoại."),
        "person.note_contact": _("Đã sửa số điện thoại, thư điện tử."),
        "message.deliver": _("Đã ghi: đã báo qua điện thoại."),
        "invitation.remind": _("Đã nhắc những người chưa trả lời, mỗi người một lần."),
        "reminder.set": _("Đã đặt ngày nhắc."),
        "scan.keep": _("Đã lưu bản quét. Đánh dấu ở dưới những người đã ký nhận."),
        "invitation.deliver": _("Đã ghi giấy mời đã giao."),
        "invitation.withdraw": _("Đã đưa ra khỏi danh sách, kèm lý do."),
        "reserve.draft": _("Đã soạn giấy mời cho dự bị."),
    }


@require_safe
@staff_only
def choosing_page(request: HttpRequest, code: str, ordinal: int | None = None) -> HttpResponse:
    """Who may be drawn for a sitting, the frozen list with its commitment, the draw, and choosing by hand."""
    sittings, sitting = sitting_asked(request, code, ordinal)
    actor, now = actor_of(request), clock.now()
    shown = choosing(sitting, request.GET)
    may = permissions.may_choose(actor, sitting) and verdict_of(lambda: require_preparing(sitting))
    query = request.GET.get("tim", "").strip()[:100]
    facts = {
        "shown": shown,
        "may": may,
        "seats": queries.seats_of(sitting),
        "grey_freeze": Act("chot", _("Chốt danh sách"), "", may),
        "grey_draw": Act("boc", _("Bốc thăm"), "", may and _not_before(shown.pool, sitting, now)),
        "result": _result(sitting, shown.pool) if shown.drawing else [],
        "by_hand": _by_hand(sitting),
        "progress": words_of_progress(shown.plan.busy) if shown.plan and shown.plan.busy else "",
        "open_to_all": open_to_all(sitting),
        "query": query,
        "found": _choosable(sitting, query) if query and may else [],
        **_kept_out(sitting, request.GET.get("loai", "").strip()[:100], may and not shown.pool),
    }
    return render(request, "roster/choosing.html", {**facts_of(request, sittings, sitting, "chon"), **facts})


def _not_before(pool: Pool | None, sitting: Sitting, now: datetime) -> Verdict:
    """Whether the day of the public event has come."""
    if pool is None or clock.day_of(now, sitting.agency.zone) >= pool.event_on:
        return YES
    return Verdict(_("Chưa bốc được: số ngẫu nhiên có vào %(day)s.") % {"day": page_date(pool.event_on)})


@dataclass(frozen=True, slots=True)
class Lots:
    """The drawn of one ward in the order of the lots, and the reserves that follow."""

    ward: str
    drawn: list[Invitation]
    reserves: list[Invitation]
    waiting: int


def _result(sitting: Sitting, pool: Pool | None) -> list[Lots]:
    rows = Invitation.objects.filter(sitting=sitting, member__pool=pool).exclude(state="struck")
    near = Q(route=Route.DRAWN) | Q(in_place_of__isnull=False) | Q(route=Route.RESERVE, rank__lte=NEXT_RESERVES)
    shown = list(rows.filter(near).select_related("person__ward", "member", "in_place_of").order_by("ordinal"))
    waiting = rows.filter(route=Route.RESERVE, in_place_of=None, state="drawn").values_list("member__stratum")
    left = Counter(stratum for (stratum,) in waiting)
    names = queries.ward_names(pool) if pool else {}
    return [
        Lots(
            names[ward],
            [row for row in shown if row.route == Route.DRAWN and row.member and row.member.stratum == ward],
            [row for row in shown if row.route == Route.RESERVE and row.member and row.member.stratum == ward],
            left[ward],
        )
        for ward in names
    ]


def _by_hand(sitting: Sitting) -> list[tuple[Invitation, str]]:
    """Those chosen by hand, each with why the file counts for the ward where it names another."""
    rows = list(Invitation.objects.filter(sitting=sitting, route=Route.CHOSEN).select_related("person__ward"))
    notes = queries.ward_notes(sitting, [row.person for row in rows if row.person])
    return [(row, notes.get(row.person_id or 0, "")) for row in rows]


def _kept_out(sitting: Sitting, query: str, may: object) -> dict[str, object]:
    """Who is kept out of the draw, and whom the search among the eligible found to be kept out."""
    found = []
    if query and may:
        eligible = {one.person.pk for one in queries.eligible(sitting)}
        people = Person.objects.filter(_matching("", query), agency_id=sitting.dialogue.agency_id)
        rows = people.filter(records__sector_id=sitting.sector_id).distinct()
        found = [one for one in rows.select_related("ward").order_by("name_folded") if one.pk in eligible][:10]
    return {
        "kept_out": list(Exclusion.objects.filter(sitting=sitting).select_related("person__ward")),
        "may_keep_out": may,
        "out_query": query,
        "out_found": found,
        "grounds_out": Exclusion.Ground.choices,
    }


def _choosable(sitting: Sitting, query: str) -> list[tuple[Person, str]]:
    """People with a finished file of the sitting's sector, found by name or telephone; the act checks the rest.

    Beside each stands why the file counts for the ward where it names another.
    """
    everybody = Person.objects.filter(agency_id=sitting.dialogue.agency_id, records__sector_id=sitting.sector_id)
    found = everybody.filter(_matching("", query)).exclude(
        Q(invitations__sitting=sitting) & ~Q(invitations__state="struck")
    )
    people = list(found.select_related("ward").distinct().order_by("name_folded")[:10])
    notes = queries.ward_notes(sitting, people)
    return [(person, notes.get(person.pk, "")) for person in people]


def _matching(prefix: str, query: str) -> Q:
    """A person by part of the name, with or without diacritics, or by the telephone number."""
    digits = phone(query)
    by_name = Q(**{f"{prefix}name_folded__contains": fold(query)})
    return by_name | Q(**{f"{prefix}phone": digits}) if digits else by_name


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of those invited, with what can be done about it."""

    row: Invitation
    chance: str
    acts: list[Act]


@require_safe
@staff_only
def invited(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """The list of a sitting: state, reply, needs, letter of everybody, and the papers to draft from it."""
    sittings, sitting = sitting_asked(request, code, ordinal)
    actor, now = actor_of(request), clock.now()
    query = request.GET.get("tim", "").strip()[:100]
    pool = Pool.objects.filter(sitting=sitting).first()
    rows = _rows(sitting, query)
    may = permissions.may_choose(actor, sitting) and verdict_of(lambda: require_preparing(sitting))
    counts = _counts(sitting)
    can_draft = may and _something_to_draft(counts)
    facts = {
        "query": query,
        "listed": [Listed(row, chance_of(row, pool), acts_on(row, actor, now)) for row in rows],
        "figures": _figures(counts, queries.seats_of(sitting)),
        "counts": counts,
        "may": may,
        "can_draft": can_draft,
        "grey": Act("soan", _("Soạn giấy mời"), "", can_draft),
        "may_print": permissions.may_print_lists(actor, sitting),
        "signers": signers_of(sitting) if can_draft else [],
        "venues": sitting.dialogue.venues.all(),
        "printed": _printed(rows),
        "reminding": reminder_of(sitting, now),
    }
    return render(request, "roster/invited.html", {**facts_of(request, sittings, sitting, "ds"), **facts})


def _rows(sitting: Sitting, query: str) -> list[Invitation]:
    """Everybody who holds a place, came or is a delegate; a search also finds the reserves who wait."""
    rows = Invitation.objects.filter(sitting=sitting).select_related(
        "person__ward", "venue", "office", "document", "member", "in_place_of__person", "replaced_by__person"
    )
    digits = heard(query)
    if query:
        delegates = [row for row in rows.filter(person=None) if fold(query) in fold(row.guest)]
        by_code = Q(code__iexact=query) | Q(spoken=digits) if digits else Q(code__iexact=query)
        people = rows.filter(_matching("person__", query) | by_code).order_by("ordinal")
        found = [*people[:MOST_FOUND], *delegates]
    else:
        found = list(rows.filter(queries.MAIN | Q(route__in=(Route.DELEGATE, Route.WALK_IN))).order_by("ordinal"))
    for row in found:
        row.sitting = sitting
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """How many letters of a list can be printed, to citizens and to delegates, and how many wait for their print."""

    citizens: int
    delegates: int
    waiting: int


def _printed(rows: Sequence[Invitation]) -> Printed:
    held = [row for row in rows if row.document and row.document.number and row.state not in GONE]
    ready = Counter(row.is_citizen for row in held if row.document and row.document.sealed_at)
    return Printed(ready[True], ready[False], len(held) - ready.total())


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand on a list: citizens with a place by state, and delegates."""

    citizens: Counter[str]
    delegates: int
    delegates_waiting: int

    @property
    def waiting(self) -> int:
        """Citizens who hold a place and have no issued letter."""
        return self.citizens["drawn"]


def _counts(sitting: Sitting) -> Counts:
    rows = Invitation.objects.filter(sitting=sitting).exclude(state="struck").order_by()
    citizens = Counter(rows.filter(queries.MAIN).values_list("state", flat=True))
    delegates = Counter(rows.filter(route=Route.DELEGATE).values_list("state", flat=True))
    return Counts(citizens, sum(delegates.values()), delegates["drawn"])


def _something_to_draft(counts: Counts) -> Verdict:
    if counts.waiting or counts.delegates_waiting:
        return YES
    return Verdict(_("Chưa soạn được: chưa có ai được bốc thăm, chọn hay gọi mà chưa có giấy mời."))


def _figures(counts: Counts, seats: int) -> list[Figure]:
    of = counts.citizens
    held = sum(of.values()) - of["declined"] - of["withdrawn"]
    asked = str(sum(of.values()) - of["drawn"] - of["withdrawn"])
    return [
        Figure(str(held), str(seats), _("chỗ đã có người")),
        Figure(str(of["accepted"] + of["attended"]), asked, _("đã nhận lời")),
        Figure(str(of["declined"]), asked, _("không đến được")),
        Figure(str(of["invited"] + of["lapsed"]), asked, _("chưa trả lời")),
    ]


def acts_on(row: Invitation, actor: Actor, now: datetime) -> list[Act]:
    """The buttons of one line for somebody who may press them; others see its state only."""
    acts: list[Act] = []

    def offer(slug: str, label: str, field: Field | None = None, *, is_risk: bool = False) -> None:
        url = reverse("invitation-act", args=(row.code, slug))
        acts.append(Act(f"{row.code}-{slug}", label, url, field=field, look="risk" if is_risk else ""))

    if row.state == "drawn" and not row.is_citizen:
        return []
    in_time = bool(verdict_of(lambda: require_reply_time(row.sitting, now)))
    if in_time and row.invited_on and not row.delivered_at and permissions.may_deliver(actor, row):
        offer("da-giao", _("Đã giao giấy mời"))
    may_write = permissions.may_write_to(actor, row)
    if in_time and row.route == Route.RESERVE and row.in_place_of_id and not row.document_id and may_write:
        offer("soan", _("Soạn giấy mời dự bị"))
    if in_time and row.state in ("drawn", *queries.OPEN) and permissions.may_take_back(actor, row):
        reason = Field("reason", _("Lý do"), _("Lý do ở lại trong danh sách, ai xem danh sách cũng đọc được."), "text")
        label = _("Đưa ra khỏi danh sách") if row.state == "drawn" else _("Thu lại giấy mời")
        offer("dua-ra", label, reason, is_risk=True)
    return acts
