"""The board of opinions and its acts: who sees what, what a button does, and what stays hidden."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion, Photo
from doithoai.people.models import Person, Staff
from doithoai.rules.vietnamese import fold
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.intake.test_imports import jpeg
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

PAPER = "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy"
TWIN = "Tôi nộp hồ sơ trực tuyến rồi mà vẫn bắt nộp lại bản giấy"
SECRET = "Ông X nhận tiền của tôi"


def staff(stage: Stage) -> Staff:
    """The officer of the first sitting's lead office."""
    return stage.cast.officers[scene.sitting_of(stage).lead.code]


def board(stage: Stage, who: Staff | None = None, query: str = "") -> str:
    response = browser(who or staff(stage), now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/{query}")
    assert response.status_code == 200
    return response.content.decode()


def press(who: Staff, opinion: Opinion, slug: str, **fields: str) -> int:
    names = {name.replace("_", "-"): value for name, value in fields.items()}
    return browser(who, now=NOW).post(f"/y-kien/{opinion.code}/{slug}/", names).status_code


def state_of(opinion: Opinion) -> str:
    opinion.refresh_from_db()
    return opinion.state


class TestBoard:
    def test_opinions_stand_by_state_with_what_they_are(self, stage: Stage) -> None:
        one = scene.opinion(stage, PAPER)
        two = scene.accepted(stage, "Xin mở cửa sáng thứ Bảy")
        html = board(stage)
        assert html.index("Mới nhận</h2>") < html.index(one.code) < html.index("Đang xử lý</h2>") < html.index(two.code)
        assert "Bà Trần Thị Mẫu" in html
        assert "Thấy 2/2 ý kiến." in html

    def test_a_likely_twin_is_suggested_with_the_reason(self, stage: Stage) -> None:
        procedure = scene.sitting_of(stage).sector.procedures.first()
        one = scene.opinion(stage, PAPER, procedure=procedure)
        two = scene.opinion(stage, TWIN, procedure=procedure)
        scene.opinion(stage, "Xin mở cửa sáng thứ Bảy cho công nhân")
        html = board(stage)
        found = re.search(
            rf"Giống (\d+) % ý kiến {one.code}: cùng thủ tục, cùng chữ “<span lang=.vi.>([^<]+)</span>”", html
        )
        assert found is not None
        assert int(found[1]) >= 60
        assert found[2] == "nộp hồ sơ trực tuyến rồi"
        assert html.count("Giống ") == 2
        assert f'action="/y-kien/{two.code}/gop/"' in html

    @pytest.mark.parametrize("asked", ["TRUC TUYEN", "trực tuyến", "tran thi mau", "YK01"])
    def test_search_needs_no_diacritics(self, stage: Stage, asked: str) -> None:
        one = scene.opinion(stage, PAPER)
        other = scene.opinion(stage, "Xin mở cửa", who=scene.person(stage, "Lê Văn Thử", "nam", "0900000009"))
        html = board(stage, query=f"?q={asked}")
        assert f'id="{one.code}"' in html
        assert f'id="{other.code}"' not in html
        assert "Thấy 1/2 ý kiến." in html

    def test_filters_by_sitting_and_state(self, stage: Stage) -> None:
        one = scene.opinion(stage, PAPER)
        two = scene.opinion(stage, "Xây nhà", sitting=scene.sitting_of(stage, 2), actor=stage.cast.hoa.as_actor())
        code = scene.sitting_of(stage, 2).code
        assert f'id="{two.code}"' in board(stage, stage.cast.hoa, f"?buoi={code}")
        assert f'id="{one.code}"' not in board(stage, stage.cast.hoa, f"?buoi={code}")
        assert "Không có ý kiến nào như vậy." in board(stage, query="?trang-thai=accepted")
        assert "Thấy 2/2" in board(stage, query="?trang-thai=%3Cb%3E&trang=abc")

    def test_a_long_board_has_pages(self, stage: Stage) -> None:
        for at in range(52):
            scene.opinion(stage, f"Việc số {at} của tôi", who=Person.objects.first() or scene.person(stage))
        html = board(stage)
        assert html.count("<article") == 50
        assert 'href="?trang=2"' in html
        assert board(stage, query="?trang=2").count("<article") == 2

    def test_many_cost_as_many_queries_as_few(self, stage: Stage) -> None:
        who, path = staff(stage), f"/cuoc/{stage.dialogue.code}/y-kien/"
        for words in (PAPER, TWIN):
            scene.opinion(stage, words)
        few = queries_of(browser(who, now=NOW), path)
        for at in range(6):
            scene.opinion(stage, f"{TWIN} lần {at}", who=scene.person(stage, f"Người {at}", "nam", f"090000010{at}"))
        assert queries_of(browser(who, now=NOW), path) == few <= 15

    def test_words_and_names_full_of_markup_stay_text(self, stage: Stage) -> None:
        row = scene.opinion(stage, "<script>alert(1)</script>")
        assert row.person is not None
        rename_to_attack(row.person)
        html = board(stage, query="?q=%3Cimg")
        assert "<script>alert" not in html
        html = board(stage)
        assert ESCAPED_ATTACK in html
        assert "<img" not in html
        assert " style=" not in html

    def test_looking_changes_nothing(self, stage: Stage) -> None:
        scene.opinion(stage, PAPER)
        with unchanged(Opinion, Document):
            board(stage, query="?da=opinion.merge&ma=x")

    def test_the_second_agency_finds_nothing(self, stage: Stage) -> None:
        path = f"/cuoc/{stage.dialogue.code}/y-kien/"
        assert browser(stage.other.leader, now=NOW).get(path).status_code == 404
        assert browser(stage.other.leader, now=NOW).get(f"{path}ghi/").status_code == 404

    def test_a_wards_staff_sees_only_what_it_wrote_down(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        ward = stage.cast.agency.offices.filter(kind="ward").order_by("code")[0]
        html = board(stage, stage.cast.officers[ward.code])
        assert row.code not in html
        assert "Chưa có ý kiến nào." in html

    def test_strangers_are_asked_to_sign_in(self, stage: Stage) -> None:
        path = f"/cuoc/{stage.dialogue.code}/y-kien/"
        assert browser(now=NOW).get(path)["Location"].startswith("/vao/")


class TestDenunciation:
    @pytest.fixture
    def hidden(self, stage: Stage) -> Opinion:
        return scene.opinion(stage, SECRET, kind="denunciation", actor=stage.cast.hoa.as_actor())

    def test_others_do_not_know_that_it_exists(self, stage: Stage, hidden: Opinion) -> None:
        for who in (staff(stage), stage.cast.leader, stage.cast.clerk, stage.cast.observer):
            html = board(stage, who)
            assert hidden.code not in html
            assert "Tố cáo" not in html
            assert browser(who, now=NOW).get(f"/y-kien/{hidden.code}/").status_code == 404

    def test_its_receiver_finds_it_but_the_board_does_not_quote_it(self, stage: Stage, hidden: Opinion) -> None:
        html = board(stage, stage.cast.hoa)
        assert hidden.code in html
        assert SECRET not in html
        assert "Trần Thị Mẫu" not in html
        assert hidden.code not in board(stage, stage.cast.hoa, "?q=nhan tien").split("<form", 2)[-1]

    def test_the_page_quotes_it_to_receiver_and_reception(self, stage: Stage, hidden: Opinion) -> None:
        head = stage.cast.heads[stage.dialogue.secretariat.code]
        for who in (stage.cast.hoa, head):
            html = browser(who, now=NOW).get(f"/y-kien/{hidden.code}/").content.decode()
            assert SECRET in html
            assert "Hướng dẫn nơi gửi đơn" in html
            assert "Gộp vào ý kiến khác" not in html

    def test_nobody_else_can_do_anything_with_it(self, stage: Stage, hidden: Opinion) -> None:
        with unchanged(Opinion):
            assert press(staff(stage), hidden, "phan-loai", loai="report") == 404
            assert press(stage.cast.leader, hidden, "rut", ly_do="x") == 404

    def test_whoever_finds_out_that_it_is_one_comes_back_to_the_board(self, stage: Stage) -> None:
        row = scene.opinion(stage, SECRET, actor=stage.cast.hoa.as_actor())
        client = browser(staff(stage), now=NOW)
        back = client.post(f"/y-kien/{row.code}/phan-loai/", {"loai": "denunciation", "chu-de": "on"})
        assert back["Location"].startswith(f"/cuoc/{stage.dialogue.code}/y-kien/?da=opinion.classify")
        assert client.get(back["Location"]).status_code == 200


class TestSortingOnTheBoard:
    def act(self, stage: Stage, row: Opinion, slug: str, **fields: str) -> str:
        client = browser(staff(stage), now=NOW)
        names = {name.replace("_", "-"): value for name, value in fields.items()}
        back = client.post(f"/y-kien/{row.code}/{slug}/", {"ve": "bang", **names})
        assert back.status_code == 302
        return client.get(back["Location"]).content.decode()

    def test_a_class_is_one_button_and_can_be_undone_from_the_line_above(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        html = board(stage)
        assert 'name="loai" value="petition" data-key="n"' in html
        html = self.act(stage, row, "phan-loai", loai="petition", chu_de="on", loc="loai=petition&trang=1&xau=1")
        assert f"Xong: Phân loại. {row.code}: Kiến nghị." in html
        assert f'action="/y-kien/{row.code}/hoan-tac/"' in html
        assert 'value="petition" selected' in html, "the filters are as they were"
        assert "xau" not in html
        self.act(stage, row, "hoan-tac")
        row.refresh_from_db()
        assert row.kind == "difficulty"

    def test_a_merge_is_undone_from_the_line_above_and_from_its_row(self, stage: Stage) -> None:
        one, two = scene.opinion(stage, PAPER), scene.opinion(stage, TWIN)
        html = self.act(stage, two, "gop", vao=one.code, ly_do="Trùng nội dung.")
        assert f'action="/y-kien/{two.code}/tach-ra/"' in html
        assert "1 ý kiến gộp vào đây." in html
        assert "Tách ra" in html
        assert 'name="ly-do" value="Gộp nhầm, hoàn tác ngay."' in html
        with unchanged(Opinion):
            assert press(staff(stage), two, "tach-ra") == 409
        self.act(stage, two, "tach-ra", ly_do="Gộp nhầm, hoàn tác ngay.")
        assert state_of(two) == "accepted"

    def test_whoever_makes_a_denunciation_of_it_is_told_who_can_undo_that(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER, actor=stage.cast.hoa.as_actor())
        html = self.act(stage, row, "phan-loai", loai="denunciation", chu_de="on")
        assert "phân loại nhầm thì báo người tiếp công dân" in html
        assert "hoan-tac" not in html

    def test_filters_by_class_and_competent_body_with_counts(self, stage: Stage) -> None:
        one, two = scene.opinion(stage, PAPER), scene.opinion(stage, "Xin mở cửa sáng thứ Bảy", kind="report")
        intake.classify(one, kind="petition", competent="Chi cục Thuế", actor=scene.officer(stage), now=NOW)
        html = board(stage)
        assert "Kiến nghị (1)" in html
        assert "Phản ánh (1)" in html
        for query, shown, hidden in (("loai=report", two, one), ("co-quan=Chi cục Thuế", one, two)):
            html = board(stage, query=f"?{query}")
            assert f'id="{shown.code}"' in html
            assert f'id="{hidden.code}"' not in html
            assert "Thấy 1/2 ý kiến." in html

    def test_nothing_found_says_how_to_get_back(self, stage: Stage) -> None:
        scene.opinion(stage, PAPER)
        html = board(stage, query="?q=zzz")
        assert "Không có ý kiến nào như vậy." in html
        assert f'href="/cuoc/{stage.dialogue.code}/y-kien/"' in html


class TestActs:
    def test_accepting_from_the_board_comes_back_to_it(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        client = browser(staff(stage), now=NOW)
        back = client.post(f"/y-kien/{row.code}/tiep-nhan/", {"ve": "bang"})
        assert back["Location"] == f"/cuoc/{stage.dialogue.code}/y-kien/?da=opinion.accept&ma={row.code}#{row.code}"
        assert state_of(row) == "accepted"
        assert f"Xong: Tiếp nhận. {row.code}: Vướng mắc." in client.get(back["Location"]).content.decode()

    def test_classifying_says_kind_topic_and_procedure(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        procedure = scene.sitting_of(stage).sector.procedures.order_by("name")[0]
        assert press(staff(stage), row, "phan-loai", loai="petition", chu_de="off", thu_tuc=procedure.code) == 302
        row.refresh_from_db()
        assert (row.kind, row.topic, row.procedure) == ("petition", "off", procedure)

    @pytest.mark.parametrize("fields", [{"loai": "bay"}, {"loai": "petition", "chu_de": "x"}, {}])
    def test_a_class_that_is_none_changes_nothing(self, stage: Stage, fields: dict[str, str]) -> None:
        row = scene.opinion(stage, PAPER)
        with unchanged(Opinion):
            assert press(staff(stage), row, "phan-loai", **fields) == 409

    def test_merging_and_parting(self, stage: Stage) -> None:
        one, two = scene.opinion(stage, PAPER), scene.opinion(stage, TWIN)
        assert press(staff(stage), two, "gop", vao=one.code, ly_do="Trùng nội dung.") == 302
        assert state_of(two) == "merged"
        assert two.merged_into == one
        assert str(two.words) == TWIN
        assert press(staff(stage), two, "tach-ra", ly_do="Khác thủ tục") == 302
        assert state_of(two) == "accepted"

    def test_merging_into_what_is_not_there_or_not_to_be_seen_is_the_same(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        hidden = scene.opinion(stage, SECRET, kind="denunciation", actor=stage.cast.hoa.as_actor())
        client = browser(staff(stage), now=NOW)
        for code in (hidden.code, "DH-2021-01-YK99"):
            with unchanged(Opinion):
                response = client.post(f"/y-kien/{row.code}/gop/", {"vao": code, "ly-do": "x"})
            assert response.status_code == 409
            assert f"không thấy ý kiến mã “{code}”" in response.content.decode()

    def test_splitting_at_blank_lines(self, stage: Stage) -> None:
        row = scene.opinion(stage, "Một việc. Hai việc.")
        assert press(staff(stage), row, "chia", phan="Một việc.\r\n\r\nHai việc.") == 302
        part = Opinion.objects.get(split_from=row)
        row.refresh_from_db()
        assert (str(row.summary), str(part.words)) == ("Một việc.", "Hai việc.")

    def test_transferring_drafts_the_slip(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        body = "Chi cục Thuế khu vực"
        with unchanged(Opinion):
            assert press(staff(stage), row, "chuyen", noi_nhan=body, nguoi_ky=stage.cast.clerk.code) == 409
        assert press(staff(stage), row, "chuyen", noi_nhan=body, nguoi_ky=stage.cast.leader.code) == 302
        row.refresh_from_db()
        assert (row.state, row.transfer.body) == ("transferred", body)
        assert row.transfer.document is not None
        assert row.transfer.document.kind == "transfer_slip"

    def test_a_complaint_is_guided_with_the_standing_words(self, stage: Stage) -> None:
        row = scene.opinion(stage, "Tôi khiếu nại quyết định", kind="complaint")
        assert press(staff(stage), row, "huong-dan", loi="") == 302
        assert state_of(row) == "guided"
        assert "gửi đơn đến" in row.guidance.wording

    def test_not_taking_it_needs_a_reason(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        with unchanged(Opinion):
            assert press(staff(stage), row, "khong-nhan", ly_do=" ") == 409
        assert press(staff(stage), row, "khong-nhan", ly_do="Đã giải quyết tuần trước") == 302
        assert state_of(row) == "not_taken"

    def test_whose_act_it_is_not_is_told_so(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        with unchanged(Opinion):
            response = browser(stage.cast.leader, now=NOW).post(f"/y-kien/{row.code}/tiep-nhan/")
        assert response.status_code == 403
        assert "hoặc Văn phòng" in response.content.decode()

    @pytest.mark.parametrize("slug", ["tiep-nhan", "phan-loai", "gop", "chia", "chuyen", "huong-dan", "rut", "bay"])
    def test_the_second_agency_finds_nothing(self, stage: Stage, slug: str) -> None:
        row = scene.opinion(stage, PAPER)
        with unchanged(Opinion):
            assert press(stage.other.leader, row, slug, ly_do="x") == 404

    def test_there_is_no_other_act_and_none_by_a_link(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        client = browser(staff(stage), now=NOW)
        with unchanged(Opinion):
            assert client.post(f"/y-kien/{row.code}/bay/").status_code == 404
            assert client.get(f"/y-kien/{row.code}/tiep-nhan/").status_code == 405


class TestWritingDown:
    def send(self, stage: Stage, who: Staff | None = None, **fields: str) -> tuple[int, str]:
        client = browser(who or staff(stage), now=NOW)
        response = client.post(
            f"/cuoc/{stage.dialogue.code}/y-kien/ghi/", {"door": "phone", "read_back": "yes", **fields}
        )
        return response.status_code, response.content.decode()

    def test_words_kept_on_a_shared_machine_come_back_to_whoever_wrote_them(self, stage: Stage) -> None:
        path = f"/cuoc/{stage.dialogue.code}/y-kien/ghi/"
        pages = [browser(who, now=NOW).get(path).content.decode() for who in (staff(stage), stage.cast.hoa)]
        kept = [re.search('data-keep="([^"]+)"', html) for html in pages]
        names = {found[1] for found in kept if found}
        assert len(names) == 2
        assert all(name.startswith(f"ghi-{stage.dialogue.code}-") for name in names)

    def test_a_person_is_found_without_diacritics(self, stage: Stage) -> None:
        scene.person(stage)
        Person.objects.create(agency=stage.other.agency, code="X1", name="Trần Thị Mẫu", name_folded="tran thi mau")
        html = browser(staff(stage), now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/ghi/?ten=mau tran")
        assert html.content.decode().count("Bà Trần Thị Mẫu") == 1
        assert 'value="X1"' not in html.content.decode()

    def test_the_own_words_are_kept_and_tied_to_the_invitation(self, stage: Stage) -> None:
        invited = scene.invitation(stage, scene.person(stage))
        assert invited.person is not None
        status, _html = self.send(stage, words=PAPER, person=invited.person.code)
        row = Opinion.objects.get()
        assert status == 302
        assert (str(row.words), row.door, row.invitation) == (PAPER, "phone", invited)
        assert (row.sitting, row.received_by) == (invited.sitting, staff(stage))

    def test_two_presses_write_down_one_opinion(self, stage: Stage) -> None:
        """Sent again over a slow line: the same words, the same form."""
        path = f"/cuoc/{stage.dialogue.code}/y-kien/ghi/"
        visitor = browser(staff(stage), now=NOW)
        found = re.search(r'name="lan" value="([0-9a-f]{32})"', visitor.get(path).content.decode())
        assert found
        said = {"door": "phone", "read_back": "yes", "guest": "Ông Ba", "words": PAPER, "lan": found[1]}
        first, second = (visitor.post(path, said) for _press in range(2))
        assert first["Location"] == second["Location"]
        assert Opinion.objects.count() == 1
        assert visitor.post(path, {**said, "words": "Một ý kiến khác hẳn."}).status_code == 302
        assert Opinion.objects.count() == 2

    def test_somebody_who_is_in_no_list_is_written_down_by_name(self, stage: Stage) -> None:
        sitting = scene.sitting_of(stage)
        assert self.send(stage, words=PAPER, guest="Ông Ba xóm chợ", sitting=sitting.code)[0] == 302
        row = Opinion.objects.get()
        assert row.person is not None
        assert (row.guest, row.person.name, row.sitting) == ("", "Ông Ba xóm chợ", sitting)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"words": PAPER}, "Chưa có người."),
            ({"words": "", "guest": "Ông Ba"}, "Để trống. Cần ít nhất một câu."),
            ({"words": PAPER, "guest": "Ông Ba", "door": "floor"}, "Chọn nói trực tiếp, điện thoại hoặc phiếu giấy."),
        ],
    )
    def test_what_is_missing_is_named_and_nothing_stored(
        self, stage: Stage, fields: dict[str, str], sentence: str
    ) -> None:
        with unchanged(Opinion):
            status, html = self.send(stage, None, **fields)
        assert status == 422
        assert sentence in html
        assert fields["words"] in html

    def test_it_was_read_back_or_there_is_a_reason_why_not(self, stage: Stage) -> None:
        for fields, sentence in (
            ({"read_back": ""}, "Cần biết đã đọc lại cho người trình bày chưa."),
            ({"read_back": "no"}, "Cần một câu vì sao chưa đọc lại được."),
        ):
            with unchanged(Opinion):
                status, html = self.send(stage, None, words=PAPER, guest="Ông Ba", **fields)
            assert status == 422
            assert sentence in html
            assert PAPER in html
        assert self.send(stage, words=PAPER, guest="Ông Ba", read_back="no", unread_reason="Máy bận")[0] == 302
        row = Opinion.objects.get()
        assert (row.read_back_at, row.unread_reason, row.received_by) == (None, "Máy bận", staff(stage))
        html = browser(staff(stage), now=NOW).get(f"/y-kien/{row.code}/").content.decode()
        assert "Chưa đọc lại: Máy bận" in html
        assert "Đã đọc lại cho người trình bày" in html
        assert press(staff(stage), row, "doc-lai") == 302
        html = browser(staff(stage), now=NOW).get(f"/y-kien/{row.code}/").content.decode()
        assert "Đã đọc lại lúc 10/12/2021 09:00" in html

    def test_the_paper_is_photographed_and_read_by_those_who_may_read_the_opinion(self, stage: Stage) -> None:
        client = browser(staff(stage), now=NOW)
        paper = SimpleUploadedFile("don.jpg", jpeg())
        fields = {"door": "paper", "read_back": "yes", "words": PAPER, "guest": "Ông Ba", "anh": paper}
        assert client.post(f"/cuoc/{stage.dialogue.code}/y-kien/ghi/", fields).status_code == 302
        row = Opinion.objects.get()
        path = f"/y-kien/{row.code}/giay/1/"
        assert path in client.get(f"/y-kien/{row.code}/").content.decode()
        answer = client.get(path)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Cache-Control"] == "private, no-store"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert browser(now=NOW).get(path).status_code == 302
        assert browser(stage.other.hoa, now=NOW).get(path).status_code == 404
        assert browser(stage.cast.clerk, now=NOW).get(path).status_code == 404
        assert client.get(f"/y-kien/{row.code}/giay/2/").status_code == 404

    def test_a_paper_that_cannot_be_taken_is_named_and_the_words_stay(self, stage: Stage) -> None:
        client = browser(staff(stage), now=NOW)
        fields = {"door": "paper", "read_back": "yes", "words": PAPER, "guest": "Ông Ba"}
        with unchanged(Opinion):
            response = client.post(
                f"/cuoc/{stage.dialogue.code}/y-kien/ghi/", {**fields, "anh": SimpleUploadedFile("a.exe", b"MZ")}
            )
        assert response.status_code == 422
        assert "không phải ảnh JPEG, PNG hay PDF" in response.content.decode()
        assert PAPER in response.content.decode()

    def test_papers_are_added_later(self, stage: Stage) -> None:
        row = scene.opinion(stage, PAPER)
        client = browser(staff(stage), now=NOW)
        back = client.post(f"/y-kien/{row.code}/giay/", {"anh": SimpleUploadedFile("a.jpg", jpeg())})
        assert "Đã thêm giấy tờ." in client.get(back["Location"]).content.decode()
        with unchanged(Opinion, Photo):
            other = browser(stage.other.hoa, now=NOW)
            assert other.post(f"/y-kien/{row.code}/giay/", {"anh": SimpleUploadedFile("a", jpeg())}).status_code == 404

    def test_looking_for_a_procedure_stores_nothing_and_keeps_the_words(self, stage: Stage) -> None:
        name = scene.sitting_of(stage).sector.procedures.order_by("name")[0].name
        with unchanged(Opinion):
            status, html = self.send(stage, words=PAPER, viec="tim", tim=fold(name))
        assert status == 200
        assert name in html
        assert PAPER in html
        found = browser(staff(stage), now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/thu-tuc/", {"tim": fold(name)})
        assert name in [row["name"] for row in found.json()["found"]]
        assert browser(stage.other.hoa, now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/thu-tuc/").status_code == 404

    def test_another_agencys_person_is_not_found(self, stage: Stage) -> None:
        Person.objects.create(agency=stage.other.agency, code="X1", name="Ai đó", name_folded="ai do")
        with unchanged(Opinion):
            assert self.send(stage, words=PAPER, person="X1")[0] == 404

    def test_who_may_not_is_told_whose_it_is(self, stage: Stage) -> None:
        with unchanged(Opinion):
            status, html = self.send(stage, stage.cast.clerk, words=PAPER, guest="Ông Ba")
        assert status == 403
        assert "cán bộ tiếp nhận ý kiến" in html


def test_what_was_guided_offers_nothing_more(stage: Stage) -> None:
    row = scene.opinion(stage, "Tôi khiếu nại", kind="complaint")
    intake.guide(row, actor=scene.officer(stage), now=NOW)
    html = browser(staff(stage), now=NOW).get(f"/y-kien/{row.code}/").content.decode()
    assert "Việc làm được lúc này" not in html
    assert "Đã hướng dẫn" in html


class TestSlip:
    def test_who_was_guided_takes_a_slip_home(self, stage: Stage) -> None:
        row = scene.opinion(stage, "Tôi khiếu nại", kind="complaint")
        path = f"/y-kien/{row.code}/phieu-huong-dan/"
        client = browser(staff(stage), now=NOW)
        assert client.get(path).status_code == 404, "nobody has been guided yet"
        intake.guide(row, actor=scene.officer(stage), now=NOW)
        assert path in client.get(f"/y-kien/{row.code}/").content.decode()
        with unchanged(Opinion, Document):
            html = client.get(path).content.decode()
        assert "Kính gửi: bà Trần Thị Mẫu, Tổ dân phố Mẫu 3" in html
        assert row.guidance.wording in html
        assert "ngày 10 tháng 12 năm 2021" in html

    def test_that_of_a_denunciation_is_for_its_receiver_and_reception(self, stage: Stage) -> None:
        row = scene.opinion(stage, SECRET, kind="denunciation", actor=stage.cast.hoa.as_actor())
        intake.guide(row, actor=scene.reception(stage), now=NOW)
        path = f"/y-kien/{row.code}/phieu-huong-dan/"
        html = browser(stage.cast.hoa, now=NOW).get(path).content.decode()
        assert "Phiếu hướng dẫn" in html
        assert SECRET not in html
        for who in (staff(stage), stage.cast.leader, stage.other.hoa):
            assert browser(who, now=NOW).get(path).status_code == 404
