"""Everything that the page of one dialogue shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from doithoai.directory.models import Office
from doithoai.documents.models import Document
from doithoai.intake.models import Opinion
from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.oversight.queries.deadlines import calendar_text, profile_text, read_calendar, read_profile
from doithoai.oversight.queries.story import names_of, tell, with_actor
from doithoai.planning.models import Attendance, Deadline, Dialogue, Duty, Material, Obstacle, Recipient, Sitting
from doithoai.planning.queries import VenueReadiness, deadline_name, readiness_of
from doithoai.planning.states import DIALOGUE
from doithoai.portal.queries import received
from doithoai.results.queries import GIVEN
from doithoai.rules.workdays import WorkCalendar
from doithoai.web.acts import JournalLine, Step
from doithoai.web.context import framing
from doithoai.web.doors import agency_id_of
from doithoai.web.duelines import DueLine, counted_due
from doithoai.web.tongue import state_word

LAST: Final = 15
OVER: Final = ("closed", "cancelled")
UNREAD: Final = ("plan_text", "parent", "plan__paper", "plan__salt")
ORDER: Final = ("draft", "planned", "open", "in_session", "answering", "closed")
OUT: Final = ("absent", "declined", "withdrawn", "struck", "lapsed")


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A venue with its readiness: `ready` of `of` lines found good; `wants` names the others."""

    code: str
    name: str
    is_central: bool
    chair: str
    ready: int
    of: int
    wants: tuple[str, ...]
    is_linked: bool
    line_tested_at: datetime | None
    is_line_good: bool | None
    connected_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline with its name, the rule's own words, and whether it binds."""

    name: str
    rule: str
    is_binding: bool
    due: DueLine


@dataclass(frozen=True, slots=True)
class NextAct:
    """What has to be done next (`duty`, when a deadline asks for it), by when, and where; `look` is how urgent it is."""

    words: str
    rest: str
    look: str
    url_code: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the page of a dialogue."""

    dialogue: Dialogue
    today: date
    steps: list[Step]
    next_act: NextAct | None
    sittings: list[Sitting]
    venues: list[VenueLine]
    duties: list[Duty]
    deadlines: list[DeadlineLine]
    documents: list[Document]
    obstacles: list[Obstacle]
    missing: list[Office]
    lines: list[JournalLine]
    length: int
    head: str

    @property
    def ownerless(self) -> int:
        """How many duties nobody answers for: no office, or no accountable head."""
        return sum(duty.office_id is None or duty.accountable_id is None for duty in self.duties)

    @property
    def done_duties(self) -> int:
        """How many duties are confirmed as done."""
        return sum(duty.state == "confirmed" for duty in self.duties)


def sheet(actor: Actor, code: str, now: datetime) -> Sheet | None:
    """The page of a dialogue of the actor's agency, read with its `framing`; None for any other code."""
    dialogue = _dialogues(actor).filter(agency_id=agency_id_of(actor), code=code).first()
    if dialogue is None:
        return None
    today = clock.day_of(now, dialogue.agency.zone)
    calendar = read_calendar(dialogue.calendar_text)
    sittings, duties = _sittings(dialogue), _duties(dialogue)
    venues = _venues(dialogue)
    documents = _documents(dialogue)
    deadlines = list(Deadline.objects.filter(dialogue=dialogue, superseded_at=None).order_by("due_on", "pk"))
    for sitting in sittings:
        sitting.prepared = _prepared(dialogue, sitting, documents)
    obstacles = list(Obstacle.objects.filter(dialogue=dialogue).select_related("office").order_by("pk"))
    offices = {duty.office for duty in duties if duty.office} | {row.office for row in obstacles}
    places = [(venue.code, venue.name) for venue in venues] + [(office.code, office.name) for office in offices]
    names = names_of(documents, sittings, places, duties)
    entries = list(with_actor(Entry.objects.filter(chain__key=dialogue.chain)).order_by("-number")[:LAST])
    newest: Any = entries[0] if entries else None
    return Sheet(
        dialogue=dialogue,
        today=today,
        steps=path_of(dialogue, sittings, deadlines, today),
        next_act=_next_act(dialogue, deadlines, today, calendar),
        sittings=sittings,
        venues=venues,
        duties=duties,
        deadlines=[_deadline_line(deadline, today, calendar) for deadline in deadlines],
        documents=documents,
        obstacles=obstacles,
        missing=[] if dialogue.state in OVER else missing_recipients(dialogue),
        lines=tell(entries, names, dialogue.agency.zone),
        length=newest.length if newest else 0,
        head=newest.head if newest else "",
    )


