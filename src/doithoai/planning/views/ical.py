"""The calendar as other programs read it: RFC 5545, instants in UTC, no personal data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LONGEST: Final = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `uid` never changes; `stamp` is when it was last decided; a deadline has a day and no hours."""

    uid: str
    stamp: datetime
    summary: str
    start: datetime | date
    end: datetime | None = None
    place: str = ""
    note: str = ""
    url: str = ""
    is_cancelled: bool = False
    is_tentative: bool = False

    @property
    def status(self) -> str:
        """How sure it is, in the standard's own words."""
        return "CANCELLED" if self.is_cancelled else "TENTATIVE" if self.is_tentative else "CONFIRMED"


def written(name: str, events: Iterable[Event]) -> str:
    """A whole calendar file, its lines folded and ended as the standard asks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Doi Thoai//Lich//VI", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_instant(event.stamp)}"
    yield from _when(event)
    yield f"SUMMARY:{_escaped(event.summary)}"
    for name, text in (("LOCATION", event.place), ("DESCRIPTION", event.note)):
        if text:
            yield f"{name}:{_escaped(text)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{event.status}"
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    if isinstance(event.start, datetime):
        yield f"DTSTART:{_instant(event.start)}"
        if event.end:
            yield f"DTEND:{_instant(event.end)}"
        return
    yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.start + timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join("".join(c for c in line if c.isprintable()) for line in text.splitlines())


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never inside a letter; each further piece begins with a space."""
    piece, room = "", LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield piece
            piece, room = " ", LONGEST - 1
        piece, room = piece + letter, room - size
    yield piece
