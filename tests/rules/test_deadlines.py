"""Deadlines: the seed plan's dates, the words of the arithmetic, and what holds for every count."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import doithoai.directory
from doithoai.rules.deadlines import (
    CellKind,
    DeadlineError,
    Due,
    Remaining,
    Side,
    Term,
    Unit,
    compare,
    compute,
    remaining,
)
from doithoai.rules.workdays import DayRow, WorkCalendar, YearStatus, parse_calendar

FILE = Path(doithoai.directory.__file__).parent / "reference" / "calendar-vn.toml"
VIETNAM = parse_calendar(FILE.read_text(encoding="utf-8"), FILE.name)
DIALOGUE = date(2021, 12, 22)


def a_term(count: int, unit: Unit, side: Side, *, clear: bool = False, binding: bool = True) -> Term:
    return Term(
        slug="viec",
        count=count,
        unit=unit,
        side=side,
        anchor="dialogue",
        words="lời của kế hoạch",
        law="khoản 3 Điều 43",
        clear=clear,
        binding=binding,
    )


RESULT = a_term(7, "working_day", "after")
TEN_DAYS = a_term(10, "day", "after", binding=False)
FIVE_DAYS = a_term(5, "day", "before")
FIVE_CLEAR = a_term(5, "day", "before", clear=True)
FIVE_WORKING = a_term(5, "working_day", "before")

terms = st.builds(
    a_term,
    st.integers(min_value=1, max_value=40),
    st.sampled_from(["day", "working_day"]),
    st.sampled_from(["before", "after"]),
) | st.builds(lambda n: a_term(n, "day", "before", clear=True), st.integers(min_value=1, max_value=40))
anchors = st.dates(min_value=date(2021, 3, 1), max_value=date(2026, 10, 1))


class TestSeedPlan:
    """Every date of the founding plan (R41, R48) and the readings beside it."""

    @pytest.mark.parametrize(
        ("term", "due_on", "plan_for"),
        [
            (RESULT, date(2021, 12, 31), date(2021, 12, 31)),
            (TEN_DAYS, date(2022, 1, 1), date(2021, 12, 31)),
            (FIVE_DAYS, date(2021, 12, 17), date(2021, 12, 17)),
            (FIVE_CLEAR, date(2021, 12, 16), date(2021, 12, 16)),
            (FIVE_WORKING, date(2021, 12, 15), date(2021, 12, 15)),
        ],
    )
    def test_dates(self, term: Term, due_on: date, plan_for: date) -> None:
        due = compute(term, DIALOGUE, VIETNAM)
        assert (due.due_on, due.plan_for) == (due_on, plan_for)
        assert (due.term, due.anchor_on, due.calendar_version) == (term, DIALOGUE, VIETNAM.version)

    def test_inner_date_of_the_draft_notice(self) -> None:
        draft = compute(a_term(2, "working_day", "before"), date(2021, 12, 31), VIETNAM)
        assert draft.due_on == date(2021, 12, 29)

    @pytest.mark.parametrize(
        ("anchor", "due_on"),
        [
            (date(2026, 2, 11), date(2026, 2, 27)),
            (date(2026, 4, 22), date(2026, 5, 6)),
            (date(2025, 12, 30), date(2026, 1, 10)),
            (date(2026, 8, 18), date(2026, 8, 26)),
        ],
    )
    def test_seven_working_days_over_holidays_and_swaps(self, anchor: date, due_on: date) -> None:
        assert compute(RESULT, anchor, VIETNAM).due_on == due_on

    def test_a_later_last_sitting_moves_the_deadline(self) -> None:
        assert compute(RESULT, date(2021, 12, 24), VIETNAM).due_on == date(2022, 1, 5)

    def test_a_result_on_a_day_off_stays_and_is_warned_about(self) -> None:
        due = compute(TEN_DAYS, DIALOGUE, VIETNAM)
        assert due.warnings == (
            "Hạn 01/01/2022 là ngày nghỉ (Tết Dương lịch) và được giữ nguyên; "
            "nên xong trước, chậm nhất thứ Sáu 31/12/2021.",
        )

    def test_no_warning_without_cause(self) -> None:
        assert compute(RESULT, DIALOGUE, VIETNAM).warnings == ()


class TestArithmetic:
    """The sentence under the day strip."""

    @pytest.mark.parametrize(
        ("term", "anchor", "sentence"),
        [
            (
                RESULT,
                DIALOGUE,
                "7 ngày làm việc, đếm từ ngày liền sau 22/12/2021: 23, 24, 27, 28, 29, 30, 31/12; "
                "bỏ thứ Bảy 25 và Chủ nhật 26.",
            ),
            (
                TEN_DAYS,
                DIALOGUE,
                "10 ngày, đếm từ ngày liền sau 22/12/2021: 23, 24, 25, 26, 27, 28, 29, 30, 31/12; "
                "01/01/2022; tính theo ngày lịch, kể cả ngày nghỉ.",
            ),
            (
                FIVE_DAYS,
                DIALOGUE,
                "5 ngày, đếm lùi từ ngày liền trước 22/12/2021: 21, 20, 19, 18, 17/12; "
                "tính theo ngày lịch, kể cả ngày nghỉ.",
            ),
            (
                FIVE_CLEAR,
                DIALOGUE,
                "5 ngày trọn ở giữa, đếm lùi từ ngày liền trước 22/12/2021: 21, 20, 19, 18, 17/12; "
                "hạn là ngày liền trước những ngày ấy, 16/12/2021.",
            ),
            (
                FIVE_WORKING,
                DIALOGUE,
                "5 ngày làm việc, đếm lùi từ ngày liền trước 22/12/2021: 21, 20, 17, 16, 15/12; "
                "bỏ thứ Bảy 18 và Chủ nhật 19.",
            ),
            (
                RESULT,
                date(2025, 12, 30),
                "7 ngày làm việc, đếm từ ngày liền sau 30/12/2025: 31/12; 05, 06, 07, 08, 09, 10/01/2026; "
                "tính cả thứ Bảy 10/01 làm bù; bỏ 01/01 (Tết Dương lịch), 02/01 (nghỉ hoán đổi), "
                "thứ Bảy 03/01 và Chủ nhật 04/01.",
            ),
            (
                RESULT,
                date(2026, 2, 11),
                "7 ngày làm việc, đếm từ ngày liền sau 11/02/2026: 12, 13, 23, 24, 25, 26, 27/02; "
                "bỏ thứ Bảy 14, Chủ nhật 15, từ 16 đến 20 (Tết Nguyên đán), thứ Bảy 21 và Chủ nhật 22.",
            ),
            (
                a_term(1, "working_day", "after"),
                date(2021, 12, 24),
                "1 ngày làm việc, đếm từ ngày liền sau 24/12/2021: 27/12; bỏ thứ Bảy 25 và Chủ nhật 26.",
            ),
            (
                a_term(1, "working_day", "after"),
                DIALOGUE,
                "1 ngày làm việc, đếm từ ngày liền sau 22/12/2021: 23/12.",
            ),
            (
                a_term(30, "working_day", "after"),
                date(2022, 6, 1),
                "30 ngày làm việc, đếm từ ngày liền sau 01/06/2022: 02, 03, 06/06; …, 13/07; "
                "bỏ 12 ngày nghỉ hằng tuần.",
            ),
            (
                a_term(30, "working_day", "after"),
                date(2022, 8, 1),
                "30 ngày làm việc, đếm từ ngày liền sau 01/08/2022: 02, 03, 04/08; …, 14/09; "
                "bỏ 12 ngày nghỉ hằng tuần và từ 01/09 đến 02/09 (Quốc khánh).",
            ),
        ],
    )
    def test_sentence(self, term: Term, anchor: date, sentence: str) -> None:
        assert compute(term, anchor, VIETNAM).arithmetic == sentence


class TestStrip:
    """The cells of the day strip."""

    def test_seven_working_days(self) -> None:
        cells = compute(RESULT, DIALOGUE, VIETNAM).cells
        assert [(cell.day.day, cell.number, cell.kind, cell.note) for cell in cells] == [
            (22, None, "from", ""),
            (23, 1, "counted", ""),
            (24, 2, "counted", ""),
            (25, None, "off", "thứ Bảy"),
            (26, None, "off", "Chủ nhật"),
            (27, 3, "counted", ""),
            (28, 4, "counted", ""),
            (29, 5, "counted", ""),
            (30, 6, "counted", ""),
            (31, 7, "due", ""),
        ]

    def test_backwards_the_strip_still_runs_forwards(self) -> None:
        cells = compute(FIVE_WORKING, DIALOGUE, VIETNAM).cells
        assert [(cell.day.day, cell.number, cell.kind) for cell in cells] == [
            (15, 5, "due"),
            (16, 4, "counted"),
            (17, 3, "counted"),
            (18, None, "off"),
            (19, None, "off"),
            (20, 2, "counted"),
            (21, 1, "counted"),
            (22, None, "from"),
        ]

    def test_clear_days_leave_the_due_day_unnumbered(self) -> None:
        cells = compute(FIVE_CLEAR, DIALOGUE, VIETNAM).cells
        assert [cell.number for cell in cells] == [None, 5, 4, 3, 2, 1, None]
        assert [cell.kind for cell in cells][::6] == ["due", "from"]

    def test_a_make_up_saturday_is_counted_as_such(self) -> None:
        cells = compute(RESULT, date(2026, 8, 18), VIETNAM).cells
        saturday = next(cell for cell in cells if cell.day == date(2026, 8, 22))
        assert (saturday.kind, saturday.number, saturday.note) == ("worked_extra", 4, "làm bù")

    def test_calendar_days_count_days_off_and_name_them(self) -> None:
        cells = compute(TEN_DAYS, DIALOGUE, VIETNAM).cells
        assert [(c.number, c.note) for c in cells if c.note] == [
            (3, "thứ Bảy"),
            (4, "Chủ nhật"),
            (10, "Tết Dương lịch"),
        ]
        assert not [cell for cell in cells if cell.kind == "off"]

    def test_an_anchor_on_a_day_off_says_so(self) -> None:
        first = compute(RESULT, date(2021, 12, 25), VIETNAM).cells[0]
        assert (first.kind, first.note) == ("from", "thứ Bảy")

    @given(terms, anchors)
    def test_strip_is_whole(self, term: Term, anchor: date) -> None:
        due = compute(term, anchor, VIETNAM)
        days = [cell.day for cell in due.cells]
        assert days == [min(days) + timedelta(days=step) for step in range(len(days))]
        kinds: list[CellKind] = [cell.kind for cell in due.cells]
        assert (kinds.count("from"), kinds.count("due")) == (1, 1)
        assert {kinds[0], kinds[-1]} == {"from", "due"}
        numbers = [cell.number for cell in due.cells if cell.number]
        assert sorted(numbers) == [*range(1, term.count + 1)]
        assert numbers == sorted(numbers, reverse=term.side == "before")


class TestProperties:
    """What holds for every term and anchor."""

    @given(terms, anchors)
    def test_due_lies_on_its_side_and_plan_is_the_last_working_day(self, term: Term, anchor: date) -> None:
        due = compute(term, anchor, VIETNAM)
        assert (due.due_on > anchor) == (term.side == "after")
        assert VIETNAM.is_working(due.plan_for)
        assert due.plan_for <= due.due_on
        assert VIETNAM.working_days_between(due.plan_for, due.due_on) == 0
        assert (due.plan_for == due.due_on) == VIETNAM.is_working(due.due_on)

    @given(terms, anchors)
    def test_monotone_in_count_and_anchor(self, term: Term, anchor: date) -> None:
        due = compute(term, anchor, VIETNAM).due_on
        longer = compute(replace(term, count=term.count + 1), anchor, VIETNAM).due_on
        assert longer > due if term.side == "after" else longer < due
        assert compute(term, anchor + timedelta(days=1), VIETNAM).due_on >= due

    @given(st.integers(min_value=1, max_value=40), anchors)
    def test_working_days_between_anchor_and_due_are_the_count(self, count: int, anchor: date) -> None:
        after = compute(a_term(count, "working_day", "after"), anchor, VIETNAM).due_on
        assert VIETNAM.working_days_between(anchor, after) == count

    @given(st.integers(min_value=1, max_value=40), anchors)
    def test_before_undoes_after(self, count: int, anchor: date) -> None:
        worked = VIETNAM.last_working_on_or_before(anchor)
        for unit, start in (("working_day", worked), ("day", anchor)):
            after = a_term(count, "day" if unit == "day" else "working_day", "after")
            there = compute(after, start, VIETNAM).due_on
            assert compute(replace(after, side="before"), there, VIETNAM).due_on == start

    @given(st.integers(min_value=1, max_value=40), anchors)
    def test_stricter_readings_are_never_later(self, count: int, anchor: date) -> None:
        plain = compute(a_term(count, "day", "before"), anchor, VIETNAM).due_on
        clear = compute(a_term(count, "day", "before", clear=True), anchor, VIETNAM).due_on
        working = compute(a_term(count, "working_day", "before"), anchor, VIETNAM).due_on
        assert clear == plain - timedelta(days=1)
        assert working <= plain


class TestWarnings:
    """What a deadline says about itself."""

    def test_a_count_into_an_unconfirmed_year_is_loud(self) -> None:
        warnings = compute(RESULT, date(2026, 12, 28), VIETNAM).warnings
        assert len(warnings) == 1
        assert warnings[0].startswith("Lịch nghỉ năm 2027 chưa được xác nhận")

    def test_a_count_beyond_the_table_is_loud(self) -> None:
        warnings = compute(FIVE_WORKING, date(2030, 1, 3), VIETNAM).warnings
        assert [text[:25] for text in warnings] == ["Chưa có lịch nghỉ năm 202", "Chưa có lịch nghỉ năm 203"]

    def test_calendar_days_ask_only_about_the_day_they_end_on(self) -> None:
        assert compute(a_term(3, "day", "before"), date(2027, 1, 3), VIETNAM).warnings == ()

    def test_no_working_day_before_the_end(self) -> None:
        due = compute(a_term(1, "day", "after"), date(2026, 5, 1), VIETNAM)
        assert due.plan_for == date(2026, 4, 29)
        assert due.warnings[-1] == "Không có ngày làm việc nào từ sau 01/05/2026 đến hạn 02/05/2026."

    def test_the_anchor_itself_is_no_working_day_left(self) -> None:
        friday = date(2021, 12, 24)
        due = compute(a_term(1, "day", "after"), friday, VIETNAM)
        assert due.plan_for == friday
        assert due.warnings[-1] == "Không có ngày làm việc nào từ sau 24/12/2021 đến hạn 25/12/2021."

    def test_an_unconfirmed_year_of_ones_own_calendar(self) -> None:
        status = YearStatus(2021, False, "chưa nhập.")
        calendar = WorkCalendar.build([], [status], version="2")
        assert compute(RESULT, DIALOGUE, calendar).warnings == (
            "Lịch nghỉ năm 2021 chưa được xác nhận: chưa nhập. Cần tính lại khi có lịch chính thức.",
        )


class TestCompare:
    """Two rules for one duty: the earlier one is said."""

    def test_over_tet_the_ten_days_end_first(self) -> None:
        chosen, other = (compute(term, date(2026, 2, 11), VIETNAM) for term in (RESULT, TEN_DAYS))
        assert compare(chosen, [other]) == (
            "Theo khoản 3 Điều 43, hạn là thứ Bảy 21/02/2026, sớm hơn 6 ngày so với hạn 27/02/2026; nêu để so sánh.",
        )

    def test_the_seed_plan_is_the_earlier_one_in_2021(self) -> None:
        chosen, other = (compute(term, DIALOGUE, VIETNAM) for term in (RESULT, TEN_DAYS))
        assert compare(chosen, [other, chosen]) == ()
        (sentence,) = compare(other, [chosen])
        assert sentence.endswith("sớm hơn 1 ngày so với hạn 01/01/2022; quy định này cũng bắt buộc.")

    def test_earliest_first(self) -> None:
        dues: list[Due] = [compute(term, DIALOGUE, VIETNAM) for term in (FIVE_DAYS, FIVE_CLEAR, FIVE_WORKING)]
        sentences = compare(dues[0], dues)
        assert ["15/12/2021" in sentences[0], "16/12/2021" in sentences[1], len(sentences)] == [True, True, 2]


class TestRemaining:
    """The words beside a deadline."""

    @pytest.mark.parametrize(
        ("due_on", "today", "expected"),
        [
            (date(2021, 12, 31), date(2021, 12, 24), Remaining(7, 5, "ahead", "còn 5 ngày làm việc")),
            (date(2021, 12, 31), date(2021, 12, 31), Remaining(0, 0, "today", "hôm nay")),
            (date(2021, 12, 14), date(2021, 12, 15), Remaining(-1, -1, "late", "quá 1 ngày làm việc")),
            (date(2021, 12, 17), date(2021, 12, 20), Remaining(-3, -1, "late", "quá 1 ngày làm việc")),
            (
                date(2021, 12, 18),
                date(2021, 12, 17),
                Remaining(1, 0, "ahead", "còn 1 ngày, đều là ngày nghỉ"),
            ),
            (
                date(2021, 12, 17),
                date(2021, 12, 19),
                Remaining(-2, 0, "late", "quá 2 ngày, đều là ngày nghỉ"),
            ),
            (date(2021, 12, 18), date(2021, 12, 18), Remaining(0, 0, "today", "hôm nay")),
            (date(2026, 1, 10), date(2026, 1, 9), Remaining(1, 1, "ahead", "còn 1 ngày làm việc")),
        ],
    )
    def test_words(self, due_on: date, today: date, expected: Remaining) -> None:
        assert remaining(due_on, today, VIETNAM) == expected

    @given(anchors, anchors)
    def test_ahead_and_late_mirror_each_other(self, one: date, other: date) -> None:
        there, back = remaining(one, other, VIETNAM), remaining(other, one, VIETNAM)
        assert (there.days, there.working_days) == (-back.days, -back.working_days)
        assert (there.state == "late") == (one < other)


class TestTerm:
    """A term that cannot be counted is refused."""

    def test_duty_is_the_clause_not_the_reading(self) -> None:
        assert FIVE_DAYS.duty == "viec"
        assert replace(FIVE_DAYS, reading_of="trinh").duty == "trinh"
        assert replace(FIVE_DAYS, beside="khac").duty == "khac"

    @pytest.mark.parametrize("count", [0, -1])
    def test_at_least_one_day(self, count: int) -> None:
        with pytest.raises(DeadlineError, match="viec cần ít nhất 1 ngày"):
            a_term(count, "day", "after")

    @pytest.mark.parametrize(("unit", "side"), [("working_day", "before"), ("day", "after")])
    def test_clear_days_only_backwards_in_calendar_days(self, unit: Unit, side: Side) -> None:
        with pytest.raises(DeadlineError, match="ngày trọn ở giữa"):
            a_term(5, unit, side, clear=True)


def test_two_days_off_of_one_name_are_one_run_only_side_by_side() -> None:
    rows = [DayRow(date(2021, 6, day), "off", "nghỉ bão", "quyết định mẫu") for day in (8, 9, 11)]
    calendar = WorkCalendar.build(rows, [YearStatus(2021, True, "đủ")], version="3")
    due = compute(a_term(2, "working_day", "after"), date(2021, 6, 7), calendar)
    assert due.arithmetic.endswith(": 10, 14/06; bỏ từ 08 đến 09 (nghỉ bão), 11 (nghỉ bão), thứ Bảy 12 và Chủ nhật 13.")


def test_up_to_eight_rest_days_are_named_one_by_one() -> None:
    four_weekends = compute(a_term(20, "working_day", "after"), date(2021, 6, 7), VIETNAM).arithmetic
    assert four_weekends.endswith(
        "bỏ thứ Bảy 12/06, Chủ nhật 13/06, thứ Bảy 19/06, Chủ nhật 20/06, "
        "thứ Bảy 26/06, Chủ nhật 27/06, thứ Bảy 03/07 và Chủ nhật 04/07."
    )
    five_weekends = compute(a_term(25, "working_day", "after"), date(2021, 6, 7), VIETNAM).arithmetic
    assert five_weekends.endswith("bỏ 10 ngày nghỉ hằng tuần.")


def test_a_make_up_day_as_the_due_day_is_named_in_the_sentence() -> None:
    row = DayRow(date(2021, 12, 25), "worked", "làm bù", "quyết định mẫu")
    calendar = WorkCalendar.build([row], [YearStatus(2021, True, "đủ")], version="3")
    due = compute(a_term(3, "working_day", "after"), DIALOGUE, calendar)
    assert due.due_on == date(2021, 12, 25)
    assert due.cells[-1].kind == "due"
    assert due.cells[-1].note == "làm bù"
    assert due.arithmetic.endswith("23, 24, 25/12; tính cả thứ Bảy 25/12 làm bù.")
