"""The main job: a whole dialogue from its plan to its published result, on a simulated clock.

Each act is done by the role that would do it, through the product's own verbs. It makes its own
database and files, marks them as a rehearsal for good, and sends nothing to anybody.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from doithoai.config import env

DATABASE = "rehearsal.sqlite3"
MARK = "DIEN-TAP.txt"
SEED = "dien-tap"


class CannotRehearse(Exception):
    """The answer is no, in one sentence; nothing was changed."""


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(
        prog="doithoai rehearse", description="Diễn tập trọn một cuộc đối thoại từ kế hoạch."
    )
    made.add_argument("plan", nargs="?", help="kế hoạch (.docx .pdf .txt .md); bỏ trống: kế hoạch mẫu Đông Hòa 2021")
    made.add_argument("--records", help="bảng hồ sơ một cửa (.xlsx .xls .csv); bỏ trống: người và hồ sơ hư cấu")
    made.add_argument("--database", help="địa chỉ cơ sở dữ liệu còn trống (sqlite:////… hoặc postgres://…)")
    made.add_argument("--out", required=True, help="thư mục nhận văn bản và tổng kết")
    made.add_argument("--no-serve", action="store_true", help="xong thì dừng, không mở trang để xem")
    return made


def main(argv: Sequence[str]) -> int:
    """Run the rehearsal; 0 when every sum holds, 1 with one sentence when it cannot or does not."""
    given = parser().parse_args(argv)
    out = Path(given.out).resolve()
    try:
        _prepare(out, given.database)
        report = _rehearse(out, given.plan, given.records)
    except (CannotRehearse, env.BadSetting) as no:
        print(no, file=sys.stderr)
        return 1
    if report and sys.stdin.isatty() and not given.no_serve:
        from doithoai.ops.rehearse.serving import serve

        serve()
    return 0 if report else 1


def _prepare(out: Path, database: str | None) -> None:
    """An own folder, database and key: nothing of a real office is ever touched."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise CannotRehearse(f"Thư mục {out} đang có tệp khác. Cần một thư mục trống hoặc của lần diễn tập trước.")
    if out.exists():
        _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).write_text("Bản diễn tập, không có giá trị pháp lý.\n", encoding="utf-8")
    env.use_database(database or f"sqlite:///{out / DATABASE}")
    chosen = env.database()
    files = f"{chosen.path}.files" if chosen.is_sqlite else str(out / "files")
    env.use(DOITHOAI_FILES=files, DOITHOAI_SECRET_KEY=f"{SEED}-{out.name}")
    env.use_settings()


def _clear(out: Path) -> None:
    """Take away what the rehearsal before left, and only that."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "summary.json", "minh-chung.zip"):
        (out / name).unlink(missing_ok=True)
    for name in (f"{DATABASE}.files", "papers", "draws"):
        shutil.rmtree(out / name, ignore_errors=True)


def _rehearse(out: Path, plan: str | None, records: str | None) -> bool:
    import django

    django.setup()
    from doithoai.ops.rehearse import stage

    summary = stage.perform(out, plan=plan, records=records, seed=SEED)
    (out / "summary.json").write_text(json.dumps(summary.facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return summary.holds
