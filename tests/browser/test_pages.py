"""What holds on every page: readable by machines and people, at every width, with the keyboard, without scripts."""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import PAGES, Shown
from tests.browser.sites import Site
from tests.browser.watching import Visits, Watch

pytestmark = pytest.mark.browser
NARROW = (683, 360, 320)
EXAMINED = [shown for shown in PAGES if not shown.is_alike]
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DEPENDING_ON_WIDTH = ["scrollable-region-focusable", "target-size"]


@cache
def axe() -> str:
    """The script of axe-core."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe-core finds wrong on the page as it stands: rule, what it says, and where."""
    found = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{row['id']}: {row['help']}: {json.dumps([node['target'] for node in row['nodes']][:5], ensure_ascii=False)}"
        for row in found["violations"]
    ]


@pytest.fixture(params=EXAMINED, ids=lambda shown: shown.name)
def shown(request: pytest.FixtureRequest) -> Shown:
    """Each page."""
    assert isinstance(request.param, Shown)
    return request.param


@pytest.fixture(scope="module")
def everybody(browser: Browser, sites: dict[str, Site]) -> Iterator[dict[str, Visits]]:
    """One page for each person on each site, kept from one visit to the next."""
    visits = {name: Visits(browser, site, Watch(site.url)) for name, site in sites.items()}
    yield visits
    for one in visits.values():
        one.close()


@pytest.fixture
def visits(shown: Shown, everybody: dict[str, Visits]) -> Iterator[Visits]:
    """The site that the page is on. Whatever the page complains of fails the test."""
    visits = everybody[shown.site]
    visits.watch.faults.clear()
    yield visits
    assert visits.watch.faults == []


def test_a_page_is_whole_at_every_width(shown: Shown, visits: Visits) -> None:
    page = shown.open(visits)
    assert page.get_by_text("DIỄN TẬP", exact=True).first.is_visible()
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" | Đối Thoại")
    page.evaluate(axe())
    assert violations(page, STANDARDS) == []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(WIDER) <= 0, f"wider than {width} px: {_widest(page)}"
    assert violations(page, DEPENDING_ON_WIDTH) == []


def _widest(page: Page) -> object:
    """What sticks out at the right."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(-4).map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""
    )
