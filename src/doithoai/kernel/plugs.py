"""What is plugged into the ports: filled once by the composition, asked for by the rooms."""

from dataclasses import dataclass
from pathlib import Path

from doithoai.ports import Delivery, Files


class NotPlugged(Exception):
    """A port was asked for before the composition filled it."""


@dataclass(slots=True)
class Plugs:
    """One address per port; delivery may have several."""

    files: Files | None = None
    delivery: tuple[Delivery, ...] = ()
    fonts: Path | None = None
    address: str = ""


plugged = Plugs()


def files() -> Files:
    """The store of files. Raises NotPlugged before the composition ran."""
    if plugged.files is None:
        raise NotPlugged("files")
    return plugged.files


def link(path: str) -> str:
    """A full address on this site, for papers and messages."""
    return f"{plugged.address}{path}"
