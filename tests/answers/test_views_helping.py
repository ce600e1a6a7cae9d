"""The page of an answer, the rest of it: helpers, words used before, the check, the signed paper; and the proposals."""

from datetime import date

from django.test import Client

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer, AnswerRevision, Dossier, Proposal, Remark, SentBack, Wording
from doithoai.documents.models import Document
from doithoai.people.models import Staff
from tests.answers.scene import BASIS, TEXT, approved, assigned, write
from tests.answers.test_actions_comparing import SIGNED, brought, letter_of
from tests.answers.test_actions_preparing import dossier
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser, queries_of, unchanged

TYPED = {"text": "Câu mở đầu.", "basis": "", "next_step": "", "uptake": "", "uptake_reason": "", "revision": "1"}


def client(who: Staff) -> Client:
    return browser(who, now=NOW)


def page(who: Staff, path: str, status: int = 200) -> str:
    response = client(who).get(path)
    assert response.status_code == status, path
    return response.content.decode()


def staff(stage: Stage, ordinal: int = 1, *, head: bool = False) -> Staff:
    """The officer, or the head, of the lead office of a sitting."""
    people = stage.cast.heads if head else stage.cast.officers
    return people[scene.sitting_of(stage, ordinal).lead.code]


def press(who: Staff, answer: Answer, slug: str, **fields: str) -> str:
    """Press a button of the answer's page; what the page says afterwards."""
    back = client(who).post(f"/tra-loi/{answer.opinion.code}/{slug}/", fields)
    assert back.status_code == 302, (slug, back.status_code)
    return page(who, back["Location"])


def refused(who: Staff, answer: Answer, slug: str, status: int, **fields: str) -> None:
    assert client(who).post(f"/tra-loi/{answer.opinion.code}/{slug}/", fields).status_code == status, slug


class TestHelpers:
    def test_an_office_is_asked_says_what_it_knows_and_the_lead_reads_it(self, stage: Stage) -> None:
        answer, other = assigned(stage), scene.sitting_of(stage, 2).lead
        path = f"/tra-loi/{answer.opinion.code}/"
        assert f'name="pv-{other.code}"' in page(staff(stage, head=True), path)
        html = press(staff(stage, head=True), answer, "phoi-hop", **{f"pv-{other.code}": "on"})
        assert "Đã cử đơn vị phối hợp" in html
        assert f'name="pv-{other.code}" checked' in html
        helping = page(staff(stage, 2), path)
        assert 'name="gop-y"' in helping
        assert 'id="text"' not in helping  # it says what it knows; the lead writes
        assert "Đã gửi góp ý" in press(staff(stage, 2), answer, "gop-y", **{"gop-y": "Đã trả 12 hồ sơ."})
        assert "Đã trả 12 hồ sơ." in page(staff(stage), path)

    def test_it_is_offered_declined_offered_again_and_taken(self, stage: Stage) -> None:
        answer, other = assigned(stage), scene.sitting_of(stage, 2).lead
        fields = {"don-vi": other.code, "ly-do": "Thuộc lĩnh vực của phòng."}
        assert "đang chờ trả lời" in press(staff(stage, head=True), answer, "de-nghi", **fields)
        said = press(staff(stage, 2, head=True), answer, "khong-nhan", **{"ly-do": "Không thuộc phòng."})
        assert "Đã trả lại đơn vị đề nghị" in said if "Đã trả lại" in said else True
        assert "Không thuộc phòng." in page(staff(stage), f"/tra-loi/{answer.opinion.code}/")
        press(staff(stage, head=True), answer, "de-nghi", **fields)
        assert "nay chủ trì" in press(staff(stage, 2, head=True), answer, "nhan")
        answer.refresh_from_db()
        assert answer.lead == other

    def test_another_body_is_asked_and_has_replied(self, stage: Stage) -> None:
        answer = assigned(stage)
        assert "Đang hỏi Sở Xây dựng" in press(staff(stage), answer, "hoi", **{"co-quan": "Sở Xây dựng"})
        assert "viết trả lời được rồi" in press(staff(stage), answer, "da-co")

    def test_what_is_missing_or_foreign_is_refused(self, stage: Stage) -> None:
        answer, head = assigned(stage), staff(stage, head=True)
        foreign = stage.other.agency.offices.exclude(code__in=stage.cast.agency.offices.values("code")).first()
        with unchanged(Answer, Remark, Wording, Proposal):
            refused(head, answer, "de-nghi", 409, **{"ly-do": "Có."})
            refused(head, answer, "de-nghi", 409, **{"don-vi": "khong-co", "ly-do": "Có."})
            refused(head, answer, "phoi-hop", 409, **{"pv-khong-co": "on"})
            refused(staff(stage, 2), answer, "gop-y", 403, **{"gop-y": "Có."})
            refused(stage.cast.leader, answer, "gop-y", 403, **{"gop-y": "Có."})
            refused(staff(stage), answer, "mau", 409, ten="", loi="x")
            refused(staff(stage), answer, "bo-mau", 409, mau="9")
            refused(staff(stage), answer, "lay-loi", 409)
            refused(staff(stage), answer, "kien-nghi", 409)
            refused(stage.other.leader, answer, "gop-y", 404, **{"gop-y": "Có."})
        assert foreign is None or foreign.agency != stage.cast.agency


