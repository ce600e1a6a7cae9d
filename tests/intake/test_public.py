"""The public page where anybody sends an opinion: stored once, told how it stands, kept from floods."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doithoai.intake.models import Opinion, Photo
from doithoai.intake.public import PER_ADDRESS
from doithoai.people.models import Person
from doithoai.planning.models import Dialogue
from doithoai.sample.people import ATTACK_NAME
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.intake.test_imports import jpeg
from tests.web.visitors import ESCAPED_ATTACK, browser, unchanged

WORDS = "Nộp hồ sơ trực tuyến xong vẫn phải mang bản giấy."


def path(stage: Stage) -> str:
    return f"/cong-khai/{stage.dialogue.code}/gui-y-kien/"


def send(stage: Stage, client: Client | None = None, **fields: object) -> tuple[int, str, str]:
    typed = {"words": WORDS, "name": "Nguyễn Thị Thử", "phone": "", **fields}
    answer = (client or browser(now=NOW)).post(path(stage), typed)
    return answer.status_code, answer.content.decode(), answer.get("Location", "")


def test_what_anybody_sends_lands_on_the_board_and_behind_a_link(stage: Stage) -> None:
    sitting = scene.sitting_of(stage, 2)
    status, _html, to = send(stage, sitting=sitting.code, phone="0905 123 456", group="Thôn 2", name=ATTACK_NAME)
    assert status == 302
    row = Opinion.objects.get()
    assert (row.door, row.state, row.sitting, row.received_by) == ("web", "received", sitting, None)
    assert row.person is not None
    assert (row.person.name, row.person.phone, row.person.group) == (ATTACK_NAME, "0905123456", "Thôn 2")
    html = browser(now=NOW).get(to).content.decode()
    assert f"Đã nhận. Mã ý kiến: {row.code}" in html
    assert f'data-sent="gui-{stage.dialogue.code}"' in html
    assert ESCAPED_ATTACK in html
    board = browser(stage.cast.hoa, now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/").content.decode()
    assert "Người dân gửi trực tuyến" in board
    entry = scene.entries("opinion.receive")[-1]
    assert (entry["actor"], entry["facts"]["door"]) == ("public", "web")
    assert browser(stage.other.hoa, now=NOW).get(f"/y-kien/{row.code}/").status_code == 404


def test_the_page_needs_no_cookie_and_is_kept_nowhere(stage: Stage) -> None:
    with unchanged(Opinion, Person):
        answer = browser(now=NOW).get(path(stage))
    html = answer.content.decode()
    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    assert f'data-keep="gui-{stage.dialogue.code}"' in html
    assert "Gửi ý kiến trực tuyến" in html


def test_the_same_form_sent_twice_is_one_opinion(stage: Stage) -> None:
    client = browser(now=NOW)
    key = re.search(r'name="lan" value="([0-9a-f]+)"', client.get(path(stage)).content.decode())
    assert key is not None
    first, again = (send(stage, client, lan=key[1])[2] for _once in range(2))
    assert Opinion.objects.count() == 1
    code = Opinion.objects.get().code
    assert all(code in browser(now=NOW).get(to).content.decode() for to in (first, again))


def test_photographs_added_to_a_form_already_sent_are_not_lost(stage: Stage) -> None:
    client = browser(now=NOW)
    key = re.search(r'name="lan" value="([0-9a-f]+)"', client.get(path(stage)).content.decode())
    assert key is not None
    assert send(stage, client, lan=key[1])[0] == 302
    for _press in range(2):
        assert send(stage, client, lan=key[1], anh=SimpleUploadedFile("a.jpg", jpeg()))[0] == 302
    assert Opinion.objects.count() == 2
    assert Photo.objects.get().opinion == Opinion.objects.order_by("ordinal")[1]


def test_staff_who_use_the_page_send_as_anybody(stage: Stage) -> None:
    assert send(stage, browser(stage.cast.hoa, now=NOW))[0] == 302
    assert Opinion.objects.get().received_by is None


def test_what_is_missing_is_named_and_the_words_stay(stage: Stage) -> None:
    for fields, sentence in (
        ({"name": ""}, "Để trống. Cần họ tên người gửi; tên không đăng công khai."),
        ({"name": "Hà"}, "Cần cả họ và tên người gửi; tên không đăng công khai."),
        ({"words": " "}, "Để trống. Cần ít nhất một câu."),
        ({"phone": "090"}, "“090” không phải số điện thoại."),
        ({"sitting": "DH-2020"}, "Chọn một lĩnh vực trong danh sách"),
        ({"anh": SimpleUploadedFile("a.exe", b"MZ")}, "không phải ảnh JPEG, PNG hay PDF"),
    ):
        with unchanged(Opinion, Person, Photo):
            status, html, _to = send(stage, **fields)
        assert status == 422, sentence
        assert sentence in html
        assert "words" in fields or WORDS in html


def test_a_photographed_paper_comes_along_and_a_procedure_is_found(stage: Stage) -> None:
    assert send(stage, anh=SimpleUploadedFile("a.jpg", jpeg()))[0] == 302
    assert Photo.objects.get().added_by is None
    name = scene.sitting_of(stage).sector.procedures.order_by("name")[0].name
    found = browser(now=NOW).get(f"{path(stage)}thu-tuc/", {"tim": name}).json()["found"]
    assert name in [row["name"] for row in found]
    with unchanged(Opinion):
        status, html, _to = send(stage, viec="tim", tim=name)
    assert (status, name in html, WORDS in html) == (200, True, True)


def test_one_address_sends_so_many_an_hour(stage: Stage) -> None:
    for ordinal in range(PER_ADDRESS):
        assert send(stage, words=f"{WORDS} {ordinal}")[0] == 302
    with unchanged(Opinion, Person):
        status, html, _to = send(stage)
    assert status == 422
    assert "Đã thử quá nhiều lần. Xin chờ 60 phút rồi thử lại." in html
    assert WORDS in html


def test_a_dialogue_that_takes_nothing_has_no_such_page(stage: Stage) -> None:
    for state in ("draft", "closed", "cancelled"):
        Dialogue.objects.filter(pk=stage.dialogue.pk).update(state=state)
        with unchanged(Opinion):
            assert send(stage)[0] == 404
        assert browser(now=NOW).get(path(stage)).status_code == 404
    assert browser(now=NOW).get("/cong-khai/DH-2099-01/gui-y-kien/").status_code == 404


def test_the_public_page_of_the_dialogue_leads_there(stage: Stage) -> None:
    html = browser(now=NOW).get(f"/cong-khai/{stage.dialogue.code}/").content.decode()
    assert f'href="{path(stage)}"' in html
    assert 'href="/y-kien-cua-toi/"' in html
