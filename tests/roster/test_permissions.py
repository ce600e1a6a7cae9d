"""Whose right each act is; a second agency is refused everything and changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from doithoai.kernel.access import ANYONE, Actor, NotYours, Role
from doithoai.kernel.verbs import REGISTRY
from doithoai.people.actions import Newcomer
from doithoai.people.models import Person, Staff
from doithoai.roster import actions, permissions
from doithoai.roster.actions.called_off import call_off
from doithoai.roster.imports import Scanned
from doithoai.roster.models import Exclusion, Invitation, Pool, Record, Registration
from doithoai.roster.queries import eligible, visible_to
from tests.roster.scene import DAY_OF_SITTING, EVENT, EVENT_ON, EVENT_VALUE, Scene, length, link_holder, shipped_intake

Act = Callable[..., Any]
FOR_ANYONE = ("registration.send",)


@dataclass(frozen=True, slots=True)
class Call:
    """One act with everything but its actor, when it is possible, and who is refused it."""

    act: Act
    args: tuple[Any, ...]
    said: dict[str, Any]
    now: datetime


def calls(scene: Scene) -> dict[str, Call]:
    """Every act of the roster on a stage where both agencies could do it, were it theirs."""
    row = scene.invite()[0]
    afternoon = scene.afternoon
    pool = scene.freeze_afternoon()
    person = eligible(scene.afternoon)[0].person
    delegate = actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)[0]
    asked = Registration.objects.create(
        sitting=afternoon, ordinal=1, code=f"{afternoon.code}-D01", person=person, topic="x", registered_at=scene.now
    )
    comer = actions.Comer(Newcomer("A"), "x")
    today, later = scene.now, scene.now + timedelta(days=8)
    signed = {"signer": scene.head}
    records = {"name": "x.csv", "data": b"x", "intake": shipped_intake()}
    event = {"event_name": EVENT, "event_on": EVENT_ON}
    value = {"value": EVENT_VALUE, "source": "s", "witnesses": "w"}
    return {
        "records.take": Call(actions.take_records, (scene.stage.dialogue,), records, today),
        "records.remember": Call(
            actions.remember_reading, (scene.stage.dialogue,), {"columns": {"x": {"name": "Họ tên"}}}, today
        ),
        "pool.freeze": Call(actions.freeze_pool, (scene.morning,), event, today),
        "pool.draw": Call(actions.draw, (pool,), value, today),
        "pool.exclude": Call(actions.exclude, (afternoon, person), {"ground": "kin", "reason": "x"}, today),
        "pool.readmit": Call(actions.readmit, (afternoon, person), {}, today),
        "registration.open": Call(
            actions.open_registration, (afternoon,), {"until": scene.now + timedelta(days=1)}, today
        ),
        "registration.send": Call(actions.register, (afternoon, comer), {}, today),
        "registration.accept": Call(actions.accept_registration, (asked,), {}, today),
        "registration.decline": Call(actions.decline_registration, (asked,), {"reason": "x"}, today),
        "registration.advance": Call(actions.advance, (row,), {}, today),
        "invitation.register": Call(actions.register_by_hand, (afternoon, comer), {"reason": "x"}, today),
        "invitation.choose": Call(actions.choose_by_hand, (afternoon, person), {"reason": "x"}, today),
        "delegates.list": Call(actions.invite_delegates, (afternoon,), {}, today),
        "invitations.draft": Call(actions.draft_invitations, (scene.morning,), signed, today),
        "delegates.draft": Call(actions.draft_delegate_invitations, (scene.morning,), signed, today),
        "reserve.draft": Call(actions.draft_reserve_letter, (row,), signed, today),
        "invitation.issue": Call(actions.issue_invitation, (delegate,), {}, today),
        "invitation.deliver": Call(actions.deliver_invitation, (row,), {}, today),
        "invitation.accept": Call(actions.accept_invitation, (row,), {"channel": "phone"}, today),
        "invitation.decline": Call(actions.decline_invitation, (row,), {"channel": "phone"}, today),
        "invitation.lapse": Call(actions.lapse, (scene.morning,), {}, later),
        "invitation.call_off": Call(call_off, (scene.morning,), {}, today),
        "call.note": Call(actions.note_call, (row,), {"outcome": "missed"}, today),
        "call.through_head": Call(actions.tell_through_head, (scene.morning, [row.code]), {}, today),
        "list.calls": Call(actions.draft_call_list, (scene.morning,), {}, today),
        "invitation.remind": Call(actions.remind, (scene.morning,), {}, today + timedelta(days=1)),
        "reminder.set": Call(actions.set_reminder, (scene.morning,), {"on": today.date() + timedelta(days=3)}, today),
        "scan.keep": Call(
            actions.keep_scan, (scene.morning, Scanned("pdf", 1)), {"sha256": "a" * 64, "size": 1}, today
        ),
        "invitation.reconfirm": Call(actions.reconfirm, (scene.morning,), {}, today),
        "invitation.withdraw": Call(actions.withdraw_invitation, (row,), {"reason": "x"}, today),
        "invitation.strike": Call(actions.strike, (delegate,), {"reason": "x"}, today),
        "reserve.call": Call(actions.call_reserve, (row,), {}, today),
        "attendance.arrive": Call(actions.arrive, (row,), {}, DAY_OF_SITTING),
        "attendance.absent": Call(actions.mark_absent, (row,), {}, DAY_OF_SITTING),
        "attendance.take_back": Call(actions.take_back, (row,), {"reason": "x"}, DAY_OF_SITTING),
        "attendance.leave": Call(actions.leave, (row,), {}, DAY_OF_SITTING),
        "attendance.come_back": Call(actions.come_back, (row,), {}, DAY_OF_SITTING),
        "attendance.admit": Call(
            actions.admit, (scene.morning,), {"venue": scene.ward_venue, "name": "A", "reason": "x"}, DAY_OF_SITTING
        ),
        "list.attendance": Call(actions.draft_attendance_list, (scene.morning, scene.ward_venue), {}, today),
        "list.delivery": Call(actions.draft_delivery_list, (scene.morning,), {}, today),
    }


def everything(staff: Staff) -> Actor:
    """Somebody who holds every role at every office of the agency."""
    offices = staff.agency.offices.values_list("pk", flat=True)
    held = frozenset((role, office) for role in Role.values for office in offices)
    return Actor(ref=staff.ref, agency_id=staff.agency_id, held=held, staff_id=staff.pk)


def snapshot() -> tuple[Any, ...]:
    """Whatever an act could have changed."""
    return (
        length(),
        list(Invitation.objects.order_by("pk").values()),
        Pool.objects.count(),
        Exclusion.objects.count(),
        list(Registration.objects.values()),
        Record.objects.count(),
        Person.objects.count(),
    )


def test_the_table_holds_every_act_of_the_room(scene: Scene) -> None:
    mine = {name for name, verb in REGISTRY.items() if verb.act.__module__.startswith("doithoai.roster")}
    assert set(calls(scene)) == mine


def test_a_second_agency_may_do_nothing_and_changes_nothing(scene: Scene) -> None:
    table = calls(scene)
    before = snapshot()
    for name, call in table.items():
        for actor in (everything(scene.stage.other.admin), ANYONE):
            if actor == ANYONE and name in FOR_ANYONE:
                continue
            with pytest.raises(NotYours) as refusal:
                call.act(*call.args, **call.said, actor=actor, now=call.now)
            assert "Không tìm thấy" in refusal.value.reason, name
    assert snapshot() == before


def test_wrong_roles_of_the_agency_are_told_whose_right_it_is(scene: Scene) -> None:
    """Observer, editor and technician do none of this; nobody does the system's own follow-ups by hand."""
    table = calls(scene)
    before = snapshot()
    cast = scene.stage.cast
    for name, call in table.items():
        if name in FOR_ANYONE:
            continue
        for staff in (cast.observer, cast.editor, cast.technician):
            with pytest.raises(NotYours, match="Không có quyền: việc này của"):
                call.act(*call.args, **call.said, actor=staff.as_actor(), now=call.now)
        if name in ("invitation.issue", "invitation.reconfirm", "reserve.call", "registration.advance"):
            with pytest.raises(NotYours, match="hệ thống"):
                call.act(*call.args, **call.said, actor=everything(cast.admin), now=call.now)
    assert snapshot() == before


