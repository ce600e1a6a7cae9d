"""The command `doithoai`. Exit 0: done, all well; 1: the answer is no, one sentence on stderr; 2: wrong usage."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from doithoai.config import env
from doithoai.kernel import clock


class No(Exception):
    """The answer is no; the sentence says what was found and what is safe."""


class Parser(argparse.ArgumentParser):
    """Speaks Vietnamese where argparse would speak English."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title = "cần có"
        self._optionals.title = "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện phần giúp này")

    def format_usage(self) -> str:
        """One line of usage."""
        return super().format_usage().replace("usage:", "cách dùng:", 1)

    def format_help(self) -> str:
        """The whole help."""
        return super().format_help().replace("usage:", "cách dùng:", 1)

    def error(self, message: str) -> NoReturn:
        """End with exit code 2 and one sentence."""
        self.exit(2, f"Lệnh chưa đúng ({message}); xem “{self.prog} --help”.\n")


def _run(parser: Parser) -> None:
    parser.add_argument("--no-worker", action="store_true", help="không mở kèm tiến trình làm việc nền")


def _work(parser: Parser) -> None:
    parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")
    parser.add_argument(
        "--with-parent", metavar="SỐ", type=int, help="tự dừng khi tiến trình có số này không còn mở nó"
    )


def _verify(parser: Parser) -> None:
    parser.add_argument("--head", metavar="MÃ", help="mã nhật ký in ở chân một văn bản, để đối chiếu")


def _out_file(parser: Parser) -> None:
    parser.add_argument("--out", metavar="TỆP", type=Path, required=True, help="tệp sao lưu sẽ tạo")


def _restore(parser: Parser) -> None:
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp sao lưu")
    parser.add_argument("--out", metavar="THƯ_MỤC", type=Path, required=True, help="thư mục trống để phục hồi vào")


def _plan(parser: Parser) -> None:
    parser.add_argument("action", choices=["read"], metavar="read", help="đọc kế hoạch")
    parser.add_argument("file", metavar="TỆP", type=Path, help="kế hoạch: .docx, .pdf, .txt hoặc .md")
    parser.add_argument("--json", action="store_true", help="in toàn bộ dưới dạng JSON")


def _draw(parser: Parser) -> None:
    parser.add_argument("action", choices=["verify"], metavar="verify", help="kiểm tra một lần bốc thăm")
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp bốc thăm đã công bố")
    parser.add_argument("--commitment", metavar="MÃ", help="mã đối chiếu trong thông báo")


def _out_folder(parser: Parser) -> None:
    parser.add_argument("--out", metavar="THƯ_MỤC", type=Path, required=True, help="thư mục trống để xuất ra")


def _begin(parser: Parser) -> None:
    parser.add_argument("--code", metavar="MÃ", help="mã ngắn của cơ quan trong hệ thống, ví dụ PDH")
    parser.add_argument("--place", metavar="ĐỊA_DANH", help="mã địa danh chính thức, hoặc tên phường, xã kèm tỉnh")
    parser.add_argument("--name", metavar="TÊN", help="tên đầy đủ; mặc định theo địa danh")
    parser.add_argument("--profile", metavar="BỘ", help="bộ quy định; mặc định theo cấp")
    parser.add_argument("--zone", metavar="MÚI_GIỜ", help="mặc định Asia/Ho_Chi_Minh")
    parser.add_argument("--phone", metavar="SỐ", help="điện thoại ghi trên giấy mời")
    parser.add_argument("--admin", metavar="HỌ_TÊN", help="người quản trị đầu tiên")
    parser.add_argument("--address-form", metavar="XƯNG_HÔ", help="ông hoặc bà")
    parser.add_argument("--title", metavar="CHỨC_DANH", help="chức danh của người ấy")


def _link(parser: Parser) -> None:
    parser.add_argument("username", metavar="TÀI_KHOẢN", help="tên tài khoản")


def _nothing_more(parser: Parser) -> None:
    """Doctor takes only a database."""


def start(database: str | None = None, *, tables: bool = True, must_exist: bool = False) -> None:
    """Make the product ready in this process: the database chosen, Django set up, missing tables made.

    Raises No when `must_exist` and there is no such SQLite file: nothing to check is not “all well”.
    """
    choose(database, must_exist=must_exist)
    env.use_settings()
    _set_up()
    if tables:
        make_tables()
        keep_time()


