"""Calling with a receiver in one hand: keys choose a person and press what came of it; six digits open one page."""

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser


def to_call(site: Visits) -> str:
    return f"/cuoc/{site.site.dialogue}/moi/1/goi/"


def test_a_call_is_noted_by_keys_alone(going_on: Visits) -> None:
    page = visit(going_on.staff("head"), to_call(going_on))
    second = page.locator("[data-call]").nth(1)
    code = second.get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Digit3")
    expect(page.get_by_role("status").first).to_contain_text("chưa nghe máy")
    expect(page.locator(f"#{code}")).to_contain_text("Đã gọi 1 lần")


def test_keys_rest_while_somebody_types_and_when_they_are_switched_off(going_on: Visits) -> None:
    page = visit(going_on.staff("head"), to_call(going_on))
    field = page.get_by_label("Người gọi đến đọc mã, hoặc tìm theo tên")
    field.fill("")
    field.press_sequentially("123")
    expect(field).to_have_value("123")
    page.evaluate("document.documentElement.dataset.keys = 'off'")  # the switch that all keys share
    page.locator("[data-call]").first.focus()
    page.keyboard.press("Digit1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("người cần gọi")
    expect(page).to_have_url(f"{going_on.site.url}{to_call(going_on)}")


def test_a_citizen_sends_somebody_else_from_a_cheap_phone(going_on: Visits) -> None:
    """360 px, no account: the name of whoever comes instead is on the page again after one tap."""
    page = visit(going_on.anyone(PHONE), going_on.site.facts["replies"][5])
    page.get_by_text("Nhờ người khác đi thay").click()
    page.get_by_label("Họ tên người đi thay").fill("Nguyễn Văn Thử")
    page.get_by_label("Là gì của").fill("con trai")
    page.get_by_role("button", name="Người này sẽ đi thay tôi").click()
    expect(page.get_by_role("status")).to_contain_text("Người đi thay: Nguyễn Văn Thử, con trai")
