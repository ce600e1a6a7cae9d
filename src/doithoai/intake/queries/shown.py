"""Opinions that anybody may see before the sittings, to say that they met the same; and how many said so."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from doithoai.intake.models import Opinion, Support
from doithoai.intake.queries.rows import CLOSED_TO_INTAKE, notice_is_out, rows_of
from doithoai.planning.models import Dialogue

LAW_OF_COMPLAINTS = (Opinion.Kind.COMPLAINT, Opinion.Kind.DENUNCIATION)


def shown(dialogue: Dialogue) -> QuerySet[Opinion]:
    """What anybody may see now: put there by a person, taken on, no complaint, and its public wording confirmed for what
    stands there now. Nothing once the result notice is out: then every opinion stands on the page with its answer."""
    rows = rows_of(dialogue).annotate(source=Coalesce("summary_id", "words_id"))
    if dialogue.state in CLOSED_TO_INTAKE or notice_is_out(dialogue):
        return rows.none()
    current = Q(public_at__isnull=False, public_of_id=F("source"))
    return rows.filter(current, state="accepted", shown_at__isnull=False).exclude(kind__in=LAW_OF_COMPLAINTS)


def supports_of(opinions: Iterable[Opinion]) -> dict[int, int]:
    """How many said that they met the same as each of these, or as those merged into it, by its key; one device counts
    once."""
    keys = [row.pk for row in opinions]
    found = Support.objects.filter(Q(opinion__in=keys) | Q(opinion__merged_into__in=keys, opinion__state="merged"))
    devices: dict[int, set[str]] = defaultdict(set)
    for own, root, device in found.values_list("opinion_id", "opinion__merged_into_id", "device"):
        devices[root if root in keys else own].add(device)
    return {key: len(devices[key]) for key in keys}
