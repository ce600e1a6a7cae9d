"""Places that fall free: reserves in the order of the lots, of the same ward, by themselves."""

import json

import pytest

from doithoai.kernel.access import NotNow
from doithoai.outbox.models import Message
from doithoai.people.models import AccessLink
from doithoai.roster import actions
from doithoai.roster.models import Invitation
from doithoai.roster.queries import eligible
from tests.roster.scene import DAY_OF_SITTING, Scene, facts_of, length


def test_reserves_are_called_in_the_order_of_the_lots(scene: Scene) -> None:
    """Also when a called reserve declines; those of another ward are not touched."""
    drawn = scene.invite()
    reserves = scene.reserves("Hòa Vinh")
    actions.decline_invitation(drawn[4], channel="phone", actor=scene.lead, now=scene.now)
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    first = Invitation.objects.get(pk=reserves[0].pk)
    actions.decline_invitation(first, channel="phone", actor=scene.lead, now=scene.now)
    called = [Invitation.objects.get(pk=row.pk) for row in reserves[:4]]
    assert [row.in_place_of for row in called[:3]] == [drawn[4], drawn[0], first]
    assert [row.state for row in called] == ["declined", "invited", "invited", "drawn"]
    assert not [row for row in scene.reserves("Hòa Hiệp Trung") if row.in_place_of_id or row.state != "drawn"]


def test_calling_is_the_systems_act_with_its_cause(scene: Scene) -> None:
    drawn = scene.invite()
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    (body,) = facts_of("reserve.call")
    entry = json.loads(body)
    assert entry["actor"] == "system:invitation.decline"
    assert entry["facts"] == {"free": drawn[0].code, "reserve": scene.reserves("Hòa Vinh")[0].code}


def test_a_called_reserve_is_told_by_telephone_and_the_office_to_write(scene: Scene) -> None:
    drawn = scene.invite()
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    reserve = scene.reserves("Hòa Vinh")[0]
    (call,) = Message.objects.filter(person=reserve.person)
    assert call.channel == "call"
    (desk,) = Message.objects.filter(office=scene.morning.lead, key__endswith=":reserve")
    assert reserve.code in desk.body
    assert reserve.name not in desk.body


def test_when_reserves_run_out_the_office_is_told(scene: Scene) -> None:
    drawn = scene.invite()
    Invitation.objects.filter(pk__in=[row.pk for row in scene.reserves("Hòa Vinh")[1:]]).update(state="struck")
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    actions.decline_invitation(drawn[1], channel="phone", actor=scene.lead, now=scene.now)
    assert [json.loads(body)["facts"]["reserve"] for body in facts_of("reserve.call")][1] == ""
    assert Message.objects.filter(office=scene.morning.lead, body__contains="hết người dự bị").count() == 1


def test_withdrawing_tells_the_person_keeps_the_link_to_say_so_and_calls_a_reserve(scene: Scene) -> None:
    row = scene.invite()[2]
    actions.withdraw_invitation(row, reason="mời nhầm người trùng tên", actor=scene.head.as_actor(), now=scene.now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "mời nhầm người trùng tên")
    assert AccessLink.objects.filter(purpose="invitation", code=row.code).count() == 1
    assert Message.objects.filter(person=row.person, key__endswith=":withdrawn", channel="call").count() == 1
    assert scene.reserves("Hòa Vinh")[0].in_place_of == row
    assert "trùng tên" not in "".join(facts_of("invitation.withdraw"))


def test_a_delegates_place_calls_no_reserve(scene: Scene) -> None:
    scene.invite()
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    scene.issue(actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now))
    row = Invitation.objects.get(route="delegate", office__kind="front")
    actions.withdraw_invitation(row, reason="đổi thành phần", actor=scene.head.as_actor(), now=scene.now)
    assert not facts_of("reserve.call")
    assert Message.objects.filter(office=row.office, key__endswith=":withdrawn").count() == 1


def test_striking_keeps_the_row_and_lets_the_next_join_the_letters(scene: Scene) -> None:
    """Not a hidden removal: name and reason stay on the list."""
    scene.draw()
    row = scene.drawn("Hòa Vinh")[0]
    actions.strike(row, reason="đã mất ngày 02/12", actor=scene.head.as_actor(), now=scene.now)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("struck", "đã mất ngày 02/12")
    reserve = scene.reserves("Hòa Vinh")[0]
    assert (reserve.state, reserve.in_place_of) == ("drawn", row)
    assert reserve.code in set(scene.letters().copy_rows.values_list("recipient", flat=True))
    reserve.refresh_from_db()
    assert reserve.state == "invited"


def test_striking_an_uncalled_reserve_calls_nobody(scene: Scene) -> None:
    scene.draw()
    actions.strike(scene.reserves("Hòa Vinh")[0], reason="x", actor=scene.head.as_actor(), now=scene.now)
    assert not facts_of("reserve.call")


def test_where_no_lots_were_drawn_nobody_is_called(scene: Scene) -> None:
    scene.take()
    person = eligible(scene.morning)[0].person
    row = actions.choose_by_hand(scene.morning, person, reason="x", actor=scene.lead, now=scene.now)
    actions.strike(row, reason="chọn nhầm", actor=scene.head.as_actor(), now=scene.now)
    assert not facts_of("reserve.call")


@pytest.mark.parametrize("act", [actions.withdraw_invitation, actions.strike])
def test_taking_back_needs_a_reason_and_time(scene: Scene, act: object) -> None:
    row = scene.invite()[0]
    assert callable(act)
    before = length()
    with pytest.raises(NotNow, match="lý do"):
        act(row, reason=" ", actor=scene.head.as_actor(), now=scene.now)
    scene.morning.dialogue.sittings.update(state="live")
    with pytest.raises(NotNow, match="Đang diễn ra"):
        act(row, reason="x", actor=scene.head.as_actor(), now=DAY_OF_SITTING)
    assert length() == before


def test_who_is_invited_is_withdrawn_not_struck(scene: Scene) -> None:
    row = scene.invite()[0]
    with pytest.raises(NotNow, match="Đã mời"):
        actions.strike(row, reason="x", actor=scene.head.as_actor(), now=scene.now)
