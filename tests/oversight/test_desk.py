"""The desk: what waits for each role, until when, in an order of urgency, at a fixed price."""

from datetime import UTC, date, datetime, timedelta

import pytest

from doithoai.documents import actions as documents
from doithoai.documents.worker import work_off
from doithoai.kernel.access import Actor
from doithoai.oversight.queries import desk
from doithoai.oversight.queries.tasks import Task, grouped
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out, changing
from doithoai.planning.models import Deadline, Dialogue, Duty, VenueTold
from doithoai.planning.queries import ownerless
from doithoai.web.duelines import DueLine
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.oversight.scene import (
    add_much,
    invite_some,
    issued_notice,
    lead_head,
    lead_officer,
    notice_of_change,
    office_head,
)
from tests.portal.scene import sealed
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, rename_to_attack, unchanged

ZONE = "Asia/Ho_Chi_Minh"


def titles(staff: Staff, now: datetime = WEDNESDAY) -> list[str]:
    shown = desk(staff.as_actor(), now, ZONE)
    return [task.title for group in shown.groups for task in group.tasks]


def labels(staff: Staff, title: str, now: datetime = WEDNESDAY) -> list[str]:
    """What may be done with the paper of that subject; its title may say more, and begins in its own way."""
    shown = desk(staff.as_actor(), now, ZONE)
    return [task.label for group in shown.groups for task in group.tasks if title[1:] in task.title]


class TestGroups:
    def task(self, due_on: date | None) -> Task:
        return Task(str(due_on), "/", "", "", DueLine(due_on, "", "ahead") if due_on else None)

    @pytest.mark.parametrize(
        ("due_on", "slug"),
        [
            (date(2021, 12, 14), "late"),
            (date(2021, 12, 15), "today"),
            (date(2021, 12, 16), "week"),
            (date(2021, 12, 19), "week"),
            (date(2021, 12, 20), "later"),
            (None, "undated"),
        ],
    )
    def test_a_week_ends_on_its_sunday(self, due_on: date | None, slug: str) -> None:
        assert [group.slug for group in grouped([self.task(due_on)], date(2021, 12, 15))] == [slug]

    def test_on_a_sunday_the_week_is_over(self) -> None:
        assert grouped([self.task(date(2021, 12, 20))], date(2021, 12, 19))[0].slug == "later"

    def test_groups_come_in_order_of_urgency_and_tasks_in_order_of_days(self) -> None:
        days = [None, date(2021, 12, 31), date(2021, 12, 10), date(2021, 12, 15), date(2021, 12, 9)]
        groups = grouped([self.task(day) for day in days], date(2021, 12, 15))
        assert [group.name for group in groups] == ["Quá hạn", "Hết hạn hôm nay", "Sau tuần này", "Không có hạn"]
        assert [task.title for task in groups[0].tasks] == ["2021-12-09", "2021-12-10"]


