"""One HTTP POST to a gateway, told apart by what a second one would do: nothing was sent, or it may have been."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from doithoai.ports import TryLater, Uncertain
from doithoai.rules.toml_table import Table, read_table

PATIENCE = 20.0  # seconds a gateway may take to answer
MOST_BYTES = 65_536  # of an answer
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NOT_TAKEN = (429, 503)
"""Statuses by which a server says that it did not take the request (RFC 9110, RFC 6585)."""


class GatewayError(ValueError):
    """The settings of a gateway cannot be used; the sentence names the file, the key and what was expected."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway answered: the status, and its JSON where it is an object."""

    status: int
    told: Mapping[str, Any]


def settings_of(path: str) -> Table:
    """The settings of a gateway from its TOML file. Raises GatewayError."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise GatewayError(f"{path}: không đọc được tệp cấu hình cổng tin nhắn.") from problem
    return read_table(text, path, GatewayError)


def checked_url(table: Table, key: str, default: str | None = None) -> str:
    """An address that secrets may travel to: HTTPS, or this machine itself. Raises GatewayError."""
    url = table.text(key, default)
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or not parts.hostname:
        raise table.refuse(key, f"cần địa chỉ bắt đầu bằng https://, đang là {url!r}")
    return url


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send one request and read the answer; redirects are not followed.

    Raises TryLater where the request never left, Uncertain where no whole answer came back.
    """
    line = _line(url)
    try:
        try:
            line.connect()
        except OSError as problem:
            raise TryLater("Không nối được tới cổng tin nhắn.") from problem
        return _exchange(line, url, body, headers)
    finally:
        line.close()


def _line(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=PATIENCE)


def _exchange(line: http.client.HTTPConnection, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line.request("POST", target, body=body, headers=dict(headers))
        response = line.getresponse()
        data = response.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as problem:
        raise Uncertain("Cổng tin nhắn không trả lời, không rõ tin đã đi chưa.") from problem
    if response.status in NOT_TAKEN:
        raise TryLater(f"Cổng tin nhắn đang bận (HTTP {response.status}).")
    if response.status >= 500:
        raise Uncertain(f"Cổng tin nhắn báo lỗi (HTTP {response.status}), không rõ tin đã đi chưa.")
    return Answer(response.status, _told(data))


def _told(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
