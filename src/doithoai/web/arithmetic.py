"""How a deadline was counted, in the reader's language; the stored sentence stays what was decided with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from doithoai.rules.deadlines import Arithmetic, DayCell, Due, Remaining, Rest, arithmetic_of
from doithoai.web import tongue


def left_words(left: Remaining) -> str:
    """“còn 5 ngày làm việc”, “quá 1 ngày làm việc”, “hôm nay”."""
    if left.state == "today":
        return _("hôm nay")
    if left.working_days:
        return _working_days(left) % {"count": abs(left.working_days)}
    words = _("còn %(count)s ngày, đều là ngày nghỉ") if left.days > 0 else _("quá %(count)s ngày, đều là ngày nghỉ")
    return words % {"count": abs(left.days)}


def _working_days(left: Remaining) -> str:
    count = abs(left.working_days)
    if left.state == "ahead":
        return ngettext("còn %(count)s ngày làm việc", "còn %(count)s ngày làm việc", count)
    return ngettext("quá %(count)s ngày làm việc", "quá %(count)s ngày làm việc", count)


def explained(deadline: Any) -> str:
    """The sentence under the day strip of a deadline, stored or only counted: as it is, or put into words again."""
    if not deadline.cells or tongue.is_vietnamese():
        return str(deadline.arithmetic)
    if isinstance(deadline, Due):
        term = deadline.term
        return worded(arithmetic_of(term.count, term.unit, term.side, deadline.cells))
    return worded(arithmetic_of(deadline.count, deadline.unit, deadline.side, _cells(deadline.cells)))


def _cells(stored: Iterable[Mapping[str, Any]]) -> list[DayCell]:
    return [
        DayCell(date.fromisoformat(cell["day"]), cell["number"], cell["kind"], cell["note"] or "") for cell in stored
    ]


def worded(told: Arithmetic) -> str:
    """The facts of a count in one sentence of the reader's language."""
    facts = {"count": told.count, "anchor": f"{told.anchor_on:%d/%m/%Y}", "days": told.counted + _tail(told)}
    return _head(told) % facts


def _head(told: Arithmetic) -> str:
    if told.clear:
        return _("%(count)s ngày trọn ở giữa, đếm lùi từ ngày liền trước %(anchor)s: %(days)s.")
    patterns = {
        ("day", "after"): _("%(count)s ngày, đếm từ ngày liền sau %(anchor)s: %(days)s."),
        ("day", "before"): _("%(count)s ngày, đếm lùi từ ngày liền trước %(anchor)s: %(days)s."),
        ("working_day", "after"): _("%(count)s ngày làm việc, đếm từ ngày liền sau %(anchor)s: %(days)s."),
        ("working_day", "before"): _("%(count)s ngày làm việc, đếm lùi từ ngày liền trước %(anchor)s: %(days)s."),
    }
    return patterns[told.unit, told.side]


def _tail(told: Arithmetic) -> str:
    if told.clear:
        return _("; hạn là ngày liền trước những ngày ấy, %(due)s") % {"due": f"{told.due_on:%d/%m/%Y}"}
    if told.unit == "day":
        return _("; tính theo ngày lịch, kể cả ngày nghỉ")
    worked = [_extra(day) for day in told.extra]
    skipped = [_("%(count)s ngày nghỉ hằng tuần") % {"count": told.weekly}] if told.weekly else []
    skipped += [_rest(rest) for rest in told.rests]
    return "".join(worked) + (_("; bỏ %(days)s") % {"days": _and(skipped)} if skipped else "")


def _extra(day: date) -> str:
    return _("; tính cả %(weekday)s %(day)s làm bù") % {"weekday": tongue.weekday(day), "day": f"{day:%d/%m}"}


def _rest(rest: Rest) -> str:
    name = _(rest.name)
    if rest.is_weekly:
        return f"{name} {rest.first}"
    if rest.first == rest.last:
        return f"{rest.first} ({name})"
    return _("từ %(first)s đến %(last)s (%(name)s)") % {"first": rest.first, "last": rest.last, "name": name}


def _and(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(several)s và %(last)s") % {"several": ", ".join(parts[:-1]), "last": parts[-1]}
