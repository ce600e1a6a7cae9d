"""Check-in at a venue: who is expected there, what is noted about them, and by whom."""

import pytest

from doithoai.roster.models import Invitation
from tests.roster.pages import client, door, on, text_of
from tests.roster.scene import DAY_OF_SITTING, Scene
from tests.web.visitors import ESCAPED_ATTACK, queries_of, rename_to_attack, unchanged


@pytest.fixture
def there(scene: Scene) -> list[Invitation]:
    """The invited of phường Hòa Vinh, on the morning itself."""
    rows = scene.invite()
    scene.now = DAY_OF_SITTING
    return rows


def state_of(row: Invitation) -> str:
    row.refresh_from_db()
    return row.state


class TestWhoComesIn:
    def test_the_second_agency_finds_nothing(self, scene: Scene, there: list[Invitation]) -> None:
        stranger = client(scene, scene.stage.other.leader)
        assert stranger.get(door(scene)).status_code == 404
        assert stranger.post(f"{door(scene)}them/", {"name": "Ai đó"}).status_code == 404
        assert stranger.post(on(there[0], "den")).status_code == 404

    def test_a_venue_of_another_dialogue_is_not_found(self, scene: Scene) -> None:
        path = door(scene).replace(scene.ward_venue.code, "XK-2021-01-C1")
        assert client(scene).get(path).status_code == 404

    def test_looking_changes_nothing_and_costs_the_same_for_few_and_many(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        visitor = client(scene)
        with unchanged(Invitation):
            many = queries_of(visitor, door(scene))
        Invitation.objects.filter(pk__in=[row.pk for row in there[1:]]).update(state="struck")
        assert queries_of(visitor, door(scene)) == many
        assert many <= 14

    def test_a_hostile_name_is_text(self, scene: Scene, there: list[Invitation]) -> None:
        assert there[0].person is not None
        rename_to_attack(there[0].person)
        html = text_of(client(scene), door(scene))
        assert ESCAPED_ATTACK in html
        assert "<img" not in html


class TestNoting:
    def test_only_people_of_this_venue_are_expected(self, scene: Scene, there: list[Invitation]) -> None:
        html = text_of(client(scene), door(scene))
        assert all(f'id="{row.code}"' in html for row in there)
        assert not any(f'id="{row.code}"' in html for row in scene.drawn("Hòa Hiệp Trung"))
        assert not any(f'id="{row.code}"' in html for row in scene.reserves("Hòa Vinh"))

    def test_without_a_number_the_sitting_that_has_not_ended_is_shown(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        path = door(scene).removesuffix(f"{scene.morning.ordinal}/")
        assert there[0].name in text_of(client(scene), path)
        scene.now = scene.morning.ends_at
        assert there[0].name not in text_of(client(scene), path)

    def test_before_the_day_nothing_is_noted(self, scene: Scene) -> None:
        row = scene.invite()[0]
        html = text_of(client(scene), door(scene))
        assert "Chưa đến ngày: ghi có mặt, vắng mặt từ thứ Tư 22/12/2021." in html
        assert on(row, "den") not in html
        assert client(scene).post(on(row, "den")).status_code == 409

    def test_one_tap_and_the_count_goes_up(self, scene: Scene, there: list[Invitation]) -> None:
        response = client(scene).post(on(there[0], "den"))
        assert response["Location"] == f"{door(scene)}?da=attendance.arrive"
        assert (state_of(there[0]), there[0].arrived_at) == ("attended", scene.now)
        html = text_of(client(scene), door(scene))
        assert "<dt>công dân được mời đã đến</dt><dd>1<small>/8</small>" in html
        assert "Đã ghi: 1 người" in html

    def test_people_are_found_by_name_without_diacritics(self, scene: Scene, there: list[Invitation]) -> None:
        row = there[0]
        assert row.person is not None
        html = text_of(client(scene), f"{door(scene)}?tim={row.person.name_folded}")
        assert f'id="{row.code}"' in html
        assert html.count('class="one guest"') < len(there)

    def test_a_substitute_is_admitted_by_the_venues_chair(self, scene: Scene, there: list[Invitation]) -> None:
        row, words = there[0], {"name": "Võ Thị Con", "relation": "con gái"}
        chair = scene.stage.cast.heads[scene.ward_venue.office.code]
        assert on(row, "den-thay") not in text_of(client(scene), door(scene))
        assert client(scene).post(on(row, "den-thay"), words).status_code == 403
        assert client(scene, chair).post(on(row, "den-thay"), {"name": "Võ Thị Con"}).status_code == 409
        assert client(scene, chair).post(on(row, "den-thay"), words).status_code == 302
        assert (state_of(row), row.substitute, row.substitute_relation) == ("attended", "Võ Thị Con", "con gái")
        assert "Võ Thị Con, con gái" in text_of(client(scene), door(scene))

    def test_absent_with_a_reason_and_put_right(self, scene: Scene, there: list[Invitation]) -> None:
        row = there[0]
        client(scene).post(on(row, "vang"), {"reason": "ốm"})
        assert (state_of(row), row.reason) == ("absent", "ốm")
        assert "vắng, 1 có lý do" in text_of(client(scene), door(scene))
        client(scene).post(on(row, "den"))
        assert (state_of(row), row.reason) == ("attended", "")

    def test_somebody_without_an_invitation(self, scene: Scene, there: list[Invitation]) -> None:
        path = f"{door(scene)}them/"
        assert client(scene).post(path, {"name": " "}).status_code == 409
        assert client(scene).post(path, {"name": "Trần Văn Đến", "group": "Tổ dân phố 2"}).status_code == 302
        row = Invitation.objects.get(route="walk_in")
        assert (row.name, row.venue, row.state) == ("Trần Văn Đến", scene.ward_venue, "attended")
        html = text_of(client(scene), door(scene))
        assert "<dt>đến không có giấy mời</dt><dd>1" in html
        assert "<dt>công dân được mời đã đến</dt><dd>0<small>/8</small>" in html

    def test_whoever_may_not_note_reads_why(self, scene: Scene, there: list[Invitation]) -> None:
        observer = client(scene, scene.stage.cast.observer)
        html = text_of(observer, door(scene))
        assert "Không có quyền:" in html
        assert on(there[0], "den") not in html
        assert observer.post(on(there[0], "den")).status_code == 403
        assert observer.post(f"{door(scene)}them/", {"name": "Ai đó"}).status_code == 403
