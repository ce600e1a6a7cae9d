"""The way of staff through their pages: desk, dialogue, paper, file; and what another agency sees of it."""

import pytest
from playwright.sync_api import Page, expect

from doithoai.sample.people import ATTACK_NAME
from tests.browser.pages import DESKS, DIALOGUES, PAPERS, Shown
from tests.browser.watching import DESK, PHONE, Visits, visit

pytestmark = pytest.mark.browser


def saved(page: Page, link: str) -> tuple[str, bytes]:
    """Take the file behind a link: its name and what is in it."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_from_the_desk_over_the_dialogue_to_a_file(done: Visits) -> None:
    page = visit(done.staff("hoa"), "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc đang chờ tôi")
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Cuộc đối thoại").click()
    page.get_by_role("main").get_by_role("link", name="Đối thoại thủ tục hành chính").click()
    expect(page).to_have_url(f"{done.site.url}/cuoc/{done.site.dialogue}/")
    page.locator(f'a[href="/van-ban/{done.site.facts["kinds"]["result_notice"]}/"]').first.click()
    expect(page.get_by_text("97/TB-UBND").first).to_be_visible()
    name, data = saved(page, "Bản in PDF")
    assert name == "97-TB-UBND.pdf"
    assert data.startswith(b"%PDF-")
    name, data = saved(page, "Bản sửa được DOCX")
    assert name == "97-TB-UBND.docx"
    assert data.startswith(b"PK")


def test_the_clock_of_a_rehearsal_stands_where_it_ended(done: Visits, going_on: Visits) -> None:
    expect(visit(done.staff("hoa"), "/").locator(".head")).to_contain_text("/01/2022")
    expect(visit(going_on.staff("hoa"), "/").locator(".head")).to_contain_text("/12/2021")


def test_each_desk_has_what_waits_for_that_role_and_leads_there(going_on: Visits) -> None:
    waiting = {"clerk": ("signed", "Cấp số, ban hành"), "officer": ("returned", "Trình duyệt")}
    for who, (state, button) in waiting.items():
        page = visit(going_on.staff(who), "/")
        page.locator(f'.act a[href="/van-ban/{going_on.site.facts["states"][state]}/"]').click()
        expect(page.get_by_role("button", name=button)).to_be_enabled()


@pytest.mark.parametrize("path", ["/cuoc/{}/", "/cuoc/{}/nhat-ky/", "/van-ban/{}-VB01/", "/tep/{}.pdf"])
def test_another_agency_finds_nothing(done: Visits, path: str) -> None:
    named = done.site.facts["kinds"]["delivery_list"] if path.startswith("/tep/") else done.site.dialogue
    page = visit(done.staff("stranger"), path.format(named), 404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang")
    assert "Đông Hòa, ngày" not in page.content()


def test_a_hostile_name_is_text(done: Visits, going_on: Visits) -> None:
    """It would run on its own: the watch of every test hears an error, a request or a script that is refused."""
    for page in (
        visit(done.staff("stranger"), "/"),
        visit(done.anyone(), done.site.door("stranger")),
        visit(going_on.staff("hoa"), f"/van-ban/{going_on.site.facts['kinds']['delivery_list']}/"),
        visit(going_on.staff("head"), f"/cuoc/{going_on.site.dialogue}/moi/1/danh-sach/"),
        visit(going_on.anyone(PHONE), going_on.site.facts["replies"][0]),
    ):
        expect(page.get_by_text(ATTACK_NAME).first).to_be_visible()
        assert page.locator("img").count() == 0


def test_a_refusal_says_why_and_leads_back(going_on: Visits) -> None:
    code = going_on.site.facts["states"]["numbered"]
    page = visit(going_on.staff("clerk"), f"/tep/{code}.pdf", 409)
    expect(page.get_by_role("alert")).to_contain_text("Chưa tải được: bản in chưa tạo xong.")
    expect(page.get_by_role("link", name="Quay lại trang trước")).to_be_visible()
    assert "Chưa có gì thay đổi." not in page.content(), "nothing was to be changed by looking"


def test_who_may_not_press_a_button_reads_why(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa"), f"/van-ban/{going_on.site.facts['states']['signed']}/")
    grey = page.get_by_role("button", name="Cấp số, ban hành")
    expect(grey).to_have_attribute("aria-disabled", "true")
    reason = page.locator(f"#{grey.get_attribute('aria-describedby')}")
    expect(reason).to_be_visible()
    expect(reason).to_contain_text("Không có quyền:")
    before = page.url
    grey.click(force=True)
    assert page.url == before


# ---- with the keyboard


def test_the_keyboard_comes_past_the_frame_in_one_step(done: Visits) -> None:
    page = visit(done.staff("hoa"), f"/cuoc/{done.site.dialogue}/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


RING = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const shows = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
        || style.boxShadow !== 'none';
    return {name: one.tagName + ' ' + one.textContent.trim().slice(0, 40), shows, on: box.width > 0 && box.height > 0};
}"""


@pytest.mark.parametrize("shown", [DESKS[1], DIALOGUES[2], PAPERS[1]], ids=lambda shown: shown.name)
def test_one_always_sees_where_the_keyboard_is(going_on: Visits, shown: Shown) -> None:
    page = shown.open(going_on)
    seen = set()
    for _step in range(40):
        page.keyboard.press("Tab")
        at = page.evaluate(RING)
        if at["name"].startswith("BODY"):
            break
        assert at["shows"], at
        assert at["on"], at
        seen.add(at["name"])
    assert len(seen) > 5


def test_an_act_is_done_with_the_keyboard_and_on_a_phone(going_on: Visits) -> None:
    """The head of the office accepts a duty: on the page where it stands, told at the top of it afterwards."""
    page = visit(going_on.staff("head", PHONE), f"/cuoc/{going_on.site.dialogue}/")
    duty = page.locator("details", has=page.locator("button", has_text="Báo cáo kết quả")).first
    duty.locator("summary").focus()
    page.keyboard.press("Enter")
    report = duty.get_by_role("button", name="Báo cáo kết quả")
    expect(report).to_be_visible()
    duty.get_by_label("Kết quả").fill("Đã làm xong trong ngày.")
    report.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Đã báo cáo kết quả.")
    page.get_by_text("Xem các nhiệm vụ còn lại").click()  # with nothing more to do for this reader it is folded away
    expect(page.get_by_text("“Đã làm xong trong ngày.”")).to_be_visible()


# ---- without scripts


def test_everything_works_without_scripts(going_on: Visits) -> None:
    page = visit(going_on.staff("hoa", DESK, java_script_enabled=False), f"/cuoc/{going_on.site.dialogue}/")
    opened = page.locator("details.due").first
    opened.locator("summary").click()
    expect(opened.locator(".days-key").first).to_be_visible()
    page.get_by_role("link", name="Xem cả nhật ký").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhật ký")
    page.get_by_role("link", name="Cũ hơn").click()
    expect(page.get_by_text("Trang 2/")).to_be_visible()