def test_the_afternoons_office_has_no_say_in_the_morning(scene: Scene) -> None:
    table = calls(scene)
    other = scene.stage.cast.officer(scene.afternoon.lead)
    names = ("pool.freeze", "invitations.draft", "invitation.accept", "invitation.decline", "attendance.absent")
    before = snapshot()
    for name in names:
        call = table[name]
        with pytest.raises(NotYours, match=scene.morning.lead.name):
            call.act(*call.args, **call.said, actor=other, now=call.now)
    assert snapshot() == before


def test_an_officer_may_not_take_an_invitation_back(scene: Scene) -> None:
    row = scene.invite()[0]
    assert not permissions.may_take_back(scene.lead, row)
    assert permissions.may_take_back(scene.head.as_actor(), row)
    assert permissions.may_take_back(scene.stage.cast.leader.as_actor(), row)


def test_a_link_opens_one_invitation_and_only_its_reply(scene: Scene) -> None:
    first, second = scene.invite()[:2]
    holder = link_holder(first)
    assert permissions.may_reply(holder, first)
    assert not permissions.may_reply(holder, second)
    assert not permissions.may_reply(Actor(ref="x", link=("survey", first.code)), first)
    assert not permissions.may_deliver(holder, first)
    assert not permissions.may_mark(holder, first)


def test_whoever_speaks_with_the_people_may_note_their_answer(scene: Scene) -> None:
    """The inviting office, the Office, and the ward's own people, who know the hamlet heads."""
    row = scene.invite()[0]
    cast = scene.stage.cast
    ward = cast.officer(scene.ward_venue.office)
    elsewhere = cast.officer(scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung").office)
    assert all(permissions.may_reply(actor, row) for actor in (scene.lead, cast.hoa.as_actor(), ward))
    assert not permissions.may_reply(elsewhere, row)
    assert permissions.may_deliver(cast.clerk.as_actor(), row)


def test_records_come_from_the_one_stop_desk_or_the_leads(scene: Scene) -> None:
    cast, dialogue = scene.stage.cast, scene.stage.dialogue
    leads = [cast.officer(scene.morning.lead), cast.head(scene.afternoon.lead)]
    assert all(permissions.may_take_records(actor, dialogue) for actor in [cast.one_stop.as_actor(), *leads])
    assert not permissions.may_take_records(cast.hoa.as_actor(), dialogue)


def test_names_are_seen_by_the_agencys_staff_and_by_a_link_its_own(scene: Scene) -> None:
    row = scene.invite()[0]
    dialogue = scene.stage.dialogue
    assert len(visible_to(scene.lead, dialogue)) == Invitation.objects.count()
    assert visible_to(link_holder(row), dialogue) == [row]
    assert visible_to(everything(scene.stage.other.admin), dialogue) == []
    assert visible_to(ANYONE, dialogue) == []
    assert visible_to(Actor(ref="x", link=("survey", row.code)), dialogue) == []
