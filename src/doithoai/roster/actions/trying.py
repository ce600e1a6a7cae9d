"""Quotas tried before a list is frozen: the fair table for a small list is found at once, for a large one by the worker.

A trial stores nothing of the case, and holds for the very list and the very quotas for which it was made.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.kernel.moves import write
from doithoai.planning.models import Sitting
from doithoai.roster.actions.gathering import Grounds, Quotas, Table, gather, quotas_for
from doithoai.roster.actions.possible import require_preparing
from doithoai.roster.models import Pool, Trial
from doithoai.rules import draw as lots

AT_ONCE = 60
"""So many kinds of people, half a second's work, are tried while the person waits."""
SILENT = timedelta(minutes=2)
"""A worker that has said nothing for so long is held to be gone."""
MOST_TRIES = 3
TELLS = 10
"""The worker says how far it is after so many panels."""

Bounds = Mapping[str, Mapping[str, tuple[int, int]]]


class Dropped(Exception):
    """The trial was dropped, or other quotas were asked for, while the table was looked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would freeze: who comes into the list, the quotas, the places."""

    grounds: Grounds
    bounds: Bounds
    seats: int

    def quotas(self, sitting: Sitting) -> Quotas:
        """The quotas over the list as it is now. Raises lots.Unsound where they contradict themselves."""
        people = gather(sitting, self.grounds).people
        return quotas_for(sitting, people, self.bounds, self.seats, self.grounds)

    def stored(self) -> dict[str, Any]:
        """For a column of JSON, which may lose the order of names: quotas as rows."""
        rows = [[name, value, *pair] for name, of in self.bounds.items() for value, pair in of.items()]
        grounds = {"months": self.grounds.months, "one_per_household": self.grounds.one_per_household}
        return {"grounds": grounds, "bounds": rows, "seats": self.seats}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The wish that was stored."""
        bounds: dict[str, dict[str, tuple[int, int]]] = {}
        for name, value, least, most in stored["bounds"]:
            bounds.setdefault(name, {})[value] = (least, most)
        return cls(Grounds(**stored["grounds"]), bounds, stored["seats"])


def begin(sitting: Sitting, wish: Wish, *, asked: str, now: datetime) -> Trial:
    """Try these quotas in place of whatever was tried for the sitting before; `asked` is how they were typed.

    Raises NotNow once the list is frozen. What is being tried already goes on.
    """
    require_preparing(sitting)
    if Pool.objects.filter(sitting=sitting).exists():
        raise NotNow(_("Danh sách của buổi này đã chốt nên không tính thử nữa."))
    try:
        quotas = wish.quotas(sitting)
    except lots.Unsound as refused:
        return _anew(sitting, wish, asked, now, state="refused", problem=str(refused))
    going_on = Trial.objects.filter(sitting=sitting, about=quotas.about).exclude(state="refused").first()
    if going_on is not None:
        write(going_on, asked=asked)
        return going_on
    if len(quotas.kinds.names) > AT_ONCE:
        return _anew(sitting, wish, asked, now, about=quotas.about)
    trial = _anew(sitting, wish, asked, now, about=quotas.about, state="solving", tries=1, beat_at=now)
    _solve(trial, quotas)
    return trial


def _anew(sitting: Sitting, wish: Wish, asked: str, now: datetime, **fields: object) -> Trial:
    Trial.objects.filter(sitting=sitting).delete()
    return Trial.objects.create(sitting=sitting, asked=asked, asked_at=now, quotas=wish.stored(), **fields)


def drop(sitting: Sitting) -> None:
    """Forget what was tried for a sitting; a worker that is at it stops."""
    Trial.objects.filter(sitting=sitting).delete()


def found_table(sitting: Sitting, wish: Wish) -> Table:
    """The table found for exactly these quotas and the list as it is now. Raises NotNow where there is none."""
    quotas = wish.quotas(sitting)
    trial = Trial.objects.filter(sitting=sitting).first()
    if trial is None or trial.about != quotas.about:
        raise NotNow(_("Danh sách hoặc hạn ngạch đã đổi từ lúc tính thử: xin tính thử lại rồi chốt."))
    if trial.state == "refused":
        raise NotNow(trial.problem)
    if trial.state != "solved":
        raise NotNow(_("Chưa chốt được: máy đang tính các hạn ngạch này."))
    return quotas.solved(lots.read_lottery(trial.lottery))


# ---- the worker's part


def try_waiting() -> int:
    """Find the table of every trial that waits; returns how many were looked at."""
    done = 0
    while (trial := _next(clock.now())) is not None:
        try:
            _look(trial)
        except Exception:
            logging.getLogger(__name__).exception("trial of %s", trial.sitting.code)  # tried again once it is silent
        done += 1
    return done


def _next(now: datetime) -> Trial | None:
    """The oldest trial with something to do, now this worker's; of one whose worker fell silent too."""
    free = Q(state="waiting") | Q(state="solving", beat_at__lt=now - SILENT)
    for trial in Trial.objects.filter(free).select_related("sitting__dialogue__agency").order_by("asked_at", "pk"):
        if _own(trial).update(state="solving", tries=trial.tries + 1, beat_at=now, done=0):
            trial.state, trial.tries = "solving", trial.tries + 1
            return trial
    return None


def _own(trial: Trial) -> QuerySet[Trial]:
    return Trial.objects.filter(pk=trial.pk, state=trial.state, tries=trial.tries)


def _look(trial: Trial) -> None:
    if trial.tries > MOST_TRIES:
        _end(trial, "refused", problem=_("Máy chủ dừng nhiều lần khi tính. Xin bớt một hạn ngạch rồi tính thử lại."))
        return
    quotas = Wish.read(trial.quotas).quotas(trial.sitting)
    if quotas.about != trial.about:
        _own(trial).delete()  # the list has changed: nobody could freeze what would be found
        return
    _solve(trial, quotas, _teller(trial))


def _teller(trial: Trial) -> Callable[[int], None]:
    """Note how far the search is; Dropped where nobody wants it any more."""

    def told(found: int) -> None:
        if found % TELLS == 0 and not _own(trial).update(done=found, beat_at=clock.now()):
            raise Dropped

    return told


def _solve(trial: Trial, quotas: Quotas, told: Callable[[int], None] = lambda _found: None) -> None:
    try:
        table = lots.solve(quotas.kinds, quotas.features, quotas.total, told)
    except lots.Impossible as refused:
        _end(trial, "refused", problem=str(refused))
    except Dropped:
        return
    else:
        _end(trial, "solved", lottery=lots.lottery_json(table))


def _end(trial: Trial, state: str, **fields: object) -> None:
    """Leave a trial in its last state, unless it was dropped meanwhile."""
    if _own(trial).update(state=state, **fields):
        trial.refresh_from_db()
