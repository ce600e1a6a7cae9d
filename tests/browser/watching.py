"""A browser that forgives nothing: what a page complained of, or fetched from elsewhere, fails the test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response
from playwright.sync_api import sync_playwright as sync_playwright

from tests.browser.find import browser_path
from tests.browser.sites import Site

ARGUMENTS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = (1366, 768), (360, 740)
Size = tuple[int, int]


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this machine, without a window."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=browser_path(), args=[*ARGUMENTS, *sandbox])
    try:
        yield browser
    finally:
        browser.close()


@dataclass  # without slots: Playwright keeps a note on whoever listens
class Watch:
    """Everything wrong that a page did. A page that answers with an error of its own is the test's own matter."""

    url: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Watch a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:")):
            self.faults.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"{response.status}: {response.url}")


@dataclass(slots=True)
class Visits:
    """Pages opened by anybody on one site, in a browser of their own each."""

    browser: Browser
    site: Site
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)
    kept: dict[str, Page] = field(default_factory=dict)

    def anyone(self, size: Size = DESK, **more: Any) -> Page:
        """A page of a visitor who is not signed in."""
        width, height = size
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **more,
        )
        self.contexts.append(context)
        return self.watch.over(context.new_page())

    def staff(self, who: str, size: Size = DESK, **more: Any) -> Page:
        """A page of a member of staff who came in by a link; the same session every time."""
        if who not in self.site.states:
            first = self.anyone()
            first.goto(self.site.door(who))
            first.get_by_role("button", name="Đăng nhập").click()
            self.site.states[who] = first.context.storage_state()
        return self.anyone(size, storage_state=self.site.states[who], **more)

    def same(self, who: str) -> Page:
        """The page that somebody (nobody: not signed in) has open already, as wide as a desk again."""
        if who not in self.kept:
            self.kept[who] = self.staff(who) if who else self.anyone()
        width, height = DESK
        self.kept[who].set_viewport_size({"width": width, "height": height})
        return self.kept[who]

    def close(self) -> None:
        """Close every page."""
        for context in self.contexts:
            context.close()


def visit(page: Page, path: str, status: int = 200) -> Page:
    """Open a path of the site and see that it answers as it should."""
    response = page.goto(path)
    assert response is not None
    assert response.status == status, f"{path}: {response.status}"
    return page
