"""The first day of an office, as the administrator and a new clerk see it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser
PASSWORD = "bốn từ không liên quan"


def test_an_office_and_a_clerk_are_added_and_the_clerk_comes_in_by_the_link(going_on: Visits) -> None:
    page = visit(going_on.staff("admin"), "/")
    page.get_by_role("link", name="Đơn vị", exact=True).click()
    page.locator("summary", has_text="Thêm đơn vị").click()
    page.get_by_label("Tên đầy đủ").fill("Phòng Dân tộc")
    page.get_by_label("Loại đơn vị").select_option(label="Phòng chuyên môn")
    page.get_by_role("button", name="Thêm vào danh mục").click()
    expect(page.get_by_role("status")).to_have_text("Đã thêm đơn vị.")
    page.get_by_label("Tìm đơn vị").fill("phong dan toc")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Phòng Dân tộc").click()
    page.get_by_role("link", name="Thêm cán bộ").click()
    page.get_by_label("Họ và tên").fill("Trần Văn Mới")
    page.get_by_label("Chức danh").fill("Văn thư")
    page.get_by_label("Vai", exact=True).select_option(label="Văn thư")
    page.get_by_role("button", name="Thêm và tạo đường dẫn đăng nhập").click()
    door = urlsplit(page.get_by_label("Gửi riêng cho Trần Văn Mới").input_value()).path
    assert re.fullmatch(r"/vao/[0-9a-f]{32}/", door)
    expect(page.get_by_text("Văn thư, Phòng Dân tộc")).to_have_count(0)

    clerk = visit(going_on.anyone(PHONE), door)
    clerk.get_by_role("button", name="Đăng nhập").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Việc đang chờ tôi")
    expect(clerk.locator(".who")).to_contain_text("Văn thư, Phòng Dân tộc")
    clerk.get_by_role("link", name="Đặt mật khẩu").click()
    clerk.get_by_label("Mật khẩu mới", exact=True).fill(PASSWORD)
    clerk.get_by_label("Mật khẩu mới, gõ lại").fill(PASSWORD)
    clerk.get_by_role("button", name="Đặt mật khẩu").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("Việc đang chờ tôi")
    expect(clerk.get_by_role("link", name="Đặt mật khẩu")).to_have_count(0)
    used = visit(going_on.anyone(), door, 409)
    expect(used.get_by_role("alert")).to_contain_text("Đường dẫn không còn dùng được.")


def test_a_rule_is_changed_after_a_look_at_the_deadlines(going_on: Visits) -> None:
    page = visit(going_on.staff("admin"), "/danh-muc/ngay-nghi/?nam=2021")
    page.get_by_label("Ngày", exact=True).fill("24/12/2021")
    page.get_by_label("Nghỉ hay làm bù").select_option(label="nghỉ")
    page.get_by_label("Tên gọi").fill("Nghỉ riêng")
    page.get_by_label("Văn bản quyết định").fill("Công văn số 1/UBND")
    page.get_by_label("Đã đối chiếu ở đâu", exact=True).fill("Bản gốc có chữ ký")
    page.get_by_role("button", name="Xem thời hạn nào đổi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước thay đổi")
    expect(page.get_by_role("cell", name="thứ Ba 04/01/2022")).to_be_visible()
    page.get_by_role("link", name="Thôi, giữ như cũ").click()
    expect(page.get_by_text("Công văn số 1/UBND")).to_have_count(0)
