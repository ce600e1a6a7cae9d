"""Run by itself: fills the database that the environment names with the small office of the journal's tests."""

import django

django.setup()

from doithoai.ops.command import make_tables  # noqa: E402
from doithoai.rules import draw  # noqa: E402
from tests.journal.conftest import make_world  # noqa: E402

ROWS = [draw.PoolRow(f"M{n:02d}", "HV" if n % 2 else "HT") for n in range(20)]
RULES = draw.Rules("Xổ số Phú Yên, kỳ 10/12/2021, giải đặc biệt", None, 6)


def published() -> dict[str, object]:
    """A small draw as it is published."""
    return draw.published(ROWS, RULES, value="123456", source="công bố của công ty xổ số")


if __name__ == "__main__":
    make_tables()
    make_world()
