"""Everything the product asks from outside, on one page."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Files(Protocol):
    """Where files live, each under the SHA-256 of its content."""

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256; storing the same bytes again changes nothing."""

    def get(self, sha256: str) -> bytes:
        """The bytes under this SHA-256. Raises KeyError when there are none."""

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file that is kept."""

    def sweep(self, keep: Set[str], *, before: datetime) -> list[str]:
        """Delete every file that is not among `keep` and was stored before this instant; their SHA-256."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one person.

    `key` stays the same whenever the same message is handed over again, so that a gateway that knows keys can refuse the
    second. `to` is an e-mail address or the national digits of a telephone ("0905123456"). `kind` and `fields` are
    for gateways that send only wordings they have approved; `body` is the same in plain words.
    """

    key: str
    to: str
    subject: str
    body: str
    kind: str
    fields: Mapping[str, str]


class Undelivered(Exception):
    """A message was not handed over; `reason` is one Vietnamese sentence without anybody's data in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(Undelivered):
    """Certainly not sent, and worth trying again."""


class Unreachable(Undelivered):
    """Certainly not sent, and this person will not be reached this way."""


class Uncertain(Undelivered):
    """It may have been sent; to try again might send it twice."""


class Delivery(Protocol):
    """A channel by which messages reach people: "mail", "sms" or "zalo"."""

    @property
    def channel(self) -> str:
        """Which of the three."""

    def send(self, parcel: Parcel) -> str:
        """Hand over one message; returns the gateway's own reference, "" where it gives none. Raises Undelivered."""
