"""An installation on disk (database, files, key), and the command run against it in a process of its own."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Installation:
    """A SQLite file with its files and key beside it."""

    path: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"sqlite:///{self.path}"

    @property
    def files(self) -> Path:
        """Its files."""
        return self.path.with_name(f"{self.path.name}.files")

    @property
    def key(self) -> Path:
        """Its secret key."""
        return self.path.with_name(f"{self.path.name}.key")

    def sql(self, *statements: str) -> None:
        """Change the database behind the product's back, its triggers dropped."""
        with closing(sqlite3.connect(self.path)) as base, base:
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                base.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                base.execute(statement)

    def run(self, *words: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
        """Run the command on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "doithoai.ops", *words], env=around(self.url, **surroundings),
            capture_output=True, text=True, check=False, cwd=self.path.parent,
        )  # fmt: skip


def around(url: str, **more: str) -> dict[str, str]:
    """The environment of a process that works on this database."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "DJANGO_"))}
    return own | {"DOITHOAI_DATABASE": url} | more


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation that has worked a little; built once."""
    made = Installation(tmp_path_factory.mktemp("template") / "office.sqlite3")
    surroundings = around(made.url, DJANGO_SETTINGS_MODULE="doithoai.config.settings")
    subprocess.run([sys.executable, "-m", "tests.ops.build"], env=surroundings, check=True, cwd=ROOT)
    with closing(sqlite3.connect(made.path)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@pytest.fixture
def office(template: Installation, tmp_path: Path) -> Installation:
    """A copy of that installation for one test."""
    own = Installation(tmp_path / "office" / "office.sqlite3")
    shutil.copytree(template.path.parent, own.path.parent)
    return own


def only_line(text: str) -> str:
    """The one sentence that a command said."""
    (line,) = text.splitlines()
    return line
