"""Notices of a Zalo Official Account (ZNS): a wording that Zalo has approved, filled in and sent to a telephone number.

The account's access token lives about a day. A refresh token gives the next one, once: the new pair is kept in a
file that only its owner reads.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from doithoai.adapters.delivery_http import checked_url, post, settings_of
from doithoai.ports import Parcel, TryLater, Uncertain, Unreachable

SEND = "https://business.openapi.zalo.me/message/template"
RENEW = "https://oauth.zaloapp.com/v4/oa/access_token"
KEYS = ("app_id", "app_secret", "refresh_token", "state", "template", "send_url", "renew_url")
TEMPLATE_KEYS = ("kind", "id", "fields")
MOST_TRACKING = 48  # characters of a tracking id
TOKEN_OVER = (-124, -1241)
FOR_GOOD = {
    -108: "Zalo không nhận số điện thoại này.",
    -110: "Zalo trên máy người nhận quá cũ.",
    -114: "Tài khoản Zalo của người nhận không nhận được thông báo.",
    -118: "Số điện thoại này không dùng Zalo.",
    -119: "Tài khoản Zalo này không nhận được thông báo.",
    -139: "Người nhận đã từ chối loại thông báo này trên Zalo.",
    -141: "Người nhận đã từ chối thông báo của cơ quan trên Zalo.",
}
"""Refusals that concern this person and will not change by trying again."""
FOR_NOW = {
    -100: "Zalo báo lỗi không xác định.",
    -115: "Tài khoản Zalo của cơ quan hết tiền hoặc hết hạn mức.",
    -131: "Mẫu thông báo chưa được Zalo duyệt.",
    -133: "Zalo không cho gửi thông báo ban đêm.",
    -137: "Tài khoản Zalo của cơ quan chưa thanh toán được.",
    -144: "Tài khoản Zalo của cơ quan đã gửi hết số tin trong ngày.",
    -147: "Mẫu thông báo đã gửi hết số tin trong ngày.",
}


@dataclass(frozen=True, slots=True)
class Template:
    """An approved wording: its number, and which of our facts fills which of its blanks."""

    number: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ZaloDelivery:
    """An Official Account with its approved wordings, by kind of message."""

    app_id: str
    app_secret: str
    first_token: str
    state: Path
    templates: Mapping[str, Template]
    send_url: str = SEND
    renew_url: str = RENEW

    @classmethod
    def at(cls, path: str) -> "ZaloDelivery":
        """From its TOML file. Raises GatewayError naming the key that cannot be used."""
        table = settings_of(path)
        table.only(KEYS)
        templates = {}
        for row in table.tables("template"):
            row.only(TEMPLATE_KEYS)
            blanks = row.table("fields")
            templates[row.text("kind")] = Template(row.text("id"), {name: blanks.text(name) for name in blanks.values})
        if not templates:
            raise table.refuse("template", "cần ít nhất một mẫu đã được Zalo duyệt")
        return cls(
            app_id=table.text("app_id"),
            app_secret=table.text("app_secret"),
            first_token=table.text("refresh_token"),
            state=Path(table.text("state", f"{path}.state")),
            templates=templates,
            send_url=checked_url(table, "send_url", SEND),
            renew_url=checked_url(table, "renew_url", RENEW),
        )

    @property
    def channel(self) -> str:
        """Zalo."""
        return "zalo"

    def send(self, parcel: Parcel) -> str:
        """Send one notice; a token that is over is renewed once. Raises Undelivered."""
        template = self.templates.get(parcel.kind)
        if template is None:
            raise Unreachable("Chưa có mẫu Zalo cho loại tin này.")
        body = json.dumps(_request(parcel, template), ensure_ascii=False).encode()
        token = self._token()
        told = self._posted(body, token)
        if told.get("error") in TOKEN_OVER:
            told = self._posted(body, self._renewed(token))
        return _reference(told)

    def _posted(self, body: bytes, token: str) -> Mapping[str, Any]:
        proof = hmac.new(self.app_secret.encode(), token.encode(), sha256).hexdigest()
        headers = {"Content-Type": "application/json", "access_token": token, "appsecret_proof": proof}
        return post(self.send_url, body, headers).told

    def _token(self) -> str:
        """The token kept last; a new one where none was kept."""
        kept = self._kept()
        return kept["access_token"] if kept else self._renewed("")

    def _renewed(self, over: str) -> str:
        """The next access token. Of several processes one asks, the others find what it kept."""
        with self._alone():
            kept = self._kept()
            if kept and kept["access_token"] != over:
                return kept["access_token"]
            return self._ask(kept["refresh_token"] if kept else self.first_token)

    def _ask(self, refresh_token: str) -> str:
        asked = {"refresh_token": refresh_token, "app_id": self.app_id, "grant_type": "refresh_token"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "secret_key": self.app_secret}
        try:
            told = post(self.renew_url, urlencode(asked).encode(), headers).told
        except Uncertain as lost:
            raise TryLater("Zalo không trả lời khi cấp lại quyền gửi.") from lost
        access, refresh = told.get("access_token"), told.get("refresh_token")
        if not isinstance(access, str) or not isinstance(refresh, str):
            raise TryLater("Zalo không cấp lại quyền gửi: cần kết nối lại Official Account.")
        self._keep({"access_token": access, "refresh_token": refresh})
        return access

    def _kept(self) -> dict[str, str] | None:
        try:
            found = json.loads(self.state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        is_whole = isinstance(found, dict) and {"access_token", "refresh_token"} <= found.keys()
        return found if is_whole else None

    def _keep(self, pair: Mapping[str, str]) -> None:
        part = self.state.with_name(f"{self.state.name}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(pair, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self.state)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """A refresh token works once: whoever uses it keeps others waiting."""
        handle = os.open(self.state.with_name(f"{self.state.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _request(parcel: Parcel, template: Template) -> dict[str, object]:
    data = {blank: parcel.fields.get(fact, "") for blank, fact in template.fields.items()}
    return {
        "phone": "84" + parcel.to.removeprefix("0"),
        "template_id": template.number,
        "template_data": data,
        "tracking_id": parcel.key[:MOST_TRACKING],
    }


def _reference(told: Mapping[str, Any]) -> str:
    """The message's number at Zalo. Raises what the error says."""
    error = told.get("error")
    if error == 0:
        sent = told.get("data")
        return str(sent.get("msg_id", "")) if isinstance(sent, dict) else ""
    if not isinstance(error, int):
        raise Uncertain("Zalo trả lời không rõ, không rõ tin đã đi chưa.")
    if error in FOR_GOOD:
        raise Unreachable(FOR_GOOD[error])
    raise TryLater(FOR_NOW.get(error, f"Zalo chưa nhận tin (mã {error})."))