def _count_of(rows: Any) -> Coalesce:
    counted = rows.order_by().values("dialogue_ref").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _dialogues(actor: Actor) -> Any:
    opinions = Opinion.objects.filter(dialogue=OuterRef("pk")).annotate(dialogue_ref=F("dialogue"))
    given = Q(answer__state__in=GIVEN) | Q(merged_into__answer__state__in=GIVEN)
    rows = Dialogue.objects.select_related("agency", "chair", "plan", "common__plan", "secretariat")
    return rows.defer(*UNREAD, *(f"common__{name}" for name in UNREAD)).annotate(
        **framing(actor),
        calendar_text=calendar_text("agency_id"),
        profile_text=profile_text(),
        opinions_in=received(),
        opinions_unsorted=_count_of(opinions.filter(state="received")),
        opinions_answered=_count_of(opinions.filter(given, state__in=("closed", "merged"))),
    )


def _sittings(dialogue: Dialogue) -> list[Any]:
    rows: Any = Sitting.objects.filter(dialogue=dialogue).select_related("sector", "lead")
    citizens = ~Q(invitations__route="delegate")
    meant = Q(sitting=OuterRef("pk")) | Q(sitting=None)
    materials = Material.objects.filter(meant, dialogue=dialogue, withdrawn_at=None).annotate(
        dialogue_ref=F("dialogue")
    )
    rows = rows.annotate(
        invited=Count("invitations", filter=citizens & ~Q(invitations__state__in=("drawn", *OUT))),
        coming=Count("invitations", filter=citizens & Q(invitations__state__in=("accepted", "attended"))),
        unanswered=Count("invitations", filter=citizens & Q(invitations__state="invited")),
        dossier_key=F("dossier__pk"),
        dossier_at=F("dossier__submitted_at"),
        materials_open=_count_of(materials),
    ).order_by("starts_at", "ordinal")
    found = list(rows)
    for sitting in found:
        sitting.dialogue = dialogue
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """One thing of a sitting's content (R21): what, whether it is there, and the fact that says so."""

    word: str
    is_done: bool
    note: str


def _prepared(dialogue: Dialogue, sitting: Any, papers: Sequence[Document]) -> tuple[Prepared, ...]:
    """What the content of a sitting has and lacks: read from the facts, nobody ticks it."""
    programme = [row for row in papers if row.kind == "programme" and row.about == sitting.code]
    read, answered = sitting.materials_open, sitting.invited - sitting.unanswered
    return (
        _of_dossier(sitting, dialogue.agency.zone),
        _of_programme(programme),
        Prepared(_("Tài liệu đọc trước"), bool(read), _("%(count)s tài liệu") % {"count": read} if read else ""),
        Prepared(
            _("Giấy mời có trả lời"),
            bool(sitting.invited) and answered == sitting.invited,
            f"{answered}/{sitting.invited}" if sitting.invited else _("chưa mời"),
        ),
    )


def _of_dossier(sitting: Any, zone: str) -> Prepared:
    at = sitting.dossier_at
    note = f"{clock.day_of(at, zone):%d/%m}" if at else _("đang soạn") if sitting.dossier_key else ""
    return Prepared(_("Tổng hợp vướng mắc đã trình"), at is not None, note)


def _of_programme(rows: Sequence[Document]) -> Prepared:
    newest = rows[-1] if rows else None
    note = str(newest.get_state_display()) if newest else ""
    is_ready = newest is not None and newest.state in ("numbered", "dispatched")
    return Prepared(_("Chương trình, kịch bản"), is_ready, note)


def _venues(dialogue: Any) -> list[VenueLine]:
    rules = read_profile(dialogue.profile_text, dialogue.profile_key).readiness
    return [_venue_line(row) for row in readiness_of(dialogue, rules)]


def _venue_line(row: VenueReadiness) -> VenueLine:
    looks = {look.kind: look for look in row.looks}
    wants = [look for look in row.looks if not look.is_ready]
    line, met = looks.get("line"), row.connected
    return VenueLine(
        code=row.code,
        name=row.name,
        is_central=row.is_central,
        chair=row.chair,
        ready=row.ready,
        of=len(row.looks),
        wants=tuple(_lower_first(look.label) + (f" ({look.note})" if look.note else "") for look in wants),
        is_linked=met is not None,
        line_tested_at=line.at if line else None,
        is_line_good=line.is_ready if line else None,
        connected_at=met.at if met and met.is_ready else None,
    )


def _duties(dialogue: Dialogue) -> list[Duty]:
    rows = list(Duty.objects.filter(dialogue=dialogue).select_related("office", "accountable").order_by("pk"))
    for duty in rows:
        duty.dialogue = dialogue
    return rows


def _documents(dialogue: Dialogue) -> list[Document]:
    rows = Document.objects.filter(chain=dialogue.chain).select_related("drafting", "issuer").defer("paper", "salt")
    return list(rows.order_by("-is_official", "pk"))


