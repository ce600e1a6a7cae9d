"""At the door of a venue with a cheap telephone and a bad line: nothing is lost, nothing is there twice."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.find import browser_path
from tests.browser.line import Line
from tests.browser.sites import PASSWORD, _await, _free_port, end, start
from tests.browser.test_pages import DEPENDING_ON_WIDTH, STANDARDS, WIDER, axe, violations
from tests.browser.watching import ARGUMENTS, DESK, PHONE

pytestmark = pytest.mark.browser
READY = "[data-door][data-ready]"
LONG = 40_000  # ms: the wait between two tries grows to twenty seconds


@dataclass
class Morning:
    """The dialogue on the morning of its sitting, served behind a line that a test can spoil."""

    folder: Path
    facts: dict[str, Any]
    line: Line
    port: int
    server: subprocess.Popen[str] | None = None
    contexts: list[BrowserContext] = field(default_factory=list)

    def serve(self) -> None:
        """Let the server answer."""
        command = [sys.executable, "-m", "doithoai.ops", "run", "--no-worker"]
        where = {"DOITHOAI_LISTEN": f"127.0.0.1:{self.port}", "DOITHOAI_ADDRESS": "http://127.0.0.1:8000"}
        self.server = start(command, self.folder, **where)
        _await(self.server, self.port)

    def stop(self) -> None:
        """Let the server go away."""
        assert self.server is not None
        self.server.terminate()
        self.server.communicate()
        self.server = None

    def stored(self) -> dict[str, Any]:
        """What the server has of presence."""
        told: dict[str, Any] = json.loads(inside("noted", self.folder).splitlines()[-1])
        return told

    def person(self, place: int) -> dict[str, str]:
        """Somebody who is expected."""
        person: dict[str, str] = self.facts["people"][place]
        return person


def inside(name: str, folder: Path) -> str:
    """Run `build()` of a neighbouring file on the database of a folder."""
    return end(start([sys.executable, "-m", "tests.browser.inside", name], folder))


@pytest.fixture
def morning(built: Path, tmp_path: Path) -> Iterator[Morning]:
    """A morning of its own for each test: nobody has come yet."""
    folder = tmp_path / "morning"
    folder.mkdir()
    (folder / "rehearsal.sqlite3").write_bytes(built.read_bytes())
    facts = json.loads(inside("door", folder).splitlines()[-1])
    port = _free_port()
    made = Morning(folder, facts, Line(port), port)
    made.serve()
    yield made
    for context in made.contexts:
        context.close()
    if made.server:
        made.stop()
    made.line.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the dialogue in preparation, built once; closed, so that one file is all of it."""
    folder = tmp_path_factory.mktemp("door") / "giua"
    folder.mkdir()
    inside("midway", folder)
    return folder / "rehearsal.sqlite3"


def device(browser: Browser, morning: Morning, **more: Any) -> BrowserContext:
    """A telephone."""
    width, height = PHONE
    context = browser.new_context(
        base_url=morning.line.url,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        **more,
    )
    morning.contexts.append(context)
    return context


def sign_in(page: Page, morning: Morning, who: str) -> None:
    """Come in by password, from the sign-in page that is open."""
    page.get_by_label("Tên tài khoản").fill(morning.facts["usernames"][who])
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def at_the_door(context: BrowserContext, morning: Morning, who: str = "clerk") -> Page:
    """Signed in, at the door, with everything kept for a time without a line."""
    page = context.new_page()
    page.goto(morning.facts["door"])
    sign_in(page, morning, who)
    page.wait_for_selector(READY)
    expect(page.locator("[data-kept]")).to_be_visible()
    return page


def line_of(page: Page) -> Any:
    """The sentence about the line."""
    return page.locator("[data-line-words]")


def row(page: Page, code: str) -> Any:
    """The row of somebody."""
    return page.locator(f'[id="{code}"]')


