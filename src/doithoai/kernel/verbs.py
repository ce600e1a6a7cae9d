"""Acts: may, move, record, tell. Every change of the product goes through a registered verb."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

from doithoai.kernel.access import Actor, NotNow, NotYours, Rule, System, Verdict

P = ParamSpec("P")
R = TypeVar("R")
Gate = Callable[[Any], Verdict]
Follower = Callable[..., object]


class Defect(Exception):
    """A verb broke the rules of the house; a programmer must mend it."""


@dataclass(slots=True)
class Frame:
    """One running call of a verb. `entries` counts what it wrote to the journal."""

    verb: str
    actor: Actor
    now: datetime
    anonymous: bool
    entries: int = 0


@dataclass(frozen=True, slots=True)
class Verb:
    """A registered act: its name, the rule that says who may, and the plain function."""

    name: str
    may: Rule
    act: Callable[..., Any]


REGISTRY: dict[str, Verb] = {}
_frames: ContextVar[tuple[Frame, ...]] = ContextVar("frames", default=())
_is_together: ContextVar[bool] = ContextVar("is_together", default=False)


def _no_chain(key: str) -> None:
    raise Defect(f"no journal is connected, cannot lock {key}")


@dataclass(slots=True)
class Wiring:
    """What the composition plugs in: the journal's lock, the gates and the followers."""

    lock_chain: Callable[[str], object] = _no_chain
    gates: Mapping[str, Sequence[Gate]] = field(default_factory=dict)
    follows: Mapping[str, Sequence[Follower]] = field(default_factory=dict)


_wiring = Wiring()


def connect(
    *,
    lock_chain: Callable[[str], object],
    gates: Mapping[str, Sequence[Gate]],
    follows: Mapping[str, Sequence[Follower]],
) -> None:
    """Plug in the journal and the tables of gates and followers; called once by the composition."""
    _wiring.lock_chain, _wiring.gates, _wiring.follows = lock_chain, gates, follows


class FairLock:
    """A lock that is given in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._held = False

    def acquire(self) -> None:
        """Wait for the turn; first come, first served."""
        with self._guard:
            if not self._held and not self._waiting:
                self._held = True
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()

    def release(self) -> None:
        """Hand the lock to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.acquire()
        try:
            yield
        finally:
            self.release()


_writer = FairLock()


@contextmanager
def _no_lock() -> Iterator[None]:
    yield


def _turn() -> AbstractContextManager[None]:
    """The writer's place in the queue of this process; only SQLite has a single writer."""
    outermost = not _frames.get() and not _is_together.get() and connection.vendor == "sqlite"
    return _writer() if outermost else _no_lock()


@contextmanager
def together() -> Iterator[None]:
    """One transaction around acts and what must be stored with them; the writer's turn is taken first.

    Django's own `atomic` around a verb would hold SQLite's only writer while the verb waits for its turn.
    """
    with _turn(), transaction.atomic():
        mark = _is_together.set(True)
        try:
            yield
        finally:
            _is_together.reset(mark)


def current() -> Frame:
    """The verb that is running. Raises Defect outside of one."""
    frames = _frames.get()
    if not frames:
        raise Defect("only a verb may write to the journal")
    return frames[-1]


def verb(name: str, *, may: Rule, anonymous: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function as an act.

    Its first argument is the subject (a row with a property `chain`), and it takes `actor` and
    `now` (UTC) by keyword. Around it stand, in this order: the writer's turn, the transaction,
    the chain's lock, the subject read again, the right, the gates; after it one journal entry
    must have been written, and the followers run in the same transaction. `anonymous` acts leave
    neither actor nor hour in the journal. Raises NotYours or NotNow with the reason.
    """

    def register(act: Callable[P, R]) -> Callable[P, R]:
        if name in REGISTRY:
            raise Defect(f"{name} is registered twice")

        @wraps(act)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            frame = Frame(name, _actor(kwargs), _now(kwargs), anonymous)
            with _turn(), transaction.atomic():
                subject: Any = args[0]
                _prepare(subject)
                _decide(may(frame.actor, subject), NotYours)
                for gate in _wiring.gates.get(name, ()):
                    _decide(gate(subject), NotNow)
                result = _perform(frame, lambda: act(*args, **kwargs))
                _follow(frame, subject if result is None else result)
            return result

        REGISTRY[name] = Verb(name, may, act)
        return call

    return register


def _actor(kwargs: Mapping[str, object]) -> Actor:
    actor = kwargs.get("actor")
    if not isinstance(actor, Actor):
        raise Defect("a verb is called with actor=")
    return actor


def _now(kwargs: Mapping[str, object]) -> datetime:
    now = kwargs.get("now")
    if not isinstance(now, datetime) or now.tzinfo is None:
        raise Defect("a verb is called with now=, an instant with its zone")
    return now


def _prepare(subject: Any) -> None:
    _wiring.lock_chain(subject.chain)
    if isinstance(subject, models.Model) and subject.pk is not None:
        subject.refresh_from_db()


def _decide(verdict: Verdict, refusal: type[NotYours] | type[NotNow]) -> None:
    if not verdict:
        raise refusal(verdict.reason)


def _perform(frame: Frame, act: Callable[[], R]) -> R:
    mark = _frames.set((*_frames.get(), frame))
    try:
        result = act()
    finally:
        _frames.reset(mark)
    if frame.entries != 1:
        raise Defect(f"{frame.verb} wrote {frame.entries} journal entries, one is owed")
    return result


def _follow(frame: Frame, subject: object) -> None:
    followers = _wiring.follows.get(frame.verb, ())
    if not followers:
        return
    mark = _frames.set((*_frames.get(), frame))
    try:
        for follower in followers:
            follower(subject, actor=System(frame.verb), now=frame.now)
    finally:
        _frames.reset(mark)
