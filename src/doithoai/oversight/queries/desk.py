"""What is waiting for one member of staff, and until when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, Final

from django.db.models import Count, DateTimeField, IntegerField, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from doithoai.answers.models import Answer
from doithoai.directory.models import RuleText, read_rules
from doithoai.directory.queries import CALENDAR_KEY
from doithoai.documents.models import Job
from doithoai.intake.models import Opinion
from doithoai.kernel import clock
from doithoai.kernel.access import Actor, Role
from doithoai.oversight.queries.deadlines import read_calendar
from doithoai.oversight.queries.papers import paper_tasks, papers_in_progress, papers_with_others
from doithoai.oversight.queries.reminders import OF_AGENCY, columns, reminder_tasks
from doithoai.oversight.queries.story import short
from doithoai.oversight.queries.tasks import Elsewhere, Group, Task, grouped
from doithoai.planning.models import Deadline, Dialogue, Duty, Obstacle, Sitting, VenueTold
from doithoai.planning.permissions import RAISING
from doithoai.planning.queries import (
    DUTY_DONE,
    STOPPED,
    anchors_by_dialogue,
    deadline_name,
    duty_due,
    with_plan_day,
)
from doithoai.roster.models import Invitation
from doithoai.rules.profiles import Profile
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.doors import agency_id_of
from doithoai.web.duelines import counted_due, plain_due

IN_HAND: Final = ("planned", "open", "in_session", "answering", "postponed")
OFFICE_ROLES: Final = (Role.HEAD, Role.OFFICER, Role.SECRETARY)
DOING: Final = (Role.HEAD, Role.OFFICER)
SLOW_AFTER: Final = 10  # minutes
AGENCIES: Final = 256
"""For so many agencies what the desk asks is kept put together; it is the larger part of asking."""
# What a task tells of its dialogue. The whole wording of the plan stays where it is.
OF_DIALOGUE: Final = ("dialogue__code", "dialogue__secretariat_id")
OF_SITTING: Final = (
    "code", "ordinal", "state", "starts_at", "ends_at", "tentative", "quota", "lead_id", "sector__name",
    "dialogue__agency__zone", OF_AGENCY, *OF_DIALOGUE,
)  # fmt: skip
OF_DUTY: Final = ("code", "what", "state", "accountable_id", "term", "rule", "due_on", "office__name", *OF_DIALOGUE)
OF_TOLD: Final = ("words", "sitting__code", "venue__name", "venue__office_id")
OF_DEADLINE: Final = (
    "duty", "rule_slug", "rule", "law", "anchor", "count", "unit", "side", "due_on", "met_on", "is_binding", "arithmetic",
    "cells", "warnings", "sitting__sector__name", *OF_DIALOGUE,
)  # fmt: skip

__all__ = ["Desk", "Elsewhere", "Group", "OldestJob", "Task", "desk"]


@dataclass(frozen=True, slots=True)
class OldestJob:
    """Rendering that waits: how many papers, and for how many minutes the oldest has."""

    count: int
    minutes: int

    @property
    def is_slow(self) -> bool:
        """Whether somebody should look: a print takes seconds."""
        return self.minutes >= SLOW_AFTER


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's desk: groups in order of urgency, the next sittings, what others hold, and waiting prints."""

    today: date
    groups: tuple[Group, ...]
    sittings: tuple[Sitting, ...]
    elsewhere: tuple[Elsewhere, ...]
    job: OldestJob | None
    keeps_lists: bool = False

    def count(self, slug: str = "") -> int:
        """How many tasks there are, in all or in one group."""
        return sum(len(group.tasks) for group in self.groups if slug in ("", group.slug))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads the desk, on which day, by which calendar and profiles."""

    actor: Actor
    today: date
    calendar: WorkCalendar
    profiles: Mapping[str, Profile]

    def holds_any(self, roles: Iterable[Role], office_id: int | None) -> bool:
        return office_id is not None and any(self.actor.holds(role, office_id) for role in roles)

    def watches(self, dialogue: Dialogue) -> bool:
        """Leaders and the Office see every deadline of a dialogue."""
        return self.actor.holds(Role.LEADER) or self.holds_any(OFFICE_ROLES, dialogue.secretariat_id)


def desk(actor: Actor, now: datetime, zone: str) -> Desk:
    """The desk of a member of staff at this instant, in at most eight queries; one more where a reminder is still to go."""
    today = clock.day_of(now, zone)
    rules = _rules(actor)
    reader = _Reader(actor, today, rules.calendar, rules.profiles)
    sittings = _sittings(actor, now, zone)
    papers = papers_in_progress(actor)
    tasks = [
        *_deadline_tasks(reader, sittings),
        *paper_tasks(actor, papers, rules.profiles, today, rules.calendar),
        *_duty_tasks(reader, sittings),
        *_answer_tasks(reader),
        *_sitting_tasks(reader, sittings, now),
        *_obstacle_tasks(reader),
        *_venue_tasks(reader),
    ]
    return Desk(
        today=today,
        groups=grouped(tasks, today),
        sittings=tuple(row for row in sittings if row.day >= today and row.state not in ("ended", "cancelled")),
        elsewhere=papers_with_others(actor, papers),
        job=_oldest_job(rules, now),
        keeps_lists=_watches_house(actor),
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is read of the agency in one query: its calendar, its profiles by key, and rendering that waits."""

    calendar: WorkCalendar
    profiles: Mapping[str, Profile]
    waiting: int
    oldest: datetime | None


