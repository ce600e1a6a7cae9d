"""Notices of a Zalo account, against an independent description of its interface on this machine."""

import json
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from doithoai.adapters.delivery_http import GatewayError
from doithoai.adapters.delivery_zalo import ZaloDelivery
from doithoai.ports import Delivery, Parcel, TryLater, Uncertain, Unreachable
from tests.adapters.gateway import Gateway, gateway
from tests.adapters.zalo_interface import Zalo

PARCEL = Parcel(
    key="c0" * 32,
    to="0905123456",
    subject="",
    body="",
    kind="invitation",
    fields={
        "whom": "bà Lê Thị Sáu",
        "time": "07 giờ 30 phút",
        "venue": "UBND phường Hòa Vinh",
        "link": "http://x/moi/0/",
    },
)
TEMPLATE = """
[[template]]
kind = "invitation"
id = "301"
[template.fields]
ten = "whom"
gio = "time"
"""


@pytest.fixture
def zalo() -> Zalo:
    return Zalo(templates={"301": {"ten", "gio"}})


@pytest.fixture
def there(zalo: Zalo) -> Iterator[Gateway]:
    with gateway(zalo.answer) as opened:
        yield opened


def written(folder: Path, url: str, more: str = TEMPLATE) -> Path:
    path = folder / "zalo.toml"
    path.write_text(
        f'app_id = "4711"\napp_secret = "bi-mat-cua-ung-dung"\nrefresh_token = "lam-moi-0"\n'
        f'send_url = "{url}/message/template"\nrenew_url = "{url}/v4/oa/access_token"\n{more}',
        encoding="utf-8",
    )
    return path


def test_a_notice_is_an_approved_wording_filled_in(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    delivery: Delivery = ZaloDelivery.at(str(written(tmp_path, there.url)))
    assert delivery.channel == "zalo"
    assert delivery.send(PARCEL) == "zns-1"
    (sent,) = zalo.sent
    assert sent == {
        "phone": "84905123456",
        "template_id": "301",
        "template_data": {"ten": "bà Lê Thị Sáu", "gio": "07 giờ 30 phút"},
        "tracking_id": ("c0" * 32)[:48],
    }


def test_the_token_is_renewed_once_and_kept_for_its_owner_only(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    path = written(tmp_path, there.url)
    for _again in range(3):
        ZaloDelivery.at(str(path)).send(PARCEL)
    assert (zalo.renewed, len(zalo.sent)) == (1, 3)
    kept = tmp_path / "zalo.toml.state"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text()) == {"access_token": "vao-1", "refresh_token": "lam-moi-1"}


def test_a_token_that_is_over_is_renewed_with_the_last_refresh_token(
    zalo: Zalo, there: Gateway, tmp_path: Path
) -> None:
    delivery = ZaloDelivery.at(str(written(tmp_path, there.url)))
    delivery.send(PARCEL)
    zalo.access_token = ""
    assert delivery.send(PARCEL) == "zns-2"
    assert zalo.renewed == 2


def test_several_workers_renew_it_once(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    """A refresh token works once: of five at the same time one asks, the others use what it got."""
    path = str(written(tmp_path, there.url))
    threads = [threading.Thread(target=lambda: ZaloDelivery.at(path).send(PARCEL)) for _worker in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (zalo.renewed, len(zalo.sent)) == (1, 5)


def test_without_the_right_to_renew_nothing_is_sent_and_no_secret_is_told(
    zalo: Zalo, there: Gateway, tmp_path: Path
) -> None:
    zalo.refresh_token = "da-dung-o-noi-khac"
    with pytest.raises(TryLater, match="kết nối lại Official Account") as refused:
        ZaloDelivery.at(str(written(tmp_path, there.url))).send(PARCEL)
    assert "bi-mat" not in str(refused.value)
    assert zalo.sent == []


def test_who_has_no_zalo_is_not_reached_this_way(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    zalo.without_zalo.add("84905123456")
    with pytest.raises(Unreachable, match="không dùng Zalo") as refused:
        ZaloDelivery.at(str(written(tmp_path, there.url))).send(PARCEL)
    assert "0905" not in str(refused.value)


def test_at_night_it_waits(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    zalo.is_night = True
    with pytest.raises(TryLater, match="ban đêm"):
        ZaloDelivery.at(str(written(tmp_path, there.url))).send(PARCEL)


def test_an_answer_that_never_came_is_not_asked_for_again(zalo: Zalo, there: Gateway, tmp_path: Path) -> None:
    delivery = ZaloDelivery.at(str(written(tmp_path, there.url)))
    zalo.is_mute = True
    with pytest.raises(Uncertain, match="không rõ tin đã đi chưa"):
        delivery.send(PARCEL)
    assert sum(request.path == "/message/template" for request in there.seen) == 1


def test_a_kind_without_a_wording_goes_another_way(there: Gateway, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="Chưa có mẫu Zalo"):
        ZaloDelivery.at(str(written(tmp_path, there.url))).send(replace(PARCEL, kind="moved"))
    assert there.seen == []


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("", "template"),
        ("mau = 1\n" + TEMPLATE, "mau"),
        ('[[template]]\nkind = "invitation"\n[template.fields]\nten = "whom"\n', r"template\[1\].id"),
        ('[[template]]\nkind = "invitation"\nid = "301"\n', r"template\[1\].fields"),
    ],
)
def test_settings_that_cannot_be_used_name_the_key(tmp_path: Path, more: str, what: str) -> None:
    with pytest.raises(GatewayError, match=what):
        ZaloDelivery.at(str(written(tmp_path, "https://zalo.example", more)))


def test_secrets_travel_encrypted_only(tmp_path: Path) -> None:
    with pytest.raises(GatewayError, match="https://"):
        ZaloDelivery.at(str(written(tmp_path, "http://zalo.example")))
