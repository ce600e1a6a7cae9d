"""The telephone: whom to call next, what came of earlier calls, the reminder, and news that no machine could bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doithoai.kernel import clock, plugs
from doithoai.kernel.access import Actor, Verdict
from doithoai.outbox.models import Message
from doithoai.planning.models import Sitting
from doithoai.roster import permissions, queries
from doithoai.roster.actions.possible import require_reply_time
from doithoai.roster.models import Call, Invitation
from doithoai.roster.queries.reminding import reminder_of
from doithoai.roster.views.inviting import facts_of, sitting_asked, verdict_of
from doithoai.rules import spoken
from doithoai.rules.vietnamese import fold, phone, sort_key
from doithoai.web.doors import actor_of, agency_id_of, staff_only

CALLABLE: Final = ("invited", "lapsed")
BY_NAME: Final = "ten"


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to call: the number, every call so far, and whether an answer may be noted."""

    row: Invitation
    tries: list[Call]
    verdict: Verdict

    @property
    def last(self) -> Call | None:
        """The last call, None before the first."""
        return self.tries[-1] if self.tries else None

    @property
    def is_wrong(self) -> bool:
        """Whether the last call found that the number is somebody else's."""
        return self.last is not None and self.last.outcome == Call.Outcome.WRONG

    @property
    def number(self) -> str:
        """The number to call: the person's, for a delegate the office's."""
        if self.row.person:
            return self.row.person.phone
        office = self.row.office or self.row.venue.office
        return office.phone


@dataclass(frozen=True, slots=True)
class Unbrought:
    """News that no machine brought: to whom, the words to say, and why it did not leave."""

    row: Invitation
    message: Message
    tail: str
    verdict: Verdict


@require_safe
@staff_only
def calls(request: HttpRequest, code: str, ordinal: int) -> HttpResponse:
    """Whoever is invited and has not answered, with the telephone number and one tap for each outcome.

    Six digits read out over the telephone lead straight to the person they stand for.
    """
    sittings, sitting = sitting_asked(request, code, ordinal)
    actor, now = actor_of(request), clock.now()
    query = request.GET.get("tim", "").strip()[:100]
    digits = spoken.heard(query)
    found = queries.by_spoken(agency_id_of(actor), digits) if digits else None
    if found is not None:
        return HttpResponseRedirect(reverse("invitation", args=(found.code,)))
    in_time = verdict_of(lambda: require_reply_time(sitting, now))
    rows = _waiting(sitting)
    by_name = request.GET.get("xep") == BY_NAME
    found_here = [one for one in _calls(rows, sitting, actor, in_time) if _fits(one, query)]
    shown = _ordered(found_here, by_name=by_name)
    facts = {
        "query": query,
        "misheard": _misheard(digits),
        "by_name": by_name,
        "total": len(rows),
        "citizens": sum(row.is_citizen for row in rows),
        "delegates": sum(not row.is_citizen for row in rows),
        "calls": shown,
        "groups": _grouped(shown),
        "in_time": in_time,
        "silent": _silent(rows, sitting, now),
        "may_lapse": permissions.may_lapse(actor, sitting),
        "reminding": reminder_of(sitting, now),
        "may_remind": permissions.may_remind(actor, sitting),
        "has_gateway": bool(plugs.plugged.delivery),
        "unbrought": unbrought(sitting, actor),
    }
    return render(request, "roster/calls.html", {**facts_of(request, sittings, sitting, "goi"), **facts})


def _misheard(digits: str | None) -> str:
    """What to ask for when six digits stand for nobody."""
    if digits is None:
        return ""
    if not spoken.is_right(digits):
        return _("Mã %(code)s nghe chưa đúng: xin người gọi đọc lại từng số.") % {"code": spoken.in_groups(digits)}
    return _("Mã %(code)s không có trên giấy mời nào của cơ quan.") % {"code": spoken.in_groups(digits)}


def _waiting(sitting: Sitting) -> list[Invitation]:
    waiting = Invitation.objects.filter(queries.MAIN | queries.IS_DELEGATE, sitting=sitting, state__in=CALLABLE)
    related = ("person__ward", "venue__office", "office", "document", "in_place_of__person")
    return list(waiting.select_related(*related).prefetch_related("calls").order_by("ordinal"))


def _calls(rows: Sequence[Invitation], sitting: Sitting, actor: Actor, in_time: Verdict) -> list[ToCall]:
    found = []
    for row in rows:
        row.sitting = sitting
        verdict = permissions.may_note_call(actor, row) and in_time
        found.append(ToCall(row, list(row.calls.all()), verdict))
    return found


def _fits(call: ToCall, query: str) -> bool:
    digits = phone(query)
    by_number = digits is not None and digits == call.number
    return by_number or fold(query) in fold(f"{call.row.name} {call.row.code}")


def _ordered(calls: list[ToCall], *, by_name: bool) -> list[ToCall]:
    """By given name; otherwise who was never called first, then the call that is longest ago."""
    if by_name:
        return sorted(calls, key=lambda call: sort_key(call.row.name))
    return sorted(calls, key=lambda call: (call.last.at.isoformat() if call.last else "", call.row.ordinal))


@dataclass(frozen=True, slots=True)
class Group:
    """Some of those to call, under one heading."""

    title: str
    calls: list[ToCall]


def _grouped(calls: Sequence[ToCall]) -> list[Group]:
    citizens = [call for call in calls if call.row.is_citizen]
    delegates = [call for call in calls if not call.row.is_citizen]
    both = (Group(_("Công dân, tổ chức"), citizens), Group(_("Đại biểu"), delegates))
    return [group for group in both if group.calls]


def _silent(rows: Sequence[Invitation], sitting: Sitting, now: datetime) -> int:
    """How many citizens have not answered though their reply day is over; counted once for all invited together."""
    zone = sitting.agency.zone
    asked = (row for row in rows if row.is_citizen and row.state == "invited" and row.invited_at)
    invited = [clock.day_of(row.invited_at, zone) for row in asked if row.invited_at]
    until = {day: queries.reply_day(sitting, day) for day in set(invited)}
    return sum(until[day] < clock.day_of(now, zone) for day in invited)


def unbrought(sitting: Sitting, actor: Actor) -> list[Unbrought]:
    """News of a sitting to be told by telephone because no machine brought it."""
    return [
        Unbrought(row, message, message.key.rpartition(f":{row.code}:")[2], permissions.may_note_call(actor, row))
        for row, message in queries.undelivered(sitting)
    ]
