"""The log: a 500 leaves its traceback there once, a 404 nothing, and no link's secret ever."""

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from doithoai.config import logs
from doithoai.config.urls import urlpatterns as product

SECRET = "aB3-kept_by-one-person"
RAISED = "hỏng ở giữa chừng"


def broken(_request: HttpRequest, token: str) -> HttpResponse:
    """Fails as a page with a mistake would, and names where it was asked."""
    raise RuntimeError(f"{RAISED}: /lich/{token}.ics")


urlpatterns = [path("moi/<slug:token>/hong/", broken), *product]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the product's own log writes during a test."""
    before = logging.getLogger().handlers[:]
    logging.config.dictConfig(logs.settings())
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, logs.WithoutLinks))
    assert isinstance(handler, logging.StreamHandler)
    out = io.StringIO()
    handler.setStream(out)
    yield out
    logging.getLogger().handlers[:] = before


def visit(address: str) -> int:
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        return client.get(address).status_code


@pytest.mark.django_db
def test_an_error_leaves_its_traceback_once(written: io.StringIO) -> None:
    assert visit(f"/moi/{SECRET}/hong/") == 500
    text = written.getvalue()
    assert text.count("Traceback (most recent call last)") == 1
    assert RAISED in text
    assert "ERROR django.request" in text


@pytest.mark.django_db
def test_the_secret_of_a_link_is_left_out_everywhere(written: io.StringIO) -> None:
    visit(f"/moi/{SECRET}/hong/")
    assert SECRET not in written.getvalue()
    assert "/moi/…/hong/" in written.getvalue()
    assert "/lich/…" in written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/khong-co/", f"/vao/{SECRET}/", f"/moi/{SECRET}/"])
def test_what_its_reader_saw_is_not_written(written: io.StringIO, address: str) -> None:
    assert visit(address) in (404, 409, 410)
    assert written.getvalue() == ""


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (f'GET "/vao/{SECRET}/?x=1"', 'GET "/vao/…/?x=1"'),
        (f"/lich/{SECRET}.ics", "/lich/…"),
        ("/cuoc/DH-2021-01/moi/1/danh-sach/", "/cuoc/DH-2021-01/moi/…/danh-sach/"),
        ("/cong-khai/DH-2021-01/", "/cong-khai/DH-2021-01/"),
    ],
)
def test_which_addresses_are_cut(told: str, kept: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, told, None, None)
    assert logs.WithoutLinks("%(message)s").format(record) == kept
