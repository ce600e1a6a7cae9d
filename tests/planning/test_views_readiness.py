"""Difficulties from the unit to the Office and back (R60); the venues' readiness in one picture."""

from html import unescape
from typing import Any

import pytest

from doithoai.people.models import Staff
from doithoai.planning.models import Check, Dialogue, Obstacle, Venue
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

WORDS = "Chưa có đường truyền dự phòng."


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
        assert (lines.value, lines.of) == ("6", "18")

    def test_a_ward_checks_its_own_venue_only(self, stage: Stage, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        assert page(head, stage, "diem-cau").count('name="diem-cau"') == 1
        assert page(stage.cast.technician, stage, "diem-cau").count('name="diem-cau"') == 3
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