def _rules(actor: Actor) -> _Rules:
    calendar = Q(kind=RuleText.Kind.CALENDAR, key=CALENDAR_KEY)
    rows: Any = RuleText.objects.filter(calendar | Q(kind=RuleText.Kind.PROFILE), agency_id=agency_id_of(actor))
    jobs = _waiting_jobs() if actor.holds(Role.TECHNICIAN) or actor.holds(Role.ADMIN) else NO_JOBS
    found = list(rows.annotate(**jobs).order_by("version").values_list("kind", "key", "text", "waiting", "oldest"))
    read = {(kind, key): (kind, text, key) for kind, key, text, *_job in found}
    profiles = {key: read_rules(*row) for (kind, key), row in read.items() if kind == RuleText.Kind.PROFILE}
    return _Rules(
        read_calendar(read[RuleText.Kind.CALENDAR, CALENDAR_KEY][1]),
        {key: profile for key, profile in profiles.items() if isinstance(profile, Profile)},
        *found[0][3:],
    )


NO_JOBS: Final = {"waiting": Value(0), "oldest": Value(None, output_field=DateTimeField())}


@cache
def _waiting_jobs() -> dict[str, Any]:
    """Rendering that waits at the agency of the outer row: how many papers, and since when the oldest."""
    rows = Job.objects.filter(done_at=None, document__agency=OuterRef("agency")).order_by()
    counted = rows.values("document__agency").annotate(n=Count("pk"), at=Min("asked_at"))
    count = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
    return {"waiting": count, "oldest": Subquery(counted.values("at"))}


def _sittings(actor: Actor, now: datetime, zone: str) -> list[Any]:
    """Sittings of dialogues in hand with what is open in each; counts come with the row."""
    return list(_in_hand(agency_id_of(actor), clock.day_of(now, zone), zone).all())


@lru_cache(maxsize=AGENCIES)
def _in_hand(agency_id: int, today: date, zone: str) -> Any:
    """Asked at every visit, so put together once a day; so are the questions below, once for an agency."""
    unsorted = Opinion.objects.filter(state="received")
    citizens = Invitation.objects.filter(sitting=OuterRef("pk")).exclude(route=Invitation.Route.DELEGATE)
    rows = Sitting.objects.filter(dialogue__state__in=IN_HAND, dialogue__agency_id=agency_id)
    return (
        rows.select_related("dialogue__agency", "sector")
        .only(*OF_SITTING)
        .annotate(
            unanswered=_count(citizens.filter(state="invited"), "sitting"),
            coming=_count(citizens.filter(state__in=("accepted", "attended")), "sitting"),
            unsorted=_count(unsorted.filter(sitting=OuterRef("pk")), "sitting"),
            loose=_count(unsorted.filter(sitting=None, dialogue=OuterRef("dialogue")), "dialogue"),
            **columns(clock.at(today, 0, 0, zone), zone, _count),
        )
        .order_by("starts_at", "pk")
    )


