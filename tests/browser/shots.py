"""`python -m tests.browser.shots FOLDER`: pictures of every page, wide and narrow, and of every paper."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

from tests.browser.find import NoBrowser
from tests.browser.pages import PAGES
from tests.browser.sites import Site, both
from tests.browser.watching import DESK, PHONE, Visits, Watch, chromium

SIZES = {"rong": DESK, "hep": PHONE}
SHEETS = 3  # first pages of each paper
SCALE = 1.5  # 108 dots an inch


def pictures(folder: Path, visits: dict[str, Visits]) -> Iterator[str]:
    """Picture every page at both widths; yields what is wrong with them."""
    for number, shown in enumerate(PAGES, start=1):
        at = visits[shown.site]
        page = shown.open(at)
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            _take(page, folder / f"{number:02d}-{shown.name}-{name}.png")
        yield from (f"{shown.name}: {fault}" for fault in at.watch.faults)
        at.watch.faults.clear()


def _take(page: Page, target: Path) -> None:
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=target, full_page=True)


def sheets(folder: Path, site: Site) -> int:
    """Picture the first pages of each paper of the rehearsal; returns how many papers there are."""
    papers = sorted((site.folder / "papers").glob("*.pdf"))
    for paper in papers:
        with pypdfium2.PdfDocument(paper) as document:
            for number in range(min(SHEETS, len(document))):
                picture = document[number].render(scale=SCALE).to_pil()
                picture.save(folder / f"van-ban-{paper.stem}-{number + 1}.png")
    return len(papers)


def take(folder: Path) -> list[str]:
    """Rehearse, serve and picture everything; what is wrong with the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory(prefix="doithoai-shots-") as where, both(Path(where)) as sites:
        with sync_playwright() as playwright, chromium(playwright) as browser:
            visits = {name: Visits(browser, site, Watch(site.url)) for name, site in sites.items()}
            wrong = list(pictures(folder, visits))
        count = sheets(folder, sites["xong"])
    taken = len(list(folder.glob("*.png")))
    sys.stdout.write(f"{len(PAGES)} trang, {count} văn bản, {taken} hình trong {folder}\n")
    return wrong


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 with what is wrong when a page complained."""
    if len(arguments) != 1:
        sys.stderr.write("cách dùng: python -m tests.browser.shots THƯ_MỤC\n")
        return 2
    try:
        wrong = take(Path(arguments[0]))
    except NoBrowser as none:
        wrong = [str(none)]
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
