"""Duties with an accountable head, readiness of venues, obstacles, delivery."""

import pytest

from doithoai.journal.models import Entry
from doithoai.journal.queries import story
from doithoai.kernel.access import Actor, NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.people.models import Staff
from doithoai.planning.actions import carrying_out
from doithoai.planning.models import Check, Duty, Sitting, Venue
from doithoai.planning.queries import ownerless
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db


def hoa(stage: Stage) -> Actor:
    return stage.cast.hoa.as_actor()


def minutes_duty(stage: Stage) -> Duty:
    return stage.dialogue.duties.get(slug="minutes")


def given(stage: Stage) -> Duty:
    office = stage.dialogue.secretariat
    return carrying_out.assign(minutes_duty(stage), office, stage.cast.heads[office.code], actor=hoa(stage), now=START)


def test_R59_an_assigned_duty_has_a_head_who_accepts_reports_and_is_confirmed(stage: Stage) -> None:
    duty = given(stage)
    head = stage.cast.head(stage.dialogue.secretariat)
    carrying_out.accept(duty, actor=head, now=START)
    carrying_out.report(duty, words="Đã phân công thư ký", actor=head, now=START)
    carrying_out.confirm(duty, actor=hoa(stage), now=START)
    duty.refresh_from_db()
    assert (duty.state, duty.report) == ("confirmed", "Đã phân công thư ký")
    assert duty not in ownerless(stage.dialogue)


def test_the_office_finds_the_duty_on_its_desk(stage: Stage) -> None:
    duty = given(stage)
    message = Message.objects.get(key__startswith=f"{duty.chain}:{duty.code}:assigned:")
    assert (message.office, message.channel) == (stage.dialogue.secretariat, Message.Channel.DESK)


def test_given_out_anew_the_next_office_is_told_too(stage: Stage) -> None:
    duty = given(stage)
    carrying_out.hand_back(duty, reason="Không thuộc việc của phòng", actor=stage.cast.head(duty.office), now=START)
    other = next(
        office
        for office in stage.cast.agency.offices.all()
        if office.code in stage.cast.heads and office.pk != duty.office_id
    )
    carrying_out.assign(duty, other, stage.cast.heads[other.code], actor=hoa(stage), now=START)
    told = Message.objects.filter(key__startswith=f"{duty.chain}:{duty.code}:assigned:").order_by("pk")
    assert [row.office for row in told] == [stage.dialogue.secretariat, other]


def test_only_the_office_that_was_given_it_accepts(stage: Stage) -> None:
    duty = given(stage)
    stranger = next(office for office in stage.cast.agency.offices.all() if office.pk != duty.office_id)
    with pytest.raises(NotYours, match="người đứng đầu Văn phòng"):
        carrying_out.accept(duty, actor=stage.cast.head(stranger), now=START)


def test_a_duty_handed_back_needs_its_reason_and_can_be_given_again(stage: Stage) -> None:
    duty = given(stage)
    head = stage.cast.head(stage.dialogue.secretariat)
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        carrying_out.hand_back(duty, reason=" ", actor=head, now=START)
    carrying_out.hand_back(duty, reason="Thiếu người", actor=head, now=START)
    given(stage)
    duty.refresh_from_db()
    assert duty.state == "assigned"


def test_accepting_twice_says_why_not(stage: Stage) -> None:
    duty = given(stage)
    head = stage.cast.head(stage.dialogue.secretariat)
    carrying_out.accept(duty, actor=head, now=START)
    entries = Entry.objects.count()
    with pytest.raises(NotNow, match="“Đã nhận”"):
        carrying_out.accept(duty, actor=head, now=START)
    assert Entry.objects.count() == entries


def local(stage: Stage) -> Venue:
    return stage.dialogue.venues.filter(is_central=False).select_related("office").first()  # type: ignore[return-value]


