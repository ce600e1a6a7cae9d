"""Anybody runs a draw again on a telephone: the machine repeats each step, and names the first thing that differs."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from doithoai.rules.draw import Feature, LotteryRules, PoolRow, Rules, kinds_of, published, solve
from tests.browser.watching import PHONE, Visits, visit

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(going_on: Visits) -> Page:
    """The public page of two draws, the first by wards alone, the second under several quotas."""
    return visit(going_on.anyone(PHONE), f"/cong-khai/{going_on.site.dialogue}/boc-tham/")


def part_of(page: Page, ordinal: int) -> Locator:
    return page.locator(f"#chay-lai-{ordinal}")


def document_of(page: Page, ordinal: int) -> Any:
    return json.loads(page.request.get(f"{page.url.split('#')[0]}{ordinal}.json").text())


def check(part: Locator, document: Any, folder: Path) -> Locator:
    """Give the page a file, as somebody does who got it elsewhere; what it says."""
    file = folder / "boc-tham.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    part.locator("input[type=file]").set_input_files(file)
    return part.locator("[data-verdict]")


STEPS = {1: ["Khớp"] * 5, 2: ["Khớp"] * 6}


@pytest.mark.parametrize("ordinal", [1, 2])
def test_it_gets_the_very_list_that_is_published(phone: Page, ordinal: int) -> None:
    part = part_of(phone, ordinal)
    part.get_by_role("button", name="Chạy lại trên máy này").click()
    expect(part.locator("[data-verdict]")).to_contain_text("Khớp hoàn toàn: 15 người được chọn")
    assert part.locator("[data-state]").all_inner_texts() == STEPS[ordinal]
    document = document_of(phone, ordinal)
    expect(part.locator('[data-slot="commitment"]')).to_have_text(
        " ".join(document["commitment"][at : at + 8] for at in range(0, 64, 8))
    )
    if ordinal == 2:
        expect(part.locator('[data-slot="panel"]')).to_have_text(str(document["result"]["panel"]))
        expect(part.locator('[data-slot="least"]')).to_contain_text(" %")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def tampered(document: Any) -> dict[str, tuple[Any, str]]:
    """One change each, and what is said of it."""
    changes: dict[str, tuple[Any, str]] = {}

    def change(name: str, says: str) -> Any:
        copy = json.loads(json.dumps(document))
        changes[name] = (copy, says)
        return copy

    swapped = change("swapped", "thứ 1: tệp ghi ")
    group = next(s for s, codes in swapped["result"]["chosen"].items() if codes and swapped["result"]["reserves"][s])
    chosen, reserves = swapped["result"]["chosen"][group], swapped["result"]["reserves"][group]
    chosen[0], reserves[0] = reserves[0], chosen[0]
    changes["swapped"] = (swapped, f"{group}, thứ 1: tệp ghi {chosen[0]}, tính lại được {reserves[0]}.")
    change("person", "Mã đối chiếu: tệp ghi ")["pool"].pop()
    change("seed", "Hạt giống: tệp ghi ")["seed"] = "0" * 64
    change("value", "Hạt giống: tệp ghi ")["event"]["value"] += "1"
    return changes


@pytest.mark.parametrize("ordinal", [1, 2])
@pytest.mark.parametrize("what", ["swapped", "person", "seed", "value"])
def test_a_changed_file_is_found_out_with_the_first_difference(
    phone: Page, ordinal: int, what: str, tmp_path: Path
) -> None:
    document, says = tampered(document_of(phone, ordinal))[what]
    part = part_of(phone, ordinal)
    verdict = check(part, document, tmp_path)
    expect(verdict).to_contain_text("Không khớp. Chỗ khác đầu tiên:")
    expect(verdict).to_contain_text(says)
    assert part.locator("[data-state]").all_inner_texts().count("Khác") == 1
    expect(part.locator("[data-own]")).to_be_hidden()


def test_a_table_that_was_changed_in_one_ticket_is_found_out(phone: Page, tmp_path: Path) -> None:
    document = document_of(phone, 2)
    document["rules"]["lottery"]["panels"][0][0] += 1
    expect(check(part_of(phone, 2), document, tmp_path)).to_contain_text("Mã đối chiếu: tệp ghi ")
    ticket = document_of(phone, 2)
    ticket["result"]["ticket"] += 1
    expect(check(part_of(phone, 2), ticket, tmp_path)).to_contain_text("Vé trúng: tệp ghi ")


def test_another_file_is_answered_in_one_sentence(phone: Page, tmp_path: Path) -> None:
    expect(check(part_of(phone, 1), "%PDF-1.7", tmp_path)).to_contain_text("Không đọc được tệp")
    expect(check(part_of(phone, 1), {"pool": 1}, tmp_path)).to_contain_text("Không đọc được tệp")


@pytest.mark.parametrize("ordinal", [1, 2])
def test_a_code_is_found_with_its_place_and_its_chance(phone: Page, ordinal: int) -> None:
    part, document = part_of(phone, ordinal), document_of(phone, ordinal)
    part.get_by_role("button", name="Chạy lại trên máy này").click()
    group, codes = next((s, codes) for s, codes in document["result"]["chosen"].items() if codes)
    box, answer = part.get_by_label("Tìm một mã trong danh sách"), part.locator("[data-answer]")
    box.fill(codes[0].lower())
    box.press("Enter")
    expect(answer).to_contain_text(f"Mã {codes[0]} ({group.replace('|', ', ')}): được chọn, thứ 1 của nhóm.")
    expect(answer).to_contain_text("Khả năng được chọn trước khi bốc: ")
    box.fill("KHONGCO")
    box.press("Enter")
    expect(answer).to_have_text("Mã KHONGCO không có trong danh sách này.")


RUN_ALL = """async (documents) => {
  const { runAgain, sha256 } = await import("/static/portal/draw.js");
  return documents.map((document) => {
    const run = runAgain(document, document.commitment);
    return { wrong: run.steps.find((step) => step.difference)?.difference ?? null, hash: sha256(document.text), drawn: run.mine };
  });
}"""


def test_the_browser_agrees_with_the_product_on_odd_lists(phone: Page) -> None:
    """Households, letters beyond the common ones, groups called by numbers, texts of every length that SHA-256 pads."""
    documents = [{**document, "text": "ữx"[at % 2] * at} for at, document in enumerate(odd_documents())]
    found = phone.evaluate(RUN_ALL, documents)
    assert len(found) > 60
    for document, told in zip(documents, found, strict=True):
        assert told["wrong"] is None, document["rules"]
        assert told["hash"] == sha256(document["text"].encode()).hexdigest()
        assert told["drawn"]["chosen"] == document["result"]["chosen"]
        assert told["drawn"]["reserves"] == document["result"]["reserves"]


def odd_documents() -> Iterator[dict[str, Any]]:
    """Draws of many shapes, as they are published."""
    for size in range(4, 64, 2):
        groups = (["9", "10", "Ấ\u0301"], ["𝔸", "\uffee"], ["HV"])[size % 3]
        pool = [
            PoolRow(f"Ü{n}", groups[n % len(groups)], f"h{n // 6}.{n % len(groups)}" if n < 18 else None)
            for n in range(size)
        ]
        yield published(pool, Rules("Xổ số “kỳ 1”\\", total=1), value=f"{size}\t", source="")
    quotas = (Feature("Nơi", {"A": (0, 3), "B": (1, 4)}), Feature("Giới", {"nam": (1, 3), "nữ": (1, 3)}))
    for size in range(16, 80, 2):
        rows = [(("A", "B")[n % 3 > 1], ("nam", "nữ")[n % 5 > 2]) for n in range(size)]
        pool = [PoolRow(f"Ü{n}", "|".join(row), f"h{n // 3}" if n < size // 2 else None) for n, row in enumerate(rows)]
        table = solve(kinds_of(pool, True), quotas, 4)
        yield published(pool, LotteryRules("Xổ số", 4, quotas, table, conditions=("Ấ",)), value=f"{size}", source="")


def test_a_lost_network_is_said_and_can_be_tried_again(phone: Page) -> None:
    part = part_of(phone, 1)
    phone.context.set_offline(True)
    part.get_by_role("button", name="Chạy lại trên máy này").click()
    expect(part.locator("[data-verdict]")).to_have_text("Chưa tải được bản công bố. Xin thử lại khi có mạng.")
    phone.context.set_offline(False)
    part.get_by_role("button", name="Chạy lại trên máy này").click()
    expect(part.locator("[data-verdict]")).to_contain_text("Khớp hoàn toàn")


def test_without_scripts_the_way_by_file_is_told(going_on: Visits) -> None:
    page = visit(going_on.anyone(PHONE, java_script_enabled=False), f"/cong-khai/{going_on.site.dialogue}/boc-tham/")
    part = part_of(page, 2)
    expect(part.get_by_role("button", name="Chạy lại trên máy này")).to_be_hidden()
    expect(part.get_by_role("heading", name="Tự kiểm bằng tệp")).to_be_visible()
    expect(part.get_by_role("link", name="Chương trình kiểm tra")).to_be_visible()
    expect(part.locator("code")).to_contain_text("python draw_verifier.py")
