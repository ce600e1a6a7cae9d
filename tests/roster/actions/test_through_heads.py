"""One call to the head of a hamlet tells its households; exceptions stay; news makes everybody somebody to tell again."""

import json
from datetime import timedelta

import pytest

from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.actions import keep_head
from doithoai.people.models import Person
from doithoai.planning.actions import changing
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.actions.words import for_head
from doithoai.roster.models import Call, Invitation
from doithoai.roster.papers import call_list, delivery_list
from doithoai.roster.queries.telling import Hamlet, hamlets_of, has_moved
from doithoai.rules.paper import words
from tests.roster.scene import Scene, facts_of, length

GROUP = "Thôn Mẫu 9"


@pytest.fixture
def rows(scene: Scene) -> list[Invitation]:
    """Three invited people of one hamlet, written in three ways."""
    rows = scene.invite()[:3]
    for row, group in zip(rows, (GROUP, "thôn  mẫu 9", "THÔN MẪU 9"), strict=True):
        Person.objects.filter(pk=row.person_id).update(group=group)
    return list(Invitation.objects.filter(pk__in=[row.pk for row in rows]).select_related("person"))


def sitting_of(scene: Scene) -> Sitting:
    return Sitting.objects.get(pk=scene.morning.pk)


def hamlet(scene: Scene) -> Hamlet:
    return next(one for one in hamlets_of(sitting_of(scene)) if one.group.casefold().startswith("thôn"))


def codes(rows: list[Invitation]) -> list[str]:
    return sorted(row.code for row in rows)


def waiting(scene: Scene) -> list[str]:
    return codes([one.row for one in hamlet(scene).waiting])


def tell(scene: Scene, told: list[str]) -> None:
    actions.tell_through_head(sitting_of(scene), told, actor=scene.lead, now=scene.later(minutes=5))


def move(scene: Scene) -> None:
    """The evening before, another hour."""
    sitting, leader = sitting_of(scene), scene.stage.cast.leader.as_actor()
    starts, ends = sitting.starts_at + timedelta(hours=1), sitting.ends_at + timedelta(hours=1)
    changing.reschedule(
        sitting, starts_at=starts, ends_at=ends, reason="mưa lớn", actor=leader, now=scene.later(days=1)
    )


def test_a_hamlet_is_one_however_its_name_is_written(scene: Scene, rows: list[Invitation]) -> None:
    assert waiting(scene) == codes(rows)
    everybody = [one.row.code for each in hamlets_of(sitting_of(scene)) for one in each.households]
    assert len(everybody) == len(set(everybody)) == 15


def test_one_act_tells_all_but_the_exception(scene: Scene, rows: list[Invitation]) -> None:
    tell(scene, codes(rows[:2]))
    assert waiting(scene) == codes(rows[2:])
    assert [call.outcome for call in Call.objects.all()] == ["told", "told"]
    (body,) = facts_of("call.through_head")
    assert json.loads(body)["facts"] == {"sitting": scene.morning.code, "told": 2}
    rows[0].refresh_from_db()
    assert rows[0].state == "invited", "the answer is still awaited"


def test_what_waited_for_them_counts_as_told(scene: Scene, rows: list[Invitation]) -> None:
    move(scene)
    tell(scene, codes(rows))
    moved = Message.objects.filter(kind="moved")
    told = moved.filter(delivered_at__isnull=False)
    assert sorted(told.values_list("person", flat=True)) == sorted(row.person_id or 0 for row in rows)
    assert set(told.values_list("outcome", flat=True)) == {"Đã báo qua trưởng thôn, tổ trưởng"}
    assert moved.count() == 15


def test_another_hour_makes_everybody_somebody_to_tell_again(scene: Scene, rows: list[Invitation]) -> None:
    tell(scene, codes(rows))
    assert waiting(scene) == []
    actions.accept_invitation(rows[0], channel="phone", actor=scene.lead, now=scene.now)
    move(scene)
    assert waiting(scene) == codes(rows)
    assert has_moved(sitting_of(scene))


