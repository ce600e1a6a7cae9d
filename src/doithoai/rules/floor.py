"""Who speaks next in a sitting, and for how long.

The order is computed anew from facts, and every place in it says which rule decided. The rules, one after the
other: a person who asked to speak later stands behind the others; the venue that has had the smallest part of
its own turns goes first (R37: citizens sit at the venue of their ward), then the one that has used less time;
then who has not spoken yet; then the drawn or arrival position. The chair may call somebody else, with a
reason.

A timer is two facts, since when it runs and what was spent before; nothing counts in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

Rule = Literal["chair", "only", "later", "venue", "time", "first", "position"]


class NoReason(ValueError):
    """The chair's call out of order has no reason; the text is the sentence for the page."""


class ClockRefused(ValueError):
    """The timer is not in a state for this act; the text is the sentence for the page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A turn that waits, at its drawn or arrival position; `later`: the person asked to speak later."""

    turn: str
    venue: str
    position: int
    spoken_before: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What a venue has had so far: turns spoken, the running one included, and seconds."""

    turns: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """The chair calls this turn before its place. Raises NoReason if the reason is blank."""

    turn: str
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise NoReason("Chưa đổi thứ tự được: cần nêu lý do, để người đang chờ biết vì sao.")


@dataclass(frozen=True, slots=True)
class Next:
    """A place in the queue, the rule that decided it, and the reason in words for everybody."""

    turn: str
    rule: Rule
    why: str


@dataclass(frozen=True, slots=True)
class _Hall:
    """The facts at one moment: who still waits, in the order of their positions, and what each venue had."""

    left: tuple[Waiting, ...]
    had: Mapping[str, Tally]
    names: Mapping[str, str]

    def name(self, venue: str) -> str:
        return self.names.get(venue, venue)

    def turns(self, venue: str) -> tuple[int, int]:
        """Turns spoken at the venue, and these with the waiting ones."""
        spoken = self.had[venue].turns
        return spoken, spoken + sum(turn.venue == venue for turn in self.left)

    def part(self, venue: str) -> Fraction:
        return Fraction(*self.turns(venue))

    def after(self, turn: str) -> _Hall:
        venue = next(waiting.venue for waiting in self.left if waiting.turn == turn)
        tally = Tally(self.had[venue].turns + 1, self.had[venue].seconds)
        left = tuple(waiting for waiting in self.left if waiting.turn != turn)
        return _Hall(left, {**self.had, venue: tally}, self.names)


def order(
    waiting: Iterable[Waiting],
    spoken: Mapping[str, Tally],
    names: Mapping[str, str] | None = None,
    overrides: Sequence[Override] = (),
) -> list[Next]:
    """The whole queue, the next one first; the places behind assume that all before them have spoken.

    `spoken` holds the venues' tallies by venue, `names` their names for people. Overrides stand in front in
    the order of the calls; one whose turn no longer waits is passed over.
    """
    left = tuple(sorted(waiting, key=lambda turn: (turn.position, turn.turn)))
    hall = _Hall(left, {turn.venue: spoken.get(turn.venue, Tally()) for turn in left}, names or {})
    queue: list[Next] = []
    while hall.left:
        queue.append(_called(hall, overrides) or _fairest(hall, told=not queue))
        hall = hall.after(queue[-1].turn)
    return queue


def _called(hall: _Hall, overrides: Sequence[Override]) -> Next | None:
    waiting = {turn.turn for turn in hall.left}
    call = next((call for call in overrides if call.turn in waiting), None)
    if call is None:
        return None
    return Next(call.turn, "chair", f"Chủ trì mời trước: {call.reason.strip().rstrip('.')}.")


def _fairest(hall: _Hall, *, told: bool) -> Next:
    """The next one by the rules; the figures behind the reason are told only where they are facts already."""
    ready = [turn for turn in hall.left if not turn.later] or list(hall.left)
    behind = _lowest(ready, lambda turn: hall.part(turn.venue))
    brief = _lowest(behind, lambda turn: hall.had[turn.venue].seconds)
    fresh = _lowest(brief, lambda turn: turn.spoken_before)
    taken = fresh[0]
    rule, why = _venue_reason(hall, taken, ready, behind, brief)
    if not told and rule != "position":
        why = f"Đến lượt {hall.name(taken.venue)}"
    if len(hall.left) == 1:
        rule, why = "only", "Người cuối cùng trong hàng chờ"
    elif taken.later:
        rule, why = "later", "Đã xin nói sau"
    elif len(fresh) < len(brief):
        rule, why = ("first", "Lần đầu phát biểu") if rule == "position" else (rule, f"{why}; lần đầu phát biểu")
    return Next(taken.turn, rule, f"{why}.")


def _lowest(turns: list[Waiting], measure: Callable[[Waiting], Fraction | int]) -> list[Waiting]:
    least = min(measure(turn) for turn in turns)
    return [turn for turn in turns if measure(turn) == least]


def _venue_reason(
    hall: _Hall, taken: Waiting, ready: list[Waiting], behind: list[Waiting], brief: list[Waiting]
) -> tuple[Rule, str]:
    if ahead := _venues(ready) - _venues(behind):
        return "venue", _fewer_turns(hall, taken.venue, max(sorted(ahead), key=hall.part))
    if ahead := _venues(behind) - _venues(brief):
        other = max(sorted(ahead), key=lambda venue: hall.had[venue].seconds)
        spans = _span(hall.had[taken.venue].seconds), _span(hall.had[other].seconds)
        return "time", f"{hall.name(taken.venue)} mới nói {spans[0]}, {hall.name(other)} đã {spans[1]}"
    return "position", f"Theo thứ tự trong danh sách, số {taken.position}"


def _venues(turns: list[Waiting]) -> set[str]:
    return {turn.venue for turn in turns}


def _fewer_turns(hall: _Hall, venue: str, other: str) -> str:
    """Plain counts where they show it, else each venue's count in all its turns."""
    (mine, all_mine), (theirs, all_theirs) = hall.turns(venue), hall.turns(other)
    if mine >= theirs:
        return f"{hall.name(venue)} mới nói {mine}/{all_mine} lượt, {hall.name(other)} đã {theirs}/{all_theirs}"
    few = f"mới nói {mine} lượt" if mine else "chưa nói lượt nào"
    return f"{hall.name(venue)} {few}, {hall.name(other)} đã {theirs}"


