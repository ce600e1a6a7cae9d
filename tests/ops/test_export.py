"""What must outlive the program: papers, chains that can be checked without it, draws with their checker."""

import json
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from doithoai.ops.command import main
from doithoai.rules.chain import Stored, check_chain
from tests.ops.build import published
from tests.ops.conftest import Installation, only_line


@pytest.fixture
def exported(office: Installation, tmp_path: Path) -> Path:
    """The installation, exported."""
    run = office.run("export", "--out", str(tmp_path / "out"))
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"Đã xuất 10 tệp vào {tmp_path / 'out'}.\n"
    return tmp_path / "out"


def test_the_index_names_every_file_with_its_digest(exported: Path) -> None:
    files = json.loads((exported / "index.json").read_text())["files"]
    there = {str(path.relative_to(exported)): path for path in exported.rglob("*") if path.is_file()}
    there.pop("index.json")
    assert files == {name: sha256(path.read_bytes()).hexdigest() for name, path in there.items()}


def test_papers_come_with_number_and_every_copy(exported: Path) -> None:
    index = json.loads((exported / "index.json").read_text())
    (paper,) = index["papers"]
    assert (paper["number"], paper["issued_on"], paper["copies"]) == ("07/GM-UBND", "2021-12-01", 2)
    folder = exported / "papers" / "DH-2021-01"
    code = "DH-2021-01-VB01"
    names = [f"{code}{copy}.{ending}" for copy in ("", "-001", "-002") for ending in ("docx", "pdf")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert (folder / f"{code}.pdf").read_bytes() == b"PDF 0"
    assert (folder / f"{code}-002.docx").read_bytes() == b"DOCX 2"


def test_chains_can_be_checked_from_the_file_alone(exported: Path) -> None:
    index = json.loads((exported / "index.json").read_text())
    assert set(index["heads"]) == {"DH", "DH-2021-01"}
    for key, head in index["heads"].items():
        lines = [json.loads(line) for line in (exported / "journal" / f"{key}.jsonl").read_text().splitlines()]
        stored = [
            Stored(key, line["number"], json.loads(line["body"])["verb"], line["digest"], line["body"])
            for line in lines
        ]
        assert not list(check_chain(key, stored, length=len(stored), head=head))


def test_draws_come_with_the_program_that_checks_them(exported: Path, tmp_path: Path) -> None:
    folder = exported / "draws"
    run = subprocess.run(
        [sys.executable, "-I", str(folder / "draw_verifier.py"), str(folder / "DH-2021-01-B1.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert main(["draw", "verify", str(folder / "DH-2021-01-B1.json")]) == 0


def test_it_is_private_and_goes_only_into_an_empty_folder(exported: Path, office: Installation) -> None:
    assert stat.S_IMODE(exported.stat().st_mode) == 0o700
    run = office.run("export", "--out", str(exported))
    assert run.returncode == 1
    assert "không trống; chưa ghi gì" in only_line(run.stderr)


def test_a_missing_file_is_said(office: Installation, tmp_path: Path) -> None:
    next(office.files.glob("??/*")).unlink()
    run = office.run("export", "--out", str(tmp_path / "out"))
    assert run.returncode == 1
    assert only_line(run.stderr).startswith("Thiếu tệp ")


def test_a_draw_that_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(published()))
    assert main(["draw", "verify", str(file)]) == 0
    assert capsys.readouterr().out == "Khớp hoàn toàn. Được chọn: khớp 6/6.\n"
    code = str(published()["commitment"])
    assert main(["draw", "verify", str(file), "--commitment", f"{code[:8]} {code[8:]}"]) == 0


@pytest.mark.parametrize("spoil", ["commitment", "seed", "value", "nonsense", "missing", "notice"])
def test_a_draw_that_does_not_agree_is_one_sentence(
    tmp_path: Path, spoil: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, told = tmp_path / "draw.json", published()
    if spoil in ("commitment", "seed"):
        told[spoil] = "0" * 64
    if spoil == "value":
        told["event"] = {**told["event"], "value": "654321"}  # type: ignore[dict-item]
    if spoil != "missing":
        file.write_text("[1" if spoil == "nonsense" else json.dumps(told))
    notice = ["--commitment", "f" * 64] if spoil == "notice" else []
    assert main(["draw", "verify", str(file), *notice]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert only_line(shown.err).endswith(".")
