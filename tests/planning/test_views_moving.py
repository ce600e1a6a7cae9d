"""Another time for a sitting: the preview says exactly what the change does."""

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from doithoai.documents.models import Document
from doithoai.journal.queries import story
from doithoai.outbox.models import Message
from doithoai.people.models import Staff
from doithoai.planning.models import Deadline, Sitting, Venue, VenueTold
from doithoai.planning.views.moving import changes, message_for
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, unchanged

NEW = {"day": "27/12/2021", "start": "8h00", "end": "11:00", "reason": "trùng kỳ họp Hội đồng nhân dân"}


@pytest.fixture
def sitting(stage: Stage) -> Sitting:
    return stage.dialogue.sittings.get(ordinal=1)


def send(staff: Staff, sitting: Sitting, step: str = "doi", **said: str) -> Any:
    return browser(staff).post(f"/buoi/{sitting.code}/doi-gio/", {**NEW, **said, "buoc": step})


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


class TestPreview:
    def test_looking_changes_nothing(self, stage: Stage, sitting: Sitting) -> None:
        with unchanged(Sitting, Deadline, Message, Document):
            response = send(stage.cast.hoa, sitting, "xem")
            browser(stage.cast.hoa).get(f"/buoi/{sitting.code}/doi-gio/")
        text = text_of(response)
        assert "08:00 – 11:00, thứ Hai 27/12/2021" in text
        assert "Đổi giờ và soạn thông báo" in text
        for venue in stage.dialogue.venues.all():
            assert venue.name in text

    @pytest.mark.parametrize("day", [20, 21, 22, 23, 27, 31])
    def test_it_says_what_the_count_then_finds(self, stage: Stage, sitting: Sitting, day: int) -> None:
        start = datetime(2021, 12, day, 1, 0, tzinfo=UTC)
        foretold = changes(sitting, start, today=WEDNESDAY.date())
        assert send(stage.cast.hoa, sitting, day=f"{day}/12/2021").status_code == 302
        rows = Deadline.objects.filter(dialogue=stage.dialogue, superseded_at=None, is_binding=True)
        counted = [
            (row.due_on, row.rule_slug, row.sitting.sector.name if row.sitting else "", row.arithmetic) for row in rows
        ]
        told = [(row.due.due_on, row.due.term.slug, row.sector, row.due.arithmetic) for row in foretold]
        assert sorted(told) == sorted(counted)
        assert told

    def test_before_and_after_stand_together(self, stage: Stage, sitting: Sitting) -> None:
        text = text_of(send(stage.cast.hoa, sitting, "xem"))
        assert "thứ Sáu 31/12/2021" in text
        assert "đếm từ ngày liền sau 27/12/2021" in text
        assert "không đổi" in text

    def test_a_clash_and_a_day_of_rest_are_named(self, stage: Stage, sitting: Sitting) -> None:
        clash = send(stage.cast.hoa, sitting, "xem", day="22/12/2021", start="13:00", end="15:00")
        assert "Trùng giờ buổi DH-2021-01-B2" in text_of(clash)
        assert "thứ Bảy" in text_of(send(stage.cast.hoa, sitting, "xem", day="25/12/2021"))


