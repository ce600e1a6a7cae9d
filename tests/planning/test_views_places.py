"""Looking up official places, and saying which of them the agency's own are."""

import pytest
from django.test import Client

from doithoai.directory import queries
from doithoai.directory.models import Agency, Office, Place
from doithoai.journal.models import Entry
from doithoai.people.models import Staff
from tests.cast import START, Stage
from tests.web.visitors import browser, unchanged

pytestmark = pytest.mark.django_db
PAGE = "/dia-danh/"


def visitor(staff: Staff) -> Client:
    return browser(staff, now=START)


def html_of(client: Client, url: str = PAGE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


class TestCodes:
    def test_what_was_set_up_bears_its_official_code(self, stage: Stage) -> None:
        """Agency, ward offices and places of a plan of 2021, each found within thị xã Đông Hòa."""
        agency = stage.cast.agency
        assert agency.unit_code == "564"
        wards = {place.name: (place.unit_code, place.valid_from, str(place.valid_to)) for place in agency.places.all()}
        assert wards == {
            "Hòa Vinh": ("22258", None, "2025-06-30"),
            "Hòa Hiệp Trung": ("22261", None, "2025-06-30"),
        }
        offices = Office.objects.filter(agency=agency).exclude(unit_code="")
        assert {office.name: office.unit_code for office in offices} == {
            "UBND phường Hòa Vinh": "22258",
            "UBND phường Hòa Hiệp Trung": "22261",
        }


class TestLookingUp:
    @pytest.mark.parametrize("asked", ["hoa vinh", "P. Hòa Vinh", "Hòa Vinh, Phú Yên"])
    def test_an_old_ward_with_what_became_of_it(self, stage: Stage, asked: str) -> None:
        html = html_of(visitor(stage.cast.clerk), f"{PAGE}?tim={asked}")
        assert "Có 1 kết quả cho" in html
        assert "nay là phường Đông Hòa (mã 22258, tỉnh Đắk Lắk) từ 01/07/2025." in html

    def test_namesakes_all_with_their_provinces(self, stage: Stage) -> None:
        html = html_of(visitor(stage.cast.clerk), f"{PAGE}?tim=phuong+dong+hoa")
        assert "mã 22258" in html
        assert "mã 25951" in html
        assert "phường Hòa Xuân Tây" in html

    def test_the_own_places_stand_below(self, stage: Stage) -> None:
        assert "Mã 22261: phường Hòa Hiệp Trung, thị xã Đông Hòa, tỉnh Phú Yên." in html_of(visitor(stage.cast.hoa))

    def test_looking_changes_nothing_and_is_for_staff(self, stage: Stage) -> None:
        with unchanged(Place, Agency):
            html_of(visitor(stage.cast.hoa), f"{PAGE}?tim=x")
        assert Client().get(PAGE).status_code == 302

    def test_without_the_table_the_page_says_what_to_do(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing() -> None:
            raise queries.PlacesMissing("Chưa có bảng mã địa danh. Cần chạy “make setup” trên máy chủ.")

        monkeypatch.setattr("doithoai.planning.views.locating.gazetteer", missing)
        assert "Cần chạy “make setup”" in html_of(visitor(stage.cast.hoa), f"{PAGE}?tim=hoa")


class TestLocating:
    @pytest.fixture
    def unsure(self, stage: Stage) -> Stage:
        """Nobody has said which phường Đông Hòa it is."""
        Agency.objects.filter(pk=stage.cast.agency.pk).update(unit_code="")
        place = Place.objects.filter(agency=stage.cast.agency, code="P01")
        place.update(name="Đông Hòa", unit_code="", valid_to=None)
        return stage

    def say(self, client: Client, code: str, place: str = "P01") -> int:
        return int(client.post(PAGE, {"noi": place, "ma": code}).status_code)

    def test_the_administrator_says_it(self, unsure: Stage) -> None:
        admin = visitor(unsure.cast.admin)
        assert "Chưa rõ là nơi nào" in html_of(admin)
        assert '<option value="nay/22258">' in html_of(admin)
        assert self.say(admin, "nay/22258") == 302
        place = Place.objects.get(agency=unsure.cast.agency, code="P01")
        assert (place.unit_code, str(place.valid_from), place.valid_to) == ("22258", "2025-07-01", None)
        entry = Entry.objects.filter(verb="place.locate").get()
        assert entry.chain.key == "DH"
        assert '"unit":"22258"' in entry.body

    def test_nobody_else_may(self, unsure: Stage) -> None:
        for staff in (unsure.cast.hoa, unsure.cast.leader):
            assert self.say(visitor(staff), "nay/22258") == 403
        assert self.say(visitor(unsure.other.admin), "nay/22258") == 302, "of the second agency it is its own place"
        assert Place.objects.get(agency=unsure.cast.agency, code="P01").unit_code == ""

    @pytest.mark.parametrize("code", ["", "nay/", "cu/99999", "nay/22267", "22258", "xx/22258"])
    def test_a_code_that_nothing_bears_is_refused(self, unsure: Stage, code: str) -> None:
        assert self.say(visitor(unsure.cast.admin), code) == 409
        assert Place.objects.get(agency=unsure.cast.agency, code="P01").unit_code == ""
