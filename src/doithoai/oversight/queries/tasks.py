"""Tasks of a desk, and their groups in order of urgency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from doithoai.web.duelines import DueLine

SUNDAY: Final = 7


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: what, where, in which circumstances, what the button says, and until when."""

    title: str
    url: str
    note: str
    label: str
    due: DueLine | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one urgency; `look` is the shape beside its name."""

    slug: str
    name: str
    look: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something of ours that waits for somebody else."""

    title: str
    url: str
    note: str


def grouped(tasks: Iterable[Task], today: date) -> tuple[Group, ...]:
    """The groups that hold anything, each in order of its days."""
    piles: dict[str, list[Task]] = {}
    for task in tasks:
        piles.setdefault(_slug(task, today), []).append(task)
    names = {
        "late": (_("Quá hạn"), "late"),
        "today": (_("Hết hạn hôm nay"), "due"),
        "week": (_("Trong tuần này"), ""),
        "later": (_("Sau tuần này"), ""),
        "undated": (_("Không có hạn"), ""),
    }
    return tuple(
        Group(slug, name, look, tuple(sorted(piles[slug], key=_day)))
        for slug, (name, look) in names.items()
        if slug in piles
    )


def _day(task: Task) -> date:
    return task.due.due_on if task.due else date.max


def _slug(task: Task, today: date) -> str:
    if task.due is None:
        return "undated"
    due_on = task.due.due_on
    if due_on < today:
        return "late"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=SUNDAY - today.isoweekday()) else "later"
