"""The page of a dialogue: where it stands, what is next, what is missing, and at what price."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.answers.models import Dossier
from doithoai.kernel import clock
from doithoai.kernel.access import ANYONE
from doithoai.oversight.queries import Sheet, sheet
from doithoai.planning.actions import carrying_out, informing, scheduling
from doithoai.planning.actions.carrying_out import Attachment
from doithoai.planning.models import Check, Deadline, Dialogue, Duty, Recipient, Venue
from doithoai.planning.queries import deadline_name, missing_recipients, ownerless
from doithoai.portal.queries import Asked, record_of
from doithoai.roster.models import Invitation
from tests.answers import scene as answering
from tests.cast import START, Stage
from tests.intake import scene
from tests.oversight.scene import add_much, invite_some, issued_notice, notice_of_change
from tests.portal.scene import published
from tests.results.scene import LAST_DAY
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, rename_to_attack, unchanged


def seen(stage: Stage, now: datetime = WEDNESDAY) -> Sheet:
    found = sheet(stage.cast.hoa.as_actor(), stage.dialogue.code, now)
    assert found is not None
    return found


def bare(html: bytes) -> str:
    """A page without the token of its form, which is another one each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html.decode())


def page(stage: Stage, now: datetime = WEDNESDAY) -> str:
    return browser(stage.cast.hoa, now=now).get(f"/cuoc/{stage.dialogue.code}/").content.decode()


class TestWhoSeesIt:
    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        assert sheet(stage.other.leader.as_actor(), stage.dialogue.code, WEDNESDAY) is None
        for path in (f"/cuoc/{stage.dialogue.code}/", f"/cuoc/{stage.dialogue.code}/nhat-ky/"):
            foreign = browser(stage.other.leader).get(path)
            wrong = browser(stage.other.leader).get(path.replace("DH-2021-01", "DH-2021-99"))
            assert (foreign.status_code, bare(foreign.content)) == (404, bare(wrong.content))

    def test_a_stranger_is_sent_to_sign_in(self, stage: Stage) -> None:
        assert browser().get("/cuoc/DH-2021-01/")["Location"] == "/vao/?toi=%2Fcuoc%2FDH-2021-01%2F"

    def test_every_member_of_staff_of_the_agency_sees_it(self, stage: Stage) -> None:
        for staff in (stage.cast.observer, stage.cast.editor, stage.cast.technician):
            assert browser(staff).get(f"/cuoc/{stage.dialogue.code}/").status_code == 200


class TestPath:
    def test_an_open_dialogue_is_in_its_third_step(self, stage: Stage) -> None:
        steps = [(step.word, step.note, step.standing) for step in seen(stage).steps]
        assert steps == [
            ("Dự thảo", "", "was"),
            ("Đã ban hành", "", "was"),
            ("Đang chuẩn bị", "hôm nay 15/12", "is"),
            ("Đang đối thoại", "22/12, 07:30", "tbd"),
            ("Đang trả lời", "thông báo chậm nhất 31/12", "tbd"),
            ("Đã kết thúc", "khi mọi ý kiến có kết quả", "tbd"),
        ]

    def test_a_postponed_one_shows_two_bars_and_why(self, stage: Stage) -> None:
        Dialogue.objects.update(state="postponed", reason="Bão số 5.")
        assert [(step.word, step.note, step.standing) for step in seen(stage).steps][2] == (
            "Đã hoãn",
            "Bão số 5.",
            "stop",
        )

    def test_a_cancelled_draft_shows_a_diamond_where_it_ended(self, drafted: Stage) -> None:
        Dialogue.objects.update(state="cancelled", reason="Không còn cần.")
        assert [step.standing for step in seen(drafted).steps] == ["was", "off", "tbd", "tbd", "tbd", "tbd"]

    def test_a_closed_one_warns_of_nothing_that_comes_too_late(self, stage: Stage) -> None:
        late = "chưa có trong Nơi nhận của kế hoạch"
        Duty.objects.filter(dialogue=stage.dialogue).update(office=stage.dialogue.secretariat)
        Recipient.objects.filter(dialogue=stage.dialogue).update(office=None)
        assert late in page(stage)
        assert "chưa có người chịu trách nhiệm" in page(stage)
        Duty.objects.filter(dialogue=stage.dialogue).update(accountable=stage.cast.leader)
        Dialogue.objects.update(state="closed")
        assert late not in page(stage)
        assert "chưa có người chịu trách nhiệm" not in page(stage)

    def test_a_closed_one_is_done_throughout(self, stage: Stage) -> None:
        Dialogue.objects.update(state="closed", closed_at=datetime(2022, 1, 9, 17, 30, tzinfo=UTC))
        steps = seen(stage).steps
        assert {step.standing for step in steps} == {"was"}
        assert steps[-1].note == "10/01/2022"


