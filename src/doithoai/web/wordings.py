"""Texts taken apart for a page: what was masked, and what a search found. Nothing here makes markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doithoai.rules.vietnamese import fold

MASKED = re.compile(r"\[(đã che)(?:: ?([^\[\]]*))?\]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: plain, masked (the words say what was there), or found by the search."""

    text: str
    kind: Literal["plain", "masked", "found"] = "plain"


def segments(text: str, query: str = "") -> list[Segment]:
    """Take `text` apart: “[đã che: tên]” becomes masked, words that match `query` become found."""
    parts: list[Segment] = []
    end = 0
    for hit in MASKED.finditer(text):
        parts.extend(_found(text[end : hit.start()], query))
        parts.append(Segment(" ".join(filter(None, hit.groups())), "masked"))
        end = hit.end()
    parts.extend(_found(text[end:], query))
    return parts


def _found(text: str, query: str) -> Iterator[Segment]:
    """Search folds diacritics away, so each word is compared folded and cut where it stands."""
    wanted = fold(query).split()
    if not wanted or not text:
        yield from ([Segment(text)] if text else [])
        return
    end = 0
    for start, stop in _runs(text, wanted):
        if start > end:
            yield Segment(text[end:start])
        yield Segment(text[start:stop], "found")
        end = stop
    if end < len(text):
        yield Segment(text[end:])


def _runs(text: str, wanted: list[str]) -> Iterator[tuple[int, int]]:
    words = [(hit.start(), hit.end(), fold(hit.group())) for hit in re.finditer(r"\w+", text)]
    place = 0
    while place < len(words):
        stretch = words[place : place + len(wanted)]
        if [word for _start, _end, word in stretch] == wanted:
            yield stretch[0][0], stretch[-1][1]
            place += len(wanted)
        else:
            place += 1
