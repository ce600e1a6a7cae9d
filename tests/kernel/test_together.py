"""Several acts in one transaction: the writer's turn is taken once, and first."""

from datetime import datetime

import pytest

from doithoai.directory.models import Agency
from doithoai.journal.models import Entry
from doithoai.kernel import verbs
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.kernel.verbs import together, verb
from tests.kernel.conftest import NAM, NOW, Tables, anybody, nobody, rename

pytestmark = pytest.mark.django_db


def test_what_is_stored_beside_an_act_stands_or_falls_with_it(agency: Agency, tables: Tables) -> None:
    @verb("try.beside", may=anybody)
    def act(agency: Agency, name: str, *, actor: Actor, now: datetime) -> Agency:
        rename(agency, name)
        return agency

    def both() -> None:
        with together():
            act(agency, "Tên mới", actor=NAM, now=NOW)
            raise NotNow("không")

    with pytest.raises(NotNow, match="không"):
        both()
    agency.refresh_from_db()
    assert agency.name == "UBND thị xã"
    assert Entry.objects.count() == 0
    with together():
        act(agency, "Tên một", actor=NAM, now=NOW)
        act(agency, "Tên hai", actor=NAM, now=NOW)
    assert Entry.objects.count() == 2


def test_a_refused_act_leaves_the_others(agency: Agency, tables: Tables) -> None:
    @verb("try.first", may=anybody)
    def first(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "Tên mới")

    @verb("try.second", may=nobody)
    def second(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "Tên khác")

    with together():
        first(agency, actor=NAM, now=NOW)
        with pytest.raises(NotYours):
            second(agency, actor=NAM, now=NOW)
    agency.refresh_from_db()
    assert agency.name == "Tên mới"
    assert Entry.objects.count() == 1


def test_the_turn_is_taken_once_and_given_back(agency: Agency, tables: Tables) -> None:
    @verb("try.turn", may=anybody)
    def act(agency: Agency, *, actor: Actor, now: datetime) -> None:
        rename(agency, "Tên mới")

    with together(), together():
        act(agency, actor=NAM, now=NOW)
        assert verbs._writer._held
    assert not verbs._writer._held
