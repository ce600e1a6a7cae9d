"""Any sittings and venues written in the shape of the seed plan come back as written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from doithoai.planning.imports import Due, PlanDraft
from doithoai.planning.imports.reading import draft_of
from doithoai.planning.imports.sources import text_paragraphs
from tests.planning.imports.seedlike import Figures, figures, written


def read(text: str) -> PlanDraft:
    return draft_of(text_paragraphs(text))


@settings(deadline=None)
@given(figures())
def test_sittings_come_back_as_written(plan: Figures) -> None:
    draft = read(written(plan))
    assert [(s.sector, s.date, s.start, s.end) for s in draft.sittings] == [
        (s.sector, s.date, s.start, s.end) for s in plan.seats
    ]
    assert [(s.expected, s.invite, s.lead_office) for s in draft.sittings] == [
        (s.expected, s.expected, s.office) for s in plan.seats
    ]
    assert draft.expected_total == sum(s.expected for s in plan.seats)
    assert draft.sectors == tuple(s.sector for s in plan.seats)


@settings(deadline=None)
@given(figures())
def test_venues_territory_and_terms_come_back_as_written(plan: Figures) -> None:
    draft = read(written(plan))
    assert [(v.name, v.central) for v in draft.venues] == [(name, index == 0) for index, name in enumerate(plan.venues)]
    assert draft.territory == f"xã {plan.town}"
    assert draft.issuer == f"UBND xã {plan.town}"
    dues = {duty.due for duty in draft.duties if duty.due}
    assert dues == {
        Due(plan.days_before, "day", "before", "dialogue"),
        Due(plan.days_after, "working_day", "after", "conference_end"),
    }
    assert {duty.office for duty in draft.duties} == {seat.office for seat in plan.seats}


@settings(deadline=None)
@given(figures())
def test_a_sound_plan_contradicts_itself_nowhere(plan: Figures) -> None:
    whys = " ".join(doubt.why for doubt in read(written(plan)).doubts)
    for word in (
        "không bằng",
        "trùng giờ",
        "không sau giờ bắt đầu",
        "không khớp buổi",
        "Không rõ",
        "không rõ",
        "để trống giờ",
    ):
        assert word not in whys


@settings(deadline=None)
@given(figures(), st.integers(1, 50))
def test_a_wrong_sum_is_always_named(plan: Figures, more: int) -> None:
    right = sum(seat.expected for seat in plan.seats)
    draft = read(written(plan, total=right + more))
    whys = [doubt.why for doubt in draft.doubts]
    assert any(f"Tổng dự kiến {right + more} lượt không bằng" in why for why in whys)
    assert [s.expected for s in draft.sittings] == [s.expected for s in plan.seats]


@settings(deadline=None)
@given(figures())
def test_json_goes_out_and_comes_back(plan: Figures) -> None:
    draft = read(written(plan))
    assert PlanDraft.from_json(draft.as_json()) == draft
