"""The drawing of lots of each sitting, as anybody may read it and run it again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from doithoai.kernel.access import Actor
from doithoai.people.models import Staff
from doithoai.planning.models import Dialogue
from doithoai.portal.queries.listing import visible
from doithoai.roster.models import Pool
from doithoai.rules.masking import Known, mask
from doithoai.web.context import framing

VERIFIER: Final = "draw_verifier.py"
"""The program that checks a draw with Python alone."""


def file_name(code: str, ordinal: int) -> str:
    """What the published draw of a sitting is called when it is taken away."""
    return f"{code}-boc-tham-{ordinal}.json"


@dataclass(frozen=True, slots=True)
class WardPart:
    """One ward: eligible people and places, and once drawn the codes chosen and the reserves in their order."""

    name: str
    eligible: int
    places: int
    chosen: tuple[str, ...]
    reserves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """One sitting's list, committed to before the event, and what the event gave.

    Whoever saw it is named only when an official of the agency; other names are masked. `document` is the whole draw
    as the file that is downloaded, `digest` its SHA-256; both empty before the draw.
    """

    code: str
    ordinal: int
    sector: str
    day: date
    frozen_at: datetime
    eligible: int
    seats: int
    event_name: str
    event_on: date
    commitment: str
    drawn_at: datetime | None
    value: str
    source: str
    witnesses: str
    seed: str
    wards: tuple[WardPart, ...]
    document: bytes

    @property
    def command(self) -> str:
        """What to type beside the two downloaded files."""
        return f"python {VERIFIER} {file_name(self.code, self.ordinal)} {self.commitment}"

    @property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.document).hexdigest() if self.document else ""

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
    """The file of the draw of the sitting with this ordinal; None while there is none."""
    pools = Pool.objects.filter(sitting__dialogue__in=visible().filter(code=code), sitting__ordinal=ordinal)
    pool = pools.select_related("drawing").filter(drawing__isnull=False).first()
    return _file(pool.drawing.published) if pool else None


def _pools(dialogue: Dialogue) -> list[Pool]:
    rows = Pool.objects.filter(sitting__dialogue=dialogue).select_related("sitting__sector", "drawing")
    return list(rows.order_by("sitting__ordinal"))


def _file(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _draw(pool: Pool, dialogue: Dialogue, known: Known) -> PublicDraw:
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
        event_name=pool.event_name,
        event_on=pool.event_on,
        commitment=pool.commitment,
        drawn_at=drawing.drawn_at if drawing else None,
        value=drawing.event_value if drawing else "",
        source=mask(drawing.source, known) if drawing else "",
        witnesses=mask(drawing.witnesses, known) if drawing else "",
        seed=drawing.seed if drawing else "",
        wards=tuple(_ward(row, result) for row in pool.counts.get("wards", ())),
        document=_file(drawing.published) if drawing else b"",
    )


def _ward(row: Mapping[str, Any], result: Mapping[str, Mapping[str, list[str]]]) -> WardPart:
    code = row["ward"]
    chosen, reserves = result["chosen"].get(code, ()), result["reserves"].get(code, ())
    return WardPart(row["name"], row["eligible"], row["places"], tuple(chosen), tuple(reserves))
