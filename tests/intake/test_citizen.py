"""The page behind a personal link: own words go in, a code comes back, and nobody else sees either."""

from datetime import timedelta

import pytest
from django.test import Client

from doithoai.answers import actions as answers
from doithoai.intake import actions as intake
from doithoai.intake.citizen import PER_LINK
from doithoai.intake.models import Opinion
from doithoai.kernel import chance
from doithoai.people.actions import give_link
from doithoai.people.models import Person
from doithoai.roster.models import Invitation
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
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
