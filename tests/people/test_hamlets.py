"""Heads of hamlets: kept by staff who have to do with people, found however the group was written, forgotten on request."""

import json

import pytest

from doithoai.directory.models import Place
from doithoai.journal.models import Entry
from doithoai.kernel.access import NotNow, NotYours
from doithoai.people.actions import enter_person, keep_head
from doithoai.people.models import HamletHead, head_title
from doithoai.people.queries import hamlet_of, heads_of_hamlets
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
GROUP = "Tổ dân phố Mẫu 3"


def ward(stage: Stage) -> Place:
    return stage.cast.agency.places.get(name="Hòa Vinh")


def keep(stage: Stage, **said: str) -> HamletHead | None:
    told = {"group": GROUP, "name": " Võ Văn  Thử ", "phone": "+84 905 123 456", **said}
    return keep_head(stage.cast.agency, ward=ward(stage), **told, actor=stage.cast.hoa.as_actor(), now=START)


def test_who_heads_a_group_is_kept_and_the_journal_knows_neither_name_nor_number(stage: Stage) -> None:
    head = keep(stage)
    assert head is not None
    assert (head.name, head.phone, str(head)) == ("Võ Văn Thử", "0905123456", "Võ Văn Thử, tổ trưởng")
    body = Entry.objects.get(verb="head.keep").body
    assert json.loads(body)["facts"] == {"ward": ward(stage).code, "group": GROUP, "kept": 1, "phone": 1}
    for secret in ("Thử", "905123456"):
        assert secret not in body


def test_a_new_head_takes_the_place_of_the_old_one(stage: Stage) -> None:
    keep(stage)
    keep(stage, group="TỔ DÂN PHỐ MẪU 3", name="Đặng Thị Mẫu", phone="")
    assert list(HamletHead.objects.values_list("name", "phone")) == [("Đặng Thị Mẫu", "")]


def test_left_empty_whoever_stood_there_is_forgotten(stage: Stage) -> None:
    keep(stage)
    assert keep(stage, name="", phone=" ") is None
    assert not HamletHead.objects.exists()


def test_people_of_the_group_find_their_head_however_it_is_written(stage: Stage) -> None:
    head = keep(stage)
    agency = stage.cast.agency
    near = enter_person(agency, name="Lê Thị Thử", ward=ward(stage), group="tổ dân phố  mẫu 3")
    far = enter_person(agency, name="Lê Thị Xa", ward=agency.places.get(name="Hòa Hiệp Trung"), group=GROUP)
    heads = heads_of_hamlets(agency)
    assert heads.get(hamlet_of(near)) == head
    assert hamlet_of(far) not in heads
    assert heads_of_hamlets(stage.other.agency) == {}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"phone": "12"}, "“12” không phải số điện thoại"),
        ({"name": " "}, "có số điện thoại mà chưa có tên"),
        ({"group": " "}, "không có thôn, tổ dân phố này"),
    ],
)
def test_what_cannot_be_is_refused(stage: Stage, said: dict[str, str], words: str) -> None:
    with pytest.raises(NotNow, match=words):
        keep(stage, **said)
    assert not HamletHead.objects.exists()


def test_neither_another_agency_nor_its_wards_are_touched(stage: Stage) -> None:
    told = {"group": GROUP, "name": "A", "phone": ""}
    elsewhere = stage.other.agency.places.get(name="Hòa Vinh")
    with pytest.raises(NotNow, match="không có thôn"):
        keep_head(stage.cast.agency, ward=elsewhere, **told, actor=stage.cast.hoa.as_actor(), now=START)
    for actor in (stage.other.hoa.as_actor(), stage.cast.observer.as_actor()):
        with pytest.raises(NotYours):
            keep_head(stage.cast.agency, ward=ward(stage), **told, actor=actor, now=START)
    assert not HamletHead.objects.exists()


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ("Thôn Phú Thứ", "trưởng thôn"),
        ("Khu phố 2", "trưởng khu phố"),
        ("Buôn Trinh", "trưởng buôn"),
        ("Tổ dân phố 5", "tổ trưởng"),
        ("", "tổ trưởng"),
    ],
)
def test_how_a_head_is_called(group: str, title: str) -> None:
    assert head_title(group) == title