def _set_up() -> None:
    try:
        django.setup()
    except ImproperlyConfigured as missing:
        if "psycopg" not in str(missing):
            raise
        raise No(
            "Chưa nối được PostgreSQL: máy này thiếu thư viện psycopg. Cài bằng: .venv/bin/uv sync --extra postgres."
        ) from missing


def keep_time() -> None:
    """A rehearsal's clock runs on from where the rehearsal ended; any other database keeps the machine's."""
    from doithoai.directory.queries import rehearsed_until  # rooms may be imported only once Django is set up

    ended = rehearsed_until()
    if ended:
        clock.run_from(ended)


def choose(database: str | None, *, must_exist: bool = False) -> None:
    """Choose the database without opening it; the folder of a SQLite file is made."""
    if database:
        env.use_database(database)
    base = env.database()
    if not base.is_sqlite:
        return
    if must_exist and not base.path.exists():
        raise No(f"Không có cơ sở dữ liệu {base.path}; chưa tạo gì.")
    base.path.parent.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what it does, its arguments, and how the database is made ready (None: it needs none)."""

    what: str
    arguments: Callable[[Parser], None]
    begin: Callable[[str | None], None] | None = None


_existing = partial(start, must_exist=True)
COMMANDS = {
    "begin": Command("thiết lập một cơ quan và người quản trị đầu tiên; hỏi điều còn thiếu", _begin, start),
    "link": Command("tạo một đường dẫn đăng nhập dùng một lần cho một tài khoản", _link, _existing),
    "run": Command("chạy trang web và việc nền", _run, start),
    "work": Command("làm việc nền: tạo bản in", _work, start),
    "verify": Command("kiểm tra toàn bộ nhật ký, văn bản và tệp", _verify, _existing),
    "backup": Command("sao lưu cơ sở dữ liệu, tệp và khóa vào một tệp", _out_file, partial(choose, must_exist=True)),
    "restore": Command("phục hồi một bản sao lưu vào thư mục trống và kiểm tra", _restore),
    "doctor": Command("xem máy và thiết lập có dùng được không", _nothing_more, partial(start, tables=False)),
    "plan": Command("đọc một kế hoạch đối thoại", _plan),
    "draw": Command("kiểm tra một lần bốc thăm đã công bố", _draw),
    "export": Command("xuất văn bản, nhật ký và tệp bốc thăm", _out_folder, _existing),
}
REHEARSE = "  rehearse    diễn tập trọn một cuộc đối thoại; xem “doithoai rehearse --help”"


def parser_of(name: str) -> Parser:
    """The parser of one command."""
    command = COMMANDS[name]
    parser = Parser(f"doithoai {name}", command.what)
    command.arguments(parser)
    if command.begin:
        parser.add_argument("--database", metavar="URL", help="sqlite:////đường/dẫn/tuyệt/đối hoặc postgres://…")
    return parser


def overview() -> str:
    """What `doithoai` alone says."""
    lines = [f"  {name:<11} {command.what}" for name, command in COMMANDS.items()]
    return "\n".join(["cách dùng: doithoai LỆNH …", "", *sorted([*lines, REHEARSE]), ""])


def missing_tables() -> int:
    """How many steps of the tables are not there yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_tables() -> None:
    """Make the tables that are missing, quietly."""
    if missing_tables():
        call_command("migrate", verbosity=0, interactive=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    name, rest = (words[0], words[1:]) if words else ("", [])
    if name in ("-h", "--help"):
        sys.stdout.write(overview())
        return 0
    if name not in COMMANDS and name != "rehearse":
        sys.stderr.write(overview())
        return 2
    try:
        return _do(name, rest)
    except env.BadSetting as wrong:
        return _say(str(wrong), 2)
    except No as no:
        return _say(str(no), 1)
    except DatabaseError as broken:
        return _say(f"Cơ sở dữ liệu không dùng được: {broken}.", 1)
    except OSError as broken:
        return _say(f"Không đọc hoặc ghi được {broken.filename or 'tệp'}: {broken.strerror or broken}.", 1)


def _do(name: str, rest: list[str]) -> int:
    module = f"doithoai.ops.{name}"
    if name == "rehearse":
        return int(importlib.import_module(module).main(rest))
    try:
        args = parser_of(name).parse_args(rest)
    except SystemExit as ended:
        return int(ended.code or 0)
    begin = COMMANDS[name].begin
    if begin:
        begin(args.database)  # before the command's own module, which may import rooms
    return int(importlib.import_module(module).main(args))


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(sentence.replace("\n", " ") + "\n")
    return code
