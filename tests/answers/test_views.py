"""Pages of answering: the opinion with what can be done, the draft and its conflict, the synthesis of a sitting."""

import pytest
from django.test import Client

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, AnswerRevision, Dossier
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.people.models import Staff
from tests.answers.scene import BASIS, STEP, TEXT, approved, assigned, submitted, with_twin, write
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

FULL = {"text": TEXT, "basis": BASIS, "next_step": STEP, "uptake": "full", "uptake_reason": ""}


def officer(stage: Stage) -> Staff:
    return stage.cast.officers[scene.sitting_of(stage).lead.code]


def client(who: Staff) -> Client:
    return browser(who, now=NOW)


def page(who: Staff, path: str, status: int = 200) -> str:
    response = client(who).get(path)
    assert response.status_code == status
    return response.content.decode()


def press(who: Staff, answer: Answer, slug: str, **fields: str) -> int:
    return client(who).post(f"/tra-loi/{answer.opinion.code}/{slug}/", fields).status_code


def dossier_path(stage: Stage, ordinal: int = 1) -> str:
    return f"/cuoc/{stage.dialogue.code}/tong-hop/{scene.sitting_of(stage, ordinal).code}/"


class TestOpinionPage:
    def test_own_words_stand_beside_the_summary(self, stage: Stage) -> None:
        row = scene.accepted(stage, "Nộp mạng rồi còn nộp giấy")
        intake.summarise(row, summary="Nộp hai lần", actor=scene.officer(stage), now=NOW)
        html = page(officer(stage), f"/y-kien/{row.code}/")
        assert html.index("Nộp mạng rồi còn nộp giấy") < html.index("Nộp hai lần")
        assert "Nơi đang giữ" in html
        assert html.count("btn-main") == 0

    def test_it_is_given_to_one_office(self, stage: Stage) -> None:
        row = scene.accepted(stage)
        lead = scene.sitting_of(stage).lead
        html = page(stage.cast.hoa, f"/y-kien/{row.code}/")
        assert f'<option value="{lead.code}" selected>' in html
        back = client(stage.cast.hoa).post(f"/y-kien/{row.code}/giao/", {"don-vi": lead.code})
        assert back["Location"] == f"/y-kien/{row.code}/?da=answer.assign"
        assert Answer.objects.get(opinion=row).lead == lead
        after = page(stage.cast.hoa, back["Location"])
        assert "Đã giao trả lời." in after
        assert "Giao trả lời</summary>" not in after

    def test_giving_it_out_is_refused_without_the_right_or_an_office(self, stage: Stage) -> None:
        row = scene.accepted(stage)
        foreign = stage.other.agency.offices.get(code="DV01")
        with unchanged(Answer):
            assert client(officer(stage)).post(f"/y-kien/{row.code}/giao/", {"don-vi": "DV01"}).status_code == 403
            assert client(stage.cast.hoa).post(f"/y-kien/{row.code}/giao/", {}).status_code == 409
            assert client(stage.cast.hoa).post(f"/y-kien/{row.code}/giao/", {"don-vi": "x"}).status_code == 404
            assert (
                client(stage.other.hoa).post(f"/y-kien/{row.code}/giao/", {"don-vi": foreign.code}).status_code == 404
            )
            assert client(stage.cast.hoa).get(f"/y-kien/{row.code}/giao/").status_code == 405

    def test_who_may_not_sort_sees_one_grey_button_with_the_reason(self, stage: Stage) -> None:
        row = scene.opinion(stage)
        html = page(stage.cast.leader, f"/y-kien/{row.code}/")
        assert html.count('aria-disabled="true"') == 1
        assert "<b>Không có quyền:</b>" in html

    def test_who_reads_one_does_not_thereby_read_those_beside_it(self, stage: Stage) -> None:
        ward = stage.cast.officers[stage.cast.agency.offices.filter(kind="ward").order_by("code")[0].code]
        own = scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy", actor=ward.as_actor())
        other = scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn phải nộp lại bản giấy")
        path = f"/y-kien/{own.code}/"
        assert other.code in page(officer(stage), path)
        assert other.code not in page(ward, path)
        intake.merge(other, own, reason="Trùng", actor=scene.officer(stage), now=NOW)
        assert other.code in page(officer(stage), path)
        assert other.code not in page(ward, path)

    def test_alike_ones_cost_no_query_each(self, stage: Stage) -> None:
        row = scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy")
        scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn phải nộp lại bản giấy")
        few = queries_of(client(officer(stage)), f"/y-kien/{row.code}/")
        for at in range(3):
            scene.opinion(stage, f"Nộp hồ sơ trực tuyến rồi vẫn đòi nộp lại bản giấy lần {at}")
        assert queries_of(client(officer(stage)), f"/y-kien/{row.code}/") == few <= 26

    def test_markup_stays_text(self, stage: Stage) -> None:
        row = scene.opinion(stage, "<script>alert(1)</script>")
        assert row.person is not None
        rename_to_attack(row.person)
        html = page(officer(stage), f"/y-kien/{row.code}/")
        assert ESCAPED_ATTACK in html
        assert "<img" not in html
        assert "<script>" not in html
        assert " style=" not in html

    def test_looking_changes_nothing_and_the_second_agency_sees_nothing(self, stage: Stage) -> None:
        row = scene.opinion(stage)
        with unchanged(Opinion, Answer):
            page(officer(stage), f"/y-kien/{row.code}/")
            page(stage.other.leader, f"/y-kien/{row.code}/", 404)


