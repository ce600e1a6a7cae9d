"""Freezing, drawing, choosing by hand: committed before the value, in the order of the lots, shown as what it is."""

import json
from datetime import date, timedelta

import pytest

from doithoai.kernel.access import NotNow
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Draw, Invitation, Pool, PoolMember, Record
from doithoai.roster.queries import eligible, frozen
from doithoai.rules import draw as lots
from tests.roster.scene import DRAW_DAY, EVENT, EVENT_ON, EVENT_VALUE, Scene, facts_of, length


def test_the_commitment_is_in_the_journal_before_any_value_exists(scene: Scene) -> None:
    scene.take()
    pool = scene.freeze()
    (body,) = facts_of("pool.freeze")
    assert json.loads(body)["facts"]["commitment"] == pool.commitment
    assert lots.commitment(*frozen(pool)) == pool.commitment
    assert not Draw.objects.exists()


def test_who_stands_behind_each_code_is_committed_to_with_the_list(scene: Scene) -> None:
    """In the journal and, by the commitment, before anybody can know the value; told to nobody."""
    scene.take()
    pool = scene.freeze()
    behind = [
        lots.Behind(row.code, row.person.code, row.file_code, row.done_on)
        for row in pool.members.select_related("person")
    ]
    (body,) = facts_of("pool.freeze")
    mapping = json.loads(body)["facts"]["mapping"]
    assert mapping == frozen(pool)[1].mapping == lots.mapping_digest(pool.salt, behind)
    assert len(pool.salt) == 32
    assert pool.salt not in body + pool.canonical
    afternoon = scene.freeze(scene.afternoon)
    assert afternoon.salt != pool.salt


def test_everybody_eligible_is_in_the_pool_once_with_the_proof(scene: Scene) -> None:
    scene.take()
    expected = {one.person.pk: one.record.file_code for one in eligible(scene.morning)}
    pool = scene.freeze()
    members = {row.person_id: row.file_code for row in pool.members.all()}
    assert members == expected
    assert pool.counts["eligible"] == len(members) == pool.members.values("code").distinct().count()
    assert sum(ward["eligible"] for ward in pool.counts["wards"]) == len(members)
    assert sum(ward["places"] for ward in pool.counts["wards"]) == pool.seats == 15


def test_codes_tell_nothing_of_the_person(scene: Scene) -> None:
    """What is published holds codes of chance and wards only."""
    scene.take()
    pool = scene.freeze()
    for member in pool.members.select_related("person"):
        assert member.code != member.person.code
        assert member.person.name not in pool.canonical
        assert member.file_code not in pool.canonical


def test_a_pool_is_frozen_once(scene: Scene) -> None:
    scene.take()
    scene.freeze()
    before = length()
    with pytest.raises(NotNow, match="đã chốt"):
        scene.freeze()
    assert length() == before


@pytest.mark.parametrize("on", [date(2021, 12, 1), date(2021, 11, 30), date(2021, 12, 22), date(2022, 1, 5)])
def test_the_event_lies_after_today_and_before_the_sitting(scene: Scene, on: date) -> None:
    scene.take()
    with pytest.raises(NotNow, match="ngày lấy số ngẫu nhiên"):
        actions.freeze_pool(scene.morning, event_name=EVENT, event_on=on, actor=scene.lead, now=scene.now)
    assert not Pool.objects.exists()


def test_an_event_without_a_name_commits_to_nothing(scene: Scene) -> None:
    scene.take()
    with pytest.raises(NotNow, match="tên sự kiện"):
        actions.freeze_pool(scene.morning, event_name="  ", event_on=EVENT_ON, actor=scene.lead, now=scene.now)


def test_without_records_the_refusal_says_what_is_missing(scene: Scene) -> None:
    with pytest.raises(NotNow, match="cần tệp hồ sơ của Bộ phận Một cửa"):
        scene.freeze()


