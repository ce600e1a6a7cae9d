"""What the plan says, and what is missing from it."""

from collections.abc import Iterator, Sequence
from datetime import date

from doithoai.directory.models import Agency, Office
from doithoai.directory.queries import calendar_of, profile_of
from doithoai.kernel.access import Actor
from doithoai.planning.models import Deadline, Dialogue, Duty, Sitting
from doithoai.rules import officenames
from doithoai.rules.deadlines import Due, Term, compute


def office_named(offices: Sequence[Office], text: str) -> Office | None:
    """The office that a plan means by `text`; None where it names none of them."""
    found = officenames.best(text, [office.name for office in offices])
    return next((office for office in offices if office.name == found), None)


def visible_to(actor: Actor) -> list[Dialogue]:
    """The dialogues of the actor's agency, newest first; none for a stranger."""
    if actor.agency_id is None:
        return []
    return list(Dialogue.objects.filter(agency_id=actor.agency_id).order_by("-year", "-code"))


def sittings_of(dialogue: Dialogue) -> list[Sitting]:
    """The sittings in the order of their hours, with what their pages and papers need."""
    return list(
        Sitting.objects.filter(dialogue=dialogue)
        .select_related("sector", "lead", "dialogue__agency")
        .order_by("starts_at", "ordinal")
    )


def last_day(dialogue: Dialogue) -> date:
    """The day on which the conference ends: that of its last sitting (cancelled ones do not count)."""
    return max(sitting.day for sitting in sittings_of(dialogue) if sitting.state != "cancelled")


def deadlines_of(dialogue: Dialogue) -> list[Deadline]:
    """The deadlines in force, earliest first."""
    return list(Deadline.objects.filter(dialogue=dialogue, superseded_at=None).select_related("sitting"))


def binding_deadline(dialogue: Dialogue, duty: str, sitting: Sitting | None = None) -> Deadline | None:
    """The deadline that binds for a duty, of one sitting where they differ."""
    rows = [row for row in deadlines_of(dialogue) if row.duty == duty and row.is_binding]
    own = [row for row in rows if sitting and row.sitting_id == sitting.pk]
    return next(iter(own or rows), None)


def ownerless(dialogue: Dialogue) -> list[Duty]:
    """Duties that nobody answers for: no office, or no accountable head."""
    return list(Duty.objects.filter(dialogue=dialogue).exclude(office__isnull=False, accountable__isnull=False))


def missing_recipients(dialogue: Dialogue) -> list[Office]:
    """Offices that attend or carry a duty and stand in no line of Nơi nhận: the invitation would be all they get."""
    listed = set(dialogue.recipients.exclude(office=None).values_list("office_id", flat=True))
    involved = {row.office for row in dialogue.duties.select_related("office") if row.office}
    for venue in dialogue.venues.prefetch_related("attendance__office"):
        involved.update(row.office for row in venue.attendance.all() if row.office)
    listed.add(dialogue.secretariat_id)
    return sorted((office for office in involved if office.pk not in listed), key=lambda office: office.code)


def agency_offices(agency: Agency) -> list[Office]:
    """Every office of an agency, by code."""
    return list(Office.objects.filter(agency=agency).order_by("code"))


def counted(dialogue: Dialogue, sittings: Sequence[Sitting]) -> Iterator[tuple[Sitting | None, Due]]:
    """Every deadline of the dialogue's profile, counted from these sittings (stored ones, or as they would be moved).

    Sittings of one day share one count (None); each has its own where the days differ. What counts from the end
    of the conference counts from the last day.
    """
    held = [sitting for sitting in sittings if sitting.state != "cancelled"]
    days = {sitting.day for sitting in held}
    each: list[tuple[Sitting | None, date]] = [(None, day) for day in days]
    if len(days) > 1:
        each = [(sitting, sitting.day) for sitting in held]
    calendar = calendar_of(dialogue.agency)
    terms = profile_of(dialogue.agency, dialogue.profile_key).terms
    notice = next(term for term in terms if term.duty == "result_notice" and term.binding)
    anchors: dict[str, list[tuple[Sitting | None, date]]] = {
        "dialogue": each,
        "conference_end": [(None, max(days))],
        "result_notice": [(None, compute(notice, max(days), calendar).due_on)],
    }
    for term in terms:
        for sitting, day in anchors.get(term.anchor, []):
            yield sitting, compute(term, day, calendar)


def binds(dialogue: Dialogue, term: Term) -> bool:
    """Whether a term binds: of several readings of one rule only the chosen one does."""
    chosen = profile_of(dialogue.agency, dialogue.profile_key).term(term.duty)
    return term.binding and (not term.reading_of or term.slug == chosen.slug)
