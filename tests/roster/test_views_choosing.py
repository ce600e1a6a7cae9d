"""The page of choosing: rules with whom they leave out, quotas tried before they are frozen, refusals that say why."""

import pytest

from doithoai.people.models import Person
from doithoai.roster.models import Draw, Invitation, Pool
from doithoai.roster.queries import eligible, frozen
from doithoai.rules import draw as lots
from tests.roster.pages import choosing, client, on_sitting, text_of
from tests.roster.scene import EVENT, EVENT_ON, Scene
from tests.web.visitors import unchanged

FROZEN = {"event_name": EVENT, "event_on": EVENT_ON.isoformat()}
TRIED = "?xem=1&cach=nhieu"


def test_each_rule_is_shown_with_whom_it_leaves_out(scene: Scene) -> None:
    scene.take()
    html = text_of(client(scene), choosing(scene))
    assert "Trừ người là tổ chức, không phải công dân" in html
    assert "Còn lại, đủ điều kiện bốc thăm" in html
    assert "50,0 %" in html
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


def test_quotas_are_tried_without_anything_being_stored(scene: Scene) -> None:
    scene.take()
    with unchanged(Pool, Draw, Invitation):
        html = text_of(client(scene), choosing(scene) + TRIED)
    assert "Bốc được, bảng có" in html
    assert "Chốt danh sách với các hạn ngạch này" in html
    assert '<input type="hidden" name="cach" value="nhieu">' in html


def test_what_was_tried_is_what_is_frozen(scene: Scene) -> None:
    scene.take()
    quotas = {"it-0-0": "10", "nhieu-0-0": "11", "it-0-1": "4", "nhieu-0-1": "5", "it-1-0": "", "nhieu-1-0": ""}
    response = client(scene).post(on_sitting(scene, "chot"), {**FROZEN, "cach": "nhieu", "thang": "6", **quotas})
    assert response.status_code == 302
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
    asked = f"{TRIED}&it-0-0=12&nhieu-0-0=15&it-0-1=9&nhieu-0-1=15"
    html = text_of(client(scene), choosing(scene) + asked)
    assert "Chưa bốc được: Nơi cư trú: các mức ít nhất cộng lại 21 người, chỉ có 15 chỗ." in html
    assert "Sửa ít nhất: " in html
    assert "Chốt danh sách với các hạn ngạch này" not in html
    with unchanged(Pool):
        words = {**FROZEN, "cach": "nhieu", "it-0-0": "12", "it-0-1": "9"}
        response = client(scene).post(on_sitting(scene, "chot"), words)
    assert response.status_code == 409
    assert "Sửa ít nhất: " in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("&it-1-0=mot", "không đọc được. Cần một số nguyên từ 0."),
        ("&thang=99", "số tháng không đọc được. Cần một số nguyên từ 0 đến 60."),
        ("&it-1-0=9&nhieu-1-0=2", "ít nhất 9, nhiều nhất 2 là trái nhau"),
    ],
)
def test_a_wrong_number_is_named_and_nothing_typed_is_lost(scene: Scene, asked: str, words: str) -> None:
    scene.take()
    html = text_of(client(scene), choosing(scene) + TRIED + asked)
    assert words in html
    assert 'name="it-1-0"' in html
    assert "Chốt danh sách với" not in html


def test_who_may_not_choose_makes_the_machine_work_for_nothing(scene: Scene) -> None:
    scene.take()
    with unchanged(Pool):
        response = client(scene, scene.stage.cast.clerk).post(on_sitting(scene, "chot"), {**FROZEN, "cach": "nhieu"})
    assert response.status_code == 403
    stranger = client(scene, scene.stage.other.leader)
    assert stranger.get(choosing(scene) + TRIED).status_code == 404


def test_drawn_the_shares_of_the_chosen_stand_beside_those_of_the_list(scene: Scene) -> None:
    scene.draw()
    html = text_of(client(scene), choosing(scene))
    assert '<th scope="col" class="num">Đã chọn</th>' in html
    assert "Trang công khai của lần bốc thăm này" in html
