"""The stronger of two gates: a dialogue closes once every opinion got its answer or left for the competent body."""

from doithoai.answers import actions as answers
from doithoai.intake import actions as intake
from doithoai.results.queries import all_answered, all_held
from tests.answers.scene import approved
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def test_a_dialogue_closes_once_every_answer_is_out(stage: Stage) -> None:
    answer = approved(stage)
    handed = scene.opinion(stage)
    slip = intake.transfer(handed, body="Thuế", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    gone = scene.opinion(stage)
    intake.withdraw(gone, reason="Xin rút", actor=scene.officer(stage), now=NOW)
    first = f"Chưa kết thúc được: còn 2/2 ý kiến chưa trả lời xong, trước hết là {answer.opinion.code}."
    assert all_answered(stage.dialogue).reason == first
    letter = answers.draft_letter(answer, signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    scene.issue(stage, letter, 31)
    answers.answer_issued(letter, actor=SYSTEM, now=NOW)
    assert f"còn 1/2 ý kiến chưa trả lời xong, trước hết là {handed.code}" in all_answered(stage.dialogue).reason
    scene.issue(stage, slip, 12)
    intake.transfer_issued(slip, actor=SYSTEM, now=NOW)
    assert all_answered(stage.dialogue)


def test_what_is_held_may_be_issued_and_is_not_closed(stage: Stage) -> None:
    approved(stage)
    assert all_held(stage.dialogue)
    assert not all_answered(stage.dialogue)
