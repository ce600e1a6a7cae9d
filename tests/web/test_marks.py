"""Every state of every machine has its shape."""

import pytest

from doithoai.answers.states import ANSWER
from doithoai.documents.states import DOCUMENT
from doithoai.intake.states import OPINION
from doithoai.live.states import MINUTES, TURN
from doithoai.planning.states import DIALOGUE, DUTY, OBSTACLE, REMARK, SITTING
from doithoai.results.models import NoticeLine
from doithoai.roster.states import INVITATION
from doithoai.rules.machine import Machine
from doithoai.web.marks import SHAPES, shape

MACHINES = (ANSWER, DOCUMENT, OPINION, MINUTES, TURN, DIALOGUE, DUTY, OBSTACLE, REMARK, SITTING, INVITATION)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_table_knows_exactly_the_states(machine: Machine) -> None:
    assert set(SHAPES[machine.name]) == set(machine.words)


def test_outcomes_of_a_notice_have_shapes_too() -> None:
    assert set(SHAPES["noticeline"]) == set(NoticeLine.Outcome.values)


def test_done_is_full_and_unknown_is_empty() -> None:
    assert shape("duty", "confirmed") == "done"
    assert shape("document", "returned") == "due"
    assert shape("nobody", "nothing") == ""
