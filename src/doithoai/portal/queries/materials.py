"""Materials that the people may read before a sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from doithoai.kernel.access import Actor
from doithoai.planning.models import Material
from doithoai.portal.queries.listing import visible
from doithoai.web.context import framing


@dataclass(frozen=True, slots=True)
class Materials:
    """What is put out for a dialogue, in the order in which it was."""

    dialogue: Any
    rows: Sequence[Material]


def materials_of(actor: Actor, code: str) -> Materials | None:
    """The materials of a visible dialogue, read with its frame in two queries; None for any other code."""
    dialogue = visible().select_related("agency").annotate(**framing(actor)).filter(code=code).first()
    if dialogue is None:
        return None
    return Materials(dialogue, list(_open().filter(dialogue=dialogue).select_related("sitting__sector")))


def material(code: str, ordinal: int) -> Material | None:
    """One that anyone may read; None when there is none, or it was withdrawn."""
    return _open().filter(dialogue__in=visible().filter(code=code), ordinal=ordinal).first()


def _open() -> QuerySet[Material]:
    return Material.objects.filter(withdrawn_at=None).order_by("ordinal")
