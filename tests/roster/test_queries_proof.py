"""A draw beside the journal: nothing is found while the product does its work, and what was exchanged is named."""

import pytest

from doithoai.journal.queries import lines_of
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import actions
from doithoai.roster.models import Draw, Invitation, Pool, PoolMember
from doithoai.roster.queries import eligible
from doithoai.roster.queries.proof import draw_faults
from tests.roster.scene import DAY_OF_SITTING, EVENT, EVENT_ON, Scene


def told() -> list[str]:
    return [str(fault) for fault in draw_faults(lines_of("pool.freeze"), lines_of("pool.draw"))]


def test_whatever_the_product_does_fits(scene: Scene) -> None:
    """Chosen by hand, frozen, drawn, struck, declined, called, withdrawn, walked in, arrived: two sittings side by side."""
    scene.take()
    actions.choose_by_hand(
        scene.morning, eligible(scene.morning)[3].person, reason="x", actor=scene.lead, now=scene.now
    )
    scene.freeze()
    scene.freeze_afternoon()
    assert told() == []
    drawn = scene.invite()
    assert told() == []
    for row, act in ((drawn[0], "decline"), (drawn[1], "withdraw")):
        if act == "decline":
            actions.decline_invitation(row, channel="phone", actor=scene.lead, now=scene.now)
        else:
            actions.withdraw_invitation(row, reason="x", actor=scene.head.as_actor(), now=scene.now)
    reserve = scene.reserves("Hòa Vinh")[-1]
    actions.strike(reserve, reason="x", actor=scene.head.as_actor(), now=scene.now)
    scene.now = DAY_OF_SITTING
    Sitting.objects.filter(pk=scene.morning.pk).update(state="live")
    actions.arrive(Invitation.objects.get(pk=drawn[2].pk), actor=scene.clerk, now=scene.now)
    assert told() == []


def test_erasing_what_is_personal_breaks_nothing(scene: Scene) -> None:
    scene.draw()
    Person.objects.update(name="", name_folded="", phone="", email="", birth_year=None, household="", sex="", group="")
    assert told() == []


@pytest.mark.parametrize("with_letters", [True, False])
def test_somebody_exchanged_behind_a_code_is_named_by_the_sitting(scene: Scene, with_letters: bool) -> None:
    scene.draw()
    one, two = scene.drawn("Hòa Vinh")[0], scene.reserves("Hòa Vinh")[0]
    PoolMember.objects.filter(pk=one.member_id).update(person=two.person)
    PoolMember.objects.filter(pk=two.member_id).update(person=one.person)
    if with_letters:
        Invitation.objects.filter(pk=two.pk).update(person=None)
        Invitation.objects.filter(pk=one.pk).update(person=two.person)
        Invitation.objects.filter(pk=two.pk).update(person=one.person)
    assert told() == [f"bốc thăm {scene.morning.code}: người đứng sau các mã không còn như lúc chốt danh sách"]


def test_a_letter_to_somebody_else_is_named(scene: Scene) -> None:
    row = scene.invite()[0]
    other = Person.objects.exclude(invitations__sitting=scene.morning)[0]
    Invitation.objects.filter(pk=row.pk).update(person=other)
    assert told() == [f"bốc thăm {scene.morning.code}: {row.code} không mời đúng người đứng sau mã đã bốc"]


def test_a_code_that_was_not_drawn_is_named(scene: Scene) -> None:
    row = scene.invite()[0]
    Invitation.objects.filter(pk=row.pk).update(route="chosen")
    assert told() == [f"bốc thăm {scene.morning.code}: danh sách mời không phải những mã đã bốc, theo đúng thứ tự"]


def test_a_result_made_by_hand_is_run_again(scene: Scene) -> None:
    """The journal may have been told a lie from the start: the lots are drawn anew."""
    pool = scene.freeze_first()
    honest = actions.drawing.lots.published

    def forged(*args: object, **told: object) -> dict[str, object]:
        document = honest(*args, **told)  # type: ignore[arg-type]
        ward = next(iter(document["result"]["chosen"]))
        chosen, reserves = document["result"]["chosen"][ward], document["result"]["reserves"][ward]
        chosen[0], reserves[0] = reserves[0], chosen[0]
        return document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.drawing.lots, "published", forged)
        scene.draw(pool)
    (fault,) = told()
    assert "thứ 1: tệp ghi" in fault


def test_a_list_or_result_taken_away_is_named(scene: Scene) -> None:
    scene.draw()
    Invitation.objects.all().delete()
    Draw.objects.all().delete()
    assert told() == [f"bốc thăm {scene.morning.code}: thiếu kết quả bốc thăm đã ghi trong nhật ký"]
    PoolMember.objects.all().delete()
    Pool.objects.all().delete()
    assert told() == [f"bốc thăm {scene.morning.code}: thiếu danh sách đã chốt"]


def test_a_list_that_the_journal_does_not_know_is_named(scene: Scene) -> None:
    scene.take()
    pool = scene.freeze()
    pool.pk, pool.sitting = None, scene.afternoon
    pool.save()
    (fault,) = told()
    assert fault.startswith(f"bốc thăm {scene.afternoon.code}: danh sách, quy tắc đã chốt không khớp mã")
    assert (pool.event_name, pool.event_on) == (EVENT, EVENT_ON)
