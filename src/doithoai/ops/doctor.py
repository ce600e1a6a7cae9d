"""`doithoai doctor`: whether this machine and its settings can carry a dialogue, and how to mend what cannot."""

import argparse
import platform
import shutil
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.db import DatabaseError, connection

from doithoai.config import env
from doithoai.directory.queries import is_rehearsal
from doithoai.documents.queries import oldest_job
from doithoai.documents.rendering.faces import FONTS
from doithoai.documents.worker import MOST_TRIES
from doithoai.kernel import clock, plugs
from doithoai.ops.command import missing_tables
from doithoai.outbox.queries import oldest_waiting

PYTHON = (3, 11)
SQLITE = (3, 35, 0)  # RETURNING, and window functions before it
FREE = 2 * 1024**3  # bytes
PATIENCE = timedelta(minutes=10)
WEB_FONTS = Path(__file__).resolve().parent.parent / "web" / "static" / "fonts"
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SECRET = {"sms", "zalo"}
GUARDED = ("journal_entry", "journal_witness")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `mend` is empty where all is well."""

    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"chưa đạt  {self.what}. Cách sửa: {self.mend}" if self.mend else f"đạt       {self.what}"


def _python() -> Finding:
    mend = "" if sys.version_info >= PYTHON else "cài Python 3.11 trở lên."
    return Finding(f"Python {platform.python_version()}", mend)


def _sqlite() -> Finding:
    if not env.database().is_sqlite:
        return Finding("PostgreSQL giữ dữ liệu")
    mend = "" if sqlite3.sqlite_version_info >= SQLITE else "cài bản Python có SQLite 3.35 trở lên."
    return Finding(f"SQLite {sqlite3.sqlite_version}", mend)


def _database() -> Finding:
    base = env.database()
    if base.is_sqlite and not base.path.exists():
        return Finding(f"chưa có cơ sở dữ liệu {base.path}", "chạy “doithoai run” một lần, hoặc sửa DOITHOAI_DATABASE.")
    missing = missing_tables()
    if missing:
        return Finding(f"cơ sở dữ liệu thiếu {missing} bước tạo bảng", "chạy “doithoai run” bằng bản đang cài.")
    return Finding("cơ sở dữ liệu mở được, đủ bảng")


def _append_only() -> Finding:
    """The triggers that refuse changes of the journal."""
    catalogue = (
        ("sqlite_master WHERE type = 'trigger'", "tbl_name", 2)
        if connection.vendor == "sqlite"
        else ("pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal", "c.relname", 1)
    )
    source, column, each = catalogue
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}, count(*) FROM {source} GROUP BY {column}")  # noqa: S608  (constants above)
        found = dict(cursor.fetchall())
    unguarded = [table for table in GUARDED if found.get(table, 0) < each]
    if unguarded:
        return Finding(
            f"bảng {', '.join(unguarded)} không còn chốt chống sửa",
            "chạy “doithoai verify”; nếu khớp, sao lưu rồi phục hồi từ bản sao lưu gần nhất còn chốt.",
        )
    return Finding("nhật ký chỉ thêm được, không sửa được")


def _files() -> Finding:
    folder = env.files()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(f"ghi được vào thư mục tệp {folder}")
    except OSError as problem:
        return Finding(
            f"không ghi được vào {folder} ({problem.strerror})", "cho tài khoản chạy chương trình quyền ghi."
        )


def _key() -> Finding:
    if env.secret_key():
        return Finding("khóa bí mật lấy từ DOITHOAI_SECRET_KEY")
    path = env.secret_key_file()
    if not path.exists():
        return Finding(f"chưa có tệp khóa {path}", "chạy “doithoai run” một lần.")
    mode = stat.S_IMODE(path.stat().st_mode)
    return Finding(f"tệp khóa {path}, quyền {mode:o}", f"chmod 600 {path}" if mode & 0o077 else "")


def _gateways() -> Finding:
    """By which ways messages leave, and whether the files that hold their secrets are closed to others."""
    named = [address for address in env.delivery() if not address.startswith("calls:")]
    if not named:
        return Finding("chưa nối cổng gửi tin nào: người được mời được gọi điện theo danh sách")
    files = [Path(path) for scheme, _colon, path in (address.partition(":") for address in named) if scheme in SECRET]
    open_ones = [path for path in files if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    mend = " && ".join(f"chmod 600 {path}" for path in open_ones)
    ways = ", ".join(address.partition(":")[0] for address in named)
    return Finding(f"cổng gửi tin: {ways}", mend)


def _paper_fonts() -> Finding:
    folder = env.font_folder()
    if folder and not any(folder.glob("*.[to]t[fc]")):
        return Finding(f"DOITHOAI_FONTS: {folder} không có phông chữ", "đặt phông vào đó, hoặc bỏ trống biến này.")
    missing = [face for face in FACES if not (FONTS / f"Tinos-{face}.ttf").exists()]
    mend = f"cài lại chương trình (thiếu Tinos {', '.join(missing)})." if missing else ""
    return Finding("phông chữ của văn bản", mend)


def _page_fonts() -> Finding:
    mend = "" if any(WEB_FONTS.glob("*.woff2")) else "chạy “make setup” để tạo phông chữ của trang."
    return Finding("phông chữ của trang", mend)


def _disk() -> Finding:
    folder = env.files()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    mend = "" if free >= FREE else "dọn ổ đĩa cho còn ít nhất 2 GB."
    return Finding(f"ổ đĩa còn {free / 1024**3:.1f} GB".replace(".", ","), mend)


def _names() -> Finding:
    """Hosts, listening address and printed address must speak of the same reach."""
    host, port = env.listen()
    outside = host not in LOOPBACK
    if outside and not env.is_public():
        return Finding(f"nghe ở {host}:{port} nhưng không nhận tên nào ngoài máy này", "đặt DOITHOAI_HOSTS.")
    printed = urlsplit(env.address()).hostname or ""
    if env.is_public() and printed not in env.hosts():
        return Finding(
            f"văn bản sẽ in địa chỉ {env.address()}, trang chỉ nhận {', '.join(env.hosts())}", "đặt DOITHOAI_ADDRESS."
        )
    return Finding(f"nghe ở {host}:{port}, địa chỉ in trên văn bản {env.address()}")


def _encrypted() -> Finding:
    plain = env.is_public() and urlsplit(env.address()).scheme != "https"
    mend = "đặt sau một máy chủ HTTPS và ghi https:// trong DOITHOAI_ADDRESS." if plain else ""
    return Finding("địa chỉ ra ngoài dùng HTTPS" if env.is_public() else "chỉ dùng trên máy này", mend)


def _work() -> Finding:
    job = oldest_job()
    if job is None:
        return Finding("không có việc nền nào đang chờ")
    waited = _age(clock.now(), job.asked_at)
    if job.tries >= MOST_TRIES:
        return Finding(
            f"bản in của {job.document.code} không tạo được: {job.problem}", "báo người bảo trì kèm câu này."
        )
    mend = "chạy “doithoai work” (“doithoai run” tự mở sẵn)." if waited > PATIENCE else ""
    return Finding(f"việc nền chờ lâu nhất {waited.total_seconds() / 60:.0f} phút", mend)


def _messages() -> Finding:
    """A message that a gateway should have had long ago: nobody is sending."""
    message = oldest_waiting(clock.now()) if plugs.plugged.delivery and not is_rehearsal() else None
    if message is None or message.next_at is None:
        return Finding("không có tin nào chờ gửi quá lâu")
    waited = _age(clock.now(), message.next_at)
    mend = "chạy “doithoai work” (“doithoai run” tự mở sẵn)." if waited > PATIENCE else ""
    return Finding(f"tin chờ gửi lâu nhất {waited.total_seconds() / 60:.0f} phút", mend)


def _age(now: datetime, then: datetime) -> timedelta:
    return max(now - then, timedelta())


def _mixture() -> Finding:
    processes = env.web_processes()
    if processes > 1:
        return Finding(
            f"{processes} tiến trình web, chuông báo chỉ kêu trong một tiến trình",
            "bỏ WEB_CONCURRENCY hoặc đặt bằng 1.",
        )
    if is_rehearsal() and env.is_public():
        return Finding("cơ sở dữ liệu diễn tập đang mở ra ngoài", "đặt DOITHOAI_DATABASE là cơ sở dữ liệu chính thức.")
    return Finding("các thiết lập hợp với nhau")


MACHINE = (_python, _sqlite, _files, _key, _gateways, _paper_fonts, _page_fonts, _disk, _names, _encrypted)
ROWS = (_append_only, _work, _messages, _mixture)


def findings() -> Iterator[Finding]:
    """Every line of the report; what needs rows is asked only where the database can be read."""
    for check in MACHINE:
        yield _asked(check)
    database = _asked(_database)
    yield database
    if not database.mend:
        yield from map(_asked, ROWS)


def _asked(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except env.BadSetting as wrong:
        return Finding("thiết lập không dùng được", str(wrong))
    except DatabaseError as broken:
        return Finding(f"cơ sở dữ liệu không đọc được ({broken})", "xem lại DOITHOAI_DATABASE, rồi “doithoai verify”.")


def main(args: argparse.Namespace) -> int:
    """Print every line; 1 when any of them needs mending."""
    found = list(findings())
    print(*found, sep="\n")
    wrong = sum(bool(finding.mend) for finding in found)
    if wrong:
        sys.stderr.write(f"Có {wrong} điều chưa đạt.\n")
    return 1 if wrong else 0
