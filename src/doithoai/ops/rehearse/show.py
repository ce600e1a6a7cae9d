"""What the terminal shows: progress phase by phase, the sums, the deadlines."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from doithoai.ops.rehearse.summary import Summary
from doithoai.ops.rehearse.world import World
from doithoai.rules.vietnamese import page_date

WIDTH = 52


def phase(words: str, seconds: float) -> None:
    """One finished phase."""
    print(f"  {words:<{WIDTH}} {seconds:>6.2f} s", flush=True)


def report(world: World, summary: Summary, out: Path) -> None:
    """The reconciliation, the deadlines, and where everything lies."""
    facts = summary.facts
    print(f"\nDIỄN TẬP: {world.dialogue.subject}\n")
    _people(facts["people"])
    _turns(facts["turns"])
    _opinions(facts["opinions"], facts["notice"])
    print("\nThời hạn")
    for row in facts["deadlines"]:
        _deadline(row)
    journal = facts["journal"]
    state = "khớp" if journal["verified"] else "KHÔNG KHỚP"
    print(f"\nNhật ký: {journal['entries']} mục, {state}; mã đầu chuỗi {journal['head'][:16]}…")
    print(
        f"Văn bản: {len(facts['papers']) + len(facts['other_papers'])}, mỗi văn bản một DOCX và một PDF, trong {out / 'papers'}"
    )
    print(f"Minh chứng: {out / facts['evidence']['file']}")
    print(f"Tổng kết: {out / 'summary.json'}")
    for line in summary.wrong:
        print(f"Chưa khớp: {line}", file=sys.stderr)


def _people(people: dict[str, int]) -> None:
    print("Người")
    print(
        f"  được mời {people['invited']} = có mặt {people['attended']} + đi thay {people['substituted']} "
        f"+ vắng có lý do {people['absent_with_reason']} + vắng không lý do {people['absent_without']} "
        f"+ trả lại chỗ {people['released']}"
    )


def _turns(turns: dict[str, int]) -> None:
    print("Lượt")
    print(
        f"  gọi {turns['called']} = đã nói {turns['spoke']} + vắng khi gọi {turns['skipped']} "
        f"+ xin rút {turns['withdrawn']} + hết giờ {turns['unheard']}; đã ghi biên bản {turns['minuted']}/{turns['spoke']}"
    )


def _opinions(opinions: dict[str, int], notice: dict[str, int]) -> None:
    print("Ý kiến")
    print(
        f"  nhận {opinions['received']} − rút {opinions['withdrawn']} = trả lời {opinions['answered']} "
        f"+ đang giải quyết {opinions['in_hand']} + chuyển {opinions['transferred']} + hướng dẫn {opinions['guided']} "
        f"+ không tiếp nhận {opinions['not_taken']} (gộp {opinions['merged']}, tố cáo {opinions['denunciations']})"
    )
    print("Thông báo kết quả")
    print(f"  {notice['lines']} dòng, {notice['published']} dòng đã công khai")


def _deadline(row: dict[str, Any]) -> None:
    due = date.fromisoformat(row["due_on"])
    met = f", xong {page_date(date.fromisoformat(row['met_on']))}" if row["met_on"] else ""
    bound = "ràng buộc" if row["binding"] else "để so sánh"
    print(f"  {page_date(due):<20} {bound:<11} {row['rule']}{met}")
    print(f"  {'':<20} {'':<11} {row['arithmetic']}")
