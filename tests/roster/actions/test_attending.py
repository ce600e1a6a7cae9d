"""Presence: in person, by a substitute the local chair admits, absent with or without reason, uninvited."""

import json
from datetime import timedelta

import pytest

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.queries import attendance_figures, not_noted
from tests.roster.scene import DAY_OF_SITTING, Scene, facts_of, length, link_holder


def test_presence_is_noted_on_the_day(scene: Scene) -> None:
    row = scene.invite()[0]
    secretary = scene.stage.cast.secretary.as_actor()
    with pytest.raises(NotNow, match="thứ Tư 22/12/2021"):
        actions.arrive(row, actor=secretary, now=scene.now)
    actions.arrive(row, actor=secretary, now=DAY_OF_SITTING)
    row.refresh_from_db()
    assert (row.state, row.arrived_at, row.substitute) == ("attended", DAY_OF_SITTING, "")


def test_whoever_comes_is_let_in_whatever_they_answered(scene: Scene) -> None:
    rows = scene.invite()
    actions.accept_invitation(rows[0], channel="phone", actor=scene.lead, now=scene.now)
    actions.decline_invitation(rows[1], channel="phone", reason="bận", actor=scene.lead, now=scene.now)
    actions.mark_absent(rows[2], actor=scene.lead, now=DAY_OF_SITTING)
    for row in rows[:4]:
        actions.arrive(row, actor=scene.local_chair, now=DAY_OF_SITTING)
        row.refresh_from_db()
        assert (row.state, row.reason) == ("attended", "")


def test_a_substitute_is_admitted_by_the_local_chair_with_name_and_relation(scene: Scene) -> None:
    """Trap 20: a husband, a child or a neighbour comes instead."""
    row = scene.invite()[0]
    said = {"substitute": "Nguyễn Văn Thử", "relation": "con trai", "proof": "giấy mời, căn cước"}
    before = length()
    with pytest.raises(NotYours, match="chủ trì tại điểm cầu"):
        actions.arrive(row, **said, actor=scene.clerk, now=DAY_OF_SITTING)
    with pytest.raises(NotNow, match="quan hệ"):
        actions.arrive(row, substitute="Nguyễn Văn Thử", actor=scene.local_chair, now=DAY_OF_SITTING)
    assert length() == before
    actions.arrive(row, **said, actor=scene.local_chair, now=DAY_OF_SITTING)
    row.refresh_from_db()
    assert (row.substitute, row.substitute_relation) == ("Nguyễn Văn Thử", "con trai")
    assert row.substitute_proof == "giấy mời, căn cước"
    assert attendance_figures(scene.stage.dialogue)["substituted"] == 1
    assert "Thử" not in "".join(facts_of("attendance.arrive"))


def test_the_chair_of_another_venue_admits_nobody_here(scene: Scene) -> None:
    row = scene.invite()[0]
    other = scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung")
    with pytest.raises(NotYours):
        actions.arrive(
            row,
            substitute="A",
            relation="vợ",
            actor=scene.stage.cast.head(other.office),
            now=DAY_OF_SITTING,
        )


def test_whoever_was_named_chair_of_the_venue_admits(scene: Scene) -> None:
    row = scene.invite()[0]
    venue = scene.ward_venue
    venue.chair = scene.stage.cast.officers[venue.office.code]
    venue.save()
    actions.arrive(row, substitute="A", relation="vợ", actor=venue.chair.as_actor(), now=DAY_OF_SITTING)
    assert attendance_figures(scene.stage.dialogue)["substituted"] == 1


def test_absence_with_and_without_reason(scene: Scene) -> None:
    """A reason may come later by telephone."""
    rows = scene.invite()
    actions.mark_absent(rows[0], reason="ốm", actor=scene.lead, now=DAY_OF_SITTING)
    actions.mark_absent(rows[1], actor=scene.lead, now=DAY_OF_SITTING)
    figures = attendance_figures(scene.stage.dialogue)
    assert (figures["absent_with_reason"], figures["absent_without"]) == (1, 14)
    actions.mark_absent(rows[1], reason="có tang", actor=scene.lead, now=DAY_OF_SITTING)
    assert attendance_figures(scene.stage.dialogue)["absent_with_reason"] == 2


