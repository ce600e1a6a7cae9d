"""Issued, the notice is frozen: its answers are given, and what it said of each opinion no longer moves."""

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.documents import actions as documents
from doithoai.intake import actions as intake
from doithoai.kernel.access import NotNow, System
from doithoai.planning.actions import scheduling
from doithoai.planning.models import Dialogue
from doithoai.results import actions as results
from doithoai.results.models import NoticeLine
from doithoai.results.queries import all_held, is_issued, opinion_figures, outdated, unseen
from doithoai.rules.masking import Find
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import AFTER, NOW, entries
from tests.results import scene as ending
from tests.results.scene import LAST_DAY, line_of


def test_its_answers_are_given_as_items_of_it(stage: Stage) -> None:
    rows = ending.mixed(stage)
    notice = ending.issued(stage)
    answer = Answer.objects.get(opinion=rows.answered)
    assert (answer.state, answer.item, answer.document) == ("issued", line_of(rows.answered).number, notice.document)
    assert answer.issued_on == LAST_DAY.date()
    rows.answered.refresh_from_db()
    assert rows.answered.state == "closed"
    assert notice.issued_at is not None
    assert entries("notice.freeze")[-1]["facts"]["lines"] == 8


def test_a_merged_opinion_that_stands_first_does_not_take_the_item_of_its_root(stage: Stage) -> None:
    twin = scene.accepted(stage, "Tôi cũng bị vậy")
    root = scene.accepted(stage, "Nộp mạng rồi còn nộp giấy")
    intake.merge(twin, root, reason="Trùng", actor=scene.officer(stage), now=NOW)
    answering.approved(stage, root)
    ending.issued(stage)
    assert line_of(twin).number < line_of(root).number
    assert line_of(twin).wording == f"Như ý kiến số {line_of(root).number}."
    assert Answer.objects.get(opinion=root).item == line_of(root).number


def test_what_is_in_hand_or_went_by_letter_is_not_given_by_the_notice(stage: Stage) -> None:
    rows = ending.mixed(stage)
    notice = ending.issued(stage)
    held, letter = Answer.objects.get(opinion=rows.in_hand), Answer.objects.get(opinion=rows.by_letter)
    assert (held.state, held.item) == ("assigned", None)
    assert (letter.state, letter.item) == ("issued", None)
    assert letter.document is not None
    assert letter.document != notice.document


def test_an_approved_letter_keeps_its_paper_and_leaves_later(stage: Stage) -> None:
    answer = answering.approved(stage)
    answers.choose_form(answer, Answer.Form.LETTER.value, actor=scene.officer(stage), now=NOW)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    ending.issued(stage)
    answer.refresh_from_db()
    assert (answer.state, answer.document) == ("approved", letter)
    scene.issue(stage, letter, 405, now=LAST_DAY)
    answer.refresh_from_db()
    assert (answer.state, answer.document) == ("issued", letter)


def test_outcomes_stay_as_they_were_on_the_day_of_issue(stage: Stage) -> None:
    rows = ending.mixed(stage)
    ending.issued(stage)
    before = opinion_figures(stage.dialogue)
    answer = Answer.objects.get(opinion=rows.in_hand)
    answering.write(stage, answer, now=LAST_DAY)
    answers.submit_answer(answer, actor=scene.officer(stage), now=LAST_DAY)
    answers.approve_answer(answer, actor=stage.cast.leader.as_actor(), now=LAST_DAY)
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=LAST_DAY)
    scene.issue(stage, letter, 404, now=LAST_DAY)
    intake.record_transfer_result(rows.transferred, result="Đã giảm", actor=scene.officer(stage), now=LAST_DAY)
    assert opinion_figures(stage.dialogue) == before
    assert before["in_hand"] == before["transferred"] == 1
    assert line_of(rows.in_hand).outcome == "in_hand"


