"""The drawing of lots of each sitting, as anybody may read it and run it again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from django.db.models import Count, Q

from doithoai.kernel.access import Actor
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from doithoai.portal.queries.listing import visible
from doithoai.roster.models import Pool
from doithoai.roster.queries import ward_names
from doithoai.rules import draw as lots
from doithoai.rules.masking import Known, mask
from doithoai.rules.vietnamese import percent
from doithoai.web.context import framing

VERIFIER: Final = "draw_verifier.py"
"""The program that checks a draw with Python alone."""


def file_name(code: str, ordinal: int) -> str:
    """What the published draw of a sitting is called when it is taken away."""
    return f"{code}-boc-tham-{ordinal}.json"


@dataclass(frozen=True, slots=True)
class WardPart:
    """One ward, or one group where several quotas hold: its eligible people, its places (None: the ticket decides),
    everybody's chance, and once drawn the codes chosen and the reserves in their order."""

    name: str
    eligible: int
    places: int | None
    chance: str
    chosen: tuple[str, ...]
    reserves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The table of panels behind a draw under several quotas, and how fair it is."""

    panels: int
    tickets: int
    least: str
    bound: str
    quotas: tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]
    ticket: int | None
    panel: int | None


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """One sitting's list, committed to before the event, and what the event gave.

    Whoever saw it is named only when an official of the agency; other names are masked. `document` is the whole draw
    as the file that is downloaded, before the draw the frozen list with its rules; `digest` is its SHA-256.
    """

    code: str
    ordinal: int
    sector: str
    day: date
    frozen_at: datetime
    eligible: int
    seats: int
    by_hand: int
    event_name: str
    event_on: date
    commitment: str
    drawn_at: datetime | None
    value: str
    source: str
    witnesses: str
    seed: str
    wards: tuple[WardPart, ...]
    conditions: tuple[str, ...]
    table: TablePart | None
    document: bytes

    @property
    def command(self) -> str:
        """What to type beside the two downloaded files."""
        return f"python {VERIFIER} {file_name(self.code, self.ordinal)} {self.commitment}"

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.document).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.document)


@dataclass(frozen=True, slots=True)
class DrawPage:
    """The draws of one dialogue, sitting by sitting, those that are only committed to included."""

    dialogue: Any
    draws: tuple[PublicDraw, ...]


def draws_of(actor: Actor, code: str) -> DrawPage | None:
    """Every frozen list of a visible dialogue, read with its frame; None for any other code."""
    dialogue = visible().select_related("agency").annotate(**framing(actor)).filter(code=code).first()
    if dialogue is None:
        return None
    pools = _pools(dialogue)
    officials = Staff.objects.filter(agency_id=dialogue.agency_id).values_list("name", flat=True)
    known = Known(keep=list(officials) if pools else ())
    return DrawPage(dialogue, tuple(_draw(pool, dialogue, known) for pool in pools))


def published_draw(code: str, ordinal: int) -> bytes | None:
    """The file of the draw of the sitting with this ordinal, or of its frozen list; None while there is neither."""
    pools = Pool.objects.filter(sitting__dialogue__in=visible().filter(code=code), sitting__ordinal=ordinal)
    pool = pools.select_related("drawing").first()
    return _document(pool) if pool else None


def _document(pool: Pool) -> bytes:
    drawing = getattr(pool, "drawing", None)
    return _file(drawing.published if drawing else lots.sealed(*lots.thaw(pool.canonical), ward_names(pool)))


def _pools(dialogue: Dialogue) -> list[Any]:
    rows = Pool.objects.filter(sitting__dialogue=dialogue).select_related("sitting__sector", "drawing")
    by_hand = Q(sitting__invitations__route="chosen") & ~Q(sitting__invitations__state="struck")
    return list(rows.annotate(by_hand=Count("sitting__invitations", filter=by_hand)).order_by("sitting__ordinal"))


def _file(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _draw(pool: Any, dialogue: Dialogue, known: Known) -> PublicDraw:
    pool.sitting.dialogue = dialogue
    drawing = getattr(pool, "drawing", None)
    result = drawing.published["result"] if drawing else {"chosen": {}, "reserves": {}}
    return PublicDraw(
        code=dialogue.code,
        ordinal=pool.sitting.ordinal,
        sector=pool.sitting.sector.name,
        day=pool.sitting.day,
        frozen_at=pool.frozen_at,
        eligible=pool.counts.get("eligible", 0),
        seats=pool.seats,
        by_hand=pool.by_hand,
        event_name=pool.event_name,
        event_on=pool.event_on,
        commitment=pool.commitment,
        drawn_at=drawing.drawn_at if drawing else None,
        value=drawing.event_value if drawing else "",
        source=mask(drawing.source, known) if drawing else "",
        witnesses=mask(drawing.witnesses, known) if drawing else "",
        seed=drawing.seed if drawing else "",
        wards=_parts(pool, result),
        conditions=lots.thaw(pool.canonical)[1].conditions,
        table=_table(pool, result),
        document=_document(pool),
    )


def _parts(pool: Pool, result: Mapping[str, Any]) -> tuple[WardPart, ...]:
    rows = pool.counts.get("groups") or pool.counts.get("wards", ())
    spread = _spread(pool.canonical)
    return tuple(_part(row, row.get("group") or row["ward"], spread, result) for row in rows)


def _part(
    row: Mapping[str, Any], group: str, spread: Mapping[str, tuple[Fraction, Fraction]], result: Mapping[str, Any]
) -> WardPart:
    low, high = (percent(chance.numerator, chance.denominator) for chance in spread.get(group, (Fraction(0),) * 2))
    return WardPart(
        name=row["name"],
        eligible=row["eligible"],
        places=row.get("places"),
        chance=low if low == high else f"{low} – {high}",
        chosen=tuple(result["chosen"].get(group, ())),
        reserves=tuple(result["reserves"].get(group, ())),
    )


@lru_cache(maxsize=32)  # a frozen list never changes, and households make its chances slow to count
def _spread(canonical: str) -> dict[str, tuple[Fraction, Fraction]]:
    """The smallest and the greatest chance of a person in each group."""
    pool, rules = lots.thaw(canonical)
    chances = lots.chances(pool, rules)
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for row in pool:
        low, high = found.get(row.stratum, (chances[row.code],) * 2)
        found[row.stratum] = min(low, chances[row.code]), max(high, chances[row.code])
    return found


def _table(pool: Pool, result: Mapping[str, Any]) -> TablePart | None:
    _, rules = lots.thaw(pool.canonical)
    if isinstance(rules, lots.Rules):
        return None
    least, bound = _fairness(pool.canonical)
    quotas = ((f.name, tuple((value, *pair) for value, pair in f.bounds.items())) for f in rules.features)
    return TablePart(
        panels=len(rules.lottery.panels),
        tickets=rules.lottery.tickets,
        least=percent(least.numerator, least.denominator, 2),
        bound=percent(bound.numerator, bound.denominator, 2) if bound is not None else "",
        quotas=tuple(quotas),
        ticket=result.get("ticket"),
        panel=result.get("panel"),
    )


@lru_cache(maxsize=32)  # a frozen table never changes
def _fairness(canonical: str) -> tuple[Fraction, Fraction | None]:
    """The least chance of all, and the one that no table could surpass."""
    pool, rules = lots.thaw(canonical)
    assert isinstance(rules, lots.LotteryRules)
    kinds = lots.kinds_of(pool, rules.one_per_household)
    bound = lots.bound_of(kinds, lots.limits(kinds, rules.features, rules.total), rules.lottery.bound)
    return min(lots.kind_chances(kinds, rules.lottery)), bound