def tap(page: Page, code: str) -> None:
    """Somebody has come."""
    row(page, code).locator("button[value=den]").click()
    expect(row(page, code)).to_have_attribute("data-standing", "came")


def let_in(page: Page, *names: str) -> None:
    """People came without an invitation."""
    for name in names:
        page.get_by_label("Họ tên", exact=True).fill(name)
        page.get_by_label("Vì sao được vào dự").fill("người trong phường")
        page.get_by_role("button", name="Ghi người đến không có giấy mời").click()
        expect(page.locator("[data-did-words]")).to_contain_text(name)


WAITING = """() => new Promise(resolve => {
    const opened = indexedDB.open('doithoai-commands');
    opened.onsuccess = () => {
        const counted = opened.result.transaction('commands').objectStore('commands').count();
        counted.onsuccess = () => { opened.result.close(); resolve(counted.result); };
    };
})"""


def waiting(page: Page) -> int:
    """How many acts this device still keeps."""
    kept: int = page.evaluate(WAITING)
    return kept


def all_sent(page: Page) -> None:
    """Wait until this device keeps nothing."""
    page.wait_for_function(f"async () => await ({WAITING})() === 0", timeout=LONG)
    expect(page.locator(".line-well, .line-back")).to_be_visible(timeout=LONG)


# ---- the whole of a bad morning


def test_everything_of_a_bad_morning_is_there_once_and_in_order(
    browser: Browser, morning: Morning, tmp_path: Path
) -> None:
    """Answers lost after the commit, no line, a reload, a second tab, no server, the browser killed, signed out."""
    names = [f"Khách thứ {place:02d}" for place in range(1, 13)]
    morning.line.loses_every = 3
    with telephone(browser, morning, tmp_path / "phone") as context:
        page = at_the_door(context, morning)
        let_in(page, *names[:3])
        all_sent(page)
        context.set_offline(True)
        tap(page, morning.person(1)["code"])
        let_in(page, *names[3:6])
        expect(line_of(page)).to_contain_text("Mất mạng từ")
        expect(line_of(page)).to_contain_text("4 lượt đang chờ gửi; máy giữ hộ.")
        page.reload()
        page.wait_for_selector(READY)
        expect(row(page, morning.person(1)["code"])).to_contain_text("chờ gửi, ghi lúc")
        second = context.new_page()
        second.goto(morning.facts["door"])
        second.wait_for_selector(READY)
        let_in(second, *names[6:8])
        expect(line_of(page)).to_contain_text("6 lượt đang chờ gửi", timeout=LONG)
        morning.stop()
        context.set_offline(False)
        let_in(page, *names[8:10])
        morning.serve()
        all_sent(page)
        morning.stop()
        let_in(second, names[10])
        tap(second, morning.person(2)["code"])
        assert waiting(second) == 2
        kill(tmp_path / "phone")
    with telephone(browser, morning, tmp_path / "phone") as context:
        page = context.new_page()
        page.goto(morning.facts["door"])
        page.wait_for_selector(READY)
        expect(line_of(page)).to_contain_text("2 lượt đang chờ gửi", timeout=LONG)
        let_in(page, names[11])
        morning.serve()
        again = page.get_by_role("link", name="Đăng nhập lại")
        expect(again.or_(page.locator(".line-back"))).to_be_visible(timeout=LONG)
        if again.is_visible():  # a killed browser may not have written down that somebody was signed in
            again.click()
            sign_in(page, morning, "clerk")
            page.wait_for_selector(READY)
        all_sent(page)
    stored = morning.stored()
    assert stored["walk_ins"] == names
    assert stored["lines"].count("attendance.admit") == 12
    assert stored["lines"].count("attendance.arrive") == 2
    assert len(stored["receipts"]) == len({receipt["key"] for receipt in stored["receipts"]}) == 14
    assert len({receipt["device"] for receipt in stored["receipts"]}) == 1
    order = [receipt["seq"] for receipt in stored["receipts"]]
    assert order == sorted(order)
    assert morning.line.lost >= 4


