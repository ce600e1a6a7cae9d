"""What a page costs: queries and processor time, beside an empty page of the same frame."""

from collections.abc import Callable, Iterator
from itertools import islice
from statistics import median
from time import process_time

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from doithoai.config.urls import urlpatterns as product
from doithoai.people.models import Staff

Figure = dict[str, float | int | str | None]
Before = Callable[[], None]
RUNS = 60
MOST_QUERIES = 12
BARE = "/khung-trong/"


def bare(request: HttpRequest) -> HttpResponse:
    """The frame of a page with nothing in it."""
    return render(request, "web/staff.html" if request.user.is_authenticated else "web/public.html")


urlpatterns = [path(BARE.strip("/") + "/", bare), *product]


def cost(name: str, address: str, staff: Staff | None = None, before: Before = lambda: None) -> dict[str, Figure]:
    """Queries and median milliseconds of processor time of a page, for somebody signed in or for anyone.

    `before` runs before every visit and is not counted.
    Raises AssertionError for a page that does not answer or asks the database more than it may.
    """
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(headers={"host": "localhost"})
        if staff is not None:
            client.force_login(staff)
        before()
        queries = _queries(client, address)
        floor, value = _milliseconds(client, BARE, before), _milliseconds(client, address, before)
    assert queries <= MOST_QUERIES, f"{address}: {queries} queries"
    return {
        name: {
            "value": round(value, 3),
            "unit": "ms",
            "floor": round(floor, 3),
            "ratio": round(value / floor, 1),
            "n": RUNS,
        },
        f"{name}_queries": {"value": queries, "unit": "queries", "floor": None, "ratio": None, "n": 1},
    }


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        _look(client, address)
    return len(seen.captured_queries)


def _milliseconds(client: Client, address: str, before: Before) -> float:
    """The median, after two visits that fill what is kept between requests."""
    return median(islice(_times(client, address, before), 2, RUNS + 2)) * 1000


def _times(client: Client, address: str, before: Before) -> Iterator[float]:
    while True:
        before()
        began = process_time()
        _look(client, address)
        yield process_time() - began


def _look(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