def _count(rows: Any, by: str) -> Coalesce:
    """How many rows belong to the outer row, as a column of it; cheaper than joins and a grouping of them all."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _deadline_tasks(reader: _Reader, sittings: Sequence[Any]) -> Iterator[Task]:
    """Binding deadlines not met: all of them for leaders and the Office, the submission for who leads a sitting."""
    for row in _deadlines(agency_id_of(reader.actor)).all():
        own = _led(reader, row, sittings) if row.duty == "submission" else None
        if reader.watches(row.dialogue) or own is not None:
            sector = f", {row.sitting.sector.name}" if row.sitting else ""
            yield Task(
                title=deadline_name(row) + sector,
                url=_place_of(row, own),
                note=f"{row.dialogue.code}: {row.rule.rstrip('.')}.",
                label=_("Xem việc còn lại") if own is None else _("Mở bản tổng hợp"),
                due=counted_due(row, reader.today, reader.calendar),
            )


@lru_cache(maxsize=AGENCIES)
def _deadlines(agency_id: int) -> Any:
    rows = Deadline.objects.filter(dialogue__agency_id=agency_id, dialogue__state__in=IN_HAND)
    rows = rows.filter(superseded_at=None, met_on=None, is_binding=True)
    return rows.select_related("dialogue", "sitting__sector").only(*OF_DEADLINE).order_by("due_on", "pk")


def _led(reader: _Reader, row: Deadline, sittings: Sequence[Any]) -> Any:
    """The sitting whose submission this reader prepares, or None."""
    meant = (s for s in sittings if s.dialogue_id == row.dialogue_id and row.sitting_id in (None, s.pk))
    return next((sitting for sitting in meant if reader.holds_any(DOING, sitting.lead_id)), None)


def _place_of(row: Deadline, own: Any) -> str:
    """Where the work of a deadline is done: who prepares the submission opens it, others see the deadlines."""
    if own is not None:
        return reverse("dossier", args=(row.dialogue.code, own.code))
    return reverse("dialogue", args=(row.dialogue.code,)) + "#thoi-han"


def _duty_tasks(reader: _Reader, sittings: Sequence[Any]) -> Iterator[Task]:
    """Duties to accept and report for those who carry them out; to hand out, confirm and press for by the Office."""
    ownerless: Counter[Dialogue] = Counter()
    late: dict[Dialogue, list[date]] = {}
    stand = (row for row in sittings if row.state not in STOPPED)
    days = anchors_by_dialogue((row.dialogue_id, None if row.tentative else row.day) for row in stand)
    for row in _duties(agency_id_of(reader.actor)).all():
        is_office = reader.holds_any(OFFICE_ROLES, row.dialogue.secretariat_id)
        if is_office and (row.office_id is None or row.accountable_id is None):
            ownerless.update([row.dialogue])
        due_on = None if row.state in DUTY_DONE else duty_due(row, days.get(row.dialogue_id, {}), reader.calendar)
        found = _duty_act(reader, row, is_office)
        if found:
            yield _duty_task(reader, row, *found, due_on)
        elif due_on and due_on < reader.today and reader.watches(row.dialogue):
            late.setdefault(row.dialogue, []).append(due_on)
    yield from _ownerless_tasks(ownerless)
    yield from _late_duties(reader, late)


@lru_cache(maxsize=AGENCIES)
def _duties(agency_id: int) -> Any:
    rows = Duty.objects.filter(dialogue__agency_id=agency_id, dialogue__state__in=IN_HAND).exclude(state="confirmed")
    return with_plan_day(rows.select_related("dialogue", "office").only(*OF_DUTY)).order_by("pk")


def _duty_act(reader: _Reader, row: Duty, is_office: bool) -> tuple[str, str] | None:
    """What this reader has to do with a duty, and where; None when it waits for others."""
    if row.office_id is None:
        return None
    label = ""
    if reader.holds_any((Role.HEAD, Role.VENUE), row.office_id):
        label = {"assigned": _("Nhận nhiệm vụ"), "accepted": _("Báo cáo kết quả")}.get(row.state, "")
    if is_office and not label:
        label = {"returned": _("Giao lại"), "reported": _("Xác nhận đã xong")}.get(row.state, "")
    page = reverse("duties", args=(row.dialogue.code,)) + f"#{row.code}"
    return (label, page if row.state == "returned" else reverse("duty", args=(row.code,))) if label else None


def _ownerless_tasks(ownerless: Counter[Dialogue]) -> Iterator[Task]:
    for dialogue, count in ownerless.items():
        url = reverse("duties", args=(dialogue.code,))
        title = _("Giao %(count)s nhiệm vụ chưa có người chịu trách nhiệm") % {"count": count}
        yield Task(title, url, dialogue.code, _("Xem nhiệm vụ"))


def _late_duties(reader: _Reader, late: dict[Dialogue, list[date]]) -> Iterator[Task]:
    """What units owe past its day, one task for each dialogue."""
    for dialogue, days in late.items():
        title = _("Đôn đốc %(count)s nhiệm vụ quá hạn") % {"count": len(days)}
        due = plain_due(min(days), reader.today, reader.calendar)
        yield Task(title, reverse("duties", args=(dialogue.code,)), dialogue.code, _("Xem nhiệm vụ"), due)


def _duty_task(reader: _Reader, row: Duty, label: str, url: str, due_on: date | None) -> Task:
    note = f"{row.dialogue.code}. {row.office}. {row.get_state_display()}."
    due = plain_due(due_on, reader.today, reader.calendar) if due_on else None
    return Task(short(row.what, 140), url, note, label, due)


def _writing() -> dict[str, tuple[str, str]]:
    """State of an answer → what its writers have to do with it."""
    return {
        "assigned": (_("Soạn %(count)s trả lời ý kiến"), _("Xem ý kiến")),
        "drafted": (_("Trình %(count)s dự thảo trả lời"), _("Xem dự thảo")),
        "returned": (_("Sửa %(count)s trả lời bị trả lại"), _("Xem lý do")),
    }


def _answer_tasks(reader: _Reader) -> Iterator[Task]:
    """Answers of one kind, dialogue and day together, with the opinions' codes."""
    piles: dict[tuple[str, str, str, date | None], list[str]] = {}
    for row in _answers(agency_id_of(reader.actor)).all():
        words = _answer_words(reader, row)
        if words:
            key = (*words, row.opinion.dialogue.code, row.due_on)
            piles.setdefault(key, []).append(row.opinion.code)
    for (title, label, code, due_on), codes in piles.items():
        yield Task(
            title=title % {"count": len(codes)},
            url=_page_of(codes, code),
            note=_codes(codes, code),
            label=label,
            due=plain_due(due_on, reader.today, reader.calendar) if due_on else None,
        )