class TestPapers:
    def test_each_act_waits_for_whoever_does_it(self, stage: Stage) -> None:
        paper, cast, head = notice_of_change(stage), stage.cast, office_head(stage)
        assert labels(cast.hoa, paper.subject) == ["Trình duyệt"]
        documents.submit(paper, actor=cast.hoa.as_actor(), now=WEDNESDAY)
        assert labels(cast.hoa, paper.subject) == []
        assert labels(cast.leader, paper.subject) == []
        assert labels(head, paper.subject) == ["Xác nhận nội dung"]
        documents.tick_content(paper, actor=head.as_actor(), now=WEDNESDAY)
        assert labels(head, paper.subject) == ["Xác nhận thể thức"]
        documents.tick_form(paper, actor=head.as_actor(), now=WEDNESDAY)
        assert labels(cast.leader, paper.subject) == ["Đọc và duyệt"]
        documents.approve(paper, actor=cast.leader.as_actor(), now=WEDNESDAY)
        assert labels(cast.leader, paper.subject) == ["Ký"]
        documents.sign(paper, actor=cast.leader.as_actor(), now=WEDNESDAY)
        assert labels(cast.clerk, paper.subject) == ["Cấp số"]
        documents.issue(paper, number=9, actor=cast.clerk.as_actor(), now=WEDNESDAY)
        assert labels(cast.clerk, f"{paper.subject} (09/{paper.symbol})") == ["Phát hành"]
        documents.dispatch(paper, actor=cast.clerk.as_actor(), now=WEDNESDAY)
        assert not any(paper.subject in title for title in titles(cast.clerk))

    def test_a_drafter_who_leads_the_agency_is_not_asked_to_approve_it(self, stage: Stage) -> None:
        paper = notice_of_change(stage)
        type(paper).objects.filter(pk=paper.pk).update(drafted_by=stage.cast.leader, state="in_review")
        type(paper).objects.filter(pk=paper.pk).update(content_ticked_by=stage.cast.hoa, form_ticked_by=stage.cast.hoa)
        assert labels(stage.cast.leader, paper.subject) == []

    def test_a_returned_paper_comes_back_to_its_office(self, stage: Stage) -> None:
        paper = notice_of_change(stage)
        documents.submit(paper, actor=stage.cast.hoa.as_actor(), now=WEDNESDAY)
        documents.give_back(paper, reason="Thiếu căn cứ.", actor=stage.cast.leader.as_actor(), now=WEDNESDAY)
        assert labels(stage.cast.hoa, paper.subject) == ["Trình duyệt"]

    def test_the_editor_is_asked_to_publish_what_is_issued(self, stage: Stage) -> None:
        paper = issued_notice(stage, 9)
        assert labels(stage.cast.editor, paper.full_title) == []  # no print yet
        sealed(paper)
        for editor in (stage.cast.editor, stage.cast.hoa):
            assert labels(editor, paper.full_title) == ["Công khai"]
            shown = desk(editor.as_actor(), WEDNESDAY, ZONE)
            urls = [task.url for group in shown.groups for task in group.tasks if task.label == "Công khai"]
            assert urls == [f"/van-ban/{paper.code}/cong-khai/"]
        documents.dispatch(paper, actor=stage.cast.clerk.as_actor(), now=WEDNESDAY)
        assert labels(stage.cast.editor, paper.full_title) == ["Công khai"]
        type(paper).objects.filter(pk=paper.pk).update(published_at=WEDNESDAY)
        assert labels(stage.cast.editor, paper.full_title) == []

    def test_where_the_law_sets_a_day_publishing_has_it(self, stage: Stage) -> None:
        paper = sealed(issued_notice(stage, 9))
        due = [self.due_of(stage.cast.editor, paper.full_title, WEDNESDAY)]
        Dialogue.objects.update(profile_key="cap-xa-2026")
        due.append(self.due_of(stage.cast.editor, paper.full_title, WEDNESDAY))
        assert paper.issued_on == date(2021, 12, 10)
        assert due == [("undated", None), ("week", date(2021, 12, 17))]
        assert self.due_of(stage.cast.editor, paper.full_title, WEDNESDAY + timedelta(days=8))[0] == "late"

    def due_of(self, staff: Staff, title: str, now: datetime) -> tuple[str, date | None]:
        groups = desk(staff.as_actor(), now, ZONE).groups
        found = [(group.slug, task.due) for group in groups for task in group.tasks if title in task.title]
        return next((slug, due.due_on if due else None) for slug, due in found)

    def test_what_others_hold_stands_aside(self, stage: Stage) -> None:
        paper = notice_of_change(stage)
        documents.submit(paper, actor=stage.cast.hoa.as_actor(), now=WEDNESDAY)
        elsewhere = desk(stage.cast.hoa.as_actor(), WEDNESDAY, ZONE).elsewhere
        office = stage.dialogue.secretariat
        assert [(row.title, row.note) for row in elsewhere] == [
            (paper.title, f"Chờ người đứng đầu {office} xác nhận nội dung")
        ]
        assert desk(stage.cast.editor.as_actor(), WEDNESDAY, ZONE).elsewhere == ()