def test_R50_R51_the_line_of_each_venue_is_checked_and_the_newest_check_counts(stage: Stage) -> None:
    venue, technician = local(stage), stage.cast.technician.as_actor()
    carrying_out.check(venue, Check.Kind.LINE, is_ready=False, note="chập chờn", actor=technician, now=START)
    carrying_out.check(venue, Check.Kind.LINE, is_ready=True, actor=technician, now=START)
    assert [row.is_ready for row in venue.checks.order_by("pk")] == [False, True]


def test_the_ward_checks_its_own_venue_and_no_other(stage: Stage) -> None:
    first, second = stage.dialogue.venues.filter(is_central=False).select_related("office")
    carrying_out.check(first, Check.Kind.ROOM, is_ready=True, actor=stage.cast.head(first.office), now=START)
    with pytest.raises(NotYours, match="kỹ thuật hoặc người phụ trách"):
        carrying_out.check(second, Check.Kind.ROOM, is_ready=True, actor=stage.cast.head(first.office), now=START)


def test_R52_who_chairs_at_a_venue_in_person_is_recorded(stage: Stage) -> None:
    venue = local(stage)
    chair = stage.cast.heads[venue.office.code]
    carrying_out.name_chair(venue, chair, actor=stage.cast.head(venue.office), now=START)
    venue.refresh_from_db()
    assert venue.chair == chair


AN = "bà Trần Thị An,  Phó Chủ tịch HĐND thị xã; Bí thư Thị ủy"


def morning(stage: Stage) -> Sitting:
    return stage.dialogue.sittings.select_related("dialogue__chair", "dialogue__agency").get(ordinal=1)


def test_L3_each_sitting_has_its_own_co_chair(stage: Stage) -> None:
    carrying_out.name_co_chair(morning(stage), AN, actor=hoa(stage), now=START)
    assert [row.co_chair for row in stage.dialogue.sittings.order_by("ordinal")] == [
        "Bà Trần Thị An, Phó Chủ tịch HĐND thị xã; Bí thư Thị ủy", "",
    ]  # fmt: skip
    line = story(stage.dialogue.chain, last=1)[0]
    assert (line.verb, line.facts) == ("sitting.co_chair", {"sitting": morning(stage).code, "named": 2})
    carrying_out.name_co_chair(morning(stage), " ", actor=stage.cast.leader.as_actor(), now=START)
    assert morning(stage).co_chair == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Ông ĐỖ VĂN MẪU, Chủ tịch HĐND thị xã", "trùng với người chủ trì là Đỗ Văn Mẫu; cần một người khác"),
        ("Chủ tịch UBND thị xã", "trùng với người chủ trì"),
        ("Ông Lê Văn B, Trưởng phòng Kinh tế", "“Trưởng phòng Kinh tế” không phải lãnh đạo Hội đồng nhân dân"),
        ("Ông Lê Văn B", "“Lê Văn B” không phải lãnh đạo"),
        ("Phó Chủ tịch HĐND " + "thị xã " * 40, "dài quá 200 chữ"),
    ],
)
def test_L3_the_chair_again_and_a_post_that_does_not_lead_are_refused(stage: Stage, words: str, why: str) -> None:
    with pytest.raises(NotNow, match=why):
        carrying_out.name_co_chair(morning(stage), words, actor=hoa(stage), now=START)
    assert morning(stage).co_chair == ""


def test_L3_a_co_chair_is_named_before_the_sitting_is_over_and_by_whoever_may(stage: Stage) -> None:
    for stranger in (stage.other.hoa, stage.cast.clerk):
        with pytest.raises(NotYours):
            carrying_out.name_co_chair(morning(stage), AN, actor=stranger.as_actor(), now=START)
    Sitting.objects.filter(pk=morning(stage).pk).update(state="ended")
    with pytest.raises(NotNow, match="đã kết thúc hoặc bị hủy"):
        carrying_out.name_co_chair(morning(stage), AN, actor=hoa(stage), now=START)


