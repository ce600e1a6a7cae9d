"""That the watch sees what it is there for: a check that cannot fail checks nothing."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import Site
from tests.browser.test_pages import STANDARDS, WIDER, axe, violations
from tests.browser.watching import PHONE, Visits, Watch, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(browser: Browser, sites: dict[str, Site]) -> Visits:
    """A watch whose findings nobody minds."""
    return Visits(browser, sites["xong"], Watch(sites["xong"].url))


@pytest.fixture
def page(watched: Visits) -> Page:
    """An ordinary page."""
    return visit(watched.anyone(PHONE), "/vao/")


@pytest.mark.parametrize(
    ("happening", "fault"),
    [
        ("console.error('một lỗi')", "console: một lỗi"),
        ("setTimeout(() => { throw new Error('hỏng') })", "page error: hỏng"),
        ("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')", "Content Security Policy"),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')", "inline event handler"),
        ("fetch('/khong-co-tep.css')", "404: "),
        ("fetch('http://127.0.0.2:9/').catch(() => 0)", "Content Security Policy"),
    ],
)
def test_what_a_page_does_wrong_is_noticed(watched: Visits, page: Page, happening: str, fault: str) -> None:
    assert watched.watch.faults == []
    page.evaluate(f"() => {{ {happening} }}")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    watched.close()
    assert [one for one in watched.watch.faults if fault in one], watched.watch.faults


def test_a_request_to_another_host_is_noticed(watched: Visits) -> None:
    page = watched.anyone(bypass_csp=True)
    visit(page, "/vao/")
    page.evaluate("() => fetch('http://127.0.0.2:9/').catch(() => 0)")
    watched.close()
    assert "request to another host: http://127.0.0.2:9/" in watched.watch.faults


def test_a_page_that_is_too_wide_or_cannot_be_read_is_noticed(watched: Visits, page: Page) -> None:
    page.evaluate(axe())
    assert violations(page, STANDARDS) == []
    assert page.evaluate(WIDER) <= 0
    page.evaluate(
        """() => {
            const wide = document.createElement('img');
            wide.width = 900;
            document.querySelector('main').append(wide);
        }"""
    )
    assert page.evaluate(WIDER) > 0
    assert [one for one in violations(page, STANDARDS) if one.startswith("image-alt: ")]
    watched.close()
