"""Which texts may be about the same matter, and which words say so: suggestions for a person, never a decision.

A text is compared by its words and by its runs of three letters, without diacritics; what stands in many texts weighs
little (tf-idf), and the likeness is the mean of both cosines. The same texts always give the same numbers.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING, Final

from doithoai.rules.vietnamese import fold, squeeze

if TYPE_CHECKING:
    from doithoai.rules.postings import Postings, Rows

LEAST: Final = 0.30
"""From this likeness on a pair is worth showing to whoever merges."""

TOGETHER: Final = 0.36
"""From this likeness on two texts are put into one suggested group."""

RUN: Final = 3
SMALL: Final = 500
COMMON: Final = 10
GROWTH: Final = 1.25
PIECES: Final = 8  # lists of texts that came later are joined when there are more
STEP: Final = 100  # texts between two reports of progress
HALF: Final = sqrt(0.5)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Near:
    """A text that may be about the same matter: its code, the likeness from 0 to 1, and what both say, weightiest first."""

    code: str
    score: float
    shared: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The likeness in whole hundredths."""
        return round(self.score * 100)


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of the index: what it says and how often each term stands in it, words and runs apart."""

    code: str
    body: str
    words: array[int]
    word_counts: array[int]
    runs: array[int]
    run_counts: array[int]

    @property
    def parts(self) -> tuple[tuple[array[int], array[int]], ...]:
        """Words and runs, each with how often they stand in it."""
        return (self.words, self.word_counts), (self.runs, self.run_counts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Texts that came one after another, weighed: from which place on, their vectors, and which texts hold a term."""

    begin: int
    rows: Rows
    lists: Postings