@lru_cache(maxsize=AGENCIES)
def _answers(agency_id: int) -> Any:
    rows = Answer.objects.filter(opinion__dialogue__agency_id=agency_id).exclude(state__in=("issued", "replaced"))
    named = ("state", "due_on", "lead_id", "offered_to_id", "opinion__code", "opinion__dialogue__code")
    return rows.select_related("opinion__dialogue").only(*named).order_by("due_on", "pk")


def _answer_words(reader: _Reader, row: Answer) -> tuple[str, str] | None:
    if row.state == "in_review" and reader.actor.holds(Role.LEADER):
        return _("Duyệt %(count)s trả lời ý kiến"), _("Xem dự thảo")
    if row.state == "offered" and reader.holds_any((Role.HEAD,), row.offered_to_id):
        return _("Nhận hay không nhận %(count)s ý kiến được đề nghị"), _("Xem ý kiến")
    return _writing().get(row.state) if reader.holds_any(DOING, row.lead_id) else None


def _page_of(codes: Sequence[str], dialogue: str) -> str:
    """One answer has a page of its own; several are found on the board."""
    return reverse("answer", args=codes) if len(codes) == 1 else reverse("opinions", args=(dialogue,))


def _codes(codes: Sequence[str], dialogue: str) -> str:
    """“DH-2021-01: YK03, YK07 và 5 ý kiến nữa”."""
    bare = [code.removeprefix(f"{dialogue}-") for code in codes]
    shown = ", ".join(bare[:6])
    more = _(" và %(count)s ý kiến nữa") % {"count": len(bare) - 6} if len(bare) > 6 else ""
    return f"{dialogue}: {shown}{more}"


