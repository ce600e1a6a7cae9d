"""Who may be drawn, until when to answer, and figures that always add up."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doithoai.directory.models import Agency, Place
from doithoai.kernel.access import Refused
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue, Sitting, Venue
from doithoai.roster import actions
from doithoai.roster.models import Invitation, Record
from doithoai.roster.queries import (
    attendance_figures,
    eligible,
    invitations_of,
    left_out,
    places_of,
    reply_day,
    seats_of,
    venue_for,
    wards_of,
    why_none,
    why_not,
)
from doithoai.roster.queries.reserves import NextReserve, next_reserve
from doithoai.rules.onestop import why_not as why_not_by_rule
from doithoai.sample.records import SEED_WARDS
from tests.roster.scene import DAY_OF_SITTING, Scene, facts_of, shipped_intake


def test_the_wards_are_those_the_plan_names(scene: Scene) -> None:
    assert [str(ward) for ward in wards_of(scene.morning)] == list(SEED_WARDS)
    assert {ward.agency_id for ward in wards_of(scene.morning)} == {scene.stage.cast.agency.pk}


def quotas(scene: Scene, wards: list[str]) -> Sitting:
    """The morning under a plan whose quotas name these wards alone."""
    text = scene.stage.dialogue.plan_text
    rows = [{**row, "wards": wards} for row in text["quotas"]]
    Dialogue.objects.filter(pk=scene.stage.dialogue.pk).update(plan_text={**text, "quotas": rows})
    return Sitting.objects.get(pk=scene.morning.pk)


def test_a_plan_without_wards_means_the_whole_territory(scene: Scene) -> None:
    Venue.objects.filter(dialogue=scene.stage.dialogue, ward__name="Hòa Vinh").update(ward=None)
    everywhere = list(Place.objects.filter(agency=scene.stage.cast.agency).order_by("code"))
    assert wards_of(quotas(scene, [])) == everywhere
    assert wards_of(quotas(scene, [scene.stage.dialogue.territory])) == everywhere


def test_a_ward_is_found_by_its_official_code_however_the_plan_writes_it(scene: Scene) -> None:
    """Of two places of one name the one that is a unit on the day; without a code the name alone decides."""
    agency = scene.stage.cast.agency
    ward = Place.objects.get(agency=agency, name="Hòa Vinh")
    assert (ward.unit_code, agency.unit_code) == ("22258", "564")
    later = {"name": ward.name, "kind": ward.kind, "unit_code": "22258", "valid_from": date(2025, 7, 1)}
    Place.objects.create(agency=agency, code="P98", **later)
    for written in ("P. Hoa Vinh", "phường Hòa Vinh, thị xã Đông Hòa"):
        assert wards_of(quotas(scene, [written])) == [ward]
    Agency.objects.filter(pk=agency.pk).update(unit_code="")
    assert len(wards_of(quotas(scene, ["phường Hòa Vinh"]))) == 2
    assert wards_of(quotas(scene, ["P. Hoa Vinh"])) == []


def test_a_place_that_the_agency_does_not_know_lets_nobody_in_and_is_named(scene: Scene) -> None:
    scene.take()
    sitting = quotas(scene, ["xã Không Có"])
    assert wards_of(sitting) == []
    assert "xã Không Có" in why_none(sitting)


def test_one_central_venue_and_no_wards_come_to_a_draw(scene: Scene) -> None:
    """Everybody of the territory is eligible, and everybody drawn sits at the only venue."""
    dialogue = scene.stage.dialogue
    Venue.objects.filter(dialogue=dialogue).update(ward=None)
    scene.morning = quotas(scene, [])
    scene.draw()
    drawn = list(Invitation.objects.filter(sitting=scene.morning, route="drawn"))
    assert len(drawn) == scene.morning.quota
    assert {row.venue.is_central for row in drawn} == {True}


def test_eligible_are_exactly_those_the_rule_finds(scene: Scene) -> None:
    """The stored rows say the same as the rule says of the file: R46 and R47."""
    scene.take()
    for sitting in (scene.morning, scene.afternoon):
        by_rule = [a for a in shipped_intake().taken if not why_not_by_rule(a, sitting.sector.name, SEED_WARDS)]
        found = eligible(sitting)
        assert sorted(one.person.name for one in found) == sorted(applicant.name for applicant in by_rule)
        assert len({one.person.pk for one in found}) == len(found) >= 60


def test_the_newest_file_is_the_proof(scene: Scene) -> None:
    scene.take()
    for one in eligible(scene.morning):
        own = Record.objects.filter(person=one.person, sector=scene.morning.sector)
        assert one.record.received_on == max(row.received_on for row in own if row.received_on)


def test_organisations_are_not_drawn_and_may_be_chosen(scene: Scene) -> None:
    scene.take()
    bodies = Person.objects.filter(agency=scene.stage.cast.agency, kind="organisation")
    own = bodies.filter(records__sector=scene.morning.sector).distinct()
    assert own.exists()
    assert not {one.person.pk for one in eligible(scene.morning)} & set(bodies.values_list("pk", flat=True))
    assert [why_not(scene.morning, body) for body in own] == [""] * own.count()


def test_somebody_who_moved_away_may_not_be_chosen(scene: Scene) -> None:
    scene.take()
    person = eligible(scene.morning)[0].person
    person.ward = Place.objects.create(agency=scene.stage.cast.agency, code="P99", name="Nơi Khác")
    person.save()
    assert "không cư trú tại phường Hòa Vinh hoặc phường Hòa Hiệp Trung" in why_not(scene.morning, person)


def test_why_nobody_is_eligible_comes_with_counts(scene: Scene) -> None:
    assert "cần tệp hồ sơ" in why_none(scene.morning)
    batch = scene.take()
    assert why_none(scene.morning) == ""
    Record.objects.filter(sector=scene.morning.sector).delete()
    sentence = why_none(scene.morning)
    assert f"{batch.left_out['elsewhere']} người ở nơi khác" in sentence
    assert left_out(scene.stage.dialogue) == batch.left_out


def test_seats_are_the_plans_number_or_its_expected_turns(scene: Scene) -> None:
    scene.morning.quota, scene.morning.expected = 0, 12
    assert seats_of(scene.morning) == 12
    scene.morning.quota = 15
    assert seats_of(scene.morning) == 15


def test_a_person_sits_at_the_venue_of_the_ward(scene: Scene) -> None:
    """R37; where the ward has no venue, at the centre."""
    ward = Place.objects.get(agency=scene.stage.cast.agency, name="Hòa Vinh")
    assert venue_for(scene.stage.dialogue, ward) == scene.ward_venue
    assert venue_for(scene.stage.dialogue, None).is_central


@pytest.mark.parametrize(
    ("invited", "expected"),
    [
        (date(2021, 12, 10), date(2021, 12, 17)),
        (date(2021, 12, 16), date(2021, 12, 17)),
        (date(2021, 12, 17), date(2021, 12, 21)),
        (date(2021, 12, 21), date(2021, 12, 21)),
        (date(2021, 12, 22), date(2021, 12, 22)),
        (date(2021, 12, 30), date(2021, 12, 22)),
    ],
)
def test_the_reply_day(scene: Scene, invited: date, expected: date) -> None:
    assert reply_day(scene.morning, invited) == expected


def test_the_next_reserve_is_of_the_same_ward(scene: Scene) -> None:
    drawn = scene.invite()
    assert next_reserve(drawn[0]) == NextReserve(scene.reserves("Hòa Vinh")[0])
    far = scene.drawn("Hòa Hiệp Trung")[0]
    assert next_reserve(far) == NextReserve(scene.reserves("Hòa Hiệp Trung")[0])


def test_places_are_held_by_the_drawn_and_the_called(scene: Scene) -> None:
    drawn = scene.invite()
    assert len(places_of(scene.morning)) == 15
    actions.decline_invitation(drawn[0], channel="phone", actor=scene.lead, now=scene.now)
    held = places_of(scene.morning)
    assert len(held) == 15
    assert drawn[0] not in held
    assert scene.reserves("Hòa Vinh")[0] in held


def test_lists_cost_one_query_however_long(scene: Scene, django_assert_num_queries: Any) -> None:
    scene.invite()
    with django_assert_num_queries(1):
        rows = invitations_of(scene.morning)
        shown = [(row.name, row.person and str(row.person.ward), row.venue.name, row.invited_on) for row in rows]
    assert len(shown) > 100
    with django_assert_num_queries(2):
        attendance_figures(scene.stage.dialogue)
        places_of(scene.morning)


def test_figures_of_nothing(scene: Scene) -> None:
    figures = attendance_figures(scene.stage.dialogue)
    assert figures == dict.fromkeys(
        ("invited", "attended", "substituted", "absent_with_reason", "absent_without", "released", "walk_in"), 0
    )


def test_declined_without_a_reserve_left_is_absent_not_released(scene: Scene) -> None:
    drawn = scene.invite()
    Invitation.objects.filter(route="reserve").update(state="struck")
    actions.decline_invitation(drawn[0], channel="phone", reason="đi xa", actor=scene.lead, now=scene.now)
    actions.decline_invitation(drawn[1], channel="phone", actor=scene.lead, now=scene.now)
    figures = attendance_figures(scene.stage.dialogue, scene.morning)
    assert (figures["released"], figures["absent_with_reason"], figures["absent_without"]) == (0, 1, 14)
    assert attendance_figures(scene.stage.dialogue, scene.afternoon)["invited"] == 0


def test_delegates_are_no_citizens(scene: Scene) -> None:
    actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
    scene.issue(actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now))
    assert attendance_figures(scene.stage.dialogue)["invited"] == 0


# What may happen to an invitation: who does it, before the day or on it, and what an onlooker would note.
Happening = tuple[str, int]
BEFORE = ("accept", "decline", "decline, reason", "withdraw", "lapse", "strike")
ON_THE_DAY = ("arrive", "substitute", "absent", "absent, reason", "walk in", "decline, reason")
histories = st.tuples(
    st.lists(st.tuples(st.sampled_from(BEFORE), st.integers(0, 25)), max_size=14),
    st.lists(st.tuples(st.sampled_from(ON_THE_DAY), st.integers(0, 25)), max_size=18),
)


class Onlooker:
    """Does what a history says and keeps a tally of its own, knowing nothing of states."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.rows = list(Invitation.objects.filter(sitting=scene.morning).order_by("ordinal"))[:26]
        self.fate: dict[str, str] = {}
        self.walked_in = 0

    def live(self, before: list[Happening], on_the_day: list[Happening]) -> None:
        """Let it all happen; what is refused leaves no mark."""
        self.scene.now += timedelta(days=8)
        for what, at in before:
            self._happen(what, self.rows[at])
        self.scene.now = DAY_OF_SITTING
        for what, at in on_the_day:
            self._happen(what, self.rows[at])

    def _happen(self, what: str, row: Invitation) -> None:
        try:
            mark = self._acts()[what](row)
        except Refused:
            return
        if what == "walk in":
            self.walked_in += 1
        elif mark:
            self.fate[row.code] = mark

    def _acts(self) -> dict[str, Callable[[Invitation], str]]:
        return {
            "accept": lambda row: self._do(actions.accept_invitation, row, "coming", channel="phone"),
            "decline": lambda row: self._do(actions.decline_invitation, row, "no", channel="phone"),
            "decline, reason": lambda row: self._do(
                actions.decline_invitation, row, "no, reason", channel="phone", reason="ốm"
            ),
            "withdraw": lambda row: self._do(actions.withdraw_invitation, row, "taken back", reason="x"),
            "strike": lambda row: self._do(actions.strike, row, "", reason="x"),
            "lapse": lambda row: self._do(actions.lapse, self.scene.morning, ""),
            "arrive": lambda row: self._do(actions.arrive, row, "came"),
            "substitute": lambda row: self._do(actions.arrive, row, "sent", substitute="A", relation="vợ"),
            "absent": lambda row: self._do(actions.mark_absent, row, "away"),
            "absent, reason": lambda row: self._do(actions.mark_absent, row, "away, reason", reason="ốm"),
            "walk in": lambda row: self._do(
                actions.admit, self.scene.morning, "", venue=self.scene.ward_venue, name="Khách", reason="x"
            ),
        }

    def _do(self, act: Callable[..., object], subject: object, mark: str, **said: Any) -> str:
        leader = self.scene.stage.cast.leader
        held = frozenset(
            (role, office.pk)
            for office in leader.agency.offices.all()
            for role in ("leader", "head", "officer", "venue", "secretary")
        )
        actor = type(leader.as_actor())(ref=leader.ref, agency_id=leader.agency_id, held=held, staff_id=leader.pk)
        act(subject, actor=actor, now=self.scene.now, **said)
        return mark

    def figures(self) -> dict[str, int]:
        """The figures as an onlooker counts them: invitations from the journal, fates from what happened."""
        invited = {json.loads(body)["facts"]["invitation"] for body in facts_of("invitation.issue")}
        calls = [json.loads(body)["facts"] for body in facts_of("reserve.call")]
        invited |= {call["reserve"] for call in calls if call["reserve"]}
        passed_on = {call["free"] for call in calls if call["reserve"]}
        counted = Counter(self._became(code, passed_on) for code in invited)
        names = ("attended", "substituted", "absent_with_reason", "absent_without", "released")
        return {"invited": len(invited), **{name: counted[name] for name in names}, "walk_in": self.walked_in}

    def _became(self, code: str, passed_on: set[str]) -> str:
        fate = self.fate.get(code, "silent")
        if fate == "taken back" or (fate.startswith("no") and code in passed_on):
            return "released"
        return {
            "came": "attended",
            "sent": "substituted",
            "away, reason": "absent_with_reason",
            "no, reason": "absent_with_reason",
        }.get(fate, "absent_without")


@pytest.fixture
def invited(scene: Scene) -> Scene:
    """Letters of the morning issued."""
    scene.invite()
    return scene


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_figures_always_add_up(invited: Scene, history: tuple[list[Happening], list[Happening]]) -> None:
    """invited = attended + substituted + absent with and without reason + released, after any history of acts."""
    started = invited.now
    with transaction.atomic():
        onlooker = Onlooker(invited)
        onlooker.live(*history)
        figures = attendance_figures(invited.stage.dialogue)
        assert figures == onlooker.figures()
        parts = ("attended", "substituted", "absent_with_reason", "absent_without", "released")
        assert figures["invited"] == sum(figures[name] for name in parts) >= 15
        assert len(places_of(invited.morning)) <= figures["invited"]
        transaction.set_rollback(True)
    invited.now = started