def _signed(stage: Stage) -> None:
    paper = ending.paper_of(ending.drafted(stage))
    cast, leader = stage.cast, stage.cast.leader.as_actor()
    documents.submit(paper, actor=cast.hoa.as_actor(), now=AFTER)
    documents.tick_content(paper, actor=scene.reception(stage), now=AFTER)
    documents.tick_form(paper, actor=scene.reception(stage), now=AFTER)
    documents.approve(paper, actor=leader, now=AFTER)
    documents.sign(paper, actor=leader, now=AFTER)


def _number(stage: Stage) -> None:
    paper = ending.paper_of(stage.dialogue.notice)
    documents.issue(paper, number=97, actor=stage.cast.clerk.as_actor(), now=LAST_DAY)


def test_an_opinion_that_came_after_the_draft_holds_it_up(stage: Stage) -> None:
    answering.approved(stage)
    _signed(stage)
    late = scene.accepted(stage)
    with pytest.raises(NotNow, match=f"ý kiến {late.code} chưa có trả lời"):
        _number(stage)
    answering.assigned(stage, late)
    with pytest.raises(NotNow, match=r"^Chưa ban hành được: chưa ai xem và xác nhận lời công khai của 1 ý kiến"):
        _number(stage)
    ending.look_at_wordings(stage)
    with pytest.raises(NotNow, match=rf"^Chưa ban hành được: ý kiến {late.code} đã đổi sau khi lập dự thảo"):
        _number(stage)
    assert not NoticeLine.objects.filter(notice__issued_at__isnull=False).exists()


def test_an_answer_that_was_returned_after_the_draft_holds_it_up(stage: Stage) -> None:
    answer = answering.approved(stage)
    _signed(stage)
    leader = stage.cast.leader.as_actor()
    answers.return_answer(answer, reason="Sai căn cứ", actor=leader, now=AFTER)
    with pytest.raises(NotNow, match=f"ý kiến {answer.opinion.code} đã đổi"):
        _number(stage)
    answering.write(stage, answer, "Chữ khác hẳn", now=AFTER)
    answers.submit_answer(answer, actor=scene.officer(stage), now=AFTER)
    answers.approve_answer(answer, actor=leader, now=AFTER)
    with pytest.raises(NotNow, match="lập lại Thông báo rồi trình lại"):
        _number(stage)


def test_what_became_a_denunciation_after_the_draft_holds_it_up(stage: Stage) -> None:
    row = answering.assigned(stage).opinion
    _signed(stage)
    intake.classify(row, kind="denunciation", actor=scene.officer(stage), now=AFTER)
    with pytest.raises(NotNow, match="đã đổi sau khi lập dự thảo"):
        _number(stage)


def test_no_notice_is_submitted_before_somebody_has_looked_at_every_wording(stage: Stage) -> None:
    row = answering.approved(stage).opinion
    ending.guided(stage, "Tôi khiếu nại quyết định", "complaint")
    results.draft_notice(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=AFTER)
    paper = ending.paper_of(stage.dialogue.notice)
    assert [one.code for one in unseen(stage.dialogue)] == [row.code], "of a complaint nothing is told"
    with pytest.raises(NotNow, match=r"^Chưa trình được: chưa ai xem .* của 1 ý kiến \(YK01\)\.$"):
        documents.submit(paper, actor=stage.cast.hoa.as_actor(), now=AFTER)
    ending.look_at_wordings(stage)
    assert outdated(stage.dialogue.notice) == [], "confirmed as it was drafted"
    documents.submit(paper, actor=stage.cast.hoa.as_actor(), now=AFTER)
    paper.refresh_from_db()
    assert paper.state == "in_review"


