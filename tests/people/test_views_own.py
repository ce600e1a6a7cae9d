"""One's own password: chosen after a link, changed with the present one, never shown, limited like the door."""

import pytest
from django.contrib.auth.hashers import make_password

from doithoai.people.actions import let_in
from doithoai.people.models import AccessLink, Staff
from doithoai.people.views import PER_ACCOUNT
from tests.cast import Stage
from tests.web.visitors import WEDNESDAY, browser, unchanged

pytestmark = pytest.mark.django_db
PATH = "/mat-khau/"
FIRST, SECOND = "bốn từ không liên quan", "một câu khác dễ nhớ"


def with_password(stage: Stage) -> Staff:
    Staff.objects.filter(pk=stage.cast.hoa.pk).update(password=make_password(FIRST))
    return Staff.objects.get(pk=stage.cast.hoa.pk)


def test_a_first_password_asks_for_no_old_one_and_signs_in_from_then_on(stage: Stage) -> None:
    client = browser(stage.cast.hoa)
    assert 'name="old"' not in client.get(PATH).content.decode()
    response = client.post(PATH, {"new": FIRST, "again": FIRST})
    assert response["Location"] == "/?da=staff.set_password"
    assert client.get("/").status_code == 200, "this session goes on"
    assert browser().post("/vao/", {"username": stage.cast.hoa.username, "password": FIRST}).status_code == 302


def test_who_forgot_it_comes_in_by_a_link_and_chooses_another(stage: Stage) -> None:
    hoa = with_password(stage)
    token = let_in(hoa, actor=stage.cast.admin.as_actor(), now=WEDNESDAY)
    client = browser()
    client.post(f"/vao/{token}/")
    assert f'href="{PATH}"' in client.get("/").content.decode()
    assert 'name="old"' not in client.get(PATH).content.decode()
    assert client.post(PATH, {"new": SECOND, "again": SECOND})["Location"] == "/?da=staff.set_password"
    assert Staff.objects.get(pk=hoa.pk).check_password(SECOND)
    assert 'name="old"' in client.get(PATH).content.decode(), "only until it is chosen"
    assert client.post(PATH, {"new": FIRST, "again": FIRST}).status_code == 422


def test_who_came_in_by_password_after_a_link_is_asked_for_it(stage: Stage) -> None:
    hoa = with_password(stage)
    token = let_in(hoa, actor=stage.cast.admin.as_actor(), now=WEDNESDAY)
    client = browser()
    client.post(f"/vao/{token}/")
    client.post("/vao/", {"username": hoa.username, "password": FIRST})
    assert 'name="old"' in client.get(PATH).content.decode()


def test_a_link_that_nobody_used_ends_with_the_password(stage: Stage) -> None:
    let_in(stage.cast.hoa, actor=stage.cast.admin.as_actor(), now=WEDNESDAY)
    theirs = let_in(stage.other.hoa, actor=stage.other.admin.as_actor(), now=WEDNESDAY)
    browser(stage.cast.hoa).post(PATH, {"new": FIRST, "again": FIRST})
    assert AccessLink.objects.get().staff == stage.other.hoa
    assert browser().post(f"/vao/{theirs}/")["Location"] == "/"


def test_other_sessions_end(stage: Stage) -> None:
    hoa = with_password(stage)
    here, elsewhere = browser(hoa), browser(hoa)
    here.post(PATH, {"old": FIRST, "new": SECOND, "again": SECOND})
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"old": "sai", "new": SECOND, "again": SECOND}, "không khớp"),
        ({"old": FIRST, "new": "ngắn", "again": "ngắn"}, "Cần ít nhất 10 chữ"),
        ({"old": FIRST, "new": "1234567890", "again": "1234567890"}, "quá dễ đoán"),
        ({"old": FIRST, "new": SECOND, "again": SECOND + "x"}, "không giống lần gõ trên"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_comes_back(stage: Stage, said: dict[str, str], why: str) -> None:
    client = browser(with_password(stage))
    with unchanged(Staff):
        response = client.post(PATH, said)
    html = response.content.decode()
    assert response.status_code == 422
    assert why in html
    assert SECOND not in html


def test_a_desk_that_was_left_open_is_no_place_to_guess(stage: Stage) -> None:
    client = browser(with_password(stage))
    wrong = {"old": "sai", "new": SECOND, "again": SECOND}
    assert [client.post(PATH, wrong).status_code for _n in range(PER_ACCOUNT + 1)] == [422] * PER_ACCOUNT + [429]


def test_it_is_for_who_is_signed_in(stage: Stage) -> None:
    assert browser().get(PATH)["Location"].startswith("/vao/")
