"""Everything on the public page of one dialogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _

from doithoai.directory.models import RuleText
from doithoai.directory.queries import CALENDAR_KEY
from doithoai.intake.models import Opinion
from doithoai.intake.queries import CLOSED_TO_INTAKE
from doithoai.journal.models import Chain, Witness
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.planning.models import Deadline, Dialogue, Material, Sitting, Venue
from doithoai.planning.queries import plan_field
from doithoai.portal.models import Publication
from doithoai.portal.queries.listing import days_of, expected_of, sectors_of, state_word, visible
from doithoai.portal.queries.opinions import Asked, OpinionPage, PublicOpinion, opinions_of, page_of
from doithoai.portal.queries.publishing import ANNOUNCED
from doithoai.portal.queries.table import Counts, SectorPart, counts_of, received, sector_parts
from doithoai.roster.models import Pool
from doithoai.rules.vietnamese import short_date
from doithoai.rules.workdays import WorkCalendar, parse_calendar
from doithoai.web.acts import Step
from doithoai.web.context import framing
from doithoai.web.duelines import DueLine, counted_due
from doithoai.web.marks import Shape, shape

SHOWN_DUTIES: Final = ("result_notice", "submission", "announcement")


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline that binds, in the words of the rule, and its counting."""

    duty: str
    name: str
    rule: str
    due: DueLine


@dataclass(frozen=True, slots=True)
class Head:
    """A head of the dialogue's chain: that of entry `number`, announced on a day, or as it stands right now (None)."""

    number: int
    digest: str
    announced_on: date | None


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """The public page of one dialogue. `notice` is the number and day of the result notice, once it is issued."""

    dialogue: Any
    today: date
    word: str
    look: Shape
    days: tuple[date, ...]
    expected: tuple[str, ...]
    sectors: tuple[str, ...]
    sittings: tuple[Sitting, ...]
    venues: tuple[Venue, ...]
    steps: tuple[Step, ...]
    counts: Counts
    parts: tuple[SectorPart, ...]
    opinions: OpinionPage
    papers: tuple[Publication, ...]
    terms: tuple[Term, ...]
    head: Head | None
    has_draws: bool
    has_materials: bool
    notice: tuple[str, date] | None
    takes_opinions: bool
    takes_registrations: bool
    has_matters: bool


def record_of(actor: Actor, code: str, asked: Asked, now: datetime) -> PublicRecord | None:
    """The public page of a visible dialogue, read with its frame in at most eleven queries; None for any other code."""
    dialogue = _dialogues().filter(code=code).annotate(**framing(actor)).first()
    if dialogue is None:
        return None
    today = clock.day_of(now, dialogue.agency.zone)
    sittings, rows = _sittings(dialogue), opinions_of(dialogue, today)
    terms = _terms(dialogue, today)
    return PublicRecord(
        dialogue=dialogue,
        today=today,
        word=_word(dialogue, rows),
        look=shape("dialogue", dialogue.state),
        days=days_of(sittings),
        expected=expected_of(sittings),
        sectors=sectors_of(sittings),
        sittings=sittings,
        venues=() if rows else tuple(Venue.objects.filter(dialogue=dialogue).order_by("ordinal")),
        steps=_steps(dialogue, sittings, terms),
        counts=counts_of(dialogue, rows, today),
        parts=tuple(sector_parts(rows)),
        opinions=page_of(dialogue, rows, asked, today),
        papers=_papers(dialogue),
        terms=terms,
        head=_head(dialogue),
        has_draws=dialogue.has_draws,
        has_materials=dialogue.has_materials,
        notice=_notice(dialogue),
        takes_opinions=dialogue.state not in CLOSED_TO_INTAKE and dialogue.notice_on is None,
        takes_registrations=_is_open(sittings),
        has_matters=dialogue.has_matters,
    )


def _notice(dialogue: Any) -> tuple[str, date] | None:
    if dialogue.notice_on is None:
        return None
    return f"{dialogue.notice_number:02d}/{dialogue.notice_symbol}", dialogue.notice_on


def position_of(code: str) -> str | None:
    """How far the record of a visible dialogue and of its agency has come; None for any other code.

    Nothing on the page changes without an entry in one of the two chains, but for what a new day changes.
    """
    found = _positions().filter(code=code).first()
    return "-".join(str(head) for head in found) if found else None


@cache
def _positions() -> Any:
    """Asked at every visit, so put together once; so is `_dialogues`."""
    heads = (Chain.objects.filter(key=OuterRef(key)).values("head")[:1] for key in ("code", "agency__code"))
    own, agency = (Subquery(head) for head in heads)
    return visible().annotate(own=own, agency_head=agency).values_list("own", "agency_head")


@cache
def _dialogues() -> Any:
    calendars = RuleText.objects.filter(
        agency=OuterRef("agency_id"), kind=RuleText.Kind.CALENDAR, key=CALENDAR_KEY
    ).order_by("-version")
    return visible().select_related("agency", "chair").annotate(
        calendar_text=Subquery(calendars.values("text")[:1]),
        opinions_received=received(),
        notice_number=F("notice__document__number"),
        notice_symbol=F("notice__document__symbol"),
        notice_on=F("notice__document__issued_on"),
        plan_number=plan_field("number"),
        plan_symbol=plan_field("symbol"),
        plan_on=plan_field("issued_on"),
        has_draws=Exists(Pool.objects.filter(sitting__dialogue=OuterRef("pk"))),
        has_matters=Exists(Opinion.objects.filter(dialogue=OuterRef("pk"), state="accepted", shown_at__isnull=False)),
        has_materials=Exists(Material.objects.filter(dialogue=OuterRef("pk"), withdrawn_at=None)),
    )  # fmt: skip


