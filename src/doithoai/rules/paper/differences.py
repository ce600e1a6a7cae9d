"""How a paper that came back from outside differs from the one that is kept: words, paragraph by paragraph.

Both are compared as one run of words, so that it does not matter how a word processor or a PDF breaks the lines. The
same two texts always give the same comparison.
"""

import json
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Standing = Literal["same", "out", "in"]
FactKind = Literal["date", "hour", "code", "number"]
Hunk = tuple[int, int, int, int]

RUN = 3
"""So many words in a row that stand once in each text bind the two together."""
MOST_CELLS = 4_000_000
"""A stretch without any such run that is larger (words times words) counts as replaced whole."""
WINDOW = 8
"""So many words on either side of a change are read to see which fact it belongs to."""
_ALIKE = str.maketrans({
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\ufffe": "-",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u2026": ".",
    "\u200b": None, "\u2060": None, "\ufeff": None, "\xad": None,
})  # fmt: skip
_FACTS = re.compile(
    r"(?P<date>ngày \d{1,2} tháng \d{1,2} năm \d{4}|ngày \d{1,2} tháng \d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\b\d{1,2}/\d{1,2}\b)"
    r"|(?P<code>\d+/(?:\d{4}/)?[A-ZĐ][\w&-]*)"
    r"|(?P<hour>\d{1,2} giờ(?: \d{1,2})?|\d{1,2}:\d{2}|\d{1,2}[hg]\d{0,2}\b)"
    r"|(?P<number>\d[\d.,]*\d|\d)"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: in both, only in the kept paper (`out`), or only in the one that came back (`in`)."""

    words: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the kept paper that reads otherwise; `at` is its place from 1, 0 for one that is new."""

    at: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    """A date, an hour, the number of a paper or another number that is no longer the same; empty where there is none."""

    kind: FactKind
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The passages that differ, in order; the facts among them; how many words stand in one paper only."""

    passages: tuple[Passage, ...] = ()
    facts: tuple[FactChange, ...] = ()
    out: int = 0
    added: int = 0

    @property
    def is_same(self) -> bool:
        """Whether both say the same, word for word."""
        return not self.passages


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as words, the key each is compared by, and the place of the paragraph each stands in."""

    words: list[str]
    keys: list[str]
    places: list[int]

    @classmethod
    def of(cls, paragraphs: Iterable[str]) -> "_Words":
        words, places = [], []
        for place, paragraph in enumerate(paragraphs):
            for word in unicodedata.normalize("NFC", paragraph).split():
                if word.translate(_ALIKE):
                    words.append(word)
                    places.append(place)
        return cls(words, [word.translate(_ALIKE) for word in words], places)

    def starts(self, at: int) -> bool:
        """Whether a paragraph begins before word `at`."""
        return at in (0, len(self.words)) or self.places[at - 1] != self.places[at]


def compare(kept: Sequence[str], came: Sequence[str]) -> Comparison:
    """What differs between the paragraphs that are kept and those that came back."""
    old, new = _Words.of(kept), _Words.of(came)
    hunks = [part for hunk in _hunks(old.keys, new.keys) for part in _apart(old, new, hunk)]
    passages = tuple(_passages(old, new, hunks))
    facts = tuple(dict.fromkeys(change for hunk in hunks for change in _facts(old.words, new.words, hunk)))
    return Comparison(passages, facts, sum(h[1] - h[0] for h in hunks), sum(h[3] - h[2] for h in hunks))


def reworded(kept: Sequence[str], came: Sequence[str], text: str) -> str | None:
    """What `text`, a stretch of the kept paper, has become in the one that came back; None where it stands unchanged
    or the kept paper does not hold it. Paragraphs of the one that came back are kept apart by line breaks."""
    return rewordings(kept, came, [text])[0]


def rewordings(kept: Sequence[str], came: Sequence[str], sought: Sequence[str]) -> list[str | None]:
    """`reworded` for several stretches, the papers compared once."""
    old, new = _Words.of(kept), _Words.of(came)
    hunks = list(_hunks(old.keys, new.keys))
    return [_reworded(old, new, hunks, _Words.of([text]).keys) for text in sought]


def _reworded(old: _Words, new: _Words, hunks: Sequence[Hunk], sought: Sequence[str]) -> str | None:
    at = _found(old.keys, sought)
    if at is None:
        return None
    first, last = _moved(at, hunks, end=False), _moved(at + len(sought), hunks, end=True)
    if new.keys[first:last] == sought:
        return None
    lines: dict[int, list[str]] = {}
    for place in range(first, last):
        lines.setdefault(new.places[place], []).append(new.words[place])
    return "\n".join(" ".join(words) for words in lines.values())


def _found(keys: Sequence[str], sought: Sequence[str]) -> int | None:
    size = len(sought)
    if not size:
        return None
    first = (at for at in range(len(keys) - size + 1) if keys[at] == sought[0])
    return next((at for at in first if list(keys[at : at + size]) == list(sought)), None)


def _moved(at: int, hunks: Sequence[Hunk], *, end: bool) -> int:
    """Where a border between two kept words lies in the other text; words added at a border belong to what it ends."""
    shift = 0
    for i1, i2, j1, j2 in hunks:
        if i2 < at or (i2 == at and (end or i1 < i2)):
            shift = j2 - i2
        elif i1 < at:
            return j2 if end else j1
        else:
            break
    return at + shift


# ---- which words differ


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    """The stretches that differ, as (from, to) in the one and (from, to) in the other, in order and never touching."""
    pending: Hunk | None = None
    for i1, i2, j1, j2 in _raw_hunks(old, new):
        if pending and (pending[1], pending[3]) == (i1, j1):
            pending = (pending[0], i2, pending[2], j2)
            continue
        if pending:
            yield pending
        pending = (i1, i2, j1, j2)
    if pending:
        yield pending


def _raw_hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[Hunk]:
    at, to = 0, 0
    for i, j in (*_anchors(old, new), (len(old), len(new))):
        yield from _gap(old, new, at, i, to, j)
        at, to = i, j


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of runs that stand exactly once in each text, as many as follow one another in both."""
    here, there = _single_runs(old), _single_runs(new)
    shared = sorted((at, there[run]) for run, at in here.items() if run in there)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_at, to) in enumerate(shared):
        slot = bisect_left(tails, to)
        before.append(ends[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(to)
            ends.append(place)
        else:
            tails[slot], ends[slot] = to, place
    chosen = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chosen.append(shared[place])
        place = before[place]
    return chosen[::-1]


def _single_runs(keys: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(keys[at : at + RUN]) for at in range(len(keys) - RUN + 1)]
    often = Counter(runs)
    return {run: at for at, run in enumerate(runs) if often[run] == 1}


def _gap(old: Sequence[str], new: Sequence[str], i1: int, i2: int, j1: int, j2: int) -> Iterator[Hunk]:
    if list(old[i1:i2]) == list(new[j1:j2]):
        return
    if (i2 - i1) * (j2 - j1) > MOST_CELLS:
        yield i1, i2, j1, j2
        return
    matched = SequenceMatcher(None, list(old[i1:i2]), list(new[j1:j2]), autojunk=False)
    for tag, a1, a2, b1, b2 in matched.get_opcodes():
        if tag != "equal":
            yield i1 + a1, i1 + a2, j1 + b1, j1 + b2


# ---- where they differ


def _apart(old: _Words, new: _Words, hunk: Hunk) -> Iterator[Hunk]:
    """A change that ends with its paragraph and brings new ones after it: the change, and what is new, by themselves."""
    i1, i2, j1, j2 = hunk
    cut = next((at for at in range(j1 + 1, j2) if new.starts(at)), None)
    if cut is not None and i1 < i2 and old.starts(i2) and new.starts(j2):
        yield i1, i2, j1, cut
        yield i2, i2, cut, j2
    else:
        yield hunk


def _passages(old: _Words, new: _Words, hunks: Sequence[Hunk]) -> Iterator[Passage]:
    """One passage for each kept paragraph with a change in it, and one for each new paragraph."""
    edits: dict[int, list[Hunk]] = {}
    fresh: dict[int, list[Hunk]] = {}
    for hunk in hunks:
        if _is_new(old, new, hunk):
            fresh.setdefault(_place_of(old, hunk), []).append(hunk)
        else:
            for part in _by_paragraph(old, hunk):
                edits.setdefault(_place_of(old, part), []).append(part)
    for place in sorted(edits.keys() | fresh.keys()):
        if place in edits:
            yield Passage(place + 1, tuple(_pieces(old, new, place, edits[place])))
        for hunk in fresh.get(place, ()):
            yield from _new_passages(new, hunk)


def _is_new(old: _Words, new: _Words, hunk: Hunk) -> bool:
    """Whether a change only adds whole paragraphs between two kept ones."""
    i1, i2, j1, j2 = hunk
    return i1 == i2 and old.starts(i1) and new.starts(j1) and new.starts(j2)


def _new_passages(new: _Words, hunk: Hunk) -> Iterator[Passage]:
    lines: dict[int, list[str]] = {}
    for at in range(hunk[2], hunk[3]):
        lines.setdefault(new.places[at], []).append(new.words[at])
    yield from (Passage(0, (Piece(" ".join(words), "in"),)) for words in lines.values())


def _place_of(old: _Words, hunk: Hunk) -> int:
    """The kept paragraph a change belongs to: that of its first word, or of the word before what was only added."""
    if not old.words:
        return 0
    return old.places[hunk[0] if hunk[0] < hunk[1] else max(0, hunk[0] - 1)]


def _by_paragraph(old: _Words, hunk: Hunk) -> Iterator[Hunk]:
    """A change over several kept paragraphs as one change for each; what was added instead stands with the first."""
    i1, i2, j1, j2 = hunk
    cuts = [at for at in range(i1 + 1, i2) if old.places[at - 1] != old.places[at]]
    for first, last in zip([i1, *cuts], [*cuts, i2], strict=True):
        yield (first, last, j1, j2) if first == i1 else (first, last, j2, j2)


def _pieces(old: _Words, new: _Words, place: int, hunks: Sequence[Hunk]) -> Iterator[Piece]:
    at = bisect_left(old.places, place)
    end = bisect_left(old.places, place + 1)
    for i1, i2, j1, j2 in hunks:
        yield from _piece(old.words[at:i1], "same")
        yield from _piece(old.words[i1:i2], "out")
        yield from _piece(new.words[j1:j2], "in")
        at = i2
    yield from _piece(old.words[at:end], "same")


def _piece(words: Sequence[str], standing: Standing) -> Iterator[Piece]:
    if words:
        yield Piece(" ".join(words), standing)


# ---- facts among them


def _facts(old: Sequence[str], new: Sequence[str], hunk: Hunk) -> Iterator[FactChange]:
    i1, i2, j1, j2 = hunk
    was, now = _touched(old, i1, i2), _touched(new, j1, j2)
    for kind in dict.fromkeys((*was, *now)):
        before, after = was.get(kind, []), now.get(kind, [])
        if before != after:
            yield FactChange(kind, "; ".join(before), "; ".join(after))


def _touched(words: Sequence[str], first: int, last: int) -> dict[FactKind, list[str]]:
    """The facts that hold a word of the stretch, or stand around the gap where something is missing; by kind."""
    start = max(0, first - WINDOW)
    around = [word.translate(_ALIKE) for word in words[start : last + WINDOW]]
    text = " ".join(around)
    left = len(" ".join(around[: first - start])) + (1 if first > start else 0)
    right = len(" ".join(around[: last - start]))
    found: dict[FactKind, list[str]] = {}
    for fact in _FACTS.finditer(text):
        if (fact.start() < right and fact.end() > left) or (first == last and fact.start() < left <= fact.end() - 1):
            kind: FactKind = fact.lastgroup  # type: ignore[assignment]  # every alternative is a named group
            found.setdefault(kind, []).append(fact.group())
    return found


# ---- kept with the record


def to_json(made: Comparison) -> str:
    """The comparison as canonical JSON."""
    value = {
        "passages": [[one.at, [[piece.standing, piece.words] for piece in one.pieces]] for one in made.passages],
        "facts": [[one.kind, one.was, one.now] for one in made.facts],
        "out": made.out,
        "added": made.added,
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Comparison:
    """The comparison that was kept."""
    value = json.loads(text)
    passages = (
        Passage(at, tuple(Piece(words, standing) for standing, words in pieces)) for at, pieces in value["passages"]
    )
    facts = (FactChange(*fact) for fact in value["facts"])
    return Comparison(tuple(passages), tuple(facts), value["out"], value["added"])
