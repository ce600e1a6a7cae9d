"""The interface of Zalo's notices as its documentation describes it, kept apart from the adapter that speaks it.

`POST https://business.openapi.zalo.me/message/template`: headers `access_token` and, where the application demands it,
`appsecret_proof` (HMAC-SHA256 of the token under the application's secret, in hexadecimal); JSON with `phone`
("84" and nine or ten digits), `template_id`, `template_data` (texts, one for each blank of the wording) and
`tracking_id` (at most 48 characters). The answer is always HTTP 200 with `error` (0 is success), `message` and, on
success, `data.msg_id`.

`POST https://oauth.zaloapp.com/v4/oa/access_token`: header `secret_key`, form fields `refresh_token`, `app_id`,
`grant_type=refresh_token`; the answer holds `access_token`, `refresh_token` and `expires_in` in seconds as a text.
A refresh token works once.
"""

import hmac
import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from tests.adapters.gateway import Reply, Seen

PHONE = re.compile(r"84[0-9]{9,10}")
MOST_TRACKING = 48
MESSAGES = {
    0: "Success", -108: "Phone number invalid", -109: "Template ID invalid", -112: "Template data invalid",
    -118: "Zalo account not existed", -124: "Access token invalid", -132: "Parameter invalid",
    -133: "Not allowed to send ZNS at night", -1241: "Invalid appsecret_proof",
}  # fmt: skip


@dataclass(slots=True)
class Zalo:
    """An account at Zalo: its secrets, its approved wordings, who has no Zalo, and what it sent."""

    app_id: str = "4711"
    app_secret: str = "bi-mat-cua-ung-dung"
    refresh_token: str = "lam-moi-0"
    access_token: str = ""
    templates: dict[str, set[str]] = field(default_factory=dict)
    without_zalo: set[str] = field(default_factory=set)
    is_night: bool = False
    is_mute: bool = False
    sent: list[dict[str, Any]] = field(default_factory=list)
    renewed: int = 0

    def answer(self, request: Seen) -> Reply:
        """Answer a request as the documentation says."""
        if request.path == "/message/template":
            return None if self.is_mute else (200, self._send(request))
        if request.path == "/v4/oa/access_token":
            return (200, self._renew(request))
        return (404, {})

    def _renew(self, request: Seen) -> dict[str, Any]:
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        is_right = (
            request.headers.get("secret_key") == self.app_secret
            and request.headers["content-type"] == "application/x-www-form-urlencoded"
            and form == {"refresh_token": self.refresh_token, "app_id": self.app_id, "grant_type": "refresh_token"}
        )
        if not is_right:
            return {"error": -14014, "error_name": "Invalid refresh token"}
        self.renewed += 1
        self.access_token, self.refresh_token = f"vao-{self.renewed}", f"lam-moi-{self.renewed}"
        return {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": "90000"}

    def _send(self, request: Seen) -> dict[str, Any]:
        error = self._error(request)
        told: dict[str, Any] = {"error": error, "message": MESSAGES[error]}
        if error == 0:
            self.sent.append(request.json)
            told["data"] = {"msg_id": f"zns-{len(self.sent)}", "sent_time": "1639530000000"}
        return told

    def _error(self, request: Seen) -> int:
        body, headers = request.json, request.headers
        if headers.get("access_token") != self.access_token or not self.access_token:
            return -124
        proof = hmac.new(self.app_secret.encode(), self.access_token.encode(), sha256).hexdigest()
        if headers.get("appsecret_proof") != proof:
            return -1241
        if headers["content-type"] != "application/json" or set(body) - {"tracking_id"} != {
            "phone", "template_id", "template_data",
        }:  # fmt: skip
            return -132
        return self._error_in(body)

    def _error_in(self, body: dict[str, Any]) -> int:
        if not isinstance(body["phone"], str) or not PHONE.fullmatch(body["phone"]):
            return -108
        if body["template_id"] not in self.templates:
            return -109
        data = body["template_data"]
        if set(data) != self.templates[body["template_id"]] or not all(
            isinstance(word, str) and word for word in data.values()
        ):
            return -112
        if len(body.get("tracking_id", "")) > MOST_TRACKING:
            return -132
        if self.is_night:
            return -133
        return -118 if body["phone"] in self.without_zalo else 0
