"""Who comes to the pages: a signed-in browser, and what a page showed and cost."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.people.models import Staff
from doithoai.sample.people import ATTACK_NAME

WEDNESDAY = datetime(2021, 12, 15, 2, 12, tzinfo=UTC)
"""Wednesday 15/12/2021, 09:12 in Đông Hòa: a week before the sittings."""

ESCAPED_ATTACK = "&lt;img src=x onerror=alert(1)&gt;"


def browser(staff: Staff | None = None, *, now: datetime = WEDNESDAY) -> Client:
    """A browser on a stopped clock, with the session of a member of staff where one is given."""
    clock.stand_at(now)
    client = Client(headers={"accept-language": "vi"})
    if staff is not None:
        client.force_login(staff)
    return client


def rename_to_attack(*rows: models.Model) -> None:
    """Call people by the name that would run if a page did not escape it."""
    for row in rows:
        type(row)._default_manager.filter(pk=row.pk).update(name=ATTACK_NAME)


@contextmanager
def unchanged(*tables: type[models.Model]) -> Iterator[None]:
    """Fail when a row of these tables or the journal was written in between."""
    before = _state(tables)
    yield
    assert _state(tables) == before


def _state(tables: tuple[type[models.Model], ...]) -> str:
    rows = [list(table._default_manager.order_by("pk").values()) for table in (*tables, Entry)]
    return json.dumps(rows, default=str)


def queries_of(client: Client, path: str) -> int:
    """How many queries a page costs, everything from the session to the last row."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(path)
    assert response.status_code == 200, path
    return len([query for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])
