"""Doors, headers, refusals and the frame around every page."""

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from doithoai.directory.models import Installation
from doithoai.kernel.access import ANYONE, Actor, NotNow, NotYours, Overtaken
from doithoai.web import doors
from doithoai.web.context import Frame, frame, frame_of, set_frame
from doithoai.web.middleware import POLICY, Refusals
from tests.cast import Stage
from tests.web.visitors import browser


def asked(path: str = "/", *, actor: Actor = ANYONE, method: str = "get", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)(path, headers=headers)
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware of people does
    return request


def page(request: HttpRequest, /) -> HttpResponse:
    return HttpResponse("trong nhà")


class TestDoors:
    def test_anyone_is_sent_to_sign_in_and_back(self) -> None:
        response = doors.staff_only(page)(asked("/cuoc/DH-2021-01/?trang=2"))
        assert response.status_code == 302
        assert response["Location"] == "/vao/?toi=%2Fcuoc%2FDH-2021-01%2F%3Ftrang%3D2"

    def test_whoever_wanted_to_act_comes_back_to_the_desk(self) -> None:
        assert doors.staff_only(page)(asked("/van-ban/X/duyet/", method="post"))["Location"] == "/vao/"

    def test_the_holder_of_a_personal_link_is_not_staff(self) -> None:
        actor = Actor(ref="link:x", agency_id=1, link=("invitation", "x"))
        assert doors.staff_only(page)(asked(actor=actor)).status_code == 302

    def test_staff_come_in_and_nothing_is_kept_by_a_cache(self) -> None:
        response = doors.staff_only(page)(asked(actor=Actor(ref="staff:x", agency_id=1, staff_id=1)))
        assert response.content.decode() == "trong nhà"
        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        "target", ["https://x.vn/", "//x.vn", "javascript:alert(1)", "cuoc/", "", "/\\x.vn", "\t//x.vn"]
    )
    def test_an_address_elsewhere_leads_to_the_desk(self, target: str) -> None:
        assert doors.safe_target(asked(), target) == "/"

    def test_an_address_of_ours_is_kept(self) -> None:
        assert doors.safe_target(asked(), "/cuoc/?trang=2") == "/cuoc/?trang=2"


@pytest.mark.django_db
class TestRefusals:
    @pytest.mark.parametrize(
        ("problem", "status"),
        [(NotYours("Không có quyền: x."), 403), (NotNow("Chưa làm được: x."), 409), (Overtaken("y"), 409)],
    )
    def test_a_refusal_is_a_page_with_its_reason(self, problem: Exception, status: int) -> None:
        middle = Refusals(lambda request: HttpResponse())
        response = middle.process_exception(asked(method="post", referer="http://testserver/van-ban/X/"), problem)
        assert response is not None
        html = response.content.decode()
        assert response.status_code == status
        assert "x." in html or "y" in html
        assert "Chưa có gì thay đổi." in html
        assert 'href="/van-ban/X/"' in html

    def test_a_page_that_only_reads_does_not_say_that_nothing_changed(self) -> None:
        response = Refusals(lambda request: HttpResponse()).process_exception(asked(), NotNow("Chưa tải được: x."))
        assert response is not None
        assert "Chưa có gì thay đổi." not in response.content.decode()

    def test_the_way_back_never_leaves_the_site(self) -> None:
        middle = Refusals(lambda request: HttpResponse())
        response = middle.process_exception(asked(referer="https://x.vn/bay"), NotNow("z"))
        assert response is not None
        assert "x.vn" not in response.content.decode()

    def test_another_exception_is_not_ours(self) -> None:
        assert Refusals(lambda request: HttpResponse()).process_exception(asked(), ValueError()) is None


