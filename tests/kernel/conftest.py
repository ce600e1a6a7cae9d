"""A small agency, and verbs that exist for one test only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from doithoai.directory.models import Agency
from doithoai.journal.actions import lock, record
from doithoai.kernel import verbs
from doithoai.kernel.access import YES, Actor, Verdict
from doithoai.kernel.verbs import Follower, Gate

NOW = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)
NAM = Actor(ref="staff:nam")


@dataclass
class Tables:
    """The tables of gates and followers as the running test wants them."""

    gates: dict[str, list[Gate]] = field(default_factory=dict)
    follows: dict[str, list[Follower]] = field(default_factory=dict)


@pytest.fixture
def tables() -> Iterator[Tables]:
    """Empty tables, plugged in for one test; verbs registered meanwhile are forgotten again."""
    known, wiring = dict(verbs.REGISTRY), verbs._wiring
    before = (wiring.lock_chain, wiring.gates, wiring.follows)
    made = Tables()
    verbs.connect(lock_chain=lock, gates=made.gates, follows=made.follows)
    yield made
    verbs.connect(lock_chain=before[0], gates=before[1], follows=before[2])
    verbs.REGISTRY.clear()
    verbs.REGISTRY.update(known)


@pytest.fixture
def agency(db: None) -> Agency:
    """An agency with nothing but a name."""
    return Agency.objects.create(code="DH", name="UBND thị xã", short_name="UBND", territory="thị xã", place="Đông Hòa")


def anybody(actor: Actor, subject: object) -> Verdict:
    """Ai cũng được."""
    return YES


def nobody(actor: Actor, subject: object) -> Verdict:
    """Không ai."""
    return Verdict("Không có quyền: việc này của người khác.")


def rename(agency: Agency, name: str) -> None:
    """What a small act does: change a column and record it."""
    Agency.objects.filter(pk=agency.pk).update(name=name)
    record(agency.chain, name=len(name))
