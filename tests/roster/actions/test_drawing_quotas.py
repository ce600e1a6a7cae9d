"""Several quotas at once, whom the rules leave out, and what is committed to: frozen with the list, drawn by its table."""

import json
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256

import pytest

from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting
from doithoai.roster import actions
from doithoai.roster.actions.gathering import (
    FEATURES,
    Grounds,
    Table,
    by_share,
    counted,
    gather,
    months_before,
    table_for,
    values_of,
)
from doithoai.roster.models import Draw, Invitation, Pool, Record
from doithoai.roster.queries import eligible, frozen, places_of, ward_names
from doithoai.roster.queries.reserves import NextReserve, next_reserve
from doithoai.rules import draw as lots
from tests.roster.pages import choosing, client, listed, text_of
from tests.roster.scene import EVENT, EVENT_ON, Scene, facts_of, length

Bounds = dict[str, dict[str, tuple[int, int]]]


def shares(scene: Scene, seats: int = 15) -> Bounds:
    gathered = gather(scene.morning, Grounds())
    values = [values_of(one.person, scene.morning) for one in gathered.people]
    numbers = counted(scene.morning, gathered.wards, values)
    return {name: by_share(of, seats) for name, of in numbers.items()}


def found(scene: Scene, bounds: Bounds, seats: int = 15) -> Table:
    return table_for(scene.morning, gather(scene.morning, Grounds()).people, bounds, seats, Grounds())


def freeze(scene: Scene, table: Table, **more: object) -> Pool:
    told = {"event_name": EVENT, "event_on": EVENT_ON, "actor": scene.lead, "now": scene.now}
    return actions.freeze_pool(scene.morning, **{**told, "table": table, **more})  # type: ignore[arg-type]


@pytest.fixture
def by_table(scene: Scene) -> Pool:
    """The morning's list, frozen with quotas of ward, sex and age."""
    scene.take()
    return freeze(scene, found(scene, shares(scene)))


