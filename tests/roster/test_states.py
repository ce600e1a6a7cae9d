"""The life of an invitation: silence is normal, whoever comes is welcome, what was signed stays."""

import pytest

from doithoai.roster.states import INVITATION

INVITED = ("invited", "accepted", "lapsed")


@pytest.mark.parametrize("state", [*INVITED, "declined", "absent"])
def test_whoever_was_invited_may_still_come(state: str) -> None:
    assert INVITATION.allows(state, "attended")


@pytest.mark.parametrize("state", INVITED)
def test_an_invitation_may_be_withdrawn_declined_or_missed(state: str) -> None:
    assert all(INVITATION.allows(state, to) for to in ("withdrawn", "absent", "declined"))


@pytest.mark.parametrize("state", ["accepted", "lapsed"])
def test_a_changed_time_asks_again(state: str) -> None:
    assert INVITATION.allows(state, "invited")


def test_only_an_uninvited_name_is_struck() -> None:
    assert [state for state in INVITATION.steps if INVITATION.allows(state, "struck")] == ["drawn"]


def test_what_is_taken_back_stays_so() -> None:
    assert INVITATION.final == {"withdrawn", "struck"}
