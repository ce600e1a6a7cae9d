"""Those who register, on the page of the inviting office."""

import pytest

from doithoai.people.models import Person
from doithoai.roster.models import Invitation, Opening, Registration
from tests.roster.pages import choosing, client, text_of
from tests.roster.registering import opened, registered, without_conditions
from tests.roster.scene import Scene
from tests.web.visitors import ESCAPED_ATTACK, rename_to_attack, unchanged


@pytest.fixture
def free(scene: Scene) -> Scene:
    """A morning to which anybody may come."""
    without_conditions(scene)
    return scene


def page(scene: Scene) -> str:
    return f"{choosing(scene)}dang-ky/"


def test_a_plan_with_a_condition_says_it_and_offers_nothing(scene: Scene) -> None:
    assert "không nhận đăng ký" in text_of(client(scene), choosing(scene))
    html = text_of(client(scene), page(scene))
    assert "Kế hoạch có điều kiện “" in html
    assert "Mở đăng ký" not in html
    said = {"name": "A", "topic": "x", "reason": "y"}
    with unchanged(Invitation, Person):
        assert client(scene).post(f"{page(scene)}ghi/", said).status_code == 409


def test_opened_accepted_and_refused(free: Scene) -> None:
    visitor = client(free)
    assert "Mở trang đăng ký" in text_of(visitor, choosing(free))
    assert visitor.post(f"{page(free)}mo/", {"until": "2021-12-05T17:00"}).status_code == 302
    assert f"{Opening.objects.get().until:%d %H:%M}" == "05 10:00", "typed by the clock of the agency"
    first, second = registered(free, 2)
    rename_to_attack(first.person)
    assert visitor.post(f"{page(free)}nhan/", {"ma": first.code}).status_code == 302
    assert visitor.post(f"{page(free)}khong-nhan/", {"ma": second.code, "reason": ""}).status_code == 409
    response = visitor.post(f"{page(free)}khong-nhan/", {"ma": second.code, "reason": "Đăng ký hai lần"})
    html = text_of(visitor, response["Location"])
    assert "Đã ghi không nhận." in html
    assert ESCAPED_ATTACK in html
    assert "Đăng ký ngày 01/12/2021, thứ tự 1" in html
    assert "Đăng ký hai lần" in html
    assert text_of(visitor, f"{choosing(free)}danh-sach/").count(ESCAPED_ATTACK) > 0


def test_entered_by_hand(free: Scene) -> None:
    said = {"name": "Hợp tác xã Thử", "kind": "organisation", "topic": "Thuê đất", "reason": "Công văn số 5"}
    assert client(free).post(f"{page(free)}ghi/", said).status_code == 302
    row = Invitation.objects.get()
    assert (row.route, row.name) == ("registered", "Hợp tác xã Thử")


def test_the_second_agency_finds_nothing_and_others_have_no_button(free: Scene) -> None:
    opened(free)
    row = registered(free, 1)[0]
    other = client(free, free.stage.other.hoa)
    assert other.get(page(free)).status_code == 404
    with unchanged(Registration, Invitation):
        assert other.post(f"{page(free)}nhan/", {"ma": row.code}).status_code == 404
        clerk = client(free, free.stage.cast.clerk)
        assert "Nhận, mời dự" not in text_of(clerk, page(free))
        assert clerk.post(f"{page(free)}nhan/", {"ma": row.code}).status_code == 403
        assert client(free).post(f"{page(free)}nhan/", {"ma": "X"}).status_code == 404
