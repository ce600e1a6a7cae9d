"""Somebody with a letter and a telephone: reply, say what one wants to raise, and need no account for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser
WORDS = "Tôi nộp hồ sơ ba lần, lần nào cũng thiếu một giấy khác nhau.\n<b>Xin</b> nói một lần cho đủ."


def letter(visits: Visits, place: int) -> Page:
    """The page behind the link of one of the letters."""
    return visit(visits.anyone(PHONE), visits.site.facts["replies"][place])


def test_one_tap_accepts_and_the_mind_may_be_changed(going_on: Visits) -> None:
    page = letter(going_on, 1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kính mời")
    page.get_by_role("button", name="Tôi sẽ đến", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("sẽ đến")
    page.get_by_role("button", name="Tôi không đến được").click()
    expect(page.get_by_role("status")).to_contain_text("không đến được")
    page.get_by_label("Cần lối vào không bậc").or_(page.locator("input[name=needs]")).first.check()
    page.get_by_role("button", name="Tôi sẽ đến và cần giúp như trên").click()
    expect(page.get_by_role("status")).to_contain_text("Điều cần giúp:")


def test_looking_at_a_letter_changes_nothing_and_keeps_nothing(going_on: Visits) -> None:
    page = letter(going_on, 2)
    page.reload()
    expect(page.get_by_role("button", name="Tôi sẽ đến", exact=True)).to_be_visible()
    assert page.context.cookies() == []
    assert page.get_by_role("link", name="0257").count() >= 1, "a person to call is always there"


def test_what_one_says_is_received_with_a_code_and_shown_as_said(going_on: Visits) -> None:
    page = letter(going_on, 2)
    page.get_by_role("link", name="Viết ý kiến của tôi").click()
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill(WORDS)
    page.get_by_role("button", name="Gửi ý kiến").click()
    receipt = page.get_by_role("status").filter(has_text="Mã ý kiến:")
    expect(receipt).to_contain_text(f"{going_on.site.dialogue}-YK")
    said = page.locator("blockquote").first
    expect(said).to_contain_text("<b>Xin</b> nói một lần cho đủ.")
    assert said.locator("b").count() == 0
    expect(page.get_by_label("Ông (bà) muốn nêu điều gì?")).to_have_value("")


def test_words_not_sent_yet_are_kept_on_the_telephone(going_on: Visits) -> None:
    page = letter(going_on, 2)
    page.get_by_role("link", name="Viết ý kiến của tôi").click()
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill("Chữ viết dở")
    expect(page.get_by_text("Đã giữ trên máy này; chưa gửi.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Ông (bà) muốn nêu điều gì?")).to_have_value("Chữ viết dở")
    page.get_by_role("button", name="Xóa chữ đang giữ").click()
    page.reload()
    expect(page.get_by_label("Ông (bà) muốn nêu điều gì?")).to_have_value("")


def test_it_works_without_scripts(going_on: Visits) -> None:
    page = going_on.anyone(PHONE, java_script_enabled=False)
    visit(page, f"{going_on.site.facts['replies'][2]}y-kien/")
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill("Không có JavaScript vẫn gửi được.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status").filter(has_text="Mã ý kiến:")).to_be_visible()


def test_a_link_that_opens_nothing_names_whom_to_call(done: Visits) -> None:
    page = visit(done.anyone(PHONE), done.site.facts["replies"][0], 410)
    expect(page.get_by_role("alert")).to_contain_text("Đường dẫn không còn dùng được.")
    expect(page.get_by_role("alert")).to_contain_text("Xin gọi")


def outside(visits: Visits, **options: object) -> Page:
    """The public form, on a telephone."""
    return visit(visits.anyone(PHONE, **options), f"/cong-khai/{visits.site.dialogue}/gui-y-kien/")  # type: ignore[arg-type]


def test_anybody_sends_and_finds_it_again_by_code_and_digits(going_on: Visits) -> None:
    page = visit(going_on.anyone(PHONE), f"/cong-khai/{going_on.site.dialogue}/")
    page.get_by_role("link", name="Gửi ý kiến trực tuyến").click()
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill(WORDS)
    page.get_by_label("Họ và tên").fill("<img src=x onerror=alert(1)>")
    page.get_by_label("Chưa rõ, hoặc việc khác").check()
    page.get_by_role("button", name="Gửi ý kiến").click()
    receipt = page.get_by_role("status").filter(has_text="Mã ý kiến:")
    expect(receipt).to_contain_text(f"{going_on.site.dialogue}-YK")
    assert page.context.cookies() == []
    told = page.get_by_text("chín chữ số").first
    code, digits = (found.inner_text() for found in told.locator("b").all())
    page.get_by_role("link", name="Trang tra cứu").click()
    page.get_by_label("Mã ý kiến").fill(code)
    page.get_by_label("Chín chữ số").fill("123456786")
    page.get_by_role("button", name="Xem ý kiến của tôi").click()
    expect(page.get_by_role("alert")).to_contain_text("Không thấy ý kiến nào có mã và chín chữ số này.")
    page.get_by_label("Chín chữ số").fill(digits)
    page.get_by_role("button", name="Xem ý kiến của tôi").click()
    expect(page.locator("blockquote").first).to_contain_text("<b>Xin</b> nói một lần cho đủ.")


def test_words_on_the_public_form_outlive_a_lost_line(going_on: Visits) -> None:
    page = outside(going_on)
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill("Chữ viết lúc mất mạng")
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Thử")
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("alert").filter(has_text="Đang mất mạng, chưa gửi.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Ông (bà) muốn nêu điều gì?")).to_have_value("Chữ viết lúc mất mạng")
    expect(page.get_by_label("Họ và tên")).to_have_value("Nguyễn Thị Thử")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status").filter(has_text="Mã ý kiến:")).to_be_visible()
    page.goto(f"{going_on.site.url}/cong-khai/{going_on.site.dialogue}/gui-y-kien/")
    expect(page.get_by_label("Ông (bà) muốn nêu điều gì?")).to_have_value("")


def test_the_public_form_works_without_scripts_and_weighs_little(going_on: Visits) -> None:
    page = outside(going_on, java_script_enabled=False)
    page.get_by_label("Ông (bà) muốn nêu điều gì?").fill("Không có JavaScript vẫn gửi được.")
    page.get_by_label("Họ và tên").fill("Trần Văn Thử")
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status").filter(has_text="Mã ý kiến:")).to_be_visible()
    light = going_on.anyone(PHONE)
    sizes: dict[str, int] = {}
    light.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    visit(light, f"/cong-khai/{going_on.site.dialogue}/gui-y-kien/")
    light.wait_for_load_state("networkidle")
    needed = sum(size for url, size in sizes.items() if not url.endswith(".woff2"))  # letters show before their font
    assert 0 < needed < 60_000, sizes


def test_one_tap_says_that_one_met_the_same(going_on: Visits) -> None:
    page = visit(going_on.anyone(PHONE), f"/cong-khai/{going_on.site.dialogue}/cung-gap/")
    article = page.get_by_role("article").last
    expect(article).to_contain_text("Chưa ai ghi cùng gặp.")
    article.get_by_role("button", name="Tôi cũng gặp việc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi: ông (bà) cũng gặp việc này.")
    expect(page.get_by_text("Máy này đã ghi")).to_have_count(1)
    expect(page.get_by_text("1 người cùng gặp.")).to_be_visible()