class TestDeadlines:
    def due(self, staff: Staff, now: datetime = WEDNESDAY) -> dict[str, str]:
        groups = desk(staff.as_actor(), now, ZONE).groups
        return {task.title: group.slug for group in groups for task in group.tasks if task.due and task.due.strip}

    def test_leader_and_office_watch_every_binding_deadline(self, stage: Stage) -> None:
        expected = {"Trình tổng hợp vướng mắc": "week", "Ban hành thông báo kết quả": "later"}
        assert self.due(stage.cast.leader) == expected
        assert self.due(stage.cast.hoa) == expected

    def test_who_leads_a_sitting_watches_the_submission(self, stage: Stage) -> None:
        assert set(self.due(lead_officer(stage))) == {"Trình tổng hợp vướng mắc"}

    def test_others_watch_none(self, stage: Stage) -> None:
        ward = stage.dialogue.venues.filter(is_central=False)[0].office
        for staff in (stage.cast.clerk, stage.cast.editor, stage.cast.heads[ward.code], stage.other.leader):
            assert self.due(staff) == {}

    def test_at_23_30_it_is_today_and_at_00_30_it_is_late(self, stage: Stage) -> None:
        due_on = Deadline.objects.get(duty="submission", is_binding=True).due_on
        evening = datetime(due_on.year, due_on.month, due_on.day, 16, 30, tzinfo=UTC)
        assert self.due(stage.cast.hoa, evening)["Trình tổng hợp vướng mắc"] == "today"
        assert self.due(stage.cast.hoa, evening + timedelta(hours=1))["Trình tổng hợp vướng mắc"] == "late"

    def test_what_is_met_superseded_or_over_is_gone(self, stage: Stage) -> None:
        Deadline.objects.filter(duty="submission").update(met_on=date(2021, 12, 14))
        Deadline.objects.filter(duty="result_notice").update(superseded_at=WEDNESDAY)
        assert self.due(stage.cast.leader) == {}
        Deadline.objects.update(met_on=None, superseded_at=None)
        Dialogue.objects.update(state="closed")
        assert self.due(stage.cast.leader) == {}


