"""`doithoai work`: does what runs by itself, over and over, until it is told to stop."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, close_old_connections

from doithoai.config.schedule import BY_ITSELF
from doithoai.documents.queries import oldest_job
from doithoai.ops.command import No

PAUSE = 1.0  # seconds between two rounds


def once() -> int:
    """Do every task once; returns how much was done."""
    return sum(task() for task in BY_ITSELF.values())


def loop(stop: threading.Event, is_wanted: Callable[[], bool]) -> None:
    """Work until `stop` is set or the work is wanted no more. A database that fails for a while is waited for."""
    while not stop.is_set() and is_wanted():
        close_old_connections()
        try:
            done = once()
        except DatabaseError as broken:
            done = 0
            sys.stderr.write(f"Việc nền phải chờ: {broken}.\n")
        if not done:
            stop.wait(PAUSE)


def main(args: argparse.Namespace) -> int:
    """One round with `--once`, otherwise until a signal or, with `--with-parent`, the parent's end."""
    if args.once:
        print(f"Đã làm {once()} việc.")
        _nothing_left()
        return 0
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    loop(stop, lambda: args.with_parent in (None, os.getppid()))
    return 0


def _nothing_left() -> None:
    job = oldest_job()
    if job:
        raise No(f"Chưa tạo được bản in của {job.document.code}: {job.problem or 'đang làm ở tiến trình khác'}.")
