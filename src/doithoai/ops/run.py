"""`doithoai run`: the site, and the work that runs beside it."""

import argparse
import os
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from doithoai.config import env
from doithoai.ops.command import No

APPLICATION = "doithoai.config.asgi:application"
PATIENCE = 30  # seconds a worker may take to finish the paper it is at


@contextmanager
def worker() -> Iterator[None]:
    """A worker for as long as the site runs. It also ends by itself when this process is gone."""
    command = [sys.executable, "-m", "doithoai.ops", "work", "--with-parent", str(os.getpid())]
    child = subprocess.Popen(command)  # noqa: S603  (our own command)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def serve(host: str, port: int) -> None:
    """Serve until a signal. One process: the bell rings inside it. No access log: addresses of links are secrets."""
    signal.signal(signal.SIGTERM, _leave)
    # Our static files are a few small ones; a web server in front serves them where there are many readers.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
    uvicorn.run(
        APPLICATION, host=host, port=port, workers=1, access_log=False, server_header=False, log_level="warning"
    )


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """uvicorn raises the signal again once it has closed; ending in order lets the worker be ended too."""
    raise SystemExit(0)


def main(args: argparse.Namespace) -> int:
    """Serve where `DOITHOAI_LISTEN` says."""
    host, port = env.listen()
    print(f"Đang chạy tại {env.address()} (nghe ở {host}:{port}); dừng bằng Ctrl+C.", flush=True)
    try:
        if args.no_worker:
            serve(host, port)
        else:
            with worker():
                serve(host, port)
    except KeyboardInterrupt:
        return 0
    except SystemExit as ended:
        if ended.code:
            raise No(f"Không mở được {host}:{port}; có thể cổng này đang được dùng.") from ended
    return 0
