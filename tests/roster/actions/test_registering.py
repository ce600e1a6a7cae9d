"""Registering: the plan's condition refuses it, places in order, those who wait move up by themselves, each with why."""

from datetime import timedelta

import pytest

from doithoai.kernel.access import ANYONE, NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Invitation, Opening, Registration
from doithoai.roster.queries import places_of
from tests.roster.registering import accept, comer, opened, registered, until, without_conditions
from tests.roster.scene import Scene, facts_of
from tests.web.visitors import unchanged


@pytest.fixture
def free(scene: Scene) -> Scene:
    """A morning to which anybody may come."""
    without_conditions(scene)
    return scene


class TestCondition:
    def test_a_plan_that_chooses_refuses_with_its_own_words(self, scene: Scene) -> None:
        with unchanged(Opening, Registration, Invitation, Person):
            with pytest.raises(NotNow, match=r"Kế hoạch có điều kiện “.*thủ tục.*không nhận đăng ký"):
                actions.open_registration(scene.morning, until=until(scene), actor=scene.lead, now=scene.now)
            with pytest.raises(NotNow, match="không nhận đăng ký"):
                actions.register_by_hand(scene.morning, comer(), reason="x", actor=scene.lead, now=scene.now)
            with pytest.raises(NotNow, match="không nhận đăng ký tham dự"):
                actions.register(scene.morning, comer(), actor=ANYONE, now=scene.now)

    def test_a_number_to_choose_without_its_text_is_a_condition_too(self, free: Scene) -> None:
        Sitting.objects.filter(pk=free.morning.pk).update(quota=15)
        with pytest.raises(NotNow, match="chọn mời 15 người đã làm thủ tục"):
            opened(free)


class TestOpening:
    def test_until_a_time_before_the_sitting_and_moved_by_opening_again(self, free: Scene) -> None:
        opened(free)
        for wrong in (free.now, free.morning.starts_at):
            with pytest.raises(NotNow, match="hạn đăng ký phải sau lúc này"):
                actions.open_registration(free.morning, until=wrong, actor=free.lead, now=free.now)
        later = until(free) + timedelta(days=2)
        actions.open_registration(free.morning, until=later, actor=free.lead, now=free.now)
        assert Opening.objects.get().until == later
        assert len(facts_of("registration.open")) == 2

    def test_not_before_the_day_is_fixed(self, free: Scene) -> None:
        Sitting.objects.filter(pk=free.morning.pk).update(tentative="trong tháng 12/2021")
        with unchanged(Opening), pytest.raises(NotNow, match=r"chưa ấn định, mới dự kiến trong tháng 12/2021"):
            opened(free)

    def test_afterwards_nobody_registers(self, free: Scene) -> None:
        opened(free)
        with unchanged(Registration, Person), pytest.raises(NotNow, match="Đã hết hạn đăng ký"):
            actions.register(free.morning, comer(), actor=ANYONE, now=until(free))

    def test_a_name_and_a_topic_are_needed(self, free: Scene) -> None:
        opened(free)
        for wrong in (comer(name=" "), comer(topic=" ")):
            with unchanged(Registration), pytest.raises(NotNow, match="Chưa đăng ký được: cần"):
                actions.register(free.morning, wrong, actor=ANYONE, now=free.now)

    def test_the_journal_has_no_name_and_no_words(self, free: Scene) -> None:
        opened(free)
        row = registered(free, 1)[0]
        (body,) = facts_of("registration.send")
        assert row.code in body
        assert row.person.name not in body
        assert row.topic not in body