def _sittings(dialogue: Dialogue) -> tuple[Sitting, ...]:
    rows = Sitting.objects.filter(dialogue=dialogue).annotate(open_until=F("opening__until"))
    found = tuple(rows.select_related("sector", "lead").order_by("starts_at", "ordinal"))
    for sitting in found:
        sitting.dialogue = dialogue
    return found


def _is_open(sittings: Sequence[Sitting]) -> bool:
    """Whether anybody may, or might, register for one of these."""
    return any(getattr(sitting, "open_until", None) for sitting in sittings)


def _papers(dialogue: Dialogue) -> tuple[Publication, ...]:
    rows = Publication.objects.filter(dialogue=dialogue, document__published_at__isnull=False)
    papers = rows.select_related("document").defer("document__paper", "document__salt")
    return tuple(papers.order_by("-document__issued_on", "-pk"))


@lru_cache(maxsize=32)
def _calendar(text: str) -> WorkCalendar:
    """A calendar from its text, read once for each version."""
    return parse_calendar(text, CALENDAR_KEY)


def _terms(dialogue: Any, today: date) -> tuple[Term, ...]:
    rows = Deadline.objects.filter(
        dialogue=dialogue, superseded_at=None, is_binding=True, duty__in=SHOWN_DUTIES
    ).order_by("-due_on", "pk")
    deadlines = list(rows)
    if not deadlines:
        return ()
    calendar = _calendar(dialogue.calendar_text)
    return tuple(Term(row.duty, _name(row), row.rule, counted_due(row, today, calendar)) for row in deadlines)


def _name(deadline: Deadline) -> str:
    names = {
        "result_notice": _("Thông báo kết quả"),
        "submission": _("Tổng hợp vướng mắc trình lãnh đạo"),
        "announcement": _("Thông báo thời gian, địa điểm"),
    }
    return names.get(deadline.duty, deadline.rule)


def _head(dialogue: Dialogue) -> Head | None:
    last = Witness.objects.filter(chain=OuterRef("pk"), where__startswith=ANNOUNCED).order_by("-pk")
    told = {f"told_{name}": Subquery(last.values(name)[:1]) for name in ("number", "head", "where")}
    chain: Any = Chain.objects.filter(key=dialogue.chain).annotate(**told).first()
    if chain is None:
        return None
    if chain.told_head:
        on = date.fromisoformat(chain.told_where.removeprefix(ANNOUNCED).strip())
        return Head(chain.told_number, chain.told_head, on)
    return Head(chain.length, chain.head, None)


def _word(dialogue: Dialogue, rows: Sequence[PublicOpinion]) -> str:
    """Where it stands, and while answers are owed what it waits for."""
    word = state_word(dialogue)
    if dialogue.state in ("postponed", "cancelled") and dialogue.reason:
        return _("%(state)s, lý do: %(reason)s") % {"state": word, "reason": dialogue.reason.rstrip(".")}
    if dialogue.state != "answering":
        return word
    if not rows:
        return _("Đang tổng hợp, trả lời từng ý kiến")
    owed = sum(row.standing == "in_hand" for row in rows)
    return _("Đang trả lời, còn %(owed)s/%(all)s ý kiến") % {"owed": owed, "all": len(rows)} if owed else word


AT: Final = {"planned": 1, "open": 1, "in_session": 2, "answering": 3, "closed": 5}


def _steps(dialogue: Dialogue, sittings: Sequence[Sitting], terms: Sequence[Term]) -> tuple[Step, ...]:
    """Plan, people invited, sittings, notice, end: what was, is, and comes when."""
    fixed = [f"{day:%d/%m}" for day in days_of(sittings)]
    days = ", ".join([*fixed, *(_("dự kiến %(when)s") % {"when": when} for when in expected_of(sittings))])
    if dialogue.written_until:
        days = _("bằng văn bản, đến hết %(day)s") % {"day": short_date(dialogue.written_until)}
    due = next((short_date(term.due.due_on) for term in terms if term.duty == "result_notice"), "")
    drawn = _("bốc thăm trong những người đã làm thủ tục")
    chosen = _("theo thứ tự đăng ký") if _is_open(sittings) else drawn
    notes = (
        (_("Kế hoạch"), _("đã ban hành")),
        (_("Mời người dự"), chosen),
        (_("Đối thoại"), days),
        (_("Thông báo kết quả"), _("chậm nhất %(day)s") % {"day": due} if due else ""),
        (_("Kết thúc"), _("khi mọi ý kiến có kết quả")),
    )
    return tuple(_step(dialogue, place, word, note) for place, (word, note) in enumerate(notes))


def _step(dialogue: Dialogue, place: int, word: str, note: str) -> Step:
    at = AT.get(dialogue.state, 1)
    if place != at:
        return Step(word, note, "was" if place < at else "tbd")
    if dialogue.state == "postponed":
        return Step(state_word(dialogue), dialogue.reason, "stop")
    if dialogue.state == "cancelled":
        return Step(state_word(dialogue), dialogue.reason, "off")
    return Step(word, note, "is")
