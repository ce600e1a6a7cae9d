"""Who stands behind the codes of a pool, bound before the event by a digest that tells nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from doithoai.rules.draw.lots import digest_of


@dataclass(frozen=True, slots=True)
class Behind:
    """One person of the pool: the code in it, the agency's code of the person, the file that proves the right."""

    code: str
    person: str
    file_code: str
    done_on: date | None

    @property
    def line(self) -> str:
        """The person in one line; only the file code may hold a bar, so the parts stay apart."""
        return f"{self.code}|{self.person}|{self.file_code}|{self.done_on.isoformat() if self.done_on else ''}"


def mapping_digest(salt: str, people: Iterable[Behind]) -> str:
    """SHA-256 in hex over UTF-8 lines joined by one line feed: the salt, then everybody sorted by code.

    The salt stays with the agency: without it the digest tells nobody whether a guessed person stands there.
    """
    lines = [one.line for one in sorted(people, key=lambda one: one.code)]
    return digest_of("\n".join([salt, *lines]))
