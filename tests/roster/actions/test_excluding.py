"""Who is kept out of a draw by name: right, reason, journal, the published count, and nothing after the freeze."""

import pytest

from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.models import Person
from doithoai.roster import actions
from doithoai.roster.models import Exclusion, PoolMember
from doithoai.roster.queries import eligible, frozen
from tests.roster.pages import choosing, client, on_sitting, text_of
from tests.roster.scene import Scene, facts_of
from tests.web.visitors import ESCAPED_ATTACK, rename_to_attack, unchanged


@pytest.fixture
def person(scene: Scene) -> Person:
    """Somebody who may be drawn in the morning."""
    scene.take()
    return eligible(scene.morning)[0].person


def exclude(scene: Scene, person: Person, ground: str = "handler", reason: str = "Thụ lý hồ sơ") -> Exclusion:
    return actions.exclude(scene.morning, person, ground=ground, reason=reason, actor=scene.lead, now=scene.now)


def test_kept_out_they_are_in_no_pool_and_the_published_rules_count_them_without_a_name(
    scene: Scene, person: Person
) -> None:
    kin = eligible(scene.morning)[1].person
    before = len(eligible(scene.morning))
    exclude(scene, person)
    exclude(scene, kin, "kin", "Vợ của người thụ lý")
    assert len(eligible(scene.morning)) == before - 2
    pool = scene.freeze()
    assert not PoolMember.objects.filter(person__in=[person, kin]).exists()
    told = frozen(pool)[1].conditions[-1]
    assert told.startswith("Đã loại 2 người, mỗi người có ghi lý do (cán bộ đang giải quyết hồ sơ: 1; người nhà")
    assert person.name not in pool.canonical
    assert '"excluded":2' in facts_of("pool.freeze")[-1].replace(" ", "")
    (body, _second) = facts_of("pool.exclude")
    assert person.code in body
    assert person.name not in body
    assert "Thụ lý" not in body


def test_they_are_not_chosen_by_hand_either(scene: Scene, person: Person) -> None:
    exclude(scene, person)
    with pytest.raises(NotNow, match="Cán bộ đang giải quyết hồ sơ, Thụ lý hồ sơ"):
        actions.choose_by_hand(scene.morning, person, reason="x", actor=scene.lead, now=scene.now)


def test_let_in_again_they_may_be_drawn(scene: Scene, person: Person) -> None:
    exclude(scene, person)
    actions.readmit(scene.morning, person, actor=scene.lead, now=scene.now)
    assert person.pk in {one.person.pk for one in eligible(scene.morning)}
    assert len(facts_of("pool.readmit")) == 1
    with pytest.raises(NotNow, match="không bị loại"):
        actions.readmit(scene.morning, person, actor=scene.lead, now=scene.now)


def test_refusals(scene: Scene, person: Person) -> None:
    stranger = Person.objects.create(agency=scene.stage.other.agency, code="X", name="A", name_folded="a")
    other = scene.stage.other.officers[scene.morning.lead.code].as_actor()
    with unchanged(Exclusion):
        with pytest.raises(NotNow, match="cần một câu nêu lý do"):
            exclude(scene, person, reason=" ")
        with pytest.raises(NotNow, match="một trong các lý do"):
            exclude(scene, person, "other")
        with pytest.raises(NotYours):
            actions.exclude(scene.morning, person, ground="kin", reason="x", actor=other, now=scene.now)
        with pytest.raises(NotNow, match="không có trong danh sách đủ điều kiện"):
            exclude(scene, stranger)
    exclude(scene, person)
    with pytest.raises(NotNow, match="không có trong danh sách đủ điều kiện"):
        exclude(scene, person)
    second = eligible(scene.morning)[0].person
    scene.freeze()
    with unchanged(Exclusion):
        with pytest.raises(NotNow, match="đã chốt: không loại ai ra"):
            exclude(scene, second)
        with pytest.raises(NotNow, match="đã chốt: không loại ai ra"):
            actions.readmit(scene.morning, person, actor=scene.lead, now=scene.now)


def test_the_page_finds_keeps_out_counts_and_lets_in_again(scene: Scene, person: Person) -> None:
    rename_to_attack(person)
    visitor = client(scene)
    html = text_of(visitor, f"{choosing(scene)}?loai={person.name_folded}")
    assert "Loại khỏi danh sách bốc thăm" in html
    said = {"person": person.code, "ground": "kin", "reason": "Con của người thụ lý"}
    assert visitor.post(on_sitting(scene, "loai"), {**said, "ground": ""}).status_code == 409
    assert visitor.post(on_sitting(scene, "loai"), said).status_code == 302
    html = text_of(visitor, choosing(scene))
    assert ESCAPED_ATTACK in html
    assert "Con của người thụ lý" in html
    assert "Trừ người bị loại, có lý do" in html
    assert visitor.post(on_sitting(scene, "dua-lai"), {"person": person.code}).status_code == 302
    assert not Exclusion.objects.exists()


def test_once_frozen_the_page_shows_them_without_a_button(scene: Scene, person: Person) -> None:
    exclude(scene, person)
    scene.freeze()
    html = text_of(client(scene), choosing(scene))
    assert "Danh sách đã chốt nên không đổi nữa." in html
    assert 'name="ground"' not in html
    assert "trở lại danh sách" not in html
