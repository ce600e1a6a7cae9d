"""Every page in English: no word of the product is left in Vietnamese, and what stays Vietnamese says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.english import EnglishVisits, Stored, left_in_vietnamese
from tests.browser.pages import PAGES, Shown
from tests.browser.sites import Site
from tests.browser.watching import PHONE, Watch

pytestmark = pytest.mark.browser
# As the server sent it: scripts take names to pieces.
UNMARKED = """async () => {
  const sent = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')
  const letters = /[À-ÖØ-öø-ỹ]/
  const walker = sent.createTreeWalker(sent.body, NodeFilter.SHOW_TEXT)
  const found = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (['SCRIPT', 'STYLE'].includes(parent.tagName) || !letters.test(node.data)) continue
    if (!parent.closest('[lang]').lang.startsWith('vi')) found.push(node.data.trim())
  }
  return found
}"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def readers(browser: Browser, sites: dict[str, Site]) -> Iterator[dict[str, EnglishVisits]]:
    """Readers of English on each site."""
    visits = {name: EnglishVisits(browser, site, Watch(site.url)) for name, site in sites.items()}
    yield visits
    for one in visits.values():
        one.close()


@pytest.fixture(scope="module")
def stored(sites: dict[str, Site]) -> dict[str, Stored]:
    """The words that each site's database holds."""
    return {name: Stored(site) for name, site in sites.items()}


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_in_english(shown: Shown, readers: dict[str, EnglishVisits], stored: dict[str, Stored]) -> None:
    page = shown.open(readers[shown.site])
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.evaluate(UNMARKED) == []
    assert left_in_vietnamese(page, stored[shown.site]) == []
    width, height = PHONE
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate(WIDER) <= 0
