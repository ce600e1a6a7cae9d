"""Where the venues are, and the online room: filled in late, shown to those who need it."""

import pytest

from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.actions import placing
from doithoai.planning.models import Dialogue, Venue
from doithoai.planning.papers import announcement
from doithoai.planning.queries import sittings_of
from doithoai.rules.paper import words
from tests.cast import START, Stage
from tests.planning.test_views_drafting import text_of
from tests.web.visitors import ESCAPED_ATTACK, browser, unchanged

pytestmark = pytest.mark.django_db

PATH = "/cuoc/DH-2021-01/diem-cau/dia-chi/"
LINK = "https://teams.example.vn/l/phong-1"


def venue_of(stage: Stage) -> Venue:
    return stage.dialogue.venues.select_related("office").get(name="UBND phường Hòa Vinh")


class TestAddress:
    def test_it_reaches_the_announcement(self, stage: Stage) -> None:
        placing.locate(venue_of(stage), " 12  Trần Hưng Đạo ", actor=stage.cast.hoa.as_actor(), now=START)
        paper = announcement(stage.dialogue, sittings_of(stage.dialogue), on=START.date())
        assert "12 Trần Hưng Đạo" in " ".join(words(paper))
        assert Entry.objects.filter(verb="venue.locate").count() == 1

    def test_the_venue_itself_may_write_it_and_others_may_not(self, stage: Stage) -> None:
        venue = venue_of(stage)
        head = stage.cast.heads[venue.office.code]
        placing.locate(venue, "Hội trường tầng 2", actor=head.as_actor(), now=START)
        with unchanged(Venue):
            for staff in (stage.cast.clerk, stage.other.hoa):
                with pytest.raises(NotYours):
                    placing.locate(venue, "nơi khác", actor=staff.as_actor(), now=START)

    @pytest.mark.parametrize("said", ["", "  ", "x" * 201])
    def test_it_needs_words_that_fit(self, stage: Stage, said: str) -> None:
        with unchanged(Venue), pytest.raises(NotNow, match="cần địa chỉ"):
            placing.locate(venue_of(stage), said, actor=stage.cast.hoa.as_actor(), now=START)


class TestLink:
    def test_the_journal_does_not_hold_it(self, stage: Stage) -> None:
        placing.link(stage.dialogue, LINK, actor=stage.cast.technician.as_actor(), now=START)
        (entry,) = Entry.objects.filter(verb="dialogue.link")
        assert LINK not in entry.body
        assert Dialogue.objects.get(pk=stage.dialogue.pk).join_link == LINK

    @pytest.mark.parametrize("said", ["javascript:alert(1)", "http://teams.example.vn", "phòng 1", LINK + "x" * 200])
    def test_only_a_safe_address_is_one(self, stage: Stage, said: str) -> None:
        with unchanged(Dialogue), pytest.raises(NotNow, match="Chưa ghi được"):
            placing.link(stage.dialogue, said, actor=stage.cast.technician.as_actor(), now=START)

    def test_rights(self, stage: Stage) -> None:
        with unchanged(Dialogue):
            for staff in (stage.cast.clerk, stage.cast.leader, stage.other.technician):
                with pytest.raises(NotYours):
                    placing.link(stage.dialogue, LINK, actor=staff.as_actor(), now=START)

    def test_venues_and_technicians_see_it_and_nobody_else(self, stage: Stage) -> None:
        placing.link(stage.dialogue, LINK, actor=stage.cast.technician.as_actor(), now=START)
        head = stage.cast.heads[venue_of(stage).office.code]
        for staff in (stage.cast.technician, stage.cast.hoa, head):
            assert LINK in text_of(browser(staff).get(PATH)), staff
        for staff in (stage.cast.clerk, stage.cast.observer, stage.cast.editor):
            assert LINK not in text_of(browser(staff).get(PATH)), staff
        for public in ("/", f"/doi-thoai/{stage.dialogue.code}/"):
            assert LINK not in text_of(browser().get(public))


class TestPage:
    def test_it_is_written_there(self, stage: Stage) -> None:
        hoa = browser(stage.cast.hoa)
        hoa.post(PATH, {"diem-cau": venue_of(stage).code, "dia-chi": "<img src=x onerror=alert(1)>"})
        html = hoa.get(PATH).content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html
        assert PATH in text_of(hoa.get("/cuoc/DH-2021-01/diem-cau/"))

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        with unchanged(Venue, Dialogue):
            assert browser(stage.other.hoa).get(PATH).status_code == 404
            assert browser(stage.other.hoa).post(PATH, {"viec": "duong-dan", "duong-dan": LINK}).status_code == 404