class TestDuties:
    @pytest.fixture
    def duty(self, stage: Stage) -> Duty:
        found = stage.dialogue.duties.filter(office__kind="division").select_related("office").first()
        assert found is not None
        return found

    def label(self, staff: Staff, duty: Duty) -> str:
        groups = desk(staff.as_actor(), WEDNESDAY, ZONE).groups
        ends = (f"#{duty.code}", f"/nhiem-vu/{duty.code}/")
        found = [task.label for group in groups for task in group.tasks if task.url.endswith(ends)]
        return found[0] if found else ""

    def test_the_head_accepts_and_reports_the_office_confirms(self, stage: Stage, duty: Duty) -> None:
        assert duty.office is not None
        head, hoa = stage.cast.heads[duty.office.code], stage.cast.hoa
        assert (self.label(head, duty), self.label(hoa, duty)) == ("Nhận nhiệm vụ", "")
        carrying_out.accept(duty, actor=head.as_actor(), now=WEDNESDAY)
        assert (self.label(head, duty), self.label(hoa, duty)) == ("Báo cáo kết quả", "")
        carrying_out.report(duty, words="Xong.", actor=head.as_actor(), now=WEDNESDAY)
        assert (self.label(head, duty), self.label(hoa, duty)) == ("", "Xác nhận đã xong")
        carrying_out.confirm(duty, actor=hoa.as_actor(), now=WEDNESDAY)
        assert (self.label(head, duty), self.label(hoa, duty)) == ("", "")

    def test_a_returned_duty_is_the_offices_to_hand_out_anew(self, stage: Stage, duty: Duty) -> None:
        assert duty.office is not None
        carrying_out.hand_back(duty, reason="Nhầm.", actor=stage.cast.head(duty.office), now=WEDNESDAY)
        assert self.label(stage.cast.hoa, duty) == "Giao lại"

    def group_of(self, staff: Staff, duty: Duty) -> str:
        groups = desk(staff.as_actor(), WEDNESDAY, ZONE).groups
        return next((g.slug for g in groups for task in g.tasks if task.url.endswith(f"/nhiem-vu/{duty.code}/")), "")

    @pytest.mark.parametrize(
        ("due_on", "slug"),
        [(date(2021, 12, 14), "late"), (date(2021, 12, 15), "today"), (date(2021, 12, 17), "week"), (None, "undated")],
    )
    def test_a_duty_stands_under_its_day(self, stage: Stage, duty: Duty, due_on: date | None, slug: str) -> None:
        Duty.objects.update(term={}, due_on=None)
        Duty.objects.filter(pk=duty.pk).update(due_on=due_on)
        assert duty.office is not None
        assert self.group_of(stage.cast.heads[duty.office.code], duty) == slug

    def test_its_term_counts_from_the_sittings_that_stand(self, stage: Stage, duty: Duty) -> None:
        term = {"count": 5, "unit": "day", "before_or_after": "before", "anchor": "dialogue"}
        Duty.objects.update(term={}, due_on=None)
        Duty.objects.filter(pk=duty.pk).update(term=term)
        assert duty.office is not None
        head = stage.cast.heads[duty.office.code]
        assert self.group_of(head, duty) == "week"
        stage.dialogue.sittings.update(state="postponed")
        assert self.group_of(head, duty) == "undated"

    def test_what_units_owe_past_its_day_is_pressed_for(self, stage: Stage, duty: Duty) -> None:
        Duty.objects.update(term={}, due_on=None)
        Duty.objects.filter(pk=duty.pk).update(due_on=date(2021, 12, 13), state="accepted")
        for staff in (stage.cast.leader, stage.cast.hoa):
            assert "Đôn đốc 1 nhiệm vụ quá hạn" in titles(staff)
        assert "Đôn đốc 1 nhiệm vụ quá hạn" not in titles(stage.cast.clerk)
        Duty.objects.filter(pk=duty.pk).update(state="reported")
        assert not any("quá hạn" in title for title in titles(stage.cast.leader))

    def test_duties_without_an_owner_are_one_task_of_the_office(self, stage: Stage) -> None:
        count = len(ownerless(stage.dialogue))
        assert count > 1
        title = f"Giao {count} nhiệm vụ chưa có người chịu trách nhiệm"
        assert title in titles(stage.cast.hoa)
        assert title not in titles(stage.cast.leader)


class TestAnswers:
    def test_answers_of_one_kind_are_one_task(self, stage: Stage) -> None:
        for n in range(3):
            answering.assigned(stage, scene.accepted(stage, f"Ý kiến {n}", who=scene.person(stage, f"Người {n}")))
        assert "Soạn 3 trả lời ý kiến" in titles(lead_officer(stage))
        assert "Soạn 3 trả lời ý kiến" in titles(lead_head(stage))
        assert not any("trả lời ý kiến" in title for title in titles(stage.cast.leader))
        note = next(
            task.note
            for group in desk(lead_officer(stage).as_actor(), WEDNESDAY, ZONE).groups
            for task in group.tasks
            if task.title == "Soạn 3 trả lời ý kiến"
        )
        assert note == f"{stage.dialogue.code}: YK01, YK02, YK03"

    def test_a_submitted_answer_waits_for_the_leader(self, stage: Stage) -> None:
        answering.submitted(stage)
        assert "Duyệt 1 trả lời ý kiến" in titles(stage.cast.leader)
        assert not any("trả lời" in title and "1" in title for title in titles(lead_officer(stage)))

    def test_an_approved_answer_waits_for_nobody_here(self, stage: Stage) -> None:
        answering.approved(stage)
        assert not any("1 trả lời" in title for title in titles(stage.cast.leader) + titles(lead_officer(stage)))