class TestPlaces:
    def test_in_order_while_there_are_places_then_in_line(self, free: Scene) -> None:
        opened(free)
        first, second, third, fourth = (accept(free, row) for row in registered(free, 4))
        assert [row.state for row in (first, second, third, fourth)] == ["placed", "placed", "queued", "queued"]
        assert first.invitation
        assert first.invitation.route == Invitation.Route.REGISTERED
        assert first.invitation.selection_reason.startswith("Đăng ký ngày 01/12/2021, thứ tự 1; nêu: Cấp phép")
        with pytest.raises(NotNow):
            actions.accept_registration(first, actor=free.lead, now=free.now)

    def test_a_place_that_falls_free_goes_to_the_first_in_line_with_why(self, free: Scene) -> None:
        opened(free)
        first, _second, third, fourth = (accept(free, row) for row in registered(free, 4))
        assert first.invitation
        actions.strike(first.invitation, reason="Báo không đi", actor=free.head.as_actor(), now=free.now)
        third.refresh_from_db()
        fourth.refresh_from_db()
        assert (third.state, fourth.state) == ("placed", "queued")
        assert third.invitation
        assert f"đến lượt vì chỗ {first.invitation.code} trống" in third.invitation.selection_reason
        assert third.invitation.state == "drawn"
        assert len(places_of(free.morning)) == 2
        (body,) = facts_of("registration.advance")
        assert third.code in body

    def test_after_the_letters_they_are_invited_at_once_and_a_letter_is_owed(self, free: Scene) -> None:
        opened(free)
        first, _second, third = (accept(free, row) for row in registered(free, 3))
        free.letters()
        row = Invitation.objects.get(pk=first.invitation_id)
        assert row.state == "invited"
        actions.decline_invitation(row, channel="phone", reason="Bận", actor=free.lead, now=free.now)
        third.refresh_from_db()
        assert third.invitation
        assert third.invitation.state == "invited"
        owed = Message.objects.get(key__endswith=f"{third.invitation.code}:reserve")
        assert "Người đăng ký tiếp theo" in owed.body
        assert "Dự bị" not in owed.body
        actions.draft_reserve_letter(third.invitation, signer=free.head, actor=free.lead, now=free.now)

    def test_nobody_in_line_leaves_the_place_free(self, free: Scene) -> None:
        opened(free)
        first = accept(free, registered(free, 1)[0])
        assert first.invitation
        actions.strike(first.invitation, reason="Báo không đi", actor=free.head.as_actor(), now=free.now)
        assert places_of(free.morning) == []
        assert facts_of("registration.advance") == []


class TestDeclining:
    def test_with_a_reason_that_the_person_is_told(self, free: Scene) -> None:
        opened(free)
        row = registered(free, 1)[0]
        with pytest.raises(NotNow, match="cần một câu nêu lý do"):
            actions.decline_registration(row, reason=" ", actor=free.lead, now=free.now)
        actions.decline_registration(row, reason="Đăng ký hai lần.", actor=free.lead, now=free.now)
        assert (row.state, row.reason) == ("declined", "Đăng ký hai lần.")
        assert "Lý do: Đăng ký hai lần. Ý kiến" in Message.objects.get(key__endswith=":declined").body
        assert "hai lần" not in facts_of("registration.decline")[0]
        with pytest.raises(NotNow):
            accept(free, row)

    def test_another_agencys_office_cannot(self, free: Scene) -> None:
        opened(free)
        row = registered(free, 1)[0]
        stranger = free.stage.other.heads[free.morning.lead.code].as_actor()
        with unchanged(Registration, Invitation):
            for act in (actions.accept_registration, actions.decline_registration):
                with pytest.raises(NotYours):
                    act(row, actor=stranger, now=free.now, **({"reason": "x"} if "decline" in act.__name__ else {}))


class TestByHand:
    def test_an_organisation_with_a_reason(self, free: Scene) -> None:
        told = actions.Comer(comer("Công ty TNHH Thử").who, "Thuê đất", is_organisation=True)
        row = actions.register_by_hand(free.morning, told, reason="Công văn số 5", actor=free.lead, now=free.now)
        assert row.person
        assert row.person.kind == Person.Kind.ORGANISATION
        assert row.selection_reason == "Đăng ký với cơ quan, nêu: Thuê đất. Công văn số 5"
        assert row in places_of(free.morning)
        assert "Công ty" not in facts_of("invitation.register")[0]

    def test_not_twice_not_without_a_reason_and_not_beyond_the_places(self, free: Scene) -> None:
        def enter(name: str, reason: str = "Đến gặp trực tiếp") -> Invitation:
            who = comer(name, phone="0905000111")
            return actions.register_by_hand(free.morning, who, reason=reason, actor=free.lead, now=free.now)

        with pytest.raises(NotNow, match="nêu lý do"):
            enter("A", " ")
        enter("Phan Văn Một")
        with pytest.raises(NotNow, match="đã có tên trong danh sách"):
            enter("Phan Văn Một")
        enter("Phan Văn Hai")
        with unchanged(Invitation, Person), pytest.raises(NotNow, match="đã đủ 2 chỗ"):
            enter("Phan Văn Ba")