def test_R52_only_staff_of_the_agency_who_still_work_there_chair(stage: Stage) -> None:
    venue = local(stage)
    gone = stage.cast.heads[venue.office.code]
    for chair in (stage.other.leader, gone):
        Staff.objects.filter(pk=gone.pk).update(is_active=False)
        gone.refresh_from_db()
        with pytest.raises(NotNow, match="cán bộ đang làm việc của cơ quan"):
            carrying_out.name_chair(venue, chair, actor=hoa(stage), now=START)
    with pytest.raises(NotYours, match="người phụ trách điểm cầu hoặc Văn phòng"):
        carrying_out.name_chair(venue, gone, actor=stage.cast.technician.as_actor(), now=START)
    venue.refresh_from_db()
    assert venue.chair is None


def test_R53_a_line_of_readiness_is_asked_or_spared_with_its_reason(stage: Stage) -> None:
    carrying_out.switch_readiness(
        stage.dialogue, "health", is_on=False, reason=" Hết dịch ", actor=hoa(stage), now=START
    )
    stage.dialogue.refresh_from_db()
    assert stage.dialogue.readiness == {"health": {"on": False, "why": "Hết dịch"}}
    assert story(stage.dialogue.code)[0].facts == {"kind": "health", "on": 0}
    with pytest.raises(NotNow, match="cần một câu nêu lý do"):
        carrying_out.switch_readiness(stage.dialogue, "room", is_on=False, reason=" ", actor=hoa(stage), now=START)
    for stranger in (stage.cast.technician.as_actor(), stage.other.hoa.as_actor()):
        with pytest.raises(NotYours):
            carrying_out.switch_readiness(stage.dialogue, "room", is_on=False, reason="x", actor=stranger, now=START)


def test_R60_an_obstacle_goes_through_the_office_and_is_closed(stage: Stage) -> None:
    venue = local(stage)
    row = carrying_out.raise_obstacle(
        stage.dialogue, venue.office, text="Line yếu", actor=stage.cast.head(venue.office), now=START
    )
    assert Message.objects.filter(office=stage.dialogue.secretariat, body="Line yếu").exists()
    with pytest.raises(NotYours):
        carrying_out.direct(row, direction="Lắp 4G", actor=stage.cast.head(venue.office), now=START)
    carrying_out.direct(row, direction="Lắp 4G", actor=hoa(stage), now=START)
    assert Message.objects.get(office=venue.office).body == "Chỉ đạo về khó khăn “Line yếu”: Lắp 4G"
    carrying_out.close(row, actor=hoa(stage), now=START)
    row.refresh_from_db()
    assert (row.state, row.direction) == ("closed", "Lắp 4G")


def test_R61_delivery_is_recorded_line_by_line_by_the_clerk(stage: Stage) -> None:
    line = stage.dialogue.recipients.first()
    assert line is not None
    clerk = stage.cast.clerk.as_actor()
    with pytest.raises(NotYours, match="văn thư"):
        carrying_out.deliver(stage.dialogue, line, actor=hoa(stage), now=START)
    carrying_out.deliver(stage.dialogue, line, actor=clerk, now=START)
    with pytest.raises(NotNow, match="đã ghi là đã nhận"):
        carrying_out.deliver(stage.dialogue, line, actor=clerk, now=START)
    assert stage.dialogue.recipients.filter(delivered_at=START).count() == 1


def test_the_other_agency_changes_nothing_here(stage: Stage) -> None:
    entries = Entry.objects.count()
    duty, venue, line = minutes_duty(stage), local(stage), stage.dialogue.recipients.first()
    office = stage.dialogue.secretariat
    stranger = stage.other.hoa.as_actor()
    assert line is not None
    attempts = (
        lambda: carrying_out.assign(duty, office, stage.cast.leader, actor=stranger, now=START),
        lambda: carrying_out.check(venue, "room", is_ready=True, actor=stage.other.technician.as_actor(), now=START),
        lambda: carrying_out.deliver(stage.dialogue, line, actor=stage.other.clerk.as_actor(), now=START),
        lambda: carrying_out.raise_obstacle(stage.dialogue, office, text="x", actor=stranger, now=START),
    )
    for attempt in attempts:
        with pytest.raises(NotYours, match="không dành cho tài khoản này"):
            attempt()
    assert Entry.objects.count() == entries
