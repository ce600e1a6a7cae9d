"""Opinions in a browser: with a photograph, a broken line, an expired login, by voice; and sorted by keyboard alone."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser
WORDS = "Tôi nộp giấy ba lần vẫn thiếu."
FIELD = "Ông (bà) muốn nêu điều gì?"
VOICE = """
window.SpeechRecognition = window.webkitSpeechRecognition = class extends EventTarget {
  start() {
    if (this.lang !== "vi-VN") throw new Error(this.lang);
    setTimeout(() => {
      const result = Object.assign([{ transcript: "tôi hỏi giấy phép" }], { isFinal: true });
      this.dispatchEvent(Object.assign(new Event("result"), { resultIndex: 0, results: [result] }));
    }, 10);
  }
  stop() { this.dispatchEvent(new Event("end")); }
};
"""
NO_VOICE = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"


def opinions(visits: Visits, page: Page) -> Page:
    return visit(page, f"{visits.site.facts['replies'][1]}y-kien/")


def photograph() -> FilePayload:
    """A photograph of a telephone: large, held upright, and telling where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.effect_noise((3000, 2250), 90).convert("RGB").save(out, "JPEG", quality=95, exif=exif)
    return FilePayload(name="IMG_0001.jpg", mimeType="image/jpeg", buffer=out.getvalue())


def test_a_photograph_is_made_small_before_it_travels_and_comes_along(going_on: Visits) -> None:
    page = opinions(going_on, going_on.anyone(PHONE))
    page.get_by_label(FIELD).fill("Giấy hẹn của tôi đây.")
    page.locator("#chup-moi").set_input_files([photograph()])
    chosen = page.locator("[data-chosen] li").first
    expect(chosen).to_contain_text("anh.jpg")
    size = re.search(r"(\d+) KB", chosen.inner_text())
    assert size is not None
    assert int(size[1]) < len(photograph()["buffer"]) / 1024
    page.locator("#tep-moi").set_input_files([small_png()])
    expect(page.locator("[data-chosen] li")).to_have_count(2)
    page.get_by_role("button", name="Bỏ b.png").click()
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status").filter(has_text="Mã ý kiến:")).to_contain_text("Kèm 1 tệp giấy tờ.")


def small_png() -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    return FilePayload(name="b.png", mimeType="image/png", buffer=out.getvalue())


def test_a_broken_line_takes_neither_words_nor_photographs_away(going_on: Visits) -> None:
    page = opinions(going_on, going_on.anyone(PHONE))
    page.get_by_label(FIELD).fill(WORDS)
    page.locator("#tep-moi").set_input_files([small_png()])
    expect(page.locator("[data-chosen] li")).to_have_count(1)
    page.context.set_offline(True)
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("alert")).to_contain_text("Đang mất mạng, chưa gửi.")
    expect(page.get_by_label(FIELD)).to_have_value(WORDS)
    page.context.set_offline(False)
    page.get_by_role("button", name="Gửi ý kiến").click()
    expect(page.get_by_role("status").filter(has_text="Mã ý kiến:")).to_contain_text("Kèm 1 tệp giấy tờ.")


def test_a_void_address_shows_what_was_not_sent_by_it_and_nobody_elses(going_on: Visits) -> None:
    page = opinions(going_on, going_on.anyone(PHONE))
    page.get_by_label(FIELD).fill("Chữ của người cùng nhà")
    void = f"{going_on.site.facts['withdrawn']}y-kien/"
    box = page.get_by_role("textbox", name="Chữ chưa gửi còn giữ trên máy này")
    visit(page, void, 410)
    expect(box).to_have_count(0)
    own = page.locator("[data-unsent]").get_attribute("data-unsent")
    page.evaluate("key => localStorage.setItem(key, 'Chữ chưa gửi kịp')", f"doithoai-draft:{own}")
    visit(page, void, 410)
    expect(box).to_have_value("Chữ chưa gửi kịp")