class TestDraft:
    def test_the_lead_office_writes_and_the_page_keeps_it(self, stage: Stage) -> None:
        answer = assigned(stage)
        path = f"/tra-loi/{answer.opinion.code}/"
        back = client(officer(stage)).post(path, {**FULL, "revision": "1"})
        assert back["Location"] == f"{path}?da=answer.draft"
        answer.refresh_from_db()
        assert (str(answer.text), answer.basis, answer.next_step, answer.uptake) == (TEXT, BASIS, STEP, "full")
        html = page(officer(stage), back["Location"])
        assert "Đã lưu." in html
        assert f">{TEXT}</textarea>" in html
        assert 'name="revision" value="2"' in html

    def test_whoever_comes_second_sees_both_texts_and_loses_none(self, stage: Stage) -> None:
        answer = assigned(stage)
        path = f"/tra-loi/{answer.opinion.code}/"
        client(officer(stage)).post(path, {**FULL, "text": "Bản của người thứ nhất.", "revision": "1"})
        second = client(officer(stage)).post(path, {**FULL, "text": "Bản của người thứ hai.", "revision": "1"})
        html = second.content.decode()
        assert second.status_code == 409
        assert "Bản của người thứ nhất." in html
        assert ">Bản của người thứ hai.</textarea>" in html
        assert 'name="revision" value="2"' in html
        answer.refresh_from_db()
        assert str(answer.text) == "Bản của người thứ nhất."
        assert str(AnswerRevision.objects.get(is_set_aside=True).text) == "Bản của người thứ hai."
        assert client(officer(stage)).post(path, {**FULL, "text": "Bản chung.", "revision": "2"}).status_code == 302

    def test_an_empty_text_is_named(self, stage: Stage) -> None:
        answer = assigned(stage)
        with unchanged(Answer):
            response = client(officer(stage)).post(
                f"/tra-loi/{answer.opinion.code}/", {**FULL, "text": " ", "revision": "1"}
            )
        assert response.status_code == 422
        assert "Để trống. Cần nội dung trả lời." in response.content.decode()

    def test_others_read_it_and_cannot_write(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        path = f"/tra-loi/{answer.opinion.code}/"
        html = page(stage.cast.leader, path)
        assert TEXT in html
        assert 'id="text"' not in html
        with unchanged(Answer):
            assert client(stage.cast.leader).post(path, {**FULL, "revision": "2"}).status_code == 403

    def test_a_text_full_of_markup_stays_text(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage), "</textarea><script>alert(1)</script>")
        for who in (officer(stage), stage.cast.leader):
            html = page(who, f"/tra-loi/{answer.opinion.code}/")
            assert "<script>" not in html
            assert "&lt;script&gt;" in html

    def test_the_second_agency_and_a_wards_staff_find_nothing(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        path = f"/tra-loi/{answer.opinion.code}/"
        ward = stage.cast.agency.offices.filter(kind="ward").order_by("code")[0]
        with unchanged(Answer):
            for who in (stage.other.leader, stage.cast.officers[ward.code]):
                assert client(who).get(path).status_code == 404
                assert client(who).post(path, {**FULL, "revision": "2"}).status_code == 404
                assert press(who, answer, "trinh") == 404


class TestAnswerActs:
    def test_submitted_approved_and_returned(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        assert press(officer(stage), answer, "trinh") == 302
        assert press(officer(stage), answer, "duyet") == 403
        assert press(stage.cast.leader, answer, "tra-lai", **{"ly-do": "Thiếu ngày xong."}) == 302
        html = page(officer(stage), f"/tra-loi/{answer.opinion.code}/")
        assert "Thiếu ngày xong." in html
        press(officer(stage), answer, "trinh")
        assert press(stage.cast.leader, answer, "duyet") == 302
        answer.refresh_from_db()
        assert answer.state == "approved"

    def test_what_is_missing_is_said_and_never_blocks(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage), basis="")
        html = page(officer(stage), f"/tra-loi/{answer.opinion.code}/")
        assert "Còn thiếu: chưa nêu quy định làm căn cứ." in html
        assert press(officer(stage), answer, "trinh", **{"van-trinh": "Đang chờ số nghị định."}) == 302
        html = page(stage.cast.leader, f"/tra-loi/{answer.opinion.code}/")
        assert "<b>Người trình nói thêm</b>Đang chờ số nghị định." in html

    def test_the_leader_extends_before_the_day(self, stage: Stage) -> None:
        answer = assigned(stage)
        assert answer.due_on is not None
        with unchanged(Answer):
            assert press(stage.cast.leader, answer, "gia-han", to_on="ngày mai", reason="x") == 409
            assert press(stage.cast.leader, answer, "gia-han", to_on="2022-01-20", reason="") == 409
            assert press(officer(stage), answer, "gia-han", to_on="2022-01-20", reason="Chờ hồ sơ") == 403
        assert press(stage.cast.leader, answer, "gia-han", to_on="2022-01-20", reason="Chờ hồ sơ") == 302
        answer.refresh_from_db()
        assert f"{answer.due_on:%d/%m/%Y}" == "20/01/2022"

    def test_the_form_is_chosen_and_a_letter_drafted(self, stage: Stage) -> None:
        answer = approved(stage)
        assert press(officer(stage), answer, "hinh-thuc", **{"hinh-thuc": "letter"}) == 302
        with unchanged(Document):
            assert press(officer(stage), answer, "hinh-thuc", **{"hinh-thuc": "bay"}) == 409
            assert press(officer(stage), answer, "van-ban", **{"nguoi-ky": "khong"}) == 409
        head = stage.cast.heads[scene.sitting_of(stage).lead.code]
        assert press(officer(stage), answer, "van-ban", **{"nguoi-ky": head.code}) == 302
        answer.refresh_from_db()
        assert answer.document is not None
        assert f'href="/van-ban/{answer.document.code}/"' in page(officer(stage), f"/tra-loi/{answer.opinion.code}/")

    def test_a_leader_sees_approval_filled_and_a_drafter_why_not(self, stage: Stage) -> None:
        answer = submitted(stage)
        assert page(stage.cast.leader, f"/tra-loi/{answer.opinion.code}/").count("btn-main") == 1
        assert "người soạn không tự duyệt" in page(officer(stage), f"/tra-loi/{answer.opinion.code}/")

    def test_no_act_by_a_link_and_no_other_act(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        with unchanged(Answer):
            assert client(officer(stage)).get(f"/tra-loi/{answer.opinion.code}/trinh/").status_code == 405
            assert press(officer(stage), answer, "bay") == 404


class TestDossier:
    def test_it_groups_counts_and_quotes_the_law(self, stage: Stage) -> None:
        root, twin = with_twin(stage)
        write(stage, assigned(stage, root))
        html = page(officer(stage), dossier_path(stage))
        assert "1 nội dung, 2 ý kiến" in html
        assert f"{root.code}, {twin.code}. 2 ý kiến." in html
        assert f"Căn cứ: {BASIS}." in html
        assert TEXT in html

    def test_complaints_and_denunciations_are_counted_and_never_shown(self, stage: Stage) -> None:
        scene.opinion(stage, "Tôi tố cáo ông X", kind="denunciation", actor=stage.cast.hoa.as_actor())
        scene.opinion(stage, "Tôi khiếu nại quyết định", kind="complaint")
        for who in (officer(stage), stage.cast.hoa, stage.cast.leader):
            html = page(who, dossier_path(stage))
            assert "tố cáo ông X" not in html
            assert "khiếu nại quyết định" not in html
            assert "2 nội dung khiếu nại, tố cáo được hướng dẫn" in html

    def test_unsorted_ones_stop_the_draft_with_how_many(self, stage: Stage) -> None:
        scene.opinion(stage)
        head = stage.cast.heads[scene.sitting_of(stage).lead.code]
        assert "Còn 1/1 ý kiến chưa phân loại." in page(officer(stage), dossier_path(stage))
        with unchanged(Document, Dossier):
            response = client(officer(stage)).post(f"{dossier_path(stage)}to-trinh/", {"nguoi-ky": head.code})
        assert response.status_code == 409
        assert "còn 1/1 ý kiến chưa phân loại" in response.content.decode()

    def test_drafted_submitted_and_approved(self, stage: Stage) -> None:
        scene.accepted(stage)
        head = stage.cast.heads[scene.sitting_of(stage).lead.code]
        back = client(officer(stage)).post(f"{dossier_path(stage)}to-trinh/", {"nguoi-ky": head.code})
        made = Dossier.objects.select_related("document").get()
        assert f'href="/van-ban/{made.document.code}/"' in page(officer(stage), back["Location"])
        assert client(stage.cast.leader).post(f"{dossier_path(stage)}duyet/").status_code == 409
        assert "tờ trình chưa được trình" in page(stage.cast.leader, dossier_path(stage))
        scene.issue(stage, made.document)
        assert client(officer(stage)).post(f"{dossier_path(stage)}duyet/").status_code == 403
        assert client(stage.cast.leader).post(f"{dossier_path(stage)}duyet/").status_code == 302
        assert "Đã duyệt 10/12/2021" in page(stage.cast.leader, dossier_path(stage))

    def test_the_programme_is_drafted_too(self, stage: Stage) -> None:
        head = stage.cast.heads[scene.sitting_of(stage).lead.code]
        client(officer(stage)).post(f"{dossier_path(stage)}chuong-trinh/", {"nguoi-ky": head.code})
        assert Document.objects.get(kind="programme").about == scene.sitting_of(stage).code

    @pytest.mark.parametrize("slug", ["to-trinh", "chuong-trinh", "duyet", "bay"])
    def test_the_second_agency_finds_nothing(self, stage: Stage, slug: str) -> None:
        with unchanged(Document, Dossier):
            assert client(stage.other.leader).post(f"{dossier_path(stage)}{slug}/").status_code == 404
            assert client(stage.other.leader).get(dossier_path(stage)).status_code == 404

    def test_who_does_not_read_every_opinion_finds_nothing(self, stage: Stage) -> None:
        ward = stage.cast.agency.offices.filter(kind="ward").order_by("code")[0]
        page(stage.cast.officers[ward.code], dossier_path(stage), 404)
        page(stage.cast.clerk, dossier_path(stage), 404)

    def test_many_matters_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        write(stage, assigned(stage))
        few = queries_of(client(officer(stage)), dossier_path(stage))
        for at in range(4):
            write(stage, assigned(stage, scene.accepted(stage, f"Việc {at}")))
        assert queries_of(client(officer(stage)), dossier_path(stage)) == few <= 18

    def test_looking_changes_nothing_and_markup_stays_text(self, stage: Stage) -> None:
        scene.accepted(stage, "<script>alert(1)</script>")
        with unchanged(Opinion, Answer, Document):
            html = page(officer(stage), dossier_path(stage))
        assert "&lt;script&gt;" in html
        assert "<script>" not in html
        assert " style=" not in html


def test_an_issued_answer_is_read_and_not_written(stage: Stage) -> None:
    answer = approved(stage)
    head = stage.cast.heads[scene.sitting_of(stage).lead.code]
    document = answers.draft_letter(answer, signer=head, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, document)
    html = page(officer(stage), f"/tra-loi/{answer.opinion.code}/")
    assert "Đã trả lời" in html
    assert 'id="text"' not in html
    assert "Soát trước khi trình" not in html
    assert "trong hạn" in html  # behind it: no days are counted any more
