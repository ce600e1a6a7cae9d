"""One's own password: chosen after a link, changed with the present one, never shown, limited like the door."""

import pytest
from django.contrib.auth.hashers import make_password

from doithoai.people.models import Staff
from doithoai.people.views import PER_ACCOUNT
from tests.cast import Stage
from tests.web.visitors import browser, unchanged

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
