"""How opinions end: guided, handed on with a slip and a term, not taken, withdrawn, closed, opened again once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from doithoai.intake import actions as intake
from doithoai.intake.models import Guidance, Opinion, Transfer
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def told(row: Opinion) -> list[str]:
    """What the person was told so far, in order."""
    return list(Message.objects.filter(person=row.person).order_by("pk").values_list("body", flat=True))


def test_not_taking_needs_a_reason_and_the_person_hears_it(stage: Stage) -> None:
    row = scene.opinion(stage)
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        intake.not_take(row, reason="  ", actor=scene.officer(stage), now=NOW)
    intake.not_take(row, reason="Việc tìm chỗ làm", actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason, row.closed_at) == ("not_taken", "Việc tìm chỗ làm", NOW)
    assert told(row) == ["Ý kiến không được tiếp nhận. Lý do: Việc tìm chỗ làm"]


def test_an_accepted_opinion_is_owed_an_answer_and_cannot_be_declined(stage: Stage) -> None:
    row = scene.accepted(stage)
    with pytest.raises(NotNow, match="Đang xử lý"):
        intake.not_take(row, reason="Thôi", actor=scene.officer(stage), now=NOW)


def test_the_author_withdraws_without_a_word_and_staff_say_how_they_know(stage: Stage) -> None:
    own = scene.invitation(stage, scene.person(stage))
    actor = scene.holder_of(own)
    row = intake.receive(stage.dialogue, words="Hỏi", door="link", invitation=own, actor=actor, now=NOW)
    other = scene.opinion(stage)
    intake.withdraw(row, actor=actor, now=NOW)
    with pytest.raises(NotYours):
        intake.withdraw(other, actor=actor, now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        intake.withdraw(other, actor=scene.officer(stage), now=NOW)
    intake.withdraw(other, reason="Bà gọi điện xin rút", actor=scene.officer(stage), now=NOW)
    assert list(Opinion.objects.order_by("ordinal").values_list("state", flat=True)) == ["withdrawn", "withdrawn"]


def test_a_complaint_is_guided_in_writing_to_the_place_that_takes_it(stage: Stage) -> None:
    row = scene.opinion(stage, kind="complaint")
    guidance = intake.guide(row, actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert row.state == "guided"
    assert guidance.wording == told(row)[0]
    assert "đề nghị bà gửi đơn đến bộ phận tiếp công dân của Ủy ban nhân dân thị xã Đông Hòa" in guidance.wording
    assert "pháp luật về khiếu nại;" in guidance.wording


def test_a_guidance_may_be_worded_by_hand(stage: Stage) -> None:
    row = scene.opinion(stage, kind="complaint")
    intake.guide(row, wording="Đề nghị bà gửi đơn đến Chi cục Thuế.", actor=scene.officer(stage), now=NOW)
    assert Guidance.objects.get().wording == "Đề nghị bà gửi đơn đến Chi cục Thuế."


def test_guiding_a_denunciation_leaves_no_trail_to_its_author(stage: Stage) -> None:
    own = scene.invitation(stage, scene.person(stage))
    row = intake.receive(
        stage.dialogue, words="Tôi tố cáo ông Giả Sử", door="link", kind="denunciation", invitation=own,
        actor=scene.holder_of(own), now=NOW,
    )  # fmt: skip
    intake.guide(row, actor=scene.reception(stage), now=NOW)
    assert told(row) == []
    received = scene.entries("opinion.receive")[-1]
    assert (received["actor"], received["at"]) == ("", "2021-12-10")
    assert received["facts"] == {"hidden": 1, "text": row.words.digest}
    assert scene.entries("opinion.guide")[-1]["facts"] == {"hidden": 1}


def test_becoming_or_ceasing_to_be_a_denunciation_is_not_named_in_the_journal(stage: Stage) -> None:
    row = scene.opinion(stage)
    intake.classify(row, kind="denunciation", actor=scene.officer(stage), now=NOW)
    intake.classify(row, kind="report", actor=scene.reception(stage), now=NOW)
    assert [entry["facts"] for entry in scene.entries("opinion.classify")] == [{"hidden": 1}, {"hidden": 1}]


def test_only_complaints_and_denunciations_are_guided(stage: Stage) -> None:
    with pytest.raises(NotNow, match="phân loại lại trước"):
        intake.guide(scene.opinion(stage), actor=scene.officer(stage), now=NOW)


def test_a_transfer_leaves_with_its_slip_and_the_person_is_told_its_number(stage: Stage) -> None:
    row = scene.opinion(stage, "Thuế khoán vẫn tính đủ")
    actor = scene.officer(stage)
    slip = intake.transfer(row, body="Chi cục Thuế khu vực", signer=stage.cast.leader, actor=actor, now=NOW)
    row.refresh_from_db()
    assert (row.state, slip.kind, row.transfer.sent_on) == ("transferred", "transfer_slip", None)
    assert told(row) == []
    scene.issue(stage, slip, 12)
    intake.transfer_issued(slip, actor=SYSTEM, now=NOW)
    row.transfer.refresh_from_db()
    assert (row.transfer.sent_on, row.transfer.told_on) == (date(2021, 12, 10), date(2021, 12, 10))
    assert "Chi cục Thuế khu vực" in told(row)[0]
    assert "số 12/PC-UBND ngày 10/12/2021" in told(row)[0]
    assert len(scene.entries("opinion.transfer_sent")) == 1


def test_the_transfer_is_journaled_with_both_terms_counted_from_receipt(stage: Stage) -> None:
    row = scene.opinion(stage)
    intake.transfer(row, body="Điện lực", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    facts = scene.entries("opinion.transfer")[-1]["facts"]
    assert facts["due"] == "2021-12-17"  # Friday 10/12 and 5 working days
    assert facts["tell_by"] == "2021-12-24"  # and 10


def test_another_body_s_result_closes_and_whoever_was_merged_hears_it_too(stage: Stage) -> None:
    row, twin = scene.accepted(stage), scene.accepted(stage)
    actor = scene.officer(stage)
    intake.merge(twin, row, reason="Trùng", actor=actor, now=NOW)
    intake.transfer(row, body="Chi cục Thuế", signer=stage.cast.leader, actor=actor, now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        intake.record_transfer_result(row, result=" ", actor=actor, now=NOW)
    intake.record_transfer_result(row, result="Đã giảm hai tháng", actor=actor, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.transfer.result) == ("closed", "Đã giảm hai tháng")
    assert told(row)[-1] == told(twin)[-1] == "Chi cục Thuế đã thông báo kết quả giải quyết ý kiến: Đã giảm hai tháng"


def test_what_was_sent_back_is_ours_and_may_go_elsewhere(stage: Stage) -> None:
    row, actor = scene.opinion(stage), scene.officer(stage)
    first = intake.transfer(row, body="Chi cục Thuế", signer=stage.cast.leader, actor=actor, now=NOW)
    scene.issue(stage, first, 12)
    intake.transfer_issued(first, actor=SYSTEM, now=NOW)
    intake.take_back(row, reason="Chi cục trả lại: không thuộc thẩm quyền", actor=actor, now=NOW)
    assert row.state == "accepted"
    second = intake.transfer(row, body="Kho bạc", signer=stage.cast.leader, actor=actor, now=NOW)
    kept = Transfer.objects.get(opinion=row)
    assert (kept.body, kept.document, kept.sent_on) == ("Kho bạc", second, None)
    scene.issue(stage, second, 13, now=NOW + timedelta(days=1))
    assert [body.partition(" và ")[0] for body in told(row)[-2:]] == [
        "Ý kiến thuộc thẩm quyền của Chi cục Thuế", "Ý kiến thuộc thẩm quyền của Kho bạc",
    ]  # fmt: skip


def test_a_transfer_names_the_body(stage: Stage) -> None:
    with pytest.raises(NotNow, match="chưa ghi cơ quan nhận"):
        intake.transfer(scene.opinion(stage), body=" ", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert Transfer.objects.count() == 0


def test_only_the_system_closes_and_only_what_was_accepted(stage: Stage) -> None:
    row = scene.accepted(stage)
    with pytest.raises(NotYours, match="khi trả lời đã ban hành"):
        intake.close(row, actor=stage.cast.leader.as_actor(), now=NOW)
    intake.close(row, actor=SYSTEM, now=NOW)
    assert (row.state, row.closed_at) == ("closed", NOW)
    with pytest.raises(NotNow, match="Đã có kết quả"):
        intake.close(row, actor=SYSTEM, now=NOW)


def test_a_merged_opinion_is_marked_when_its_answer_goes_out_and_stays_merged(stage: Stage) -> None:
    root, twin = scene.accepted(stage), scene.accepted(stage)
    intake.merge(twin, root, reason="Trùng", actor=scene.officer(stage), now=NOW)
    intake.close(twin, actor=SYSTEM, now=NOW)
    assert (twin.state, twin.closed_at) == ("merged", NOW)


def test_a_closed_opinion_is_opened_again_once(stage: Stage) -> None:
    row = scene.accepted(stage)
    leader = stage.cast.leader.as_actor()
    intake.close(row, actor=SYSTEM, now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        intake.reopen(row, reason="", actor=leader, now=NOW)
    intake.reopen(row, reason="Trả lời chưa đúng việc", actor=leader, now=NOW)
    assert (row.state, row.closed_at, row.reopened_at) == ("accepted", None, NOW)
    intake.close(row, actor=SYSTEM, now=NOW)
    with pytest.raises(NotNow, match="đã mở lại một lần"):
        intake.reopen(row, reason="Vẫn chưa đúng", actor=leader, now=NOW)


@pytest.mark.parametrize("state", ["merged", "guided", "not_taken", "withdrawn", "closed"])
def test_what_has_ended_does_not_end_in_another_way(stage: Stage, state: str) -> None:
    row, actor = scene.opinion(stage), scene.officer(stage)
    Opinion.objects.filter(pk=row.pk).update(state=state)
    acts: list[Callable[[], object]] = [
        lambda: intake.not_take(row, reason="Vì thế", actor=actor, now=NOW),
        lambda: intake.withdraw(row, reason="Vì thế", actor=actor, now=NOW),
        lambda: intake.transfer(row, body="X", signer=stage.cast.leader, actor=actor, now=NOW),
        lambda: intake.take_back(row, reason="Vì thế", actor=actor, now=NOW),
        lambda: intake.record_transfer_result(row, result="Xong", actor=actor, now=NOW),
    ]
    before = scene.snapshot(Opinion, Transfer)
    for act in acts:
        with pytest.raises(NotNow, match="đang ở trạng thái"):
            act()
    assert scene.snapshot(Opinion, Transfer) == before
