"""Commands from devices: what is one, whose it is, when it was made, and what the device is told."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from doithoai.journal.models import Receipt
from doithoai.kernel import clock
from doithoai.kernel.access import ANYONE, Actor, NotNow
from doithoai.rules.chain import Fact
from doithoai.web.commands import MOST_BYTES, Malformed, Sent, entrance, read, receive

NOW = datetime(2021, 12, 22, 0, 10, tzinfo=UTC)
NAM = Actor(ref="staff:nam", agency_id=1, staff_id=7)
LAN = Actor(ref="staff:lan", agency_id=1, staff_id=8)
TOLD: dict[str, Any] = {
    "key": "5f3a0a3e-4e0e-4f6c-9c1b-000000000001", "device": "5f3a0a3e-4e0e-4f6c-9c1b-0000000000aa", "seq": 3,
    "at": "2026-01-01T00:00:00.000Z", "sent": "2026-01-01T00:00:02.000Z", "name": "den", "by": "staff:nam",
    "body": {"invitation": "M07"},
}  # fmt: skip


def data(**other: object) -> bytes:
    """A command as it comes, with some of it different."""
    return json.dumps(TOLD | other).encode()


def posted(body: bytes, actor: Actor = NAM) -> HttpRequest:
    """A request with a command, of somebody, at the hour of the test."""
    clock.stand_at(NOW)
    request = RequestFactory().post("/lenh/", body, content_type="application/json")
    request.actor = actor  # type: ignore[attr-defined]  # the request's own attribute of this product
    return request


def answered(request: HttpRequest, do: Any = lambda sent, actor, now: {}) -> tuple[int, dict[str, Any]]:
    """Status and words of the answer to a request."""
    response = receive(request, {"den": do})
    assert response.headers["Cache-Control"] == "private, no-store"
    return response.status_code, json.loads(response.content)


class TestReading:
    def test_a_command_is_read_as_it_was_made(self) -> None:
        sent = read(data())
        assert (sent.command.key, sent.command.seq, sent.command.name, sent.by) == (TOLD["key"], 3, "den", "staff:nam")
        assert sent.command.at == datetime(2026, 1, 1, tzinfo=UTC)
        assert sent.body == {"invitation": "M07"}

    @pytest.mark.parametrize(
        "broken",
        [
            b"", b"[]", b"{}", b"\xff", b'"x"', data(key="x"), data(key=7), data(device=""), data(seq=-1), data(seq="1"),
            data(seq=2**60), data(at="hôm qua"), data(at="2026-01-01T00:00:00"), data(sent=None), data(name=""),
            data(name="x" * 61), data(by=""), data(body=[]), data(body={"a": 1}), data(body={"a": "x" * MOST_BYTES}),
        ],
        ids=range(20),
    )  # fmt: skip
    def test_anything_else_is_no_command(self, broken: bytes) -> None:
        with pytest.raises(Malformed):
            read(broken)

    def test_what_came_at_once_happened_now(self) -> None:
        assert read(data()).made_at(NOW) is None

    def test_the_wait_counts_and_not_the_devices_clock(self) -> None:
        """A cheap telephone four years ahead noted the arrival 25 minutes before it had a line again."""
        sent = read(data(sent="2026-01-01T00:25:00.000Z"))
        assert sent.made_at(NOW) == NOW - timedelta(minutes=25)

    def test_a_clock_put_back_meanwhile_counts_as_no_wait(self) -> None:
        assert read(data(sent="2025-12-31T23:00:00.000Z")).made_at(NOW) is None


@pytest.mark.django_db
class TestReceiving:
    def test_done_once_and_answered_alike_twice(self) -> None:
        done: list[str] = []

        def do(sent: Sent, actor: Actor, now: datetime) -> Mapping[str, Fact]:
            done.append(sent.body["invitation"])
            return {"did": "attendance.arrive"}

        first, second = answered(posted(data()), do), answered(posted(data()), do)
        assert first == second == (200, {
            "key": TOLD["key"], "outcome": "done", "words": "", "facts": {"did": "attendance.arrive"},
            "now": NOW.isoformat(),
        })  # fmt: skip
        assert done == ["M07"]

    def test_a_refusal_is_an_answer_with_its_sentence(self) -> None:
        def do(sent: Sent, actor: Actor, now: datetime) -> Mapping[str, Fact]:
            raise NotNow("Chưa đến ngày.")

        status, told = answered(posted(data()), do)
        assert (status, told["outcome"], told["words"]) == (200, "refused", "Chưa đến ngày.")

    def test_an_act_the_page_does_not_have_is_refused_for_good(self) -> None:
        status, told = answered(posted(data(name="xoa-het")))
        assert (status, told["outcome"]) == (200, "refused")

    def test_nobody_signed_in_keeps_the_command_waiting(self) -> None:
        assert answered(posted(data(), ANYONE)) == (401, {"outcome": "signed_out"})
        assert Receipt.objects.count() == 0

    def test_the_journal_names_who_acted_so_nobody_sends_for_another(self) -> None:
        status, told = answered(posted(data(), LAN))
        assert (status, told["outcome"]) == (409, "other")
        assert Receipt.objects.count() == 0

    def test_a_key_of_somebody_else_is_not_answered(self) -> None:
        answered(posted(data()))
        status, told = answered(posted(data(by="staff:lan"), LAN))
        assert (status, told["outcome"]) == (409, "other")

    def test_what_is_no_command_is_said_to_be_none(self) -> None:
        status, told = answered(posted(b"{}"))
        assert (status, told["outcome"]) == (400, "malformed")
        assert told["words"]


class TestEntrance:
    def test_it_says_who_is_signed_in_with_a_token_and_the_time(self) -> None:
        response = entrance(posted(b""))
        assert response.status_code == 405
        request = RequestFactory().get("/lenh/")
        request.actor = NAM  # type: ignore[attr-defined]  # the request's own attribute of this product
        clock.stand_at(NOW)
        told = json.loads(entrance(request).content)
        assert (told["by"], told["now"]) == ("staff:nam", NOW.isoformat())
        assert len(told["token"]) >= 32

    def test_a_stranger_learns_nothing(self) -> None:
        request = RequestFactory().get("/lenh/")
        request.actor = ANYONE  # type: ignore[attr-defined]  # the request's own attribute of this product
        response = entrance(request)
        assert (response.status_code, json.loads(response.content)) == (401, {"outcome": "signed_out"})
