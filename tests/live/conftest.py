"""A sitting that is about to begin: five people have come to two venues."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from doithoai.kernel.access import Actor
from doithoai.live.actions import running
from doithoai.live.models import Minutes
from doithoai.people.actions import enter_person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster.models import Invitation
from tests.cast import Stage


@dataclass(slots=True)
class Floor:
    """The first sitting with its people, and a clock that the test moves."""

    stage: Stage
    sitting: Sitting
    clock: datetime
    people: list[Invitation] = field(default_factory=list)

    @property
    def chair(self) -> Actor:
        return self.stage.cast.leader.as_actor()

    @property
    def lan(self) -> Actor:
        return self.stage.cast.secretary.as_actor()

    @property
    def minutes(self) -> Minutes:
        return Minutes.objects.get(sitting=self.sitting)

    def tick(self, **span: int) -> datetime:
        self.clock += timedelta(**span)
        return self.clock

    def begin(self) -> None:
        cast = self.stage.cast
        running.begin(
            self.sitting, secretary=cast.secretary, chair=cast.leader, actor=self.chair, now=self.tick(seconds=1)
        )


@pytest.fixture
def floor(stage: Stage) -> Floor:
    """Three people at one ward's venue and two at the other's, all present; the sitting has not begun."""
    sitting = stage.dialogue.sittings.order_by("starts_at")[0]
    made = Floor(stage, sitting, sitting.starts_at)
    venues = list(stage.dialogue.venues.filter(is_central=False).select_related("ward"))
    for ordinal, name in enumerate(("Lê Thị Một", "Lê Văn Hai", "Lê Thị Ba", "Lê Văn Bốn", "Lê Thị Năm"), start=1):
        venue = venues[ordinal % 2]
        person = enter_person(stage.cast.agency, name=name, sex="nữ" if "Thị" in name else "nam", ward=venue.ward)
        made.people.append(
            Invitation.objects.create(
                sitting=sitting,
                code=f"{sitting.code}-M{ordinal:02d}",
                ordinal=ordinal,
                route=Invitation.Route.DRAWN,
                state="attended",
                person=person,
                venue=venue,
                selection_reason="hồ sơ H01",
            )
        )
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="open")
    return made
