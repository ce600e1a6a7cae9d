"""Keys for the staff: they lead where they say, rest while somebody types, and stay off once switched off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watching import Visits, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def opinions(going_on: Visits) -> Page:
    """A page with a search field and keys of its own."""
    return visit(going_on.staff("hoa"), f"/cuoc/{going_on.site.dialogue}/y-kien/")


def test_they_lead_to_search_main_act_and_menu(opinions: Page) -> None:
    search = opinions.locator("#q")
    opinions.keyboard.press("/")
    expect(search).to_be_focused()
    expect(search).to_have_attribute("aria-keyshortcuts", "/")
    opinions.keyboard.press("Escape")
    opinions.locator("h1").click()
    opinions.keyboard.press(",")
    expect(opinions.locator(".nav a").first).to_be_focused()


def test_in_a_field_they_are_letters(opinions: Page) -> None:
    opinions.locator("#q").focus()
    opinions.keyboard.type("a/b?,.")
    expect(opinions.locator("#q")).to_have_value("a/b?,.")
    expect(opinions.get_by_role("dialog")).to_be_hidden()


def test_the_list_opens_by_key_or_button_and_gives_the_focus_back(opinions: Page) -> None:
    dialog = opinions.get_by_role("dialog", name="Phím tắt")
    opinions.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("đến ô tìm của trang")
    opinions.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    button = opinions.get_by_role("button", name="Phím tắt")
    button.focus()
    opinions.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Đóng").click()
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_switched_off_they_stay_off_on_this_device(opinions: Page) -> None:
    opinions.get_by_role("button", name="Phím tắt").click()
    opinions.get_by_label("Dùng phím tắt trên máy này").uncheck()
    opinions.keyboard.press("Escape")
    opinions.reload()
    opinions.keyboard.press("?")
    opinions.keyboard.press("/")
    expect(opinions.get_by_role("dialog")).to_be_hidden()
    expect(opinions.locator("#q")).not_to_be_focused()
    expect(opinions.locator("html")).to_have_attribute("data-keys", "off")


def test_without_scripts_there_is_no_such_button(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa", java_script_enabled=False), "/")
    expect(page.get_by_role("button", name="Phím tắt")).to_be_hidden()
