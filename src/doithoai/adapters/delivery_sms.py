"""Text messages through a provider's HTTP gateway, described by a small file: every provider names its fields its own way."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from doithoai.adapters.delivery_http import Answer, checked_url, post, settings_of
from doithoai.ports import Parcel, TryLater, Unreachable
from doithoai.rules.toml_table import Table
from doithoai.rules.vietnamese import bare

CODE = re.compile(r"\{(phone|body|key)\}")
KEYS = ("url", "format", "phone", "is_plain", "headers", "fields", "answer")
ANSWER_KEYS = ("code", "sent", "unreachable", "reference")
PHONES = {"84": "84", "+84": "+84", "0": "0"}


@dataclass(frozen=True, slots=True)
class SmsDelivery:
    """A gateway: where to post which fields, and which answers mean sent or never.

    In a field `{phone}`, `{body}` and `{key}` stand for the number, the words and the message's key. An answer that
    is neither `sent` nor `unreachable` is taken as not sent, to be tried again.
    """

    url: str
    is_json: bool
    prefix: str
    is_plain: bool
    fields: Mapping[str, str]
    code: str
    sent: frozenset[str]
    unreachable: frozenset[str]
    reference: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def at(cls, path: str) -> "SmsDelivery":
        """From its TOML file. Raises GatewayError naming the key that cannot be used."""
        table = settings_of(path)
        table.only(KEYS)
        answer = table.table("answer")
        answer.only(ANSWER_KEYS)
        fields = _words(table, "fields")
        if not {"phone", "body"} <= {name for text in fields.values() for name in CODE.findall(text)}:
            raise table.refuse("fields", "cần một trường chứa {phone} và một trường chứa {body}")
        return cls(
            url=checked_url(table, "url"),
            is_json=table.choice("format", ("json", "form")) == "json",
            prefix=table.choice("phone", PHONES),
            is_plain=table.flag("is_plain", True),
            fields=fields,
            code=answer.text("code"),
            sent=frozenset(answer.texts("sent")),
            unreachable=frozenset(answer.texts("unreachable")),
            reference=answer.text("reference", ""),
            headers=_words(table, "headers") if "headers" in table.values else {},
        )

    @property
    def channel(self) -> str:
        """Text message."""
        return "sms"

    def send(self, parcel: Parcel) -> str:
        """Hand over one text message. Raises Undelivered."""
        answer = post(self.url, self._body(parcel), {**self.headers, "Content-Type": self._type()})
        code = str(answer.told.get(self.code, ""))
        if code in self.sent:
            return str(answer.told.get(self.reference, "")) if self.reference else ""
        raise self._refusal(answer, code)

    def _refusal(self, answer: Answer, code: str) -> TryLater | Unreachable:
        if code in self.unreachable:
            return Unreachable(f"Nhà mạng không gửi được tới số này (mã {code}).")
        return TryLater(f"Cổng tin nhắn SMS chưa nhận tin (HTTP {answer.status}, mã {code or 'không có'}).")

    def _type(self) -> str:
        return "application/json" if self.is_json else "application/x-www-form-urlencoded"

    def _body(self, parcel: Parcel) -> bytes:
        words = bare(parcel.body) if self.is_plain else parcel.body
        facts = {"phone": self.prefix + parcel.to.removeprefix("0"), "body": words, "key": parcel.key}
        filled = {name: CODE.sub(lambda found: facts[found[1]], text) for name, text in self.fields.items()}
        return (json.dumps(filled, ensure_ascii=False) if self.is_json else urlencode(filled)).encode()


def _words(table: Table, key: str) -> dict[str, str]:
    found = table.table(key)
    return {name: found.text(name, "") for name in found.values}
