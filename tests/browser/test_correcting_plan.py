"""The plan of a drafted dialogue corrected in a browser: figures first, then the sentences that followed, then written."""

import pytest
from playwright.sync_api import expect

from tests.browser.watching import Visits, visit

pytestmark = pytest.mark.browser

PATH = "/cuoc/DH-2021-02/ke-hoach/sua/"


def test_twenty_are_invited_and_the_sentences_follow(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa"), PATH)
    for name in ("Buổi 1", "Buổi 2"):
        sitting = page.get_by_role("region", name=name, exact=True)
        sitting.get_by_label("Số công dân mời").fill("20")
        sitting.get_by_label("Số lượt dự kiến").fill("20")
    page.get_by_role("button", name="Ghi vào cuộc đối thoại").click()
    expect(page.get_by_role("alert")).to_contain_text("Xin đọc lại rồi bấm lần nữa")
    sentences = page.get_by_role("region", name="Câu chữ cần đọc lại").get_by_role("textbox")
    told = " ".join(sentences.nth(at).input_value() for at in range(sentences.count()))
    assert "chọn mời 20 công dân" in told
    assert "40 lượt người" in told
    page.get_by_role("button", name="Ghi vào cuộc đối thoại").click()
    expect(page.get_by_role("status")).to_contain_text("Đã sửa dữ liệu và câu chữ của kế hoạch")
    page.goto(page.url.split("/cuoc/")[0] + PATH)
    again = page.get_by_role("region", name="Buổi 1", exact=True)
    expect(again.get_by_label("Số công dân mời")).to_have_value("20")