class TestTheRest:
    def test_opinions_to_sort_wait_for_the_lead_and_the_office(self, stage: Stage) -> None:
        sector = scene.sitting_of(stage).sector.name
        scene.opinion(stage)
        scene.opinion(stage, "Ngoài lề", sitting=None, actor=stage.cast.hoa.as_actor(), who=scene.person(stage, "B"))
        assert f"Phân loại 1 ý kiến, {sector}" in titles(stage.cast.hoa)
        assert "Phân loại 1 ý kiến chưa thuộc buổi nào" in titles(stage.cast.hoa)
        assert [title for title in titles(lead_officer(stage)) if "Phân loại" in title] == [
            f"Phân loại 1 ý kiến, {sector}"
        ]

    def test_who_has_not_replied_is_to_be_called(self, stage: Stage) -> None:
        invite_some(stage, 4)
        sitting = scene.sitting_of(stage)
        title = f"Gọi 2 người chưa trả lời giấy mời, {sitting.sector.name}"
        assert title in titles(stage.cast.hoa)
        assert title in titles(lead_officer(stage))
        assert title not in titles(stage.cast.leader)
        coming = [row.coming for row in desk(stage.cast.hoa.as_actor(), WEDNESDAY, ZONE).sittings]  # type: ignore[attr-defined]
        assert coming == [2, 0]

    def test_an_obstacle_waits_for_the_office(self, stage: Stage) -> None:
        office = stage.dialogue.venues.filter(is_central=False)[0].office
        row = carrying_out.raise_obstacle(
            stage.dialogue, office, text="Mất điện.", actor=stage.cast.head(office), now=WEDNESDAY
        )
        assert "Chỉ đạo khó khăn: Mất điện." in titles(stage.cast.hoa)
        carrying_out.direct(row, direction="Mượn máy phát.", actor=stage.cast.hoa.as_actor(), now=WEDNESDAY)
        assert "Theo dõi khó khăn: Mất điện." in titles(stage.cast.hoa)
        assert "Đã có chỉ đạo: Mất điện." in titles(stage.cast.heads[office.code])
        assert not any("Đã có chỉ đạo" in title for title in titles(lead_head(stage)))
        carrying_out.close(row, actor=stage.cast.hoa.as_actor(), now=WEDNESDAY)
        assert not any("khó khăn" in title for title in titles(stage.cast.hoa))
        assert not any("Đã có chỉ đạo" in title for title in titles(stage.cast.heads[office.code]))

    def test_a_venue_is_asked_whether_it_knows_of_a_change(self, stage: Stage) -> None:
        sitting, ward = scene.sitting_of(stage), stage.dialogue.venues.filter(is_central=False)[0]
        head, later = stage.cast.heads[ward.office.code], sitting.starts_at + timedelta(days=2)
        for hours in (3, 4):
            changing.reschedule(
                sitting, starts_at=later, ends_at=later + timedelta(hours=hours), reason="Bão", now=WEDNESDAY,
                actor=stage.cast.hoa.as_actor(),
            )  # fmt: skip
        asked = [title for title in titles(head) if "đổi sang" in title]
        assert len(asked) == 1
        assert asked[0].endswith("Lý do: Bão.")
        told = VenueTold.objects.filter(venue=ward).latest("pk")
        carrying_out.acknowledge(told, actor=head.as_actor(), now=WEDNESDAY)
        assert not any("đổi sang" in title for title in titles(head))

    def test_the_technician_sees_the_age_of_the_oldest_print(self, stage: Stage) -> None:
        actor = stage.cast.technician.as_actor()
        assert desk(actor, WEDNESDAY, ZONE).job is None
        issued_notice(stage, 9)
        asked_at = scene.NOW + timedelta(minutes=5)
        job = desk(actor, asked_at + timedelta(minutes=3), ZONE).job
        assert job is not None
        assert (job.count, job.minutes, job.is_slow) == (1, 3, False)
        late = desk(actor, asked_at + timedelta(minutes=12), ZONE).job
        assert late is not None
        assert late.is_slow
        assert desk(stage.cast.hoa.as_actor(), WEDNESDAY, ZONE).job is None
        assert desk(stage.other.technician.as_actor(), WEDNESDAY, ZONE).job is None
        work_off()
        assert desk(actor, WEDNESDAY, ZONE).job is None

    def test_the_next_sittings_stand_aside_until_they_are_over(self, stage: Stage) -> None:
        actor = stage.cast.observer.as_actor()
        assert len(desk(actor, WEDNESDAY, ZONE).sittings) == 2
        assert desk(actor, datetime(2021, 12, 23, 1, 0, tzinfo=UTC), ZONE).sittings == ()