def test_a_mistaken_arrival_is_put_right_while_the_sitting_lasts(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.arrive(row, substitute="A", relation="vợ", actor=scene.local_chair, now=DAY_OF_SITTING)
    actions.mark_absent(row, actor=scene.lead, now=DAY_OF_SITTING)
    row.refresh_from_db()
    assert (row.state, row.arrived_at, row.substitute, row.substitute_relation) == ("absent", None, "", "")
    Sitting.objects.filter(pk=scene.morning.pk).update(state="ended")
    with pytest.raises(NotNow, match="đã kết thúc"):
        actions.arrive(row, actor=scene.clerk, now=DAY_OF_SITTING)


def test_who_was_never_invited_cannot_be_marked(scene: Scene) -> None:
    scene.invite()
    reserve = scene.reserves("Hòa Vinh")[0]
    for act in (actions.arrive, actions.mark_absent):
        with pytest.raises(NotNow, match="Đã bốc thăm"):
            act(reserve, actor=scene.clerk, now=DAY_OF_SITTING)


def test_the_holder_of_a_link_cannot_mark_themselves(scene: Scene) -> None:
    row = scene.invite()[0]
    with pytest.raises(NotYours):
        actions.arrive(row, actor=link_holder(row), now=DAY_OF_SITTING)


def test_a_postponed_sitting_has_no_presence(scene: Scene) -> None:
    row = scene.invite()[0]
    Sitting.objects.filter(pk=scene.morning.pk).update(state="postponed")
    with pytest.raises(NotNow, match="Đã hoãn"):
        actions.mark_absent(row, actor=scene.lead, now=DAY_OF_SITTING)


def test_somebody_without_an_invitation_is_counted_beside(scene: Scene) -> None:
    scene.invite()
    said = {"name": "Lê Thị Tạm", "reason": "người trong phường"}
    row = actions.admit(scene.morning, venue=scene.ward_venue, **said, actor=scene.local_chair, now=DAY_OF_SITTING)
    assert row.selection_reason == "Đến dự không có giấy mời: người trong phường"
    assert (row.route, row.state, row.venue) == ("walk_in", "attended", scene.ward_venue)
    assert row.person
    assert row.person.ward == scene.ward_venue.ward
    figures = attendance_figures(scene.stage.dialogue)
    assert (figures["invited"], figures["walk_in"]) == (15, 1)
    actions.take_back(row, reason="ghi hai lần", actor=scene.local_chair, now=DAY_OF_SITTING)
    assert attendance_figures(scene.stage.dialogue)["walk_in"] == 0


def test_admission_needs_a_name_the_day_and_a_running_sitting(scene: Scene) -> None:
    said = {"venue": scene.ward_venue, "reason": "x", "actor": scene.local_chair}
    people = Person.objects.count()
    with pytest.raises(NotNow, match="Chưa đến ngày"):
        actions.admit(scene.morning, name="A", **said, now=scene.now)
    with pytest.raises(NotNow, match="họ tên"):
        actions.admit(scene.morning, name=" ", **said, now=DAY_OF_SITTING)
    with pytest.raises(NotNow, match="lý do"):
        actions.admit(scene.morning, name="A", **{**said, "reason": " "}, now=DAY_OF_SITTING)
    Sitting.objects.filter(pk=scene.morning.pk).update(state="ended")
    with pytest.raises(NotNow, match="đã kết thúc"):
        actions.admit(scene.morning, name="A", **said, now=DAY_OF_SITTING)
    assert Person.objects.count() == people


def test_what_is_left_to_note(scene: Scene) -> None:
    rows = scene.invite()
    actions.arrive(rows[0], actor=scene.clerk, now=DAY_OF_SITTING)
    actions.mark_absent(rows[1], actor=scene.lead, now=DAY_OF_SITTING)
    left = {row.code for row in not_noted(scene.morning)}
    assert len(left) == 13
    assert not left & {rows[0].code, rows[1].code}


# ---- taken back, left, came back


def test_a_mistaken_arrival_goes_back_to_where_it_stood(scene: Scene) -> None:
    """Whatever had been answered before, with its reason, stands again; the journal keeps both acts and no reason."""
    rows = scene.invite()
    actions.accept_invitation(rows[1], channel="phone", actor=scene.lead, now=scene.now)
    actions.decline_invitation(rows[2], channel="phone", reason="bận", actor=scene.lead, now=scene.now)
    actions.mark_absent(rows[3], reason="ốm", actor=scene.clerk, now=DAY_OF_SITTING)
    stood = [("invited", ""), ("accepted", ""), ("declined", "bận"), ("absent", "ốm")]
    for row, before in zip(rows, stood, strict=False):
        actions.arrive(row, actor=scene.clerk, now=DAY_OF_SITTING)
        actions.take_back(row, reason="trùng tên", actor=scene.clerk, now=DAY_OF_SITTING)
        row.refresh_from_db()
        assert (row.state, row.reason) == before
        assert (row.arrived_at, row.left_at, row.substitute) == (None, None, "")
    assert len(facts_of("attendance.take_back")) == 4
    assert "trùng tên" not in "".join(facts_of("attendance.take_back"))
    assert attendance_figures(scene.stage.dialogue)["attended"] == 0


def test_taking_back_needs_a_reason_an_arrival_and_a_sitting_that_lasts(scene: Scene) -> None:
    row = scene.invite()[0]
    said = {"actor": scene.clerk, "now": DAY_OF_SITTING}
    with pytest.raises(NotNow, match="chưa ghi người này đã đến"):
        actions.take_back(row, reason="nhầm", **said)
    actions.arrive(row, **said)
    with pytest.raises(NotNow, match="lý do"):
        actions.take_back(row, reason=" ", **said)
    Sitting.objects.filter(pk=scene.morning.pk).update(state="ended")
    before = length()
    with pytest.raises(NotNow, match="đã kết thúc"):
        actions.take_back(row, reason="nhầm", **said)
    assert length() == before


def test_who_leaves_early_was_there_and_may_come_back(scene: Scene) -> None:
    row = scene.invite()[0]
    later = DAY_OF_SITTING + timedelta(hours=1)
    with pytest.raises(NotNow, match="chưa ghi người này đã đến"):
        actions.leave(row, actor=scene.clerk, now=later)
    actions.arrive(row, actor=scene.clerk, now=DAY_OF_SITTING)
    with pytest.raises(NotNow, match="vẫn đang ở đây"):
        actions.come_back(row, actor=scene.clerk, now=later)
    actions.leave(row, actor=scene.clerk, now=later)
    row.refresh_from_db()
    assert (row.state, row.left_at) == ("attended", later)
    with pytest.raises(NotNow, match="đã ghi người này về trước"):
        actions.leave(row, actor=scene.clerk, now=later)
    assert attendance_figures(scene.stage.dialogue)["attended"] == 1
    actions.come_back(row, actor=scene.clerk, now=later)
    row.refresh_from_db()
    assert row.left_at is None


# ---- noted while the line was away


def test_an_arrival_noted_without_a_line_keeps_the_devices_hour_and_says_so(scene: Scene) -> None:
    row, other = scene.invite()[:2]
    noted = DAY_OF_SITTING - timedelta(minutes=12)
    actions.arrive(row, at=noted, actor=scene.clerk, now=DAY_OF_SITTING)
    actions.arrive(other, actor=scene.clerk, now=DAY_OF_SITTING)
    assert (row.arrived_at, row.is_device_time) == (noted, True)
    assert (other.arrived_at, other.is_device_time) == (DAY_OF_SITTING, False)
    with_line = [json.loads(body)["facts"]["device_time"] for body in facts_of("attendance.arrive")]
    assert with_line == [1, 0]
    actions.take_back(row, reason="nhầm", actor=scene.clerk, now=DAY_OF_SITTING)
    assert not row.is_device_time


@pytest.mark.parametrize("off", [timedelta(days=-400), timedelta(hours=3)])
def test_a_device_with_a_wrong_clock_moves_nobody_out_of_the_day(scene: Scene, off: timedelta) -> None:
    row = scene.invite()[0]
    actions.arrive(row, at=DAY_OF_SITTING + off, actor=scene.clerk, now=DAY_OF_SITTING)
    assert row.arrived_at is not None
    assert row.arrived_at <= DAY_OF_SITTING
    assert clock.day_of(row.arrived_at, "Asia/Ho_Chi_Minh") == scene.morning.day
    actions.leave(row, at=DAY_OF_SITTING - timedelta(days=2), actor=scene.clerk, now=DAY_OF_SITTING)
    assert row.left_at == row.arrived_at


# ---- whose door it is


def test_only_the_venues_own_people_and_the_office_stand_at_its_door(scene: Scene) -> None:
    rows, cast = scene.invite(), scene.stage.cast
    elsewhere = scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung").office
    for actor in (cast.officer(elsewhere), cast.head(elsewhere), scene.lead, cast.observer.as_actor()):
        with pytest.raises(NotYours, match="Hòa Vinh"):
            actions.arrive(rows[0], actor=actor, now=DAY_OF_SITTING)
    there = (scene.clerk, scene.local_chair, cast.hoa.as_actor(), cast.secretary.as_actor())
    for row, actor in zip(rows, there, strict=False):
        actions.arrive(row, actor=actor, now=DAY_OF_SITTING)


def test_the_inviting_office_is_told_of_absences_by_telephone_and_notes_them(scene: Scene) -> None:
    row = scene.invite()[0]
    actions.mark_absent(row, reason="ốm", actor=scene.lead, now=DAY_OF_SITTING)
    assert row.state == "absent"


def test_nobody_is_let_in_at_the_door_of_another_venue(scene: Scene) -> None:
    scene.invite()
    elsewhere = scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung")
    said = {"name": "A", "reason": "x", "actor": scene.clerk, "now": DAY_OF_SITTING}
    with pytest.raises(NotYours, match="Hòa Hiệp Trung"):
        actions.admit(scene.morning, venue=elsewhere, **said)
    assert actions.admit(scene.morning, venue=scene.ward_venue, **said).state == "attended"
