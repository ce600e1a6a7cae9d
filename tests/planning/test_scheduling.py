"""The life of a dialogue and its deadlines."""

from datetime import date, datetime, timedelta

import pytest

from doithoai.documents import actions as documents
from doithoai.documents.models import Document
from doithoai.journal.models import Entry
from doithoai.kernel import clock
from doithoai.kernel.access import NotNow, NotYours
from doithoai.outbox.models import Message
from doithoai.planning.actions import changing, scheduling
from doithoai.planning.models import Deadline, Sitting
from doithoai.planning.queries import binding_deadline, deadlines_of, last_day
from tests.cast import START, Stage

pytestmark = pytest.mark.django_db


def due(stage: Stage, slug: str) -> Deadline:
    return stage.dialogue.deadlines.get(superseded_at=None, rule_slug=slug)


def afternoon(stage: Stage) -> Sitting:
    return stage.dialogue.sittings.order_by("starts_at").last()  # type: ignore[return-value]  # the sample has two


def moved(sitting: Sitting, days: int) -> dict[str, datetime]:
    shift = timedelta(days=days)
    return {"starts_at": sitting.starts_at + shift, "ends_at": sitting.ends_at + shift}


@pytest.mark.parametrize(
    ("slug", "day", "binding"),
    [
        ("submission_calendar", date(2021, 12, 17), True),
        ("submission_clear", date(2021, 12, 16), False),
        ("submission_working", date(2021, 12, 15), False),
        ("result_notice", date(2021, 12, 31), True),
        ("result_notice_art_43", date(2022, 1, 1), False),
        ("result_notice_draft", date(2021, 12, 29), False),
    ],
)
def test_R41_R48_deadlines_of_the_founding_plan(stage: Stage, slug: str, day: date, binding: bool) -> None:
    row = due(stage, slug)
    assert (row.due_on, row.is_binding) == (day, binding)
    assert row.arithmetic
    assert row.law


def test_a_holiday_is_planned_for_on_the_working_day_before(stage: Stage) -> None:
    row = due(stage, "result_notice_art_43")
    assert (row.due_on, row.plan_for) == (date(2022, 1, 1), date(2021, 12, 31))


def test_R28_a_moved_sitting_moves_the_end_and_keeps_what_was_counted(stage: Stage) -> None:
    sitting = afternoon(stage)
    changing.reschedule(sitting, **moved(sitting, 1), reason="mất điện", actor=stage.cast.leader.as_actor(), now=START)
    assert last_day(stage.dialogue) == date(2021, 12, 23)
    assert due(stage, "result_notice").due_on == date(2022, 1, 4)
    old = stage.dialogue.deadlines.filter(rule_slug="result_notice", superseded_at__isnull=False)
    assert [row.due_on for row in old] == [date(2021, 12, 31)]


def test_trap_16_the_morning_keeps_its_own_deadline_when_the_days_differ(stage: Stage) -> None:
    sitting = afternoon(stage)
    changing.reschedule(sitting, **moved(sitting, 1), reason="mất điện", actor=stage.cast.leader.as_actor(), now=START)
    rows = [row for row in deadlines_of(stage.dialogue) if row.rule_slug == "submission_calendar"]
    assert sorted(row.due_on for row in rows) == [date(2021, 12, 17), date(2021, 12, 18)]
    own = binding_deadline(stage.dialogue, "submission", sitting)
    assert own is not None
    assert own.due_on == date(2021, 12, 18)


def test_every_venue_is_told_once_of_the_new_time(stage: Stage) -> None:
    sitting = afternoon(stage)
    changing.reschedule(sitting, **moved(sitting, 1), reason="mất điện", actor=stage.cast.hoa.as_actor(), now=START)
    told = Message.objects.filter(chain=stage.dialogue.code, key__contains=":moved:")
    assert told.count() == stage.dialogue.venues.count()
    words = "Buổi đối thoại lĩnh vực Xây dựng đổi sang 13:30 đến 17:00, thứ Năm 23/12/2021. Lý do: mất điện."
    assert {message.body for message in told} == {words}