def test_a_server_that_did_not_know_keys_would_write_people_twice(browser: Browser, morning: Morning) -> None:
    """The control: the same losses, every key new to the server. It shows that the test above could fail."""
    names = [f"Khách thứ {place:02d}" for place in range(1, 7)]
    morning.line.loses_every = 3
    morning.line.renames_keys = True
    page = at_the_door(device(browser, morning), morning)
    let_in(page, *names)
    all_sent(page)
    stored = morning.stored()
    assert set(stored["walk_ins"]) == set(names)
    assert len(stored["walk_ins"]) == len(names) + morning.line.lost > len(names)


@contextmanager
def telephone(browser: Browser, morning: Morning, folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps what it knows in a folder, as a telephone does."""
    width, height = PHONE
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    context = browser.browser_type.launch_persistent_context(
        str(folder),
        executable_path=browser_path(),
        args=[*ARGUMENTS, *sandbox],
        base_url=morning.line.url,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    try:
        yield context
    finally:
        with suppress(Error):  # it may have been killed
            context.close()


def kill(folder: Path) -> None:
    """End the browser that keeps its things in this folder, without a word."""
    mine = f"--user-data-dir={folder}"
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text().split("\0")
        except OSError:
            continue
        if mine in words and not any(word.startswith("--type=") for word in words):
            os.kill(int(process.name), signal.SIGKILL)


# ---- signed out, and somebody else


def test_a_session_that_ended_without_a_line_loses_nothing(browser: Browser, morning: Morning) -> None:
    context = device(browser, morning)
    page = at_the_door(context, morning)
    code = morning.person(1)["code"]
    morning.line.is_cut = True
    tap(page, code)
    expect(line_of(page)).to_contain_text("1 lượt đang chờ gửi")
    context.clear_cookies()
    morning.line.is_cut = False
    expect(line_of(page)).to_contain_text("Phiên đã hết giờ. 1 lượt còn nguyên trên máy này", timeout=LONG)
    page.get_by_role("link", name="Đăng nhập lại").click()
    expect(page.locator("[data-left-here]")).to_contain_text("Máy này còn giữ 1 lượt chưa gửi.")
    sign_in(page, morning, "chair")
    expect(line_of(page)).to_contain_text("1 lượt do người khác ghi trên máy này", timeout=LONG)
    assert morning.stored()["came"] == {}
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(morning.facts["door"])
    sign_in(page, morning, "clerk")
    all_sent(page)
    stored = morning.stored()
    assert stored["lines"] == ["attendance.arrive"]
    assert list(stored["came"]) == [code]


def test_who_signs_out_leaves_no_list_of_names(browser: Browser, morning: Morning) -> None:
    context = device(browser, morning)
    page = at_the_door(context, morning)
    assert page.evaluate("() => caches.keys()")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    morning.line.is_cut = True
    with pytest.raises(Error, match="net::ERR"):
        page.goto(morning.facts["door"])


# ---- two at one door


def test_two_devices_note_the_same_person_and_both_are_told_kindly(browser: Browser, morning: Morning) -> None:
    one = at_the_door(device(browser, morning), morning)
    other_device = device(browser, morning)
    other = at_the_door(other_device, morning, "chair")
    code = morning.person(3)["code"]
    other_device.set_offline(True)
    tap(other, code)
    tap(one, code)
    all_sent(one)
    other_device.set_offline(False)
    all_sent(other)
    expect(other.locator("[data-line-rejected]")).to_be_hidden()
    expect(row(other, code).locator("[data-mark]")).to_have_text("Đã đến")
    assert morning.stored()["lines"] == ["attendance.arrive"]
    second = morning.person(4)["code"]
    tap(one, second)
    expect(row(other, second)).to_have_attribute("data-standing", "came")


def test_what_the_server_refuses_is_listed_with_its_reason_until_it_was_read(
    browser: Browser, morning: Morning
) -> None:
    one, context = at_the_door(device(browser, morning), morning, "chair"), device(browser, morning)
    other = at_the_door(context, morning)
    code = morning.person(3)["code"]
    context.set_offline(True)
    tap(other, code)
    more = row(one, code)
    more.locator("summary").click()
    more.get_by_label("Họ tên người đến thay").fill("Võ Thị Con")
    more.get_by_label("Quan hệ với người được mời").fill("con gái")
    more.get_by_label("Giấy tờ đã xem (nếu có)").fill("giấy mời và căn cước")
    more.get_by_role("button", name="Ghi người đến thay").click()
    expect(row(one, code)).to_contain_text("Đến thay: Võ Thị Con, con gái; đã xem giấy mời và căn cước")
    context.set_offline(False)
    refused = other.locator("[data-line-rejected]")
    expect(refused).to_contain_text("đã ghi có người đến thay", timeout=LONG)
    other.reload()
    expect(refused).to_contain_text("đã ghi có người đến thay", timeout=LONG)
    refused.get_by_role("button", name="Đã xem, cất đi").click()
    expect(refused).to_be_hidden()


# ---- finding people


def test_with_the_keyboard_a_name_and_enter(browser: Browser, morning: Morning) -> None:
    page = at_the_door(device(browser, morning), morning)
    search = page.get_by_label("Tên hoặc mã, không cần dấu")
    search.fill("a")
    search.press("Enter")
    expect(page.locator("[data-hits]")).to_contain_text("người khớp, xin chọn một người")
    expect(page.locator("button[value=den]:focus")).to_have_count(1)
    person = morning.person(2)
    search.fill(person["code"][-3:].lower())
    search.press("Enter")
    expect(row(page, person["code"])).to_have_attribute("data-standing", "came")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    expect(page.locator("[data-aloud]")).to_contain_text(f"{person['name']} đã đến.")
    search.fill("khong co ai ten the")
    expect(page.locator("[data-hits]")).to_contain_text("Không thấy ai.")
    page.get_by_role("link", name="Ghi nhầm? Rút lại").click()
    reason = row(page, person["code"]).get_by_label("Ghi nhầm vì sao")
    expect(reason).to_be_focused()
    reason.fill("trùng họ")
    reason.press("Enter")
    expect(row(page, person["code"])).to_have_attribute("data-standing", "expected")
    all_sent(page)
    assert morning.stored()["lines"] == ["attendance.arrive", "attendance.take_back"]


CAMERA = """address => {
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ['qr_code']; }
        async detect() { return [{rawValue: address}]; }
    };
    navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement('canvas');
        canvas.getContext('2d').fillRect(0, 0, 1, 1);
        return canvas.captureStream();
    };
}"""


def test_the_code_on_a_letter_finds_its_holder_without_a_line(browser: Browser, morning: Morning) -> None:
    letter = morning.facts["letter"]
    context = device(browser, morning)
    context.add_init_script(f"({CAMERA})({json.dumps(letter['address'])})")
    page = at_the_door(context, morning)
    morning.line.is_cut = True
    page.get_by_role("button", name="Quét mã trên giấy mời").click()
    come = row(page, letter["code"]).locator("button[value=den]")
    expect(come).to_be_focused()
    expect(page.locator("[data-hits]")).to_contain_text("Xin đối chiếu người, rồi bấm Đã đến.")
    assert page.locator("[data-standing]:visible").count() == 1
    come.click()
    morning.line.is_cut = False
    all_sent(page)
    assert list(morning.stored()["came"]) == [letter["code"]]


def test_where_the_browser_reads_no_codes_it_says_so(browser: Browser, morning: Morning) -> None:
    context = device(browser, morning)
    context.add_init_script("delete window.BarcodeDetector")
    page = at_the_door(context, morning)
    expect(page.get_by_text("Trình duyệt này không tự đọc được mã QR.")).to_be_visible()
    expect(page.get_by_role("button", name="Quét mã trên giấy mời")).to_be_hidden()


# ---- as everybody else sees it


def test_without_scripts_the_forms_do_the_same(browser: Browser, morning: Morning) -> None:
    page = device(browser, morning, java_script_enabled=False).new_page()
    page.goto(morning.facts["door"])
    sign_in(page, morning, "clerk")
    code = morning.person(1)["code"]
    row(page, code).locator("button[value=den]").click()
    expect(page.locator("[data-did-words]")).to_contain_text("đã đến.")
    page.get_by_role("link", name="Ghi nhầm? Rút lại").click()
    row(page, code).locator("summary").click()
    row(page, code).get_by_role("button", name="Rút lại, chưa đến").click()
    expect(page.locator("[data-did-words]")).to_contain_text("Đã rút lại")
    let_in(page, "Trần Thị Đến")
    assert morning.stored()["walk_ins"] == ["Trần Thị Đến"]


def test_the_office_sees_all_venues_change_and_loses_nothing_it_was_writing(browser: Browser, morning: Morning) -> None:
    office = device(browser, morning).new_page()
    office.goto(morning.facts["presence"])
    sign_in(office, morning, "hoa")
    venue = office.locator(f'[data-venue="{morning.facts["venue"]}"]')
    expect(venue.locator("[data-there]")).to_have_text("0")
    venue.get_by_text("Ghi người vắng").click()
    absent = office.locator(f'[data-missing="{morning.person(5)["code"]}"]')
    absent.get_by_label("Lý do vắng (để trống nếu không rõ)").fill("Ốm, người nhà báo")
    page = at_the_door(device(browser, morning), morning)
    tap(page, morning.person(1)["code"])
    expect(venue.locator("[data-there]")).to_have_text("1", timeout=LONG)
    expect(office.locator(f'[data-missing="{morning.person(1)["code"]}"]')).to_be_hidden()
    expect(absent.get_by_label("Lý do vắng (để trống nếu không rõ)")).to_have_value("Ốm, người nhà báo")
    absent.get_by_role("button", name="Ghi vắng").click()
    expect(office.get_by_role("status").filter(has_text="Vắng có lý do 1")).to_be_visible()
    expect(venue.locator('[data-n="excused"]')).to_have_text("1")


def test_the_pages_are_whole_at_every_width_with_everything_on_them(browser: Browser, morning: Morning) -> None:
    context = device(browser, morning)
    page = at_the_door(context, morning, "chair")
    tap(page, morning.person(1)["code"])
    all_sent(page)
    morning.line.is_cut = True
    tap(page, morning.person(2)["code"])
    expect(line_of(page)).to_contain_text("Mất mạng từ")
    for place in (2, 3):
        row(page, morning.person(place)["code"]).locator("summary").click()
    _whole(page)
    morning.line.is_cut = False
    page.goto(morning.facts["presence"])
    page.get_by_text("Ghi người vắng").first.click()
    _whole(page)


def _whole(page: Page) -> None:
    page.evaluate(axe())
    for width, height in (DESK, PHONE, (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(WIDER) <= 0
        assert violations(page, DEPENDING_ON_WIDTH) == []
    assert violations(page, STANDARDS) == []


HELD = """async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname);
}"""


def test_the_worker_rules_nothing_but_this_venues_door(browser: Browser, morning: Morning) -> None:
    page = at_the_door(device(browser, morning), morning)
    scopes = page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).map(one => one.scope)")
    assert scopes == [morning.line.url + re.sub(r"\d+/$", "", morning.facts["door"])]
    page.wait_for_function(f"async () => ({HELD})().then(held => held.some(path => path.endsWith('.json')))")
    held = page.evaluate(HELD)
    named = sorted(path for path in held if not path.startswith("/static/"))
    assert [path.rpartition("/")[2] for path in named] == ["", "tinh-hinh.json", "het-han"]
    assert named[0] == morning.facts["door"]
