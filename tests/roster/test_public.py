"""The public registration page: without an account or a script, within its time and its limits; and what became of it."""

import pytest
from django.test import Client

from doithoai.kernel.access import ANYONE
from doithoai.people.models import Person
from doithoai.roster import actions, public
from doithoai.roster.models import Invitation, Registration
from tests.roster.pages import INLINE, text_of
from tests.roster.registering import accept, comer, opened, registered, until, without_conditions
from tests.roster.scene import Scene
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

SAID = {"name": "Trần Văn Đăng Ký", "topic": "Cấp phép xây dựng", "phone": "0905 000 111", "kind": "organisation"}


@pytest.fixture
def free(scene: Scene) -> Scene:
    """Registering is open for a day."""
    without_conditions(scene)
    opened(scene)
    return scene


@pytest.fixture
def anybody(free: Scene) -> Client:
    """A browser of nobody in particular."""
    return browser(now=free.now)


def page(scene: Scene) -> str:
    return f"/cong-khai/{scene.stage.dialogue.code}/dang-ky/{scene.morning.ordinal}/"


def own(scene: Scene, row: Registration) -> str:
    return f"/dang-ky-cua-toi/{actions.own_registration(row)}/"


class TestSending:
    def test_it_leads_to_a_page_of_ones_own(self, free: Scene, anybody: Client) -> None:
        response = anybody.post(page(free), SAID)
        assert response.status_code == 302
        row = Registration.objects.get()
        assert (row.person.kind, row.person.phone, row.state) == ("organisation", "0905000111", "waiting")
        html = text_of(anybody, response["Location"])
        assert "Cơ quan đã nhận đăng ký." in html
        assert row.code in html

    def test_light_without_cookie_or_script_of_its_own(self, free: Scene, anybody: Client) -> None:
        response = anybody.get(page(free))
        assert len(response.content) < 60_000
        assert not response.cookies
        assert not INLINE.search(response.content.decode())
        assert queries_of(anybody, page(free)) <= 14

    def test_what_is_missing_is_said_beside_and_nothing_typed_is_lost(self, free: Scene, anybody: Client) -> None:
        with unchanged(Registration, Person):
            response = anybody.post(page(free), {**SAID, "topic": ""})
        assert response.status_code == 422
        html = response.content.decode()
        assert "Trần Văn Đăng Ký" in html
        assert "Để trống. Cần ít nhất vài chữ." in html

    def test_a_number_that_is_none_and_a_time_that_is_over(self, free: Scene, anybody: Client) -> None:
        with unchanged(Registration, Person):
            response = anybody.post(page(free), {**SAID, "phone": "abc"})
            assert response.status_code == 409
            assert "không phải số điện thoại" in response.content.decode()
            late = browser(now=until(free))
            assert late.post(page(free), SAID).status_code == 409
            assert "Đã hết hạn đăng ký" in text_of(late, page(free))
            assert "<form" not in text_of(late, page(free)).split("<main")[1].split("</main")[0]

    def test_pressed_twice_it_is_once(self, free: Scene, anybody: Client) -> None:
        said = {**SAID, "lan": "a" * 32}
        for _time in range(2):
            assert anybody.post(page(free), said).status_code == 302
        assert Registration.objects.count() == 1

    def test_too_many_from_one_address(self, free: Scene, anybody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(public, "PER_ADDRESS", 1)
        assert anybody.post(page(free), SAID).status_code == 302
        response = anybody.post(page(free), {**SAID, "name": "Người Khác"})
        assert response.status_code == 409
        assert "Đã thử quá nhiều lần" in response.content.decode()
        assert Registration.objects.count() == 1

    def test_a_sitting_that_never_opened_is_not_found(self, scene: Scene) -> None:
        assert browser(now=scene.now).get(page(scene)).status_code == 404
        assert browser(now=scene.now).post(page(scene), SAID).status_code == 404


class TestOwn:
    def test_each_state_says_what_it_means(self, free: Scene, anybody: Client) -> None:
        rows = registered(free, 5)
        assert "đang xem xét" in text_of(anybody, own(free, rows[0]))
        for row in rows[:4]:
            accept(free, row)
        actions.decline_registration(rows[4], reason="Đăng ký hai lần", actor=free.lead, now=free.now)
        assert "được vào danh sách mời" in text_of(anybody, own(free, rows[0]))
        assert "đứng thứ 1 trong hàng chờ" in text_of(anybody, own(free, rows[2]))
        assert "đứng thứ 2 trong hàng chờ" in text_of(anybody, own(free, rows[3]))
        assert "Đăng ký hai lần" in text_of(anybody, own(free, rows[4]))
        gone = Invitation.objects.get(registration=rows[1])
        actions.strike(gone, reason="Báo không đi", actor=free.head.as_actor(), now=free.now)
        assert "Có chỗ trống nên đến lượt ông (bà)." in text_of(anybody, own(free, rows[2]))
        assert "đứng thứ 1 trong hàng chờ" in text_of(anybody, own(free, rows[3]))

    def test_a_strange_name_is_text(self, free: Scene, anybody: Client) -> None:
        row = registered(free, 1)[0]
        rename_to_attack(row.person)
        assert ESCAPED_ATTACK in text_of(anybody, own(free, row))

    def test_another_address_is_not_found(self, free: Scene, anybody: Client) -> None:
        actions.register(free.morning, comer(), actor=ANYONE, now=free.now)
        assert anybody.get("/dang-ky-cua-toi/abc/").status_code == 404
