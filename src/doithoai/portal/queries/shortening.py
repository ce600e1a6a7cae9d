"""What is hidden of a line after it became public: only ever more of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from doithoai.intake.queries import stretches, with_masks
from doithoai.planning.models import Dialogue
from doithoai.portal.models import PublicLine, Shortening
from doithoai.rules.masking import Kind


@dataclass(frozen=True, slots=True)
class Shortened:
    """A line as it will read, and which of the words to hide stand nowhere in it."""

    words: str
    answer: str
    unknown: tuple[str, ...]


def shortened(line: PublicLine, hide: Iterable[str], kind: Kind) -> Shortened:
    """The line with these words hidden wherever they stand in it. What was hidden before stays hidden."""
    asked = list(dict.fromkeys(" ".join(one.split()) for one in hide if one.strip()))
    found = {text: {one: stretches(text, one, kind) for one in asked} for text in (line.words, line.answer)}
    words, answer = (
        with_masks(text, [find for finds in found[text].values() for find in finds])
        for text in (line.words, line.answer)
    )
    unknown = tuple(one for one in asked if not any(hits[one] for hits in found.values()))
    return Shortened(words, answer, unknown)


def shortenings_of(dialogue: Dialogue, numbers: Sequence[int]) -> dict[int, list[tuple[date, str]]]:
    """When and why more was hidden of these lines, by their number, oldest first. No query where there is nothing to ask."""
    told: dict[int, list[tuple[date, str]]] = {}
    if numbers:
        rows = Shortening.objects.filter(line__line__notice__dialogue=dialogue, line__line__number__in=numbers)
        for number, on, reason in rows.order_by("pk").values_list("line__line__number", "on", "reason"):
            told.setdefault(number, []).append((on, reason))
    return told
