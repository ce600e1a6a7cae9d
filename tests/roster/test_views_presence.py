"""Who is there at all venues of a sitting: counts that add up, for a page that stays open."""

from itertools import pairwise

import pytest

from doithoai.roster import actions
from doithoai.roster.models import Invitation
from tests.roster.pages import client, text_of
from tests.roster.scene import DAY_OF_SITTING, Scene
from tests.web.visitors import queries_of, unchanged


@pytest.fixture
def there(scene: Scene) -> list[Invitation]:
    """The invited of phường Hòa Vinh, on the morning itself, with one of each outcome."""
    rows = scene.invite()
    actions.decline_invitation(rows[4], channel="phone", reason="bận", actor=scene.lead, now=scene.now)
    scene.now = DAY_OF_SITTING
    said = {"actor": scene.local_chair, "now": scene.now}
    actions.arrive(rows[0], **said)
    actions.arrive(rows[1], substitute="Võ Thị Con", relation="con gái", **said)
    actions.mark_absent(rows[2], reason="ốm", **said)
    actions.mark_absent(rows[3], **said)
    actions.admit(scene.morning, venue=scene.ward_venue, name="Trần Văn Đến", reason="người trong phường", **said)
    actions.leave(rows[0], **said)
    return rows


def page(scene: Scene) -> str:
    """The address of the morning's presence."""
    return f"/cuoc/{scene.stage.dialogue.code}/co-mat/{scene.morning.ordinal}/"


class TestPresence:
    def test_every_venue_adds_up_to_whoever_has_a_place_there(self, scene: Scene, there: list[Invitation]) -> None:
        office = client(scene, scene.stage.cast.hoa)
        told = office.get(f"{page(scene)}tinh-hinh.json").json()
        found = told["venues"][scene.ward_venue.code]
        counts = {name: part[0] for name, part in found["parts"].items()}
        assert counts == {"came": 1, "sent": 1, "excused": 1, "absent": 1, "awaited": found["expected"] - 4}
        assert found["there"] == 2
        assert found["besides"] == {"walk_in": "1", "delegates": "0/0", "left": "1"}
        assert sum(place["expected"] for place in told["venues"].values()) == 15
        assert told["summary"].startswith("Đã đến 2/15 công dân được mời (1 người đến thay). Vắng có lý do 1,")

    def test_the_bar_is_as_long_as_its_parts(self, scene: Scene, there: list[Invitation]) -> None:
        told = client(scene, scene.stage.cast.hoa).get(f"{page(scene)}tinh-hinh.json").json()
        parts = list(told["venues"][scene.ward_venue.code]["parts"].values())
        for (_count, start, width), (_next, next_start, _width) in pairwise(parts):
            assert start + width == next_start
        assert 990 <= parts[-1][1] + parts[-1][2] <= 1000

    def test_looking_changes_nothing_and_costs_the_same_for_few_and_many(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        office = client(scene, scene.stage.cast.hoa)
        with unchanged(Invitation):
            many = queries_of(office, page(scene))
        Invitation.objects.filter(pk__in=[row.pk for row in there[1:]]).update(state="struck")
        assert queries_of(office, page(scene)) == many
        assert many <= 14

    def test_an_unchanged_sitting_is_answered_without_counting(self, scene: Scene, there: list[Invitation]) -> None:
        office, path = client(scene, scene.stage.cast.hoa), f"{page(scene)}tinh-hinh.json"
        first = office.get(path)
        again = office.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        actions.arrive(there[5], actor=scene.local_chair, now=scene.now)
        assert office.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_absence_is_noted_here_with_or_without_a_reason(self, scene: Scene, there: list[Invitation]) -> None:
        office = client(scene, scene.stage.cast.hoa)
        html = text_of(office, page(scene))
        assert f'data-missing="{there[5].code}"' in html
        assert f'data-missing="{there[0].code}"' not in html
        response = office.post(f"{page(scene)}vang/", {"invitation": there[5].code, "reason": "ốm"})
        assert response["Location"] == f"{page(scene)}?da=attendance.absent"
        there[5].refresh_from_db()
        assert (there[5].state, there[5].reason) == ("absent", "ốm")
        assert "Đã ghi: vắng." in text_of(office, response["Location"])

    def test_the_inviting_office_notes_absence_and_the_observer_reads_why_not(
        self, scene: Scene, there: list[Invitation]
    ) -> None:
        assert client(scene).post(f"{page(scene)}vang/", {"invitation": there[5].code}).status_code == 302
        observer = client(scene, scene.stage.cast.observer)
        assert "Không có quyền:" in text_of(observer, page(scene))
        assert observer.post(f"{page(scene)}vang/", {"invitation": there[6].code}).status_code == 403

    def test_the_second_agency_finds_nothing(self, scene: Scene, there: list[Invitation]) -> None:
        stranger = client(scene, scene.stage.other.leader)
        assert stranger.get(page(scene)).status_code == 404
        assert stranger.get(f"{page(scene)}tinh-hinh.json").status_code == 404
        assert stranger.post(f"{page(scene)}vang/", {"invitation": there[5].code}).status_code == 404
