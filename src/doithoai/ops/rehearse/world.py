"""The simulated world of a rehearsal: its clock, its people, and how a paper goes its way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from doithoai.directory.models import Office
from doithoai.directory.queries import calendar_of
from doithoai.documents import actions as documents
from doithoai.documents import worker
from doithoai.documents.models import Document
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.people.models import Staff
from doithoai.planning.imports import PlanDraft
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import last_day, sittings_of
from doithoai.portal import actions as portal
from doithoai.rules.numbering import parse_number
from doithoai.sample.cast import Cast
from doithoai.sample.speech import Speech

# The numbers that the agency's own document system would have reached by then.
FIRST_NUMBERS = {
    "plan": 214, "programme": 7, "synthesis": 35, "invitation": 58, "minutes": 12, "transfer_slip": 9,
    "answer": 402, "result_notice": 97, "change_notice": 88, "survey_report": 126,
    "announcement": 61, "opening_report": 21,
}  # fmt: skip
PREPARATION = timedelta(days=17)


@dataclass(slots=True)
class World:
    """Everything an act of the rehearsal needs. `spoken` keeps which speech an opinion came from, by its code."""

    cast: Cast
    draft: PlanDraft
    dialogue: Dialogue
    first_day: date
    numbers: dict[str, int] = field(default_factory=dict)
    spoken: dict[str, Speech] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def plan_day(self) -> date:
        """The day the plan is issued: the one printed on it where that leaves time to prepare, else 19 days before."""
        printed = self.draft.date
        if printed is not None and self.first_day - printed >= PREPARATION:
            return printed
        return self.day(-19)

    @property
    def zone(self) -> str:
        """The agency's zone."""
        return self.cast.agency.zone

    @property
    def sittings(self) -> list[Sitting]:
        """The sittings in their order."""
        return sittings_of(self.dialogue)

    @property
    def hoa(self) -> Actor:
        """The officer of the Office who drives the dialogue."""
        return self.cast.hoa.as_actor()

    @property
    def leader(self) -> Actor:
        """The head of the agency, who chairs."""
        return self.cast.leader.as_actor()

    @property
    def lan(self) -> Actor:
        """The secretary."""
        return self.cast.secretary.as_actor()

    def day(self, offset: int) -> date:
        """The working day `offset` calendar days from the first sitting: never later before it, never earlier after it."""
        calendar = calendar_of(self.cast.agency)
        day = self.first_day + timedelta(days=offset)
        step = timedelta(days=-1 if offset < 0 else 1)
        while offset and not calendar.is_working(day):
            day += step
        return day

    def after(self, working_days: int) -> date:
        """The n-th working day after the last sitting."""
        return calendar_of(self.cast.agency).count_after(last_day(self.dialogue), working_days)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Set the clock to this hour of the agency's day, and return the instant."""
        return self.now(clock.at(day, hour, minute, self.zone))

    def now(self, instant: datetime) -> datetime:
        """Set the clock to an instant, never backwards, and return it."""
        clock.stand_at(max(instant, clock.now()))
        return clock.now()

    def tick(self, **span: int) -> datetime:
        """Let time pass (a timedelta's words), and return the instant."""
        return self.now(clock.now() + timedelta(**span))

    def next_number(self, document: Document) -> int:
        """The number that the records clerk reads off the agency's document system and types in."""
        if document.kind == "plan" and self.draft.number:
            return parse_number(self.draft.number).number
        key = f"{document.issuer_id}:{document.kind}"
        self.numbers[key] = self.numbers.get(key, FIRST_NUMBERS[document.kind] - 1) + 1
        return self.numbers[key]

    def drafter_of(self, document: Document) -> Actor:
        """The officer of the office that drafts a paper."""
        return self.hoa if document.drafting == self.dialogue.secretariat else self.cast.officer(document.drafting)

    def submit(self, document: Document) -> None:
        """Submit a paper and have content and form ticked by those who answer for them."""
        drafter = self.drafter_of(document)
        documents.submit(document, actor=drafter, now=self.tick(minutes=20))
        documents.tick_content(document, actor=self.cast.head(document.drafting), now=self.tick(minutes=15))
        secretariat = self.dialogue.secretariat
        documents.tick_form(document, actor=self.cast.head(secretariat), now=self.tick(minutes=15))

    def issue(self, document: Document, *, signer: Actor | None = None, is_signed: bool = False) -> Document:
        """Approve, sign, number, print and dispatch a submitted paper."""
        who = signer or self.signer_of(document.issuer)
        if not is_signed:
            documents.approve(document, actor=who, now=self.tick(minutes=25))
            documents.sign(document, actor=who, now=self.tick(minutes=5))
        clerk = self.cast.clerk.as_actor()
        documents.issue(document, number=self.next_number(document), actor=clerk, now=self.tick(minutes=20))
        worker.work_off()
        documents.dispatch(document, actor=clerk, now=self.tick(minutes=10))
        return document

    def send(self, document: Document) -> Document:
        """The whole way of a paper from its draft."""
        self.submit(document)
        return self.issue(document)

    def publish(self, document: Document) -> None:
        """The portal's editor puts a paper on the public page."""
        document.refresh_from_db()
        title, editor = document.subject, self.cast.editor.as_actor()
        portal.publish_paper(self.dialogue, document, title=title, actor=editor, now=self.tick(minutes=10))

    def print_working(self, papers: Sequence[Document]) -> None:
        """Print lists and scripts, which have no number."""
        for document in papers:
            documents.print_out(document, actor=self.drafter_of(document), now=self.tick(minutes=2))
        worker.work_off()

    def signer_of(self, issuer: Office | None) -> Actor:
        """Who signs for an issuer: the head of the division, or of the agency."""
        return self.cast.head(issuer) if issuer else self.leader

    def head_staff(self, office: Office) -> Staff:
        """The accountable head of an office."""
        return self.cast.heads[office.code]
