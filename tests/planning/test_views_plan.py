"""The plan's page, its sentences, the comments on it, and the decisions that change it, each by whoever may."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from doithoai.documents.models import Document
from doithoai.documents.permissions import may_read
from doithoai.people.models import Staff
from doithoai.planning.models import Consulted, Dialogue, Recipient, Remark, Sitting
from doithoai.planning.queries import place_texts
from tests.cast import Stage
from tests.planning.test_scheduling import issue_plan
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, unchanged

ATTACK = "<img src=x onerror=alert(1)>"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def at(stage: Stage, name: str) -> str:
    return f"/cuoc/{stage.dialogue.code}/{name}/"


def post(staff: Staff, stage: Stage, name: str, **said: object) -> Any:
    return browser(staff).post(at(stage, name), {key.replace("_", "-"): value for key, value in said.items()})


def page(staff: Staff, stage: Stage, name: str) -> str:
    return text_of(browser(staff).get(at(stage, name)))


class TestPlan:
    def test_from_a_draft_to_a_paper_to_preparations(self, drafted: Stage) -> None:
        hoa = drafted.cast.hoa
        assert "Soạn văn bản kế hoạch" in page(hoa, drafted, "ke-hoach")
        assert post(hoa, drafted, "ke-hoach", viec="soan")["Location"].endswith("?da=plan.draft")
        assert "Chưa có số, chưa có ngày" in page(hoa, drafted, "ke-hoach")
        assert post(hoa, drafted, "ke-hoach", viec="soan").status_code == 409

    def test_a_line_of_recipients_is_noted_by_the_clerk_once_the_plan_has_its_number(self, drafted: Stage) -> None:
        clerk, line = drafted.cast.clerk, drafted.dialogue.recipients.first()
        assert line is not None
        assert post(clerk, drafted, "ke-hoach", viec="giao-nhan", dong=1).status_code == 409
        issue_plan(drafted)
        assert post(drafted.cast.hoa, drafted, "ke-hoach", viec="giao-nhan", dong=1).status_code == 403
        post(clerk, drafted, "ke-hoach", viec="giao-nhan", dong=1)
        assert Recipient.objects.get(pk=line.pk).delivered_at
        assert post(clerk, drafted, "ke-hoach", viec="giao-nhan", dong="x").status_code == 404
        assert post(drafted.cast.hoa, drafted, "ke-hoach", viec="mo")["Location"].endswith("?da=dialogue.open")

    @pytest.mark.parametrize(("slug", "kind"), [("thong-bao", "announcement"), ("phat-thanh", "broadcast")])
    def test_papers_for_everybody_are_drafted_and_written_anew(self, stage: Stage, slug: str, kind: str) -> None:
        post(stage.cast.hoa, stage, "ke-hoach", viec=slug)
        post(stage.cast.hoa, stage, "ke-hoach", viec=slug)
        (document,) = Document.objects.filter(kind=kind)
        assert (document.revision, document.is_official) == (2, kind == "announcement")
        assert f"/van-ban/{document.code}/" in page(stage.cast.hoa, stage, "ke-hoach")

    @pytest.mark.parametrize(("slug", "kind"), [("bao-cao", "opening_report"), ("kich-ban", "script")])
    def test_papers_of_a_sitting(self, stage: Stage, slug: str, kind: str) -> None:
        sitting = stage.dialogue.sittings.get(ordinal=2)
        officer = stage.cast.officers[sitting.lead.code] if kind == "opening_report" else stage.cast.hoa
        back = browser(officer).post(at(stage, "ke-hoach"), {"viec": slug, "buoi-so": sitting.code})
        assert back.status_code == 302
        document = Document.objects.get(kind=kind, about=sitting.code)
        assert "Xây dựng" in document.paper
        other = stage.cast.officers[stage.dialogue.sittings.get(ordinal=1).lead.code]
        assert browser(other).post(at(stage, "ke-hoach"), {"viec": slug, "buoi-so": sitting.code}).status_code == 403

    def test_L3_the_co_chair_is_named_on_the_page_and_shown_to_everybody(self, stage: Stage) -> None:
        sitting = stage.dialogue.sittings.get(ordinal=2)
        said = {"viec": "dong-chu-tri", "buoi-so": sitting.code, "dong-chu-tri": "Thường trực HĐND thị xã"}
        assert "Chưa ghi người đồng chủ trì." in page(stage.cast.hoa, stage, "ke-hoach")
        back = browser(stage.cast.hoa).post(at(stage, "ke-hoach"), said)
        assert "Đã ghi người đồng chủ trì" in text_of(browser(stage.cast.hoa).get(back["Location"]))
        assert "Đồng chủ trì: Thường trực HĐND thị xã." in page(stage.cast.clerk, stage, "ke-hoach")
        staff = text_of(browser(stage.cast.clerk).get(f"/cuoc/{stage.dialogue.code}/"))
        public = text_of(Client().get(f"/cong-khai/{stage.dialogue.code}/"))
        assert all(text.count("Đồng chủ trì: Thường trực HĐND thị xã.") == 1 for text in (staff, public))
        with unchanged(Sitting):
            assert browser(stage.cast.clerk).post(at(stage, "ke-hoach"), said).status_code == 403
            wrong = {**said, "dong-chu-tri": "Kế toán trưởng"}
            refused = browser(stage.cast.hoa).post(at(stage, "ke-hoach"), wrong)
        assert "“Kế toán trưởng” không phải lãnh đạo" in text_of(refused)

    def test_a_script_is_read_by_those_who_lead_and_by_whoever_made_it(self, stage: Stage) -> None:
        sitting = stage.dialogue.sittings.get(ordinal=2)
        officer = stage.cast.officers[sitting.lead.code]
        browser(officer).post(at(stage, "ke-hoach"), {"viec": "kich-ban", "buoi-so": sitting.code})
        document = Document.objects.get(kind="script", about=sitting.code)
        assert document.drafting == sitting.lead
        ward = stage.cast.heads[stage.dialogue.venues.filter(is_central=False)[0].office.code]
        assert all(may_read(staff.as_actor(), document) for staff in (officer, stage.cast.hoa, stage.cast.leader))
        assert not may_read(ward.as_actor(), document)
        assert document.code not in page(ward, stage, "ke-hoach")
        assert document.code in page(stage.cast.leader, stage, "ke-hoach")

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        with unchanged(Document, Dialogue):
            for name in ("ke-hoach", "ke-hoach/cau-chu", "gop-y", "thay-doi", "nhiem-vu"):
                assert browser(stage.other.leader).get(at(stage, name)).status_code == 404
                assert browser(stage.other.leader).post(at(stage, name), {"viec": "soan"}).status_code == 404

    def test_an_unknown_act_is_not_there(self, stage: Stage) -> None:
        assert post(stage.cast.hoa, stage, "ke-hoach", viec="khac").status_code == 404

    def test_few_queries(self, stage: Stage) -> None:
        assert queries_of(browser(stage.cast.hoa), at(stage, "ke-hoach")) <= 22


class TestWording:
    def test_a_sentence_and_the_grounds_are_written_anew(self, drafted: Stage) -> None:
        basis = "Căn cứ Điều 125 Luật Tổ chức chính quyền địa phương 2015"
        assert basis.removeprefix("Căn cứ ") in page(drafted.cast.hoa, drafted, "ke-hoach/cau-chu")
        said = {"c3": "Câu mới.", "bases": [basis], "own": "Căn cứ Quyết định số 5/QĐ-UBND"}
        post(drafted.cast.hoa, drafted, "ke-hoach/cau-chu", **said)
        drafted.dialogue.refresh_from_db()
        assert drafted.dialogue.bases == [basis, "Căn cứ Quyết định số 5/QĐ-UBND"]
        assert place_texts(drafted.dialogue)["c3"] == "Câu mới."
        text = page(drafted.cast.hoa, drafted, "ke-hoach/cau-chu")
        assert f'value="{basis}" checked' in text
        assert "Quyết định số 5/QĐ-UBND" in page(drafted.cast.hoa, drafted, "ke-hoach")

    def test_others_do_not_see_the_form(self, drafted: Stage) -> None:
        with unchanged(Dialogue):
            assert browser(drafted.cast.clerk).get(at(drafted, "ke-hoach/cau-chu")).status_code == 403
            assert post(drafted.cast.clerk, drafted, "ke-hoach/cau-chu", c3="x").status_code == 403


class TestRemarks:
    def ask(self, stage: Stage) -> Consulted:
        post(stage.cast.hoa, stage, "ke-hoach", viec="soan")
        offices = list(stage.cast.agency.offices.filter(kind="division").order_by("code"))[:2]
        said = {"buoc": "lay", "don-vi": [row.code for row in offices], "until": "20/12/2021"}
        assert browser(stage.cast.hoa).post(at(stage, "gop-y"), said).status_code == 302
        return Consulted.objects.select_related("office").order_by("pk")[0]

    def test_asked_remarked_answered_and_ended(self, drafted: Stage) -> None:
        row = self.ask(drafted)
        head = drafted.cast.heads[row.office.code]
        assert f"Góp ý của {row.office.name}" in page(head, drafted, "gop-y")
        said = {"buoc": "gop-y", "don-vi": row.office.code, "doan": "c3", "gop-y": f"Thêm ngày. {ATTACK}"}
        browser(head).post(at(drafted, "gop-y"), said)
        html = browser(drafted.cast.hoa).get(at(drafted, "gop-y")).content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html
        assert "Đã trả lời 1/2 đơn vị." in unescape(html)
        remark = Remark.objects.get()
        answer = {"buoc": "tra-loi", "so": remark.pk, "ket-qua": "partly", "tra-loi": "Đã bổ sung ở mục III."}
        browser(drafted.cast.hoa).post(at(drafted, "gop-y"), answer)
        assert "Tiếp thu một phần" in page(head, drafted, "gop-y")
        post(drafted.cast.hoa, drafted, "gop-y", buoc="xong")
        assert "đã kết thúc" in page(head, drafted, "gop-y")

    def test_agreeing_takes_one_press(self, drafted: Stage) -> None:
        row = self.ask(drafted)
        browser(drafted.cast.heads[row.office.code]).post(
            at(drafted, "gop-y"), {"buoc": "nhat-tri", "don-vi": row.office.code}
        )
        assert Consulted.objects.get(pk=row.pk).agrees

    def test_a_day_that_cannot_be_read_asks_nobody(self, drafted: Stage) -> None:
        post(drafted.cast.hoa, drafted, "ke-hoach", viec="soan")
        with unchanged(Consulted):
            response = browser(drafted.cast.hoa).post(at(drafted, "gop-y"), {"buoc": "lay", "until": "mai"})
        assert response.status_code == 409
        assert "Cần một ngày" in text_of(response)

    def test_another_office_does_not_speak_for_it(self, drafted: Stage) -> None:
        row = self.ask(drafted)
        other = Consulted.objects.select_related("office").order_by("pk")[1]
        with unchanged(Remark, Consulted):
            said = {"buoc": "gop-y", "don-vi": row.office.code, "gop-y": "x"}
            assert browser(drafted.cast.heads[other.office.code]).post(at(drafted, "gop-y"), said).status_code == 403


class TestDeciding:
    def test_looking_shows_what_follows_and_changes_nothing(self, stage: Stage) -> None:
        with unchanged(Dialogue, Sitting, Document):
            response = post(
                stage.cast.leader, stage, "thay-doi", viec="van-ban", until="29/12/2021", reason="dịch bệnh"
            )
        text = text_of(response)
        assert "thứ Hai 10/01/2022" in text
        assert "Trình tổng hợp vướng mắc: không còn áp dụng" in text
        assert "không tổ chức" in text

    @pytest.mark.parametrize(
        ("slug", "state", "words"),
        [
            ("hoan", "postponed", "hoãn lại"),
            ("van-ban", "answering", "chuyển sang bằng văn bản"),
            ("huy", "cancelled", "không tổ chức nữa"),
        ],
    )
    def test_done_it_says_whom_to_tell_and_with_which_words(
        self, stage: Stage, slug: str, state: str, words: str
    ) -> None:
        said = {"viec": slug, "buoc": "lam", "until": "29/12/2021", "reason": "dịch bệnh"}
        back = browser(stage.cast.leader).post(at(stage, "thay-doi"), said)
        stage.dialogue.refresh_from_db()
        assert stage.dialogue.state == state
        text = text_of(browser(stage.cast.leader).get(back["Location"]))
        assert words in text
        assert "Các điểm cầu và người được mời đã được báo" in text
        notice = Document.objects.get(kind="change_notice")
        assert f"/van-ban/{notice.code}/" in text

    def test_a_missing_reason_is_said_at_the_field(self, stage: Stage) -> None:
        with unchanged(Dialogue):
            response = post(stage.cast.leader, stage, "thay-doi", viec="hoan", buoc="lam", reason=" ")
        assert response.status_code == 422
        assert "để trống" in text_of(response)

    def test_the_office_reads_and_does_not_decide(self, stage: Stage) -> None:
        assert "lãnh đạo cơ quan" in page(stage.cast.hoa, stage, "thay-doi")
        with unchanged(Dialogue):
            assert post(stage.cast.hoa, stage, "thay-doi", viec="hoan", buoc="lam", reason="x").status_code == 403

    def test_what_the_state_rules_out_is_not_offered(self, stage: Stage) -> None:
        Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="answering")
        assert "không hoãn, hủy hay chuyển sang văn bản được nữa" in page(stage.cast.leader, stage, "thay-doi")

    @pytest.mark.parametrize(("slug", "state"), [("hoan", "postponed"), ("huy", "cancelled")])
    def test_one_sitting_from_the_page_of_its_time(self, stage: Stage, slug: str, state: str) -> None:
        sitting = stage.dialogue.sittings.get(ordinal=2)
        where = f"/buoi/{sitting.code}/doi-gio/"
        back = browser(stage.cast.hoa).post(where, {"viec": slug, "reason": "mất điện cả ngày"})
        sitting.refresh_from_db()
        assert (sitting.state, sitting.reason) == (state, "mất điện cả ngày")
        text = text_of(browser(stage.cast.hoa).get(back["Location"]))
        assert "UBND thị xã Đông Hòa xin báo: buổi đối thoại lĩnh vực Xây dựng" in text
        assert Document.objects.filter(kind="change_notice", about=sitting.code).count() == 1
        with unchanged(Sitting):
            assert browser(stage.cast.technician).post(where, {"viec": slug, "reason": "x"}).status_code == 403
