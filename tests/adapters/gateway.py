"""A gateway on this machine that answers POST requests from a table and remembers them."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Seen:
    """One request: path, headers in lower case, body."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


Reply = tuple[int, dict[str, Any]] | None
"""Status and JSON; None hangs up without an answer."""


@dataclass(slots=True)
class Gateway:
    """Where it is, what it saw, and how it answers."""

    url: str
    answer: Callable[[Seen], Reply]
    seen: list[Seen] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Remember and answer."""
        gateway: Gateway = self.server.gateway  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Seen(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        gateway.seen.append(request)
        reply = gateway.answer(request)
        if reply is None:
            self.close_connection = True
            return
        data = json.dumps(reply[1]).encode()
        self.send_response(reply[0])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Keep silent."""


@contextmanager
def gateway(answer: Callable[[Seen], Reply]) -> Iterator[Gateway]:
    """An open gateway on a free port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        opened = Gateway(f"http://127.0.0.1:{server.server_address[1]}", answer)
        server.gateway = opened  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield opened
        finally:
            server.shutdown()
            thread.join()
