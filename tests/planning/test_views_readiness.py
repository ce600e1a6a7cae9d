"""Difficulties from the unit to the Office and back (R60); the venues' readiness in one picture."""

from html import unescape
from typing import Any

import pytest

from doithoai.directory.queries import profile_of
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Check, Dialogue, Obstacle, Venue
from doithoai.planning.queries import VenueReadiness, readiness_of
from tests.cast import START, Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

WORDS = "Chưa có đường truyền dự phòng."


def owed_by(dialogue: Dialogue) -> list[VenueReadiness]:
    return readiness_of(dialogue, profile_of(dialogue.agency, dialogue.profile_key).readiness)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def send(staff: Staff, stage: Stage, step: str, **said: object) -> Any:
    return browser(staff).post(f"/cuoc/{stage.dialogue.code}/kho-khan/", {"buoc": step, **said})


def page(staff: Staff, stage: Stage, name: str = "kho-khan") -> str:
    return text_of(browser(staff).get(f"/cuoc/{stage.dialogue.code}/{name}/"))


@pytest.fixture
def ward(stage: Stage) -> Venue:
    found = stage.dialogue.venues.filter(is_central=False).select_related("office").first()
    assert found is not None
    return found


class TestObstacles:
    def test_raised_directed_and_closed(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        back = send(head, stage, "bao", text=WORDS)
        assert back["Location"] == f"/cuoc/{stage.dialogue.code}/kho-khan/?da=obstacle.raise"
        row = Obstacle.objects.get()
        assert (row.office, row.text, row.state) == (ward.office, WORDS, "raised")
        assert "Đang chờ giải quyết (1)" in page(stage.cast.hoa, stage)
        send(stage.cast.hoa, stage, "chi-dao", so=row.pk, text="Viễn thông lắp trước 20/12.")
        row.refresh_from_db()
        assert (row.state, row.direction) == ("directed", "Viễn thông lắp trước 20/12.")
        send(stage.cast.hoa, stage, "xong", so=row.pk)
        row.refresh_from_db()
        assert row.state == "closed"
        assert "1 khó khăn đã giải quyết" in page(head, stage)

    def test_only_the_office_answers(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        send(head, stage, "bao", text=WORDS)
        row = Obstacle.objects.get()
        assert "Ghi chỉ đạo" not in page(head, stage)
        with unchanged(Obstacle):
            assert send(head, stage, "chi-dao", so=row.pk, text="x").status_code == 403
            assert send(stage.cast.hoa, stage, "xong", so=row.pk).status_code == 409

    def test_who_carries_nothing_out_raises_nothing(self, stage: Stage) -> None:
        assert "đơn vị thực hiện kế hoạch" in page(stage.cast.observer, stage)
        with unchanged(Obstacle):
            assert send(stage.cast.observer, stage, "bao", text=WORDS).status_code == 403

    def test_nobody_speaks_for_another_unit(self, stage: Stage, ward: Venue) -> None:
        send(stage.cast.heads[ward.office.code], stage, "bao", text=WORDS, office=stage.dialogue.secretariat.code)
        assert Obstacle.objects.get().office == ward.office

    @pytest.mark.parametrize("said", [{"text": " "}, {}, {"text": "x" * 1001}])
    def test_words_are_needed_and_not_too_many(self, stage: Stage, said: dict[str, str]) -> None:
        with unchanged(Obstacle):
            assert send(stage.cast.technician, stage, "bao", **said).status_code == 409

    @pytest.mark.parametrize("number", ["", "x", "0", "99999", "9" * 30, "²"])
    def test_a_number_that_is_none_is_nowhere(self, stage: Stage, number: str) -> None:
        assert send(stage.cast.hoa, stage, "xong", so=number).status_code == 404

    def test_there_is_no_other_act(self, stage: Stage) -> None:
        assert send(stage.cast.hoa, stage, "bay").status_code == 404

    def test_markup_stays_text(self, stage: Stage) -> None:
        send(stage.cast.technician, stage, "bao", text="<img src=x onerror=alert(1)>")
        html = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/kho-khan/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        send(stage.cast.technician, stage, "bao", text=WORDS)
        with unchanged(Obstacle):
            assert send(stage.other.hoa, stage, "bao", text="x").status_code == 404
        assert browser(stage.other.hoa).get(f"/cuoc/{stage.dialogue.code}/kho-khan/").status_code == 404

    def test_many_cost_as_many_queries_as_one(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        send(stage.cast.technician, stage, "bao", text=WORDS)
        one = queries_of(client, f"/cuoc/{stage.dialogue.code}/kho-khan/")
        for _n in range(5):
            send(stage.cast.technician, stage, "bao", text=WORDS)
        client = browser(stage.cast.hoa)
        assert queries_of(client, f"/cuoc/{stage.dialogue.code}/kho-khan/") == one <= 8


class TestVenues:
    def check(self, staff: Staff, stage: Stage, venue: Venue, **said: str) -> Any:
        facts = {"diem-cau": venue.code, "kind": "line", "found": "dat", "note": "", **said}
        return browser(staff).post(f"/cuoc/{stage.dialogue.code}/diem-cau/", facts)

    def test_the_picture_shows_the_newest_look(self, stage: Stage, ward: Venue) -> None:
        assert "chưa kiểm tra" in page(stage.cast.hoa, stage, "diem-cau")
        self.check(stage.cast.technician, stage, ward, found="chua", note="Tiếng vọng")
        assert "Tiếng vọng" in page(stage.cast.hoa, stage, "diem-cau")
        self.check(stage.cast.heads[ward.office.code], stage, ward)
        text = page(stage.cast.hoa, stage, "diem-cau")
        assert "Tiếng vọng" not in text
        assert Check.objects.filter(venue=ward).count() == 2

    def test_a_venue_is_ready_when_every_line_is(self, stage: Stage, ward: Venue) -> None:
        for kind in Check.Kind.values:
            self.check(stage.cast.technician, stage, ward, kind=kind)
        response = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/diem-cau/")
        whole, lines = response.context["figures"]
        assert (whole.value, whole.of) == ("1", "3")
        assert (lines.value, lines.of) == ("5", "14")  # two wards owe five lines each, the centre no line to itself

    def test_a_ward_checks_its_own_venue_only(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        assert page(head, stage, "diem-cau").count('name="kind"') == 1
        assert page(stage.cast.technician, stage, "diem-cau").count('name="kind"') == 3
        other = stage.dialogue.venues.exclude(pk=ward.pk).get(is_central=False)
        with unchanged(Check):
            assert self.check(head, stage, other).status_code == 403

    @pytest.mark.parametrize("said", [{"kind": "tea"}, {"found": ""}, {"found": "maybe"}, {"note": "x" * 301}])
    def test_odd_words_are_refused(self, stage: Stage, ward: Venue, said: dict[str, str]) -> None:
        with unchanged(Check):
            assert self.check(stage.cast.technician, stage, ward, **said).status_code == 409

    def test_markup_in_a_note_stays_text(self, stage: Stage, ward: Venue) -> None:
        self.check(stage.cast.technician, stage, ward, note="<img src=x onerror=alert(1)>")
        html = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/diem-cau/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_the_second_agency_finds_nothing(self, stage: Stage, ward: Venue) -> None:
        with unchanged(Check):
            assert self.check(stage.other.technician, stage, ward).status_code == 404
        assert browser(stage.other.hoa).get(f"/cuoc/{stage.dialogue.code}/diem-cau/").status_code == 404

    def test_a_venue_of_another_dialogue_is_nowhere(self, stage: Stage, ward: Venue) -> None:
        stage.dialogue.pk, stage.dialogue.code = None, "DH-2021-09"
        stage.dialogue.save()
        assert Dialogue.objects.count() == 2
        assert self.check(stage.cast.technician, stage, ward).status_code == 404

    def test_looking_changes_nothing_for_few_queries(self, stage: Stage) -> None:
        with unchanged(Check, Venue):
            assert queries_of(browser(stage.cast.technician), f"/cuoc/{stage.dialogue.code}/diem-cau/") <= 8


class TestWhatIsOwed:
    def owed(self, stage: Stage) -> dict[str, list[str]]:
        return {row.code[-2:]: [look.kind for look in row.looks] for row in owed_by(Dialogue.objects.get())}

    def test_the_centre_has_no_line_to_itself(self, stage: Stage) -> None:
        every = ["room", "equipment", "account", "line", "health"]
        centre, *wards = self.owed(stage).values()
        assert centre == ["room", "equipment", "account", "health"]
        assert wards == [every, every]

    def test_in_person_nothing_is_linked(self, stage: Stage) -> None:
        Dialogue.objects.update(mode="in_person")
        assert all(kinds == ["room", "equipment", "health"] for kinds in self.owed(stage).values())
        assert all(row.connected is None for row in owed_by(Dialogue.objects.get()))

    def test_in_2026_an_epidemic_is_no_matter_unless_somebody_says_so(self, stage: Stage) -> None:
        Dialogue.objects.update(mode="in_person", profile_key="cap-xa-2026")
        assert all(kinds == ["room", "equipment"] for kinds in self.owed(stage).values())
        dialogue = Dialogue.objects.get()
        actor = stage.cast.hoa.as_actor()
        carrying_out.switch_readiness(dialogue, "health", is_on=True, reason="Có ca sởi", actor=actor, now=START)
        assert all(kinds == ["room", "equipment", "health"] for kinds in self.owed(stage).values())

    def test_an_in_person_venue_of_2026_can_be_whole(self, stage: Stage, ward: Venue) -> None:
        Dialogue.objects.update(mode="in_person", profile_key="cap-xa-2026")
        for kind in ("room", "equipment"):
            TestVenues().check(stage.cast.technician, stage, ward, kind=kind)
        whole, lines = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/diem-cau/").context["figures"]
        assert [(whole.value, whole.of), (lines.value, lines.of)] == [("1", "3"), ("2", "6")]
        with unchanged(Check):
            assert TestVenues().check(stage.cast.technician, stage, ward, kind="line").status_code == 409

    def test_both_pages_say_the_same(self, stage: Stage, ward: Venue) -> None:
        for kind in Check.Kind.values:
            TestVenues().check(stage.cast.technician, stage, ward, kind=kind)
        figures = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/diem-cau/").context["figures"]
        venues = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/").context["sheet"].venues
        assert figures[1].value == str(sum(row.ready for row in venues))
        assert figures[1].of == str(sum(row.of for row in venues))
        assert figures[0].value == str(sum(not row.wants for row in venues)) == "1"

    def switch(self, staff: Staff, stage: Stage, **said: str) -> Any:
        facts = {"buoc": "muc", "muc": "health", "bat": "khong", "ly-do": "Hết dịch", **said}
        return browser(staff).post(f"/cuoc/{stage.dialogue.code}/diem-cau/", facts)

    def test_the_office_spares_a_line_with_its_reason(self, stage: Stage) -> None:
        assert self.switch(stage.cast.hoa, stage).status_code == 302
        assert all("health" not in kinds for kinds in self.owed(stage).values())
        assert "Lý do của cuộc này: Hết dịch" in page(stage.cast.hoa, stage, "diem-cau")
        self.switch(stage.cast.hoa, stage, bat="co")
        assert all("health" in kinds for kinds in self.owed(stage).values())

    @pytest.mark.parametrize("said", [{"ly-do": " "}, {"muc": "tea"}, {"muc": ""}])
    def test_without_a_reason_or_a_known_line_nothing_changes(self, stage: Stage, said: dict[str, str]) -> None:
        with unchanged(Dialogue):
            assert self.switch(stage.cast.hoa, stage, **said).status_code == 409

    def test_others_do_not_decide_it(self, stage: Stage) -> None:
        with unchanged(Dialogue):
            assert self.switch(stage.cast.technician, stage).status_code == 403
            assert self.switch(stage.other.hoa, stage).status_code == 404
        assert "Bỏ mục này" not in page(stage.cast.technician, stage, "diem-cau")


class TestChair:
    def name(self, staff: Staff, stage: Stage, venue: Venue, chair: str) -> Any:
        facts = {"buoc": "chu-tri", "diem-cau": venue.code, "nguoi": chair}
        return browser(staff).post(f"/cuoc/{stage.dialogue.code}/diem-cau/", facts)

    def test_the_ward_and_the_office_say_who_chairs_in_person(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        for staff in (head, stage.cast.hoa):
            Venue.objects.update(chair=None)
            assert self.name(staff, stage, ward, head.code).status_code == 302
            assert Venue.objects.get(pk=ward.pk).chair == head
        assert head.name in page(stage.cast.technician, stage, "diem-cau")
        venues = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/").context["sheet"].venues
        assert next(row.chair for row in venues if row.code == ward.code) == head.name

    def test_only_people_of_the_venue_are_offered(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        with unchanged(Venue):
            for stranger in ("", "khong-co", stage.cast.clerk.code, stage.other.leader.code):
                assert self.name(head, stage, ward, stranger).status_code == 409

    def test_others_name_nobody(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        with unchanged(Venue):
            assert self.name(stage.cast.technician, stage, ward, head.code).status_code == 403
            assert self.name(stage.other.hoa, stage, ward, head.code).status_code == 404
        assert 'name="nguoi"' not in page(stage.cast.technician, stage, "diem-cau")
