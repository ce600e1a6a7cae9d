"""What is plugged into the ports: filled once by the composition, asked for by the rooms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from doithoai.ports import Delivery, Files
from doithoai.rules.opening import Figures, Speaker


class NotPlugged(Exception):
    """A port was asked for before the composition filled it."""


@dataclass(slots=True)
class Plugs:
    """One address per port; delivery may have several. `speakers`, `figures` and `redated` are told by higher rooms."""

    files: Files | None = None
    delivery: tuple[Delivery, ...] = ()
    fonts: Path | None = None
    address: str = ""
    speakers: Callable[[Any], Sequence[Speaker]] | None = None
    figures: Callable[[Any], Figures] | None = None
    redated: Callable[[Any, Mapping[int | None, date]], Sequence[object]] | None = None


plugged = Plugs()


def files() -> Files:
    """The store of files. Raises NotPlugged before the composition ran."""
    if plugged.files is None:
        raise NotPlugged("files")
    return plugged.files


def speakers(sitting: Any) -> Sequence[Speaker]:
    """Who will speak at a sitting, in the order in which they will be called. Raises NotPlugged as `files` does."""
    if plugged.speakers is None:
        raise NotPlugged("speakers")
    return plugged.speakers(sitting)


def figures(sitting: Any) -> Figures:
    """What is counted of a sitting before it begins. Raises NotPlugged as `files` does."""
    if plugged.figures is None:
        raise NotPlugged("figures")
    return plugged.figures(sitting)


def redated(dialogue: Any, days: Mapping[int | None, date]) -> int:
    """How many answers of a dialogue are due on another day once its result is due on these, by the sitting's key (None:
    of all). Raises NotPlugged as `files` does."""
    if plugged.redated is None:
        raise NotPlugged("redated")
    return len(plugged.redated(dialogue, days))


def link(path: str) -> str:
    """A full address on this site, for papers and messages."""
    return f"{plugged.address}{path}"
