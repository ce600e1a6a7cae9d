"""Giving the floor: one at a time, by a rule anybody can follow, time kept as facts."""

import pytest

from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours
from doithoai.live.actions import running, turning
from doithoai.live.models import Turn
from doithoai.live.queries import queue, seconds_allotted, turn_figures
from tests.live.conftest import Floor

pytestmark = pytest.mark.django_db


def first(floor: Floor) -> Turn:
    return Turn.objects.get(code=queue(floor.sitting)[0].turn)


def speak(floor: Floor, turn: Turn, seconds: int = 600) -> Turn:
    turning.call(turn, actor=floor.chair, now=floor.tick(seconds=5))
    return turning.finish(turn, actor=floor.chair, now=floor.tick(seconds=seconds))


def test_R11_everyone_who_came_has_a_turn(floor: Floor) -> None:
    floor.begin()
    assert {turn.invitation_id for turn in floor.sitting.turns.all()} == {row.pk for row in floor.people}


def test_the_dialogue_is_in_session_once_the_first_sitting_begins(floor: Floor) -> None:
    floor.begin()
    floor.stage.dialogue.refresh_from_db()
    assert floor.stage.dialogue.state == "in_session"


def test_trap_17_a_turn_has_what_the_overhead_leaves(floor: Floor) -> None:
    assert seconds_allotted(floor.sitting) == 14 * 60


def test_venues_take_turns_and_the_reason_is_said(floor: Floor) -> None:
    floor.begin()
    spoken = []
    while queue(floor.sitting):
        turn = first(floor)
        spoken.append(turn.venue.code)
        speak(floor, turn)
    assert spoken[0] != spoken[1]
    assert all(turn.called_why for turn in floor.sitting.turns.all())
    assert sorted(turn.called_order or 0 for turn in floor.sitting.turns.all()) == [1, 2, 3, 4, 5]


def test_two_do_not_speak_at_once(floor: Floor) -> None:
    floor.begin()
    turn = first(floor)
    turning.call(turn, actor=floor.chair, now=floor.tick(seconds=5))
    with pytest.raises(NotNow, match=f"lượt số {turn.position} chưa xong"):
        turning.call(first(floor), actor=floor.chair, now=floor.tick(seconds=5))


def test_out_of_order_only_with_a_reason_which_is_kept(floor: Floor) -> None:
    floor.begin()
    last = Turn.objects.get(code=queue(floor.sitting)[-1].turn)
    with pytest.raises(NotNow, match="nêu lý do"):
        turning.call(last, actor=floor.chair, now=floor.tick(seconds=5))
    turning.call(last, override_reason="Phải về đón con", actor=floor.chair, now=floor.tick(seconds=5))
    last.refresh_from_db()
    assert (last.state, last.override_reason, last.called_why) == ("speaking", "Phải về đón con", "Phải về đón con")


def test_paused_time_does_not_count(floor: Floor) -> None:
    floor.begin()
    turn = first(floor)
    turning.call(turn, actor=floor.chair, now=floor.tick(seconds=1))
    turning.pause_turn(turn, actor=floor.chair, now=floor.tick(seconds=90))
    turning.resume_turn(turn, actor=floor.chair, now=floor.tick(minutes=7))
    turning.finish(turn, actor=floor.chair, now=floor.tick(seconds=30))
    turn.refresh_from_db()
    assert (turn.spent, turn.running_since, turn.state) == (120, None, "done")


def test_a_skipped_turn_may_come_back(floor: Floor) -> None:
    floor.begin()
    turn = first(floor)
    turning.skip(turn, actor=floor.chair, now=floor.tick(seconds=5))
    assert turn.code not in {row.turn for row in queue(floor.sitting)}
    turning.requeue(turn, actor=floor.chair, now=floor.tick(seconds=5))
    assert turn.code in {row.turn for row in queue(floor.sitting)}


def test_who_still_waits_at_the_end_was_not_heard(floor: Floor) -> None:
    floor.begin()
    speak(floor, first(floor))
    turning.withdraw_turn(first(floor), actor=floor.chair, now=floor.tick(seconds=5))
    turning.skip(first(floor), actor=floor.chair, now=floor.tick(seconds=5))
    running.end(floor.sitting, actor=floor.chair, now=floor.tick(seconds=5))
    figures = turn_figures(floor.stage.dialogue)
    assert figures == {"called": 5, "spoke": 1, "skipped": 1, "withdrawn": 1, "unheard": 2, "minuted": 0}


def test_a_sitting_does_not_end_while_somebody_speaks(floor: Floor) -> None:
    floor.begin()
    turning.call(first(floor), actor=floor.chair, now=floor.tick(seconds=5))
    entries = Entry.objects.count()
    with pytest.raises(NotNow, match="chưa xong"):
        running.end(floor.sitting, actor=floor.chair, now=floor.tick(seconds=5))
    assert Entry.objects.count() == entries


def test_a_guest_is_admitted_by_name_while_the_sitting_runs(floor: Floor) -> None:
    venue = floor.people[0].venue
    with pytest.raises(NotNow, match="chưa bắt đầu"):
        turning.add_turn(floor.sitting, venue=venue, guest="Ông Khách", actor=floor.chair, now=floor.clock)
    floor.begin()
    turn = turning.add_turn(floor.sitting, venue=venue, guest="Ông Khách", actor=floor.chair, now=floor.clock)
    assert turn.position == 6


def test_gates_of_decree_154_warn_and_never_block(floor: Floor) -> None:
    floor.begin()
    checks = {row.gate: row for row in floor.sitting.gate_checks.all()}
    assert set(checks) == {"participants_notified", "connection_tested", "all_connected"}
    assert not checks["connection_tested"].was_met
    assert "Hòa Vinh" in checks["connection_tested"].found
    assert floor.sitting.state == "live"


def test_neither_the_other_agency_nor_a_clerk_gives_the_floor(floor: Floor) -> None:
    floor.begin()
    turn, entries = first(floor), Entry.objects.count()
    for actor in (floor.stage.other.leader.as_actor(), floor.stage.cast.clerk.as_actor()):
        with pytest.raises(NotYours):
            turning.call(turn, actor=actor, now=floor.tick(seconds=5))
    assert Entry.objects.count() == entries


def test_beginning_twice_is_refused(floor: Floor) -> None:
    floor.begin()
    with pytest.raises(NotNow, match="Đang diễn ra"):
        floor.begin()


def test_a_pause_needs_a_free_floor_and_can_be_resumed(floor: Floor) -> None:
    floor.begin()
    running.pause(floor.sitting, actor=floor.chair, now=floor.tick(seconds=5))
    with pytest.raises(NotNow, match="không diễn ra"):
        turning.call(first(floor), actor=floor.chair, now=floor.tick(seconds=5))
    running.resume(floor.sitting, actor=floor.chair, now=floor.tick(seconds=5))
    speak(floor, first(floor))
