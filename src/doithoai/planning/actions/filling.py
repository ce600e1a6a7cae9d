"""The rows of a dialogue from the draft of its plan: new ones, and those that a corrected draft changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office, Place, Sector
from doithoai.directory.queries import profile_of
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.kernel.moves import write
from doithoai.planning.imports import DutyDraft, PlanDraft, SittingDraft
from doithoai.planning.imports.correction import NOTHING, Beyond, Kept
from doithoai.planning.imports.forecast import HOURS, forecast
from doithoai.planning.imports.meaning import rule_meant
from doithoai.planning.models import Attendance, Dialogue, Duty, Recipient, Sitting, Venue
from doithoai.planning.queries import agency_offices, office_named
from doithoai.rules.profiles import Profile
from doithoai.rules.vietnamese import fold

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Filling:
    """A draft beside the dialogue it fills. `before` is the draft that stands, None for a new dialogue; `stood` is what the
    dialogue had beyond its words when the correcting began.
    """

    draft: PlanDraft
    dialogue: Dialogue
    beyond: Beyond
    kept: Kept
    before: PlanDraft | None
    stood: Beyond
    offices: Sequence[Office]
    profile: Profile

    def office(self, text: str | None) -> Office | None:
        """The office of the agency that the plan means."""
        return office_named(self.offices, text) if text else None


def fill(
    dialogue: Dialogue,
    draft: PlanDraft,
    beyond: Beyond,
    *,
    before: PlanDraft | None = None,
    kept: Kept | None = None,
    stood: Beyond = NOTHING,
) -> None:
    """Make the rows of a dialogue, or bring those it has to a corrected draft. NotNow where a row in use would go.

    Of a row that stays only what the draft changed is written: a duty that was given to another office keeps it.
    """
    offices = agency_offices(dialogue.agency)
    profile = profile_of(dialogue.agency, dialogue.profile_key)
    plan = Filling(draft, dialogue, beyond, kept or Kept.none(draft), before, stood, offices, profile)
    people_moved = before is None or (before.attendance, before.venues) != (draft.attendance, draft.venues)
    if people_moved:  # first, for a venue that goes lets its people go
        Attendance.objects.filter(venue__dialogue=dialogue).delete()
    _fill_venues(plan)
    _fill_sittings(plan)
    if people_moved:
        _fill_attendance(plan)
    _fill_duties(plan)
    if before is None or before.recipients != draft.recipients:
        _fill_recipients(plan)


def require_whole(draft: PlanDraft, beyond: Beyond, act: str) -> None:
    """A dialogue needs a subject, venues with one centre, and for each sitting its day, hours, sector and turns."""
    lacking = [name for name, value in ((_("trích yếu"), draft.subject), (_("hình thức"), draft.mode)) if not value]
    if sum(venue.central for venue in draft.venues) != 1:
        lacking.append(_("đúng một điểm cầu trung tâm"))
    if not draft.sittings:
        lacking.append(_("ít nhất một buổi"))
    for ordinal, sitting in enumerate(draft.sittings, start=1):
        values: tuple[object, ...] = (sitting.date, sitting.start, sitting.end, sitting.sector, sitting.lead_office)
        words = _("ngày, giờ, lĩnh vực và đơn vị chủ trì của buổi %(ordinal)s")
        if when := beyond.when(ordinal - 1):
            values = (sitting.date or forecast(when), sitting.sector, sitting.lead_office)
            words = _("ngày dự báo, lĩnh vực và đơn vị chủ trì của buổi %(ordinal)s")
        if any(value is None for value in values):
            lacking.append(words % {"ordinal": ordinal})
    if lacking:
        raise NotNow(_("%(act)s: kế hoạch còn thiếu %(what)s.") % {"act": act, "what": "; ".join(lacking)})


def _remove(rows: Iterable[Model]) -> None:
    """Take rows out that the corrected draft has no more."""
    for row in rows:
        try:
            row.delete()
        except ProtectedError:
            raise NotNow(
                _("Chưa sửa được: “%(row)s” đã có việc khác gắn vào nên không bỏ ra được.") % {"row": row}
            ) from None


def _matched(rows: Sequence[Row], kept: Sequence[int | None]) -> list[Row | None]:
    """The stored row of each row of the draft; what the draft has no more is removed."""
    _remove(row for at, row in enumerate(rows) if at not in kept)
    return [None if at is None else rows[at] for at in kept]


def _changed(row: Model, values: dict[str, Any], names: Iterable[str]) -> None:
    wanted = {name: values[name] for name in names}
    if wanted:
        write(row, **wanted)


# ---- venues


def _fill_venues(plan: Filling) -> None:
    stored = list(Venue.objects.filter(dialogue=plan.dialogue).order_by("ordinal"))
    last = max((row.ordinal for row in stored), default=0)
    for at, row in enumerate(_matched(stored, plan.kept.venues)):
        draft = plan.draft.venues[at]
        ward = None if draft.central else _ward(plan.dialogue.agency, draft.place or draft.name)
        office = plan.office(draft.name) or plan.dialogue.secretariat
        values = {"name": draft.name, "office_id": office.pk, "ward_id": ward.pk if ward else None}
        values |= {"is_central": draft.central, "address": plan.beyond.address(at)}
        was = plan.kept.venues[at]
        if was is None or row is None:
            last += 1
            code = f"{plan.dialogue.code}-DC{last}"
            Venue.objects.create(dialogue=plan.dialogue, ordinal=last, code=code, **values)
        else:
            moved = row.name != draft.name or row.is_central != draft.central
            addressed = values["address"] != plan.stood.address(was)
            _changed(row, values, [name for name in values if (addressed if name == "address" else moved)])


def _ward(agency: Agency, name: str) -> Place | None:
    folded = fold(name)
    places = Place.objects.filter(agency=agency)
    return max((place for place in places if fold(place.name) in folded), key=lambda p: len(p.name), default=None)


# ---- sittings


def _fill_sittings(plan: Filling) -> None:
    stored = list(Sitting.objects.filter(dialogue=plan.dialogue).order_by("ordinal"))
    last = max((row.ordinal for row in stored), default=0)
    for at, row in enumerate(_matched(stored, plan.kept.sittings)):
        values = _sitting_values(plan, at)
        if row is None:
            last += 1
            code = f"{plan.dialogue.code}-B{last}"
            overhead = plan.profile.overhead.minutes
            Sitting.objects.create(dialogue=plan.dialogue, ordinal=last, code=code, overhead_minutes=overhead, **values)
        else:
            same_chair = plan.before is not None and plan.before.co_chair == plan.draft.co_chair
            _changed(row, values, [name for name in values if name != "co_chair" or not same_chair])


def _sitting_values(plan: Filling, at: int) -> dict[str, Any]:
    sitting, when = plan.draft.sittings[at], plan.beyond.when(at)
    lead = plan.office(sitting.lead_office)
    sector = _sector(plan.dialogue.agency, sitting)
    if lead is None or sector is None:
        raise NotNow(
            _("Chưa lập được cuộc đối thoại: danh mục cơ quan chưa có “%(office)s” hoặc lĩnh vực “%(sector)s”.")
            % {"office": sitting.lead_office, "sector": sitting.sector}
        )
    day = sitting.date or forecast(when)
    return {
        "sector_id": sector.pk,
        "lead_id": lead.pk,
        "starts_at": _instant(plan, day, sitting.start or HOURS[0]),
        "ends_at": _instant(plan, day, sitting.end or HOURS[1]),
        "expected": sitting.expected or sitting.invite or 0,
        "quota": sitting.invite or 0,
        "co_chair": plan.draft.co_chair or "",
        "tentative": when,
    }


def _instant(plan: Filling, day: date | None, at: time) -> datetime:
    assert day is not None  # the draft was found whole
    return clock.at(day, at.hour, at.minute, plan.dialogue.agency.zone)


def _sector(agency: Agency, sitting: SittingDraft) -> Sector | None:
    wanted = fold(sitting.sector or "")
    return next((row for row in Sector.objects.filter(agency=agency) if fold(row.name) == wanted), None)


# ---- who attends, who does what, who is told


def _fill_attendance(plan: Filling) -> None:
    venues = {venue.name: venue for venue in Venue.objects.filter(dialogue=plan.dialogue)}
    for attendee in plan.draft.attendance:
        named = [venues[attendee.venue]] if attendee.venue in venues else []
        where = named or [venue for venue in venues.values() if not venue.is_central]
        for venue in where:
            Attendance.objects.create(
                venue=venue,
                ordinal=venue.attendance.count() + 1,
                who=attendee.who,
                office=plan.office(attendee.who) if venue.is_central else None,
                is_chair=attendee.role == "chair",
                is_citizens=attendee.role == "citizen",
            )


def _fill_duties(plan: Filling) -> None:
    stored = list(Duty.objects.filter(dialogue=plan.dialogue, is_from_plan=True).order_by("pk"))
    for at, row in enumerate(_matched(stored, plan.kept.duties)):
        draft = plan.draft.duties[at]
        was = plan.before.duties[plan.kept.duties[at] or 0] if plan.before and row else None
        if was == draft:
            continue
        values = _duty_values(plan, draft)
        if row is None:
            row = _add_duty(plan, is_from_plan=True, **values)
        else:
            _changed(
                row, values, [name for name in values if name != "office_id" or (was and was.office != draft.office)]
            )
        row.supporting.set([office for office in map(plan.office, draft.supporting) if office])
    if plan.before is None:
        for owed in plan.profile.owned_duties:
            _add_duty(plan, what=owed.words, is_from_plan=False, slug=owed.slug)


def _duty_values(plan: Filling, draft: DutyDraft) -> dict[str, Any]:
    office = plan.office(draft.office)
    due = draft.due
    term = {} if due is None else {"count": due.count, "unit": due.unit, "before_or_after": due.before_or_after}
    return {
        "what": draft.what,
        "office_id": office.pk if office else None,
        "term": {**term, "anchor": due.anchor} if due else {},
        "due_on": draft.due_on,
        "rule": rule_meant(draft, plan.profile),
    }


def _add_duty(plan: Filling, **values: Any) -> Duty:
    codes = Duty.objects.filter(dialogue=plan.dialogue).values_list("code", flat=True)
    ordinal = 1 + max((int(code.rpartition("NV")[2]) for code in codes), default=0)
    return Duty.objects.create(dialogue=plan.dialogue, code=f"{plan.dialogue.code}-NV{ordinal:02d}", **values)


def _fill_recipients(plan: Filling) -> None:
    Recipient.objects.filter(dialogue=plan.dialogue).delete()
    Recipient.objects.bulk_create(
        Recipient(dialogue=plan.dialogue, ordinal=ordinal, text=text, office=plan.office(text))
        for ordinal, text in enumerate(plan.draft.recipients, start=1)
    )
