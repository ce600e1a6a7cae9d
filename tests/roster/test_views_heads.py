"""The page of calling by head of hamlet: the head first, one tap for all, exceptions by person, words to send."""

import re
from urllib.parse import unquote

import pytest

from doithoai.people.models import HamletHead, Person
from doithoai.planning.actions import changing
from doithoai.roster.models import Call, Invitation
from tests.roster.pages import client, on_sitting, text_of, to_call
from tests.roster.scene import Scene
from tests.web.visitors import ESCAPED_ATTACK, rename_to_attack, unchanged

GROUP = "Khu phố Mẫu 9"


@pytest.fixture
def rows(scene: Scene) -> list[Invitation]:
    """Two invited people of one hamlet."""
    rows = scene.invite()[:2]
    Person.objects.filter(pk__in=[row.person_id for row in rows]).update(group=GROUP)
    return rows


def by_head(scene: Scene) -> str:
    return f"{to_call(scene)}thon/"


def ward_of(row: Invitation) -> int:
    assert row.person
    assert row.person.ward_id
    return row.person.ward_id


def keep(scene: Scene, row: Invitation, **said: object) -> int:
    told = {"ward": ward_of(row), "group": GROUP, "name": "Võ Văn Thử", "phone": "0905 123 456", **said}
    return client(scene).post(on_sitting(scene, "thon"), told).status_code


class TestPage:
    def test_the_head_is_written_down_there_and_stands_first_with_a_number(
        self, scene: Scene, rows: list[Invitation]
    ) -> None:
        assert "Chưa ghi ai là trưởng khu phố." in text_of(client(scene), by_head(scene))
        assert keep(scene, rows[0]) == 302
        html = text_of(client(scene), by_head(scene))
        assert 'href="tel:0905123456">0905 123 456</a>' in html
        article = html[html.index(f"{GROUP}, phường Hòa Vinh") :]
        assert article.index("Võ Văn Thử") < min(article.index(row.name) for row in rows)

    def test_one_tap_tells_all_who_are_ticked(self, scene: Scene, rows: list[Invitation]) -> None:
        html = text_of(client(scene), by_head(scene))
        for row in rows:
            assert f'name="row" value="{row.code}" checked' in html
        response = client(scene).post(on_sitting(scene, "qua-thon"), {"row": [row.code for row in rows]})
        assert response["Location"].endswith("/goi/thon/?da=call.through_head")
        assert Call.objects.filter(outcome="told").count() == 2
        html = text_of(client(scene), by_head(scene))
        assert "báo cho 13 hộ" in html
        assert f'value="{rows[0].code}" checked' not in html
        assert "Đã báo xong: 1 thôn, tổ" in html

    def test_who_is_not_ticked_stays(self, scene: Scene, rows: list[Invitation]) -> None:
        client(scene).post(on_sitting(scene, "qua-thon"), {"row": rows[0].code})
        html = text_of(client(scene), by_head(scene))
        assert f'value="{rows[1].code}" checked' in html
        assert client(scene).post(on_sitting(scene, "qua-thon"), {}).status_code == 409

    def test_two_presses_are_one(self, scene: Scene, rows: list[Invitation]) -> None:
        html = text_of(client(scene), by_head(scene))
        found = re.search(rf'action="{on_sitting(scene, "qua-thon")}">.*?name="lan" value="([0-9a-f]+)"', html)
        assert found
        for _press in range(2):
            told = {"row": [row.code for row in rows], "lan": found[1]}
            assert client(scene).post(on_sitting(scene, "qua-thon"), told).status_code == 302
        assert Call.objects.count() == 2

    def test_the_text_message_opens_with_the_words(self, scene: Scene, rows: list[Invitation]) -> None:
        keep(scene, rows[0])
        html = text_of(client(scene), by_head(scene))
        found = re.search(r'href="sms:0905123456\?body=([^"]+)"', html)
        assert found
        assert unquote(found[1]).startswith(f"Kính nhờ trưởng khu phố {GROUP} báo giúp 2 hộ: ")

    def test_a_wrong_number_or_ward_is_refused(self, scene: Scene, rows: list[Invitation]) -> None:
        assert keep(scene, rows[0], phone="12") == 409
        assert keep(scene, rows[0], ward="x") == 409
        assert keep(scene, rows[0], ward=scene.stage.other.agency.places.get(name="Hòa Vinh").pk) == 404
        assert not HamletHead.objects.exists()

    def test_after_a_change_the_notice_to_sign_is_there(self, scene: Scene, rows: list[Invitation]) -> None:
        leader = scene.stage.cast.leader.as_actor()
        changing.postpone(scene.morning, reason="bão", actor=leader, now=scene.later(hours=1))
        html = text_of(client(scene), by_head(scene))
        assert "Thông báo, để ký và phát hành" in html
        assert "hoãn lại. Giấy mời vẫn dùng được" in html

    def test_the_list_is_drafted_for_printing(self, scene: Scene, rows: list[Invitation]) -> None:
        assert client(scene).post(on_sitting(scene, "goi-giay")).status_code == 302
        assert "Lập lại danh sách" in text_of(client(scene), by_head(scene))

    def test_looking_changes_nothing_and_names_stay_text(self, scene: Scene, rows: list[Invitation]) -> None:
        assert rows[0].person
        rename_to_attack(rows[0].person)
        with unchanged(Invitation, Call, HamletHead):
            assert ESCAPED_ATTACK in text_of(client(scene), by_head(scene))

    def test_a_ward_sees_which_are_not_its_own(self, scene: Scene, rows: list[Invitation]) -> None:
        other = scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung").office
        visitor = client(scene, scene.stage.cast.officers[other.code])
        html = text_of(visitor, by_head(scene))
        assert f'value="{rows[0].code}" checked disabled' in html
        assert visitor.post(on_sitting(scene, "qua-thon"), {"row": rows[0].code}).status_code == 403

    def test_another_agency_finds_nothing(self, scene: Scene, rows: list[Invitation]) -> None:
        assert client(scene, scene.stage.other.leader).get(by_head(scene)).status_code == 404
