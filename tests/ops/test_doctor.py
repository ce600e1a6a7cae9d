"""What the machine and the settings lack is said with how to mend it."""

import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from doithoai.directory.models import Installation as Row
from doithoai.documents.models import Job
from doithoai.documents.worker import MOST_TRIES
from doithoai.kernel import clock
from doithoai.ops import doctor
from doithoai.ops.doctor import Finding, findings
from tests.documents.desk import NOW, desk, numbered
from tests.ops.conftest import Installation, only_line

pytestmark = pytest.mark.django_db
Set = Callable[..., None]


@pytest.fixture
def setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Set:
    """A sound installation in the environment, whose variables a test may change."""
    for name in [name for name in os.environ if name.startswith("DOITHOAI_")]:
        monkeypatch.delenv(name)
    (tmp_path / "x.sqlite3").touch()
    key = tmp_path / "x.sqlite3.key"
    key.write_text("key")
    key.chmod(0o600)
    monkeypatch.setenv("DOITHOAI_DATABASE", f"sqlite:///{tmp_path}/x.sqlite3")
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "page.woff2").touch()
    monkeypatch.setattr(doctor, "WEB_FONTS", fonts)
    clock.stand_at(NOW + timedelta(minutes=1))

    def change(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return change


def wrong() -> list[Finding]:
    """What needs mending."""
    return [finding for finding in findings() if finding.mend]


def the_wrong_one() -> str:
    """The one line that needs mending."""
    (finding,) = wrong()
    return str(finding)


def test_a_sound_installation_needs_nothing(setting: Set) -> None:
    assert wrong() == []
    assert all(str(finding).startswith("đạt  ") for finding in findings())
    assert len(list(findings())) == len(doctor.MACHINE) + 1 + len(doctor.ROWS)


def test_every_line_that_needs_mending_says_how(setting: Set) -> None:
    setting(DOITHOAI_LISTEN="0.0.0.0:80")
    line = the_wrong_one()
    assert line.startswith("chưa đạt  ")
    assert "Cách sửa: " in line


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"DOITHOAI_LISTEN": "0.0.0.0:80"}, "đặt DOITHOAI_HOSTS"),
        ({"DOITHOAI_LISTEN": "nowhere"}, "DOITHOAI_LISTEN: “nowhere”"),
        ({"WEB_CONCURRENCY": "2"}, "2 tiến trình web"),
        ({"WEB_CONCURRENCY": "many"}, "WEB_CONCURRENCY: “many”"),
        (
            {"DOITHOAI_HOSTS": "doithoai.example", "DOITHOAI_ADDRESS": "http://doithoai.example"},
            "đặt sau một máy chủ HTTPS",
        ),
        ({"DOITHOAI_HOSTS": "doithoai.example", "DOITHOAI_ADDRESS": "https://khac.example"}, "đặt DOITHOAI_ADDRESS"),
        ({"DOITHOAI_FONTS": "/nowhere"}, "DOITHOAI_FONTS: /nowhere không có phông chữ"),
        ({"DOITHOAI_SECRET_FILE": "/nowhere/key"}, "chưa có tệp khóa /nowhere/key"),
    ],
)
def test_senseless_settings_are_named(setting: Set, values: dict[str, str], said: str) -> None:
    setting(**values)
    assert said in the_wrong_one()


def test_a_public_site_with_https_is_sound(setting: Set) -> None:
    setting(
        DOITHOAI_HOSTS="doithoai.example", DOITHOAI_ADDRESS="https://doithoai.example", DOITHOAI_LISTEN="0.0.0.0:80"
    )
    assert wrong() == []


def test_a_rehearsal_is_not_opened_to_the_world(setting: Set) -> None:
    setting(DOITHOAI_HOSTS="doithoai.example", DOITHOAI_ADDRESS="https://doithoai.example")
    Row.objects.create(is_rehearsal=True)
    assert "cơ sở dữ liệu diễn tập đang mở ra ngoài" in the_wrong_one()


def test_a_key_that_others_may_read_is_named(setting: Set, tmp_path: Path) -> None:
    key = tmp_path / "x.sqlite3.key"
    key.chmod(0o644)
    assert f"chmod 600 {key}" in the_wrong_one()
    assert stat.S_IMODE(key.stat().st_mode) == 0o644


def test_a_key_from_the_environment_needs_no_file(setting: Set, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3.key").unlink()
    assert "chưa có tệp khóa" in the_wrong_one()
    setting(DOITHOAI_SECRET_KEY="x")
    assert wrong() == []


def test_a_folder_that_cannot_be_written_is_named(setting: Set, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3.files").write_text("a file, no folder")
    assert "không ghi được vào" in " ".join(map(str, wrong()))


def test_missing_fonts_are_named(setting: Set, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "WEB_FONTS", tmp_path / "none")
    assert "phông chữ của trang" in the_wrong_one()
    monkeypatch.setattr(doctor, "FONTS", tmp_path / "none")
    assert "thiếu Tinos Regular, Bold, Italic, BoldItalic" in str(wrong()[0])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("PYTHON", (9, 0), "cài Python 3.11"), ("SQLITE", (9, 0, 0), "SQLite 3.35"), ("FREE", 1 << 60, "dọn ổ đĩa")],
)
def test_an_old_or_full_machine_is_named(
    setting: Set, monkeypatch: pytest.MonkeyPatch, name: str, value: object, said: str
) -> None:
    monkeypatch.setattr(doctor, name, value)
    assert said in the_wrong_one()


def test_a_missing_database_is_named_and_no_rows_are_asked(setting: Set, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").unlink()
    assert f"chưa có cơ sở dữ liệu {tmp_path}/x.sqlite3" in the_wrong_one()
    assert len(list(findings())) == len(doctor.MACHINE) + 1


def test_missing_tables_are_counted(setting: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "missing_tables", lambda: 3)
    assert "thiếu 3 bước tạo bảng" in the_wrong_one()


def test_a_journal_without_its_guards_is_named(setting: Set) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_entry_no_delete")
    assert "bảng journal_entry không còn chốt chống sửa" in the_wrong_one()


def test_work_that_waits_too_long_is_named_with_its_age(setting: Set) -> None:
    numbered(desk("DH"))
    assert wrong() == []
    clock.stand_at(NOW + timedelta(minutes=45))
    assert "việc nền chờ lâu nhất 45 phút. Cách sửa: chạy “doithoai work”" in the_wrong_one()
    Job.objects.update(tries=MOST_TRIES, problem="ValueError: không vẽ được")
    assert "bản in của DH-VB01 không tạo được: ValueError: không vẽ được" in the_wrong_one()


def test_the_command_ends_with_1_when_something_is_wrong(office: Installation) -> None:
    office.key.chmod(0o640)
    run = office.run("doctor")
    assert run.returncode == 1
    assert "chưa đạt  tệp khóa" in run.stdout
    assert only_line(run.stderr).startswith("Có ")


def test_the_command_makes_no_database(office: Installation, tmp_path: Path) -> None:
    run = office.run("doctor", "--database", f"sqlite:///{tmp_path}/none.sqlite3")
    assert run.returncode == 1
    assert not (tmp_path / "none.sqlite3").exists()
