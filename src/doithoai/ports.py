"""Everything the product asks from outside, on one page."""

from collections.abc import Iterator
from typing import Protocol


class Files(Protocol):
    """Where files live, each under the SHA-256 of its content."""

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256; storing the same bytes again changes nothing."""

    def get(self, sha256: str) -> bytes:
        """The bytes under this SHA-256. Raises KeyError when there are none."""

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file that is kept."""


class Delivery(Protocol):
    """A channel by which messages reach people."""

    def send(self, *, to: str, body: str) -> str:
        """Hand over one message; returns what is known of its fate, empty when a person must do it by hand."""
