"""Words kept with their salt, personal links, limited doors."""

from datetime import date, timedelta

import pytest

from doithoai.kernel import chance
from doithoai.kernel.access import NotNow, NotYours, Role
from doithoai.people.actions import (
    StaffSpec,
    enter_person,
    give_link,
    keep_text,
    knock,
    open_link,
    take_on,
    use_link,
)
from doithoai.people.models import AccessLink, Attempt, Staff
from doithoai.rules.chain import sealed_digest
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_same_words_have_another_digest_each_time(stage: Stage) -> None:
    one, two = (keep_text(stage.cast.agency, "Tôi đồng ý.") for _ in range(2))
    assert one.digest != two.digest
    assert one.digest == sealed_digest(one.salt, "Tôi đồng ý.")


def test_a_person_is_found_without_diacritics(stage: Stage) -> None:
    person = enter_person(stage.cast.agency, name="Đỗ Thị Thuỷ", sex="nữ")
    assert person.name_folded == "do thi thuy"
    assert person.honorific == "bà"


def test_a_link_is_stored_hashed_and_opens_one_thing(stage: Stage) -> None:
    token = give_link(stage.cast.agency, purpose="invitation", code="X1", expires_at=START + HOUR)
    assert not AccessLink.objects.filter(token_hash=token).exists()
    assert open_link(token, "invitation", now=START).code == "X1"
    with pytest.raises(NotNow, match="không còn dùng được"):
        open_link(token, "sign-in", now=START)


@pytest.mark.parametrize("minutes", [60, 61, 9_999])
def test_a_link_ends_with_its_hour(stage: Stage, minutes: int) -> None:
    token = give_link(stage.cast.agency, purpose="invitation", code="X1", expires_at=START + HOUR)
    with pytest.raises(NotNow):
        open_link(token, "invitation", now=START + timedelta(minutes=minutes))


def test_a_single_use_link_is_spent_once(stage: Stage) -> None:
    token = give_link(stage.cast.agency, purpose="sign-in", code="X1", expires_at=START + HOUR, single_use=True)
    link = open_link(token, "sign-in", now=START)
    again = open_link(token, "sign-in", now=START)
    use_link(link, now=START)
    with pytest.raises(NotNow, match="đã dùng rồi"):
        use_link(again, now=START)
    with pytest.raises(NotNow):
        open_link(token, "sign-in", now=START)


def test_a_guessed_token_opens_nothing(stage: Stage) -> None:
    give_link(stage.cast.agency, purpose="invitation", code="X1", expires_at=START + HOUR)
    with pytest.raises(NotNow):
        open_link(chance.token(), "invitation", now=START)


def test_a_limited_door_closes_after_its_count_and_opens_again(stage: Stage) -> None:
    for minute in range(3):
        knock("sign-in", "hoa", limit=3, within=HOUR, now=START + timedelta(minutes=minute))
    with pytest.raises(NotNow, match="chờ 60 phút"):
        knock("sign-in", "hoa", limit=3, within=HOUR, now=START + timedelta(minutes=4))
    knock("sign-in", "lan", limit=3, within=HOUR, now=START + timedelta(minutes=4))
    knock("sign-in", "hoa", limit=3, within=HOUR, now=START + timedelta(minutes=61))


def test_who_knocked_is_not_kept_in_words(stage: Stage) -> None:
    knock("sign-in", "127.0.0.1", limit=3, within=HOUR, now=START)
    assert Attempt.objects.get().key not in ("127.0.0.1", chance.hashed("127.0.0.1"))


def test_addresses_that_one_connection_uses_at_will_are_one(stage: Stage) -> None:
    for host in ("::1", "::2"):
        knock("look", f"2001:db8:1:2{host}", limit=2, within=HOUR, now=START)
    with pytest.raises(NotNow):
        knock("look", "2001:db8:1:2:3:4:5:6", limit=2, within=HOUR, now=START)
    knock("look", "2001:db8:1:3::1", limit=2, within=HOUR, now=START)
    for address in ("10.0.0.1", "::ffff:10.0.0.1"):
        knock("look", address, limit=2, within=HOUR, now=START)
    with pytest.raises(NotNow):
        knock("look", "10.0.0.1", limit=2, within=HOUR, now=START)
    knock("look", "10.0.0.2", limit=2, within=HOUR, now=START)


def test_an_administrator_takes_staff_on_with_their_roles(stage: Stage) -> None:
    office = stage.dialogue.secretariat
    spec = StaffSpec("dh.moi", "Trần Văn Mới", "ông", "Chuyên viên", "", ((Role.OFFICER, office.code),))
    staff = take_on(stage.cast.agency, spec, since=date(2021, 12, 1), actor=stage.cast.admin.as_actor(), now=START)
    actor = staff.as_actor()
    assert actor.holds(Role.OFFICER, office.pk)
    assert not actor.holds(Role.HEAD)
    assert not staff.has_usable_password()


def test_nobody_else_takes_staff_on(stage: Stage) -> None:
    spec = StaffSpec("dh.moi", "Trần Văn Mới", "ông", "Chuyên viên", "", ())
    for actor in (stage.cast.leader.as_actor(), stage.other.admin.as_actor()):
        with pytest.raises(NotYours):
            take_on(stage.cast.agency, spec, since=date(2021, 12, 1), actor=actor, now=START)
    assert not Staff.objects.filter(username="dh.moi").exists()


def test_a_role_that_ended_gives_no_right(stage: Stage) -> None:
    stage.cast.hoa.holdings.update(until=date(2021, 11, 30))
    hoa = Staff.objects.get(pk=stage.cast.hoa.pk)
    assert hoa.as_actor().held == frozenset()