def _deadline_line(deadline: Deadline, today: date, calendar: WorkCalendar) -> DeadlineLine:
    due = counted_due(deadline, today, calendar)
    if not deadline.is_binding and due.standing != "met":
        due = replace(due, standing="ahead")  # a day for comparison is never late
    return DeadlineLine(deadline_name(deadline), deadline.rule, deadline.is_binding, due)


def missing_recipients(dialogue: Dialogue) -> list[Office]:
    """Offices that attend or carry a duty but stand in no line of Nơi nhận, in one query."""
    involved = Q(Exists(Duty.objects.filter(dialogue=dialogue, office=OuterRef("pk")))) | Q(
        Exists(Attendance.objects.filter(venue__dialogue=dialogue, office=OuterRef("pk")))
    )
    listed = Exists(Recipient.objects.filter(dialogue=dialogue, office=OuterRef("pk")))
    rows = Office.objects.filter(involved, ~Q(listed), agency_id=dialogue.agency_id)
    return list(rows.exclude(pk=dialogue.secretariat_id).order_by("code"))


def path_of(dialogue: Dialogue, sittings: Sequence[Sitting], deadlines: Sequence[Deadline], today: date) -> list[Step]:
    """The six steps: done with their day, the current one, and what is expected when."""
    halted = dialogue.state in ("postponed", "cancelled")
    state = ("open" if dialogue.opened_at else "planned") if halted else dialogue.state
    at = ORDER.index(state)
    steps = []
    for place, step in enumerate(ORDER):
        word = state_word(DIALOGUE, step)
        if place < at or dialogue.state == "closed":
            steps.append(Step(word, _was_note(dialogue, step, sittings), "was"))
        elif place == at and halted:
            standing: Any = "stop" if dialogue.state == "postponed" else "off"
            steps.append(Step(state_word(DIALOGUE, dialogue.state), dialogue.reason, standing))
        elif place == at:
            steps.append(Step(word, _("hôm nay %(day)s") % {"day": f"{today:%d/%m}"}, "is"))
        else:
            steps.append(Step(word, _expected_note(dialogue, step, sittings, deadlines), "tbd"))
    return steps


def _was_note(dialogue: Dialogue, step: str, sittings: Sequence[Sitting]) -> str:
    zone = dialogue.agency.zone
    plan = dialogue.plan_in_force
    days = sorted({sitting.day for sitting in sittings if sitting.state == "ended"})
    notes = {
        "planned": _plan_note(plan) if plan and plan.issued_on else "",
        "open": _("từ %(day)s") % {"day": f"{clock.day_of(dialogue.opened_at, zone):%d/%m}"}
        if dialogue.opened_at
        else "",
        "in_session": ", ".join(f"{day:%d/%m}" for day in days),
        "closed": f"{clock.day_of(dialogue.closed_at, zone):%d/%m/%Y}" if dialogue.closed_at else "",
    }
    return notes.get(step, "")


def _plan_note(plan: Document) -> str:
    return _("%(day)s, số %(number)s") % {"day": f"{plan.issued_on:%d/%m}", "number": plan.number_text}


def _expected_note(dialogue: Dialogue, step: str, sittings: Sequence[Sitting], deadlines: Sequence[Deadline]) -> str:
    if step == "in_session":
        starts = [sitting.starts_at for sitting in sittings if sitting.state != "cancelled"]
        return f"{clock.local(min(starts), dialogue.agency.zone):%d/%m, %H:%M}" if starts else ""
    if step == "answering":
        days = [row.due_on for row in deadlines if row.duty == "result_notice" and row.is_binding]
        return _("thông báo chậm nhất %(day)s") % {"day": f"{days[0]:%d/%m}"} if days else ""
    return _("khi mọi ý kiến có kết quả") if step == "closed" else ""


def _next_act(dialogue: Dialogue, deadlines: Sequence[Deadline], today: date, calendar: WorkCalendar) -> NextAct | None:
    if dialogue.state in ("closed", "cancelled"):
        return None
    if dialogue.state == "draft":
        return _next_of_plan(dialogue)
    open_ones = [row for row in deadlines if row.is_binding and row.met_on is None]
    if not open_ones:
        return None
    first = open_ones[0]
    due = counted_due(first, today, calendar)
    look = {"late": "late", "today": "due"}.get(due.standing, "")
    words = _("Việc kế tiếp: %(what)s.") % {"what": _lower_first(deadline_name(first))}
    return NextAct(words, due.words + ".", look, duty=first.duty)


def _next_of_plan(dialogue: Dialogue) -> NextAct:
    plan = dialogue.plan_in_force
    if plan is None:
        return NextAct(_("Việc kế tiếp: soạn kế hoạch."), _("Chưa có dự thảo văn bản."), "")
    state = plan.get_state_display().lower()
    return NextAct(
        _("Việc kế tiếp: ban hành kế hoạch."), _("Văn bản kế hoạch: %(state)s.") % {"state": state}, "", plan.code
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
