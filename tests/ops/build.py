"""Run by itself: fills the database that the environment names with the small office of the journal's tests."""

from datetime import date

import django

django.setup()

from doithoai.directory.models import Sector  # noqa: E402
from doithoai.kernel import clock  # noqa: E402
from doithoai.ops.command import make_tables  # noqa: E402
from doithoai.planning.models import Sitting  # noqa: E402
from doithoai.roster.models import Draw, Pool  # noqa: E402
from doithoai.rules import draw  # noqa: E402
from tests.journal.conftest import NOW, World, make_world  # noqa: E402

ROWS = [draw.PoolRow(f"M{n:02d}", "HV" if n % 2 else "HT") for n in range(20)]
RULES = draw.Rules("Xổ số Phú Yên, kỳ 10/12/2021, giải đặc biệt", None, 6)


def published() -> dict[str, object]:
    """A small draw as it is published."""
    return draw.published(ROWS, RULES, value="123456", source="công bố của công ty xổ số")


def add_draw(world: World) -> None:
    """A drawn sitting."""
    sector = Sector.objects.create(agency=world.agency, code="LV1", name="Hộ kinh doanh")
    sitting = Sitting.objects.create(
        dialogue=world.dialogue, ordinal=1, code="DH-2021-01-B1", sector=sector, lead=world.dialogue.secretariat,
        starts_at=clock.at(date(2021, 12, 22), 7, 30, "Asia/Ho_Chi_Minh"),
        ends_at=clock.at(date(2021, 12, 22), 11, 30, "Asia/Ho_Chi_Minh"), expected=6,
    )  # fmt: skip
    pool = Pool.objects.create(
        sitting=sitting, seats=6, event_name=RULES.event, event_on=date(2021, 12, 10),
        commitment=draw.commitment(ROWS, RULES), canonical=draw.canonical(ROWS, RULES).decode(), frozen_at=NOW,
    )  # fmt: skip
    told = published()
    Draw.objects.create(
        pool=pool, event_value="123456", source="công bố", witnesses="", seed=told["seed"], published=told, drawn_at=NOW
    )


if __name__ == "__main__":
    make_tables()
    add_draw(make_world())
