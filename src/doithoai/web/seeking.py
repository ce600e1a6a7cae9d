"""Searching a list by words: every word must stand somewhere in the row, with or without diacritics."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.http import HttpRequest

from doithoai.rules.vietnamese import fold

T = TypeVar("T")
LONGEST = 100


def asked_for(request: HttpRequest) -> str:
    """What the address asks for with `tim`, as typed; "" for nothing."""
    return " ".join(request.GET.get("tim", "").split())[:LONGEST]


def sought(rows: Iterable[T], asked: str, says: Callable[[T], Iterable[object]]) -> list[T]:
    """The rows of which `says` holds every word asked for; all of them where nothing is asked."""
    words = fold(asked).split()
    if not words:
        return list(rows)
    return [row for row in rows if _holds(" ".join(str(part) for part in says(row) if part), words)]


def _holds(text: str, words: list[str]) -> bool:
    told = fold(text)
    return all(word in told for word in words)