def test_a_wording_confirmed_otherwise_after_the_draft_makes_it_outdated(stage: Stage) -> None:
    row = answering.approved(stage, scene.accepted(stage, "Xin hỏi về chợ Cũ")).opinion
    notice = ending.drafted(stage)
    row.refresh_from_db()
    finds = [Find(11, 17, "address")]
    intake.prepare_public(row, finds, of=row.words_id, actor=scene.officer(stage), now=AFTER)
    assert outdated(notice) == [row.code]
    with pytest.raises(NotNow, match=rf"^Chưa trình được: ý kiến {row.code} đã đổi .* lập lại Thông báo"):
        documents.submit(ending.paper_of(notice), actor=stage.cast.hoa.as_actor(), now=AFTER)
    again = ending.drafted(stage)
    assert outdated(again) == []
    assert ending.line_of(row).words == "Xin hỏi về [đã che: địa chỉ]"


def test_a_wording_that_changes_after_the_signature_is_looked_at_again(stage: Stage) -> None:
    row = answering.approved(stage).opinion
    _signed(stage)
    intake.summarise(row, summary="Chữ mới", actor=scene.officer(stage), now=AFTER)
    with pytest.raises(NotNow, match=r"^Chưa ban hành được: chưa ai xem"):
        _number(stage)
    ending.look_at_wordings(stage)
    with pytest.raises(NotNow, match=r"^Chưa ban hành được: ý kiến .* đã đổi"):
        _number(stage)


def test_an_issued_notice_is_never_outdated(stage: Stage) -> None:
    row = answering.approved(stage).opinion
    notice = ending.issued(stage)
    intake.reopen(row, reason="Chưa đủ", actor=stage.cast.leader.as_actor(), now=LAST_DAY)
    assert outdated(notice) == []


def test_an_unchanged_notice_goes_out(stage: Stage) -> None:
    rows = ending.mixed(stage)
    _signed(stage)
    _number(stage)
    stage.dialogue.notice.refresh_from_db()
    assert stage.dialogue.notice.issued_at == LAST_DAY
    assert line_of(rows.answered).outcome == "answered"


def test_a_dialogue_is_not_closed_before_its_notice(stage: Stage) -> None:
    answering.approved(stage)
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="answering")
    with pytest.raises(NotNow, match="Thông báo kết quả chưa ban hành"):
        scheduling.close_dialogue(stage.dialogue, actor=stage.cast.hoa.as_actor(), now=LAST_DAY)
    stage.dialogue.refresh_from_db()
    assert stage.dialogue.state == "answering"
    assert not is_issued(stage.dialogue)
    ending.issued(stage)
    assert is_issued(stage.dialogue)


def test_nor_while_an_opinion_is_uncovered_or_a_line_not_public(stage: Stage) -> None:
    answering.approved(stage)
    ending.issued(stage)
    Dialogue.objects.filter(pk=stage.dialogue.pk).update(state="answering")
    hoa = stage.cast.hoa.as_actor()
    with pytest.raises(NotNow, match="còn 1 dòng của Thông báo chưa công khai"):
        scheduling.close_dialogue(stage.dialogue, actor=hoa, now=LAST_DAY)
    row = answering.assigned(stage, scene_opinion_after_notice(stage)).opinion
    Answer.objects.filter(opinion=row).update(due_on=None)
    assert f"ý kiến {row.code} chưa có trả lời" in all_held(stage.dialogue).reason


def scene_opinion_after_notice(stage: Stage) -> object:
    """One that was received before and is only sorted now: nothing new is taken in once the notice is out."""
    with pytest.raises(NotNow, match="thông báo kết quả đã ban hành"):
        scene.opinion(stage)
    row = NoticeLine.objects.select_related("opinion").get().opinion
    intake.reopen(row, reason="Trả lời chưa đủ", actor=stage.cast.leader.as_actor(), now=LAST_DAY)
    return row


def test_only_the_system_may_freeze_and_it_freezes_once(stage: Stage) -> None:
    answering.approved(stage)
    notice = ending.issued(stage)
    first = notice.issued_at
    documents.dispatch(ending.paper_of(notice), actor=stage.cast.clerk.as_actor(), now=LAST_DAY)
    notice.refresh_from_db()
    assert notice.issued_at == first
    assert len(entries("notice.freeze")) == 1
    assert entries("notice.freeze")[0]["actor"] == System("document.issue").ref
