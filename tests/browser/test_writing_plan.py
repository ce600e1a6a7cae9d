"""The guided form in a browser: the paper follows the typing, and without scripts the button does the same."""

import pytest
from playwright.sync_api import expect

from tests.browser.watching import Visits, visit

pytestmark = pytest.mark.browser

STEP = "/ke-hoach/soan/DH-2021-S01/buoi/"


def test_the_paper_and_the_deadlines_follow_the_typing(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa"), STEP)
    look = page.get_by_role("complementary", name="Thời hạn và văn bản xem trước")
    expect(look).to_contain_text("Có ngày của một buổi")
    page.get_by_role("group", name="Buổi 1").get_by_label("Ngày", exact=True).fill("22/12/2021")
    expect(look).to_contain_text("thứ Tư, ngày 22/12/2021")
    expect(look).to_contain_text("Thứ Sáu 31/12/2021")
    page.reload()
    expect(look).to_contain_text("Có ngày của một buổi")


def test_the_form_walks_by_keyboard(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa"), "/ke-hoach/soan/DH-2021-S01/hinh-thuc/")
    page.get_by_label("Phần mềm họp, nếu trực tuyến").fill("Microsoft Teams")
    page.get_by_role("button", name="Giữ, sang bước sau").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Điểm cầu")
    expect(page.get_by_role("status")).to_contain_text("Đã giữ lúc")
    look = page.get_by_role("complementary", name="Thời hạn và văn bản xem trước")
    expect(look).to_contain_text("qua phần mềm Microsoft Teams")
