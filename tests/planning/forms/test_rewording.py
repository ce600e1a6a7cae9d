"""A plan whose data are corrected: its sentences follow, and where they could not, they are named."""

from dataclasses import replace
from datetime import date, time

import pytest

from doithoai.planning.forms.rewording import Respoken, respoken
from doithoai.planning.imports import DutyDraft, PlanDraft
from doithoai.planning.imports.correction import Kept
from doithoai.planning.imports.figures import gaps
from doithoai.planning.imports.forecast import expected_when, forecast
from doithoai.sample.plans import SAMPLES, load_sample


@pytest.fixture
def plan() -> PlanDraft:
    return load_sample("dong-hoa-2021")


def texts(draft: PlanDraft) -> dict[str, str]:
    return {row.path: row.text for row in draft.clauses}


def moved(plan: PlanDraft, **values: object) -> Respoken:
    """The plan with the same change to every sitting."""
    rows = tuple(replace(row, **values) for row in plan.sittings)  # type: ignore[arg-type]  # fields of a sitting
    return respoken(plan, replace(plan, sittings=rows), Kept.all(plan))


class TestFigures:
    def test_nothing_changed_leaves_every_sentence_alone(self, plan: PlanDraft) -> None:
        made = respoken(plan, plan, Kept.all(plan))
        assert (made.draft, made.lines) == (plan, [])

    def test_an_hour_keeps_the_way_it_was_written(self, plan: PlanDraft) -> None:
        first, second = plan.sittings
        rows = (replace(first, start=time(8, 0), end=time(11, 0)), replace(second, end=time(16, 30)))
        made = respoken(plan, replace(plan, sittings=rows), Kept.all(plan))
        assert "từ 8h00-11h00" in texts(made.draft)["II.1-3"]
        assert "từ 13h30-16h30" in texts(made.draft)["II.1-3"]

    def test_a_day_changes_wherever_it_is_said(self, plan: PlanDraft) -> None:
        said = replace(plan, closing=(*plan.closing, "Đối thoại thứ Tư, ngày 22 tháng 12 năm 2021."))
        made = moved(said, date=date(2021, 12, 23))
        assert "Ngày 23/12/2021" in texts(made.draft)["II.1-3"]
        assert made.draft.closing[-1] == "Đối thoại thứ Năm, ngày 23 tháng 12 năm 2021."

    def test_turns_of_each_and_their_sum_follow(self, plan: PlanDraft) -> None:
        made = moved(plan, expected=20)
        assert "40 lượt người (buổi sáng 20 lượt, buổi chiều 20 lượt)" in texts(made.draft)["II.1-4"]
        assert made.draft.expected_total == 40

    def test_what_became_two_things_is_left_to_a_person(self, plan: PlanDraft) -> None:
        """Two sittings share a sentence and a number; only one of them changed."""
        first, second = plan.sittings
        quotas = (replace(plan.quotas[0], count=20), plan.quotas[1])
        after = replace(plan, sittings=(replace(first, invite=20), second), quotas=quotas)
        made = respoken(plan, after, Kept.all(plan))
        assert texts(made.draft)["III.1"] == texts(plan)["III.1"]
        assert "III.1" in made.opened
        assert [(gap.clause, gap.said, gap.data) for gap in gaps(made.draft)] == [("III.1", "15", "20, 15")]

    def test_a_number_to_invite_changes_the_duty_that_says_it_too(self, plan: PlanDraft) -> None:
        after = replace(plan, quotas=tuple(replace(row, count=20) for row in plan.quotas))
        made = respoken(plan, after, Kept.all(plan))
        assert "chọn mời 20 công dân" in texts(made.draft)["III.1"]
        assert [row.what[:20] for row in made.draft.duties if "chọn mời" in row.what] == ["chọn mời 20 công dân"] * 2


class TestRows:
    def test_a_venue_that_goes_leaves_the_list_and_a_new_one_joins(self, plan: PlanDraft) -> None:
        venues = (*plan.venues[:2], replace(plan.venues[2], name="UBND xã Hòa Tâm", clause=""))
        made = respoken(plan, replace(plan, venues=venues), Kept((0, 1, None), (0, 1), Kept.all(plan).duties))
        assert texts(made.draft)["II.1-2"].endswith("UBND phường Hòa Vinh, UBND xã Hòa Tâm.")

    def test_an_added_duty_gets_a_line_and_one_taken_out_loses_its_own(self, plan: PlanDraft) -> None:
        new = DutyDraft("Phòng Quản lý đô thị", "Chuẩn bị bản đồ", None, None, (), "")
        at = next(i for i, row in enumerate(plan.duties) if row.clause == "III.3-1")
        duties = tuple(row for i, row in enumerate(plan.duties) if i != at)
        kept = tuple(i for i in range(len(plan.duties)) if i != at)
        made = respoken(plan, replace(plan, duties=(*duties, new)), Kept((0, 1, 2), (0, 1), (*kept, None)))
        assert "III.3-1" not in texts(made.draft)
        assert "Phòng Quản lý đô thị: Chuẩn bị bản đồ." in texts(made.draft).values()
        assert made.draft.duties[-1].clause in texts(made.draft)

    def test_purposes_stand_where_they_stood(self, plan: PlanDraft) -> None:
        made = respoken(plan, replace(plan, purposes=("Nghe dân nói", "Giải quyết ngay")), Kept.all(plan))
        said = list(texts(made.draft).values())
        assert said[2:4] == ["Nghe dân nói", "Giải quyết ngay"]
        assert plan.purposes[0] not in said

    def test_the_keys_of_opened_sentences_are_those_of_the_new_plan(self, plan: PlanDraft) -> None:
        after = replace(
            plan, purposes=("Nghe dân nói",), sittings=tuple(replace(r, expected=20) for r in plan.sittings)
        )
        made = respoken(plan, after, Kept.all(plan))
        clauses = [row.path for row in made.draft.clauses]
        assert {clauses[int(key[1:])] for key in made.lines} == {"II.1-3", "II.1-4"}


class TestGaps:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_a_plan_as_read_agrees_with_itself(self, name: str) -> None:
        assert list(gaps(load_sample(name))) == []

    def test_a_sentence_changed_alone_is_named(self, plan: PlanDraft) -> None:
        def late(text: str) -> str:
            return text.replace("7h30-11h30", "8h-11h30").replace("15 công dân", "20 công dân")

        said = replace(plan, clauses=tuple(replace(row, text=late(row.text)) for row in plan.clauses))
        assert [(gap.clause, gap.data) for gap in gaps(said)] == [
            ("II.1-3", "07:30, 11:30, 13:30, 17:00"),
            ("III.1", "15"),
        ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trong tháng 11/2021", date(2021, 11, 30)),
        ("tháng 2 năm 2024", date(2024, 2, 29)),
        ("quý IV/2021", date(2021, 12, 31)),
        ("từ ngày 15/11/2021 đến ngày 20/11/2021", date(2021, 11, 20)),
        ("trong tháng 13/2021", None),
        ("khi điều kiện cho phép", None),
    ],
)
def test_a_forecast_is_the_last_day_that_words_allow(words: str, day: date | None) -> None:
    assert forecast(words) == day


def test_words_that_only_bound_a_sitting_are_found_in_their_sentence() -> None:
    assert expected_when("Thời gian: trong tháng 11/2022.") == "trong tháng 11/2022"
    assert (
        expected_when("Thời gian: từ ngày 15/11/2022 đến ngày 20/11/2022") == "từ ngày 15/11/2022 đến ngày 20/11/2022"
    )
    assert expected_when("Địa điểm: hội trường") == ""
