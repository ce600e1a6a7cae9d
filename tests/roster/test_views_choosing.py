"""The page of choosing: rules with whom they leave out, quotas tried before they are frozen, refusals that say why."""

import pytest

from doithoai.journal.models import Entry
from doithoai.people.models import Person
from doithoai.roster.actions import trying
from doithoai.roster.models import Draw, Invitation, Pool, Record, Trial
from doithoai.roster.queries import eligible, frozen
from doithoai.rules import draw as lots
from tests.roster.pages import choosing, client, on_sitting, text_of
from tests.roster.scene import EVENT, EVENT_ON, Scene
from tests.web.visitors import unchanged

FROZEN = {"event_name": EVENT, "event_on": EVENT_ON.isoformat()}
SEVERAL = {"cach": "nhieu"}
QUOTAS = {"it-0-0": "10", "nhieu-0-0": "11", "it-0-1": "4", "nhieu-0-1": "5", "it-1-0": "", "nhieu-1-0": ""}


def tried(scene: Scene, **asked: str) -> str:
    """The page to which trying quotas leads."""
    response = client(scene).post(on_sitting(scene, "tinh-thu"), {**SEVERAL, **asked})
    assert response.status_code == 302
    where, _hash, place = response.headers["Location"].partition("#")
    html = text_of(client(scene), where)
    assert f'id="{place}"' in html
    return html


def test_each_rule_is_shown_with_whom_it_leaves_out(scene: Scene) -> None:
    scene.take()
    html = text_of(client(scene), choosing(scene))
    assert "Trừ người là tổ chức, không phải công dân" in html
    assert "Còn lại, đủ điều kiện bốc thăm" in html
    assert "50,0\xa0%" in html
    assert "đã được mời đối thoại trong" not in html
    assert "đã được mời đối thoại trong 12 tháng trước" in text_of(client(scene), f"{choosing(scene)}?xem=1&thang=12")


def test_people_of_one_household_are_counted(scene: Scene) -> None:
    scene.take()
    family = eligible(scene.morning)[:3]
    Person.objects.filter(pk__in=[one.person.pk for one in family]).update(
        household="12 đường Mẫu", ward=family[0].ward
    )
    assert "Trong đó 2 người cùng hộ với người khác" in text_of(client(scene), choosing(scene))
    assert "cùng hộ với người khác" not in text_of(client(scene), f"{choosing(scene)}?xem=1&ho=0")


def test_quotas_are_tried_without_anything_of_the_case_being_stored(scene: Scene) -> None:
    scene.take()
    with unchanged(Pool, Draw, Invitation, Entry):
        html = tried(scene)
    assert "Bốc được, bảng có" in html
    assert "Chốt danh sách với các hạn ngạch này" in html
    assert '<input type="hidden" name="cach" value="nhieu">' in html


def test_what_was_tried_is_what_is_frozen(scene: Scene) -> None:
    scene.take()
    rules = {**SEVERAL, "thang": "6", **QUOTAS}
    assert "Bốc được, bảng có" in tried(scene, **rules)
    response = client(scene).post(on_sitting(scene, "chot"), {**FROZEN, **rules})
    assert response.status_code == 302
    assert not Trial.objects.exists()
    rules = frozen(Pool.objects.get())[1]
    assert isinstance(rules, lots.LotteryRules)
    wards, sexes, _ages = rules.features
    assert list(wards.bounds.values()) == [(10, 11), (4, 5)]
    assert set(sexes.bounds.values()) == {(0, 15)}
    assert "trong 6 tháng trước" in rules.conditions[-1]
    html = text_of(client(scene), choosing(scene))
    assert "Điều kiện đã chốt cùng danh sách:" in html
    assert "Bốc được, bảng có" in html


def test_impossible_quotas_are_refused_with_why_and_no_button(scene: Scene) -> None:
    scene.take()
    asked = {"it-0-0": "12", "nhieu-0-0": "15", "it-0-1": "9", "nhieu-0-1": "15"}
    html = tried(scene, **asked)
    assert "Chưa bốc được: Nơi cư trú: các mức ít nhất cộng lại 21 người, chỉ có 15 chỗ." in html
    assert "Sửa ít nhất: " in html
    assert "Chốt danh sách với các hạn ngạch này" not in html
    with unchanged(Pool):
        response = client(scene).post(on_sitting(scene, "chot"), {**FROZEN, **SEVERAL, **asked})
    assert response.status_code == 409
    assert "Sửa ít nhất: " in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"it-1-0": "mot"}, "không đọc được. Cần một số nguyên từ 0."),
        ({"thang": "99"}, "số tháng không đọc được. Cần một số nguyên từ 0 đến 60."),
        ({"it-1-0": "9", "nhieu-1-0": "2"}, "ít nhất 9, nhiều nhất 2 là trái nhau"),
    ],
)
def test_a_wrong_number_is_named_and_nothing_typed_is_lost(scene: Scene, asked: dict[str, str], words: str) -> None:
    scene.take()
    html = tried(scene, **asked)
    assert words in html
    assert 'name="it-1-0"' in html
    assert "Chốt danh sách với" not in html