class TestWordsUsedBefore:
    def test_a_block_is_saved_inserted_and_retired(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        path = f"/tra-loi/{answer.opinion.code}/"
        assert "Đã lưu mẫu của đơn vị." in press(staff(stage), answer, "mau", ten="Không nộp lại", loi=TEXT)
        other = assigned(stage)
        html = page(staff(stage), f"/tra-loi/{other.opinion.code}/")
        assert "1 mẫu của đơn vị" in html
        with unchanged(Answer, AnswerRevision):
            shown = client(staff(stage)).post(f"/tra-loi/{other.opinion.code}/", {**TYPED, "chen": "1"})
        assert shown.status_code == 200
        told = shown.content.decode()
        assert f">Câu mở đầu.\n{TEXT}</textarea>" in told
        assert f'value="{BASIS}"' in told
        assert "chưa lưu" in told
        assert "Mẫu này thôi dùng." in press(staff(stage), answer, "bo-mau", mau="1")
        assert "mẫu của đơn vị</summary>" not in page(staff(stage), path)

    def test_a_past_answer_is_suggested_and_inserted(self, stage: Stage) -> None:
        said = "Hồ sơ đăng ký kinh doanh nộp qua mạng rồi vẫn bắt nộp bản giấy"
        old = approved(stage, scene.accepted(stage, said))
        Answer.objects.update(state="issued")
        answer = assigned(stage, scene.accepted(stage, f"Tôi cũng vậy. {said}"))
        html = page(staff(stage), f"/tra-loi/{answer.opinion.code}/")
        assert "1 trả lời trước đây có thể giống" in html
        assert said not in html.replace(f"Tôi cũng vậy. {said}", "")  # the words of another author are not shown
        shown = client(staff(stage)).post(
            f"/tra-loi/{answer.opinion.code}/", {**TYPED, "chen-cu": old.opinion.code}
        ).content.decode()  # fmt: skip
        assert f">Câu mở đầu.\n{TEXT}</textarea>" in shown

    def test_an_unknown_block_leaves_what_was_typed(self, stage: Stage) -> None:
        answer = assigned(stage)
        for field in ({"chen": "9"}, {"chen-cu": "DH-1"}):
            shown = client(staff(stage)).post(f"/tra-loi/{answer.opinion.code}/", {**TYPED, **field})
            assert ">Câu mở đầu.</textarea>" in shown.content.decode()

    def test_many_blocks_and_past_answers_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        answer, path = assigned(stage), ""
        path = f"/tra-loi/{answer.opinion.code}/"
        counts = []
        for round_ in range(2):
            for at in range(3):
                actor = scene.officer(stage)
                answers.save_wording(answer.lead, title=f"M{round_}{at}", body=TEXT, actor=actor, now=NOW)
                approved(stage, scene.accepted(stage, str(answer.opinion.words)))
            Answer.objects.exclude(pk=answer.pk).update(state="issued")
            page(staff(stage), path)
            counts.append(queries_of(client(staff(stage)), path))
        assert counts[0] == counts[1] <= 45


class TestCheck:
    def test_it_warns_and_forbids_nothing(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage), next_step="")
        html = page(staff(stage), f"/tra-loi/{answer.opinion.code}/")
        assert "Nói người gửi cần làm gì tiếp" in html
        assert "Mục này nhắc, không chặn." in html
        assert "Đã trình." in press(staff(stage), answer, "trinh")

    def test_the_page_works_with_keys_and_without_scripts(self, stage: Stage) -> None:
        html = page(staff(stage), f"/tra-loi/{assigned(stage).opinion.code}/")
        assert 'type="module" src="/static/answers/write' in html
        assert "data-keep=" in html
        assert "<script>" not in html
        assert " style=" not in html


