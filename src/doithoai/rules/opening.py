"""What is known of a sitting just before it begins, from whichever room knows it: who will speak, and the figures."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """One turn to come, in its place in the order: whom to call and how, from where, about what.

    `name` bears its form of address; `topics` are in the words of whoever summed the opinions up; `standing` says in
    words whether the person has said they will come.
    """

    name: str
    home: str
    venue: str
    topics: tuple[str, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one sitting: files done at the one-stop desk (None: no list was handed over), invitees, difficulties.

    `drafted` difficulties have an answer prepared, `answered` ones were answered already, one merged into another with it.

    `procedures` and `matters` are procedures with their files and their difficulties, the most frequent first.
    """

    files: int | None
    applicants: int
    procedures: Sequence[tuple[str, int]]
    invited: int
    accepted: int
    declined: int
    silent: int
    difficulties: int
    matters: Sequence[tuple[str, int]]
    drafted: int
    answered: int
    transferred: int
