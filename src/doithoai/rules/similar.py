"""Which texts may be about the same matter, and which words say so: suggestions for a person, never a decision.

A text is compared by its words and by its runs of four letters, without diacritics; what stands in many texts weighs
little (tf-idf), and the likeness is the mean of both cosines. The same texts always give the same numbers.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from doithoai.rules.vietnamese import fold, squeeze

LEAST: Final = 0.30
"""From this likeness on a pair is worth showing to whoever merges."""

TOGETHER: Final = 0.36
"""From this likeness on two texts are put into one suggested group."""

RUN: Final = 4
SMALL: Final = 500
GROWTH: Final = 1.25
HALF: Final = sqrt(0.5)


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


_Lists = dict[int, list[int]]
"""For each term the texts it stands in, by their places."""


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
        row = self._counted(code, text)
        spread = self._spread
        for term in row.words:
            spread[term] += 1
        for term in row.runs:
            spread[term] += 1
        self._texts.append(row)

    def nearest(
        self, text: str, k: int = 5, *, least: float = LEAST, among: Iterable[str] | None = None
    ) -> list[Near]:
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
        folded = " ".join(_tokens(fold(text)))
        words = Counter(folded.split())
        padded = f"\0{folded}\0"
        runs = Counter([padded[at : at + RUN] for at in range(len(padded) - RUN + 1)])
        return _Text(code, text, *self._known(words, " ", grow=grow), *self._known(runs, "", grow=grow))

    def _known(self, counts: Counter[str], mark: str, *, grow: bool) -> tuple[array[int], array[int]]:
        """The numbers of terms and how often each stands; a word is marked so that it is no run of letters."""
        terms, ids, often = self._terms, array("l"), array("l")
        for term, count in counts.items():
            name = f"{mark}{term}{mark}" if mark else term
            number = terms.get(name)
            if number is None:
                number = len(terms) if grow else -1
                if grow:
                    terms[name] = number
                    self._spread.append(0)
            ids.append(number)
            often.append(count)
        return ids, often

    def _weigh(self) -> None:
        """Bring the weights up to date: anew while there are few texts or once they have grown by a quarter; between
        that, new texts are weighed by the spread of terms as it was."""
        total = len(self._texts)
        if total == self._weighed:
            return
        if total <= SMALL or total > self._since * GROWTH:
            self._rarity = [log(1 + total / spread) if spread else 0.0 for spread in self._spread]
            self._of_new, self._since = log(1 + total), total
            self._lists, self._weighed = {}, 0
        for place in range(self._weighed, total):
            row = self._texts[place]
            row.vector = self._vector(row)
            _enter(self._lists, place, row.vector)
        self._weighed = total

    def _vector(self, row: _Text) -> _Vector:
        terms = [*row.words, *row.runs]
        weights = [*self._unit(row.words, row.word_counts), *self._unit(row.runs, row.run_counts)]
        rarity, known = self._rarity, len(self._rarity)
        order = sorted(
            range(len(terms)), key=lambda at: -(rarity[terms[at]] if 0 <= terms[at] < known else self._of_new)
        )
        return _Vector(array("l", [terms[at] for at in order]), array("d", [weights[at] for at in order]))

    def _unit(self, terms: array[int], counts: array[int]) -> list[float]:
        rarity, known, new = self._rarity, len(self._rarity), self._of_new
        raw = [
            (1 + log(count)) * (rarity[term] if 0 <= term < known else new)
            for term, count in zip(terms, counts, strict=True)
        ]
        length = sqrt(sum(weight * weight for weight in raw)) or 1.0
        return [HALF * weight / length for weight in raw]


def shared(text: str, other: str, most: int = 3) -> tuple[str, ...]:
    """What both texts say in the same words, as the first one writes it: the longest stretches, in their order."""
    written = list(_tokens(squeeze(text)))
    own = [fold(word) for word in written]
    theirs = [fold(word) for word in _tokens(squeeze(other))]
    pairs = set(zip(theirs, theirs[1:], strict=False))
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


def _tokens(text: str) -> Iterator[str]:
    """The words of a text without what stands between them."""
    kept = "".join(letter if letter.isalnum() else " " for letter in text)
    return iter(kept.split())


def _enter(lists: _Lists, place: int, vector: _Vector) -> None:
    for term in vector.terms:
        if term in lists:
            lists[term].append(place)
        else:
            lists[term] = [place]


def _likest(pair: tuple[int, float]) -> tuple[float, int]:
    return pair[1], -pair[0]


def _of(row: _Text) -> _Vector:
    assert row.vector is not None  # weighed before it is asked for
    return row.vector


def _scores(lists: _Lists, texts: Sequence[_Text], asked: _Vector, least: float) -> Iterator[tuple[int, float]]:
    """Every text of the lists with a likeness of `least` or more. Only texts that share one of the rarer terms can be
    that like: once what is left of the asked vector is shorter than `least`, the commoner terms bring up no new text."""
    weight_of = dict(zip(asked.terms, asked.weights, strict=True))
    candidates: set[int] = set()
    left = sum(weight * weight for weight in asked.weights)
    for term, weight in zip(asked.terms, asked.weights, strict=True):
        if left < least * least:
            break
        left -= weight * weight
        candidates.update(lists.get(term, ()))
    get = weight_of.get
    for place in sorted(candidates):
        vector = _of(texts[place])
        score = sum([get(term, 0.0) * weight for term, weight in zip(vector.terms, vector.weights, strict=True)])
        if score >= least:
            yield place, min(score, 1.0)