class TestNextAct:
    def test_it_is_the_earliest_binding_deadline(self, stage: Stage) -> None:
        act = seen(stage).next_act
        assert act is not None
        assert act.words == "Việc kế tiếp: trình tổng hợp vướng mắc."
        assert (act.rest, act.look) == ("Hạn thứ Sáu 17/12, còn 2 ngày làm việc.", "")

    @pytest.mark.parametrize(("day", "look"), [(17, "due"), (18, "late")])
    def test_it_turns_amber_and_red(self, stage: Stage, day: int, look: str) -> None:
        act = seen(stage, clock.at(date(2021, 12, day), 9, 0, "Asia/Ho_Chi_Minh")).next_act
        assert act is not None
        assert act.look == look

    def test_once_met_the_next_one_follows(self, stage: Stage) -> None:
        hoa = stage.cast.hoa.as_actor()
        scheduling.meet(stage.dialogue, "submission", actor=hoa, now=WEDNESDAY)
        act = seen(stage).next_act
        assert act is not None
        assert "ban hành thông báo kết quả" in act.words
        html = page(stage)
        assert "Xong thứ Tư 15/12, trong hạn thứ Sáu 17/12" in html

    def test_a_draft_asks_for_its_plan(self, drafted: Stage) -> None:
        act = seen(drafted).next_act
        assert act is not None
        assert act.words == "Việc kế tiếp: soạn kế hoạch."
        plan = scheduling.draft_plan(drafted.dialogue, actor=drafted.cast.hoa.as_actor(), now=START)
        act = seen(drafted).next_act
        assert act is not None
        assert (act.rest, act.url_code) == ("Văn bản kế hoạch: dự thảo.", plan.code)

    def test_a_closed_one_asks_for_nothing(self, stage: Stage) -> None:
        Dialogue.objects.update(state="closed")
        assert seen(stage).next_act is None


class TestSittingsAndVenues:
    def test_minutes_of_a_turn_leave_room_for_opening_and_closing(self, stage: Stage) -> None:
        assert [row.turn_minutes for row in seen(stage).sittings] == [14, 12]

    def test_invited_and_coming_are_citizens_only(self, stage: Stage) -> None:
        invite_some(stage, 5)
        rows = seen(stage).sittings
        assert [(row.invited, row.coming) for row in rows] == [(5, 2), (0, 0)]  # type: ignore[attr-defined]
        assert "2/15" in page(stage)

    def test_of_several_checks_of_a_kind_the_newest_counts(self, stage: Stage) -> None:
        venue = stage.dialogue.venues.filter(is_central=False)[0]
        tech = stage.cast.technician.as_actor()
        for kind in ("room", "equipment", "account", "health"):
            carrying_out.check(venue, kind, is_ready=True, actor=tech, now=WEDNESDAY)
        carrying_out.check(venue, "equipment", is_ready=False, note="hỏng loa", actor=tech, now=WEDNESDAY)
        line = next(row for row in seen(stage).venues if row.code == venue.code)
        assert (line.ready, line.of) == (3, 5)
        assert line.wants == ("thiết bị, loa, micro (hỏng loa)", "đường truyền tới điểm cầu trung tâm")
        assert line.is_line_good is None
        carrying_out.check(venue, "line", is_ready=True, actor=tech, now=WEDNESDAY)
        assert "Đã thử T4 15/12" in page(stage)

    def test_the_centre_needs_no_line_to_itself(self, stage: Stage) -> None:
        assert [row.of for row in seen(stage).venues] == [4, 5, 5]

    def test_a_venue_that_came_in_says_when(self, stage: Stage) -> None:
        venue = stage.dialogue.venues.filter(is_central=False)[0]
        carrying_out.check(venue, "connected", is_ready=True, actor=stage.cast.technician.as_actor(), now=WEDNESDAY)
        assert "Đã kết nối 09:12" in page(stage)


