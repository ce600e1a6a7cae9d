"""The scene of the roster's tests, with this room's own followers connected."""

from collections.abc import Iterator

import pytest

from doithoai.config import wiring
from doithoai.journal.actions import lock
from doithoai.kernel import chance, verbs
from doithoai.planning.models import Sitting
from tests.cast import Stage
from tests.roster.scene import FOLLOWERS, Scene


@pytest.fixture(autouse=True)
def _followers() -> Iterator[None]:
    """Only what this room adds to the table of followers; the whole table is tested with the flows."""
    verbs.connect(lock_chain=lock, gates={}, follows=FOLLOWERS)
    yield
    wiring.connect()


@pytest.fixture
def scene(stage: Stage) -> Scene:
    """The open dialogue with nothing done by the roster yet."""
    chance.follow_seed("roster", rehearsal=True)
    morning, afternoon = Sitting.objects.filter(dialogue=stage.dialogue).order_by("starts_at")
    return Scene(stage, morning, afternoon)
