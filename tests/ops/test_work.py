"""Work that runs by itself: round after round, until it is told to stop or is wanted no more."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import OperationalError

from doithoai.config.schedule import BY_ITSELF
from doithoai.documents import worker
from doithoai.ops import run, work
from doithoai.ops.command import No
from tests.documents.desk import desk, numbered
from tests.ops.conftest import Installation, around

ROOT = Path(__file__).resolve().parents[2]
# Serves one sentence instead of the site, as `doithoai run` would serve the site.
SERVER = """
import sys
from doithoai.ops import run
run.APPLICATION = "tests.ops.test_work:hello"
from doithoai.ops.command import main
sys.exit(main(["run"]))
"""


async def hello(scope: dict[str, str], receive: object, send: object) -> None:
    """An ASGI application that greets."""
    if scope["type"] == "http":
        headers = [(b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"OK"})  # type: ignore[operator]


def test_rendering_runs_by_itself() -> None:
    assert worker.work_off in BY_ITSELF.values()


def test_one_round_does_every_task_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BY_ITSELF", {"a": lambda: 2, "b": lambda: 0, "c": lambda: 3})
    assert work.once() == 5


class Stop(threading.Event):
    """Counts the pauses instead of pausing."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses = 0

    def wait(self, timeout: float | None = None) -> bool:
        """A pause."""
        self.pauses += 1
        return self.is_set()


@pytest.mark.django_db
def test_the_loop_pauses_only_when_nothing_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    stop, done = Stop(), iter([3, 1, 0, 2, 0])
    monkeypatch.setattr(work, "BY_ITSELF", {"a": lambda: next(done)})
    rounds = iter([True] * 5 + [False])
    work.loop(stop, lambda: next(rounds))
    assert stop.pauses == 2


@pytest.mark.django_db
def test_a_database_that_fails_for_a_while_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    stop, calls = Stop(), iter([True, True, False])
    done: list[int] = []

    def fails_once() -> int:
        if not done:
            done.append(0)
            raise OperationalError("database is locked")
        done.append(1)
        return 1

    monkeypatch.setattr(work, "BY_ITSELF", {"a": fails_once})
    work.loop(stop, lambda: next(calls))
    assert (done, stop.pauses) == ([0, 1], 1)
    assert "Việc nền phải chờ: database is locked." in capsys.readouterr().err


@pytest.mark.django_db
def test_the_loop_ends_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    stop = Stop()
    monkeypatch.setattr(work, "BY_ITSELF", {"a": lambda: stop.set() or 1})
    work.loop(stop, lambda: True)
    assert stop.is_set()


@pytest.mark.django_db
def test_a_paper_that_could_not_be_made_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    numbered(desk("DH"))

    def fails(*args: object) -> None:
        raise ValueError("không vẽ được")

    monkeypatch.setattr(worker, "rendered", fails)
    with pytest.raises(No, match=r"Chưa tạo được bản in của DH-VB01: ValueError: không vẽ được\."):
        work.main(work_args(once=True))


@pytest.mark.django_db
def test_one_round_prints_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    numbered(desk("DH"))
    assert work.main(work_args(once=True)) == 0
    assert capsys.readouterr().out == "Đã làm 1 việc.\n"


def work_args(*, once: bool) -> object:
    """Arguments as the parser gives them."""
    import argparse

    return argparse.Namespace(once=once, with_parent=None)


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(of: int) -> list[int]:
    """The processes that this process started."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(pid) for pid, parent in pairs if int(parent) == of]


def is_alive(pid: int) -> bool:
    """Whether a process runs still, not counting one that only waits to be fetched."""
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(listed.strip()) and not listed.strip().startswith("Z")


def served(port: int, server: subprocess.Popen[str]) -> bytes:
    """What the server answers, asked until it listens."""
    while server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return b"".join(iter(lambda: line.recv(4096), b""))
        except ConnectionRefusedError:
            continue
    raise AssertionError(server.communicate())


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_run_serves_with_a_worker_that_ends_with_it(office: Installation, end: signal.Signals) -> None:
    port = free_port()
    surroundings = around(office.url, DOITHOAI_LISTEN=f"127.0.0.1:{port}")
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert server.stdout is not None
        assert f"127.0.0.1:{port}" in server.stdout.readline()
        answer = served(port, server)
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"server:" not in answer.lower()
        (helper,) = children(server.pid)
        server.send_signal(end)
        said = server.communicate(timeout=60)
        assert (server.returncode, said[1]) == (-9 if end is signal.SIGKILL else 0, "")
        while is_alive(helper):
            pass
    finally:
        server.kill()
        server.communicate()


def test_a_port_that_is_taken_is_said_in_one_sentence(office: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        surroundings = around(office.url, DOITHOAI_LISTEN=f"127.0.0.1:{port}")
        ended = subprocess.run(
            [sys.executable, "-c", SERVER], env=surroundings, capture_output=True, text=True, check=False, cwd=ROOT
        )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1] == f"Không mở được 127.0.0.1:{port}; có thể cổng này đang được dùng."


@pytest.mark.parametrize("named", ["8000", "localhost:", "localhost:eighty", "localhost:70000"])
def test_a_listening_address_that_cannot_be_used_is_wrong_usage(office: Installation, named: str) -> None:
    ended = office.run("run", DOITHOAI_LISTEN=named)
    assert ended.returncode == 2
    assert f"DOITHOAI_LISTEN: “{named}”" in ended.stderr


def test_the_site_is_what_the_composition_makes() -> None:
    assert run.APPLICATION == "doithoai.config.asgi:application"
    assert os.environ.get("WEB_CONCURRENCY") is None
