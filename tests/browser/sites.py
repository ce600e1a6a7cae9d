"""Two sites to look at: a dialogue rehearsed to its end, and one in the middle of its preparation."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "rehearsal.sqlite3"
PASSWORD = "mot-mat-khau-de-dien-tap"
PATIENCE = 30.0  # seconds until a server must answer
Command = list[str]


@dataclass(frozen=True, slots=True)
class Site:
    """A served database: where it answers, and what `doors.build` said about it."""

    url: str
    folder: Path
    facts: dict[str, Any]
    states: dict[str, Any] = field(default_factory=dict)

    @property
    def dialogue(self) -> str:
        """The code of its first dialogue."""
        return str(self.facts["dialogue"])

    def door(self, who: str) -> str:
        """The path of a sign-in link of somebody that nobody has opened yet."""
        return f"/vao/{self.facts['links'][who].pop()}/"


def finished(folder: Path) -> Command:
    """The command that rehearses a whole dialogue into a folder."""
    return [sys.executable, "-m", "doithoai.ops", "rehearse", "--out", str(folder), "--no-serve"]


def midway(_folder: Path) -> Command:
    """The command that builds a dialogue a week before its day."""
    return [sys.executable, "-m", "tests.browser.inside", "midway"]


def start(command: Command, folder: Path, **more: str) -> subprocess.Popen[str]:
    """Begin a command on the database of a folder. What it says is kept; what it complains of is written down."""
    with (folder.parent / f"{folder.name}.log").open("a", encoding="utf-8") as log:
        return subprocess.Popen(
            command, env=around(folder, **more), cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        )


def end(*processes: subprocess.Popen[str]) -> str:
    """Wait until each has ended, and well; what the last one said."""
    said = [process.communicate()[0] for process in processes]
    for process in processes:
        assert process.returncode == 0, process.args
    return said[-1]


def complaints(folder: Path) -> str:
    """What the processes on a folder wrote down."""
    return (folder.parent / f"{folder.name}.log").read_text(encoding="utf-8")


def around(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process that works on the database in this folder and on nothing else."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("DOITHOAI_", "DJANGO_"))}
    database = f"sqlite:///{folder / DATABASE}"
    files = str(folder / f"{DATABASE}.files")
    return own | {"DOITHOAI_DATABASE": database, "DOITHOAI_FILES": files, "DOITHOAI_SECRET_KEY": "trinh-duyet"} | more


def doors(folder: Path) -> dict[str, Any]:
    """Make the doors of a built database and read where they are."""
    said = end(start([sys.executable, "-m", "tests.browser.inside", "doors"], folder))
    facts: dict[str, Any] = json.loads(said.splitlines()[-1])
    return facts


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a built database on this machine until the end of the block."""
    facts, port = doors(folder), _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "doithoai.ops", "run", "--no-worker"]
    server = start(command, folder, DOITHOAI_LISTEN=f"127.0.0.1:{port}", DOITHOAI_ADDRESS=url)
    try:
        _await(server, port)
        yield Site(url, folder, facts)
    finally:
        server.terminate()
        server.communicate()
    assert "Traceback" not in complaints(folder), complaints(folder)


@contextmanager
def both(folder: Path) -> Iterator[dict[str, Site]]:
    """Build the two at the same time and serve them."""
    places = {"xong": folder / "xong", "giua": folder / "giua"}
    places["giua"].mkdir(parents=True)
    building = start(finished(places["xong"]), places["xong"]), start(midway(places["giua"]), places["giua"])
    try:
        end(*building)
    except AssertionError as failed:
        raise AssertionError("\n".join(map(complaints, places.values()))) from failed
    with served(places["xong"]) as done, served(places["giua"]) as going_on:
        yield {"xong": done, "giua": going_on}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(server: subprocess.Popen[str], port: int) -> None:
    began = time.monotonic()
    while server.poll() is None and time.monotonic() - began < PATIENCE:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server on port {port} does not answer")