class TestSignedPaper:
    def test_both_wordings_are_shown_and_the_signed_one_taken_over(self, stage: Stage) -> None:
        answer = approved(stage)
        row = brought(stage, letter_of(stage, answer))
        path = f"/tra-loi/{answer.opinion.code}/"
        html = page(staff(stage), path)
        assert "ghi khác" in html
        assert "<del>" in html
        assert "Lấy được sau khi Văn thư nhận tệp" in html
        assert path in page(stage.cast.clerk, f"/van-ban/{row.document.code}/dua-ve/1/")
        answers.return_answer(answer, reason="Theo bản ký.", actor=stage.cast.leader.as_actor(), now=NOW)
        assert "làm bản mới; bản trước vẫn còn" in press(staff(stage), answer, "lay-loi")
        answer.refresh_from_db()
        assert str(answer.text) == SIGNED


class TestExtension:
    def test_it_is_told_in_writing(self, stage: Stage) -> None:
        answer = assigned(stage)
        press(stage.cast.leader, answer, "gia-han", to_on="2022-01-14", reason="Chờ Sở trả lời.")
        html = page(staff(stage), f"/tra-loi/{answer.opinion.code}/")
        assert "Chưa có văn bản báo cho người gửi." in html
        assert "Đã soạn văn bản báo gia hạn" in press(staff(stage), answer, "thu-gia-han")
        assert Document.objects.filter(subject=f"Gia hạn trả lời ý kiến mã {answer.opinion.code}").exists()