class TestWhatIsMissing:
    def test_it_names_the_same_offices_as_the_room_of_planning(self, stage: Stage) -> None:
        expected = missing_recipients(stage.dialogue)
        assert expected
        assert seen(stage).missing == expected
        html = page(stage).replace("&amp;", "&")
        assert all(office.name in html for office in expected)

    def test_nothing_is_said_when_nobody_is_missing(self, stage: Stage) -> None:
        for ordinal, office in enumerate(missing_recipients(stage.dialogue), start=90):
            stage.dialogue.recipients.create(ordinal=ordinal, text=office.name, office=office)
        assert seen(stage).missing == []
        assert "chưa có trong Nơi nhận" not in page(stage)

    def test_ownerless_duties_are_called_so(self, stage: Stage) -> None:
        count = Duty.objects.filter(dialogue=stage.dialogue, office=None).count()
        html = page(stage)
        assert f"{count} nhiệm vụ chưa giao đơn vị nào" in html
        assert f"{seen(stage).ownerless} chưa có người chịu trách nhiệm" in html
        assert seen(stage).ownerless == len(ownerless(stage.dialogue)) >= count


class TestDeadlines:
    def test_a_day_for_comparison_is_never_late(self, stage: Stage) -> None:
        rows = seen(stage, datetime(2022, 2, 1, 2, 0, tzinfo=UTC)).deadlines
        assert {row.due.standing for row in rows if row.is_binding} == {"late"}
        assert {row.due.standing for row in rows if not row.is_binding} == {"ahead"}

    def test_other_readings_of_a_clause_have_other_names(self, stage: Stage) -> None:
        names = [deadline_name(row) for row in Deadline.objects.filter(duty="submission")]
        assert len(set(names)) == 3

    def test_an_unknown_duty_keeps_the_words_of_its_rule(self) -> None:
        assert (
            deadline_name(Deadline(duty="x", rule_slug="x", rule="Làm trong 3 ngày", is_binding=True))
            == "Làm trong 3 ngày"
        )

    def test_the_strip_and_its_sentence_stand_on_the_page(self, stage: Stage) -> None:
        html = page(stage)
        assert '<span class="no">7 hạn</span>' in html
        assert "7 ngày làm việc, đếm từ ngày liền sau 22/12/2021" in html
        assert "Căn cứ: " in html


