"""The list of dialogues, and the acts on a duty from its dialogue's page."""

import pytest

from doithoai.journal.queries import story
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Dialogue, Duty, Sitting
from doithoai.planning.views import duty_acts
from tests.cast import START, Stage
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, queries_of, unchanged


@pytest.fixture
def duty(stage: Stage) -> Duty:
    found = stage.dialogue.duties.filter(office__isnull=False, office__kind="division").select_related("office").first()
    assert found is not None
    return found


def head_of(stage: Stage, duty: Duty) -> Staff:
    assert duty.office is not None
    return stage.cast.heads[duty.office.code]


class TestList:
    def test_it_names_subject_day_and_state(self, stage: Stage) -> None:
        html = browser(stage.cast.hoa).get("/cuoc/").content.decode()
        assert f'href="/cuoc/{stage.dialogue.code}/"' in html
        assert stage.dialogue.subject in html
        assert "Thứ Tư 22/12/2021, 2 buổi." in html
        assert "Đang chuẩn bị" in html

    def test_a_day_that_is_only_expected_is_no_day(self, stage: Stage) -> None:
        morning, _evening = stage.dialogue.sittings.order_by("starts_at")
        Sitting.objects.filter(pk=morning.pk).update(tentative="trong tháng 12/2021", starts_at=START)
        assert "Thứ Tư 22/12/2021, 2 buổi." in browser(stage.cast.hoa).get("/cuoc/").content.decode()
        Sitting.objects.update(tentative="trong tháng 12/2021")
        html = browser(stage.cast.hoa).get("/cuoc/").content.decode()
        assert "Dự kiến trong tháng 12/2021, ngày chưa ấn định, 2 buổi." in html
        assert "Thứ Tư 22/12/2021" not in html
        desk = browser(stage.cast.hoa).get("/").content.decode()
        assert "<dt>dự kiến trong tháng 12/2021, ngày chưa ấn định</dt>" in desk

    def test_the_second_agency_sees_none_of_it(self, stage: Stage) -> None:
        html = browser(stage.other.hoa).get("/cuoc/").content.decode()
        assert stage.dialogue.code not in html
        assert "Chưa có cuộc đối thoại nào." in html

    def test_a_stranger_is_asked_to_sign_in(self, stage: Stage) -> None:
        assert browser().get("/cuoc/")["Location"] == "/vao/?toi=%2Fcuoc%2F"

    def test_a_subject_full_of_markup_stays_text(self, stage: Stage) -> None:
        Dialogue.objects.update(subject="<img src=x onerror=alert(1)>")
        html = browser(stage.cast.hoa).get("/cuoc/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_many_dialogues_cost_as_many_queries_as_one(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        one = queries_of(client, "/cuoc/")
        for ordinal in range(2, 6):
            stage.dialogue.pk, stage.dialogue.code = None, f"DH-2021-{ordinal:02d}"
            stage.dialogue.save()
        assert queries_of(client, "/cuoc/") == one <= 12


class TestDutyActs:
    def labels(self, duty: Duty, staff: Staff) -> list[str]:
        return [act.label for act in duty_acts(duty, staff.as_actor())]

    def test_the_head_accepts_reports_and_the_office_confirms(self, stage: Stage, duty: Duty) -> None:
        head, hoa = head_of(stage, duty), stage.cast.hoa
        assert self.labels(duty, head) == ["Nhận nhiệm vụ", "Trả lại"]
        assert self.labels(duty, hoa) == []
        back = browser(head).post(f"/nhiem-vu/{duty.code}/nhan/")
        assert back["Location"] == f"/cuoc/{stage.dialogue.code}/?da=duty.accept"
        duty.refresh_from_db()
        assert self.labels(duty, head) == ["Báo cáo kết quả"]
        browser(head).post(f"/nhiem-vu/{duty.code}/bao-cao/", {"loi": "Đã gửi danh sách."})
        duty.refresh_from_db()
        assert (duty.state, duty.report) == ("reported", "Đã gửi danh sách.")
        assert (self.labels(duty, head), self.labels(duty, hoa)) == ([], ["Xác nhận đã xong"])
        browser(hoa).post(f"/nhiem-vu/{duty.code}/xac-nhan/")
        duty.refresh_from_db()
        assert duty.state == "confirmed"
        assert self.labels(duty, hoa) == []

    @pytest.mark.parametrize("page", ["/nhiem-vu/{duty}/", "/cuoc/{dialogue}/nhiem-vu/"])
    def test_one_lands_where_the_act_was_asked_for(self, stage: Stage, duty: Duty, page: str) -> None:
        here = page.format(duty=duty.code, dialogue=stage.dialogue.code)
        client = browser(head_of(stage, duty))
        back = client.post(f"/nhiem-vu/{duty.code}/nhan/", headers={"referer": f"http://testserver{here}?da=x"})
        assert back["Location"] == f"{here}?da=duty.accept"
        assert "Đã nhận nhiệm vụ." in client.get(back["Location"]).content.decode()

    @pytest.mark.parametrize(
        "came", ["https://x.vn/nhiem-vu/{duty}/", "http://testserver/bay/", "nonsense", "http://["]
    )
    def test_from_elsewhere_one_lands_on_the_dialogue(self, stage: Stage, duty: Duty, came: str) -> None:
        headers = {"referer": came.format(duty=duty.code)}
        back = browser(head_of(stage, duty)).post(f"/nhiem-vu/{duty.code}/nhan/", headers=headers)
        assert back["Location"] == f"/cuoc/{stage.dialogue.code}/?da=duty.accept"

    def test_handing_back_needs_a_reason(self, stage: Stage, duty: Duty) -> None:
        client = browser(head_of(stage, duty))
        with unchanged(Duty):
            response = client.post(f"/nhiem-vu/{duty.code}/tra-lai/", {"loi": " "})
        assert response.status_code == 409
        assert "cần một câu nêu lý do" in response.content.decode()
        client.post(f"/nhiem-vu/{duty.code}/tra-lai/", {"loi": "Thuộc phòng khác."})
        duty.refresh_from_db()
        assert (duty.state, duty.report) == ("returned", "Thuộc phòng khác.")

    def test_done_twice_the_second_is_refused_in_words(self, stage: Stage, duty: Duty) -> None:
        client = browser(head_of(stage, duty))
        client.post(f"/nhiem-vu/{duty.code}/nhan/")
        with unchanged(Duty):
            response = client.post(f"/nhiem-vu/{duty.code}/nhan/")
        assert response.status_code == 409
        assert "Chưa có gì thay đổi." in response.content.decode()

    def test_somebody_elses_duty_is_refused_with_whose_it_is(self, stage: Stage, duty: Duty) -> None:
        with unchanged(Duty):
            response = browser(stage.cast.clerk).post(f"/nhiem-vu/{duty.code}/nhan/")
        assert response.status_code == 403
        assert f"người đứng đầu {duty.office}".replace("&", "&amp;") in response.content.decode()

    @pytest.mark.parametrize("slug", ["nhan", "tra-lai", "bao-cao", "xac-nhan", "bay"])
    def test_the_second_agency_finds_nothing(self, stage: Stage, duty: Duty, slug: str) -> None:
        with unchanged(Duty):
            response = browser(stage.other.leader).post(f"/nhiem-vu/{duty.code}/{slug}/", {"loi": "x"})
        assert response.status_code == 404

    def test_there_is_no_other_act_and_no_act_by_a_link(self, stage: Stage, duty: Duty) -> None:
        client = browser(head_of(stage, duty))
        with unchanged(Duty):
            assert client.post(f"/nhiem-vu/{duty.code}/bay/").status_code == 404
            assert client.get(f"/nhiem-vu/{duty.code}/nhan/").status_code == 405

    def test_the_journal_says_who_accepted(self, stage: Stage, duty: Duty) -> None:
        head = head_of(stage, duty)
        browser(head).post(f"/nhiem-vu/{duty.code}/nhan/")
        line = story(stage.dialogue.chain, last=1)[0]
        assert (line.verb, line.actor, line.facts) == ("duty.accept", head.ref, {"duty": duty.code})

    def test_the_page_says_what_was_done(self, stage: Stage, duty: Duty) -> None:
        client = browser(head_of(stage, duty))
        html = client.post(f"/nhiem-vu/{duty.code}/nhan/", follow=True).content.decode()
        assert '<p class="did" role="status">Đã nhận nhiệm vụ.</p>' in html
        odd = client.get(f"/cuoc/{stage.dialogue.code}/?da=%3Cimg%3E").content.decode()
        assert 'class="did"' not in odd


def test_a_report_full_of_markup_stays_text(stage: Stage, duty: Duty) -> None:
    actor = head_of(stage, duty).as_actor()
    carrying_out.accept(duty, actor=actor, now=WEDNESDAY)
    carrying_out.report(duty, words="<img src=x onerror=alert(1)>", actor=actor, now=WEDNESDAY)
    html = browser(stage.cast.hoa).get(f"/cuoc/{stage.dialogue.code}/").content.decode()
    assert ESCAPED_ATTACK in html
    assert "<img" not in html
