"""What anyone can do on a telephone without signing in: read, search, take away, and check."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from doithoai.rules.vietnamese import fold
from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser
EXPLANATION = "Chưa bản ghi nào có mã này."


@pytest.fixture
def phone(done: Visits) -> Page:
    """The public page of the finished dialogue on a telephone, reached as a visitor reaches it."""
    page = visit(done.anyone(PHONE), "/cong-khai/")
    page.get_by_role("main").get_by_role("link", name="Đối thoại thủ tục hành chính").click()
    expect(page).to_have_url(f"{done.site.url}/cong-khai/{done.site.dialogue}/")
    return page


def taken(page: Page, link: str) -> tuple[str, Path]:
    """Take the file behind a link: its name, and where it lies now."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return download.value.suggested_filename, download.value.path()


def test_words_typed_without_marks_find_words_with_marks(phone: Page) -> None:
    every = phone.locator("article.op").count()
    phone.get_by_label("Tìm trong ý kiến và trả lời").fill("ho so")
    phone.get_by_role("button", name="Tìm", exact=True).click()
    expect(phone.get_by_role("status")).to_contain_text("ý kiến có “ho so”.")
    found = phone.locator("article.op").count()
    assert 0 < found <= every
    marked = phone.locator("article.op mark")
    assert marked.count() > 0
    assert {fold(words) for words in marked.all_inner_texts()} == {"ho so"}
    phone.get_by_role("link", name="Bỏ tìm").click()
    expect(phone.locator("article.op")).to_have_count(every)


def test_an_opinion_has_an_address_of_its_own(phone: Page) -> None:
    opinion = phone.locator("article.op").nth(2)
    opinion.get_by_role("heading").get_by_role("link").click()
    assert phone.url.endswith(f"#{opinion.get_attribute('id')}")
    expect(opinion).to_be_in_viewport()
    expect(opinion.locator(".reply b")).not_to_be_empty()


def test_narrowing_by_standing_works_with_the_keyboard(phone: Page) -> None:
    phone.locator("summary", has_text="Lọc theo").focus()
    phone.keyboard.press("Enter")
    phone.get_by_label("Tình trạng").select_option("guided")
    phone.get_by_role("button", name="Lọc", exact=True).focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status")).to_contain_text("ý kiến.")
    for opinion in phone.locator("article.op").all():
        expect(opinion).to_contain_text("Đã hướng dẫn")


def test_the_notice_can_be_taken_away(done: Visits, phone: Page) -> None:
    notice = phone.locator(f'a[href="/tep/{done.site.facts["kinds"]["result_notice"]}.pdf"]')
    with phone.expect_download() as download:
        notice.click()
    name, path = download.value.suggested_filename, download.value.path()
    assert name == "97-TB-UBND.pdf"
    assert path.read_bytes().startswith(b"%PDF-")


def test_the_figures_can_be_taken_away(phone: Page) -> None:
    name, path = taken(phone, "Bảng số liệu, CSV")
    assert name.endswith("-so-lieu.csv")
    assert path.read_text(encoding="utf-8-sig").count("\n") > 3


def test_the_code_on_a_paper_is_found(done: Visits, phone: Page) -> None:
    phone.get_by_role("link", name="Kiểm tra mã in trên văn bản").click()
    head = done.site.facts["head"]
    phone.get_by_label("Mã nhật ký").fill(" ".join(head[at : at + 8] for at in range(0, 64, 8)))
    phone.get_by_role("button", name="Kiểm tra").click()
    expect(phone.get_by_role("status")).to_contain_text("Có mã này trong bản ghi.")
    phone.get_by_label("Mã nhật ký").fill(head[:16])
    phone.get_by_role("button", name="Kiểm tra").click()
    expect(phone.get_by_role("status")).to_contain_text("Có mã này trong bản ghi.")


def test_a_code_that_never_was_says_what_to_do(done: Visits) -> None:
    page = visit(done.anyone(PHONE), "/kiem-tra/")
    page.get_by_label("Mã nhật ký").fill("f" * 64)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("alert")).to_contain_text(EXPLANATION)
    expect(page.get_by_label("Mã nhật ký")).to_have_value("f" * 64)


def test_the_draw_is_run_again_from_what_the_page_gives(phone: Page, tmp_path: Path) -> None:
    """Exactly as the page tells: the two files beside each other, and the line that it shows."""
    phone.get_by_role("link", name="Chạy lại việc bốc thăm").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Bốc thăm chọn người dự")
    for link in ("Bản công bố bốc thăm", "Chương trình kiểm tra"):
        name, path = taken(phone, link)
        (tmp_path / name).write_bytes(path.read_bytes())
    program, *words = phone.locator("code").first.inner_text().split()
    assert program == "python"
    assert _verdict(tmp_path, words) == (0, "Khớp hoàn toàn")
    published = tmp_path / words[1]
    document = json.loads(published.read_text(encoding="utf-8"))
    first = next(iter(document["result"]["chosen"].values()))
    first.reverse()
    published.write_text(json.dumps(document), encoding="utf-8")
    assert _verdict(tmp_path, words)[0] == 1


def _verdict(folder: Path, words: list[str]) -> tuple[int, str]:
    """What the program answers: its exit code, and the first words it says."""
    run = subprocess.run([sys.executable, "-I", *words], cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout[: len("Khớp hoàn toàn")]


def test_nobody_is_named(done: Visits, phone: Page) -> None:
    """Neither on the pages nor in what can be taken away: people are codes there, or masked."""
    code = done.site.dialogue
    pages = [phone.content(), *(visit(phone, f"/cong-khai/{code}/?trang={page}").content() for page in (2, 3))]
    pages.append(visit(phone, f"/cong-khai/{code}/boc-tham/").content())
    pages.append(phone.request.get(f"/cong-khai/{code}/boc-tham/1.json").text())
    everything = "\n".join(pages)
    assert len(done.site.facts["people"]) > 100
    assert [name for name in done.site.facts["people"] if name in everything] == []


def test_nothing_is_public_before_the_plan_is_issued(going_on: Visits) -> None:
    drafted = going_on.site.facts["dialogues"][-1]
    page = visit(going_on.anyone(PHONE), "/cong-khai/")
    expect(page.locator(f'a[href="/cong-khai/{drafted}/"]')).to_have_count(0)
    visit(page, f"/cong-khai/{drafted}/", 404)
    page = visit(page, f"/cong-khai/{going_on.site.dialogue}/")
    expect(page.locator("article.op")).to_have_count(0)


def test_the_public_page_needs_no_scripts_and_sets_no_cookie(done: Visits) -> None:
    page = visit(done.anyone(PHONE, java_script_enabled=False), f"/cong-khai/{done.site.dialogue}/")
    page.get_by_label("Tìm trong ý kiến và trả lời").fill("ho so")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("“ho so”")
    assert page.context.cookies() == []
