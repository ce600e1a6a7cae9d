"""What is said of a page: measured on the page itself, and refused where the page is not there or asks too much."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks import _looking
from benchmarks._looking import MOST_QUERIES, cost
from doithoai.directory.models import Agency
from tests.cast import Stage

pytestmark = pytest.mark.django_db


def curious(request: HttpRequest, asks: int) -> HttpResponse:
    """Asks the database as often as it is told."""
    for _time in range(asks):
        Agency.objects.exists()
    return HttpResponse("xong")


@pytest.fixture(autouse=True)
def few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page is looked at only a few times; one that asks is among the pages."""
    monkeypatch.setattr(_looking, "RUNS", 3)
    monkeypatch.setattr(_looking, "urlpatterns", [path("hoi/<int:asks>/", curious), *_looking.urlpatterns])


def test_a_page_has_its_time_its_floor_and_its_queries(stage: Stage) -> None:
    figures = cost("desk", "/", stage.cast.hoa)
    assert set(figures) == {"desk", "desk_queries"}
    time, queries = figures["desk"], figures["desk_queries"]
    assert (time["unit"], time["n"]) == ("ms", 3)
    assert isinstance(time["value"], float)
    assert isinstance(time["floor"], float)
    assert time["value"] > time["floor"] > 0
    assert isinstance(queries["value"], int)
    assert 0 < queries["value"] <= MOST_QUERIES


def test_queries_are_counted_one_by_one() -> None:
    counted = [cost("curious", f"/hoi/{asks}/")["curious_queries"]["value"] for asks in (1, 4)]
    assert counted == [1, 4]


def test_a_page_that_asks_too_much_is_no_figure() -> None:
    with pytest.raises(AssertionError, match=rf"^/hoi/{MOST_QUERIES + 1}/: {MOST_QUERIES + 1} queries"):
        cost("curious", f"/hoi/{MOST_QUERIES + 1}/")


@pytest.mark.parametrize(("address", "status"), [("/khong-co/", 404), ("/cuoc/", 302)])
def test_a_page_that_does_not_answer_is_no_figure(address: str, status: int) -> None:
    with pytest.raises(AssertionError, match=f"^{address}: {status}"):
        cost("lost", address)
