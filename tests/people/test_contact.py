"""Where people are reached, and the links given to them: put right, moved, taken away."""

import json
from datetime import timedelta

import pytest

from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.actions import (
    enter_person,
    extend_links,
    give_link,
    note_contact,
    open_link,
    void_links,
    void_token,
)
from doithoai.people.models import AccessLink, Person
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=3)


def person(stage: Stage) -> Person:
    return enter_person(stage.cast.agency, name="Lê Thị Thử", phone="0900000001")


def test_a_number_is_kept_as_its_digits_and_the_journal_does_not_know_it(stage: Stage) -> None:
    row = person(stage)
    note_contact(row, phone="+84 905 123 456", email=" sau@thu.example ", actor=stage.cast.hoa.as_actor(), now=START)
    row.refresh_from_db()
    assert (row.phone, row.email) == ("0905123456", "sau@thu.example")
    body = json.loads(Entry.objects.get(verb="person.note_contact").body)
    assert body["facts"] == {"person": row.code, "phone": 1, "email": 1}
    assert body["chain"] == stage.cast.agency.chain


def test_a_number_may_be_taken_away(stage: Stage) -> None:
    row = person(stage)
    note_contact(row, phone=" ", email="", actor=stage.cast.clerk.as_actor(), now=START)
    row.refresh_from_db()
    assert (row.phone, row.email) == ("", "")


@pytest.mark.parametrize(
    ("phone", "email", "found"),
    [
        ("0905", "", "0905"),
        ("không nhớ", "", "không nhớ"),
        ("", "sau@", "sau@"),
        ("", "a b@c.vn", "a b@c.vn"),
        ("", "x@y", "x@y"),
    ],
)
def test_what_cannot_be_one_is_named_and_nothing_changes(stage: Stage, phone: str, email: str, found: str) -> None:
    row = person(stage)
    with pytest.raises(NotNow, match=found):
        note_contact(row, phone=phone, email=email, actor=stage.cast.hoa.as_actor(), now=START)
    row.refresh_from_db()
    assert row.phone == "0900000001"
    assert not Entry.objects.filter(verb="person.note_contact").exists()


def test_neither_the_other_agency_nor_the_front_changes_it(stage: Stage) -> None:
    row = person(stage)
    for actor in (stage.other.hoa.as_actor(), stage.cast.observer.as_actor(), stage.cast.leader.as_actor()):
        with pytest.raises(NotYours):
            note_contact(row, phone="0905123456", email="", actor=actor, now=START)


def given(stage: Stage, code: str) -> str:
    return give_link(stage.cast.agency, purpose="invitation", code=code, expires_at=START + timedelta(days=1))


def test_links_move_together_and_only_those_named(stage: Stage) -> None:
    first, other = given(stage, "A"), given(stage, "B")
    extend_links(stage.cast.agency, purpose="invitation", codes=["A"], expires_at=LATER)
    assert open_link(first, "invitation", now=LATER - timedelta(hours=1)).code == "A"
    with pytest.raises(NotNow):
        open_link(other, "invitation", now=LATER - timedelta(hours=1))


def test_links_of_another_agency_stay(stage: Stage) -> None:
    token = given(stage, "A")
    void_links(stage.other.agency, purpose="invitation", codes=["A"])
    extend_links(stage.other.agency, purpose="invitation", codes=["A"], expires_at=LATER)
    assert open_link(token, "invitation", now=START).expires_at == START + timedelta(days=1)


def test_what_is_void_opens_nothing(stage: Stage) -> None:
    first, second, third = given(stage, "A"), given(stage, "A"), given(stage, "B")
    void_token(second)
    assert open_link(first, "invitation", now=START).code == "A"
    void_links(stage.cast.agency, purpose="invitation", codes=["A"])
    for token in (first, second):
        with pytest.raises(NotNow):
            open_link(token, "invitation", now=START)
    assert open_link(third, "invitation", now=START).code == "B"
    assert AccessLink.objects.count() == 1
