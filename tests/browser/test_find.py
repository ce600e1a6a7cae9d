"""Where a browser is looked for, and what is said where there is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import find

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with an empty path, no applications, and nobody to install anything."""
    monkeypatch.delenv(find.NAMED, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find, "APPLICATIONS", ())
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def program(path: Path) -> Path:
    """A file that may be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "chromium")
    named = program(bare / "elsewhere" / "my browser")
    monkeypatch.setenv(find.NAMED, str(named))
    assert find.browser_path() == named


@pytest.mark.parametrize("kind", ["missing", "folder", "text"])
def test_a_name_that_cannot_be_run_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    program(bare / "chromium")
    (bare / "folder").mkdir()
    (bare / "text").write_text("x")
    monkeypatch.setenv(find.NAMED, str(bare / kind))
    with pytest.raises(find.NoBrowser, match=rf"^{find.NAMED}: không chạy được .*{kind}\."):
        find.browser_path()


@pytest.mark.parametrize("name", ["google-chrome", "chromium", "chromium-browser"])
def test_one_on_the_path_is_found(bare: Path, name: str) -> None:
    there = program(bare / name)
    assert find.browser_path() == there


def test_chrome_comes_before_chromium(bare: Path) -> None:
    program(bare / "chromium")
    chrome = program(bare / "google-chrome")
    assert find.browser_path() == chrome


def test_an_application_of_macos_is_found(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chrome = program(bare / "Google Chrome.app" / "Contents" / "MacOS" / "Google Chrome")
    monkeypatch.setattr(find, "APPLICATIONS", (str(bare / "Chromium.app" / "Chromium"), str(chrome)))
    assert find.browser_path() == chrome


def test_the_applications_are_those_of_macos() -> None:
    assert all(path.startswith("/Applications/") and "/Contents/MacOS/" in path for path in find.APPLICATIONS)


def test_none_is_one_sentence_that_says_how_to_have_one(bare: Path) -> None:
    with pytest.raises(find.NoBrowser) as none:
        find.browser_path()
    said = str(none.value)
    assert "\n" not in said
    assert "apt-get install chromium" in said
    assert find.NAMED in said


def test_root_on_debian_has_one_installed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def run(command: tuple[str, ...], **_how: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        if "install" in command:
            program(bare / "chromium")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(find, "may_install", lambda: True)
    monkeypatch.setattr(subprocess, "run", run)
    assert find.browser_path() == bare / "chromium"
    assert [command[:2] for command in asked] == [("apt-get", "update"), ("apt-get", "install")]
    assert find.browser_path() == bare / "chromium"
    assert len(asked) == 2, "what is there is not installed again"


def test_an_installation_that_fails_is_shown(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = subprocess.CompletedProcess("", 100, "", "E: Unable to locate package chromium\n")
    monkeypatch.setattr(find, "may_install", lambda: True)
    monkeypatch.setattr(subprocess, "run", lambda command, **_how: failed)
    with pytest.raises(find.NoBrowser):
        find.browser_path()
    assert "Unable to locate" in capsys.readouterr().err


def test_nothing_is_installed_without_the_right(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "apt-get")
    assert not find.may_install()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert find.may_install() == Path("/etc/debian_version").exists()
    (bare / "apt-get").unlink()
    assert not find.may_install()


def test_as_a_command_it_prints_the_path_or_fails(bare: Path) -> None:
    named = program(bare / "chromium")
    found = _command(bare, str(named))
    assert (found.returncode, found.stdout, found.stderr) == (0, f"{named}\n", "")
    lost = _command(bare, str(bare / "none"))
    assert (lost.returncode, lost.stdout, len(lost.stderr.splitlines())) == (1, "", 1)


def _command(path: Path, named: str) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": str(path), find.NAMED: named, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "tests.browser.find"]
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
