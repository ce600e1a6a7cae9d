"""A bad line between a browser and a server: it can be cut, and it can lose answers after the server has done the act."""

import json
import threading
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

COMMANDS = "/lenh/"
PATIENCE = 30.0
OWN = {"connection", "transfer-encoding", "keep-alive", "content-length"}


class Line:
    """What stands between: an address for the browser, and a server behind it."""

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.is_cut = False
        self.loses_every = 0
        self.renames_keys = False
        self.commands = 0
        self.lost = 0
        line = self

        class Passing(BaseHTTPRequestHandler):
            """One request on its way."""

            def do_GET(self) -> None:
                line.carry(self)

            def do_POST(self) -> None:
                line.carry(self)

            def log_message(self, *_said: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Take the line away for good."""
        self.server.shutdown()
        self.server.server_close()

    def carry(self, request: BaseHTTPRequestHandler) -> None:
        """Bring a request to the server, and its answer back unless it is lost."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        is_command = request.command == "POST" and request.path.endswith(COMMANDS)
        try:
            answer = None if self.is_cut else self._ask(request, body, is_command)
        except (OSError, HTTPException):
            answer = None
        if answer is None or (is_command and self._loses()):
            request.close_connection = True
            request.connection.close()
            return
        self._give(request, *answer)

    def _loses(self) -> bool:
        self.commands += 1
        is_lost = bool(self.loses_every) and self.commands % self.loses_every == 0
        self.lost += is_lost
        return is_lost

    def _ask(self, request: BaseHTTPRequestHandler, body: bytes, is_command: bool) -> tuple[int, Any, bytes]:
        key = json.loads(body)["key"] if is_command and self.renames_keys else ""
        sent = body.replace(key.encode(), str(UUID(int=self.commands + 1)).encode()) if key else body
        with closing(HTTPConnection("127.0.0.1", self.behind, timeout=PATIENCE)) as server:
            server.request(request.command, request.path, sent, dict(request.headers))
            answer = server.getresponse()
            data = answer.read()
        if key and answer.status == 200:
            data = json.dumps(json.loads(data) | {"key": key}).encode()
        return answer.status, answer.getheaders(), data

    def _give(self, request: BaseHTTPRequestHandler, status: int, headers: Any, data: bytes) -> None:
        request.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OWN:
                request.send_header(name, value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)
