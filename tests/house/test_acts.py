"""Every act has a name, a right that says whose it is, and one form."""

import inspect
import re

import pytest

from doithoai.config.follows import FOLLOWS, GATES
from doithoai.config.schedule import BY_ITSELF
from doithoai.kernel import verbs
from doithoai.kernel.access import ANYONE, Actor, Role, Rule
from doithoai.kernel.verbs import REGISTRY, Verb
from doithoai.ops.docs import modules, paragraph, sentence
from doithoai.rules.machine import Machine

list(modules("actions"))
ACTS = sorted(
    (verb for verb in REGISTRY.values() if verb.act.__module__.startswith("doithoai.")), key=lambda verb: verb.name
)
RULES: dict[str, Rule] = {f"{verb.may.__module__}.{verb.may.__name__}": verb.may for verb in ACTS}
MACHINES = {
    machine.name: machine
    for module in modules("states")
    for machine in vars(module).values()
    if isinstance(machine, Machine)
}


def test_there_are_acts_in_every_phase() -> None:
    rooms = {verb.act.__module__.split(".")[1] for verb in ACTS}
    assert {"directory", "people", "documents", "planning"} <= rooms


@pytest.mark.parametrize("verb", ACTS, ids=lambda verb: verb.name)
def test_an_act_is_named_thing_and_verb(verb: Verb) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", verb.name)
    assert len(verb.name) <= 60


@pytest.mark.parametrize("verb", ACTS, ids=lambda verb: verb.name)
def test_an_act_takes_actor_and_now_by_keyword_and_says_what_it_does(verb: Verb) -> None:
    parameters = list(inspect.signature(verb.act).parameters.values())
    assert parameters[0].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    by_keyword = {each.name for each in parameters if each.kind is inspect.Parameter.KEYWORD_ONLY}
    assert {"actor", "now"} <= by_keyword
    assert sentence(verb.act).endswith(".")


@pytest.mark.parametrize("name", RULES)
def test_a_right_says_in_one_vietnamese_line_whose_it_is(name: str) -> None:
    line = paragraph(RULES[name])
    assert "\n" not in inspect.cleandoc(RULES[name].__doc__ or "").split("\n\n")[0], "one line"
    assert line.endswith(".")
    assert re.search(r"[àáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]", line.casefold()), "a Vietnamese sentence"
    assert RULES[name].__name__ != "<lambda>"


@pytest.mark.parametrize("verb", ACTS, ids=lambda verb: verb.name)
def test_an_act_is_written_in_a_file_of_acts(verb: Verb) -> None:
    assert verb.act.__module__.split(".")[2] == "actions"


def test_what_follows_and_gates_name_acts_that_exist() -> None:
    known = {verb.name for verb in ACTS}
    assert set(FOLLOWS) - known == set()
    assert set(GATES) - known == set()


@pytest.mark.parametrize("act", FOLLOWS)
def test_a_follower_is_called_as_the_table_calls_it(act: str) -> None:
    for follower in FOLLOWS[act]:
        parameters = inspect.signature(follower).parameters
        assert {"actor", "now"} <= set(parameters)
        assert sentence(inspect.unwrap(follower))


@pytest.mark.parametrize("act", GATES)
def test_a_gate_is_a_question_about_one_row(act: str) -> None:
    for gate in GATES[act]:
        needed = [each for each in inspect.signature(gate).parameters.values() if each.default is each.empty]
        assert len(needed) == 1
        assert sentence(gate)


def test_the_composition_has_connected_the_tables() -> None:
    assert verbs._wiring.follows is FOLLOWS
    assert verbs._wiring.gates is GATES


def test_what_runs_by_itself_has_a_name() -> None:
    assert BY_ITSELF
    assert all(name and callable(task) for name, task in BY_ITSELF.items())


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_can_be_reached_and_has_a_word(name: str) -> None:
    machine = MACHINES[name]
    reached, waiting = {machine.start}, [machine.start]
    while waiting:
        for to in machine.steps[waiting.pop()]:
            if to not in reached:
                reached.add(to)
                waiting.append(to)
    assert reached == set(machine.steps)
    assert all(machine.words[state] for state in machine.steps)
    assert len(set(machine.words.values())) == len(machine.words)


def test_anyone_and_every_role_have_their_words() -> None:
    assert not ANYONE.is_staff
    assert all(role.label for role in Role)
    assert Actor(ref="x") == Actor(ref="x")
