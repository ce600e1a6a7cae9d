"""Who may come by registering: whether the plan lets anybody, how many places are left, who stands in line."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from doithoai.kernel import clock
from doithoai.kernel.access import YES, Verdict
from doithoai.planning.models import Sitting
from doithoai.roster.models import Opening, Registration
from doithoai.roster.queries import places_of, seats_of
from doithoai.rules.vietnamese import fold, page_time
from doithoai.web.tongue import page_date

AHEAD = ("scheduled", "postponed")
CLOSED = ("answering", "closed", "cancelled")


def open_to_all(sitting: Sitting) -> Verdict:
    """Whether the plan lets anybody come; no, with its condition, where it has only those who did a procedure (R47)."""
    sector = fold(sitting.sector.name)
    rows = [
        row
        for row in sitting.dialogue.plan_text.get("quotas") or []
        if fold(row.get("sector") or sitting.sector.name) == sector
    ]
    said = next((row["text"] for row in rows if row.get("desk") or "thu tuc" in fold(row.get("text") or "")), "")
    if said:
        return Verdict(
            _("Kế hoạch có điều kiện “%(said)s”: buổi này chỉ mời người đã làm thủ tục, không nhận đăng ký.")
            % {"said": said.strip(" .;")[:300]}
        )
    if sitting.quota and not rows:
        return Verdict(
            _(
                "Kế hoạch giao %(office)s chọn mời %(count)s người đã làm thủ tục lĩnh vực %(sector)s, không nhận đăng ký."
            )
            % {"office": sitting.lead, "count": sitting.quota, "sector": sitting.sector.name}
        )
    return YES


def places_left(sitting: Sitting) -> int:
    """How many places nobody holds yet."""
    return max(0, seats_of(sitting) - len(places_of(sitting)))


def may_still_register(sitting: Sitting, now: datetime) -> Verdict:
    """Whether somebody can register at this moment."""
    opening = Opening.objects.filter(sitting=sitting).first()
    if opening is None:
        return Verdict(_("Buổi này không nhận đăng ký tham dự."))
    if sitting.state not in AHEAD or sitting.dialogue.state in CLOSED or now >= sitting.starts_at:
        return Verdict(_("Buổi này không nhận đăng ký nữa: buổi đã qua, đã bắt đầu hoặc không tổ chức."))
    if now >= opening.until:
        until = clock.local(opening.until, sitting.agency.zone)
        return Verdict(
            _("Đã hết hạn đăng ký: %(hour)s, %(day)s.")
            % {"hour": page_time(until.time()), "day": page_date(until.date())}
        )
    return YES


@dataclass(frozen=True, slots=True)
class Line:
    """One who registered, and where they stand among those who wait for a place; 0 for who does not."""

    row: Registration
    place: int


def registrations_of(sitting: Sitting) -> list[Line]:
    """Everybody who registered, in that order."""
    rows = Registration.objects.filter(sitting=sitting).select_related("person__ward", "invitation").order_by("ordinal")
    found, waiting = [], 0
    for row in rows:
        waiting += row.state == "queued"
        found.append(Line(row, waiting if row.state == "queued" else 0))
    return found


def next_in_line(sitting: Sitting) -> Registration | None:
    """Who registered first of those who wait for a place."""
    rows = Registration.objects.filter(sitting=sitting, state="queued").select_related("person__ward")
    return rows.order_by("ordinal").first()
