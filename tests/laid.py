"""What many tests begin with is built once in a process, through the real acts, and laid back row by row afterwards.

Building a dialogue through its acts takes a third of a second, laying its rows back a few milliseconds. Each test still
has rows, files and objects of its own: nothing of one test is seen by the next.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, transaction

from doithoai.kernel import plugs

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Laid:
    """A beginning: the rows of every table that was filled, the files that were stored, and what the builder gave back."""

    rows: dict[str, Rows]
    files: tuple[bytes, ...]
    given: bytes


_KEPT: dict[str, Laid] = {}


def laid(key: str, build: Callable[[], T]) -> T:
    """What `build` makes in an empty database: by `build` itself the first time, as a copy of that ever after."""
    if connection.vendor != "sqlite":  # elsewhere the counters of the keys would have to follow
        return build()
    if key not in _KEPT:
        before = _filled()
        given = build()
        _KEPT[key] = Laid(_rows(before), _files(), pickle.dumps(given))
        return given
    return _lay(_KEPT[key])


def _lay(kept: Laid) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in kept.rows.items():
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
    store = plugs.files()
    for data in kept.files:
        store.put(data)
    return pickle.loads(kept.given)


def _filled() -> set[str]:
    """Tables that have rows before anything is built: what the migrations wrote."""
    return {table for table in connection.introspection.table_names() if _all_of(table)}


def _rows(before: set[str]) -> dict[str, Rows]:
    tables = (table for table in connection.introspection.table_names() if table not in before)
    return {table: rows for table in tables if (rows := _all_of(table))}


def _all_of(table: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return list(cursor.fetchall())


def _files() -> tuple[bytes, ...]:
    store = plugs.files()
    return tuple(store.get(name) for name in store.names())
