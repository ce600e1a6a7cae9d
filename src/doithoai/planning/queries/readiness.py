"""How ready the venues are: one count for every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from doithoai.planning.models import Check, Dialogue, Venue
from doithoai.rules.profiles import Readiness


@dataclass(frozen=True, slots=True)
class Look:
    """One line of a venue's readiness and the newest look at it; `is_ready` is None while nobody looked."""

    kind: str
    label: str
    is_ready: bool | None = None
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VenueReadiness:
    """What a venue owes before the day; `connected` is looked at on the day itself and not counted."""

    code: str
    name: str
    is_central: bool
    chair: str
    looks: tuple[Look, ...]
    connected: Look | None

    @property
    def ready(self) -> int:
        """How many of the lines it owes were found good."""
        return sum(bool(look.is_ready) for look in self.looks)

    @property
    def is_whole(self) -> bool:
        """Whether every line it owes was found good."""
        return self.ready == len(self.looks)


ON_THE_DAY: Final = "connected"
LINKED: Final = ("online", "hybrid")


def readiness_of(dialogue: Dialogue, rules: Sequence[Readiness]) -> list[VenueReadiness]:
    """The readiness of every venue by the lines that its mode and the rules ask for: the one count of all pages."""
    switched = {slug: bool(row["on"]) for slug, row in dialogue.readiness.items()}
    names = dict(Check.Kind.choices)
    found = []
    for (code, name, is_central, chair), looks in _looks(dialogue).items():
        asked = [rule for rule in rules if rule.is_asked(mode=dialogue.mode, is_central=is_central, switched=switched)]
        owed = tuple(_look(rule.slug, str(names.get(rule.slug, rule.words)), looks) for rule in asked)
        day_of = _look(ON_THE_DAY, str(names[ON_THE_DAY]), looks) if dialogue.mode in LINKED else None
        found.append(VenueReadiness(code, name, is_central, chair, owed, day_of))
    return found


Looks = dict[str, tuple[bool, str, datetime]]


def _looks(dialogue: Dialogue) -> dict[tuple[str, str, bool, str], Looks]:
    """By venue, the newest look of each kind, all in one query."""
    rows = Venue.objects.filter(dialogue=dialogue).order_by("ordinal", "checks__at", "checks__pk")
    checks = ("checks__kind", "checks__is_ready", "checks__note", "checks__at")
    found: dict[tuple[str, str, bool, str], Looks] = {}
    for code, name, is_central, chair, kind, *look in rows.values_list(
        "code", "name", "is_central", "chair__name", *checks
    ):
        newest = found.setdefault((code, name, is_central, chair or ""), {})
        if kind:
            newest[kind] = (look[0], look[1], look[2])
    return found


def _look(kind: str, label: str, looks: Looks) -> Look:
    return Look(kind, label, *looks[kind]) if kind in looks else Look(kind, label)
