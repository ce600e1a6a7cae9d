"""The command line: exit codes, one sentence on stderr, and every word in Vietnamese."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from doithoai.ops import command
from doithoai.ops.command import COMMANDS, No, main, parser_of
from tests.ops.conftest import Installation, only_line

SEED = Path(__file__).resolve().parents[1] / "planning" / "imports" / "plans" / "dong-hoa.md"


def test_without_a_command_the_overview_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    shown = capsys.readouterr().err
    for name in (*COMMANDS, "rehearse"):
        assert f"  {name} " in shown
    assert "usage" not in shown


def test_help_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "cách dùng: doithoai" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_vietnamese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"cách dùng: doithoai {name}")
    assert COMMANDS[name].what.split()[0] in shown
    for english in ("usage", "options", "positional", "show this"):
        assert english not in shown


@pytest.mark.parametrize(
    "words",
    [
        ["unknown"],
        ["verify", "--unknown"],
        ["verify", "--head"],
        ["verify", "--hea", "x"],
        ["restore"],
        ["backup"],
        ["plan", "write", "x"],
        ["draw", "verify"],
    ],
)
def test_wrong_usage_ends_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err


def test_wrong_arguments_are_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", "--unknown"])
    line = only_line(capsys.readouterr().err)
    assert line.startswith("Lệnh chưa đúng (")
    assert line.endswith("xem “doithoai verify --help”.")


@pytest.mark.parametrize(
    ("problem", "code", "sentence"),
    [
        (No("Không khớp. DH số 4: lời đã bị thay đổi."), 1, "Không khớp. DH số 4: lời đã bị thay đổi."),
        (No("hai\ndòng"), 1, "hai dòng"),
        (OSError(28, "No space left", "/tmp/x"), 1, "Không đọc hoặc ghi được /tmp/x: No space left."),
        (FileNotFoundError(2, "No such file", "a.tar"), 1, "Không đọc hoặc ghi được a.tar: No such file."),
    ],
)
def test_a_failure_is_one_sentence_and_exit_1(
    problem: Exception, code: int, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(args: object) -> int:
        raise problem

    monkeypatch.setattr(command.importlib, "import_module", lambda name: SimpleNamespace(main=fails))
    assert main(["draw", "verify", "x.json"]) == code
    assert only_line(capsys.readouterr().err) == sentence


def test_the_rehearsal_gets_its_words_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[list[str]] = []
    module = ModuleType("doithoai.ops.rehearse")

    def rehearse(words: list[str]) -> int:
        got.append(words)
        return 1

    monkeypatch.setattr(module, "main", rehearse, raising=False)
    monkeypatch.setitem(sys.modules, "doithoai.ops.rehearse", module)
    assert main(["rehearse", "plan.md", "--out", "x", "--help"]) == 1
    assert got == [["plan.md", "--out", "x", "--help"]]


def test_commands_that_read_an_installation_take_its_address() -> None:
    for name, asked in COMMANDS.items():
        has = "--database" in parser_of(name).format_help()
        assert has == (asked.begin is not None), name
    read = {"verify", "run", "work", "backup", "doctor", "export", "begin", "link"}
    assert read == {name for name, asked in COMMANDS.items() if asked.begin}


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://relative.sqlite3", "office.sqlite3", ""])
def test_an_address_that_cannot_be_used_is_wrong_usage(office: Installation, url: str) -> None:
    run = office.run("verify", "--database", url)
    if not url:
        assert run.returncode == 0  # an empty address means the one of the environment
        return
    assert run.returncode == 2
    assert only_line(run.stderr).startswith("DOITHOAI_DATABASE: ")


@pytest.mark.parametrize("name", ["verify", "export", "backup"])
def test_nothing_to_check_is_not_all_well(office: Installation, tmp_path: Path, name: str) -> None:
    missing = tmp_path / "missing.sqlite3"
    out = ["--out", str(tmp_path / "out")] if name != "verify" else []
    run = office.run(name, "--database", f"sqlite:///{missing}", *out)
    assert run.returncode == 1
    assert only_line(run.stderr) == f"Không có cơ sở dữ liệu {missing}; chưa tạo gì."
    assert not missing.exists()
    assert not (tmp_path / "out").exists()


def test_tables_are_made_when_missing_and_quietly(office: Installation, tmp_path: Path) -> None:
    new = tmp_path / "deep" / "new.sqlite3"
    run = office.run("work", "--once", "--database", f"sqlite:///{new}")
    assert (run.returncode, run.stdout, run.stderr) == (0, "Đã làm 0 việc.\n", "")
    with closing(sqlite3.connect(new)) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"journal_entry", "people_text", "documents_document"} <= tables


def test_a_file_that_is_no_database_is_said_so(office: Installation) -> None:
    office.path.write_bytes(b"this is not a database, but long enough to be looked at" * 99)
    run = office.run("verify")
    assert run.returncode == 1
    assert only_line(run.stderr).startswith("Cơ sở dữ liệu không dùng được: ")


def test_a_plan_is_read_as_json_without_any_database(tmp_path: Path) -> None:
    import json
    import subprocess

    surroundings = {"DOITHOAI_DATABASE": f"sqlite:///{tmp_path}/none.sqlite3", "PATH": ""}
    run = subprocess.run(
        [sys.executable, "-m", "doithoai.ops", "plan", "read", str(SEED), "--json"],
        env=surroundings, capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    plan = json.loads(run.stdout)
    assert plan["platform"] == "Microsoft Teams"
    assert [row["expected"] for row in plan["sittings"]] == [15, 15]
    assert list(tmp_path.iterdir()) == []


def test_a_plan_is_summed_up_with_its_doubts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(SEED)]) == 0
    shown = capsys.readouterr().out
    assert "Cơ quan: UBND thị xã Đông Hòa" in shown
    assert "Buổi: Xây dựng, 22/12/2021, 15 lượt" in shown
    assert "Cần xem lại" in shown


@pytest.mark.parametrize("name", ["plan.md", "plan.docx", "plan.pdf", "missing.md"])
def test_a_plan_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if name != "missing.md":
        (tmp_path / name).write_bytes(b"\x00\x01 not a plan")
    assert main(["plan", "read", str(tmp_path / name), "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert only_line(shown.err)


def without(said: str) -> None:
    raise ImproperlyConfigured(said)


def test_a_missing_driver_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.django, "setup", lambda: without("Error loading psycopg2 or psycopg module"))
    with pytest.raises(No, match="thiếu thư viện psycopg"):
        command.start()


def test_any_other_mistake_in_the_settings_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command.django, "setup", lambda: without("The SECRET_KEY setting must not be empty."))
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        command.start()
