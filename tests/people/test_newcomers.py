"""Somebody on no list becomes a person, once; what cannot reach anybody is refused."""

import pytest

from doithoai.kernel.access import NotNow
from doithoai.people.actions import Newcomer, enter_newcomer
from doithoai.people.models import Person
from tests.cast import Stage

TOLD = Newcomer("  Nguyễn Thị Thử ", "0905 123 456", group="Thôn Mẫu 2")


def test_what_they_tell_is_kept_and_found_without_diacritics(stage: Stage) -> None:
    ward = stage.cast.agency.places.order_by("code").first()
    made = enter_newcomer(stage.cast.agency, Newcomer("Nguyễn Thị Thử", "0905 123 456", ward=ward), is_seen=True)
    assert (made.name, made.name_folded, made.phone) == ("Nguyễn Thị Thử", "nguyen thi thu", "0905123456")
    assert made.address == str(ward)


def test_the_same_name_and_number_told_to_staff_is_the_same_person(stage: Stage) -> None:
    first = enter_newcomer(stage.cast.agency, TOLD, is_seen=True)
    assert enter_newcomer(stage.cast.agency, Newcomer("nguyễn thị thử", "+84905123456"), is_seen=True) == first
    assert enter_newcomer(stage.cast.agency, Newcomer("Nguyễn Thị Thử"), is_seen=True) != first, "no number, no proof"
    other = enter_newcomer(stage.other.agency, TOLD, is_seen=True)
    assert (other.agency, other != first) == (stage.other.agency, True)


def test_what_is_typed_on_a_public_page_leads_to_nobody_known(stage: Stage) -> None:
    first = enter_newcomer(stage.cast.agency, TOLD, is_seen=True)
    assert enter_newcomer(stage.cast.agency, TOLD, is_seen=False) != first


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (Newcomer("A", "1900 1234"), "“1900 1234” không phải số điện thoại. Cần 10 chữ số."),
        (Newcomer("A", email="a@b"), "“a@b” không phải địa chỉ thư điện tử."),
    ],
)
def test_what_reaches_nobody_is_refused(stage: Stage, told: Newcomer, sentence: str) -> None:
    before = Person.objects.count()
    with pytest.raises(NotNow, match=sentence):
        enter_newcomer(stage.cast.agency, told, is_seen=True)
    assert Person.objects.count() == before
