"""E-mail, spoken to a real server on this machine: what arrives, and what each refusal means for a second try."""

import socket
from collections.abc import Iterator

import pytest

from doithoai.adapters.delivery_http import GatewayError
from doithoai.adapters.delivery_mail import MailDelivery
from doithoai.ports import Delivery, Parcel, TryLater, Uncertain, Unreachable
from tests.adapters.post_office import PostOffice, post_office

KEY = "ab" * 32
PARCEL = Parcel(
    key=KEY,
    to="ba.sau@thu.example",
    subject="Kính mời dự đối thoại",
    body="Kính mời bà Sáu.\n.dòng bắt đầu bằng dấu chấm\nTrả lời tại: http://x/moi/0/",
    kind="invitation",
    fields={},
)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


def at(office: PostOffice, user: str = "", password: str = "") -> MailDelivery:
    who = f"{user}@" if user else ""
    address = f"smtp://{who}127.0.0.1:{office.port}?from=van-phong@donghoa.example&ten=UBND thị xã Đông Hòa"
    return MailDelivery.at(address, password)


def test_a_letter_arrives_as_it_was_written(office: PostOffice) -> None:
    gateway: Delivery = at(office)
    assert gateway.channel == "mail"
    assert gateway.send(PARCEL) == f"<{KEY}@donghoa.example>"
    (letter,) = office.letters
    assert letter["To"] == "ba.sau@thu.example"
    assert letter["From"].addresses[0].display_name == "UBND thị xã Đông Hòa"
    assert letter["Subject"] == "Kính mời dự đối thoại"
    assert letter.get_content().replace("\r\n", "\n").strip() == PARCEL.body
    assert letter["Message-ID"] == f"<{KEY}@donghoa.example>"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_the_same_message_has_the_same_name_again(office: PostOffice) -> None:
    assert at(office).send(PARCEL) == at(office).send(PARCEL)
    assert len({letter["Message-ID"] for letter in office.letters}) == 1


def test_it_signs_in_where_the_server_asks(office: PostOffice) -> None:
    office.password = "bi-mat"
    at(office, "hop.thu", "bi-mat").send(PARCEL)
    assert office.logins == [("hop.thu", "bi-mat")]
    assert len(office.letters) == 1


def test_a_wrong_password_sends_nothing_and_may_be_mended(office: PostOffice) -> None:
    office.password = "bi-mat"
    for password in ("khong-dung", "bí mật có dấu"):
        with pytest.raises(TryLater, match="tài khoản hoặc mật khẩu") as refused:
            at(office, "hop.thu", password).send(PARCEL)
        assert password not in refused.value.reason
    assert office.letters == []


@pytest.mark.parametrize(
    ("reply", "kind"), [("451 thu lai sau", TryLater), ("450 day hop thu", TryLater), ("550 khong co", Unreachable)]
)
def test_four_is_for_now_and_five_for_good(office: PostOffice, reply: str, kind: type[Exception]) -> None:
    office.refusals[PARCEL.to] = reply
    with pytest.raises(kind) as refused:
        at(office).send(PARCEL)
    assert reply[:3] in str(refused.value)
    assert PARCEL.to not in str(refused.value)
    assert office.letters == []


def test_a_line_that_breaks_after_the_letter_leaves_it_unknown(office: PostOffice) -> None:
    office.hangs_up_after_data = True
    with pytest.raises(Uncertain, match="không rõ thư đã đi chưa"):
        at(office).send(PARCEL)


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(TryLater, match="Không nối được"):
        MailDelivery.at(f"smtp://127.0.0.1:{port}?from=a@b.example").send(PARCEL)


@pytest.mark.parametrize("to", ["không phải địa chỉ", "a@b@c", "x@y.example\r\nBcc: khac@z.example"])
def test_what_is_no_address_reaches_nobody(office: PostOffice, to: str) -> None:
    wrong = Parcel(KEY, to, "x", "y", "invitation", {})
    with pytest.raises(Unreachable, match="không đúng"):
        at(office).send(wrong)
    assert office.recipients == []


@pytest.mark.parametrize("address", ["smtp://may-chu:587", "smtp:?from=a@b.example", "smtp://m:x?from=a@b.example"])
def test_an_address_that_cannot_be_used_says_what_is_expected(address: str) -> None:
    with pytest.raises(GatewayError, match="Thư điện tử"):
        MailDelivery.at(address)


def test_tls_is_used_beyond_this_machine_whatever_the_scheme() -> None:
    first = MailDelivery.at("smtps://a@thu.example?from=a@b.example")
    assert (first.port, first.is_tls_first) == (465, True)
    assert MailDelivery.at("smtp://thu.example?from=a@b.example").port == 587
