"""Which gateways `DOITHOAI_DELIVERY` plugs in, in which order, and what is said about one that cannot be used."""

from pathlib import Path

import pytest

from doithoai.config import env, wiring
from doithoai.config.env import BadSetting

SMS = """
url = "https://sms.example/gui"
format = "json"
phone = "84"
[fields]
to = "{phone}"
text = "{body}"
[answer]
code = "code"
sent = ["0"]
unreachable = ["9"]
"""


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DOITHOAI_DELIVERY", "DOITHOAI_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_is_sent_unless_somebody_says_so() -> None:
    assert env.smtp_password() == ""
    assert wiring.gateways() == ()


def test_several_stand_in_the_order_of_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sms.toml").write_text(SMS)
    addresses = f"calls: sms:{tmp_path}/sms.toml smtps://hop@thu.example?from=a@b.example"
    monkeypatch.setenv("DOITHOAI_DELIVERY", addresses)
    monkeypatch.setenv("DOITHOAI_SMTP_PASSWORD", "bi-mat")
    assert [gateway.channel for gateway in wiring.gateways()] == ["sms", "mail"]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("bo-cau:thu", "không biết kiểu “bo-cau”; cần một trong calls, smtp, smtps, sms, zalo"),
        ("sms:/khong/co.toml", "/khong/co.toml: không đọc được"),
        ("zalo:/khong/co.toml", "/khong/co.toml: không đọc được"),
        ("smtp://thu.example", "Thư điện tử: cần dạng"),
    ],
)
def test_one_that_cannot_be_used_is_one_sentence(address: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOITHOAI_DELIVERY", address)
    with pytest.raises(BadSetting, match=f"DOITHOAI_DELIVERY: .*{what}"):
        wiring.gateways()
