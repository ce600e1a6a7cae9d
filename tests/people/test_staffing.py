"""Accounts: who takes on, links that let in once, other roles, closing and opening; the last administrator stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel.access import NotNow, NotYours, Role
from doithoai.people import actions
from doithoai.people.models import AccessLink, Holding, Staff
from doithoai.people.queries import administrators
from tests.cast import START, Stage
from tests.web.visitors import browser

pytestmark = pytest.mark.django_db
NEW = actions.StaffSpec("dh.moi", "Trần Văn Mới", "ông", "Chuyên viên", "", ((Role.CLERK, "DV01"),))


def admin(stage: Stage) -> dict[str, Any]:
    return {"actor": stage.cast.admin.as_actor(), "now": START}


def second_administrator(stage: Stage, *, password: bool = True) -> Staff:
    spec = replace(NEW, username="dh.qt2", held=((Role.ADMIN, "DV01"),))
    staff = actions.take_on(stage.cast.agency, spec, since=date(2021, 12, 1), **admin(stage))
    if password:
        Staff.objects.filter(pk=staff.pk).update(password=make_password("một mật khẩu dài"))
    return staff


@pytest.fixture(
    params=["staff.take_on", "staff.describe", "staff.reassign", "staff.link", "staff.close", "staff.reopen"]
)
def act(request: pytest.FixtureRequest, stage: Stage) -> Callable[..., object]:
    """Each act, possible for an administrator of the first agency, without its actor."""
    hoa, agency = stage.cast.hoa, stage.cast.agency
    if request.param == "staff.reopen":
        Staff.objects.filter(pk=hoa.pk).update(is_active=False)
    calls: dict[str, Callable[..., object]] = {
        "staff.take_on": lambda **by: actions.take_on(agency, NEW, since=date(2021, 12, 1), **by),
        "staff.describe": lambda **by: actions.describe(hoa, NEW, **by),
        "staff.reassign": lambda **by: actions.reassign(hoa, NEW.held, **by),
        "staff.link": lambda **by: actions.let_in(hoa, **by),
        "staff.close": lambda **by: actions.close(hoa, **by),
        "staff.reopen": lambda **by: actions.reopen(hoa, NEW.held, **by),
    }
    return calls[request.param]


def everything() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Staff, Holding, AccessLink)]


def test_an_administrator_of_the_agency_and_nobody_else(stage: Stage, act: Callable[..., object]) -> None:
    before = everything()
    for staff in (stage.cast.leader, stage.cast.hoa, stage.cast.technician, stage.other.admin):
        with pytest.raises(NotYours):
            act(actor=staff.as_actor(), now=START)
    assert everything() == before
    entries = Entry.objects.count()
    act(**admin(stage))
    assert Entry.objects.count() == entries + 1
    assert everything() != before
    facts = story(stage.cast.agency.chain, last=1)[0].facts
    assert "Trần" not in str(facts), "names of people stay out of the journal"


class TestTakingOn:
    def take_on(self, stage: Stage, **changed: Any) -> Staff:
        return actions.take_on(stage.cast.agency, replace(NEW, **changed), since=date(2021, 12, 1), **admin(stage))

    def test_an_account_may_be_named_after_the_person(self, stage: Stage) -> None:
        one, two = (self.take_on(stage, username="", name="Lê Thị Thuỷ") for _n in range(2))
        assert (one.username, two.username) == ("dh.thuy", "dh.thuy2")

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"username": "dh.hoa"}, "“dh.hoa” đã có người dùng"),
            ({"username": "Hòa Trần"}, "chữ thường không dấu"),
            ({"username": "x"}, "cần 3 đến 60"),
            ({"name": " "}, "cần họ tên và chức danh"),
            ({"held": ((Role.CLERK, "DV99"),)}, "không có đơn vị mã DV99"),
        ],
    )
    def test_what_cannot_be(self, stage: Stage, changed: dict[str, Any], why: str) -> None:
        before = Staff.objects.count()
        with pytest.raises(NotNow, match=why):
            self.take_on(stage, **changed)
        assert Staff.objects.count() == before

    def test_not_at_an_office_that_was_closed(self, stage: Stage) -> None:
        stage.cast.agency.offices.filter(code="DV01").update(valid_to=date(2021, 11, 30))
        with pytest.raises(NotNow, match="hoặc đơn vị đã đóng"):
            self.take_on(stage)


class TestLinks:
    def test_one_lets_in_once_and_the_ones_before_open_nothing(self, stage: Stage) -> None:
        first, second = (actions.let_in(stage.cast.hoa, **admin(stage)) for _n in range(2))
        with pytest.raises(NotNow):
            actions.open_link(first, actions.SIGN_IN, now=START)
        link = actions.open_link(second, actions.SIGN_IN, now=START + timedelta(days=2))
        assert link.staff == stage.cast.hoa
        assert link.is_single_use
        with pytest.raises(NotNow):
            actions.open_link(second, actions.SIGN_IN, now=START + timedelta(days=3))

    def test_none_for_a_closed_account(self, stage: Stage) -> None:
        actions.close(stage.cast.hoa, **admin(stage))
        with pytest.raises(NotNow, match="tài khoản này đã đóng"):
            actions.let_in(stage.cast.hoa, **admin(stage))


class TestReassigning:
    def test_what_was_held_stays_with_its_days_and_what_goes_on_is_not_begun_anew(self, stage: Stage) -> None:
        hoa = stage.cast.hoa
        (before,) = hoa.holdings.all()
        actions.reassign(hoa, [(Role.OFFICER, before.office.code), (Role.CLERK, before.office.code)], **admin(stage))
        held = sorted((row.role, row.until) for row in hoa.holdings.all())
        assert held == [("clerk", None), ("officer", None)]
        actions.reassign(hoa, [(Role.CLERK, before.office.code)], **admin(stage))
        before.refresh_from_db()
        assert before.until == date(2021, 12, 1)
        actor = Staff.objects.get(pk=hoa.pk).as_actor()
        assert actor.holds(Role.CLERK)
        assert not actor.holds(Role.OFFICER)

    def test_somebody_without_any_role_is_not_left_behind(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="Người đã nghỉ thì đóng tài khoản"):
            actions.reassign(stage.cast.hoa, [], **admin(stage))


class TestClosing:
    def test_every_way_in_ends_at_once(self, stage: Stage) -> None:
        hoa = stage.cast.hoa
        token = actions.let_in(hoa, **admin(stage))
        client = browser(hoa, now=START)
        assert client.get("/").status_code == 200
        actions.close(hoa, **admin(stage))
        assert client.get("/").status_code == 302
        with pytest.raises(NotNow):
            actions.open_link(token, actions.SIGN_IN, now=START)
        assert not Holding.objects.filter(staff=hoa, until=None).exists()
        assert Staff.objects.filter(pk=hoa.pk).exists()
        actions.reopen(hoa, NEW.held, **admin(stage))
        assert client.get("/").status_code == 302, "an old session is not opened again with the account"

    def test_twice_is_refused(self, stage: Stage) -> None:
        actions.close(stage.cast.hoa, **admin(stage))
        with pytest.raises(NotNow, match="đã đóng"):
            actions.close(stage.cast.hoa, **admin(stage))

    def test_opening_asks_for_a_role(self, stage: Stage) -> None:
        with pytest.raises(NotNow, match="đang mở"):
            actions.reopen(stage.cast.hoa, NEW.held, **admin(stage))
        actions.close(stage.cast.hoa, **admin(stage))
        with pytest.raises(NotNow, match="chưa chọn vai"):
            actions.reopen(stage.cast.hoa, [], **admin(stage))


class TestTheLastAdministrator:
    def ways_out(self, stage: Stage) -> list[Callable[[], object]]:
        own = stage.cast.admin
        return [
            lambda: actions.close(own, **admin(stage)),
            lambda: actions.reassign(own, [(Role.OFFICER, "DV01")], **admin(stage)),
        ]

    @pytest.mark.parametrize("way", [0, 1])
    def test_cannot_go(self, stage: Stage, way: int) -> None:
        with pytest.raises(NotNow, match="quản trị duy nhất vào được hệ thống"):
            self.ways_out(stage)[way]()
        assert administrators(stage.cast.agency) == [stage.cast.admin]

    @pytest.mark.parametrize("way", [0, 1])
    def test_nor_with_another_who_has_no_way_in(self, stage: Stage, way: int) -> None:
        second_administrator(stage, password=False)
        with pytest.raises(NotNow, match="Cần một quản trị khác đã đặt mật khẩu trước"):
            self.ways_out(stage)[way]()

    @pytest.mark.parametrize("way", [0, 1])
    def test_goes_once_another_can_come_in(self, stage: Stage, way: int) -> None:
        second = second_administrator(stage)
        self.ways_out(stage)[way]()
        assert administrators(stage.cast.agency) == [second]

    def test_the_administrator_of_another_agency_does_not_count(self, stage: Stage) -> None:
        Staff.objects.filter(pk=stage.other.admin.pk).update(password=make_password("một mật khẩu dài"))
        with pytest.raises(NotNow):
            actions.close(stage.cast.admin, **admin(stage))


def test_a_password_is_set_by_its_owner_alone(stage: Stage) -> None:
    hoa, encoded = stage.cast.hoa, make_password("bốn từ không liên quan")
    for actor in (stage.cast.admin.as_actor(), stage.other.hoa.as_actor()):
        with pytest.raises(NotYours):
            actions.set_password(hoa, encoded, actor=actor, now=START)
    actions.set_password(hoa, encoded, actor=hoa.as_actor(), now=START)
    assert Staff.objects.get(pk=hoa.pk).check_password("bốn từ không liên quan")
    assert story(hoa.agency.chain, last=1)[0].facts == {"staff": hoa.code}
