"""The Đông Hòa dialogue as far as the roster takes it: records taken, pool frozen, drawn, invited."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel.access import Actor, System
from doithoai.people.models import Staff
from doithoai.planning.models import Sitting, Venue
from doithoai.roster import actions
from doithoai.roster.models import Invitation, Pool, RecordBatch
from doithoai.rules.onestop import Expected, Intake, take_in
from doithoai.sample.records import SEED_SECTORS, SEED_WARDS, SHIPPED_NAME, shipped_records
from tests.cast import START, Stage

EVENT = "Bốc 6 thẻ số tại Bộ phận Một cửa, 09 giờ ngày 10/12/2021"
EVENT_ON = date(2021, 12, 10)
EVENT_VALUE = "407183"
DRAW_DAY = datetime(2021, 12, 10, 2, 30, tzinfo=UTC)
REPLY_DAY = date(2021, 12, 17)
DAY_OF_SITTING = datetime(2021, 12, 22, 0, 10, tzinfo=UTC)  # 07:10 in the agency's zone
FOLLOWERS = {
    "document.issue": (actions.invitations_issued,),
    "sitting.reschedule": (actions.reconfirm,),
    "sitting.postpone": (actions.call_off,),
    "sitting.cancel": (actions.call_off,),
}


@cache
def shipped_intake() -> Intake:
    """The shipped export, read against the seed plan."""
    table = read_table(shipped_records(), SHIPPED_NAME)
    return take_in(table, Expected(SEED_WARDS, tuple(sector.name for sector in SEED_SECTORS)))


def length() -> int:
    """How many entries all journals hold."""
    return Entry.objects.count()


def facts_of(verb: str) -> list[str]:
    """The stored bodies of the entries of one verb."""
    return list(Entry.objects.filter(verb=verb).order_by("pk").values_list("body", flat=True))


@dataclass(slots=True)
class Scene:
    """A stage with its morning sitting; `now` is moved by the tests."""

    stage: Stage
    morning: Sitting
    afternoon: Sitting
    now: datetime = START
    taken_numbers: int = field(default=60)

    @property
    def lead(self) -> Actor:
        """An officer of the office that leads the morning."""
        return self.stage.cast.officer(self.morning.lead)

    @property
    def head(self) -> Staff:
        """The head of the office that leads the morning, who signs its letters."""
        return self.stage.cast.heads[self.morning.lead.code]

    @property
    def ward_venue(self) -> Venue:
        """The venue of phường Hòa Vinh."""
        return self.stage.dialogue.venues.get(ward__name="Hòa Vinh")

    @property
    def local_chair(self) -> Actor:
        """Who chairs at the venue of phường Hòa Vinh."""
        return self.stage.cast.head(self.ward_venue.office)

    @property
    def clerk(self) -> Actor:
        """An officer of phường Hòa Vinh, at the door of its venue."""
        return self.stage.cast.officer(self.ward_venue.office)

    def take(self) -> RecordBatch:
        """Take in the shipped records."""
        return actions.take_records(
            self.stage.dialogue,
            name=SHIPPED_NAME,
            data=shipped_records(),
            intake=shipped_intake(),
            actor=self.stage.cast.one_stop.as_actor(),
            now=self.now,
        )

    def freeze(self, sitting: Sitting | None = None) -> Pool:
        """Freeze the pool of a sitting, the morning's unless said otherwise."""
        chosen = sitting or self.morning
        actor = self.stage.cast.officer(chosen.lead)
        return actions.freeze_pool(chosen, event_name=EVENT, event_on=EVENT_ON, actor=actor, now=self.now)

    def draw(self, pool: Pool | None = None) -> None:
        """Draw on the day of the event; the clock stays there."""
        self.now = max(self.now, DRAW_DAY)
        chosen = pool or self.freeze_first()
        actor = self.stage.cast.officer(chosen.sitting.lead)
        actions.draw(
            chosen, value=EVENT_VALUE, source="Biên bản bốc thăm", witnesses="Ủy ban MTTQ", actor=actor, now=self.now
        )

    def freeze_first(self) -> Pool:
        """The morning's pool, taken and frozen in time if nobody did it yet."""
        found = Pool.objects.filter(sitting=self.morning).first()
        if found:
            return found
        now, self.now = self.now, START
        self.take()
        pool = self.freeze()
        self.now = now
        return pool

    def freeze_afternoon(self) -> Pool:
        """The afternoon's pool, frozen in time beside the morning's."""
        now, self.now = self.now, START
        pool = self.freeze(self.afternoon)
        self.now = now
        return pool

    def letters(self) -> Document:
        """Draft and issue the letters to the citizens of the morning."""
        document = actions.draft_invitations(self.morning, signer=self.head, actor=self.lead, now=self.now)
        return self.issue(document)

    def issue(self, document: Document) -> Document:
        """Every step of a paper up to its number."""
        cast, head = self.stage.cast, self.head.as_actor()
        office = cast.head(self.stage.dialogue.secretariat)
        steps: list[tuple[Callable[..., Document], Actor]] = [
            (documents.submit, self.lead),
            (documents.tick_content, head),
            (documents.tick_form, office),
            (documents.approve, head),
            (documents.sign, head),
        ]
        for act, actor in steps:
            act(document, actor=actor, now=self.now)
        self.taken_numbers += 1
        return documents.issue(document, number=self.taken_numbers, actor=cast.clerk.as_actor(), now=self.now)

    def invite(self) -> list[Invitation]:
        """Everything up to invited citizens; returns the drawn ones of phường Hòa Vinh in the order of the lots."""
        self.draw()
        self.letters()
        return self.drawn("Hòa Vinh")

    def drawn(self, ward: str) -> list[Invitation]:
        """Who was drawn in a ward, in the order of the lots."""
        rows = Invitation.objects.filter(sitting=self.morning, route="drawn", person__ward__name=ward)
        return list(rows.order_by("rank"))

    def reserves(self, ward: str) -> list[Invitation]:
        """The reserves of a ward, in the order of the lots."""
        rows = Invitation.objects.filter(sitting=self.morning, route="reserve", person__ward__name=ward)
        return list(rows.order_by("rank"))

    def later(self, **span: float) -> datetime:
        """Move the clock on."""
        self.now += timedelta(**span)
        return self.now


def link_holder(invitation: Invitation) -> Actor:
    """Whoever came by the personal link of an invitation."""
    return Actor(ref=f"link:{invitation.code}", link=("invitation", invitation.code))


def system(cause: str = "test") -> Actor:
    """The system, following up."""
    return System(cause)
