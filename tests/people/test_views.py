"""Coming in and going out: proof, limits, links, and what stays unsaid."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from doithoai.journal.queries import story
from doithoai.kernel import chance, clock
from doithoai.people.actions import give_link
from doithoai.people.models import AccessLink, Attempt, Staff
from doithoai.people.views import PER_ACCOUNT, PER_ADDRESS, WITHIN
from tests.cast import Stage
from tests.web.visitors import ESCAPED_ATTACK, WEDNESDAY, browser, rename_to_attack, unchanged

PASSWORD = "một mật khẩu dài"
UNKNOWN = "Tên tài khoản hoặc mật khẩu không khớp."
TOO_OFTEN = "Đã thử quá nhiều lần."


@pytest.fixture
def hoa(stage: Stage) -> Staff:
    staff = stage.cast.hoa
    staff.password = make_password(PASSWORD)
    staff.save()
    return staff


def knock(client: Client, username: str, password: str, **more: str) -> int:
    return client.post("/vao/", {"username": username, "password": password, **more}).status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestByPassword:
    def test_the_right_password_leads_to_the_desk(self, hoa: Staff) -> None:
        client = browser()
        response = client.post("/vao/", {"username": hoa.username, "password": PASSWORD})
        assert response["Location"] == "/"
        assert is_in(client)
        assert client.get("/").status_code == 200

    def test_it_leads_on_to_where_one_wanted_to_go(self, hoa: Staff) -> None:
        client = browser()
        sent = client.get("/cuoc/")
        assert sent["Location"] == "/vao/?toi=%2Fcuoc%2F"
        assert 'name="toi" value="/cuoc/"' in client.get(sent["Location"]).content.decode()
        response = client.post("/vao/", {"username": hoa.username, "password": PASSWORD, "toi": "/cuoc/"})
        assert response["Location"] == "/cuoc/"

    def test_it_never_leads_elsewhere(self, hoa: Staff) -> None:
        response = browser().post("/vao/", {"username": hoa.username, "password": PASSWORD, "toi": "//x.vn/"})
        assert response["Location"] == "/"

    def test_coming_in_stands_in_the_journal_of_the_agency(self, hoa: Staff) -> None:
        knock(browser(), hoa.username, PASSWORD)
        line = story(hoa.agency.chain, last=1)[0]
        assert (line.verb, line.actor, line.facts) == ("staff.sign_in", hoa.ref, {"staff": hoa.code, "by": "password"})

    def test_the_session_gets_a_new_key(self, hoa: Staff) -> None:
        client = browser()
        session = client.session
        session["x"] = 1
        session.save()
        before = session.session_key
        knock(client, hoa.username, PASSWORD)
        assert client.session.session_key != before

    @pytest.mark.parametrize("username", ["dh.hoa", "dh.nobody", "xk.hoa"])
    def test_wrong_name_and_wrong_password_sound_alike(self, hoa: Staff, username: str) -> None:
        response = browser().post("/vao/", {"username": username, "password": "sai"})
        assert response.status_code == 422
        assert UNKNOWN in response.content.decode()

    def test_wrong_name_and_wrong_password_cost_the_same_hash(
        self, hoa: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tests.hashers import QuickArgon2

        made: list[str] = []
        encode = QuickArgon2.encode
        monkeypatch.setattr(QuickArgon2, "encode", lambda self, *given: made.append("x") or encode(self, *given))
        verify = QuickArgon2.verify
        monkeypatch.setattr(QuickArgon2, "verify", lambda self, *given: made.append("x") or verify(self, *given))
        costs = []
        for username in (hoa.username, "dh.nobody", "xk.hoa"):
            made.clear()
            knock(browser(), username, "sai")
            costs.append(len(made))
        assert costs == [1, 1, 1]

    def test_somebody_who_has_left_does_not_come_in(self, hoa: Staff) -> None:
        Staff.objects.filter(pk=hoa.pk).update(is_active=False)
        client = browser()
        assert knock(client, hoa.username, PASSWORD) == 422
        assert not is_in(client)

    def test_somebody_who_leaves_while_signed_in_is_out(self, hoa: Staff) -> None:
        client = browser(hoa)
        assert client.get("/").status_code == 200
        Staff.objects.filter(pk=hoa.pk).update(is_active=False)
        assert client.get("/").status_code == 302

    def test_an_empty_field_says_what_is_missing_and_counts_no_attempt(self, hoa: Staff) -> None:
        response = browser().post("/vao/", {"username": hoa.username, "password": ""})
        html = response.content.decode()
        assert "Để trống. Cần mật khẩu." in html
        assert f'value="{hoa.username}"' in html
        assert Attempt.objects.count() == 0

    def test_the_password_is_never_shown_again(self, hoa: Staff) -> None:
        response = browser().post("/vao/", {"username": hoa.username, "password": "mật khẩu sai rồi"})
        assert "mật khẩu sai rồi" not in response.content.decode()

    def test_markup_typed_as_a_name_stays_text(self, hoa: Staff) -> None:
        html = browser().post("/vao/", {"username": "<img src=x onerror=alert(1)>", "password": "x"}).content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_who_is_in_needs_no_sign_in_page(self, hoa: Staff) -> None:
        assert browser(hoa).get("/vao/")["Location"] == "/"


class TestLimits:
    def test_an_account_is_tried_five_times_in_a_quarter_of_an_hour(self, hoa: Staff) -> None:
        assert [knock(browser(), hoa.username, "sai") for _ in range(PER_ACCOUNT)] == [422] * PER_ACCOUNT
        response = browser().post("/vao/", {"username": hoa.username, "password": PASSWORD})
        assert response.status_code == 429
        assert TOO_OFTEN in response.content.decode()

    def test_an_unknown_account_is_limited_just_so(self, hoa: Staff) -> None:
        tried = [knock(browser(), "dh.nobody", "sai") for _ in range(PER_ACCOUNT + 1)]
        assert tried == [422] * PER_ACCOUNT + [429]

    def test_case_and_diacritics_make_no_second_account(self, hoa: Staff) -> None:
        spellings = [hoa.username, hoa.username.upper(), f" {hoa.username}", "dh.hòa", "DH.Hoa"]
        assert [knock(browser(), name, "sai") for name in spellings] == [422] * 5
        assert knock(browser(), hoa.username, PASSWORD) == 429

    def test_after_a_quarter_of_an_hour_one_may_try_again(self, hoa: Staff) -> None:
        for _ in range(PER_ACCOUNT):
            knock(browser(), hoa.username, "sai")
        later = browser(now=WEDNESDAY + WITHIN + timedelta(seconds=1))
        assert knock(later, hoa.username, PASSWORD) == 302

    def test_coming_in_forgives_earlier_failures(self, hoa: Staff) -> None:
        for _ in range(PER_ACCOUNT - 1):
            knock(browser(), hoa.username, "sai")
        assert knock(browser(), hoa.username, PASSWORD) == 302
        assert [knock(browser(), hoa.username, "sai") for _ in range(PER_ACCOUNT)] == [422] * PER_ACCOUNT

    def test_an_address_is_let_try_twenty_times_over_all_accounts(self, hoa: Staff) -> None:
        client = browser()
        tried = [knock(client, f"dh.ai-do-{n}", "sai") for n in range(PER_ADDRESS + 1)]
        assert tried == [422] * PER_ADDRESS + [429]
        other = client.post("/vao/", {"username": hoa.username, "password": PASSWORD}, REMOTE_ADDR="10.0.0.9")
        assert other.status_code == 302

    def test_neither_name_nor_address_is_stored(self, hoa: Staff) -> None:
        knock(browser(), hoa.username, "sai")
        stored = " ".join(Attempt.objects.values_list("key", flat=True))
        assert "127.0.0.1" not in stored
        assert hoa.username not in stored


def link_of(staff: Staff, *, single: bool = True, hours: int = 1) -> str:
    return give_link(
        staff.agency,
        purpose="sign-in",
        code=staff.code,
        staff=staff,
        single_use=single,
        expires_at=WEDNESDAY + timedelta(hours=hours),
    )


class TestByLink:
    def test_looking_changes_nothing(self, hoa: Staff) -> None:
        token = link_of(hoa)
        client = browser()
        with unchanged(AccessLink, Attempt, Staff):
            html = client.get(f"/vao/{token}/").content.decode()
        assert hoa.name in html
        assert '<form method="post">' in html
        assert not is_in(client)

    def test_the_button_signs_in(self, hoa: Staff) -> None:
        client = browser()
        assert client.post(f"/vao/{link_of(hoa)}/")["Location"] == "/"
        assert client.get("/").status_code == 200
        assert story(hoa.agency.chain, last=1)[0].facts == {"staff": hoa.code, "by": "link"}

    def test_a_single_use_link_works_once(self, hoa: Staff) -> None:
        token = link_of(hoa)
        browser().post(f"/vao/{token}/")
        again = browser()
        assert again.get(f"/vao/{token}/").status_code == 409
        assert again.post(f"/vao/{token}/").status_code == 409
        assert not is_in(again)

    def test_a_link_for_a_while_works_again(self, hoa: Staff) -> None:
        token = link_of(hoa, single=False)
        assert [browser().post(f"/vao/{token}/").status_code for _ in range(2)] == [302, 302]

    def test_an_expired_link_is_dead(self, hoa: Staff) -> None:
        token = link_of(hoa, hours=1)
        late = browser(now=WEDNESDAY + timedelta(hours=1))
        assert late.post(f"/vao/{token}/").status_code == 409
        assert not is_in(late)

    def test_unknown_expired_and_spent_sound_alike(self, hoa: Staff) -> None:
        spent, expired = link_of(hoa), link_of(hoa, hours=-1)
        browser().post(f"/vao/{spent}/")
        pages = {browser().get(f"/vao/{token}/").content for token in (spent, expired, "0" * 32)}
        assert len(pages) == 1
        assert "Đường dẫn không còn dùng được." in pages.pop().decode()

    def test_a_link_for_something_else_does_not_sign_in(self, hoa: Staff) -> None:
        token = give_link(
            hoa.agency, purpose="invitation", code="x", staff=hoa, expires_at=WEDNESDAY + timedelta(hours=1)
        )
        assert browser().post(f"/vao/{token}/").status_code == 409

    def test_the_link_of_somebody_who_has_left_is_dead(self, hoa: Staff) -> None:
        token = link_of(hoa)
        Staff.objects.filter(pk=hoa.pk).update(is_active=False)
        assert browser().post(f"/vao/{token}/").status_code == 409
        assert not AccessLink.objects.get(token_hash=chance.hashed(token)).used_at

    def test_guessing_is_limited_by_address(self, hoa: Staff) -> None:
        client = browser()
        for n in range(PER_ADDRESS):
            client.post(f"/vao/{n:032x}/")
        response = client.post(f"/vao/{link_of(hoa)}/")
        assert TOO_OFTEN in response.content.decode()
        assert not is_in(client)

    def test_a_name_full_of_markup_stays_text(self, hoa: Staff) -> None:
        rename_to_attack(hoa)
        html = browser().get(f"/vao/{link_of(hoa)}/").content.decode()
        assert ESCAPED_ATTACK in html
        assert "<img" not in html


class TestLeaving:
    def test_leaving_ends_the_session(self, hoa: Staff) -> None:
        client = browser(hoa)
        assert client.post("/ra/")["Location"] == "/vao/"
        assert not is_in(client)
        assert client.get("/").status_code == 302

    def test_a_link_to_leave_does_nothing(self, hoa: Staff) -> None:
        client = browser(hoa)
        assert client.get("/ra/").status_code == 405
        assert is_in(client)

    def test_a_session_ends_by_itself(self, hoa: Staff) -> None:
        client = browser(hoa)
        assert client.session.get_expiry_age() == 8 * 3600


def test_the_clock_of_the_tests_stands(stage: Stage) -> None:
    browser()
    assert clock.now() == WEDNESDAY
