"""What is noted at the door and what happens on the floor do not contradict each other."""

import pytest

from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow
from doithoai.live.actions import turning
from doithoai.live.models import Turn
from doithoai.live.queries import has_not_spoken, queue
from doithoai.roster import actions as roster
from doithoai.roster.models import Invitation
from tests.live.conftest import Floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(floor: Floor) -> Invitation:
    """Whoever is called first."""
    floor.begin()
    turn = Turn.objects.get(code=queue(floor.sitting)[0].turn)
    turning.call(turn, actor=floor.chair, now=floor.tick(seconds=5))
    assert turn.invitation is not None
    return turn.invitation


def test_the_arrival_of_somebody_who_speaks_is_no_mistake(floor: Floor, speaker: Invitation) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotNow, match="đã phát biểu"):
        roster.take_back(speaker, reason="nhầm", actor=floor.lan, now=floor.tick(seconds=5))
    turning.finish(Turn.objects.get(invitation=speaker), actor=floor.chair, now=floor.tick(seconds=60))
    assert not has_not_spoken(speaker)
    speaker.refresh_from_db()
    assert speaker.state == "attended"
    assert Entry.objects.count() == before + 1


def test_the_arrival_of_somebody_who_has_not_spoken_may_be_one(floor: Floor, speaker: Invitation) -> None:
    waiting = next(row for row in floor.people if row != speaker)
    Invitation.objects.filter(pk=waiting.pk).update(before_arrival={"state": "invited", "reason": ""})
    roster.take_back(waiting, reason="trùng tên", actor=floor.lan, now=floor.tick(seconds=5))
    assert waiting.state == "invited"
