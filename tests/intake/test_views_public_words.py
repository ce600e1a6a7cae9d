"""The page on which a person sees the public wording, masks more or less, and confirms."""

import re

from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.people.models import Staff, Text
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.web.visitors import browser, queries_of, unchanged

WORDS = "Tôi là Trần Thị Mẫu, số 0900000001, nhà gần chợ, hỏi về hồ sơ."


def staff(stage: Stage) -> Staff:
    return stage.cast.officers[scene.sitting_of(stage).lead.code]


def path(row: Opinion) -> str:
    return f"/y-kien/{row.code}/cong-khai/"


def checked(html: str) -> list[str]:
    return re.findall(r'name="che" value="([^"]+)" checked', html)


def test_it_shows_what_the_public_will_read_and_stores_nothing(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    client = browser(staff(stage), now=NOW)
    with unchanged(Opinion, Text):
        html = client.get(path(row)).content.decode()
        preview = html[html.index("Người dân sẽ đọc") : html.index("Chỗ che")]
        assert "Trần Thị Mẫu" not in preview
        assert "đã che" in preview
        assert len(checked(html)) == 2
        again = client.post(path(row), {"che": checked(html), "them": "gần chợ", "loai-che": "address", "viec": "xem"})
    assert "địa chỉ, thêm bằng tay" in again.content.decode()
    assert len(checked(again.content.decode())) == 3


def test_confirming_goes_on_to_the_next_one(stage: Stage) -> None:
    row, after = scene.opinion(stage, WORDS), scene.opinion(stage, "Xin mở cửa sáng thứ Bảy")
    client = browser(staff(stage), now=NOW)
    fields = {"che": checked(client.get(path(row)).content.decode()), "goc": row.words_id, "viec": "xac-nhan"}
    back = client.post(path(row), fields)
    assert back["Location"].startswith(path(after))
    html = client.get(back["Location"]).content.decode()
    assert f"Đã xác nhận lời công khai của {row.code}." in html
    last = client.post(path(after), {"goc": after.words_id, "viec": "xac-nhan"})
    assert last["Location"].startswith(f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/")
    html = client.get(last["Location"]).content.decode()
    assert "Còn 0/2 ý kiến chưa ai xác nhận." in html
    assert "Đã xác nhận 10/12/2021 09:00" in client.get(path(row)).content.decode()


def test_what_stays_readable_without_a_reason_is_refused_and_the_choice_is_kept(stage: Stage) -> None:
    row = scene.opinion(stage, "Hồ sơ của ông Đinh Văn Nháp ở tổ 3 bị trả.")
    client = browser(staff(stage), now=NOW)
    fields = {"goc": row.words_id, "viec": "xac-nhan"}
    with unchanged(Opinion, Text):
        response = client.post(path(row), fields)
    assert response.status_code == 409
    html = response.content.decode()
    assert "cần một câu nêu lý do" in html
    assert not checked(html)
    assert client.post(path(row), {**fields, "ly-do": "Người của công chúng"}).status_code == 302


def test_words_that_do_not_stand_there_are_named(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    with unchanged(Opinion, Text):
        response = browser(staff(stage), now=NOW).post(path(row), {"them": "chợ trời", "viec": "xac-nhan"})
    assert response.status_code == 422
    assert "Không thấy “chợ trời” trong lời." in response.content.decode()


def test_nonsense_in_the_form_changes_nothing(stage: Stage) -> None:
    row = scene.opinion(stage, "Xin hỏi hồ sơ")
    client = browser(staff(stage), now=NOW)
    with unchanged(Opinion, Text):
        fields = {"che": ["9-3-name", "0-99999-name", "a-b-c", "0-3-bay"], "viec": "xem", "goc": "x"}
        assert client.post(path(row), fields).status_code == 200
        assert client.post(path(row), {"goc": "x", "viec": "xac-nhan"}).status_code == 409


def test_a_complaint_has_no_public_words(stage: Stage) -> None:
    row = scene.opinion(stage, "Tôi khiếu nại", kind="complaint")
    html = browser(staff(stage), now=NOW).get(path(row)).content.decode()
    assert "nội dung không đưa ra công khai" in html
    assert "Xác nhận lời công khai" not in html


def test_others_are_told_whose_it_is_and_strangers_find_nothing(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    assert browser(stage.cast.leader, now=NOW).get(path(row)).status_code == 403
    assert browser(stage.other.hoa, now=NOW).get(path(row)).status_code == 404
    assert browser(stage.other.hoa, now=NOW).get(f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/").status_code == 404
    assert browser(now=NOW).get(path(row)).status_code == 302


def test_the_list_counts_what_waits_and_says_what_changed(stage: Stage) -> None:
    row, actor = scene.opinion(stage, "Hỏi về hồ sơ"), scene.officer(stage)
    scene.opinion(stage, "Tôi tố cáo", kind="denunciation", actor=stage.cast.hoa.as_actor())
    client, url = browser(staff(stage), now=NOW), f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/"
    assert "Còn 1/1 ý kiến chưa ai xác nhận." in client.get(url).content.decode()
    intake.prepare_public(row, [], of=row.words_id, actor=actor, now=NOW)
    intake.summarise(row, summary="Hỏi thời hạn", actor=actor, now=NOW)
    html = client.get(f"{url}?loc=cho").content.decode()
    assert "Lời đã đổi, xem lại" in html
    few = queries_of(client, url)
    for at in range(4):
        scene.opinion(stage, f"Việc khác số {at}", who=scene.person(stage, f"Người {at}", "nam", f"090000020{at}"))
    assert queries_of(client, url) == few <= 20


def test_what_was_read_on_the_list_is_confirmed_together(stage: Stage) -> None:
    rows = [scene.opinion(stage, words) for words in (WORDS, "Sao phải nộp hai lần?", "Xin mở cửa thứ Bảy")]
    client, path_of_all = browser(staff(stage), now=NOW), f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/"
    html = client.get(path_of_all).content.decode()
    assert "Xác nhận 3 lời trên trang này" in html
    read = re.findall(r'name="loi" value="([^"]+)"', html)
    assert len(read) == 3
    intake.summarise(rows[2], summary="Chữ đổi trong lúc đọc", actor=scene.officer(stage), now=NOW)
    back = client.post(path_of_all, {"loi": [*read, "KHONG-CO:1", f"{rows[0].code}:{'9' * 5_000}"]})
    assert back["Location"] == f"{path_of_all}?xong=2&loc=cho"
    for row in rows:
        row.refresh_from_db()
    assert [row.is_public_confirmed for row in rows] == [True, True, False]
    assert "[đã che: tên]" in str(rows[0].public_words)
    html = client.get(back["Location"]).content.decode()
    assert "Đã xác nhận 2 lời công khai." in html
    assert rows[2].code in html
    assert rows[0].code not in html


def test_confirming_together_is_for_whoever_sorts_them(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    path_of_all = f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/"
    with unchanged(Opinion, Text):
        for somebody in (stage.cast.technician, stage.cast.editor):
            back = browser(somebody, now=NOW).post(path_of_all, {"loi": f"{row.code}:{row.words_id}"})
            assert back["Location"] == f"{path_of_all}?xong=0&loc=cho"
        foreign = browser(stage.other.hoa, now=NOW).post(path_of_all, {"loi": f"{row.code}:{row.words_id}"})
        assert foreign.status_code == 404


def test_a_wording_is_found_with_and_without_diacritics(stage: Stage) -> None:
    one, two = scene.opinion(stage, "Sao phải nộp hai lần?"), scene.opinion(stage, "Xin mở cửa thứ Bảy")
    client = browser(staff(stage), now=NOW)
    for asked, found in (("thứ bảy", two), ("thu bay", two), ("hai lan", one), (one.code, one)):
        html = client.get(f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/", {"tim": asked}).content.decode()
        assert [row for row in (one, two) if f'<h2 class="row-name"><a href="{path(row)}"' in html] == [found], asked
    html = client.get(f"/cuoc/{stage.dialogue.code}/y-kien/cong-khai/?tim=zzz").content.decode()
    assert "Không có lời nào như vậy." in html


def test_a_number_that_is_none_counts_as_another_text(stage: Stage) -> None:
    row = scene.opinion(stage, WORDS)
    for of in ("9" * 5_000, "x", "-1", "٣"):
        with unchanged(Opinion, Text):
            answer = browser(staff(stage), now=NOW).post(path(row), {"goc": of, "viec": "xac-nhan", "ly-do": "Vì thế"})
        assert answer.status_code == 409
        assert "lời của ý kiến đã đổi trong lúc che" in answer.content.decode()
