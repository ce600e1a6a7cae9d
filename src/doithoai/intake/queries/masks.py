"""What must be masked before anything of a dialogue is published, and the wording that a person confirmed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q

from doithoai.directory.models import Office, Place
from doithoai.intake.models import Opinion
from doithoai.people.models import Person, Staff
from doithoai.planning.models import Dialogue
from doithoai.roster.models import Invitation, Record
from doithoai.rules.masking import LABELS, Find, Kind, Known, mask, masked, suggest, whole
from doithoai.rules.vietnamese import fold


def known_of(dialogue: Dialogue) -> Known:
    """What is known of the people of a dialogue and must not be published, and which names may stay.

    Whoever came or is to come in another's place and whoever wrote without being invited is known by the name they gave; an official
    who bears the name of one of them is masked too: a leak cannot be taken back. An office never is. What anybody typed of
    themselves on the public page nobody has looked at: it counts for their own opinion alone (`of_author`).
    """
    agency = dialogue.agency
    looked_at = Opinion.objects.filter(dialogue=dialogue).exclude(door=Opinion.Door.WEB, invitation=None)
    invited = Q(invitations__sitting__dialogue=dialogue)
    people = Person.objects.filter(invited | Q(opinions__in=looked_at)).distinct()
    codes = Record.objects.filter(person__in=people).values_list("file_code", flat=True)
    instead = Invitation.objects.filter(sitting__dialogue=dialogue).exclude(substitute="", instead="")
    named = list(instead.values_list("substitute", "instead", "instead_phone"))
    others = [name for came, coming, _phone in named for name in (came, coming) if name]
    others += looked_at.exclude(guest="").values_list("guest", flat=True)
    names = list(dict.fromkeys([*(person.name for person in people), *others]))
    citizens = {fold(name) for name in names}
    wards = [name for row in Place.objects.filter(agency=agency) for name in (row.name, str(row)) if row.unit_code]
    hamlets = Place.objects.filter(agency=agency, unit_code="").values_list("name", flat=True)
    offices = Office.objects.filter(agency=agency).values_list("name", flat=True)
    officials = Staff.objects.filter(agency=agency).values_list("name", flat=True)
    return Known(
        names=names,
        phones=[*(person.phone for person in people if person.phone), *(phone for *_names, phone in named if phone)],
        codes=[code for code in codes if code],
        addresses=[person.group for person in people if _is_private(person.group, [*wards, *offices])],
        keep=[*offices, *(name for name in [*officials, *wards, *hamlets] if fold(name) not in citizens)],
    )


def of_author(known: Known, opinion: Opinion) -> Known:
    """What is known where the words are of one opinion: its author too, whatever they call themselves but an office,
    a place or an official, and where they live."""
    author = opinion.person
    if author is None or author.name in known.names:
        return known
    return replace(
        known,
        names=[*known.names, author.name],
        phones=[*known.phones, *filter(None, [author.phone])],
        addresses=[*known.addresses, *([author.group] if _is_private(author.group, known.keep) else [])],
    )


def _is_private(address: str, public: Iterable[str]) -> bool:
    """Whether these words lead to somebody: one word, an office or a whole place do not."""
    folded = fold(address)
    return " " in folded and folded not in map(fold, public)


def masked_words(opinion: Opinion, known: Known | None = None) -> str:
    """The public wording: what a person confirmed, or else the summary or the own words with personal data masked as
    the rules propose. Pass `known` of the dialogue when masking many. Empty for a denunciation, of which nothing is ever shown."""
    if opinion.is_hidden:
        return ""
    if opinion.is_public_confirmed:
        return str(opinion.public_words)
    return mask(str(opinion.public_source), of_author(known or known_of(opinion.dialogue), opinion))


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of an opinion that looks private, or that somebody wants masked: its words, and whether they are."""

    find: Find
    words: str
    is_proposed: bool
    is_masked: bool

    @property
    def value(self) -> str:
        """How a form names it: "12-20-name"."""
        return f"{self.find.start}-{self.find.end}-{self.find.kind}"

    @property
    def label(self) -> str:
        """What it seems to be: "tên"."""
        return LABELS[self.find.kind]


def spots(text: str, known: Known, chosen: Iterable[Find] | None = None) -> list[Spot]:
    """What the rules propose to mask and what a person chose, in their order. Without a choice the proposals stand."""
    proposed = suggest(text, known)
    picked = set(proposed if chosen is None else chosen)
    return [
        Spot(find, text[find.start : find.end], find in proposed, find in picked)
        for find in sorted({*proposed, *picked})
    ]


def stretches(text: str, words: str, kind: Kind) -> list[Find]:
    """Everywhere these words stand whole in a text, in whatever case and with whatever blanks between them. What is masked
    already stays as it is: a stretch inside a label is none, one that runs into a label takes it in."""
    parts = words.split()
    if not parts:
        return []
    pattern = rf"{_LEFT if parts[0][0].isalnum() else ''}{_BLANKS.join(map(re.escape, parts))}"
    pattern += _RIGHT if parts[-1][-1].isalnum() else ""
    labels = [label.span() for label in _LABEL.finditer(text)]
    found: list[Find] = []
    for start, end in (hit.span() for hit in re.finditer(pattern, text, re.IGNORECASE)):
        touched = [(left, right) for left, right in labels if start < right and left < end]
        if not any(left <= start and end <= right for left, right in touched):
            found.append(Find(min([start, *(a for a, _ in touched)]), max([end, *(b for _, b in touched)]), kind))
    return found


_BLANKS: Final = r"\s+"
_LEFT, _RIGHT = r"(?<!\w)", r"(?!\w)"
_LABEL: Final = re.compile("|".join(re.escape(whole(kind)) for kind in LABELS))


def unmasked(text: str, known: Known, finds: Iterable[Find]) -> list[Find]:
    """The proposals that a choice leaves readable, whole or in part."""
    chosen = list(finds)
    covered = {at for find in chosen for at in range(find.start, find.end)}
    return [find for find in suggest(text, known) if not covered.issuperset(range(find.start, find.end))]


def with_masks(text: str, finds: Iterable[Find]) -> str:
    """The text as the public will read it."""
    return masked(text, finds)
