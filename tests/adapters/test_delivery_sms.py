"""Text messages through a described gateway: JSON or form, what is sent, and what each answer means."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from doithoai.adapters.delivery_http import GatewayError
from doithoai.adapters.delivery_sms import SmsDelivery
from doithoai.ports import Parcel, TryLater, Uncertain, Unreachable
from tests.adapters.gateway import Gateway, Reply, Seen, gateway

PARCEL = Parcel("d1" * 32, "0905123456", "", "Kính mời ông Đỗ {phone} dự đối thoại", "invitation", {})
JSON = """
url = "{url}/gui"
format = "json"
phone = "84"
[headers]
Authorization = "Bearer khoa-rieng"
[fields]
ApiKey = "khoa"
Phone = "{{phone}}"
Content = "{{body}}"
Brandname = "UBND-DongHoa"
RequestId = "{{key}}"
[answer]
code = "CodeResult"
sent = ["100", "124"]
unreachable = ["99", "108"]
reference = "SMSID"
"""
FORM = """
url = "{url}/sms"
format = "form"
phone = "0"
is_plain = false
[fields]
to = "{{phone}}"
text = "{{body}}"
[answer]
code = "status"
sent = ["ok"]
unreachable = ["invalid"]
"""


class Provider:
    """Answers with what it is told to."""

    def __init__(self) -> None:
        self.reply: Reply = (200, {"CodeResult": "100", "SMSID": "tin-1"})

    def __call__(self, _request: Seen) -> Reply:
        return self.reply


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def there(provider: Provider) -> Iterator[Gateway]:
    with gateway(provider) as opened:
        yield opened


def at(folder: Path, url: str, text: str = JSON) -> SmsDelivery:
    path = folder / "sms.toml"
    path.write_text(text.format(url=url), encoding="utf-8")
    return SmsDelivery.at(str(path))


def test_a_json_gateway_gets_its_own_fields(there: Gateway, tmp_path: Path) -> None:
    delivery = at(tmp_path, there.url)
    assert (delivery.channel, delivery.send(PARCEL)) == ("sms", "tin-1")
    (seen,) = there.seen
    assert seen.path == "/gui"
    assert seen.headers["authorization"] == "Bearer khoa-rieng"
    assert seen.json == {
        "ApiKey": "khoa",
        "Phone": "84905123456",
        "Content": "Kinh moi ong Do {phone} du doi thoai",
        "Brandname": "UBND-DongHoa",
        "RequestId": "d1" * 32,
    }


def test_a_form_gateway_may_keep_the_diacritics(there: Gateway, provider: Provider, tmp_path: Path) -> None:
    provider.reply = (200, {"status": "ok"})
    assert at(tmp_path, there.url, FORM).send(PARCEL) == ""
    (seen,) = there.seen
    assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(seen.body.decode()) == {"to": ["0905123456"], "text": [PARCEL.body]}


def test_a_key_the_gateway_knows_already_counts_as_sent(there: Gateway, provider: Provider, tmp_path: Path) -> None:
    provider.reply = (200, {"CodeResult": 124})
    assert at(tmp_path, there.url).send(PARCEL) == ""


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ((200, {"CodeResult": "108"}), Unreachable),
        ((200, {"CodeResult": "103"}), TryLater),
        ((200, {}), TryLater),
        ((401, {"CodeResult": "101"}), TryLater),
        ((429, {}), TryLater),
        ((503, {}), TryLater),
        ((500, {"CodeResult": "100"}), Uncertain),
        ((502, {}), Uncertain),
        (None, Uncertain),
    ],
)
def test_what_an_answer_means_for_a_second_try(
    there: Gateway, provider: Provider, tmp_path: Path, reply: Reply, kind: type[Exception]
) -> None:
    provider.reply = reply
    with pytest.raises(kind) as refused:
        at(tmp_path, there.url).send(PARCEL)
    told = str(refused.value)
    assert not [secret for secret in ("khoa", "905123456", "Đỗ") if secret in told]
    assert len(there.seen) == 1


def test_a_gateway_that_is_not_there_took_nothing(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(TryLater, match="Không nối được"):
        at(tmp_path, url).send(PARCEL)


@pytest.mark.parametrize(
    ("was", "becomes", "what"),
    [
        ('format = "json"', 'format = "xml"', "format"),
        ('phone = "84"', 'phone = "1"', "phone"),
        ('Phone = "{{phone}}"', 'Phone = "x"', "fields"),
        ('sent = ["100", "124"]', "sent = []", "answer.sent"),
        ("[answer]", "[answers]", "answers"),
        ('url = "{url}/gui"', 'url = "http://sms.example/gui"', "url"),
        ('url = "{url}/gui"', "", "url"),
    ],
)
def test_a_mistake_in_the_file_names_its_key(tmp_path: Path, was: str, becomes: str, what: str) -> None:
    with pytest.raises(GatewayError, match=what):
        at(tmp_path, "https://sms.example", JSON.replace(was, becomes))


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(GatewayError, match="không đọc được"):
        SmsDelivery.at("/khong/co/sms.toml")
