"""The invented staff of any plan's agency."""

import pytest

from doithoai.directory.models import Office
from doithoai.kernel.access import Role
from doithoai.people.models import Staff
from doithoai.sample.cast import full_name, offices_in, places_in
from tests.cast import Stage

pytestmark = pytest.mark.django_db


def test_every_office_of_the_plan_is_there_once(stage: Stage) -> None:
    names = [office.name for office in offices_in(stage.draft)]
    assert len(names) == len(set(names))
    kinds = {office.kind for office in offices_in(stage.draft)}
    assert {Office.Kind.SECRETARIAT, Office.Kind.FRONT, Office.Kind.ONE_STOP, Office.Kind.WARD} <= kinds


def test_every_office_has_a_head_and_an_officer(stage: Stage) -> None:
    for office in stage.cast.agency.offices.all():
        assert stage.cast.head(office).holds(Role.HEAD, office.pk)
        assert stage.cast.officer(office).holds(Role.OFFICER, office.pk)


def test_named_people_are_who_they_are(stage: Stage) -> None:
    cast = stage.cast
    assert (cast.hoa.name, cast.secretary.name) == ("Trần Thị Hoa", "Phạm Thị Lan")
    assert cast.leader.name == stage.draft.signer.name
    assert cast.leader.as_actor().holds(Role.LEADER)


def test_the_second_agency_shares_nobody(stage: Stage) -> None:
    ours = set(Staff.objects.filter(agency=stage.cast.agency).values_list("username", flat=True))
    theirs = set(Staff.objects.filter(agency=stage.other.agency).values_list("username", flat=True))
    assert len(ours) == len(theirs)
    assert not ours & theirs


def test_wards_and_names_are_read_from_the_plan(stage: Stage) -> None:
    assert places_in(stage.draft) == [("P01", "Hòa Vinh", "phường"), ("P02", "Hòa Hiệp Trung", "phường")]
    assert full_name("UBND thị xã Đông Hòa") == "Ủy ban nhân dân thị xã Đông Hòa"