def test_who_may_not_choose_makes_the_machine_work_for_nothing(scene: Scene) -> None:
    scene.take()
    with unchanged(Pool):
        response = client(scene, scene.stage.cast.clerk).post(on_sitting(scene, "chot"), {**FROZEN, "cach": "nhieu"})
    assert response.status_code == 403
    for staff, status in ((scene.stage.cast.clerk, 403), (scene.stage.other.leader, 404)):
        visitor = client(scene, staff)
        assert visitor.post(on_sitting(scene, "tinh-thu"), SEVERAL).status_code == status
    assert (
        client(scene, scene.stage.other.leader).get(f"{on_sitting(scene, 'tinh-thu')}tien-do.json").status_code == 404
    )
    assert not Trial.objects.exists()


def test_what_was_tried_last_is_there_again(scene: Scene) -> None:
    scene.take()
    tried(scene, **QUOTAS)
    html = text_of(client(scene), f"{choosing(scene)}?tim=a")
    assert "Bốc được, bảng có" in html
    assert 'name="nhieu-0-0" inputmode="numeric" value="11"' in html
    assert "Bốc được, bảng có" not in tried(scene, cach="phuong")
    assert not Trial.objects.exists()


def test_quotas_that_were_not_tried_cannot_be_frozen(scene: Scene) -> None:
    scene.take()
    html = text_of(client(scene), f"{choosing(scene)}?xem=1&cach=nhieu")
    assert "Bấm “Tính thử” để biết" in html
    assert "Chốt danh sách với các hạn ngạch này" not in html
    tried(scene)
    with unchanged(Pool):
        response = client(scene).post(on_sitting(scene, "chot"), {**FROZEN, **SEVERAL, **QUOTAS})
    assert response.status_code == 409
    assert "xin tính thử lại rồi chốt" in response.content.decode()


def test_a_list_that_has_changed_since_asks_to_try_again(scene: Scene) -> None:
    scene.take()
    tried(scene, **QUOTAS)
    Record.objects.filter(person=eligible(scene.morning)[0].person).delete()
    html = text_of(client(scene), choosing(scene))
    assert "đã đổi từ lúc tính thử: xin tính thử lại rồi chốt" in html
    assert "Chốt danh sách với các hạn ngạch này" not in html


def test_a_large_list_is_left_to_the_worker_and_the_page_says_how_far_it_is(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.take()
    monkeypatch.setattr(trying, "AT_ONCE", 0)
    html = tried(scene, **QUOTAS)
    progress = f"{on_sitting(scene, 'tinh-thu')}tien-do.json"
    assert f'data-progress="{progress}"' in html
    assert "Xem lại tiến độ" in html
    assert "Chốt danh sách với các hạn ngạch này" not in html
    assert client(scene).get(progress).json() == {"busy": True, "word": "Chờ tính"}
    Trial.objects.update(state="solving", done=120)
    assert client(scene).get(progress).json() == {"busy": True, "word": "Đang tính: đã xét 120 phương án"}
    Trial.objects.update(state="waiting")
    assert trying.try_waiting() == 1
    assert client(scene).get(progress).json()["busy"] is False
    assert "Bốc được, bảng có" in text_of(client(scene), choosing(scene))


def test_a_trial_is_let_be(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.take()
    monkeypatch.setattr(trying, "AT_ONCE", 0)
    tried(scene)
    assert client(scene).post(on_sitting(scene, "tinh-thu"), {"bo": "1"}).status_code == 302
    assert not Trial.objects.exists()
    assert client(scene).get(f"{on_sitting(scene, 'tinh-thu')}tien-do.json").json() == {"busy": False, "word": ""}


def test_why_a_file_of_a_former_ward_counts_stands_beside_the_person(scene: Scene) -> None:
    scene.take()
    one = eligible(scene.morning)[0]
    Record.objects.filter(pk=one.record.pk).update(ward_note="phường Cũ nay là phường Mới (mã 1) từ 01/7/2025")
    found = text_of(client(scene), f"{choosing(scene)}?tim={one.person.phone or one.person.name}")
    assert "Phường Cũ nay là phường Mới" in found
    words = {"person": one.person.code, "reason": "đại diện"}
    assert client(scene).post(on_sitting(scene, "chon"), words).status_code == 302
    assert "Phường Cũ nay là phường Mới" in text_of(client(scene), choosing(scene))


def test_drawn_the_shares_of_the_chosen_stand_beside_those_of_the_list(scene: Scene) -> None:
    scene.draw()
    html = text_of(client(scene), choosing(scene))
    assert '<th scope="col" class="num">Đã chọn</th>' in html
    assert "Trang công khai của lần bốc thăm này" in html
