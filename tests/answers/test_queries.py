"""What is owed, by whom and by when, what nobody holds, and when a dialogue may close."""

from datetime import date

from doithoai.answers import actions as answers
from doithoai.answers import queries
from doithoai.answers.models import Answer
from doithoai.kernel.access import ANYONE
from tests.answers import scene as made
from tests.cast import Stage
from tests.intake import scene
from tests.intake.scene import NOW, SYSTEM


def test_an_office_sees_what_it_owes_the_earliest_first(stage: Stage) -> None:
    late, soon, done = (made.assigned(stage) for _ in range(3))
    answers.extend(late, to_on=date(2022, 1, 14), reason="Đo đạc", actor=stage.cast.leader.as_actor(), now=NOW)
    Answer.objects.filter(pk=done.pk).update(state="issued")
    lead, other = scene.sitting_of(stage).lead, scene.sitting_of(stage, 2).lead
    assert queries.owed_by(lead, stage.dialogue) == [soon, late]
    answers.offer(soon, to=other, reason="Thuộc đô thị", actor=scene.lead_head(stage), now=NOW)
    assert queries.owed_by(other, stage.dialogue) == [soon]


def test_overdue_is_derived_from_the_day(stage: Stage) -> None:
    answer = made.assigned(stage)
    assert queries.overdue(stage.dialogue, date(2021, 12, 31)) == []
    assert queries.overdue(stage.dialogue, date(2022, 1, 1)) == [answer]
    Answer.objects.filter(pk=answer.pk).update(state="issued")
    assert queries.overdue(stage.dialogue, date(2022, 1, 1)) == []


def test_who_reads_answers(stage: Stage) -> None:
    answer = made.assigned(stage)
    ward = stage.dialogue.venues.filter(is_central=False).order_by("ordinal")[0].office
    for actor in (stage.cast.leader.as_actor(), scene.officer(stage, 2), stage.cast.observer.as_actor(), SYSTEM):
        assert list(queries.visible_to(actor, stage.dialogue)) == [answer]
    for actor in (stage.cast.head(ward), stage.cast.technician.as_actor(), stage.other.leader.as_actor(), ANYONE):
        assert list(queries.visible_to(actor, stage.dialogue)) == []
    answers.set_supporting(answer, [ward], actor=scene.lead_head(stage), now=NOW)
    assert list(queries.visible_to(stage.cast.head(ward), stage.dialogue)) == [answer]


def test_a_merged_opinion_has_the_answer_of_the_one_it_was_merged_into(stage: Stage) -> None:
    root, twin = made.with_twin(stage)
    assert queries.answer_of(twin) is None
    answer = made.assigned(stage, root)
    assert queries.answer_of(twin) == queries.answer_of(root) == answer


def test_what_an_answer_lacks(stage: Stage) -> None:
    answer = made.assigned(stage)
    assert queries.lacking(answer) == ["text", "basis", "uptake"]
    made.write(stage, answer, uptake="none", next_step="")
    answer.refresh_from_db()
    assert queries.lacking(answer) == ["uptake_reason"]
    assert set(queries.lacking(answer)) <= set(queries.LACKING)
