"""The page behind the personal link: looked at without a trace, answered in one tap, light enough for a cheap phone."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from doithoai.directory.models import Agency
from doithoai.journal.queries import story
from doithoai.kernel import clock
from doithoai.people.actions import give_link
from doithoai.people.models import AccessLink, Attempt, Person
from doithoai.roster import actions
from doithoai.roster.citizen import PER_ADDRESS, WITHIN
from doithoai.roster.models import Invitation
from tests.roster.pages import INLINE, client, personal, text_of
from tests.roster.scene import DAY_OF_SITTING, Scene
from tests.web.visitors import ESCAPED_ATTACK, browser, queries_of, rename_to_attack, unchanged


@pytest.fixture
def invited(scene: Scene) -> Invitation:
    return scene.invite()[0]


def phone_of(scene: Scene) -> Client:
    """A citizen's phone: nobody is signed in, and forms are checked as a browser's are."""
    clock.stand_at(scene.now)
    return Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})


def state_of(row: Invitation) -> str:
    row.refresh_from_db()
    return row.state


class TestLooking:
    def test_it_says_who_what_when_where_and_what_to_bring(self, scene: Scene, invited: Invitation) -> None:
        html = text_of(phone_of(scene), personal(scene, invited))
        for told in (
            invited.name, "Thứ Tư 22/12/2021", "07:30 – ", invited.venue.name, "Giấy mời số 61/", "Mang theo gì",
            "Tôi sẽ đến", "Tôi không đến được", "Đi xe lăn", "Cần phiên dịch", "phương tiện đi lại",
            "Bốc thăm công khai trong số", f"…{((invited.member and invited.member.file_code) or '')[-4:]}",
        ):  # fmt: skip
            assert told in html, told

    def test_a_file_code_is_not_told_to_whom_a_link_was_forwarded(self, scene: Scene, invited: Invitation) -> None:
        assert invited.member is not None
        Person.objects.filter(pk=invited.person_id).update(phone="0905000999")
        html = text_of(phone_of(scene), personal(scene, invited))
        assert invited.member.file_code not in html
        assert "0905000999" not in html
        assert "0905 000 999" not in html

    def test_a_person_to_call_is_always_there(self, scene: Scene, invited: Invitation) -> None:
        drafter = scene.stage.cast.officers[scene.morning.lead.code]
        html = text_of(phone_of(scene), personal(scene, invited))
        assert f'href="tel:{drafter.phone.replace(" ", "")}"' in html
        assert drafter.name in html

    def test_looking_changes_nothing(self, scene: Scene, invited: Invitation) -> None:
        path = personal(scene, invited)
        with unchanged(Invitation, AccessLink, Attempt):
            assert phone_of(scene).get(path).status_code == 200
            assert phone_of(scene).head(path).status_code == 200

    def test_no_cookie_no_cache_no_referrer(self, scene: Scene, invited: Invitation) -> None:
        response = phone_of(scene).get(personal(scene, invited))
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"

    def test_a_hostile_name_is_text(self, scene: Scene, invited: Invitation) -> None:
        assert invited.person is not None
        rename_to_attack(invited.person)
        html = text_of(phone_of(scene), personal(scene, invited))
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_what_it_costs(self, scene: Scene, invited: Invitation) -> None:
        assert queries_of(phone_of(scene), personal(scene, invited)) <= 6

    def test_all_of_it_weighs_less_than_sixty_kilobytes(self, scene: Scene, invited: Invitation) -> None:
        html = text_of(phone_of(scene), personal(scene, invited))
        names = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
        assert len(names) >= 6
        parts = [Path(str(finders.find(name))).read_bytes() for name in names]
        fonts = [Path(str(finders.find(f"fonts/be-vietnam-pro-{weight}.woff2"))).read_bytes() for weight in (400, 600)]
        weight = sum(len(gzip.compress(part, 6)) for part in (html.encode(), *parts)) + sum(map(len, fonts))
        assert weight < 60_000, weight


class TestAnswering:
    def test_yes_in_one_tap(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        response = phone.post(path, {"answer": "co"})
        assert (response.status_code, response["Location"]) == (302, f"{path}?da=invitation.accept")
        assert (state_of(invited), invited.reply_channel) == ("accepted", "link")
        assert "sẽ đến" in text_of(phone, response["Location"])
        assert story(invited.chain, last=1)[0].actor == f"link:{invited.code}"

    def test_needs_are_kept_and_shown_again(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        phone.post(path, {"answer": "co", "needs": ["xe-lan", "phien-dich"], "other": " ngồi gần cửa "})
        assert state_of(invited) == "accepted"
        assert invited.needs == "Đi xe lăn hoặc khó đi lại; Cần phiên dịch; ngồi gần cửa"
        html = text_of(phone, path)
        assert re.findall(r'value="([a-z-]+)" checked', html) == ["xe-lan", "phien-dich"]
        assert 'value="ngồi gần cửa"' in html
        phone.post(path, {"answer": "co"})
        assert (state_of(invited), invited.needs) == ("accepted", "")

    def test_no_calls_the_next_reserve(self, scene: Scene, invited: Invitation) -> None:
        phone_of(scene).post(personal(scene, invited), {"answer": "khong", "reason": "đi làm xa"})
        assert (state_of(invited), invited.reason) == ("declined", "đi làm xa")
        assert Invitation.objects.filter(in_place_of=invited, state="invited").count() == 1

    def test_no_pressed_twice_is_said_once(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        answers = [phone.post(path, {"answer": "khong"}).status_code for _ in range(2)]
        assert answers == [302, 302]
        assert Invitation.objects.filter(in_place_of=invited).count() == 1

    def test_a_mind_may_be_changed_until_the_sitting_begins(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        for answer, state in (("co", "accepted"), ("khong", "declined"), ("co", "accepted")):
            phone.post(path, {"answer": answer})
            assert state_of(invited) == state
        scene.now = scene.morning.starts_at
        response = phone_of(scene).post(path, {"answer": "khong"})
        assert response.status_code == 409
        assert "Đã đến giờ đối thoại" in response.content.decode()
        assert state_of(invited) == "accepted"

    def test_after_the_beginning_there_are_no_buttons_but_the_telephone(
        self, scene: Scene, invited: Invitation
    ) -> None:
        scene.now = scene.morning.starts_at + timedelta(minutes=1)
        html = text_of(phone_of(scene), personal(scene, invited))
        assert "<button" not in html
        assert 'href="tel:' in html

    @pytest.mark.parametrize(
        "sent", [{}, {"answer": "maybe"}, {"answer": "co", "needs": ["x"]}, {"answer": "co", "other": "a\0b"}]
    )
    def test_what_is_no_answer_changes_nothing(self, scene: Scene, invited: Invitation, sent: dict[str, str]) -> None:
        path = personal(scene, invited)
        with unchanged(Invitation):
            response = phone_of(scene).post(path, sent)
        assert response.status_code == 409
        assert "Chưa ghi được:" in response.content.decode()

    def test_somebody_else_is_sent_instead(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        sent = {"answer": "co", "instead": "Nguyễn Văn Thử", "relation": "con trai", "phone": "0905 123 456"}
        assert phone.post(path, sent).status_code == 302
        assert (state_of(invited), invited.instead, invited.instead_phone) == (
            "accepted",
            "Nguyễn Văn Thử",
            "0905123456",
        )
        html = text_of(phone, path)
        assert "Người đi thay: Nguyễn Văn Thử, con trai" in html
        assert "Tôi sẽ tự đến" in html
        phone.post(
            path, {"answer": "co", "needs": ["xe-lan"], **{name: sent[name] for name in ("instead", "relation")}}
        )
        assert (state_of(invited), invited.instead) == ("accepted", "Nguyễn Văn Thử"), "needs alone change nothing else"
        phone.post(path, {"answer": "co"})
        assert (state_of(invited), invited.instead) == ("accepted", "")

    def test_what_was_typed_is_not_lost_when_something_is_missing(self, scene: Scene, invited: Invitation) -> None:
        sent = {
            "answer": "co",
            "instead": "Nguyễn Văn Thử",
            "relation": "con trai",
            "phone": "12",
            "other": "ngồi gần cửa",
        }
        response = phone_of(scene).post(personal(scene, invited), {**sent, "needs": ["xe-lan"]})
        html = response.content.decode()
        assert response.status_code == 409
        assert "“12” không phải số điện thoại" in html
        for typed in ("Nguyễn Văn Thử", "con trai", "12", "ngồi gần cửa"):
            assert f'value="{typed}"' in html
        assert 'value="xe-lan" checked' in html
        assert state_of(invited) == "invited"

    def test_a_delegate_answers_the_same_way(self, scene: Scene) -> None:
        actions.invite_delegates(scene.morning, actor=scene.lead, now=scene.now)
        scene.issue(
            actions.draft_delegate_invitations(scene.morning, signer=scene.head, actor=scene.lead, now=scene.now)
        )
        row = Invitation.objects.filter(route="delegate", state="invited")[0]
        path, phone = personal(scene, row), phone_of(scene)
        assert row.guest in text_of(phone, path)
        phone.post(path, {"answer": "co"})
        assert state_of(row) == "accepted"

    def test_a_letter_that_is_not_issued_cannot_be_answered(self, scene: Scene) -> None:
        scene.draw()
        row = scene.drawn("Hòa Vinh")[0]
        path = personal(scene, row)
        assert "chưa phát hành" in text_of(phone_of(scene), path)
        assert phone_of(scene).post(path, {"answer": "co"}).status_code == 409
        assert state_of(row) == "drawn"

    def test_a_person_answers_for_nobody_else(self, scene: Scene, invited: Invitation) -> None:
        other = scene.drawn("Hòa Vinh")[1]
        phone_of(scene).post(personal(scene, invited), {"answer": "khong", "code": other.code})
        assert (state_of(invited), state_of(other)) == ("declined", "invited")


class TestVoid:
    def seen(self, scene: Scene, path: str, status: int) -> str:
        phone = phone_of(scene)
        page = phone.get(path)
        assert (page.status_code, page["Cache-Control"]) == (status, "no-store")
        assert phone.post(path, {"answer": "co"}).status_code == status
        html = page.content.decode()
        assert not INLINE.search(html)
        return html

    def test_unknown_expired_and_foreign_links_sound_alike_and_name_a_telephone(
        self, scene: Scene, invited: Invitation
    ) -> None:
        agency = scene.morning.agency
        expired = give_link(agency, purpose="invitation", code=invited.code, expires_at=scene.now)
        wrong = give_link(agency, purpose="sign-in", code=invited.code, expires_at=scene.morning.ends_at)
        pages = {self.seen(scene, f"/moi/{token}/", 410) for token in (expired, wrong, "0" * 32)}
        assert len(pages) == 1
        assert "Đường dẫn không còn dùng được." in pages.copy().pop()
        assert f'href="tel:{agency.phone.replace(" ", "")}"' in pages.pop()
        assert state_of(invited) == "invited"

    def test_two_agencies_of_one_name_and_number_are_named_once(self, scene: Scene, invited: Invitation) -> None:
        agency = scene.morning.agency
        Agency.objects.update(name=agency.name, phone=agency.phone)
        html = self.seen(scene, f"/moi/{'0' * 32}/", 410)
        assert html.count(f'<p>{agency.name}: <a class="nowrap"') == 1

    def test_a_withdrawn_invitation_says_so_kindly_and_not_why(self, scene: Scene, invited: Invitation) -> None:
        path = personal(scene, invited)
        actions.withdraw_invitation(invited, reason="nhầm người", actor=scene.head.as_actor(), now=scene.now)
        html = self.seen(scene, path, 410)
        assert "Giấy mời này đã được thu lại" in html
        assert "không cần đến nữa. Cơ quan xin lỗi" in html
        assert 'href="tel:' in html
        assert "nhầm người" not in html
        assert "<button" not in html
        assert state_of(invited) == "withdrawn"

    def test_a_link_of_the_other_agency_opens_no_invitation_of_this_one(
        self, scene: Scene, invited: Invitation
    ) -> None:
        other = scene.stage.other.agency
        token = give_link(other, purpose="invitation", code=invited.code, expires_at=scene.morning.ends_at)
        assert invited.name not in self.seen(scene, f"/moi/{token}/", 410)

    def test_guessing_is_limited_by_address_and_only_by_posts(self, scene: Scene, invited: Invitation) -> None:
        path, phone = personal(scene, invited), phone_of(scene)
        for number in range(PER_ADDRESS):
            phone.post(f"/moi/{number:032x}/", {"answer": "co"})
        response = phone.post(path, {"answer": "co"})
        assert response.status_code == 429
        assert "thử quá nhiều lần" in response.content.decode()
        assert phone.get(path).status_code == 200
        clock.stand_at(scene.now + WITHIN + timedelta(seconds=1))
        assert phone.post(path, {"answer": "co"}).status_code == 302

    def test_staff_may_look_too(self, scene: Scene, invited: Invitation) -> None:
        assert invited.name in text_of(client(scene), personal(scene, invited))

    def test_on_the_day_it_still_shows_where_to_go(self, scene: Scene, invited: Invitation) -> None:
        path = personal(scene, invited)
        assert invited.venue.name in text_of(browser(now=DAY_OF_SITTING), path)
