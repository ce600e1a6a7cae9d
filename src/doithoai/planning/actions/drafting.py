"""From the draft of a plan to the dialogue: sittings, venues, duties, recipients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from doithoai.directory.models import Agency, Office, Place, Sector
from doithoai.directory.queries import profile_of, secretariat
from doithoai.journal.actions import record
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, NotNow
from doithoai.kernel.verbs import verb
from doithoai.people.models import Staff
from doithoai.planning import permissions
from doithoai.planning.imports import PlanDraft, SittingDraft
from doithoai.planning.models import Attendance, Dialogue, Duty, Recipient, Sitting, Venue
from doithoai.planning.queries import agency_offices, office_named
from doithoai.rules.vietnamese import fold


@dataclass(frozen=True, slots=True)
class _Plan:
    """A draft beside the offices of the agency it is for."""

    draft: PlanDraft
    dialogue: Dialogue
    offices: Sequence[Office]

    def office(self, text: str | None) -> Office | None:
        return office_named(self.offices, text) if text else None


@verb("dialogue.create", may=permissions.may_create)
def create(
    agency: Agency,
    draft: PlanDraft,
    *,
    chair: Staff,
    bases: Sequence[str] = (),
    answers: Mapping[str, bool] | None = None,
    actor: Actor,
    now: datetime,
) -> Dialogue:
    """Make a dialogue from a confirmed draft. Raises NotNow naming what the draft lacks; nothing is stored then.

    `bases` are the lines of căn cứ, `answers` the agency's answers to the questions of its profile.
    """
    _require_whole(draft)
    assert draft.subject is not None  # the draft was found whole
    assert draft.mode is not None
    year = draft.year or draft.issue_year or clock.day_of(now, agency.zone).year
    ordinal = Dialogue.objects.filter(agency=agency, year=year).count() + 1
    dialogue = Dialogue.objects.create(
        agency=agency,
        code=f"{agency.code}-{year}-{ordinal:02d}",
        year=year,
        subject=draft.subject,
        territory=draft.territory or agency.territory,
        profile_key=agency.profile_key,
        mode=draft.mode,
        platform=draft.platform or "",
        platform_as_written=draft.platform_as_written or "",
        parent=draft.as_json().get("parent") or {},
        plan_text=draft.as_json(),
        bases=list(bases),
        answers=dict(answers or {}),
        chair=chair,
        secretariat=secretariat(agency),
    )
    plan = _Plan(draft, dialogue, agency_offices(agency))
    _add_venues(plan)
    _add_sittings(plan)
    _add_attendance(plan)
    _add_duties(plan)
    _add_recipients(plan)
    record(
        dialogue.code,
        sittings=len(draft.sittings),
        venues=len(draft.venues),
        duties=dialogue.duties.count(),
        expected=sum(sitting.expected or 0 for sitting in draft.sittings),
    )
    return dialogue


def _require_whole(draft: PlanDraft) -> None:
    """A dialogue needs a subject, venues with one centre, and for each sitting its day, hours, sector and turns."""
    lacking = [name for name, value in ((_("trích yếu"), draft.subject), (_("hình thức"), draft.mode)) if not value]
    if sum(venue.central for venue in draft.venues) != 1:
        lacking.append(_("đúng một điểm cầu trung tâm"))
    if not draft.sittings:
        lacking.append(_("ít nhất một buổi"))
    for ordinal, sitting in enumerate(draft.sittings, start=1):
        values = (sitting.date, sitting.start, sitting.end, sitting.sector, sitting.lead_office)
        if any(value is None for value in values):
            lacking.append(_("ngày, giờ, lĩnh vực và đơn vị chủ trì của buổi %(ordinal)s") % {"ordinal": ordinal})
    if lacking:
        raise NotNow(_("Chưa lập được cuộc đối thoại: kế hoạch còn thiếu %(what)s.") % {"what": "; ".join(lacking)})


def _add_venues(plan: _Plan) -> None:
    for ordinal, venue in enumerate(plan.draft.venues, start=1):
        office = plan.office(venue.name) or plan.dialogue.secretariat
        ward = _ward(plan.dialogue.agency, venue.name)
        Venue.objects.create(
            dialogue=plan.dialogue,
            ordinal=ordinal,
            code=f"{plan.dialogue.code}-DC{ordinal}",
            name=venue.name,
            office=office,
            ward=None if venue.central else ward,
            is_central=venue.central,
        )


def _ward(agency: Agency, name: str) -> Place | None:
    folded = fold(name)
    places = Place.objects.filter(agency=agency)
    return max((place for place in places if fold(place.name) in folded), key=lambda p: len(p.name), default=None)


def _add_sittings(plan: _Plan) -> None:
    overhead = profile_of(plan.dialogue.agency, plan.dialogue.profile_key).overhead.minutes
    for ordinal, sitting in enumerate(plan.draft.sittings, start=1):
        lead = plan.office(sitting.lead_office)
        sector = _sector(plan.dialogue.agency, sitting)
        if lead is None or sector is None:
            raise NotNow(
                _("Chưa lập được cuộc đối thoại: danh mục cơ quan chưa có “%(office)s” hoặc lĩnh vực “%(sector)s”.")
                % {"office": sitting.lead_office, "sector": sitting.sector}
            )
        Sitting.objects.create(
            dialogue=plan.dialogue,
            ordinal=ordinal,
            code=f"{plan.dialogue.code}-B{ordinal}",
            sector=sector,
            lead=lead,
            starts_at=_instant(plan, sitting.date, sitting.start),
            ends_at=_instant(plan, sitting.date, sitting.end),
            expected=sitting.expected or sitting.invite or 0,
            quota=sitting.invite or 0,
            overhead_minutes=overhead,
        )


def _instant(plan: _Plan, day: date | None, at: time | None) -> datetime:
    assert day is not None  # the draft was found whole
    assert at is not None
    return clock.at(day, at.hour, at.minute, plan.dialogue.agency.zone)


def _sector(agency: Agency, sitting: SittingDraft) -> Sector | None:
    wanted = fold(sitting.sector or "")
    return next((row for row in Sector.objects.filter(agency=agency) if fold(row.name) == wanted), None)


def _add_attendance(plan: _Plan) -> None:
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


def _add_duties(plan: _Plan) -> None:
    for duty in plan.draft.duties:
        made = _add_duty(plan, duty.what, plan.office(duty.office), is_from_plan=True)
        made.supporting.set([office for office in map(plan.office, duty.supporting) if office])
    for owed in profile_of(plan.dialogue.agency, plan.dialogue.profile_key).owned_duties:
        _add_duty(plan, owed.words, None, is_from_plan=False, slug=owed.slug)


def _add_duty(plan: _Plan, what: str, office: Office | None, *, is_from_plan: bool, slug: str = "") -> Duty:
    ordinal = Duty.objects.filter(dialogue=plan.dialogue).count() + 1
    return Duty.objects.create(
        dialogue=plan.dialogue,
        code=f"{plan.dialogue.code}-NV{ordinal:02d}",
        slug=slug,
        what=what,
        office=office,
        is_from_plan=is_from_plan,
    )


def _add_recipients(plan: _Plan) -> None:
    Recipient.objects.bulk_create(
        Recipient(dialogue=plan.dialogue, ordinal=ordinal, text=text, office=plan.office(text))
        for ordinal, text in enumerate(plan.draft.recipients, start=1)
    )
