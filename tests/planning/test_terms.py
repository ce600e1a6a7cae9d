"""A plan's own terms beside the rules: kept, counted, shown against each other, one of the two binding with its reason."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from doithoai.directory.queries import profile_of
from doithoai.kernel.access import NotNow, NotYours
from doithoai.planning.actions import drafting, scheduling
from doithoai.planning.imports import Due
from doithoai.planning.imports.meaning import rule_meant
from doithoai.planning.models import Deadline, Dialogue, Duty
from doithoai.planning.queries import binding_deadline, contests, duty_days
from doithoai.sample.plans import load_sample
from tests.cast import START, Stage
from tests.planning.test_views_drafting import text_of
from tests.web.visitors import browser, unchanged

pytestmark = pytest.mark.django_db

TEN = Due(10, "working_day", "after", "conference_end")
FIVE = Due(5, "working_day", "after", "conference_end")


def made(stage: Stage, due: Due | None, due_on: date | None = None) -> Dialogue:
    """A dialogue whose plan gives another term for the result notice than the rules' seven working days."""
    draft = load_sample("dong-hoa-2021")

    def told(duty: Any) -> Any:
        return replace(duty, due=due, due_on=due_on) if "thông báo kết quả" in duty.what else duty

    own = replace(draft, duties=tuple(told(duty) for duty in draft.duties))
    actor = stage.cast.hoa.as_actor()
    return drafting.create(stage.cast.agency, own, chair=stage.cast.leader, actor=actor, now=START)


def counted(stage: Stage, dialogue: Dialogue) -> list[Deadline]:
    scheduling.count_deadlines(dialogue, actor=stage.cast.leader.as_actor(), now=START)
    return list(Deadline.objects.filter(dialogue=dialogue, superseded_at=None).order_by("pk"))


def notices(rows: list[Deadline]) -> list[tuple[str, date, bool]]:
    found = [row for row in rows if row.duty == "result_notice" and (row.task or row.rule_slug == "result_notice")]
    return [("plan" if row.task else "rules", row.due_on, row.is_binding) for row in found]


class TestMeaning:
    def test_duties_of_the_sample_mean_their_rules(self, drafted: Stage) -> None:
        profile = profile_of(drafted.cast.agency)
        found = {rule_meant(duty, profile) for duty in drafted.draft.duties if duty.due}
        assert found == {"submission", "result_notice"}
        assert {rule_meant(duty, profile) for duty in drafted.draft.duties if duty.due is None} == {""}

    def test_what_the_plan_says_is_kept_with_the_duty(self, drafted: Stage) -> None:
        duty = Duty.objects.filter(dialogue=made(drafted, TEN), rule="result_notice").order_by("pk")[0]
        assert duty.term == {"count": 10, "unit": "working_day", "before_or_after": "after", "anchor": "conference_end"}

    def test_the_same_term_as_the_rules_adds_nothing(self, drafted: Stage) -> None:
        assert not any(row.task for row in counted(drafted, drafted.dialogue))
        assert contests(drafted.dialogue) == []


class TestWhichBinds:
    def test_a_looser_plan_gives_way_to_the_rules(self, drafted: Stage) -> None:
        rows = counted(drafted, made(drafted, TEN))
        assert notices(rows) == [("rules", date(2021, 12, 31), True), ("plan", date(2022, 1, 6), False)]
        own = next(row for row in rows if row.task)
        assert own.why.startswith("Kế hoạch ghi 10 ngày làm việc, 06/01/2022, quy định 07 ngày làm việc, 31/12/2021")
        assert "06/01" in own.arithmetic

    def test_a_stricter_plan_binds(self, drafted: Stage) -> None:
        dialogue = made(drafted, FIVE)
        rows = counted(drafted, dialogue)
        assert notices(rows) == [("rules", date(2021, 12, 31), False), ("plan", date(2021, 12, 29), True)]
        bound = binding_deadline(dialogue, "result_notice")
        assert bound is not None
        assert (bound.due_on, bound.why.endswith("của kế hoạch, có hiệu lực.")) == (date(2021, 12, 29), True)

    def test_a_printed_day_is_a_deadline_too(self, drafted: Stage) -> None:
        dialogue = made(drafted, None, date(2021, 12, 27))
        own = next(row for row in counted(drafted, dialogue) if row.task)
        assert (own.due_on, own.is_binding) == (date(2021, 12, 27), True)
        assert own.arithmetic == "Kế hoạch ghi đúng ngày 27/12/2021, không đếm."
        assert date(2021, 12, 27) in {due.due_on for due in duty_days(dialogue).values()}

    def test_the_office_chooses_with_its_reason(self, drafted: Stage) -> None:
        dialogue = made(drafted, TEN)
        counted(drafted, dialogue)
        duty = contests(dialogue)[0].duty
        hoa = drafted.cast.hoa.as_actor()
        scheduling.choose_term(duty, "plan", "nghỉ Tết Dương lịch", actor=hoa, now=START)
        bound = binding_deadline(dialogue, "result_notice")
        assert bound is not None
        assert (bound.due_on, "nghỉ Tết Dương lịch" in bound.why) == (date(2022, 1, 6), True)

    def test_no_choice_without_a_reason_or_a_right(self, drafted: Stage) -> None:
        duty = contests(made(drafted, TEN))[0].duty
        with unchanged(Duty, Deadline):
            with pytest.raises(NotNow, match="cần một câu nêu lý do"):
                scheduling.choose_term(duty, "plan", " ", actor=drafted.cast.hoa.as_actor(), now=START)
            with pytest.raises(NotNow, match="chưa chọn hạn nào"):
                scheduling.choose_term(duty, "khac", "vì", actor=drafted.cast.hoa.as_actor(), now=START)
            for staff in (drafted.cast.clerk, drafted.other.hoa):
                with pytest.raises(NotYours):
                    scheduling.choose_term(duty, "plan", "vì", actor=staff.as_actor(), now=START)


class TestPage:
    def test_both_are_shown_with_their_counting_and_one_is_chosen(self, drafted: Stage) -> None:
        dialogue, hoa = made(drafted, TEN), browser(drafted.cast.hoa)
        url = f"/cuoc/{dialogue.code}/ke-hoach/"
        page = text_of(hoa.get(url))
        assert "Hạn kế hoạch ghi khác quy định" in page
        assert "thứ Năm 06/01/2022" in page
        assert "hạn sớm hơn, của quy định, có hiệu lực." in page
        duty = contests(dialogue)[0].duty
        back = hoa.post(url, {"viec": "han", "nhiem-vu": duty.code, "theo": "plan", "ly-do": "nghỉ Tết"})
        assert urlsplit(back["Location"]).path == url
        assert "Chọn hạn của kế hoạch" in text_of(hoa.get(url))
        assert "Hạn kế hoạch ghi khác quy định" not in text_of(hoa.get(f"/cuoc/{drafted.dialogue.code}/ke-hoach/"))