def test_of_a_sitting_called_off_everybody_is_told_also_who_had_accepted(scene: Scene, rows: list[Invitation]) -> None:
    actions.accept_invitation(rows[0], channel="phone", actor=scene.lead, now=scene.now)
    assert waiting(scene) == codes(rows[1:])
    leader = scene.stage.cast.leader.as_actor()
    changing.cancel(sitting_of(scene), reason="bão", actor=leader, now=scene.later(hours=1))
    assert waiting(scene) == codes(rows)
    assert "không tổ chức nữa" in for_head(sitting_of(scene), hamlet(scene), moved=False)
    tell(scene, codes(rows))
    assert waiting(scene) == []


def test_told_twice_or_nobody_ticked_is_refused(scene: Scene, rows: list[Invitation]) -> None:
    tell(scene, codes(rows))
    before = length()
    for told in (codes(rows), [], ["DH-2021-01-B2-M01"]):
        with pytest.raises(NotNow, match="chưa đánh dấu hộ nào, hoặc các hộ này đã ghi là đã báo"):
            tell(scene, told)
    assert length() == before


def test_nothing_is_told_once_the_sitting_begins(scene: Scene, rows: list[Invitation]) -> None:
    scene.now = scene.morning.starts_at
    with pytest.raises(NotNow, match="Đã đến giờ đối thoại"):
        tell(scene, codes(rows))


def test_a_ward_tells_its_own_households_only(scene: Scene, rows: list[Invitation]) -> None:
    other = scene.stage.cast.officer(scene.stage.dialogue.venues.get(ward__name="Hòa Hiệp Trung").office)
    with pytest.raises(NotYours):
        actions.tell_through_head(sitting_of(scene), codes(rows), actor=other, now=scene.now)
    assert not Call.objects.exists()
    actions.tell_through_head(sitting_of(scene), codes(rows), actor=scene.clerk, now=scene.now)
    assert Call.objects.count() == 3


class TestWords:
    def test_the_head_hears_whom_to_tell_what_and_whom_to_call(self, scene: Scene, rows: list[Invitation]) -> None:
        text = for_head(sitting_of(scene), hamlet(scene), moved=False)
        assert text.startswith(f"Kính nhờ trưởng thôn {hamlet(scene).group} báo giúp 3 hộ: ")
        for row in rows:
            assert row.name in text
        assert "07 giờ 30 phút đến 11 giờ 30 phút, thứ Tư, ngày 22/12/2021" in text
        assert "Xin hỏi giúp có đến được không." in text
        assert "đổi sang 08 giờ 30 phút" not in text

    def test_after_a_change_the_new_hour(self, scene: Scene, rows: list[Invitation]) -> None:
        move(scene)
        assert "đổi sang 08 giờ 30 phút đến 12 giờ 30 phút" in for_head(sitting_of(scene), hamlet(scene), moved=True)


class TestPapers:
    def keep(self, scene: Scene, rows: list[Invitation]) -> None:
        assert rows[0].person
        ward = rows[0].person.ward
        assert ward
        told = {"ward": ward, "group": GROUP, "name": "Võ Văn Thử", "phone": "0900000111"}
        keep_head(scene.morning.agency, **told, actor=scene.lead, now=scene.now)

    def test_the_printed_list_has_the_head_first(self, scene: Scene, rows: list[Invitation]) -> None:
        self.keep(scene, rows)
        text = " ".join(words(call_list(sitting_of(scene))))
        at = text.index("trưởng thôn Võ Văn Thử, 0900 000 111; báo 03 hộ")
        assert all(text.index(row.name) > at for row in rows)
        assert "tổ trưởng: ……" in text, "a head nobody knows has room to be written in"

    def test_it_leaves_out_who_was_told_and_is_not_made_for_nobody(self, scene: Scene, rows: list[Invitation]) -> None:
        tell(scene, codes(rows[:1]))
        assert rows[0].name not in " ".join(words(call_list(sitting_of(scene))))
        tell(scene, list(Invitation.objects.filter(sitting=scene.morning).values_list("code", flat=True)))
        with pytest.raises(NotNow, match="không còn hộ nào phải báo"):
            actions.draft_call_list(sitting_of(scene), actor=scene.lead, now=scene.now)

    def test_whoever_carries_the_letters_is_named_where_known(self, scene: Scene, rows: list[Invitation]) -> None:
        self.keep(scene, rows)
        text = " ".join(words(delivery_list(sitting_of(scene))))
        assert "(người giao: Võ Văn Thử, trưởng thôn)" in text
        assert "(người giao: ……" in text
