"""What has become of an opinion, whatever its way."""

import pytest

from doithoai.answers import actions as answers
from doithoai.answers.models import Answer
from doithoai.intake import actions as intake
from doithoai.results.queries import all_held, answer_of, outcome_of, uncovered
from doithoai.roster.models import Invitation
from tests.answers import scene as answering
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW
from tests.results import scene as ending


def test_every_way_to_end_has_its_outcome(stage: Stage) -> None:
    rows = ending.mixed(stage)
    named = {
        "answered": rows.answered, "by_letter": rows.by_letter, "in_hand": rows.in_hand, "root": rows.root,
        "transferred": rows.transferred, "not_taken": rows.not_taken, "complaint": rows.complaint,
        "denunciation": rows.denunciation, "twin": rows.twin,
    }  # fmt: skip
    for row in named.values():
        row.refresh_from_db()
    assert {name: outcome_of(row) for name, row in named.items()} == {
        "answered": "answered", "by_letter": "answered", "in_hand": "in_hand", "root": "answered",
        "transferred": "transferred", "not_taken": "not_taken", "complaint": "guided", "denunciation": "guided",
        "twin": "answered",
    }  # fmt: skip


def test_a_merged_opinion_has_the_answer_of_its_root(stage: Stage) -> None:
    root, twin = answering.with_twin(stage)
    given = answering.assigned(stage, root)
    twin.refresh_from_db()
    assert answer_of(twin) == given
    assert outcome_of(twin) == "in_hand"


def test_another_bodys_result_does_not_make_it_our_answer(stage: Stage) -> None:
    row = ending.handed_on(stage)
    intake.record_transfer_result(row, result="Đã giảm hai tháng", actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert (row.state, outcome_of(row)) == ("closed", "transferred")


def test_what_was_given_out_and_then_handed_on_is_the_other_bodys(stage: Stage) -> None:
    row = answering.assigned(stage).opinion
    intake.transfer(row, body="Chi cục Thuế", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    intake.record_transfer_result(row, result="Đã giảm", actor=scene.officer(stage), now=NOW)
    row.refresh_from_db()
    assert outcome_of(row) == "transferred"


def test_an_approved_letter_is_in_hand_until_it_leaves(stage: Stage) -> None:
    answer = answering.approved(stage)
    assert outcome_of(answer.opinion) == "answered"
    answers.choose_form(answer, Answer.Form.LETTER.value, actor=scene.officer(stage), now=NOW)
    answer.opinion.refresh_from_db()
    assert outcome_of(answer.opinion) == "in_hand"


@pytest.mark.parametrize("state", ["received", "accepted"])
def test_what_nobody_holds_has_no_outcome(stage: Stage, state: str) -> None:
    row = scene.opinion(stage) if state == "received" else scene.accepted(stage)
    assert outcome_of(row) is None
    assert uncovered(stage.dialogue) == [row]


def test_a_withdrawn_opinion_is_none_of_the_notices_business(stage: Stage) -> None:
    ending.taken_back(stage)
    assert uncovered(stage.dialogue) == []


def test_the_gate_of_closing_names_the_first_opinion_that_nobody_holds(stage: Stage) -> None:
    answering.approved(stage)
    first, _second = scene.accepted(stage), scene.accepted(stage)
    assert str(all_held(stage.dialogue).reason) == (
        f"Chưa kết thúc được: ý kiến {first.code} chưa có trả lời hay người giữ."
    )


def test_the_gate_never_names_a_denunciation(stage: Stage) -> None:
    row = scene.opinion(stage, ending.DENOUNCED, kind="denunciation", actor=scene.reception(stage))
    verdict = all_held(stage.dialogue)
    assert not verdict
    assert row.code not in verdict.reason
    assert "được bảo mật" in verdict.reason


def test_other_papers_pass_the_gate(stage: Stage) -> None:
    scene.accepted(stage)
    row = scene.opinion(stage)
    slip = intake.transfer(row, body="Chi cục Thuế", signer=stage.cast.leader, actor=scene.officer(stage), now=NOW)
    assert all_held(slip)
    assert not Invitation.objects.exists()