def _span(seconds: int) -> str:
    return f"{seconds // 60} phút {seconds % 60:02d} giây"


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a turn: running since this instant, if it runs, and whole seconds spent before that."""

    running_since: datetime | None = None
    spent: int = 0


def start(clock: Clock, now: datetime) -> Clock:
    """Start a fresh timer. Raises ClockRefused if it runs or has run."""
    if clock != Clock():
        raise ClockRefused("Đồng hồ của lượt này đã chạy. Muốn chạy tiếp, hãy bấm tiếp tục.")
    return Clock(now, 0)


def pause(clock: Clock, now: datetime) -> Clock:
    """Stop counting, to be resumed. Raises ClockRefused if the timer does not run."""
    if clock.running_since is None:
        raise ClockRefused("Đồng hồ của lượt này không chạy, nên không có gì để dừng.")
    return Clock(None, spent_at(clock, now))


def resume(clock: Clock, now: datetime) -> Clock:
    """Count on after a pause. Raises ClockRefused if the timer runs."""
    if clock.running_since is not None:
        raise ClockRefused("Đồng hồ của lượt này đang chạy.")
    return Clock(now, clock.spent)


def stop(clock: Clock, now: datetime) -> Clock:
    """End the turn: keep what was spent, whether the timer ran or was paused."""
    return Clock(None, spent_at(clock, now))


def spent_at(clock: Clock, now: datetime) -> int:
    """Whole seconds spent until now; a clock that was set back counts as nought, never as less."""
    if clock.running_since is None:
        return clock.spent
    return clock.spent + max(0, (now - clock.running_since) // timedelta(seconds=1))


def left(clock: Clock, now: datetime, allotted: int) -> int:
    """Seconds left of the seconds allotted; negative when over time."""
    return allotted - spent_at(clock, now)


def seconds_per_turn(minutes: int, expected: int, overhead: int = 0) -> int:
    """Seconds for each expected turn (R29) of a sitting of so many minutes.

    `overhead` are the minutes for opening, report, conclusion and reading the minutes. 0 where nobody is expected
    or nothing is left to share: such a sitting can be planned, no length can be promised.
    """
    return max(0, minutes - overhead) * 60 // expected if expected > 0 else 0


def minutes_per_turn(minutes: int, expected: int, overhead: int = 0) -> int:
    """The same in whole minutes: 240 minutes for 15 turns are 16, with 30 minutes of overhead 14."""
    return seconds_per_turn(minutes, expected, overhead) // 60


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last turn would end, by how many seconds too late (0 if in time), and what would fit.

    `fitting` are the seconds for each waiting turn that end the sitting in time: None if nobody waits, 0 if
    no time is left at all.
    """

    done_at: datetime
    over: int
    fitting: int | None


def forecast(now: datetime, ends_at: datetime, current_left: int, waiting: int, allotted: int) -> Forecast:
    """Look ahead from now: the running turn's seconds left, then so many turns of the seconds allotted."""
    free_at = now + timedelta(seconds=max(0, current_left))
    done_at = free_at + timedelta(seconds=waiting * allotted)
    room = max(0, (ends_at - free_at) // timedelta(seconds=1))
    over = max(0, (done_at - ends_at) // timedelta(seconds=1))
    return Forecast(done_at, over, room // waiting if waiting else None)
