"""Groups of near-equal opinions that were asked for: compared apart from any page, with progress to be seen."""

from datetime import datetime, timedelta

from django.db.models import Q

from doithoai.intake.models import Grouping, Opinion
from doithoai.intake.queries import comparable, said_in
from doithoai.kernel import clock
from doithoai.rules.similar import Index

MOST_TRIES = 3
SILENT = timedelta(minutes=3)
"""A worker that has not been heard of for so long is dead: another begins anew."""


def waiting(now: datetime) -> list[Grouping]:
    """What was asked for and nobody is at, oldest first."""
    free = Q(moved_at=None) | Q(moved_at__lt=now - SILENT)
    return list(Grouping.objects.filter(free, done_at=None, problem="").order_by("asked_at", "pk"))


def work_off() -> int:
    """Put the opinions of every waiting request into groups; returns how many requests were done."""
    done = 0
    for row in waiting(clock.now()):
        claim = Grouping.objects.filter(pk=row.pk, tries=row.tries, done_at=None)
        if claim.update(tries=row.tries + 1, moved_at=clock.now(), compared=0) == 0:
            continue  # another worker took it
        try:
            _group(row)
            done += 1
        except Exception as problem:
            words = f"{type(problem).__name__}: {problem}"[:300] if row.tries + 1 >= MOST_TRIES else ""
            Grouping.objects.filter(pk=row.pk).update(problem=words)
    return done


def _group(row: Grouping) -> None:
    own = Grouping.objects.filter(pk=row.pk)
    texts = said_in(comparable(Opinion.objects.filter(dialogue=row.dialogue_id)))
    own.update(total=len(texts))

    def told(compared: int) -> None:
        own.update(compared=compared, moved_at=clock.now())

    groups = Index(texts).groups(told=told)
    own.update(groups=groups, compared=len(texts), done_at=clock.now())