def test_an_impossible_quota_is_refused_with_its_sentence(scene: Scene) -> None:
    scene.take()
    keep = list(eligible(scene.morning))
    far = [one.record.person_id for one in keep if one.ward.name == "Hòa Hiệp Trung"]
    Record.objects.filter(person_id__in=far[5:]).delete()
    codes = {one.ward.name: one.ward.code for one in keep}
    quotas = {codes["Hòa Vinh"]: 8, codes["Hòa Hiệp Trung"]: 7}
    before = length()
    with pytest.raises(NotNow) as refusal:
        actions.freeze_pool(
            scene.morning, event_name=EVENT, event_on=EVENT_ON, quotas=quotas, actor=scene.lead, now=scene.now
        )
    assert refusal.value.reason == "Chưa bốc được: Hòa Hiệp Trung cần 7 người, chỉ có 5 người đủ điều kiện."
    assert (Pool.objects.count(), PoolMember.objects.count(), length()) == (0, 0, before)


def test_quotas_of_wards_are_kept_when_they_add_up(scene: Scene) -> None:
    scene.take()
    codes = sorted({one.ward.code for one in eligible(scene.morning)})
    with pytest.raises(NotNow, match="cộng lại là 14, cần đúng 15"):
        actions.freeze_pool(
            scene.morning,
            event_name=EVENT,
            event_on=EVENT_ON,
            quotas=dict(zip(codes, (10, 4), strict=True)),
            actor=scene.lead,
            now=scene.now,
        )
    pool = actions.freeze_pool(
        scene.morning,
        event_name=EVENT,
        event_on=EVENT_ON,
        quotas=dict(zip(codes, (11, 4), strict=True)),
        actor=scene.lead,
        now=scene.now,
    )
    scene.draw(pool)
    drawn = Invitation.objects.filter(sitting=scene.morning, route="drawn")
    assert [drawn.filter(person__ward__code=code).count() for code in codes] == [11, 4]


def test_a_household_gives_one_person(scene: Scene) -> None:
    """The rule is part of what is committed to; the household is published as a code of chance."""
    scene.take()
    ward = eligible(scene.morning)[0].ward
    family = [one.person for one in eligible(scene.morning) if one.ward == ward][:30]
    Person.objects.filter(pk__in=[person.pk for person in family]).update(household="12 đường Mẫu")
    pool = scene.freeze()
    assert "đường Mẫu" not in pool.canonical
    scene.draw(pool)
    listed = Invitation.objects.filter(sitting=scene.morning, person__in=family)
    assert listed.count() == 1


def test_the_published_draw_verifies(scene: Scene) -> None:
    scene.draw()
    drawing = Draw.objects.get()
    assert lots.verify_published(drawing.published, drawing.pool.commitment) == []
    forged = json.loads(json.dumps(drawing.published))
    ward = next(iter(forged["result"]["chosen"]))
    chosen, reserves = forged["result"]["chosen"][ward], forged["result"]["reserves"][ward]
    chosen[0], reserves[0] = reserves[0], chosen[0]
    assert lots.verify_published(forged, drawing.pool.commitment)


def test_invitations_follow_the_lots(scene: Scene) -> None:
    """Chosen first, then the reserves; each at the venue of the ward, with the file that gave the right (R37, R42, R47)."""
    scene.draw()
    result = Draw.objects.get().published["result"]
    rows = list(Invitation.objects.filter(sitting=scene.morning).select_related("member", "venue", "person__ward"))
    for route, groups in (("drawn", result["chosen"]), ("reserve", result["reserves"])):
        for ward, codes in groups.items():
            own = [row for row in rows if row.route == route and row.member and row.member.stratum == ward]
            assert [row.member.code for row in sorted(own, key=lambda row: row.rank or 0) if row.member] == codes
    assert [row.ordinal for row in rows] == list(range(1, len(rows) + 1))
    assert {row.state for row in rows} == {"drawn"}
    for row in rows:
        assert row.person
        assert row.member
        assert row.venue.ward_id == row.person.ward_id
        assert row.member.file_code in row.selection_reason


