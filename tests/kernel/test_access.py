"""Who may: by agency first, then by role and office; every no has its sentence."""

import pytest

from doithoai.kernel.access import (
    ANYONE,
    YES,
    Actor,
    NotNow,
    NotYours,
    Overtaken,
    Refused,
    Role,
    System,
    Verdict,
    holder,
    needs,
    require_reason,
    stranger,
)

OURS, THEIRS, DIVISION, OTHER_DIVISION = 1, 2, 11, 12


def staff(*held: tuple[Role, int], agency: int = OURS) -> Actor:
    """A member of staff who holds these roles."""
    return Actor(ref="staff:x", agency_id=agency, held=frozenset(held), staff_id=7)


def asked(actor: Actor, *grants: tuple[Role, int | None]) -> Verdict:
    """Whether the actor may do something of our agency."""
    return needs(actor, OURS, *grants, who="văn thư")


def test_a_verdict_is_true_without_a_reason() -> None:
    assert YES
    assert not Verdict("Chưa được.")


def test_a_role_at_the_office_named_is_needed() -> None:
    head = staff((Role.HEAD, DIVISION))
    assert asked(head, (Role.HEAD, DIVISION))
    assert asked(head, (Role.HEAD, None))
    assert asked(head, (Role.CLERK, None), (Role.HEAD, DIVISION))
    assert not asked(head, (Role.HEAD, OTHER_DIVISION))
    assert not asked(head, (Role.CLERK, None))


def test_the_refusal_names_whose_right_it_is() -> None:
    assert asked(staff((Role.OFFICER, DIVISION)), (Role.CLERK, None)).reason == "Không có quyền: việc này của văn thư."


@pytest.mark.parametrize("actor", [staff((Role.CLERK, DIVISION), agency=THEIRS), ANYONE])
def test_another_agency_learns_nothing_not_even_whose_right_it_is(actor: Actor) -> None:
    verdict = asked(actor, (Role.CLERK, None))
    assert not verdict
    assert verdict == stranger()
    assert "văn thư" not in verdict.reason


def test_the_system_may_and_names_its_cause() -> None:
    system = System("document.issue")
    assert asked(system)
    assert (system.ref, system.is_staff, system.is_system) == ("system:document.issue", False, True)


def test_no_grant_means_nobody_but_the_system() -> None:
    assert not asked(staff((Role.LEADER, DIVISION)))


def test_holding_is_by_role_and_office() -> None:
    both = staff((Role.HEAD, DIVISION), (Role.VENUE, OTHER_DIVISION))
    assert both.holds(Role.HEAD, DIVISION)
    assert both.holds(Role.VENUE)
    assert not both.holds(Role.HEAD, OTHER_DIVISION)
    assert both.is_staff
    assert not ANYONE.is_staff


def test_a_personal_link_opens_exactly_one_thing() -> None:
    guest = Actor(ref="link:x", link=("invitation", "DH-2021-01-M01"))
    assert holder(guest, "invitation", "DH-2021-01-M01")
    assert not holder(guest, "invitation", "DH-2021-01-M02")
    assert not holder(guest, "survey", "DH-2021-01-M01")
    assert not holder(ANYONE, "invitation", "DH-2021-01-M01")


@pytest.mark.parametrize("kind", [NotYours, NotNow, Overtaken])
def test_every_refusal_carries_its_sentence(kind: type[Refused]) -> None:
    refused = kind("Chưa được.")
    assert (refused.reason, str(refused), isinstance(refused, Refused)) == ("Chưa được.", "Chưa được.", True)


@pytest.mark.parametrize("empty", ["", "  ", "\n"])
def test_a_reason_is_a_sentence(empty: str) -> None:
    with pytest.raises(NotNow, match=r"^Chưa ghi được: cần một câu nêu lý do\.$"):
        require_reason(empty)
    with pytest.raises(NotNow, match=r"^Chưa đề nghị được: "):
        require_reason(empty, "Chưa đề nghị được")
    require_reason("Vắng vì ốm.")