def _sitting_tasks(reader: _Reader, sittings: Sequence[Any], now: datetime) -> Iterator[Task]:
    """Opinions to sort and invitees to call, sitting by sitting."""
    seen: set[int] = set()
    for row in sittings:
        url = reverse("calls", args=(row.dialogue.code, row.ordinal))
        board = reverse("opinions", args=(row.dialogue.code,))
        office = reader.holds_any(OFFICE_ROLES, row.dialogue.secretariat_id)
        sorts = office or reader.holds_any(DOING, row.lead_id)
        if sorts and row.unsorted:
            title = _("Phân loại %(count)s ý kiến, %(sector)s") % {"count": row.unsorted, "sector": row.sector.name}
            yield Task(title, board, row.dialogue.code, _("Xem ý kiến"))
        if office and row.loose and row.dialogue_id not in seen:
            title = _("Phân loại %(count)s ý kiến chưa thuộc buổi nào") % {"count": row.loose}
            yield Task(title, board, row.dialogue.code, _("Xem ý kiến"))
        seen.add(row.dialogue_id)
        if sorts and row.unanswered and row.state == "scheduled":
            facts = {"count": row.unanswered, "sector": row.sector.name}
            title = _("Gọi %(count)s người chưa trả lời giấy mời, %(sector)s") % facts
            note = _("%(coming)s/%(quota)s người đã xác nhận tham dự.") % {"coming": row.coming, "quota": row.quota}
            yield Task(title, url, note, _("Mở danh sách gọi"))
        if sorts and row.state == "scheduled":
            yield from reminder_tasks(row, now, reader.calendar, reader.profiles[row.agency.profile_key].reply)


def _obstacle_tasks(reader: _Reader) -> Iterator[Task]:
    """Difficulties that units have raised, for the Office; what is to be done about them, for the unit."""
    for row in _obstacles(agency_id_of(reader.actor)).all():
        url = reverse("obstacles", args=(row.dialogue.code,))
        if reader.holds_any(OFFICE_ROLES, row.dialogue.secretariat_id):
            verb = _("Chỉ đạo khó khăn") if row.state == "raised" else _("Theo dõi khó khăn")
            yield Task(f"{verb}: {short(row.text, 120)}", url, str(row.office), _("Xem khó khăn"))
        elif row.state == "directed" and reader.holds_any(RAISING, row.office_id):
            title = _("Đã có chỉ đạo: %(text)s") % {"text": short(row.text, 120)}
            yield Task(title, url, short(row.direction, 140), _("Xem chỉ đạo"))


@lru_cache(maxsize=AGENCIES)
def _obstacles(agency_id: int) -> Any:
    rows = Obstacle.objects.filter(dialogue__agency_id=agency_id, state__in=("raised", "directed"))
    named = ("text", "state", "direction", "office__name", *OF_DIALOGUE)
    return rows.select_related("dialogue", "office").only(*named).order_by("pk")


def _venue_tasks(reader: _Reader) -> Iterator[Task]:
    """Changes of a sitting that a venue of this reader has not said it knows; the newest of each."""
    newest = {(row.sitting_id, row.venue_id): row for row in _told(agency_id_of(reader.actor)).all()}
    for row in newest.values():
        if reader.holds_any((Role.VENUE, Role.HEAD, Role.OFFICER), row.venue.office_id):
            url = reverse("move-sitting", args=(row.sitting.code,)) + "#ai"
            yield Task(row.words, url, row.venue.name, _("Xác nhận đã nhận"))


@lru_cache(maxsize=AGENCIES)
def _told(agency_id: int) -> Any:
    rows = VenueTold.objects.filter(sitting__dialogue__agency_id=agency_id, known_at=None)
    return (
        rows.exclude(sitting__dialogue__state="closed").select_related("sitting", "venue").only(*OF_TOLD).order_by("pk")
    )


def _watches_house(actor: Actor) -> bool:
    """The technician and the administrator look after what everybody else works with."""
    return actor.holds(Role.TECHNICIAN) or actor.holds(Role.ADMIN)


def _oldest_job(rules: _Rules, now: datetime) -> OldestJob | None:
    """For the technician and the administrator; None when nothing waits or it is not theirs to watch."""
    if not rules.waiting or rules.oldest is None:
        return None
    return OldestJob(rules.waiting, int((now - rules.oldest) / timedelta(minutes=1)))