class TestPapersAndJournal:
    def test_papers_stand_with_their_state_and_lead_to_their_pages(self, stage: Stage) -> None:
        paper = issued_notice(stage, 9)
        html = page(stage)
        assert f'href="/van-ban/{paper.code}/"' in html
        assert "Số 09/TB-UBND, 10/12/2021" in html
        assert "Đang tạo bản in" in html

    def test_the_last_fifteen_entries_are_told_in_words(self, stage: Stage) -> None:
        add_much(stage, 1)
        shown = seen(stage)
        assert len(shown.lines) == 15
        assert [line.number for line in shown.lines] == list(range(shown.length, shown.length - 15, -1))
        assert shown.lines[0].words.startswith("Kiểm tra ")
        assert shown.lines[0].who == stage.cast.technician.name

    def test_counts_of_opinions_and_answers(self, stage: Stage) -> None:
        scene.opinion(stage)
        answering.assigned(stage, scene.accepted(stage, "Hai", who=scene.person(stage, "B")))
        found = seen(stage).dialogue
        counts = [getattr(found, name) for name in ("opinions_in", "opinions_unsorted", "opinions_answered")]
        assert counts == [2, 1, 0]

    def test_staff_and_the_public_read_the_same_figures(self, stage: Stage) -> None:
        published(stage)
        ours, theirs = seen(stage).dialogue, record_of(ANYONE, stage.dialogue.code, Asked(), LAST_DAY)
        assert theirs is not None
        assert (ours.opinions_answered, ours.opinions_in) == (theirs.counts.answered, theirs.counts.opinions)
        assert ours.opinions_answered > 1

    def test_R21_the_content_of_a_sitting_is_read_from_the_facts(self, stage: Stage) -> None:
        def told() -> list[tuple[bool, str]]:
            return [(item.is_done, item.note) for item in seen(stage).sittings[0].prepared]  # type: ignore[attr-defined]

        assert told() == [(False, ""), (False, ""), (False, ""), (False, "chưa mời")]
        sitting = scene.sitting_of(stage)
        informing.publish(
            stage.dialogue, Attachment("a.pdf", "pdf", "0" * 64, 9), title="Quy trình", sitting=sitting,
            actor=stage.cast.hoa.as_actor(), now=WEDNESDAY,
        )  # fmt: skip
        invite_some(stage, 4)
        made = Dossier.objects.create(sitting=sitting, document=notice_of_change(stage))
        assert told() == [(False, "đang soạn"), (False, ""), (True, "1 tài liệu"), (False, "2/4")]
        Dossier.objects.filter(pk=made.pk).update(submitted_at=WEDNESDAY)
        Invitation.objects.update(state="accepted")
        assert told() == [(True, "15/12"), (False, ""), (True, "1 tài liệu"), (True, "4/4")]
        assert seen(stage).sittings[1].prepared[2].is_done is False  # type: ignore[attr-defined]


class TestPage:
    def test_looking_changes_nothing(self, stage: Stage) -> None:
        add_much(stage, 1)
        with unchanged(Dialogue, Duty, Deadline, Check, Venue):
            page(stage)
            browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/nhat-ky/")

    def test_names_full_of_markup_stay_text(self, stage: Stage) -> None:
        rename_to_attack(stage.cast.leader, *stage.dialogue.venues.all(), *stage.cast.agency.sectors.all())
        rename_to_attack(*stage.cast.agency.offices.all())
        Dialogue.objects.update(subject="<script>alert(1)</script>")
        add_much(stage, 1)
        html = page(stage)
        assert html.count(ESCAPED_ATTACK) > 10
        assert "<img" not in html
        assert "<script>" not in html

    def test_many_rows_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        path = f"/cuoc/{stage.dialogue.code}/"
        add_much(stage, 1)
        few = queries_of(browser(stage.cast.hoa), path)
        add_much(stage, 4)
        invite_some(stage, 9)
        assert queries_of(browser(stage.cast.hoa), path) == few
        assert few <= 12

    def test_an_empty_dialogue_costs_no_more(self, drafted: Stage) -> None:
        assert queries_of(browser(drafted.cast.hoa), f"/cuoc/{drafted.dialogue.code}/") <= 12

    def test_another_agency_costs_one_query_and_tells_nothing(self, stage: Stage) -> None:
        actor = stage.other.leader.as_actor()
        with CaptureQueriesContext(connection) as caught:
            assert sheet(actor, stage.dialogue.code, WEDNESDAY) is None
        assert len(caught) == 1