class TestChange:
    def test_it_moves_tells_the_venues_and_drafts_the_notice(self, stage: Stage, sitting: Sitting) -> None:
        response = send(stage.cast.hoa, sitting)
        sitting.refresh_from_db()
        assert sitting.starts_at == datetime(2021, 12, 27, 1, 0, tzinfo=UTC)
        notice = Document.objects.get(kind="change_notice", about=sitting.code)
        told = Message.objects.filter(key__contains=f"{sitting.code}:moved:")
        assert told.count() >= stage.dialogue.venues.count()
        text = text_of(browser(stage.cast.hoa).get(response["Location"]))
        assert "Đã đổi giờ." in text
        assert f"/van-ban/{notice.code}/" in text
        assert message_for(sitting) in text
        assert "08:00 đến 11:00, thứ Hai 27/12/2021" in message_for(sitting)

    @pytest.mark.parametrize(
        ("slug", "words"), [("hoan", "hoãn lại, có giờ mới cơ quan báo ngay"), ("huy", "không tổ chức nữa")]
    )
    def test_what_is_sent_says_what_became_of_it(self, stage: Stage, sitting: Sitting, slug: str, words: str) -> None:
        said = {"viec": slug, "reason": "bão"}
        assert browser(stage.cast.hoa).post(f"/buoi/{sitting.code}/doi-gio/", said).status_code == 302
        sitting.refresh_from_db()
        assert words in message_for(sitting)
        assert "đổi sang" not in message_for(sitting)
        html = browser(stage.cast.hoa).get(f"/buoi/{sitting.code}/doi-gio/").content.decode()
        assert f"/cuoc/{stage.dialogue.code}/moi/{sitting.ordinal}/goi/thon/" in html

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"day": "14/12/2021"}, "giờ mới phải ở phía trước"),
            ({"end": "07:00"}, "giờ kết thúc phải sau giờ bắt đầu"),
            ({"day": "22/12/2021", "start": "07:30", "end": "11:30"}, "giờ mới trùng giờ đang có"),
            ({"day": "hôm sau"}, "Cần một ngày"),
            ({"start": "25:00"}, "Cần giờ và phút"),
            ({"reason": " "}, "để trống"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_moves(
        self, stage: Stage, sitting: Sitting, said: dict[str, str], words: str
    ) -> None:
        with unchanged(Sitting, Deadline, Document):
            response = send(stage.cast.hoa, sitting, **said)
        assert response.status_code == 422
        assert words in text_of(response)

    def test_a_sitting_that_began_stays(self, stage: Stage, sitting: Sitting) -> None:
        Sitting.objects.filter(pk=sitting.pk).update(state="live")
        with unchanged(Sitting):
            assert "đã bắt đầu hoặc đã hủy" in text_of(send(stage.cast.hoa, sitting))

    def test_markup_in_a_reason_stays_text(self, stage: Stage, sitting: Sitting) -> None:
        html = send(stage.cast.hoa, sitting, "xem", reason="<img src=x onerror=alert(1)>").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html


class TestRights:
    def test_others_see_the_page_without_the_form(self, stage: Stage, sitting: Sitting) -> None:
        text = text_of(browser(stage.cast.technician).get(f"/buoi/{sitting.code}/doi-gio/"))
        assert "lãnh đạo cơ quan hoặc Văn phòng" in text
        assert 'name="reason"' not in text
        with unchanged(Sitting):
            assert send(stage.cast.technician, sitting).status_code == 403

    def test_the_leader_may(self, stage: Stage, sitting: Sitting) -> None:
        assert send(stage.cast.leader, sitting).status_code == 302

    def test_the_second_agency_finds_nothing(self, stage: Stage, sitting: Sitting) -> None:
        with unchanged(Sitting):
            assert send(stage.other.leader, sitting).status_code == 404
            assert browser(stage.other.leader).get(f"/buoi/{sitting.code}/doi-gio/").status_code == 404

    def test_the_page_costs_few_queries(self, stage: Stage, sitting: Sitting) -> None:
        assert queries_of(browser(stage.cast.hoa), f"/buoi/{sitting.code}/doi-gio/") <= 9


class TestVenuesKnow:
    """R28: every venue is told in a whole sentence, and says that it knows."""

    def acknowledge(self, staff: Staff, sitting: Sitting, venue: str) -> Any:
        return browser(staff).post(f"/buoi/{sitting.code}/doi-gio/", {"viec": "da-nhan", "diem-cau": venue})

    @pytest.fixture
    def ward(self, stage: Stage, sitting: Sitting) -> Venue:
        send(stage.cast.hoa, sitting)
        found = stage.dialogue.venues.filter(is_central=False).select_related("office").first()
        assert found is not None
        return found

    def test_the_news_is_a_whole_sentence(self, stage: Stage, sitting: Sitting, ward: Venue) -> None:
        words = (
            f"Buổi đối thoại lĩnh vực {sitting.sector.name} đổi sang 08:00 đến 11:00, thứ Hai 27/12/2021. "
            "Lý do: trùng kỳ họp Hội đồng nhân dân."
        )
        assert set(VenueTold.objects.values_list("words", flat=True)) == {words}
        assert Message.objects.get(office=ward.office).body == words
        assert text_of(browser(stage.cast.hoa).get(f"/buoi/{sitting.code}/doi-gio/")).count("chưa xác nhận") == 3

    def test_the_venue_says_that_it_knows_once(self, stage: Stage, sitting: Sitting, ward: Venue) -> None:
        head = stage.cast.heads[ward.office.code]
        assert text_of(browser(head).get(f"/buoi/{sitting.code}/doi-gio/")).count('value="da-nhan"') == 1
        back = self.acknowledge(head, sitting, ward.code)
        assert back["Location"] == f"/buoi/{sitting.code}/doi-gio/?da=venue.acknowledge"
        row = VenueTold.objects.get(venue=ward)
        assert (row.by, row.known_at) == (head, WEDNESDAY)
        assert head.name in text_of(browser(stage.cast.hoa).get(f"/buoi/{sitting.code}/doi-gio/"))
        assert story(stage.dialogue.code)[0].facts == {"venue": ward.code, "sitting": sitting.code}
        with unchanged(VenueTold):
            assert self.acknowledge(head, sitting, ward.code).status_code == 409

    def test_a_second_change_is_news_again_and_one_word_settles_both(
        self, stage: Stage, sitting: Sitting, ward: Venue
    ) -> None:
        send(stage.cast.hoa, sitting, day="28/12/2021")
        assert VenueTold.objects.filter(venue=ward, known_at=None).count() == 2
        self.acknowledge(stage.cast.heads[ward.office.code], sitting, ward.code)
        assert not VenueTold.objects.filter(venue=ward, known_at=None).exists()
        assert VenueTold.objects.filter(known_at=None).count() == 4

    def test_nobody_says_it_for_another_venue(self, stage: Stage, sitting: Sitting, ward: Venue) -> None:
        other = stage.dialogue.venues.filter(is_central=False).exclude(pk=ward.pk).select_related("office")[0]
        with unchanged(VenueTold):
            assert self.acknowledge(stage.cast.heads[other.office.code], sitting, ward.code).status_code == 403
            assert self.acknowledge(stage.cast.leader, sitting, ward.code).status_code == 403
            assert self.acknowledge(stage.other.hoa, sitting, ward.code).status_code == 404
            assert self.acknowledge(stage.cast.hoa, sitting, "khong-co").status_code == 404