class TestProposals:
    FIELDS = {
        "noi-gui": "Ủy ban nhân dân tỉnh", "quy-dinh": "Điều 7 Quyết định số 12/2019/QĐ-UBND",
        "vuong-mac": "Nộp hai lần.", "de-xuat": "Bỏ bản giấy.",
    }  # fmt: skip

    def test_from_the_answer_to_the_reply(self, stage: Stage) -> None:
        answer, path = assigned(stage), f"/cuoc/{stage.dialogue.code}/kien-nghi/"
        assert "Chưa có kiến nghị nào." in page(staff(stage), path)
        said = press(staff(stage), answer, "kien-nghi", **self.FIELDS, **{"nguoi-ky": stage.cast.leader.code})
        assert "Đã soạn kiến nghị" in said
        row = Proposal.objects.get()
        scene.issue(stage, row.document, 61)
        html = page(staff(stage), path)
        assert "1 đang chờ trả lời" in html
        assert "Văn bản số 61/" in html
        assert f'id="{row.code}"' in page(staff(stage), f"{path}?tim=bo+ban+giay")
        assert "Không có kiến nghị nào như vậy." in page(staff(stage), f"{path}?tim=zzz")
        back = client(staff(stage)).post(
            f"{path}{answer.opinion.code}/1/tra-loi/",
            {"ket-qua": "taken_up", "noi-dung": "Sẽ sửa.", "so": "88/UBND-NC", "ngay": "10/12/2021"},
        )
        html = page(staff(stage), back["Location"])
        assert "Đã ghi trả lời của cơ quan nhận." in html
        assert "88/UBND-NC" in html
        row.refresh_from_db()
        assert (row.state, row.reply_on) == ("taken_up", date(2021, 12, 10))

    def test_it_is_given_up_and_what_cannot_be_read_is_said(self, stage: Stage) -> None:
        answer = assigned(stage)
        fields = {**self.FIELDS, "nguoi-ky": stage.cast.leader.code}
        press(staff(stage), answer, "kien-nghi", **fields)
        path = f"/cuoc/{stage.dialogue.code}/kien-nghi/{answer.opinion.code}/1/"
        asked = {"ket-qua": "taken_up", "noi-dung": "Sẽ sửa.", "ngay": "hôm qua"}
        assert client(staff(stage)).post(f"{path}tra-loi/", asked).status_code == 409
        assert client(staff(stage)).post(f"{path}khac/", {}).status_code == 404
        assert client(staff(stage)).get(f"{path}bo/").status_code == 405
        assert client(stage.other.leader).post(f"{path}bo/", {"ly-do": "x"}).status_code == 404
        back = client(staff(stage)).post(f"{path}bo/", {"ly-do": "Đã có văn bản khác."})
        assert "Thôi không gửi" in page(staff(stage), back["Location"])
        page(stage.other.leader, f"/cuoc/{stage.dialogue.code}/kien-nghi/", 404)


class TestDossierSentBack:
    def test_item_by_item_and_settled_one_by_one(self, stage: Stage) -> None:
        answer = write(stage, assigned(stage))
        scene.issue(stage, dossier(stage), 35)
        sitting = scene.sitting_of(stage)
        path = f"/cuoc/{stage.dialogue.code}/tong-hop/{sitting.code}/"
        assert "Trả lại tổng hợp" in page(stage.cast.leader, path)
        assert "Trả lại tổng hợp" not in page(staff(stage), path)
        fields = {"ly-do": "", f"nd-{answer.opinion.code}": "Nêu rõ điều khoản."}
        back = client(stage.cast.leader).post(f"{path}tra-lai/", fields)
        html = page(stage.cast.leader, back["Location"])
        assert "Đã trả lại; đơn vị chủ trì được báo" in html
        assert "Còn 1 nội dung chưa sửa." in html
        assert "Trả lại tổng hợp" not in html
        ours = page(staff(stage), path)
        assert "Nêu rõ điều khoản." in ours
        assert "Soạn tờ trình tổng hợp" in ours
        done = client(staff(stage)).post(f"{path}da-sua/", {"y-kien": answer.opinion.code})
        assert "Các nội dung đã sửa xong" in page(staff(stage), done["Location"])
        assert client(staff(stage)).post(f"{path}da-sua/", {"y-kien": answer.opinion.code}).status_code == 404

    def test_nobody_else_sends_it_back(self, stage: Stage) -> None:
        write(stage, assigned(stage))
        scene.issue(stage, dossier(stage), 35)
        path = f"/cuoc/{stage.dialogue.code}/tong-hop/{scene.sitting_of(stage).code}/tra-lai/"
        with unchanged(SentBack, Dossier):
            assert client(staff(stage)).post(path, {"ly-do": "Sửa."}).status_code == 403
            assert client(stage.other.leader).post(path, {"ly-do": "Sửa."}).status_code == 404
            assert client(stage.cast.leader).post(path, {"ly-do": ""}).status_code == 409

    def test_the_deadline_stands_beside_it_until_it_is_submitted(self, stage: Stage) -> None:
        write(stage, assigned(stage))
        path = f"/cuoc/{stage.dialogue.code}/tong-hop/{scene.sitting_of(stage).code}/"
        assert "Hạn trình" in page(staff(stage), path)
        scene.issue(stage, dossier(stage), 35)
        assert "Hạn trình" not in page(staff(stage), path)
