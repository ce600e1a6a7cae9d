"""Which texts may be about the same matter, and which words say so: suggestions for a person, never a decision.

A text is compared by its words and by its runs of three letters, without diacritics; what stands in many texts weighs
little (tf-idf), and the likeness is the mean of both cosines. The same texts always give the same numbers.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final

from doithoai.rules.vietnamese import fold, squeeze

LEAST: Final = 0.30
"""From this likeness on a pair is worth showing to whoever merges."""

TOGETHER: Final = 0.36
"""From this likeness on two texts are put into one suggested group."""

RUN: Final = 3
SMALL: Final = 500
COMMON: Final = 10
GROWTH: Final = 1.25
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


@dataclass(slots=True)
class _Vector:
    """Terms from the rarest to the commonest with their weights; the squares of the weights add up to one."""

    terms: Sequence[int]
    weights: Sequence[float]


@dataclass(slots=True)
class _Text:
    """One text of the index: what it says and how often each term stands in it, words and runs apart."""

    code: str
    body: str
    words: array[int]
    word_counts: array[int]
    runs: array[int]
    run_counts: array[int]
    vector: _Vector | None = None


@dataclass(slots=True)
class _List:
    """The texts a term stands in, by their places, with its weight in each."""

    places: list[int]
    weights: list[float]


_Lists = dict[int, _List]


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
        self._lists: _Lists = {}
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
        asked = self._vector(self._counted("", text, grow=False))
        wanted = None if among is None else set(among)
        texts = self._texts
        found = [
            (score, place)
            for place, score in _scores(self._lists, texts, asked, least)
            if wanted is None or texts[place].code in wanted
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return [Near(texts[place].code, score, shared(text, texts[place].body)) for score, place in found[:k]]

    def groups(self, threshold: float = TOGETHER) -> list[list[str]]:
        """Texts that may be about one matter, as codes in the order in which they came; texts that stand alone are left
        out. Each text joins the likest first text of an earlier group, so nothing is joined only by a chain of others."""
        self._weigh()
        firsts: _Lists = {}
        members: dict[int, list[str]] = {}
        for place, row in enumerate(self._texts):
            vector = _of(row)
            near = max(_scores(firsts, self._texts, vector, threshold), key=_likest, default=None)
            if near is None:
                _enter(firsts, place, vector)
                members[place] = [row.code]
            else:
                members[near[0]].append(row.code)
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
            self._lists, self._weighed = {}, 0
        for place in range(self._weighed, total):
            row = self._texts[place]
            row.vector = self._vector(row)
            _enter(self._lists, place, row.vector)
        self._weighed = total

    def _rarities(self, total: int) -> list[float]:
        """What each term weighs; among many texts one that stands in a tenth of them says nothing and weighs nothing."""
        most = total if total <= SMALL else total // COMMON
        by_spread = [0.0, *(log(1 + total / spread) if spread <= most else 0.0 for spread in range(1, total + 1))]
        return [by_spread[spread] for spread in self._spread]

    def _vector(self, row: _Text) -> _Vector:
        rarity, known, new = self._rarity, len(self._rarity), self._of_new
        weighed: list[tuple[float, int, float]] = []
        for terms, counts in ((row.words, row.word_counts), (row.runs, row.run_counts)):
            rare = [rarity[term] if 0 <= term < known else new for term in terms]
            raw = [
                weight if often == 1 else weight * (1 + log(often)) for weight, often in zip(rare, counts, strict=True)
            ]
            part = HALF / (sqrt(sum([weight * weight for weight in raw])) or 1.0)
            weighed += [
                (how_rare, term, part * weight)
                for how_rare, term, weight in zip(rare, terms, raw, strict=True)
                if weight
            ]
        weighed.sort(reverse=True)
        return _Vector([term for _rare, term, _weight in weighed], [weight for _rare, _term, weight in weighed])


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


def _enter(lists: _Lists, place: int, vector: _Vector) -> None:
    for term, weight in zip(vector.terms, vector.weights, strict=True):
        known = lists.get(term)
        if known is None:
            lists[term] = _List([place], [weight])
        else:
            known.places.append(place)
            known.weights.append(weight)


def _likest(pair: tuple[int, float]) -> tuple[float, int]:
    return pair[1], -pair[0]


def _of(row: _Text) -> _Vector:
    assert row.vector is not None  # weighed before it is asked for
    return row.vector


def _scores(lists: _Lists, texts: Sequence[_Text], asked: _Vector, least: float) -> Iterator[tuple[int, float]]:
    """Every text of the lists with a likeness of `least` or more. Only texts that share one of the rarer terms can be
    that like: once what is left of the asked vector is shorter than `least`, the commoner terms bring up no new text,
    and a text is compared as a whole only if what is left could still bring it there."""
    partial: dict[int, float] = {}
    get = partial.get
    left = sum([weight * weight for weight in asked.weights])
    for term, weight in zip(asked.terms, asked.weights, strict=True):
        if left < least * least:
            break
        left -= weight * weight
        known = lists.get(term)
        if known is not None:
            for place, there in zip(known.places, known.weights, strict=True):
                partial[place] = get(place, 0.0) + weight * there
    enough = least - sqrt(max(left, 0.0))
    weight_of = dict(zip(asked.terms, asked.weights, strict=True)).get
    for place in sorted([place for place, score in partial.items() if score >= enough]):
        vector = _of(texts[place])
        score = sum([weight_of(term, 0.0) * there for term, there in zip(vector.terms, vector.weights, strict=True)])
        if score >= least:
            yield place, min(score, 1.0)
