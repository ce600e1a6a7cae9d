"""Transition tables, and the tables of every phase."""

import pytest

from doithoai.answers.states import ANSWER
from doithoai.documents.states import DOCUMENT
from doithoai.intake.states import OPINION
from doithoai.live.states import MINUTES, TURN
from doithoai.planning.states import DIALOGUE, DUTY, OBSTACLE, REMARK, SITTING
from doithoai.roster.states import INVITATION
from doithoai.rules.machine import Machine

ALL = [DIALOGUE, SITTING, DUTY, OBSTACLE, REMARK, INVITATION, OPINION, ANSWER, TURN, MINUTES, DOCUMENT]


def reachable(machine: Machine) -> set[str]:
    seen, edge = {machine.start}, [machine.start]
    while edge:
        for to in machine.steps[edge.pop()]:
            if to not in seen:
                seen.add(to)
                edge.append(to)
    return seen


@pytest.mark.parametrize("machine", ALL, ids=lambda machine: machine.name)
def test_every_state_can_be_reached_and_has_its_word(machine: Machine) -> None:
    assert reachable(machine) == set(machine.steps) == set(machine.words)
    assert all(machine.words.values())


@pytest.mark.parametrize("machine", ALL, ids=lambda machine: machine.name)
def test_what_is_final_leads_nowhere(machine: Machine) -> None:
    assert {state for state in machine.steps if not machine.steps[state]} == machine.final


def test_a_refusal_names_both_states_in_words() -> None:
    assert DIALOGUE.refusal("draft", "closed") == (
        "Chưa làm được: đang ở trạng thái “Dự thảo”, không chuyển thẳng sang “Đã kết thúc” được."
    )


@pytest.mark.parametrize(
    ("steps", "words"),
    [({"a": ("b",)}, {"a": "A"}), ({"a": ()}, {"a": "A", "b": "B"}), ({"b": ()}, {"b": "B"})],
)
def test_a_table_that_names_what_it_does_not_define_is_refused(
    steps: dict[str, tuple[str, ...]], words: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="m:"):
        Machine("m", "a", steps, words)


def test_allowed_steps() -> None:
    assert TURN.allows("waiting", "speaking")
    assert not TURN.allows("done", "speaking")
    assert TURN.choices[0] == ("waiting", "Đang chờ")