@pytest.mark.parametrize(("days", "reason", "words"), [(1, " ", "lý do"), (-40, "bận", "phía trước")])
def test_a_change_without_reason_or_into_the_past_changes_nothing(
    stage: Stage, days: int, reason: str, words: str
) -> None:
    sitting, entries = afternoon(stage), Entry.objects.count()
    before = sitting.starts_at
    with pytest.raises(NotNow, match=words):
        changing.reschedule(
            sitting, **moved(sitting, days), reason=reason, actor=stage.cast.leader.as_actor(), now=START
        )
    sitting.refresh_from_db()
    assert (sitting.starts_at, Entry.objects.count()) == (before, entries)


def test_the_evening_before_is_early_enough(stage: Stage) -> None:
    sitting = afternoon(stage)
    evening = clock.at(date(2021, 12, 21), 20, 0, stage.cast.agency.zone)
    changing.reschedule(
        sitting, **moved(sitting, 2), reason="Chủ tịch đi họp tỉnh", actor=stage.cast.hoa.as_actor(), now=evening
    )
    paper = changing.announce_change(
        sitting, was=sitting.starts_at - timedelta(days=2), reason="Chủ tịch đi họp tỉnh", actor=stage.cast.hoa.as_actor(),
        now=evening,
    )  # fmt: skip
    assert paper.kind == "change_notice"
    assert "13 giờ 30 phút, thứ Tư 22/12/2021" in paper.paper
    assert "thứ Sáu, ngày 24/12/2021" in paper.paper


def test_the_other_agency_reschedules_nothing(stage: Stage) -> None:
    sitting, entries = afternoon(stage), Entry.objects.count()
    with pytest.raises(NotYours):
        changing.reschedule(sitting, **moved(sitting, 1), reason="thử", actor=stage.other.leader.as_actor(), now=START)
    assert Entry.objects.count() == entries


def test_a_secretary_does_not_reschedule(stage: Stage) -> None:
    sitting = afternoon(stage)
    with pytest.raises(NotYours, match="lãnh đạo cơ quan hoặc Văn phòng"):
        changing.reschedule(sitting, **moved(sitting, 1), reason="thử", actor=stage.cast.clerk.as_actor(), now=START)


def issue_plan(stage: Stage) -> Document:
    cast, hoa = stage.cast, stage.cast.hoa.as_actor()
    document = scheduling.draft_plan(stage.dialogue, actor=hoa, now=START)
    office = cast.head(stage.dialogue.secretariat)
    documents.submit(document, actor=hoa, now=START)
    documents.tick_content(document, actor=office, now=START)
    documents.tick_form(document, actor=office, now=START)
    documents.approve(document, actor=cast.leader.as_actor(), now=START)
    documents.sign(document, actor=cast.leader.as_actor(), now=START)
    return documents.issue(document, number=214, actor=cast.clerk.as_actor(), now=START)


def test_R65_number_and_day_are_blank_until_the_plan_is_issued(drafted: Stage) -> None:
    document = scheduling.draft_plan(drafted.dialogue, actor=drafted.cast.hoa.as_actor(), now=START)
    assert (document.number, document.issued_on, document.model.number, document.model.dated.day) == (None,) * 4
    assert document.model.dated.month == 12


def test_issuing_the_plan_makes_the_dialogue_planned_and_counts_its_deadlines(drafted: Stage) -> None:
    document = issue_plan(drafted)
    drafted.dialogue.refresh_from_db()
    assert drafted.dialogue.state == "planned"
    assert document.number_text == "214/KH-UBND"
    assert binding_deadline(drafted.dialogue, "result_notice") is not None


def test_R64_the_plan_is_signed_on_behalf_of_the_committee(drafted: Stage) -> None:
    document = scheduling.draft_plan(drafted.dialogue, actor=drafted.cast.hoa.as_actor(), now=START)
    (block,) = document.model.signatures
    assert [line.upper() for line in block.capacity] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert block.name == drafted.cast.leader.name


def test_a_step_out_of_order_is_refused_in_words(drafted: Stage) -> None:
    with pytest.raises(NotNow, match="“Dự thảo”"):
        scheduling.open_dialogue(drafted.dialogue, actor=drafted.cast.hoa.as_actor(), now=START)
    drafted.dialogue.refresh_from_db()
    assert drafted.dialogue.state == "draft"
