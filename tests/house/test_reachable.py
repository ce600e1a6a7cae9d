"""Every act can be done by somebody: from a page, the worker, a command, or what follows from another act."""

import pytest

from doithoai.kernel.verbs import REGISTRY
from doithoai.ops.docs import modules
from tests.house.reach import FILES, definitions, reached

list(modules("actions"))
REHEARSAL = "doithoai.ops.rehearse"
"""It plays everybody: what only it does can be done by nobody."""

ROOMS_WITHOUT_DOORS = {
    "live": "the sitting has no pages yet; its acts are done by the rehearsal alone",
    "survey": "the survey has no pages yet",
}
ACTS_WITHOUT_A_DOOR = {
    "answer.on_the_spot": "said at the sitting, which has no pages yet",
    "commitment.make": "said at the sitting, which has no pages yet",
    "commitment.keep": "follows a promise made at the sitting, which has no pages yet",
    "dialogue.close": "the pages of the end of a dialogue are still to come",
}


def starting() -> list[str]:
    """The four tables of the composition, and the commands."""
    ours = (name for name in FILES if name.startswith(("doithoai.config", "doithoai.ops")))
    return [name for name in ours if not name.startswith(REHEARSAL)]


REACHED = reached(starting(), REHEARSAL)
ACTS = {verb.name: verb for verb in REGISTRY.values() if verb.act.__module__.startswith("doithoai.")}


def has_door(name: str) -> bool:
    return (ACTS[name].act.__module__, ACTS[name].act.__name__) in REACHED


def room_of(name: str) -> str:
    return ACTS[name].act.__module__.split(".")[1]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_can_be_done_by_somebody(name: str) -> None:
    is_excused = room_of(name) in ROOMS_WITHOUT_DOORS or name in ACTS_WITHOUT_A_DOOR
    assert has_door(name) or is_excused, f"{name}: no page, worker, command or follower does it"


@pytest.mark.parametrize("room", ROOMS_WITHOUT_DOORS)
def test_a_room_is_excused_only_while_it_has_no_pages(room: str) -> None:
    kinds = {name.split(".")[2] for name in FILES if name.startswith(f"doithoai.{room}.")}
    assert not kinds & {"views", "citizen", "public"}


@pytest.mark.parametrize("name", ACTS_WITHOUT_A_DOOR)
def test_an_act_is_excused_only_while_nobody_can_do_it(name: str) -> None:
    assert name in ACTS
    assert not has_door(name), f"{name} has its door now: its excuse goes"


def test_the_search_is_not_blind() -> None:
    """It follows addresses into pages and acts, and it does not find what nobody names."""
    assert ("doithoai.portal.views", "publish") in REACHED
    assert ("doithoai.portal.actions", "publish_paper") in REACHED
    assert has_door("deadline.count")  # by a follower alone
    assert has_door("head.announce")  # by the worker alone
    every = {(module, name) for module in FILES for name in definitions(module)}
    assert ("doithoai.ops.rehearse", "rehearse") not in REACHED
    assert len(REACHED & every) < len(every)
