"""What each reader sees, the counts, the terms, and the masked proposal."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from doithoai.intake import actions as intake
from doithoai.intake import queries
from doithoai.intake.models import Opinion
from doithoai.intake.permissions import may_read
from doithoai.kernel.access import ANYONE, Actor
from doithoai.outbox.models import Message
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def seen(stage: Stage, actor: Actor) -> set[str]:
    """The codes that an actor sees, by list and one by one: both say the same."""
    listed = {row.code for row in queries.visible_to(actor, stage.dialogue)}
    assert listed == {row.code for row in Opinion.objects.filter(dialogue=stage.dialogue) if may_read(actor, row)}
    return {code.rsplit("-", 1)[-1] for code in listed}


def test_who_sees_what(stage: Stage) -> None:
    ward = stage.dialogue.venues.filter(is_central=False).order_by("ordinal")[0].office
    own = scene.invitation(stage, scene.person(stage))
    link = scene.holder_of(own)
    intake.receive(stage.dialogue, words="Qua đường dẫn", door="link", invitation=own, actor=link, now=NOW)
    scene.opinion(stage, "Nói tại phường", door="floor")
    scene.opinion(stage, "Phường ghi giúp", actor=stage.cast.head(ward))
    scene.opinion(stage, "Tố cáo", kind="denunciation", actor=stage.cast.one_stop.as_actor())
    everything_else = {"YK01", "YK02", "YK03"}
    for staff in (stage.cast.leader, stage.cast.hoa, stage.cast.secretary, stage.cast.observer):
        assert seen(stage, staff.as_actor()) == everything_else
    assert seen(stage, scene.officer(stage, 2)) == everything_else
    assert seen(stage, scene.reception(stage)) == {*everything_else, "YK04"}
    assert seen(stage, stage.cast.one_stop.as_actor()) == {"YK02", "YK04"}
    assert seen(stage, stage.cast.head(ward)) == {"YK02", "YK03"}
    assert seen(stage, stage.cast.officer(ward)) == {"YK02"}
    assert seen(stage, link) == {"YK01"}
    assert seen(stage, ANYONE) == seen(stage, stage.other.leader.as_actor()) == set()
    assert seen(stage, stage.other.heads["DV01"].as_actor()) == set()
    assert seen(stage, SYSTEM) == {*everything_else, "YK04"}


def test_the_author_of_a_denunciation_sees_it_by_their_own_link(stage: Stage) -> None:
    own = scene.invitation(stage, scene.person(stage))
    link = scene.holder_of(own)
    intake.receive(
        stage.dialogue, words="Tố cáo", door="link", kind="denunciation", invitation=own, actor=link, now=NOW
    )
    assert seen(stage, link) == {"YK01"}
    assert seen(stage, stage.cast.leader.as_actor()) == set()


def test_one_list_costs_the_same_queries_for_one_row_and_for_three(stage: Stage) -> None:
    def cost() -> int:
        actor = stage.cast.hoa.as_actor()
        with CaptureQueriesContext(connection) as context:
            for row in queries.visible_to(actor, stage.dialogue):
                assert row.person is not None
                assert row.sitting is not None
                _ = (str(row.words), row.person.address, row.sitting.lead.name, row.agency.name)
        return len(context)

    scene.opinion(stage)
    one = cost()
    scene.opinion(stage)
    scene.opinion(stage)
    assert cost() == one


def test_figures_count_every_opinion_once(stage: Stage) -> None:
    actor = scene.officer(stage)
    root, twin, declined, handed, guided = (scene.opinion(stage) for _ in range(5))
    back = scene.opinion(stage, door="floor")
    scene.opinion(stage, kind="denunciation", actor=stage.cast.one_stop.as_actor())
    scene.opinion(stage)
    intake.accept(root, actor=actor, now=NOW)
    intake.merge(twin, root, reason="Trùng", actor=actor, now=NOW)
    intake.not_take(declined, reason="Vì thế", actor=actor, now=NOW)
    intake.transfer(handed, body="Thuế", signer=stage.cast.leader, actor=actor, now=NOW)
    intake.classify(guided, kind="complaint", actor=actor, now=NOW)
    intake.guide(guided, actor=actor, now=NOW)
    intake.withdraw(back, reason="Xin rút", actor=actor, now=NOW)
    assert queries.figures(stage.dialogue) == {
        "received": 8, "spoken": 1, "written": 7, "unsorted": 2, "accepted": 1, "merged": 1, "closed": 0,
        "transferred": 1, "guided": 1, "not_taken": 1, "withdrawn": 1, "denunciations": 1,
    }  # fmt: skip
    assert [row.code[-4:] for row in queries.unclassified(stage.dialogue)] == ["YK07", "YK08"]
    assert queries.root_of(twin) == root
    assert queries.merged_into(root) == [twin]
    assert queries.opinions_of(scene.sitting_of(stage))[-1].code.endswith("YK08")


def test_both_terms_run_from_the_day_of_receipt_in_the_agency_s_zone(stage: Stage) -> None:
    late = NOW.replace(hour=17, minute=30)  # half past midnight of Saturday 11/12 in Đông Hòa
    row = scene.opinion(stage, now=late)
    assert queries.received_on(row) == date(2021, 12, 11)
    assert queries.transfer_due(row).due_on == date(2021, 12, 17)
    assert queries.handling_due(row).due_on == date(2021, 12, 24)
    assert "Điều 9 Nghị định 20/2008/NĐ-CP" in queries.transfer_due(row).term.law


def test_a_slip_that_has_not_left_in_time_is_late(stage: Stage) -> None:
    row = scene.opinion(stage)
    slip = intake.transfer(row, body="Thuế", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert queries.late_transfers(stage.dialogue, date(2021, 12, 17)) == []
    assert queries.late_transfers(stage.dialogue, date(2021, 12, 18)) == [row]
    scene.issue(stage, slip, 12, now=NOW + timedelta(days=3))
    intake.transfer_issued(slip, actor=SYSTEM, now=NOW + timedelta(days=3))
    assert queries.late_transfers(stage.dialogue, date(2021, 12, 18)) == []
    assert [one.opinion for one in queries.transfers_of(stage.dialogue)] == [row]
    assert Message.objects.filter(person=row.person).count() == 1


def test_the_proposed_public_wording_masks_the_people_of_the_dialogue_and_leaves_officials(stage: Stage) -> None:
    neighbour = scene.person(stage, "Huỳnh Thị Giả Thiết", phone="0900000002")
    scene.invitation(stage, neighbour)
    official = stage.cast.leader.name
    row = scene.opinion(
        stage, f"Tôi là Trần Thị Mẫu, bà HUYNH THI GIA THIET làm chứng, số 0900 000 002, hỏi ông {official}"
    )
    shown = queries.masked_words(row)
    assert shown == f"Tôi là [đã che: tên], [đã che: tên] làm chứng, số [đã che: số điện thoại], hỏi ông {official}"
    intake.summarise(row, summary="Bà Trần Thị Mẫu hỏi", actor=scene.officer(stage), now=NOW)
    assert queries.masked_words(row, queries.known_of(stage.dialogue)) == "[đã che: tên] hỏi"


def test_who_is_to_come_in_another_s_place_is_masked_too(stage: Stage) -> None:
    row = scene.invitation(stage, scene.person(stage))
    type(row).objects.filter(pk=row.pk).update(instead="Huỳnh Thị Đi Thay", instead_phone="0900000009")
    shown = queries.masked_words(scene.opinion(stage, "huynh thi di thay nói hộ, số 0900 000 009"))
    assert shown == "[đã che: tên] nói hộ, số [đã che: số điện thoại]"


def test_nothing_of_a_denunciation_is_proposed(stage: Stage) -> None:
    assert queries.masked_words(scene.opinion(stage, "Tôi tố cáo", kind="denunciation")) == ""


def test_likely_twins_are_suggested_and_never_a_denunciation(stage: Stage) -> None:
    one = scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy")
    other = scene.opinion(stage, "Đã NỘP HỒ SƠ trực tuyến mà còn phải nộp lai ban giay")
    scene.opinion(stage, "Đề nghị mở thêm sáng thứ Bảy cho công nhân")
    hidden = scene.opinion(stage, "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy", kind="denunciation")
    rows = queries.visible_to(SYSTEM, stage.dialogue)
    found = queries.alike(one, rows)
    assert [near.opinion for near in found] == [other]
    assert 0.3 <= found[0].score <= 1
    assert queries.alike(hidden, rows) == []
    assert queries.alike(one, rows, least=0.0)[0] == found[0]
    intake.withdraw(other, reason="Xin rút", actor=scene.officer(stage), now=NOW)
    assert queries.alike(one, rows) == []
