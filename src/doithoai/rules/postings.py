"""Sparse vectors of many texts, and the scalar products of one with all of them.

Sums are made term by term in the order given, never by a library that may add in another order on another machine:
the same vectors always give the same numbers. This module loads numpy; whoever needs it imports it where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """One vector a row: the terms of all rows one after another, their weights, and where each row begins and ends."""

    terms: Whole
    weights: Real
    bounds: Whole

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def of(self, row: int) -> tuple[Whole, Real]:
        """Terms and weights of one row."""
        at = slice(self.bounds[row], self.bounds[row + 1])
        return self.terms[at], self.weights[at]


def weighed(counted: Sequence[Sequence[tuple[Any, Any]]], rarity: Sequence[float], of_new: float, share: float) -> Rows:
    """One row a text. Each part of a text is a pair of arrays, its terms (-1 for one that no text has said) and how
    often each stands in it; a term weighs its `rarity` (`of_new` where it has none) times 1 + ln(how often), and the
    squares of the weights of each part add up to `share` squared. What weighs nothing is left out."""
    parts = [part for text in counted for part in text]
    lengths = np.array([len(terms) for terms, _counts in parts], dtype=np.int64)
    part_of = np.repeat(np.arange(len(parts)), lengths)
    terms = _joined([terms for terms, _counts in parts])
    counts = _joined([counts for _terms, counts in parts])
    known = np.append(np.array(rarity, dtype=np.float64), of_new)
    weights = known[np.where((terms < 0) | (terms >= len(rarity)), len(rarity), terms)] * _often(counts)
    lengths_of = np.sqrt(np.bincount(part_of, weights=weights * weights, minlength=len(parts)))
    weights *= share / np.where(lengths_of > 0, lengths_of, 1.0)[part_of]
    kept = weights > 0
    text_of = np.repeat(np.arange(len(counted)), [len(text) for text in counted])[part_of][kept]
    bounds = np.append(0, np.cumsum(np.bincount(text_of, minlength=len(counted))))
    return Rows(terms[kept], weights[kept], bounds)


def _joined(arrays: Sequence[Any]) -> Whole:
    return np.concatenate([np.asarray(array, dtype=np.int64) for array in arrays] or [np.empty(0, dtype=np.int64)])


def _often(counts: Whole) -> Real:
    """1 + ln(count), each logarithm taken once: alike on every machine."""
    most = int(counts.max(initial=1))
    return np.array([0.0, *(1 + log(count) for count in range(1, most + 1))])[counts]


def joined(rows: Sequence[Rows]) -> Rows:
    """The rows of all, in their order."""
    sizes = np.concatenate([np.diff(one.bounds) for one in rows])
    bounds = np.append(0, np.cumsum(sizes))
    return Rows(np.concatenate([one.terms for one in rows]), np.concatenate([one.weights for one in rows]), bounds)


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the rows that hold it, in their order, with its weight in each."""

    begins: Whole
    places: Whole
    weights: Real
    size: int

    @classmethod
    def of(cls, rows: Rows, terms: int) -> Postings:
        """The lists of these rows over so many terms."""
        order = np.argsort(rows.terms, kind="stable")
        begins = np.append(0, np.cumsum(np.bincount(rows.terms, minlength=terms)))
        place = np.repeat(np.arange(len(rows)), np.diff(rows.bounds))
        return cls(begins, place[order], rows.weights[order], len(rows))

    def only(self, wanted: Mask) -> Postings:
        """The lists of those rows alone that are wanted; each keeps its place."""
        kept = wanted[self.places]
        begins = np.append(0, np.cumsum(kept))[self.begins]
        return Postings(begins, self.places[kept], self.weights[kept], self.size)

    def scores(self, terms: Whole, weights: Real) -> Real:
        """The scalar product of a vector with each row. Terms that these lists do not know count nothing."""
        known = (terms >= 0) & (terms < len(self.begins) - 1)
        terms, weights = terms[known], weights[known]
        begins = self.begins[terms]
        lengths = self.begins[terms + 1] - begins
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        at = np.repeat(begins, lengths) + within
        products = self.weights[at] * np.repeat(weights, lengths)
        return np.bincount(self.places[at], weights=products, minlength=self.size).astype(np.float64, copy=False)


BLOCK = 512


def joining(rows: Rows, terms: int, threshold: float) -> Iterator[int]:
    """For each row in order the earlier first row that it joins, or itself where it is a first row.

    A row joins the likest of the first rows before it whose likeness is `threshold` or more, the earliest among equals.
    """
    every = Postings.of(rows, terms)
    is_first = np.zeros(len(rows), dtype=np.bool_)
    for begin in range(0, len(rows), BLOCK):
        block = range(begin, min(begin + BLOCK, len(rows)))
        wanted = is_first.copy()
        wanted[begin : block.stop] = True
        lists = every.only(wanted)
        for row in block:
            scores = np.where(is_first[:row], lists.scores(*rows.of(row))[:row], 0.0)
            near = int(scores.argmax()) if row else 0
            is_first[row] = not (row and scores[near] >= threshold)
            yield row if is_first[row] else near
