"""Whom the heads of hamlets tell: one call to the head, and every household of theirs knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from doithoai.outbox.models import Message
from doithoai.people.models import HamletHead, Person, head_title
from doithoai.people.queries import hamlet_of, heads_of_hamlets
from doithoai.planning.models import Sitting
from doithoai.roster.models import Call, Invitation
from doithoai.roster.queries import MAIN, OPEN
from doithoai.rules.vietnamese import natural_key, sort_key

SILENT = ("invited", "lapsed")
CALLED_OFF = ("postponed", "cancelled")


@dataclass(frozen=True, slots=True)
class Household:
    """Somebody to tell: the invitation, whether the news reached them, the last call, and the messages that wait."""

    row: Invitation
    is_told: bool
    last: Call | None
    news: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Hamlet:
    """The households of one residential group, with who heads it where that is known."""

    ward_id: int
    ward: str
    group: str
    head: HamletHead | None
    households: tuple[Household, ...]

    @property
    def key(self) -> str:
        """What names it on a page."""
        return f"{self.ward_id}-{self.households[0].row.ordinal}"

    @property
    def title(self) -> str:
        """What its head is called."""
        return head_title(self.group)

    @property
    def waiting(self) -> list[Household]:
        """Who has not heard it yet."""
        return [one for one in self.households if not one.is_told]


def hamlets_of(sitting: Sitting) -> list[Hamlet]:
    """The households to tell, hamlet by hamlet as letters are carried: who has not answered; everybody of a sitting put off.

    A household counts as told by a call to its head since the last news; of a sitting put off, also once nothing waits.
    """
    rows = Invitation.objects.filter(MAIN, sitting=sitting, state__in=OPEN if sitting.state in CALLED_OFF else SILENT)
    rows = rows.select_related("person__ward", "venue__office", "document").prefetch_related("calls")
    people = sorted((row for row in rows if row.person), key=_way)
    heads, news = heads_of_hamlets(sitting.agency), _waiting_news(sitting)
    found = []
    for (ward_id, folded), own in groupby(people, key=lambda row: hamlet_of(_person(row))):
        households = tuple(_household(row, sitting, news.get(row.code, ())) for row in own)
        first = _person(households[0].row)
        head = heads.get((ward_id, folded)) if folded else None
        found.append(Hamlet(ward_id or 0, str(first.ward or ""), first.group, head, households))
    return found


def _person(row: Invitation) -> Person:
    assert row.person is not None  # delegates are told at their office
    return row.person


def _way(row: Invitation) -> tuple[str, list[str | int], str]:
    person = _person(row)
    return str(person.ward or ""), natural_key(hamlet_of(person)[1]), sort_key(person.name)


def _household(row: Invitation, sitting: Sitting, news: Sequence[Message]) -> Household:
    row.sitting = sitting
    calls = list(row.calls.all())
    last = calls[-1] if calls else None
    fresh = [message.written_at for message in news if message.kind != "reminder"]
    since = max(fresh, default=row.invited_at)
    told = any(call.outcome == Call.Outcome.TOLD and (since is None or call.at >= since) for call in calls)
    heard = sitting.state in CALLED_OFF and not fresh  # somebody told them, or a machine
    return Household(row, told or heard, last, tuple(news))


def _waiting_news(sitting: Sitting) -> dict[str, list[Message]]:
    """What was written to people of a sitting and nobody has told them, by the code of the invitation."""
    begins = f"{sitting.chain}:"
    rows = Message.objects.filter(
        chain=sitting.chain, key__startswith=f"{begins}{sitting.code}-M", delivered_at=None, claimed_at=None
    )
    found: dict[str, list[Message]] = {}
    for message in rows.exclude(channel=Message.Channel.HAND).exclude(kind="withdrawn").order_by("written_at", "pk"):
        found.setdefault(message.key.removeprefix(begins).partition(":")[0], []).append(message)
    return found


def has_moved(sitting: Sitting) -> bool:
    """Whether people were told that a sitting now begins at the hour at which it stands."""
    begins, stands = f"{sitting.chain}:{sitting.code}-M", f":moved:{sitting.starts_at:%Y%m%dT%H%M}:"
    rows = Message.objects.filter(chain=sitting.chain, key__startswith=begins, key__contains=stands)
    return rows.exists()
