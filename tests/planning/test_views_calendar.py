"""The calendar of the agency and its feed: RFC 5545 to the octet, and nobody's name in it."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from doithoai.directory.models import Sector
from doithoai.people.models import AccessLink, Staff
from doithoai.planning.models import Deadline, Dialogue, Duty, Sitting
from doithoai.planning.queries import deadline_name
from doithoai.planning.views.ical import Event, folded, written
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, unchanged


def text_of(staff: Staff, path: str) -> str:
    response = browser(staff).get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def feed_of(staff: Staff) -> str:
    """The path of a fresh feed, as the page shows it once."""
    response = browser(staff).post("/lich/")
    feed = str(response.context["feed"])
    assert feed in response.content.decode()
    return feed[feed.index("/lich/") :]


def lines_of(path: str, *, now: datetime = WEDNESDAY) -> list[str]:
    """The content lines of a feed, unfolded as the standard says."""
    response = browser(now=now).get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode().replace("\r\n ", "").split("\r\n")[:-1]


TERM = {"count": 5, "unit": "day", "before_or_after": "before", "anchor": "dialogue"}


def dated(stage: Stage, **said: object) -> Duty:
    """The first duty of an office, due five days before the dialogue, which is Friday 17/12/2021; no other has a day."""
    Duty.objects.update(term={}, due_on=None)
    row = stage.dialogue.duties.filter(office__kind="division").select_related("office")[0]
    Duty.objects.filter(pk=row.pk).update(**{"what": "Tổng hợp vướng mắc", "term": TERM, **said})
    row.refresh_from_db()
    return row


class TestDuties:
    def test_a_duty_stands_on_its_day_with_the_office_that_owes_it(self, stage: Stage) -> None:
        row = dated(stage)
        response = browser(stage.cast.hoa).get("/lich/")
        day = next(day for day in response.context["days"] if day.day == date(2021, 12, 17))
        words = f"Nhiệm vụ: Tổng hợp vướng mắc ({row.office})"
        assert [(item.words, item.look) for item in day.items if "Nhiệm vụ" in item.words] == [(words, "due")]
        assert words in text_of(stage.cast.hoa, "/lich/?nam=2021")

    def test_a_day_that_the_plan_prints_goes_before_its_term(self, stage: Stage) -> None:
        dated(stage, due_on=date(2021, 12, 20))
        days = browser(stage.cast.hoa).get("/lich/").context["days"]
        assert [day.day.day for day in days for item in day.items if "Nhiệm vụ" in item.words] == [20]

    @pytest.mark.parametrize(("state", "look"), [("accepted", "late"), ("reported", "done"), ("confirmed", "done")])
    def test_past_its_day_it_is_late_until_it_was_reported(self, stage: Stage, state: str, look: str) -> None:
        dated(stage, state=state, due_on=date(2021, 12, 13))
        days = browser(stage.cast.hoa).get("/lich/").context["days"]
        assert [item.look for day in days for item in day.items if "Nhiệm vụ" in item.words] == [look]

    def test_two_offices_of_one_duty_share_a_line(self, stage: Stage) -> None:
        first = dated(stage)
        other = stage.dialogue.duties.filter(office__kind="division").exclude(office=first.office)[0]
        Duty.objects.filter(pk=other.pk).update(what=first.what, term=TERM)
        assert f"({first.office}; {other.office})" in text_of(stage.cast.hoa, "/lich/")

    def test_of_a_dialogue_called_off_nothing_is_owed(self, stage: Stage) -> None:
        dated(stage)
        Dialogue.objects.update(state="cancelled")
        assert "Nhiệm vụ: " not in text_of(stage.cast.hoa, "/lich/")

    def test_the_feed_brings_an_office_its_own_and_the_secretariat_all(self, stage: Stage) -> None:
        row = dated(stage)
        assert row.office is not None
        mine, other = (f"UID:{code}@doithoai" for code in (row.code, f"{row.code}x"))
        ward = stage.dialogue.venues.filter(is_central=False)[0].office
        for staff in (stage.cast.heads[row.office.code], stage.cast.hoa, stage.cast.leader):
            lines = lines_of(feed_of(staff))
            assert mine in lines
            assert lines[lines.index(mine) + 2] == "DTSTART;VALUE=DATE:20211217"
            assert other not in lines
        for staff in (stage.cast.heads[ward.code], stage.cast.technician, stage.other.leader):
            assert mine not in lines_of(feed_of(staff))

    def test_many_cost_as_many_queries_as_one(self, stage: Stage) -> None:
        dated(stage)
        few = queries_of(browser(stage.cast.hoa), "/lich/")
        Duty.objects.update(term=TERM)
        assert queries_of(browser(stage.cast.hoa), "/lich/") == few <= 11


class TestPages:
    def test_the_month_shows_sittings_deadlines_and_today(self, stage: Stage) -> None:
        text = text_of(stage.cast.hoa, "/lich/")
        assert "Lịch tháng 12/2021" in text
        assert "07:30 Đối thoại: Thành lập và hoạt động hộ kinh doanh" in text
        assert "13:30 Đối thoại: Xây dựng" in text
        for row in Deadline.objects.filter(superseded_at=None, is_binding=True, due_on__month=12):
            assert f"Hạn: {deadline_name(row)}" in text
        assert "hôm nay" in text

    def test_a_day_that_is_only_expected_is_shown_as_such_and_without_hours(self, stage: Stage) -> None:
        Sitting.objects.filter(sector__name="Xây dựng").update(tentative="trong tháng 12/2021")
        said = "Đối thoại: Xây dựng (dự kiến trong tháng 12/2021, ngày chưa ấn định)"
        text = text_of(stage.cast.hoa, "/lich/")
        assert said in text
        assert f"13:30 {said}" not in text
        lines = lines_of(feed_of(stage.cast.hoa))
        at = next(at for at, line in enumerate(lines) if line.startswith("SUMMARY:") and "dự kiến" in line)
        assert lines[at].startswith("SUMMARY:Đối thoại: Xây dựng (dự kiến trong tháng 12/2021")
        event = lines[lines.index("BEGIN:VEVENT", at - 8) : lines.index("END:VEVENT", at)]
        assert "DTSTART;VALUE=DATE:20211222" in event
        assert "STATUS:TENTATIVE" in event

    def test_holidays_and_make_up_days_are_named(self, stage: Stage) -> None:
        assert "Tết Dương lịch" in text_of(stage.cast.hoa, "/lich/?thang=2022-01")
        assert "Quốc khánh" in text_of(stage.cast.hoa, "/lich/?nam=2022")

    def test_the_year_shows_the_same_and_a_quiet_month_says_so(self, stage: Stage) -> None:
        text = text_of(stage.cast.hoa, "/lich/?nam=2021")
        assert "07:30 Đối thoại: Thành lập và hoạt động hộ kinh doanh" in text
        assert text.count("Không có gì.") >= 1

    def test_a_late_deadline_says_so(self, stage: Stage) -> None:
        Deadline.objects.filter(superseded_at=None).update(due_on=date(2021, 12, 1))
        assert "quá hạn" in text_of(stage.cast.hoa, "/lich/")
        Deadline.objects.update(met_on=date(2021, 12, 1))
        assert "đã xong" in text_of(stage.cast.hoa, "/lich/")

    @pytest.mark.parametrize("asked", ["thang=2021-13", "thang=x", "nam=99", "nam=٢٠٢١", "thang=9999-12"])
    def test_an_odd_address_shows_this_month(self, stage: Stage, asked: str) -> None:
        assert "Lịch tháng 12/2021" in text_of(stage.cast.hoa, f"/lich/?{asked}")

    def test_the_sitting_of_a_draft_names_its_plan(self, drafted: Stage) -> None:
        for path in ("/lich/", "/lich/?nam=2021"):
            assert f"dự thảo, {drafted.dialogue.code}" in text_of(drafted.cast.hoa, path)
        Dialogue.objects.update(state="planned")
        assert "dự thảo, " not in text_of(drafted.cast.hoa, "/lich/")

    def test_the_second_agency_sees_none_of_it(self, stage: Stage) -> None:
        assert "Tháng này không có buổi đối thoại hay thời hạn nào." in text_of(stage.other.hoa, "/lich/")
        assert stage.dialogue.code not in text_of(stage.other.hoa, "/lich/?nam=2021")

    def test_markup_stays_text(self, stage: Stage) -> None:
        Sector.objects.update(name="<img src=x onerror=alert(1)>")
        html = browser(stage.cast.hoa).get("/lich/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_a_year_costs_as_few_queries_as_a_month(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        assert queries_of(client, "/lich/") <= 11
        assert queries_of(client, "/lich/?nam=2021") <= 11

    def test_looking_changes_nothing_and_strangers_sign_in(self, stage: Stage) -> None:
        with unchanged(AccessLink, Dialogue):
            browser(stage.cast.hoa).get("/lich/")
            assert browser().get("/lich/").status_code == 302
            assert browser().post("/lich/").status_code == 302


class TestFeed:
    def test_it_needs_no_session_and_keeps_to_the_standard(self, stage: Stage) -> None:
        raw = browser().get(feed_of(stage.cast.leader)).content
        assert raw.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert max(len(line) for line in raw.split(b"\r\n")) <= 75
        for line in raw.split(b"\r\n"):
            line.decode()

    def test_a_sitting_is_an_event_in_utc(self, stage: Stage) -> None:
        lines = lines_of(feed_of(stage.cast.leader))
        at = lines.index(f"UID:{stage.dialogue.code}-B1@doithoai")
        assert lines[at + 2 : at + 4] == ["DTSTART:20211222T003000Z", "DTEND:20211222T043000Z"]
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 2
        uids = [line for line in lines if line.startswith("UID:")]
        assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT")

    def test_it_is_the_same_file_until_something_happens(self, stage: Stage) -> None:
        path = feed_of(stage.cast.leader)
        assert lines_of(path) == lines_of(path, now=WEDNESDAY + timedelta(hours=9))

    def test_it_names_nobody(self, stage: Stage) -> None:
        text = "\n".join(lines_of(feed_of(stage.cast.leader)))
        for staff in Staff.objects.all():
            assert staff.name not in text
            assert staff.phone not in text

    def test_each_role_gets_its_own(self, stage: Stage) -> None:
        def due(staff: Staff) -> int:
            return sum(line.startswith("DTSTART;VALUE=DATE") for line in lines_of(feed_of(staff)))

        Duty.objects.update(term={}, due_on=None)
        every = Deadline.objects.filter(superseded_at=None, is_binding=True).count()
        assert due(stage.cast.leader) == due(stage.cast.hoa) == every > 0
        assert due(stage.cast.technician) == due(stage.cast.one_stop) == 0
        office = stage.dialogue.sittings.get(ordinal=1).lead
        Deadline.objects.filter(superseded_at=None).update(sitting=stage.dialogue.sittings.get(ordinal=2))
        assert due(stage.cast.heads[office.code]) == 0
        assert due(stage.cast.leader) == every

    def test_a_moved_or_cancelled_sitting_says_so(self, stage: Stage) -> None:
        Sitting.objects.filter(ordinal=1).update(state="cancelled")
        assert "STATUS:CANCELLED" in lines_of(feed_of(stage.cast.leader))

    def test_it_speaks_the_language_in_which_it_was_made(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        feed = str(client.post("/lich/").context["feed"])
        assert feed.endswith(".ics?tieng=en")
        english = lines_of(feed[feed.index("/lich/") :])
        assert not any(line.startswith("SUMMARY:Đối thoại") for line in english)
        assert any(line.startswith("SUMMARY:Đối thoại") for line in lines_of(feed_of(stage.cast.hoa)))

    def test_a_draft_says_that_nothing_is_fixed(self, drafted: Stage) -> None:
        lines = lines_of(feed_of(drafted.cast.leader))
        assert "STATUS:TENTATIVE" in lines
        assert any(line.startswith("SUMMARY:Dự thảo\\, đối thoại") for line in lines)

    def test_a_new_address_closes_the_old_one(self, stage: Stage) -> None:
        old = feed_of(stage.cast.hoa)
        new = feed_of(stage.cast.hoa)
        assert browser().get(old).status_code == 404
        assert browser().get(new).status_code == 200

    def test_who_has_left_has_no_calendar(self, stage: Stage) -> None:
        path = feed_of(stage.cast.hoa)
        Staff.objects.filter(pk=stage.cast.hoa.pk).update(is_active=False)
        assert browser().get(path).status_code == 404

    def test_it_ends_after_two_years(self, stage: Stage) -> None:
        path = feed_of(stage.cast.hoa)
        assert browser(now=WEDNESDAY + timedelta(days=731)).get(path).status_code == 404

    def test_an_unknown_address_is_nowhere(self, stage: Stage) -> None:
        assert browser().get("/lich/0123456789abcdef0123456789abcdef.ics").status_code == 404

    def test_the_token_is_not_stored(self, stage: Stage) -> None:
        token = feed_of(stage.cast.hoa).removeprefix("/lich/").removesuffix(".ics")
        assert not AccessLink.objects.filter(token_hash=token).exists()
        assert AccessLink.objects.get(purpose="calendar").staff == stage.cast.hoa

    def test_the_second_agencys_feed_has_nothing_of_it(self, stage: Stage) -> None:
        assert "BEGIN:VEVENT" not in lines_of(feed_of(stage.other.leader))


class TestWriting:
    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
    def test_folding_loses_nothing(self, text: str) -> None:
        pieces = list(folded(text))
        assert all(len(piece.encode()) <= 75 for piece in pieces)
        assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
        assert all(piece.startswith(" ") for piece in pieces[1:])

    @given(st.text(max_size=80))
    def test_no_text_breaks_out_of_its_line(self, text: str) -> None:
        stamp = datetime(2021, 12, 1, tzinfo=UTC)
        plain = written("x", [Event("a@b", stamp, "x", date(2021, 12, 1))]).replace("\r\n ", "").count("\r\n")
        event = Event("a@b", stamp, text, date(2021, 12, 1))
        assert written("x", [event]).encode(errors="ignore").decode().replace("\r\n ", "").count("\r\n") == plain

    def test_signs_are_escaped(self) -> None:
        event = Event("a@b", datetime(2021, 12, 1, tzinfo=UTC), "a;b,c\\d\ne", date(2021, 12, 1))
        assert "SUMMARY:a\\;b\\,c\\\\d\\ne\r\n" in written("x", [event])
        assert "DTEND;VALUE=DATE:20211202\r\n" in written("x", [event])
