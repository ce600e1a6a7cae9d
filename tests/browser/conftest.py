"""The browser, the two sites, and the pages opened on them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.sites import Site, both
from tests.browser.watching import Visits, Watch, chromium


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    """A dialogue that is over (“xong”) and one in preparation (“giua”), each served."""
    with both(tmp_path_factory.mktemp("sites")) as served:
        yield served


# Ends with this folder: while Playwright is open its event loop would keep Django's tests from the database.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser of this machine."""
    with sync_playwright() as playwright, chromium(playwright) as opened:
        yield opened


def _visits(browser: Browser, site: Site) -> Iterator[Visits]:
    visits = Visits(browser, site, Watch(site.url))
    yield visits
    visits.close()
    assert visits.watch.faults == []


@pytest.fixture
def done(browser: Browser, sites: dict[str, Site]) -> Iterator[Visits]:
    """The site of the dialogue that is over. Whatever its pages complain of fails the test."""
    yield from _visits(browser, sites["xong"])


@pytest.fixture
def going_on(browser: Browser, sites: dict[str, Site]) -> Iterator[Visits]:
    """The site of the dialogue in preparation. Whatever its pages complain of fails the test."""
    yield from _visits(browser, sites["giua"])