def test_drawing_waits_for_the_day_and_the_value(scene: Scene) -> None:
    pool = scene.freeze_first()
    told = {"source": "s", "witnesses": "w", "actor": scene.lead}
    with pytest.raises(NotNow, match="thứ Sáu 10/12/2021"):
        actions.draw(pool, value=EVENT_VALUE, now=DRAW_DAY - timedelta(days=1), **told)
    with pytest.raises(NotNow, match="cần số ngẫu nhiên"):
        actions.draw(pool, value=" ", now=DRAW_DAY, **told)
    assert not Invitation.objects.exists()


def test_a_pool_is_drawn_once(scene: Scene) -> None:
    scene.draw()
    before = length()
    with pytest.raises(NotNow, match="đã bốc thăm rồi"):
        scene.draw(Pool.objects.get())
    assert (Draw.objects.count(), length()) == (1, before)


def test_whoever_got_a_place_in_the_morning_is_left_out_of_the_afternoon(scene: Scene) -> None:
    """A person may have done both procedures (trap 5); a reserve who was not called may still be drawn."""
    scene.draw()
    drawn, reserve = scene.drawn("Hòa Vinh")[0], scene.reserves("Hòa Vinh")[0]
    files = list(Record.objects.filter(sector=scene.afternoon.sector)[:2])
    for row, file in zip((drawn, reserve), files, strict=True):
        Record.objects.filter(pk=file.pk).update(person=row.person)
    again = {one.person.pk for one in eligible(scene.afternoon)}
    assert drawn.person_id not in again
    assert reserve.person_id in again


def test_chosen_by_hand_stands_as_such_and_takes_a_place_of_the_draw(scene: Scene) -> None:
    scene.take()
    person = eligible(scene.morning)[3].person
    row = actions.choose_by_hand(
        scene.morning, person, reason="Đại diện tiểu thương chợ Mẫu", actor=scene.lead, now=scene.now
    )
    assert (row.route, row.selection_reason) == ("chosen", "Chọn mời: Đại diện tiểu thương chợ Mẫu")
    assert "tiểu thương" not in "".join(facts_of("invitation.choose"))
    pool = scene.freeze()
    assert pool.seats == 14
    assert not pool.members.filter(person=person).exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_choosing_needs_a_reason(scene: Scene, reason: str) -> None:
    scene.take()
    person = eligible(scene.morning)[0].person
    with pytest.raises(NotNow, match="lý do"):
        actions.choose_by_hand(scene.morning, person, reason=reason, actor=scene.lead, now=scene.now)


def test_choosing_keeps_the_conditions_of_the_plan(scene: Scene) -> None:
    """Not a reserve before the turn, not somebody without a file, not a person of another agency."""
    scene.draw()
    reserve = scene.reserves("Hòa Vinh")[4]
    assert reserve.person
    theirs = Person.objects.create(agency=scene.stage.other.agency, code="X1", name="Người Khác")
    ours = Person.objects.create(agency=scene.stage.cast.agency, code="X2", name="Người Mới")
    for person, words in ((reserve.person, "theo đúng thứ tự"), (theirs, "Không tìm thấy"), (ours, "chưa có hồ sơ")):
        before = length()
        with pytest.raises(NotNow, match=words):
            actions.choose_by_hand(scene.morning, person, reason="vì thế", actor=scene.lead, now=scene.now)
        assert length() == before


def test_nothing_is_chosen_once_the_sitting_has_begun(scene: Scene) -> None:
    scene.take()
    person = eligible(scene.morning)[0].person
    Sitting.objects.filter(pk=scene.morning.pk).update(state="live")
    with pytest.raises(NotNow, match="Đang diễn ra"):
        scene.freeze()
    with pytest.raises(NotNow, match="Đang diễn ra"):
        actions.choose_by_hand(scene.morning, person, reason="x", actor=scene.lead, now=scene.now)


def test_a_plan_full_by_hand_leaves_nothing_to_draw(scene: Scene) -> None:
    scene.take()
    Sitting.objects.filter(pk=scene.morning.pk).update(quota=1)
    person = eligible(scene.morning)[0].person
    actions.choose_by_hand(scene.morning, person, reason="một chỗ", actor=scene.lead, now=scene.now)
    with pytest.raises(NotNow, match="không còn chỗ"):
        scene.freeze()