def test_an_expired_login_keeps_what_staff_have_written(going_on: Visits) -> None:
    page = visit(going_on.staff("officer"), f"/cuoc/{going_on.site.dialogue}/y-kien/ghi/")
    page.get_by_label("Tên người không có trong danh sách").fill("Ông Ba Mẫu")
    page.get_by_label("Phiếu giấy").check()
    page.get_by_label("Lời của người trình bày").fill(WORDS)
    page.get_by_label("Đã đọc lại, người trình bày nói đúng").check()
    signed_in = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_role("button", name="Ghi ý kiến").click()
    expect(page.get_by_role("alert")).to_contain_text("Phiên làm việc đã hết, chưa ghi.")
    expect(page.get_by_label("Lời của người trình bày")).to_have_value(WORDS)
    page.context.add_cookies(signed_in)  # type: ignore[arg-type]  # as they were
    page.get_by_role("button", name="Ghi ý kiến").click()
    expect(page.get_by_role("status").first).to_contain_text("Đã ghi ý kiến.")


def test_what_is_said_aloud_is_written_down_and_kept(going_on: Visits) -> None:
    page = going_on.anyone(PHONE)
    page.add_init_script(VOICE)
    opinions(going_on, page)
    page.get_by_label(FIELD).fill("Thưa cơ quan,")
    page.get_by_role("button", name="Nói thay cho viết").click()
    expect(page.get_by_label(FIELD)).to_have_value("Thưa cơ quan, tôi hỏi giấy phép")
    page.get_by_role("button", name="Dừng").click()
    page.reload()
    expect(page.get_by_label(FIELD)).to_have_value("Thưa cơ quan, tôi hỏi giấy phép")


def test_where_the_browser_cannot_listen_nothing_is_offered(going_on: Visits) -> None:
    page = going_on.anyone(PHONE)
    page.add_init_script(NO_VOICE)
    opinions(going_on, page)
    expect(page.get_by_label(FIELD)).to_be_visible()
    expect(page.locator("[data-dictate]")).to_be_hidden()


def test_a_procedure_is_found_while_one_types_without_diacritics(going_on: Visits) -> None:
    page = opinions(going_on, going_on.anyone(PHONE))
    page.get_by_label("Gõ vài chữ của tên thủ tục, không cần dấu.").fill("giay phep xay dung")
    choice = page.get_by_label(re.compile("Cấp giấy phép xây dựng")).first
    expect(choice).to_be_visible()
    choice.check()
    page.get_by_label("Gõ vài chữ của tên thủ tục, không cần dấu.").fill("zzz")
    expect(page.locator("[data-procedures]")).to_contain_text("Không thấy thủ tục nào như vậy.")
    expect(page.get_by_label(re.compile("Cấp giấy phép xây dựng")).first).to_be_checked()


def test_the_board_is_sorted_by_keyboard_alone(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa"), f"/cuoc/{going_on.site.dialogue}/y-kien/?trang-thai=received")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    code = rows.nth(1).get_attribute("id")
    page.keyboard.press("x")
    expect(page.get_by_role("status").first).to_contain_text(f"{code}: Đề xuất.")
    expect(page.locator(f"#{code}")).to_be_focused()
    assert "trang-thai=received" in page.url, "the board is as it was filtered"
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("Hoàn tác phân loại")
    page.keyboard.press("t")
    expect(page.locator(f"#{code}").get_by_role("button", name="Tố cáo")).to_be_focused()
    page.get_by_label("Tìm", exact=True).press("x")
    expect(page.get_by_label("Tìm", exact=True)).to_have_value("x")


def test_words_that_are_selected_are_taken_over_to_be_masked(going_on: Visits) -> None:
    code = going_on.site.facts["opinions"]["received"]
    page = visit(going_on.staff("hoa"), f"/y-kien/{code}/cong-khai/")
    page.locator("[data-source] p").first.click(click_count=3)
    page.get_by_role("button", name="Thêm chữ đang bôi đen bên lời gốc").click()
    assert page.get_by_label("Chữ cần che").input_value()
