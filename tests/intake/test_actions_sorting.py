"""Receiving and sorting: own words kept, nothing lost, merged and parted and split, refused in words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from doithoai.answers import actions as answers
from doithoai.directory.models import Procedure
from doithoai.documents.models import Document
from doithoai.intake import actions as intake
from doithoai.intake.models import Opinion
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Text
from doithoai.planning.models import Dialogue
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW


def test_an_opinion_is_kept_in_its_own_words_with_its_door_and_its_place_in_the_count(stage: Stage) -> None:
    words = "  Tôi đi ba bận.\nSao không nói một lần?  "
    row = scene.opinion(stage, words, door="phone", file_code="HKD-0001")
    second = scene.opinion(stage, "Câu khác")
    assert (str(row.words), row.door, row.state) == (words, "phone", "received")
    assert row.code == f"{stage.dialogue.code}-YK01"
    assert second.code == f"{stage.dialogue.code}-YK02"
    assert row.received_by_id == stage.cast.officers[scene.sitting_of(stage).lead.code].pk
    assert not row.is_spoken


def test_what_is_said_from_the_floor_is_spoken(stage: Stage) -> None:
    assert scene.opinion(stage, door="floor").is_spoken
    assert scene.opinion(stage, door="paper", spoken=True).is_spoken


def test_the_journal_holds_digests_and_codes_and_no_typed_word(stage: Stage) -> None:
    row = scene.opinion(stage, "Chuyện riêng của nhà tôi", who=scene.person(stage, "Phạm Thị Kín"))
    intake.classify(row, kind="petition", actor=scene.officer(stage), now=NOW)
    intake.summarise(row, summary="Đề nghị gọn", actor=scene.officer(stage), now=NOW)
    intake.not_take(row, reason="Lý do dài dòng", actor=scene.officer(stage), now=NOW)
    told = str(
        scene.entries("opinion.receive") + scene.entries("opinion.summarise") + scene.entries("opinion.not_take")
    )
    for typed in ("Chuyện riêng", "Phạm Thị Kín", "Đề nghị gọn", "Lý do dài dòng"):
        assert typed not in told
    assert row.words.digest in told


def test_the_holder_of_a_link_speaks_for_their_own_invitation_only(stage: Stage) -> None:
    own = scene.invitation(stage, scene.person(stage))
    other = scene.invitation(stage, scene.person(stage, "Lê Văn Thử", "nam"), 2)
    actor = scene.holder_of(own)
    row = intake.receive(stage.dialogue, words="Hỏi một câu", door="link", invitation=own, actor=actor, now=NOW)
    assert row.person == own.person
    assert row.sitting == own.sitting
    assert row.received_by is None
    for wrong in ({"invitation": other, "door": "link"}, {"invitation": own, "door": "floor"}, {"door": "link"}):
        with pytest.raises(NotYours):
            intake.receive(stage.dialogue, words="Hỏi", actor=actor, now=NOW, person=own.person, **wrong)
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": "  \n "}, "chưa có chữ nào"),
        ({"person": None}, "chưa ghi người gửi"),
    ],
)
def test_nothing_is_received_without_words_or_sender(stage: Stage, change: dict[str, Any], reason: str) -> None:
    given: dict[str, Any] = {"words": "Hỏi", "person": scene.person(stage), **change}
    before = scene.snapshot(Opinion, Text)
    with pytest.raises(NotNow, match=reason):
        intake.receive(stage.dialogue, door="paper", actor=scene.officer(stage), now=NOW, **given)
    assert scene.snapshot(Opinion, Text) == before


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
def test_nothing_is_received_before_the_plan_or_after_the_end(stage: Stage, state: str) -> None:
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(state=state)
    with pytest.raises(NotNow, match="đang ở trạng thái"):
        scene.opinion(stage)


def test_nothing_new_comes_in_once_the_result_notice_has_its_number(stage: Stage) -> None:
    slip = intake.transfer(
        scene.opinion(stage), body="Chi cục Thuế", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW
    )
    scene.issue(stage, slip)
    Document.objects.filter(pk=slip.pk).update(kind="result_notice")
    with pytest.raises(NotNow, match="thông báo kết quả đã ban hành"):
        scene.opinion(stage)


def test_people_sittings_and_procedures_of_another_agency_are_not_found(stage: Stage) -> None:
    theirs = scene.person(stage)
    type(theirs).objects.filter(pk=theirs.pk).update(agency=stage.other.agency)
    theirs.refresh_from_db()
    with pytest.raises(NotYours, match="Không tìm thấy"):
        scene.opinion(stage, who=theirs)
    foreign = Procedure.objects.filter(sector__agency=stage.other.agency).order_by("pk")[0]
    with pytest.raises(NotYours, match="Không tìm thấy"):
        scene.opinion(stage, procedure=foreign)


def test_a_guest_without_a_record_may_speak_by_name(stage: Stage) -> None:
    row = intake.receive(
        stage.dialogue, words="Tôi đi theo má", door="floor", guest="Anh Ví Dụ", sitting=scene.sitting_of(stage),
        actor=stage.cast.secretary.as_actor(), now=NOW,
    )  # fmt: skip
    assert (row.person, row.guest) == (None, "Anh Ví Dụ")


def test_sorting_sets_kind_topic_and_procedure(stage: Stage) -> None:
    row = scene.opinion(stage)
    procedure = scene.sitting_of(stage).sector.procedures.order_by("code")[0]
    intake.classify(row, kind="proposal", topic="off", procedure=procedure, actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert (row.kind, row.topic, row.procedure) == ("proposal", "off", procedure)
    assert scene.entries("opinion.classify")[-1]["facts"] == {"opinion": row.code, "kind": "proposal", "topic": "off"}


def test_accepting_tells_the_person_unless_they_stood_in_the_hall(stage: Stage) -> None:
    sent = scene.accepted(stage)
    aloud = scene.accepted(stage, door="floor")
    assert sent.state == aloud.state == "accepted"
    assert [message.person for message in Message.objects.exclude(person=None)] == [sent.person]
    with pytest.raises(NotNow, match="đang ở trạng thái “Đang xử lý”"):
        intake.accept(sent, actor=scene.officer(stage), now=NOW)


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
@pytest.mark.parametrize("act", ["accept", "not_take", "transfer", "merge"])
def test_complaints_and_denunciations_are_never_answered_as_opinions(stage: Stage, kind: str, act: str) -> None:
    row, other = scene.opinion(stage, kind=kind), scene.opinion(stage)
    actor = scene.reception(stage)
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: intake.accept(row, actor=actor, now=NOW),
        "not_take": lambda: intake.not_take(row, reason="Vì thế", actor=actor, now=NOW),
        "transfer": lambda: intake.transfer(row, body="X", signer=stage.cast.leader, actor=actor, now=NOW),
        "merge": lambda: intake.merge(row, other, reason="Giống nhau", actor=actor, now=NOW),
    }
    with pytest.raises(NotNow, match="pháp luật về khiếu nại, tố cáo"):
        acts[act]()
    row.refresh_from_db()
    assert row.state == "received"


def test_merged_opinions_still_count_and_keep_their_words(stage: Stage) -> None:
    root, twin = scene.accepted(stage, "Nộp hai lần"), scene.accepted(stage, "Tôi cũng bị nộp hai lần")
    intake.merge(twin, root, reason="Cùng một vướng mắc", actor=scene.officer(stage), now=NOW)
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into, str(twin.words)) == ("merged", root, "Tôi cũng bị nộp hai lần")
    assert Message.objects.filter(person=twin.person, key__contains=":merged:").exists()
    intake.unmerge(twin, reason="Không giống hẳn", actor=scene.officer(stage), now=NOW)
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == ("accepted", None)
    assert scene.entries("opinion.unmerge")[-1]["facts"]["was"] == root.code


def test_parting_needs_a_reason_and_ends_with_the_common_answer(stage: Stage) -> None:
    root, twin = answering.with_twin(stage)
    with pytest.raises(NotNow, match=r"^Chưa tách được: cần một câu"):
        intake.unmerge(twin, reason=" ", actor=scene.officer(stage), now=NOW)
    answer = answering.approved(stage, root)
    answers.choose_form(answer, "letter", actor=scene.officer(stage), now=NOW)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, letter, 403)
    with pytest.raises(NotNow, match=f"đã trả lời chung với ý kiến {root.code}; chưa thỏa đáng thì mở lại"):
        intake.unmerge(twin, reason="Khác nhau", actor=scene.officer(stage), now=NOW)
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == ("merged", root)
    assert not scene.entries("opinion.unmerge")


def test_merging_makes_no_chains_and_no_circles(stage: Stage) -> None:
    root, twin, third = (scene.accepted(stage) for _ in range(3))
    actor = scene.officer(stage)
    with pytest.raises(NotNow, match="một ý kiến khác"):
        intake.merge(root, root, reason="Vì thế", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="nêu lý do"):
        intake.merge(twin, root, reason=" ", actor=actor, now=NOW)
    intake.merge(twin, root, reason="Trùng", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="Đã gộp"):
        intake.merge(third, twin, reason="Trùng", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="1 ý kiến đang gộp"):
        intake.merge(root, third, reason="Trùng", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="1 ý kiến đang gộp"):
        intake.withdraw(root, reason="Bà gọi điện xin rút", actor=actor, now=NOW)
    with pytest.raises(NotNow, match="1 ý kiến đang gộp"):
        intake.classify(root, kind="complaint", actor=actor, now=NOW)


def test_a_statement_is_split_into_opinions_that_together_count_once_each(stage: Stage) -> None:
    row = scene.opinion(stage, "Tôi có hai chuyện: bản sao, và sáng thứ Bảy.", file_code="XD-1")
    rows = intake.split(row, ["Chuyện bản sao", " ", "Chuyện sáng thứ Bảy"], actor=scene.officer(stage), now=NOW)
    first, second = rows
    assert first.pk == row.pk
    assert str(first.words) == "Tôi có hai chuyện: bản sao, và sáng thứ Bảy."
    assert str(first.summary) == "Chuyện bản sao"
    assert (str(second.words), second.split_from, second.person) == ("Chuyện sáng thứ Bảy", row, row.person)
    assert (second.code, second.state, second.received_at) == (f"{stage.dialogue.code}-YK02", "received", NOW)
    facts = scene.entries("opinion.split")[-1]["facts"]
    assert first.summary is not None
    assert {first.summary.digest, second.words.digest} <= set(facts.values())
    with pytest.raises(NotNow, match="ít nhất hai phần"):
        intake.split(row, ["Một phần", "  "], actor=scene.officer(stage), now=NOW)
    assert Opinion.objects.count() == 2


def test_empty_wordings_are_refused(stage: Stage) -> None:
    row, actor = scene.opinion(stage), scene.officer(stage)
    with pytest.raises(NotNow, match="chưa có chữ"):
        intake.summarise(row, summary="  ", actor=actor, now=NOW)
    row.refresh_from_db()
    assert row.summary is None


def test_an_opinion_that_is_settled_is_not_sorted_again(stage: Stage) -> None:
    row, actor = scene.opinion(stage), scene.officer(stage)
    intake.not_take(row, reason="Không phải việc thủ tục", actor=actor, now=NOW)
    acts: list[Callable[[], object]] = [
        lambda: intake.classify(row, kind="report", actor=actor, now=NOW),
        lambda: intake.split(row, ["Một", "Hai"], actor=actor, now=NOW + timedelta(hours=1)),
        lambda: intake.unmerge(row, reason="Vì thế", actor=actor, now=NOW),
    ]
    for act in acts:
        with pytest.raises(NotNow, match="Không tiếp nhận, đã nêu lý do"):
            act()


class TestUndo:
    def test_an_opinion_is_taken_again_for_what_it_was_before(self, stage: Stage) -> None:
        row, actor = scene.opinion(stage), scene.officer(stage)
        procedure = scene.sitting_of(stage).sector.procedures.order_by("name")[0]
        intake.classify(row, kind="report", actor=actor, now=NOW)
        intake.classify(
            row, kind="petition", topic="off", procedure=procedure, competent=" Chi cục Thuế ", actor=actor, now=NOW
        )
        row.refresh_from_db()
        assert (row.kind, row.topic, row.procedure, row.competent) == ("petition", "off", procedure, "Chi cục Thuế")
        intake.undo_classify(row, actor=actor, now=NOW)
        assert (row.kind, row.topic, row.procedure_id, row.competent) == ("report", "on", None, "")
        assert scene.entries("opinion.undo_classify")[-1]["facts"] == {
            "opinion": row.code, "kind": "report", "topic": "on",
        }  # fmt: skip
        intake.undo_classify(row, actor=actor, now=NOW)
        assert row.kind == "difficulty"
        with pytest.raises(NotNow, match="chưa ai phân loại"):
            intake.undo_classify(row, actor=actor, now=NOW)

    def test_once_somebody_has_relied_on_it_it_stands(self, stage: Stage) -> None:
        row, actor = scene.opinion(stage), scene.officer(stage)
        intake.classify(row, kind="complaint", actor=actor, now=NOW)
        intake.guide(row, actor=actor, now=NOW)
        before = scene.snapshot(Opinion)
        with pytest.raises(NotNow, match="Đã hướng dẫn"):
            intake.undo_classify(row, actor=actor, now=NOW)
        assert scene.snapshot(Opinion) == before

    def test_what_others_were_merged_into_does_not_become_a_complaint_again(self, stage: Stage) -> None:
        row, other, actor = scene.opinion(stage), scene.opinion(stage), scene.officer(stage)
        intake.classify(row, kind="complaint", actor=actor, now=NOW)
        intake.classify(row, kind="report", actor=actor, now=NOW)
        intake.merge(other, row, reason="Trùng", actor=actor, now=NOW)
        with pytest.raises(NotNow, match="đang gộp vào"):
            intake.undo_classify(row, actor=actor, now=NOW)

    def test_a_denunciation_is_taken_back_by_reception_and_leaves_no_name_in_the_journal(self, stage: Stage) -> None:
        row = scene.opinion(stage, actor=stage.cast.hoa.as_actor())
        intake.classify(row, kind="denunciation", actor=scene.officer(stage), now=NOW)
        with pytest.raises(NotYours, match="Không tìm thấy trang"):
            intake.undo_classify(row, actor=scene.officer(stage), now=NOW)
        intake.undo_classify(row, actor=scene.reception(stage), now=NOW)
        row.refresh_from_db()
        assert row.kind == "difficulty"
        assert scene.entries("opinion.undo_classify")[-1]["facts"] == {"hidden": 1}
