"""Check-in at a venue: who is expected there, what is noted about them, and by whom; by form and by device."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from doithoai.journal.models import Entry, Receipt
from doithoai.people.models import AccessLink
from doithoai.planning.models import Sitting
from doithoai.roster.models import Invitation
from tests.roster.pages import client, door, personal, text_of
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


def at_the_door(scene: Scene) -> Client:
    """A browser of the ward's own officer."""
    return client(scene, scene.stage.cast.officers[scene.ward_venue.office.code])


def noted(scene: Scene, act: str, row: Invitation | None = None, **said: str) -> dict[str, str]:
    """What the form of an act posts."""
    return {"act": act, **({"invitation": row.code} if row else {}), **said}


def note(scene: Scene) -> str:
    """Where the forms of the door post."""
    return f"{door(scene)}ghi/"


class TestWhoComesIn:
    def test_the_second_agency_finds_nothing(self, scene: Scene, there: list[Invitation]) -> None:
        stranger = client(scene, scene.stage.other.leader)
        assert stranger.get(door(scene)).status_code == 404
        assert stranger.get(f"{door(scene)}tinh-hinh.json").status_code == 404
        assert stranger.post(note(scene), noted(scene, "them", name="Ai đó", reason="x")).status_code == 404
        assert stranger.post(note(scene), noted(scene, "den", there[0])).status_code == 404
        assert stranger.post(f"{door(scene)}lenh/", "{}", content_type="application/json").status_code == 404

    def test_a_venue_of_another_dialogue_is_not_found(self, scene: Scene) -> None:
        path = door(scene).replace(scene.ward_venue.code, "XK-2021-01-C1")
        assert client(scene).get(path).status_code == 404

    def test_looking_changes_nothing_and_costs_the_same_for_few_and_many(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        visitor = at_the_door(scene)
        with unchanged(Invitation):
            many = queries_of(visitor, door(scene))
        Invitation.objects.filter(pk__in=[row.pk for row in there[1:]]).update(state="struck")
        assert queries_of(visitor, door(scene)) == many
        assert many <= 14

    def test_a_hostile_name_is_text(self, scene: Scene, there: list[Invitation]) -> None:
        assert there[0].person is not None
        rename_to_attack(there[0].person)
        html = text_of(at_the_door(scene), door(scene))
        assert ESCAPED_ATTACK in html
        assert "<img" not in html

    def test_whoever_may_not_note_reads_why(self, scene: Scene, there: list[Invitation]) -> None:
        for staff in (scene.stage.cast.observer, scene.head):
            visitor = client(scene, staff)
            html = text_of(visitor, door(scene))
            assert "Không có quyền:" in html
            assert 'value="den"' not in html
            assert 'value="them"' not in html
            assert visitor.post(note(scene), noted(scene, "den", there[0])).status_code == 403
            assert visitor.post(note(scene), noted(scene, "them", name="Ai đó", reason="x")).status_code == 403


class TestNoting:
    def test_only_people_of_this_venue_are_expected(self, scene: Scene, there: list[Invitation]) -> None:
        html = text_of(at_the_door(scene), door(scene))
        assert all(f'id="{row.code}"' in html for row in there)
        assert not any(f'id="{row.code}"' in html for row in scene.drawn("Hòa Hiệp Trung"))
        assert not any(f'id="{row.code}"' in html for row in scene.reserves("Hòa Vinh"))

    def test_nobody_of_another_venue_is_noted_here(self, scene: Scene, there: list[Invitation]) -> None:
        row = scene.drawn("Hòa Hiệp Trung")[0]
        assert client(scene, scene.stage.cast.hoa).post(note(scene), noted(scene, "den", row)).status_code == 409
        assert state_of(row) == "invited"

    def test_without_a_number_the_sitting_that_has_not_ended_is_shown(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        path = door(scene).removesuffix(f"{scene.morning.ordinal}/")
        assert there[0].name in text_of(at_the_door(scene), path)
        scene.now = scene.morning.ends_at
        assert there[0].name not in text_of(at_the_door(scene), path)

    def test_before_the_day_nothing_is_noted(self, scene: Scene) -> None:
        row = scene.invite()[0]
        html = text_of(at_the_door(scene), door(scene))
        assert "Chưa đến ngày: ghi có mặt, vắng mặt từ thứ Tư 22/12/2021." in html
        assert 'value="den"' not in html
        assert at_the_door(scene).post(note(scene), noted(scene, "den", row)).status_code == 409

    def test_one_tap_the_count_goes_up_and_the_way_back_is_shown(self, scene: Scene, there: list[Invitation]) -> None:
        response = at_the_door(scene).post(note(scene), noted(scene, "den", there[0]))
        assert response["Location"] == f"{door(scene)}?da=attendance.arrive&ai={there[0].code}"
        assert (state_of(there[0]), there[0].arrived_at) == ("attended", scene.now)
        html = text_of(at_the_door(scene), response["Location"])
        assert "<dt>công dân được mời đã đến</dt><dd>1<small>/8</small>" in html
        assert f"Đã ghi: {there[0].name} đã đến." in html
        assert f'<a href="#{there[0].code}">Ghi nhầm? Rút lại</a>' in html

    def test_twice_is_told_kindly_and_written_once(self, scene: Scene, there: list[Invitation]) -> None:
        at_the_door(scene).post(note(scene), noted(scene, "den", there[0]))
        scene.later(minutes=3)
        response = at_the_door(scene).post(note(scene), noted(scene, "den", there[0]))
        html = text_of(at_the_door(scene), response["Location"])
        assert "đã được ghi là đã đến từ trước; không ghi thêm lần nữa." in html
        assert Entry.objects.filter(verb="attendance.arrive").count() == 1

    def test_people_are_found_by_name_without_diacritics(self, scene: Scene, there: list[Invitation]) -> None:
        row = there[0]
        assert row.person is not None
        html = text_of(at_the_door(scene), f"{door(scene)}?tim={row.person.name_folded}")
        assert f'id="{row.code}"' in html
        assert html.count('class="one guest"') < len(there)

    def test_a_substitute_is_admitted_by_the_venues_chair(self, scene: Scene, there: list[Invitation]) -> None:
        row, words = there[0], {"name": "Võ Thị Con", "relation": "con gái", "proof": "giấy mời"}
        chair = scene.stage.cast.heads[scene.ward_venue.office.code]
        assert 'value="den-thay"' not in text_of(at_the_door(scene), door(scene))
        assert at_the_door(scene).post(note(scene), noted(scene, "den-thay", row, **words)).status_code == 403
        without = noted(scene, "den-thay", row, name="Võ Thị Con")
        assert client(scene, chair).post(note(scene), without).status_code == 409
        assert client(scene, chair).post(note(scene), noted(scene, "den-thay", row, **words)).status_code == 302
        assert (state_of(row), row.substitute, row.substitute_proof) == ("attended", "Võ Thị Con", "giấy mời")
        html = text_of(at_the_door(scene), door(scene))
        assert "Đến thay: Võ Thị Con, con gái; đã xem giấy mời" in html
        again = at_the_door(scene).post(note(scene), noted(scene, "den", row))
        assert again.status_code == 409
        assert "đã ghi có người đến thay" in again.content.decode()

    def test_absent_with_a_reason_and_put_right(self, scene: Scene, there: list[Invitation]) -> None:
        row = there[0]
        at_the_door(scene).post(note(scene), noted(scene, "vang", row, reason="ốm"))
        assert (state_of(row), row.reason) == ("absent", "ốm")
        assert "vắng, 1 có lý do" in text_of(at_the_door(scene), door(scene))
        at_the_door(scene).post(note(scene), noted(scene, "den", row))
        assert (state_of(row), row.reason) == ("attended", "")

    def test_taken_back_left_and_back_again(self, scene: Scene, there: list[Invitation]) -> None:
        row, visitor = there[0], at_the_door(scene)
        visitor.post(note(scene), noted(scene, "den", row))
        scene.later(minutes=50)
        visitor = at_the_door(scene)
        visitor.post(note(scene), noted(scene, "ve-truoc", row))
        html = text_of(visitor, door(scene))
        assert "Đã đến, về trước" in html
        assert "07:10, về lúc 08:00" in html
        visitor.post(note(scene), noted(scene, "tro-lai", row))
        assert "về lúc" not in text_of(visitor, door(scene))
        assert visitor.post(note(scene), noted(scene, "rut", row)).status_code == 409
        assert visitor.post(note(scene), noted(scene, "rut", row, reason="trùng tên")).status_code == 302
        assert state_of(row) == "invited"

    def test_somebody_without_an_invitation(self, scene: Scene, there: list[Invitation]) -> None:
        visitor = at_the_door(scene)
        assert visitor.post(note(scene), noted(scene, "them", name=" ", reason="x")).status_code == 409
        assert visitor.post(note(scene), noted(scene, "them", name="Trần Văn Đến")).status_code == 409
        said = {"name": "Trần Văn Đến", "group": "Tổ dân phố 2", "reason": "người trong phường"}
        assert visitor.post(note(scene), noted(scene, "them", **said)).status_code == 302
        row = Invitation.objects.get(route="walk_in")
        assert (row.name, row.venue, row.state) == ("Trần Văn Đến", scene.ward_venue, "attended")
        html = text_of(visitor, door(scene))
        assert "<dt>đến không có giấy mời</dt><dd>1" in html
        assert "<dt>công dân được mời đã đến</dt><dd>0<small>/8</small>" in html

    def test_an_act_that_the_door_does_not_have(self, scene: Scene, there: list[Invitation]) -> None:
        assert at_the_door(scene).post(note(scene), noted(scene, "xoa", there[0])).status_code == 404


class TestState:
    def test_how_everybody_stands_without_a_name(self, scene: Scene, there: list[Invitation]) -> None:
        visitor = at_the_door(scene)
        visitor.post(note(scene), noted(scene, "den", there[0]))
        response = visitor.get(f"{door(scene)}tinh-hinh.json")
        told = response.json()
        came, other = told["people"][there[0].code], told["people"][there[1].code]
        assert came == {"standing": "came", "look": "done", "word": "Đã đến", "note": "07:10"}
        assert other["standing"] == "expected"
        assert told["figures"][0] == ["1", "8", "công dân được mời đã đến"]
        assert there[0].name not in response.content.decode()

    def test_an_unchanged_list_is_answered_without_reading_it(self, scene: Scene, there: list[Invitation]) -> None:
        visitor, path = at_the_door(scene), f"{door(scene)}tinh-hinh.json"
        known = {"If-None-Match": visitor.get(path)["ETag"]}
        assert visitor.get(path, headers=known).status_code == 304
        visitor.post(note(scene), noted(scene, "den", there[0]))
        assert visitor.get(path, headers=known).status_code == 200

    def test_a_list_is_kept_to_the_end_of_the_day_and_not_after_the_sitting(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        path = f"{door(scene)}tinh-hinh.json"
        assert at_the_door(scene).get(path).json()["keep"] == (16 * 60 + 50) * 60  # from 07:10 to midnight
        scene.later(days=2)
        assert at_the_door(scene).get(path).json()["keep"] == 0
        scene.now = DAY_OF_SITTING
        Sitting.objects.filter(pk=scene.morning.pk).update(state="ended")
        assert at_the_door(scene).get(path).json()["keep"] == 0

    def test_the_code_on_a_letter_is_known_by_what_it_hashes_to(self, scene: Scene, there: list[Invitation]) -> None:
        token = personal(scene, there[0]).strip("/").rpartition("/")[2]
        html = text_of(at_the_door(scene), door(scene))
        link = AccessLink.objects.filter(code=there[0].code).latest("pk")
        assert f'data-pass="{link.token_hash[:16]}"' in html
        assert link.token_hash not in html
        assert token not in html

    def test_the_worker_is_a_script_of_its_own_venue(self, scene: Scene) -> None:
        path = door(scene).removesuffix(f"{scene.morning.ordinal}/")
        response = Client().get(f"{path}ngoai-tuyen.js")
        assert response["Content-Type"].startswith("text/javascript")
        assert response["Cache-Control"] == "no-cache"
        assert b"addEventListener" in response.content


class TestByDevice:
    def command(self, scene: Scene, act: str, place: int = 1, waited: int = 0, **body: str) -> str:
        """What a telephone sends; its clock is five years ahead."""
        made = "2026-12-22T07:00:00+07:00"
        sent = f"2026-12-22T07:{waited:02d}:00+07:00"
        key, clerk = UUID(int=place), scene.stage.cast.officers[scene.ward_venue.office.code]
        told = {"key": str(key), "device": str(UUID(int=0)), "seq": place, "at": made, "sent": sent, "name": act}
        return json.dumps({**told, "by": clerk.ref, "body": body})

    def send(self, scene: Scene, data: str) -> Any:
        """The answer to a command of the ward's officer."""
        response = at_the_door(scene).post(f"{door(scene)}lenh/", data, content_type="application/json")
        assert response.status_code == 200
        return response.json()

    def test_a_command_is_done_once_however_often_it_is_sent(self, scene: Scene, there: list[Invitation]) -> None:
        data = self.command(scene, "them", name="Trần Văn Đến", reason="người trong phường")
        first, second = self.send(scene, data), self.send(scene, data)
        assert first["facts"] == second["facts"] == {
            "did": "attendance.admit", "invitation": Invitation.objects.get(route="walk_in").code,
        }  # fmt: skip
        assert Receipt.objects.count() == Entry.objects.filter(verb="attendance.admit").count() == 1
        assert "Trần" not in json.dumps(Receipt.objects.get().answer, ensure_ascii=False)

    def test_what_waited_for_a_line_keeps_its_hour(self, scene: Scene, there: list[Invitation]) -> None:
        self.send(scene, self.command(scene, "den", 1, 6, invitation=there[0].code))
        self.send(scene, self.command(scene, "den", 2, 0, invitation=there[1].code))
        for row in there[:2]:
            row.refresh_from_db()
        assert (there[0].arrived_at, there[0].is_device_time) == (scene.now - timedelta(minutes=6), True)
        assert (there[1].arrived_at, there[1].is_device_time) == (scene.now, False)
        assert "07:04, ghi lúc mất mạng" in text_of(at_the_door(scene), door(scene))

    def test_the_second_device_is_told_that_the_person_is_there(self, scene: Scene, there: list[Invitation]) -> None:
        at_the_door(scene).post(note(scene), noted(scene, "den", there[0]))
        told = self.send(scene, self.command(scene, "den", invitation=there[0].code))
        assert (told["outcome"], told["facts"]["did"]) == ("done", "already")
        assert Entry.objects.filter(verb="attendance.arrive").count() == 1

    def test_a_refusal_comes_back_with_its_sentence(self, scene: Scene, there: list[Invitation]) -> None:
        told = self.send(scene, self.command(scene, "rut", invitation=there[0].code, reason="nhầm"))
        assert (told["outcome"], told["words"]) == ("refused", "Chưa rút lại được: chưa ghi người này đã đến.")

    def test_an_ended_session_is_not_an_answer(self, scene: Scene, there: list[Invitation]) -> None:
        data = self.command(scene, "den", invitation=there[0].code)
        response = Client().post(f"{door(scene)}lenh/", data, content_type="application/json")
        assert response.status_code == 401
        assert Receipt.objects.count() == 0
