"""Which dialogues anyone may see, and the list of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils.translation import gettext as _

from doithoai.directory.models import Agency
from doithoai.kernel import clock
from doithoai.kernel.access import Actor
from doithoai.planning.models import Dialogue, Sitting
from doithoai.planning.queries import plan_field
from doithoai.portal.models import PublicLine
from doithoai.rules.vietnamese import short_date
from doithoai.web.context import framing
from doithoai.web.marks import Shape, shape
from doithoai.web.seeking import sought


def visible() -> QuerySet[Dialogue]:
    """The dialogues that anyone may see: their plan is issued. One called off before that was never there."""
    called_off = Q(state="cancelled", opened_at=None) & Q(IsNull(plan_field("number"), True))
    return Dialogue.objects.exclude(state="draft").exclude(called_off)


@dataclass(frozen=True, slots=True)
class Listed:
    """One dialogue in the list."""

    code: str
    subject: str
    word: str
    look: Shape
    days: tuple[date, ...]
    expected: tuple[str, ...]
    sectors: tuple[str, ...]
    opinions: int


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """The dialogues of one agency, the newest first."""

    agency: Agency
    dialogues: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Every visible dialogue by agency; `is_rehearsal` marks the database."""

    parts: tuple[AgencyPart, ...]
    is_rehearsal: bool

    @property
    def dialogues(self) -> int:
        """How many dialogues are listed."""
        return sum(len(part.dialogues) for part in self.parts)

    @property
    def only_agency(self) -> Agency | None:
        """The agency, where there is one alone."""
        return self.parts[0].agency if len(self.parts) == 1 else None


def sought_in(listing: Listing, asked: str) -> Listing:
    """Those of a list whose subject, sectors, code or agency have the words asked for."""
    parts = []
    for part in listing.parts:
        known = part.agency.name
        found = sought(part.dialogues, asked, lambda row: (row.subject, row.code, *row.sectors, known))  # noqa: B023
        parts.append(AgencyPart(part.agency, tuple(found)))
    return Listing(tuple(part for part in parts if part.dialogues), listing.is_rehearsal)


def listing(actor: Actor) -> Listing:
    """The list that anyone may see."""
    lines = PublicLine.objects.filter(line__notice__dialogue=OuterRef("pk")).order_by()
    counted = lines.values("line__notice__dialogue").annotate(n=Count("pk")).values("n")
    rows: Any = visible().select_related("agency").prefetch_related("sittings__sector")
    found = list(
        rows.annotate(
            opinions_public=Coalesce(Subquery(counted, output_field=IntegerField()), 0), **framing(actor)
        ).order_by("agency__name", "-year", "-code")
    )
    by_agency: dict[Agency, list[Listed]] = {}
    for row in found:
        by_agency.setdefault(row.agency, []).append(_listed(row))
    parts = tuple(AgencyPart(agency, tuple(listed)) for agency, listed in by_agency.items())
    return Listing(parts, bool(found and found[0].is_marked_rehearsal))


def _listed(row: Any) -> Listed:
    sittings = [sitting for sitting in row.sittings.all() if sitting.state != "cancelled"]
    for sitting in sittings:
        sitting.dialogue = row
    return Listed(
        code=row.code,
        subject=row.subject,
        word=state_word(row),
        look=shape("dialogue", row.state),
        days=days_of(sittings),
        expected=expected_of(sittings),
        sectors=sectors_of(sittings),
        opinions=row.opinions_public,
    )


def days_of(sittings: Iterable[Sitting]) -> tuple[date, ...]:
    """The days on which people meet, those that are fixed."""
    held = (sitting for sitting in sittings if sitting.state != "cancelled")
    return tuple(sorted({sitting.day for sitting in held if not sitting.tentative}))


def expected_of(sittings: Iterable[Sitting]) -> tuple[str, ...]:
    """When people are expected to meet, in the plan's words, where the day is not fixed; each once."""
    held = (sitting.tentative for sitting in sittings if sitting.state != "cancelled")
    return tuple(dict.fromkeys(when for when in held if when))


def sectors_of(sittings: Iterable[Sitting]) -> tuple[str, ...]:
    """What people meet about, each once."""
    return tuple(dict.fromkeys(sitting.sector.name for sitting in sittings if sitting.state != "cancelled"))


def state_word(dialogue: Dialogue) -> str:
    """Where a dialogue stands, as the public page says it."""
    if dialogue.state == "closed" and dialogue.closed_at is not None:
        return _("Đã kết thúc ngày %(day)s") % {
            "day": short_date(clock.day_of(dialogue.closed_at, dialogue.agency.zone))
        }
    words = {
        "planned": _("Đã có kế hoạch"),
        "open": _("Đang chuẩn bị"),
        "in_session": _("Đang đối thoại"),
        "answering": _("Đang trả lời"),
        "postponed": _("Tạm hoãn"),
        "cancelled": _("Không tổ chức"),
    }
    return words.get(dialogue.state, str(dialogue.get_state_display()))
