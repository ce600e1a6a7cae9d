"""The contracts of the imports hold, and each of them bites: one deliberate break of each type."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of this tree."""
    surroundings = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "COLUMNS": "400"}
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    return subprocess.run(
        [*command, "--config", str(folder / "pyproject.toml"), "--cache-dir", str(folder / ".cache")],
        env=surroundings, capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source and its contracts."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(
        PACKAGE, folder / "src" / "doithoai", ignore=shutil.ignore_patterns("*.ttf", "*.woff2", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold(house: Path) -> None:
    run = lint(house)
    assert run.returncode == 0, run.stdout[-3000:]
    assert "Contracts: 5 kept, 0 broken." in run.stdout


BREAKS = {
    # what is added where: which contract must break
    ("journal/models.py", "import doithoai.planning.models"): "stand in the order of the phases",
    ("kernel/access.py", "import doithoai.journal.models"): "stand in the order of the phases",
    ("roster/permissions.py", "import doithoai.config.env"): "stand in the order of the phases",
    ("people/models.py", "import doithoai.sample.people"): "stand in the order of the phases",
    ("planning/states.py", "import doithoai.planning.models"): "Inside a room",
    ("documents/queries.py", "import doithoai.documents.actions"): "Inside a room",
    ("documents/actions/__init__.py", "import doithoai.documents.worker"): "Inside a room",
    ("rules/chain.py", "import django"): "Law and arithmetic know no Django",
    ("intake/states.py", "import django.db"): "A transition table is data",
    ("adapters/files_folder.py", "import doithoai.kernel.access"): "An adapter knows ports and rules",
}


@pytest.mark.parametrize(("where", "added"), BREAKS)
def test_a_break_is_refused_by_its_contract(house: Path, where: str, added: str) -> None:
    file = house / "src" / "doithoai" / where
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n\n{added}\n", encoding="utf-8")
    run = lint(house)
    file.write_text(before, encoding="utf-8")
    assert run.returncode == 1
    assert any(BREAKS[where, added] in line and "BROKEN" in line for line in run.stdout.splitlines()), run.stdout


def test_a_new_room_without_a_place_in_the_order_is_refused(house: Path) -> None:
    room = house / "src" / "doithoai" / "helpers"
    room.mkdir()
    (room / "__init__.py").touch()
    run = lint(house)
    shutil.rmtree(room)
    assert run.returncode == 1
    assert "helpers" in run.stdout