@pytest.mark.django_db
class TestHeaders:
    @pytest.mark.parametrize("path", ["/vao/", "/khong-co/", "/vao/0123456789abcdef/", "/"])
    def test_every_answer_forbids_what_is_inline_or_foreign(self, path: str) -> None:
        response = browser().get(path)
        assert response["Content-Security-Policy"] == POLICY
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"

    def test_the_policy_is_default_self_without_exceptions_for_code(self) -> None:
        rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
        assert rules["default-src"] == "'self'"
        assert rules["frame-ancestors"] == "'none'"
        assert "unsafe" not in POLICY
        assert not {"script-src", "style-src", "connect-src"} & set(rules)

    def test_a_form_without_its_token_is_a_session_that_is_over(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/vao/", {"username": "x", "password": "y"})
        assert response.status_code == 403
        assert "Phiên đã hết giờ" in response.content.decode()


class TestFrame:
    def test_a_wrong_address_is_a_page(self, db: None) -> None:
        html = browser().get("/khong-co/")
        assert html.status_code == 404
        assert "trang chưa được công khai, hoặc trang chỉ dành cho cán bộ đã đăng nhập." in html.content.decode()

    def test_a_wrong_address_of_staff_speaks_of_the_account(self, stage: Stage) -> None:
        html = browser(stage.cast.hoa).get("/khong-co/").content.decode()
        assert "Không tìm thấy trang, hoặc trang không dành cho tài khoản này." in html

    def test_the_page_of_a_failure_needs_no_database(self) -> None:
        assert "còn nguyên" in render_to_string("500.html")

    def test_a_rehearsal_says_so_on_every_page(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        paths = ["/", "/cuoc/", f"/cuoc/{stage.dialogue.code}/", f"/cuoc/{stage.dialogue.code}/nhat-ky/", "/khong-co/"]
        words = "Bản diễn tập, không có giá trị pháp lý, không gửi gì cho ai."
        assert not any(words in client.get(path).content.decode() for path in paths)
        Installation.objects.create(is_rehearsal=True)
        shown = [client.get(path).content.decode() for path in paths] + [browser().get("/vao/").content.decode()]
        assert all(words in html and "DIỄN TẬP" in html for html in shown)

    def test_a_page_has_its_landmarks_and_one_heading(self, stage: Stage) -> None:
        client = browser(stage.cast.hoa)
        for path in ("/", "/cuoc/", f"/cuoc/{stage.dialogue.code}/", f"/cuoc/{stage.dialogue.code}/nhat-ky/"):
            html = client.get(path).content.decode()
            assert '<html lang="vi">' in html
            assert html.index('class="skip" href="#noi-dung"') < html.index("<header")
            assert (html.count("<h1"), html.count("<main"), html.count("<header"), html.count("<footer")) == (
                1,
                1,
                1,
                1,
            )
            assert '<nav class="nav" aria-label=' in html

    def test_who_is_signed_in_stands_above(self, stage: Stage) -> None:
        head = next(iter(stage.cast.heads.values()))
        office = head.holdings.get(role="head").office
        html = browser(head).get("/").content.decode()
        assert head.name in html
        assert f"{head.title}, {office.name}" in html.replace("&amp;", "&")

    def test_a_leader_speaks_for_the_agency_not_for_an_office(self, stage: Stage) -> None:
        html = browser(stage.cast.leader).get("/").content.decode()
        assert f"{stage.cast.leader.title}</p>" in html

    def test_the_frame_is_read_once_and_in_one_query(self, stage: Stage) -> None:
        request = asked(actor=stage.cast.hoa.as_actor())
        with CaptureQueriesContext(
            connection,
        ) as seen:
            first, second = frame_of(request), frame_of(request)
        assert first is second
        assert len(seen) == 1
        assert first.agency == stage.cast.agency

    def test_a_page_may_bring_its_own_frame(self, stage: Stage) -> None:
        request = asked()
        set_frame(request, Frame(stage.other.agency, is_rehearsal=True))
        facts = frame(request)
        assert (facts["agency"], facts["is_rehearsal"], facts["zone"]) == (stage.other.agency, True, "Asia/Ho_Chi_Minh")
