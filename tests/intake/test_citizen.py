"""The page behind a personal link: own words go in, a code comes back, and nobody else sees either."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.intake.citizen import PER_LINK
from doithoai.intake.models import Opinion, Photo
from doithoai.kernel import chance, plugs
from doithoai.people.actions import give_link, keep_text
from doithoai.people.models import Person
from doithoai.roster.models import Invitation
from doithoai.rules.vietnamese import fold
from doithoai.web.templatetags.parts import day
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.intake.test_imports import jpeg
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged

WORDS = "Hồ sơ của tôi bị trả hai lần vì hai lý do khác nhau."


@pytest.fixture
def invitation(stage: Stage) -> Invitation:
    return scene.invitation(stage, scene.person(stage))


def token_of(invitation: Invitation) -> str:
    return give_link(
        invitation.agency, purpose="invitation", code=invitation.code, expires_at=invitation.sitting.ends_at
    )


@pytest.fixture
def address(invitation: Invitation) -> str:
    return f"/moi/{token_of(invitation)}/y-kien/"


def with_place() -> bytes:
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (40, 30)).save(out, "JPEG", exif=exif)
    assert b"Exif" in out.getvalue()
    return out.getvalue()


def visitor() -> Client:
    return browser(now=NOW)


def send(address: str, words: str = WORDS, **fields: str) -> str:
    response = visitor().post(address, {"words": words, **fields})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


class TestSending:
    def test_the_words_are_kept_as_they_were_written(self, invitation: Invitation, address: str) -> None:
        procedure = invitation.sitting.sector.procedures.order_by("name")[0]
        back = send(address, f"  {WORDS}\nXin xem lại.", procedure=procedure.code, file_code="HKD-0001")
        opinion = Opinion.objects.get()
        assert str(opinion.words).replace("\r", "") == f"{WORDS}\nXin xem lại."
        assert (opinion.door, opinion.state, opinion.invitation) == ("link", "received", invitation)
        assert (opinion.person, opinion.sitting) == (invitation.person, invitation.sitting)
        assert (opinion.procedure, opinion.file_code) == (procedure, "HKD-0001")
        assert opinion.received_by is None
        assert back == f"{address}?da=opinion.receive&ma={opinion.code}"

    def test_the_receipt_gives_code_state_and_holder(self, stage: Stage, address: str) -> None:
        html = visitor().get(send(address)).content.decode()
        opinion = Opinion.objects.get()
        assert f"Đã nhận. Mã ý kiến: {opinion.code}" in html
        assert "Mới nhận" in html
        assert f"Nơi đang giữ: {scene.sitting_of(stage).lead.name}." in html
        assert f'data-sent="{opinion.invitation.code}"' in html  # type: ignore[union-attr]  # sent by its link

    def test_another_matter_needs_no_procedure(self, address: str) -> None:
        send(address, procedure="")
        assert Opinion.objects.get().procedure is None

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"words": "   "}, "Để trống. Cần ít nhất một câu."),
            ({"words": "x" * 5001}, "Dài 5001 chữ cái. Nhiều nhất 5000"),
            ({"words": WORDS, "procedure": "không có"}, "Chọn một thủ tục trong danh sách"),
            ({"words": WORDS, "file_code": "9" * 41}, "Mã hồ sơ có nhiều nhất 40."),
        ],
    )
    def test_what_does_not_fit_is_named_and_the_words_stay(
        self, address: str, fields: dict[str, str], sentence: str
    ) -> None:
        with unchanged(Opinion):
            response = visitor().post(address, fields)
        assert response.status_code == 422
        html = response.content.decode()
        assert sentence in html
        assert f">{fields['words']}</textarea>" in html

    def test_a_script_in_the_words_stays_text(self, invitation: Invitation, address: str) -> None:
        rename_to_attack(invitation.person)  # type: ignore[arg-type]  # a citizen's invitation
        html = visitor().get(send(address, "<script>alert(1)</script>")).content.decode()
        assert ESCAPED_ATTACK in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script>" not in html

    def test_a_photographed_paper_comes_along_without_its_place(self, stage: Stage, address: str) -> None:
        response = visitor().post(address, {"words": WORDS, "anh": SimpleUploadedFile("a.jpg", with_place())})
        assert response.status_code == 302
        photo = Opinion.objects.get().photos.get()
        assert b"Exif" not in plugs.files().get(photo.sha256)
        assert "Kèm 1 tệp giấy tờ." in visitor().get(response["Location"]).content.decode()
        assert visitor().get(f"/y-kien/{photo.opinion.code}/giay/1/").status_code == 302, "staff only, never by a link"

    def test_a_paper_that_cannot_be_taken_is_named_and_the_words_stay(self, address: str) -> None:
        with unchanged(Opinion, Photo):
            response = visitor().post(address, {"words": WORDS, "anh": SimpleUploadedFile("a.exe", b"MZ")})
        assert response.status_code == 422
        assert "không phải ảnh JPEG, PNG hay PDF" in response.content.decode()
        assert f">{WORDS}</textarea>" in response.content.decode()

    def test_a_paper_is_added_later(self, address: str) -> None:
        send(address)
        code = Opinion.objects.get().code
        back = visitor().post(f"{address}{code}/giay/", {"anh": SimpleUploadedFile("a.jpg", jpeg())})
        assert "Đã thêm giấy tờ." in visitor().get(back["Location"]).content.decode()
        assert Photo.objects.count() == 1

    def test_what_is_sent_twice_because_the_line_broke_is_one(self, address: str) -> None:
        paper = SimpleUploadedFile("a.jpg", jpeg())
        first = visitor().post(address, {"words": WORDS, "anh": paper})["Location"]
        paper.seek(0)
        assert visitor().post(address, {"words": WORDS, "anh": paper})["Location"] == first
        assert Opinion.objects.count() == 1
        visitor().post(address, {"words": WORDS, "anh": SimpleUploadedFile("b.jpg", jpeg("red"))})
        assert Opinion.objects.count() == 2, "another paper is another sending"

    def test_a_procedure_of_any_sector_is_found_without_diacritics(self, stage: Stage, address: str) -> None:
        other = scene.sitting_of(stage, 2).sector.procedures.order_by("name")[0]
        assert other.name not in visitor().get(address).content.decode()
        with unchanged(Opinion):
            html = visitor().post(address, {"words": WORDS, "viec": "tim", "tim": fold(other.name)}).content.decode()
        assert other.name in html
        assert f">{WORDS}</textarea>" in html
        assert "Để trống." not in html
        found = visitor().get(f"{address}thu-tuc/", {"tim": fold(other.name)}).json()["found"]
        assert other.name in [row["name"] for row in found]
        send(address, procedure=next(row["value"] for row in found if row["name"] == other.name))
        assert Opinion.objects.get().procedure == other

    def test_looking_for_a_procedure_is_no_try(self, address: str) -> None:
        for _time in range(PER_LINK + 3):
            assert visitor().post(address, {"words": "", "viec": "tim", "tim": "x"}).status_code == 200
        send(address)

    def test_too_many_in_an_hour_are_asked_to_wait(self, address: str) -> None:
        for at in range(PER_LINK):
            send(address, f"Việc thứ {at + 1}")
        with unchanged(Opinion):
            response = visitor().post(address, {"words": WORDS})
        assert response.status_code == 409
        assert "Đã thử quá nhiều lần. Xin chờ 60 phút" in response.content.decode()
        later = browser(now=NOW + timedelta(minutes=61)).post(address, {"words": WORDS})
        assert later.status_code == 302

    def test_before_the_plan_is_issued_nothing_is_taken(self, stage: Stage, address: str) -> None:
        type(stage.dialogue).objects.update(state="draft")
        with unchanged(Opinion):
            response = visitor().post(address, {"words": WORDS})
        assert response.status_code == 409
        assert "Chưa nhận được: cuộc đối thoại đang ở trạng thái" in response.content.decode()


class TestOwnList:
    def test_it_shows_ones_own_and_nobody_elses(self, stage: Stage, invitation: Invitation, address: str) -> None:
        send(address)
        scene.opinion(stage, "Lời của người khác", who=scene.person(stage, "Lê Văn Thử", "nam", "0900000009"))
        html = visitor().get(address).content.decode()
        assert WORDS in html
        assert "Lời của người khác" not in html

    def test_a_receipt_is_not_given_for_anothers_code(self, stage: Stage, address: str) -> None:
        other = scene.opinion(stage, "Lời của người khác", who=scene.person(stage, "Lê Văn Thử", "nam", "0900000009"))
        html = visitor().get(f"{address}?da=opinion.receive&ma={other.code}").content.decode()
        assert "Đã nhận." not in html
        assert other.code not in html

    def test_it_says_which_office_has_it_now(self, stage: Stage, address: str) -> None:
        send(address)
        opinion = Opinion.objects.get()
        intake.accept(opinion, actor=scene.officer(stage), now=NOW)
        office = stage.cast.agency.offices.filter(kind="one_stop")[0]
        answers.assign(opinion, lead=office, actor=stage.cast.hoa.as_actor(), now=NOW)
        html = visitor().get(address).content.decode()
        assert f"Nơi đang giữ: {office.name}." in html
        assert "Đang xử lý" in html

    def test_it_says_since_when_and_until_when(self, stage: Stage, address: str) -> None:
        send(address)
        html = visitor().get(address).content.decode()
        assert "Giữ từ thứ Sáu 10/12/2021." in html
        assert "Cơ quan báo kết quả xử lý chậm nhất thứ Sáu 24/12/2021." in html
        opinion = Opinion.objects.get()
        intake.accept(opinion, actor=scene.officer(stage), now=NOW)
        later = NOW + timedelta(days=3)
        lead = scene.sitting_of(stage).lead
        answer = answers.assign(opinion, lead=lead, actor=stage.cast.hoa.as_actor(), now=later)
        html = visitor().get(address).content.decode()
        assert "Giữ từ thứ Hai 13/12/2021." in html
        assert answer.due_on is not None
        assert f"Trả lời chậm nhất {day(answer.due_on)}." in html

    def test_an_answer_is_shown_once_it_is_given_and_no_draft_before(self, stage: Stage, address: str) -> None:
        send(address)
        opinion = Opinion.objects.get()
        intake.accept(opinion, actor=scene.officer(stage), now=NOW)
        answer = answers.assign(opinion, lead=scene.sitting_of(stage).lead, actor=stage.cast.hoa.as_actor(), now=NOW)
        text = keep_text(opinion.agency, "Từ nay nộp một lần.")
        Answer.objects.filter(pk=answer.pk).update(state="drafted", text=text, next_step="Đến Một cửa.")
        assert "Từ nay nộp một lần." not in visitor().get(address).content.decode()
        Answer.objects.filter(pk=answer.pk).update(state="issued", issued_on=date(2021, 12, 20))
        intake.close(opinion, actor=scene.SYSTEM, now=NOW)
        html = visitor().get(address).content.decode()
        assert "Đã trả lời thứ Hai 20/12/2021" in html
        assert "Từ nay nộp một lần." in html
        assert "Đến Một cửa." in html

    def test_what_staff_wrote_down_names_who_helped(self, stage: Stage, invitation: Invitation, address: str) -> None:
        officer = stage.cast.officers[scene.sitting_of(stage).lead.code]
        scene.opinion(stage, WORDS, who=invitation.person, invitation=invitation, read_back=True)
        html = visitor().get(address).content.decode()
        assert f"{officer.name} ghi giúp." in html
        assert "Đã đọc lại cho ông (bà) nghe lúc 10/12/2021 09:00." in html

    def test_a_reason_for_not_taking_it_is_told(self, stage: Stage, address: str) -> None:
        send(address)
        intake.not_take(Opinion.objects.get(), reason="Đã giải quyết", actor=scene.officer(stage), now=NOW)
        html = visitor().get(address).content.decode()
        assert "Lý do: Đã giải quyết" in html
        assert "Nơi đang giữ" not in html

    def test_guidance_for_a_complaint_is_shown(self, stage: Stage, address: str) -> None:
        send(address)
        opinion = Opinion.objects.get()
        intake.classify(opinion, kind="complaint", actor=scene.officer(stage), now=NOW)
        intake.guide(opinion, wording="Xin gửi đơn đến bộ phận tiếp công dân.", actor=scene.officer(stage), now=NOW)
        assert "Xin gửi đơn đến bộ phận tiếp công dân." in visitor().get(address).content.decode()

    def test_many_cost_as_many_queries_as_few(self, stage: Stage, address: str) -> None:
        send(address)
        few = queries_of(visitor(), address)
        for at in range(6):
            send(address, f"Việc thứ {at}")
        assert queries_of(visitor(), address) == few <= 8


class TestWithdrawing:
    def test_what_was_sent_can_be_taken_back(self, address: str) -> None:
        send(address)
        opinion = Opinion.objects.get()
        back = visitor().post(f"{address}{opinion.code}/rut/")
        assert back["Location"] == f"{address}?da=opinion.withdraw"
        opinion.refresh_from_db()
        assert opinion.state == "withdrawn"
        html = visitor().get(back["Location"]).content.decode()
        assert "Đã rút ý kiến." in html
        assert "Rút ý kiến này" not in html

    def test_a_second_time_is_refused_in_words(self, address: str) -> None:
        send(address)
        code = Opinion.objects.get().code
        visitor().post(f"{address}{code}/rut/")
        with unchanged(Opinion):
            response = visitor().post(f"{address}{code}/rut/")
        assert response.status_code == 409
        assert "Chưa rút được" in response.content.decode()

    def test_anothers_is_not_found(self, stage: Stage, address: str) -> None:
        other = scene.opinion(stage, who=scene.person(stage, "Lê Văn Thử", "nam", "0900000009"))
        with unchanged(Opinion):
            assert visitor().post(f"{address}{other.code}/rut/").status_code == 404

    def test_a_link_takes_nothing_back(self, address: str) -> None:
        send(address)
        with unchanged(Opinion):
            assert visitor().get(f"{address}{Opinion.objects.get().code}/rut/").status_code == 405


class TestAddress:
    def test_looking_changes_nothing_and_is_kept_nowhere(self, address: str) -> None:
        with unchanged(Opinion, Person, Invitation):
            response = visitor().get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies

    def test_an_unknown_address_says_whom_to_call(self, stage: Stage) -> None:
        response = visitor().get(f"/moi/{chance.token()}/y-kien/")
        assert response.status_code == 410
        assert "Xin gọi số điện thoại ghi trên giấy mời." in response.content.decode()

    def test_after_the_sitting_the_address_is_void(self, stage: Stage, address: str) -> None:
        with unchanged(Opinion):
            response = browser(now=scene.AFTER).post(address, {"words": WORDS})
        assert response.status_code == 410

    def test_a_void_address_names_what_the_device_kept_of_it_alone(self, invitation: Invitation, address: str) -> None:
        html = browser(now=scene.AFTER).get(address).content.decode()
        assert f'data-unsent="{invitation.code}"' in html
        assert html.count("data-unsent") == 1
        unknown = visitor().get(f"/moi/{chance.token()}/y-kien/").content.decode()
        assert "data-unsent" not in unknown
        assert "draft.js" not in unknown

    def test_a_withdrawn_invitation_opens_nothing(self, invitation: Invitation, address: str) -> None:
        Invitation.objects.filter(pk=invitation.pk).update(state="withdrawn")
        response = visitor().get(address)
        assert response.status_code == 410
        assert "đã được thu lại" in response.content.decode()

    def test_a_link_for_signing_in_opens_nothing_here(self, stage: Stage, invitation: Invitation) -> None:
        token = give_link(
            invitation.agency, purpose="sign-in", code=invitation.code, expires_at=invitation.sitting.ends_at
        )
        assert visitor().get(f"/moi/{token}/y-kien/").status_code == 410

    def test_it_needs_no_account_and_no_token_of_a_form(self, address: str) -> None:
        visitor()  # stops the clock
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(address, {"words": WORDS}).status_code == 302

    def test_the_page_runs_nothing_of_its_own(self, address: str) -> None:
        html = visitor().get(address).content.decode()
        assert 'src="/static/intake/draft' in html
        assert "style=" not in html
        assert " placeholder=" not in html
        assert "Không nhập thông tin thuộc bí mật nhà nước." in html
