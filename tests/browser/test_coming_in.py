"""Coming in and going out, as the people who do it see it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sites import PASSWORD
from tests.browser.watching import Visits, visit

pytestmark = pytest.mark.browser
ATTEMPTS = 5  # on one account within a quarter of an hour


def come_in(page: Page, username: str, password: str) -> None:
    """Fill in the sign-in page and press its button."""
    page.get_by_label("Tên tài khoản").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_link_lets_in_once(done: Visits) -> None:
    door, name = done.site.door("hoa"), done.site.facts["names"]["hoa"]
    page = visit(done.anyone(), door)
    expect(page.get_by_text(name)).to_be_visible()
    page.reload()  # looking does not spend it
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page).to_have_url(f"{done.site.url}/")
    expect(page.locator(".who")).to_contain_text(name)
    again = visit(done.anyone(), door, 409)
    expect(again.get_by_role("alert")).to_contain_text("Đường dẫn không còn dùng được.")
    expect(again.get_by_role("button", name="Đăng nhập")).to_have_count(0)


def test_two_who_opened_the_same_link_do_not_both_get_in(done: Visits) -> None:
    door = done.site.door("hoa")
    first, second = visit(done.anyone(), door), visit(done.anyone(), door)
    first.get_by_role("button", name="Đăng nhập").click()
    expect(first).to_have_url(f"{done.site.url}/")
    second.get_by_role("button", name="Đăng nhập").click()
    expect(second.get_by_role("alert")).to_contain_text("không còn dùng được")
    visit(second, "/")
    assert "/vao/" in second.url


def test_who_is_not_signed_in_is_sent_to_the_door_and_then_on(done: Visits) -> None:
    page = done.anyone()
    page.goto("/cuoc/")
    expect(page).to_have_url(f"{done.site.url}/vao/?toi=%2Fcuoc%2F")
    come_in(page, done.site.facts["usernames"]["hoa"], PASSWORD)
    expect(page).to_have_url(f"{done.site.url}/cuoc/")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{done.site.url}/vao/")
    page.goto("/cuoc/")
    assert "/vao/" in page.url


def test_a_wrong_password_keeps_the_account_and_says_one_sentence(done: Visits) -> None:
    page = visit(done.anyone(), "/vao/")
    come_in(page, "dh.hoa", "khong-phai-mat-khau")
    expect(page.get_by_role("alert")).to_have_text(
        "Tên tài khoản hoặc mật khẩu không khớp. Chữ hoa, chữ thường trong mật khẩu là khác nhau."
    )
    expect(page.get_by_label("Tên tài khoản")).to_have_value("dh.hoa")
    expect(page.get_by_label("Mật khẩu")).to_have_value("")


def test_an_account_is_closed_for_a_while_after_too_many_attempts(going_on: Visits) -> None:
    username = going_on.site.facts["usernames"]["secretary"]
    page = visit(going_on.anyone(), "/vao/")
    for _attempt in range(ATTEMPTS):
        come_in(page, username, "khong-phai-mat-khau")
        expect(page.get_by_role("alert")).to_contain_text("không khớp")
    come_in(page, username, PASSWORD)
    expect(page.get_by_role("alert")).to_have_text("Đã thử quá nhiều lần. Xin chờ 15 phút rồi thử lại.")


def test_a_form_whose_session_ended_says_so_and_changes_nothing(done: Visits) -> None:
    page = visit(done.staff("hoa"), "/")
    page.context.clear_cookies()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên đã hết giờ")
    expect(page.get_by_text("Chưa có gì thay đổi.")).to_be_visible()
