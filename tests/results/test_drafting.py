"""The notice is drafted from the very rows that it reports, again and again until it is issued."""

import pytest

from doithoai.answers import actions as answers
from doithoai.documents import actions as documents
from doithoai.intake import actions as intake
from doithoai.kernel.access import NotNow, NotYours
from doithoai.results import actions as results
from doithoai.results.models import NoticeLine, ResultNotice
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW, entries, snapshot
from tests.results import scene as ending
from tests.results.scene import LAST_DAY, line_of


def test_it_is_refused_while_an_opinion_has_neither_answer_nor_holder(stage: Stage) -> None:
    answering.approved(stage)
    bare = scene.accepted(stage)
    with pytest.raises(NotNow, match=f"ý kiến {bare.code} chưa có trả lời"):
        ending.drafted(stage)
    assert not ResultNotice.objects.exists()


def test_every_opinion_has_one_line_but_withdrawn_ones_and_denunciations(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.drafted(stage)
    shown = [
        rows.answered, rows.in_hand, rows.root, rows.twin, rows.by_letter, rows.transferred, rows.not_taken,
        rows.complaint,
    ]  # fmt: skip
    lines = NoticeLine.objects.order_by("number")
    assert [line.number for line in lines] == list(range(1, 9))
    assert [line.opinion for line in lines] == shown
    assert entries("notice.draft")[-1]["facts"]["lines"] == 8


def test_lines_stand_sector_by_sector(stage: Stage) -> None:
    late = ending.second_sitting(stage)
    early = answering.assigned(stage).opinion
    ending.drafted(stage)
    assert list(NoticeLine.objects.order_by("number").values_list("opinion", flat=True)) == [early.pk, late.pk]


def test_a_merged_opinion_points_at_the_line_of_its_root(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.drafted(stage)
    assert line_of(rows.twin).wording == f"Như ý kiến số {line_of(rows.root).number}."
    assert line_of(rows.twin).outcome == line_of(rows.root).outcome == "answered"


def test_an_answer_says_what_to_do_what_was_taken_up_and_by_which_rule(stage: Stage) -> None:
    answer = answering.approved(stage, uptake="part", uptake_reason="Việc miễn phí thuộc tỉnh")
    ending.drafted(stage)
    assert line_of(answer.opinion).wording.split("\n") == [
        answering.TEXT,
        f"Việc cần làm: {answering.STEP}.",
        f"Tiếp thu một phần: Việc miễn phí thuộc tỉnh. Căn cứ: {answering.BASIS}.",
    ]


def test_a_letter_is_named_and_its_words_stay_out(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.drafted(stage)
    wording = line_of(rows.by_letter).wording
    assert wording == "Đã trả lời tại Văn bản số 402/UBND-TCKH ngày 10 tháng 12 năm 2021, gửi riêng cho công dân."


def test_a_letter_that_has_not_left_is_in_hand_and_its_words_stay_out(stage: Stage) -> None:
    answer = answering.approved(stage)
    answers.choose_form(answer, "letter", actor=scene.officer(stage), now=NOW)
    ending.drafted(stage)
    line = line_of(answer.opinion)
    assert line.outcome == "in_hand"
    assert answering.TEXT not in line.wording
    assert line.wording == "Phòng Tài chính – Kế hoạch đang giải quyết, hạn trả lời 31/12/2021."


def test_a_longer_term_stands_with_its_reason(stage: Stage) -> None:
    answer = answering.assigned(stage)
    to_on = LAST_DAY.date().replace(year=2022, month=1, day=17)
    leader = stage.cast.leader.as_actor()
    answers.extend(answer, to_on=to_on, reason="Cần đo đạc thực địa", actor=leader, now=NOW)
    ending.drafted(stage)
    assert "hạn trả lời 17/01/2022. Đã gia hạn, lý do: Cần đo đạc thực địa." in line_of(answer.opinion).wording


def test_the_other_classes_say_where_it_went_or_why_not(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.drafted(stage)
    assert line_of(rows.transferred).wording == (
        "Đã chuyển Chi cục Thuế khu vực (Phiếu chuyển số 09/PC-UBND) để giải quyết, trả lời công dân theo thẩm quyền."
    )
    assert line_of(rows.not_taken).wording == "Không tiếp nhận. Lý do: Không phải việc về thủ tục hành chính."
    assert line_of(rows.complaint).words == (
        "Nội dung thuộc trường hợp giải quyết theo pháp luật về khiếu nại, tố cáo."
    )
    assert "gửi đơn đến nơi có thẩm quyền" in line_of(rows.complaint).wording


def test_a_result_that_came_back_is_told_as_the_other_bodys(stage: Stage) -> None:
    row = ending.handed_on(stage)
    intake.record_transfer_result(row, result="Đã giảm hai tháng", actor=scene.officer(stage), now=NOW)
    ending.drafted(stage)
    line = line_of(row)
    assert line.outcome == "transferred"
    assert line.wording.endswith("Cơ quan nhận đã thông báo kết quả.")


def test_drafting_again_replaces_draft_and_lines(stage: Stage) -> None:
    first = answering.approved(stage).opinion
    notice = ending.drafted(stage)
    paper = ending.paper_of(notice)
    answering.approved(stage)
    again = ending.drafted(stage)
    assert again.pk == notice.pk
    fresh = ending.paper_of(again)
    assert (fresh.pk, fresh.revision) == (paper.pk, paper.revision + 1)
    assert NoticeLine.objects.count() == 2
    assert line_of(first).number == 1
    assert "02 ý kiến" in fresh.paper


@pytest.mark.parametrize("step", ["submitted", "issued"])
def test_what_is_under_way_cannot_be_drafted_again(stage: Stage, step: str) -> None:
    answering.approved(stage)
    notice = ending.drafted(stage) if step == "submitted" else ending.issued(stage)
    if step == "submitted":
        documents.submit(ending.paper_of(notice), actor=stage.cast.hoa.as_actor(), now=AFTER)
    before = snapshot(NoticeLine, ResultNotice)
    with pytest.raises(NotNow, match="Chưa lập lại được Thông báo"):
        ending.drafted(stage)
    assert snapshot(NoticeLine, ResultNotice) == before


def test_a_returned_notice_is_drafted_again(stage: Stage) -> None:
    answering.approved(stage)
    paper = ending.paper_of(ending.drafted(stage))
    documents.submit(paper, actor=stage.cast.hoa.as_actor(), now=AFTER)
    documents.give_back(paper, reason="Ghi rõ hơn", actor=stage.cast.leader.as_actor(), now=AFTER)
    assert ending.paper_of(ending.drafted(stage)).state == "returned"


def test_only_the_office_drafts_it(stage: Stage) -> None:
    answering.approved(stage)
    before = snapshot(ResultNotice, NoticeLine)
    strangers = (
        stage.cast.technician.as_actor(), scene.officer(stage), stage.other.hoa.as_actor(),
        stage.other.leader.as_actor(),
    )  # fmt: skip
    for actor in strangers:
        with pytest.raises(NotYours):
            results.draft_notice(stage.dialogue, actor=actor, now=AFTER)
    assert snapshot(ResultNotice, NoticeLine) == before
    assert results.draft_notice(stage.dialogue, actor=scene.reception(stage), now=AFTER)


def test_nobody_freezes_by_hand(stage: Stage) -> None:
    answering.approved(stage)
    notice = ending.drafted(stage)
    for actor in (stage.cast.leader.as_actor(), stage.cast.clerk.as_actor(), stage.other.leader.as_actor()):
        with pytest.raises(NotYours):
            results.freeze(notice, actor=actor, now=AFTER)
    notice.refresh_from_db()
    assert notice.issued_at is None