class Index:
    """Texts that can be asked for the ones like another; texts are added as they come and never change."""

    def __init__(self, texts: Iterable[tuple[str, str]] = ()) -> None:
        self._texts: list[_Text] = []
        self._codes: set[str] = set()
        self._terms: dict[str, int] = {}
        self._spread: list[int] = []
        self._weighed = 0
        self._rarity: list[float] = []
        self._since, self._of_new = 0, 0.0
        self._pieces: list[_Piece] = []
        for code, text in texts:
            self.add(code, text)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, code: str) -> bool:
        return code in self._codes

    def add(self, code: str, text: str) -> None:
        """Take a text in under its code. A code that is known already is left as it is."""
        if code in self._codes:
            return
        self._codes.add(code)
        self._texts.append(self._counted(code, text))

    def nearest(self, text: str, k: int = 5, *, least: float = LEAST, among: Iterable[str] | None = None) -> list[Near]:
        """The `k` texts likest to this one with a likeness of `least` or more, the likest first, earlier ones before
        later ones of equal likeness; only those whose codes are `among` the given, where any are."""
        self._weigh()
        wanted = None if among is None else set(among)
        texts = self._texts
        found = [
            (score, place)
            for score, place in self._likenesses(text, least)
            if wanted is None or texts[place].code in wanted
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return [Near(texts[place].code, score, shared(text, texts[place].body)) for score, place in found[:k]]

    def _likenesses(self, text: str, least: float) -> Iterator[tuple[float, int]]:
        if not self._pieces:
            return
        asked = self._weighed_rows([self._counted("", text, grow=False)]).of(0)
        for piece in self._pieces:
            scores = piece.lists.scores(*asked)
            for place in ((scores >= least) & (scores > 0)).nonzero()[0].tolist():
                yield min(float(scores[place]), 1.0), piece.begin + place

    def groups(self, threshold: float = TOGETHER, *, told: Callable[[int], None] | None = None) -> list[list[str]]:
        """Texts that may be about one matter, as codes in the order in which they came; texts that stand alone are left
        out. Each text joins the likest first text of an earlier group, so nothing is joined only by a chain of others.
        `told` hears now and then how many texts have been compared, and in the end all."""
        from doithoai.rules.postings import joined, joining

        self._weigh()
        if not self._pieces:
            return []
        rows = joined([piece.rows for piece in self._pieces])
        members: dict[int, list[str]] = {}
        for place, first in enumerate(joining(rows, len(self._terms), threshold)):
            members.setdefault(first, []).append(self._texts[place].code)
            if told and ((place + 1) % STEP == 0 or place + 1 == len(rows)):
                told(place + 1)
        return [codes for codes in members.values() if len(codes) > 1]

    def _counted(self, code: str, text: str, *, grow: bool = True) -> _Text:
        """How often each word and each run of letters stands in a text; what no text has said yet is left out of an
        asked one only once its length is known, so it keeps the number -1."""
        folded = " ".join(_WORD.findall(fold(text)))
        words = Counter([f"  {word}" for word in folded.split()])
        padded = f"^{folded}$"
        runs = Counter([padded[at : at + RUN] for at in range(len(padded) - RUN + 1)])
        number = self._entered if grow else self._found
        return _Text(code, text, number(words), array("l", words.values()), number(runs), array("l", runs.values()))

    def _found(self, counts: Iterable[str]) -> array[int]:
        get = self._terms.get
        return array("l", [get(term, -1) for term in counts])

    def _entered(self, counts: Iterable[str]) -> array[int]:
        terms, spread = self._terms, self._spread
        numbers = array("l", [terms.setdefault(term, len(terms)) for term in counts])
        spread.extend([0] * (len(terms) - len(spread)))
        for number in numbers:
            spread[number] += 1
        return numbers

    def _weigh(self) -> None:
        """Bring the weights up to date: anew while there are few texts or once they have grown by a quarter; between
        that, new texts are weighed by the spread of terms as it was."""
        total = len(self._texts)
        if total == self._weighed:
            return
        if total <= SMALL or total > self._since * GROWTH:
            self._rarity = self._rarities(total)
            self._of_new, self._since = log(1 + total), total
            self._pieces, self._weighed = [], 0
        self._add_piece(self._weighed, self._weighed_rows(self._texts[self._weighed :]))
        self._weighed = total

    def _add_piece(self, begin: int, rows: Rows) -> None:
        """Later texts stand in lists of their own until there are many of those; then these become one."""
        from doithoai.rules.postings import Postings, joined

        if len(self._pieces) > PIECES:
            _first, *later = self._pieces
            begin, rows = later[0].begin, joined([*(piece.rows for piece in later), rows])
            del self._pieces[1:]
        self._pieces.append(_Piece(begin, rows, Postings.of(rows, len(self._terms))))

    def _weighed_rows(self, texts: Sequence[_Text]) -> Rows:
        from doithoai.rules.postings import weighed

        return weighed([text.parts for text in texts], self._rarity, self._of_new, HALF)

    def _rarities(self, total: int) -> list[float]:
        """What each term weighs; among many texts one that stands in a tenth of them says nothing and weighs nothing."""
        most = total if total <= SMALL else total // COMMON
        by_spread = [0.0, *(log(1 + total / spread) if spread <= most else 0.0 for spread in range(1, total + 1))]
        return [by_spread[spread] for spread in self._spread]


def shared(text: str, other: str, most: int = 3) -> tuple[str, ...]:
    """What both texts say in the same words, as the first one writes it: the longest stretches, in their order."""
    written = _WORD.findall(squeeze(text))
    own = [fold(word) for word in written]
    theirs = [fold(word) for word in _WORD.findall(squeeze(other))]
    pairs = set(pairwise(theirs))
    stretches = [stretch for stretch in _stretches(own, pairs) if stretch.stop - stretch.start > 1]
    longest = sorted(stretches, key=lambda stretch: (-(stretch.stop - stretch.start), stretch.start))
    phrases = {" ".join(own[at.start : at.stop]): " ".join(written[at.start : at.stop]).lower() for at in longest}
    return tuple(phrases.values())[:most]


def _stretches(words: Sequence[str], pairs: set[tuple[str, str]]) -> Iterator[range]:
    start = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or (words[at - 1], words[at]) not in pairs:
            yield range(start, at)
            start = at