class TestTable:
    def test_list_rules_and_table_are_committed_to_before_the_value(self, scene: Scene, by_table: Pool) -> None:
        rows, rules = frozen(by_table)
        assert isinstance(rules, lots.LotteryRules)
        assert lots.commitment(rows, rules) == by_table.commitment
        (body,) = facts_of("pool.freeze")
        facts = json.loads(body)["facts"]
        assert (facts["commitment"], facts["panels"]) == (by_table.commitment, len(rules.lottery.panels))
        assert (rules.event_on, rules.total, by_table.seats) == (EVENT_ON.isoformat(), 15, 15)
        assert tuple(feature.name for feature in rules.features) == FEATURES
        assert rules.conditions == gather(scene.morning, Grounds()).conditions

    def test_the_chosen_keep_every_quota(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        chosen = Invitation.objects.filter(sitting=scene.morning, route="drawn").select_related("person__ward")
        values = [values_of(row.person, scene.morning) for row in chosen if row.person]
        assert len(values) == 15
        for at, (_, bounds) in enumerate(quotas(by_table)):
            counts = Counter(value[at] for value in values)
            assert all(low <= counts[value] <= high for value, (low, high) in bounds.items())

    def test_the_published_draw_verifies_alone(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        published = Draw.objects.get().published
        assert lots.verify_published(published, by_table.commitment) == []
        assert published["names"] == ward_names(by_table)

    def test_nobodys_chance_is_below_the_share(self, scene: Scene, by_table: Pool) -> None:
        """Quotas as near to the shares as whole people allow cost nobody anything."""
        rows, rules = frozen(by_table)
        fair = 15 / len(rows)
        assert all(abs(float(chance) - fair) < fair / 1000 for chance in lots.chances(rows, rules).values())

    def test_a_list_that_has_changed_since_is_refused(self, scene: Scene) -> None:
        scene.take()
        table = found(scene, shares(scene))
        gone = eligible(scene.morning)[0].person
        Record.objects.filter(person=gone).delete()
        before = length()
        with pytest.raises(NotNow, match="Danh sách đã đổi từ lúc tính thử"):
            freeze(scene, table)
        assert (Pool.objects.count(), length()) == (0, before)

    def test_impossible_quotas_say_which_and_what_would_do(self, scene: Scene) -> None:
        scene.take()
        people = gather(scene.morning, Grounds()).people
        old = [one.person.pk for one in people if values_of(one.person, scene.morning)[2] == "từ 60"]
        Record.objects.filter(person_id__in=old[2:]).delete()
        bounds = shares(scene)
        bounds["Tuổi"] = dict.fromkeys(bounds["Tuổi"], (0, 15)) | {"từ 60": (5, 15)}
        with pytest.raises(lots.Unmet) as refusal:
            found(scene, bounds)
        assert "Tuổi từ 60 cần 5 người, chỉ có 2 người đủ điều kiện" in str(refusal.value)
        assert "Tuổi từ 60, ít nhất 5 sửa thành 2" in str(refusal.value)

    def test_an_invitation_says_why_and_sits_at_the_venue_of_the_ward(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        rows = Invitation.objects.filter(sitting=scene.morning).select_related("venue", "person__ward", "member")
        for row in rows:
            assert row.person
            assert row.member
            assert row.venue.ward_id == row.person.ward_id
            assert f"đủ điều kiện của {row.person.ward}; hồ sơ {row.member.file_code}" in row.selection_reason

    def test_whose_right_it_is_not_freezes_nothing(self, scene: Scene) -> None:
        scene.take()
        table = found(scene, shares(scene))
        for actor in (scene.stage.other.leader.as_actor(), scene.stage.cast.clerk.as_actor()):
            with pytest.raises(NotYours):
                freeze(scene, table, actor=actor)
        assert not Pool.objects.exists()


class TestReserves:
    """A place that falls free under several quotas (counted by hand here, from the values of the people themselves)."""

    def kept(self, scene: Scene, pool: Pool, people: list[Invitation]) -> bool:
        values = [values_of(row.person, scene.morning) for row in people if row.person]
        counts = [Counter(value[at] for value in values) for at in range(3)]
        return all(
            low <= counts[at][value] <= high
            for at, (_, bounds) in enumerate(quotas(pool))
            for value, (low, high) in bounds.items()
        )

    def by_lot(self, pool: Pool) -> list[Invitation]:
        """The reserves of all groups in the order of their lots."""
        rows = Invitation.objects.filter(sitting_id=pool.sitting_id, route="reserve", state="drawn", in_place_of=None)
        seed = Draw.objects.get().seed

        def lot(row: Invitation) -> str:
            assert row.member
            return sha256(f"{seed}\n{row.member.stratum}\n{row.member.code}".encode()).hexdigest()

        return sorted(rows.select_related("person__ward", "member"), key=lot)

    def holding(self, scene: Scene, *, but: Invitation) -> list[Invitation]:
        return [row for row in places_of(scene.morning) if row.pk != but.pk and row.member]

    def test_the_first_by_lot_is_called_with_whom_every_quota_is_kept(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        leapt = 0
        for row in places_of(scene.morning):
            held, waiting = self.holding(scene, but=row), self.by_lot(by_table)
            fitting = [one for one in waiting if self.kept(scene, by_table, [*held, one])]
            found = next_reserve(row)
            assert found == NextReserve(fitting[0])
            leapt += fitting[0] != waiting[0]
        assert leapt  # here the order of the lots alone would break a quota

    def test_quotas_stay_kept_one_place_after_another(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        scene.letters()
        for row in places_of(scene.morning)[:6]:
            actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
            assert self.kept(scene, by_table, places_of(scene.morning))
        assert not any("missed" in body for body in facts_of("reserve.call"))

    def test_where_nobody_keeps_them_the_first_is_called_and_it_is_said_what_is_missed(
        self, scene: Scene, by_table: Pool
    ) -> None:
        scene.draw(by_table)
        scene.letters()
        woman = next(row for row in places_of(scene.morning) if row.person and row.person.sex == "nữ")
        bounds = dict(quotas(by_table)[1][1])
        women = sum(row.person.sex == "nữ" for row in places_of(scene.morning) if row.person)
        Invitation.objects.filter(route="reserve", person__sex="nữ").update(state="struck")
        first = self.by_lot(by_table)[0]
        for _ in range(women - bounds["nữ"][0]):  # down to the fewest
            another = next(row for row in places_of(scene.morning) if row.person and row.person.sex == "nữ")
            Invitation.objects.filter(pk=another.pk).update(state="withdrawn")
        woman = next(row for row in places_of(scene.morning) if row.person and row.person.sex == "nữ")
        actions.decline_invitation(woman, channel="phone", actor=scene.lead, now=scene.now)
        called = Invitation.objects.get(in_place_of=woman)
        assert called == first
        least = bounds["nữ"][0]
        words = f"Giới tính: nữ chỉ có {least - 1} người, cần ít nhất {least}"
        assert called.quota_note.startswith("Không dự bị nào giữ được mọi hạn ngạch, nên gọi người đầu tiên: ")
        assert words in called.quota_note
        (body,) = facts_of("reserve.call")
        assert words in json.loads(body)["facts"]["missed"]
        desk = Message.objects.get(office=scene.morning.lead, key__endswith=":reserve")
        assert words in desk.body
        assert words in text_of(client(scene), choosing(scene))
        assert words in text_of(client(scene), listed(scene))

    def test_before_the_letters_the_office_is_told_only_where_a_quota_is_missed(
        self, scene: Scene, by_table: Pool
    ) -> None:
        scene.draw(by_table)
        one, two = places_of(scene.morning)[:2]
        actions.strike(one, reason="x", actor=scene.head.as_actor(), now=scene.now)
        assert not Message.objects.filter(office=scene.morning.lead).exists()
        Invitation.objects.filter(state="drawn", pk__in=[row.pk for row in places_of(scene.morning)[4:]]).update(
            state="withdrawn"
        )
        actions.strike(two, reason="x", actor=scene.head.as_actor(), now=scene.now)
        called = Invitation.objects.get(in_place_of=two)
        assert called.state == "drawn"
        assert called.quota_note in Message.objects.get(office=scene.morning.lead).body

    def test_nobody_left_is_nobody(self, scene: Scene, by_table: Pool) -> None:
        scene.draw(by_table)
        Invitation.objects.filter(route="reserve").update(state="struck")
        assert next_reserve(places_of(scene.morning)[0]) is None


def quotas(pool: Pool) -> list[tuple[str, dict[str, tuple[int, int]]]]:
    """The quotas as they were frozen."""
    rules = frozen(pool)[1]
    assert isinstance(rules, lots.LotteryRules)
    return [(feature.name, dict(feature.bounds)) for feature in rules.features]


class TestGathering:
    def test_every_rule_counts_whom_it_leaves_out_once(self, scene: Scene) -> None:
        scene.take()
        person = eligible(scene.morning)[0].person
        actions.choose_by_hand(scene.morning, person, reason="đại diện", actor=scene.lead, now=scene.now)
        gathered = gather(scene.morning, Grounds())
        assert dict(gathered.dropped)["taken"] == 1
        assert gathered.asked - sum(count for _, count in gathered.dropped) == gathered.total

    def test_who_was_invited_lately_stays_out_and_the_rule_is_committed_to(self, scene: Scene) -> None:
        scene.take()
        people = [one.person for one in eligible(scene.morning)[:3]]
        earlier_sitting(scene, people[0], months=5, state="attended")
        earlier_sitting(scene, people[1], months=13, state="attended")
        earlier_sitting(scene, people[2], months=2, state="withdrawn")
        gathered = gather(scene.morning, Grounds(months=12))
        assert {person.pk for person in people} - {one.person.pk for one in gathered.people} == {people[0].pk}
        assert dict(gathered.dropped)["lately"] == 1
        assert gathered.conditions[-1] == "Không được cơ quan mời đối thoại trong 12 tháng trước thứ Tư 22/12/2021"
        pool = actions.freeze_pool(
            scene.morning,
            event_name=EVENT,
            event_on=EVENT_ON,
            grounds=Grounds(months=12),
            actor=scene.lead,
            now=scene.now,
        )
        assert not pool.members.filter(person=people[0]).exists()
        assert gathered.conditions[-1] in pool.canonical

    def test_another_agencys_invitations_do_not_count(self, scene: Scene) -> None:
        scene.take()
        person = eligible(scene.morning)[0].person
        earlier_sitting(scene, person, months=5, state="attended", agency=scene.stage.other.agency.pk)
        assert "lately" not in dict(gather(scene.morning, Grounds(months=12)).dropped)

    def test_without_the_rule_of_households_a_family_may_come_together(self, scene: Scene) -> None:
        scene.take()
        family = [one.person.pk for one in eligible(scene.morning)[:4]]
        ward = eligible(scene.morning)[0].ward
        Person.objects.filter(pk__in=family).update(household="12 đường Mẫu", ward=ward)
        assert gather(scene.morning, Grounds()).same_home == 3
        pool = actions.freeze_pool(
            scene.morning,
            event_name=EVENT,
            event_on=EVENT_ON,
            grounds=Grounds(one_per_household=False),
            actor=scene.lead,
            now=scene.now,
        )
        assert frozen(pool)[1].one_per_household is False

    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            (date(2021, 12, 22), 12, date(2020, 12, 22)),
            (date(2022, 3, 31), 1, date(2022, 2, 28)),
            (date(2024, 3, 30), 1, date(2024, 2, 29)),
            (date(2022, 1, 5), 2, date(2021, 11, 5)),
        ],
    )
    def test_months_are_counted_back_to_the_same_day(self, day: date, months: int, expected: date) -> None:
        assert months_before(day, months) == expected


def earlier_sitting(scene: Scene, person: Person, *, months: int, state: str, agency: int | None = None) -> None:
    """An invitation of this person to a dialogue so many months before."""
    mine = scene.morning
    held = mine.starts_at - timedelta(days=30 * months)
    dialogue = Dialogue.objects.get(pk=mine.dialogue_id)
    venue = dialogue.venues.all()[0]
    dialogue.pk, dialogue.code = None, f"CU-{months}"
    dialogue.agency_id = agency or dialogue.agency_id
    dialogue.save()
    sitting = Sitting.objects.get(pk=mine.pk)
    sitting.pk, sitting.code, sitting.dialogue = None, f"CU-{months}-B1", dialogue
    sitting.starts_at, sitting.ends_at = held, held + timedelta(hours=3)
    sitting.save()
    Invitation.objects.create(
        sitting=sitting, code=f"CU-{months}-M01", ordinal=1, route="drawn", state=state, person=person,
        venue=venue, selection_reason="bốc thăm", invited_at=held,
    )  # fmt: skip
