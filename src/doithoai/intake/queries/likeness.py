"""Which opinions may be about the same matter, among those that wait and among those of earlier dialogues."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from doithoai.intake.models import Opinion
from doithoai.intake.permissions import reads_all
from doithoai.intake.queries.rows import OPEN
from doithoai.kernel.access import Actor
from doithoai.rules.similar import LEAST, Index


@dataclass(frozen=True, slots=True)
class Alike:
    """An opinion that may be about the same matter as another: the likeness from 0 to 1, and what they have in common."""

    opinion: Opinion
    score: float
    same_procedure: bool
    shared: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The likeness in whole hundredths."""
        return round(self.score * 100)


def alike(opinion: Opinion, rows: QuerySet[Opinion], *, least: float = LEAST, most: int = 5) -> list[Alike]:
    """Open opinions of `rows`, those that the reader may see, that may be about the same matter, the likeliest first.
    A suggestion for whoever merges: nothing is merged by itself. Denunciations are neither asked about nor shown."""
    return alike_among([opinion], rows, least=least, most=most).get(opinion.pk, [])


def alike_among(
    asked: Iterable[Opinion], rows: QuerySet[Opinion], *, least: float = LEAST, most: int = 1
) -> dict[int, list[Alike]]:
    """For each opinion asked about, the open ones of `rows` that may be about the same matter; by the opinion's key."""
    asked = [one for one in asked if one.state in OPEN and not one.is_hidden]
    if not asked:
        return {}
    open_rows = comparable(rows)
    texts = said_in(open_rows)
    index, codes = _index(texts), {code for code, _text in texts}
    found = {one.pk: index.nearest(said(one), most, least=least, among=codes - {one.code}) for one in asked}
    shown = {
        row.code: row for row in open_rows.filter(code__in={near.code for all_of in found.values() for near in all_of})
    }
    of = {one.pk: one for one in asked}
    return {
        pk: [
            Alike(shown[near.code], near.score, _same_procedure(of[pk], shown[near.code]), near.shared)
            for near in nearest
            if near.code in shown
        ]
        for pk, nearest in found.items()
    }


def comparable(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Those that wait and may be named beside another: no denunciation is ever compared."""
    return rows.filter(state__in=OPEN).exclude(kind=Opinion.Kind.DENUNCIATION)


def said_in(rows: QuerySet[Opinion]) -> tuple[tuple[str, str], ...]:
    """Code and words of every row, in the order in which they came: the own words, and the shorter wording beside them."""
    values = rows.order_by("dialogue_id", "ordinal").values_list("code", "words__body", "summary__body")
    return tuple((code, _joined(words, summary)) for code, words, summary in values)


@lru_cache(maxsize=2)
def _index(texts: tuple[tuple[str, str], ...]) -> Index:
    """Built once for the same opinions: a board is looked at many times between two letters."""
    return Index(texts)


def said(opinion: Opinion) -> str:
    """What is compared of one opinion; of erased words nothing."""
    return _joined(opinion.words.body, opinion.summary.body if opinion.summary else None)


def _joined(*texts: str | None) -> str:
    return ". ".join(filter(None, texts))


def _same_procedure(one: Opinion, other: Opinion) -> bool:
    return one.procedure_id is not None and one.procedure_id == other.procedure_id


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised then: by which office, what, until when, and when it was done."""

    office: str
    what: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An opinion of an earlier dialogue that may be about the same matter, with what was answered and promised then."""

    opinion: Opinion
    percent: int
    shared: tuple[str, ...]
    answer: str
    paper: str
    answered_on: date | None
    promises: tuple[Promise, ...]


def earlier(opinion: Opinion, actor: Actor, *, least: float = LEAST, most: int = 3) -> list[Earlier]:
    """Opinions of the agency's earlier dialogues that may be about the same matter, for whoever reads them all."""
    if opinion.is_hidden or not reads_all(actor, opinion.dialogue):
        return []
    rows = _earlier_rows(opinion.agency.pk, opinion.dialogue_id)
    stamp = rows.aggregate(count=Count("pk"), last=Max("pk"), summary=Max("summary_id"), erased=_ERASED)
    if not stamp["count"]:
        return []
    key = (stamp["count"], stamp["last"], stamp["summary"], stamp["erased"])
    near = _earlier_index(opinion.agency.pk, opinion.dialogue_id, key).nearest(said(opinion), most, least=least)
    found = {row.code: row for row in _with_relations(rows.filter(code__in=[one.code for one in near]))}
    answers, promises = _answers(found.values()), _promises(found.values())
    return [
        Earlier(
            found[one.code], one.percent, one.shared, *answers.get(found[one.code].pk, ("", "", None)),
            promises=tuple(promises.get(found[one.code].pk, ())),
        )
        for one in near
        if one.code in found
    ]  # fmt: skip


_ERASED = Count("pk", filter=Q(words__body=None))


def _earlier_rows(agency: int, dialogue: int) -> QuerySet[Opinion]:
    rows = Opinion.objects.filter(dialogue__agency_id=agency, dialogue__lt=dialogue)
    return rows.exclude(kind=Opinion.Kind.DENUNCIATION).exclude(state="withdrawn")


def _with_relations(rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
    return rows.select_related("dialogue__agency", "words", "summary", "procedure", "merged_into", "transfer")


@lru_cache(maxsize=4)
def _earlier_index(agency: int, dialogue: int, stamp: tuple[int, int, int | None, int]) -> Index:
    """Read and built anew only once an earlier opinion or wording has come or was erased: what is over hardly changes."""
    return Index(said_in(_earlier_rows(agency, dialogue)))


# Answers and promises are of a room above: they are read here by name, as plain values.
_ANSWER = ("text__body", "state", "issued_on", "document__number", "document__symbol")
_OWN = [f"answer__{name}" for name in _ANSWER]
_SHARED = [f"merged_into__answer__{name}" for name in _ANSWER]


def _answers(rows: Iterable[Opinion]) -> dict[int, tuple[str, str, date | None]]:
    values = Opinion.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", *_OWN, *_SHARED)
    told: dict[int, tuple[str, str, date | None]] = {}
    for pk, *fields in values:
        own, shared = fields[: len(_OWN)], fields[len(_OWN) :]
        text, state, on, number, symbol = own if own[1] else shared
        if state in GIVEN:
            told[pk] = (text or "", paper_of(number, symbol), on)
    return told


GIVEN = ("issued", "replaced")
"""The states in which an answer has reached the person."""


def paper_of(number: int | None, symbol: str | None) -> str:
    """Number and symbol of the paper an answer stands in; empty without one."""
    return f"{number:02d}/{symbol}" if number else ""


def _promises(rows: Iterable[Opinion]) -> dict[int, list[Promise]]:
    values: Iterable[Any] = (
        Opinion.objects.filter(pk__in=[row.pk for row in rows], commitments__isnull=False)
        .order_by("commitments__due_on")
        .values_list(
            "pk", "commitments__office__name", "commitments__what__body", "commitments__due_on", "commitments__done_on"
        )
    )
    found: dict[int, list[Promise]] = {}
    for pk, office, what, due_on, done_on in values:
        found.setdefault(pk, []).append(Promise(office, what or "", due_on, done_on))
    return found


def merged_counts(opinions: Sequence[Opinion]) -> dict[int, int]:
    """How many opinions get the same answer as each of these, by its key; those without any are left out."""
    rows = Opinion.objects.filter(merged_into__in=[row.pk for row in opinions], state="merged")
    counted = rows.values_list("merged_into").annotate(count=Count("pk")).order_by()
    return {pk: count for pk, count in counted if pk is not None}