class TestSecondAgency:
    def test_nobody_of_it_sees_anything(self, stage: Stage) -> None:
        add_much(stage, 2)
        invite_some(stage, 2)
        everybody = Staff.objects.filter(agency=stage.other.agency)
        assert everybody.count() > 10
        for staff in everybody:
            shown = desk(staff.as_actor(), WEDNESDAY, ZONE)
            assert (shown.groups, shown.sittings, shown.elsewhere, shown.job) == ((), (), (), None)

    def test_a_role_held_at_an_office_of_another_agency_opens_nothing(self, stage: Stage) -> None:
        held = stage.cast.hoa.as_actor().held
        stranger = Actor(ref="staff:x", agency_id=stage.other.agency.pk, held=held, staff_id=1)
        assert desk(stranger, WEDNESDAY, ZONE).groups == ()


class TestPage:
    def test_it_counts_in_its_heading_and_fills_one_button(self, stage: Stage) -> None:
        html = browser(stage.cast.leader).get("/").content.decode()
        assert "Thứ Tư 15/12/2021. Có 2 việc, không việc nào quá hạn." in html
        assert html.count("btn-main") == 1
        late = browser(stage.cast.leader, now=datetime(2021, 12, 20, 2, 0, tzinfo=UTC)).get("/").content.decode()
        assert "Có 3 việc: 2 quá hạn, 0 hết hạn hôm nay." in late
        assert "quá 1 ngày làm việc" in late

    def test_an_empty_desk_says_so_and_offers_a_way(self, stage: Stage) -> None:
        html = browser(stage.cast.observer).get("/").content.decode()
        assert "Không có việc nào đang chờ anh/chị." in html
        assert 'href="/cuoc/">Xem các cuộc đối thoại</a>' in html

    def test_looking_changes_nothing(self, stage: Stage) -> None:
        add_much(stage, 1)
        client = browser(stage.cast.hoa)
        with unchanged(Duty, Deadline, Dialogue, Staff):
            client.get("/")

    def test_names_full_of_markup_stay_text(self, stage: Stage) -> None:
        rename_to_attack(stage.cast.hoa, stage.dialogue.secretariat, *stage.cast.agency.sectors.all())
        add_much(stage, 1)
        html = browser(stage.cast.hoa).get("/").content.decode()
        assert html.count(ESCAPED_ATTACK) >= 3
        assert "<img" not in html

    @pytest.mark.parametrize("who", ["hoa", "leader", "technician", "clerk"])
    def test_many_rows_cost_as_many_queries_as_few(self, stage: Stage, who: str) -> None:
        staff = getattr(stage.cast, who)
        add_much(stage, 1)
        few = queries_of(browser(staff), "/")
        add_much(stage, 4)
        invite_some(stage, 9)
        assert queries_of(browser(staff), "/") == few
        assert few <= 12

    def test_somebody_with_every_role_pays_no_more(self, stage: Stage) -> None:
        add_much(stage, 3)
        holdings = [row for staff in Staff.objects.filter(agency=stage.cast.agency) for row in staff.holdings.all()]
        for row in holdings:
            stage.cast.hoa.holdings.get_or_create(role=row.role, office=row.office, since=row.since)
        assert queries_of(browser(stage.cast.hoa), "/") <= 12

    def test_a_stranger_is_sent_to_sign_in(self, stage: Stage) -> None:
        assert browser().get("/")["Location"] == "/vao/"
