"""Dates, hours and terms in the spellings that offices use."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.planning.imports.draft import Due, Unit
from doithoai.planning.imports.terms import days, due, due_on, half_day, hours, only_day, speaks_of_a_term, weekday


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{d}/{m}/{y}", "{d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{d:02} tháng {m:02} năm {y}"]),
)
def test_any_day_in_any_spelling(day: dt.date, form: str) -> None:
    assert only_day(f"vào ngày {form.format(d=day.day, m=day.month, y=day.year)}, tại hội trường") == day


@pytest.mark.parametrize("text", ["ngày … tháng 12 năm 2021", "ngày 30/2/2021", "22/12", "năm 2021", "17/KH-UBND", ""])
def test_what_is_no_day(text: str) -> None:
    assert only_day(text) is None


@pytest.mark.parametrize(
    "text", ["22, 23/12/2021", "22 và 23/12/2021", "từ 22 đến 23/12/2021", "22-23/12/2021", "22/12 - 23/12/2021"]
)
def test_several_days_are_not_one(text: str) -> None:
    assert [(day.date, day.several) for day in days(text)] == [(None, True)]


_FORMS = (
    "{h}h{m:02}",
    "{h:02}h{m:02}",
    "{h}g{m:02}",
    "{h}:{m:02}",
    "{h:02} giờ {m:02} phút",
    "{h} giờ {m:02}",
    "{h}h{m:02}'",
)


@given(st.times(), st.times(), st.sampled_from(_FORMS), st.sampled_from(["-", " - ", " – ", " đến ", " tới "]))
def test_any_hours_in_any_spelling(start: dt.time, end: dt.time, form: str, joiner: str) -> None:
    first, second = (form.format(h=time.hour, m=time.minute) for time in (start, end))
    (found,) = hours(f"Buổi sáng từ {first}{joiner}{second}: Đối thoại")
    assert (found.start, found.end, found.bad) == (
        start.replace(second=0, microsecond=0),
        end.replace(second=0, microsecond=0),
        None,
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("13h30-17h: Đối thoại", dt.time(13, 30), dt.time(17)),
        ("8 giờ đến 11 giờ", dt.time(8), dt.time(11)),
        ("từ 8 giờ, 15 lượt", dt.time(8), None),
        ("lúc 17 giờ 15 lượt", dt.time(17), None),
        ("bắt đầu 8h00", dt.time(8), None),
        ("từ …h… đến 11h30", None, dt.time(11, 30)),
        ("từ 7h30 đến …", dt.time(7, 30), None),
    ],
)
def test_hours_left_open(text: str, start: dt.time | None, end: dt.time | None) -> None:
    (found,) = hours(text)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("text", ["ngày 22/12/2021", "30 lượt người", "07 ngày làm việc", "5 hộ", "12 giờ giấc"])
def test_what_are_no_hours(text: str) -> None:
    found = [(each.start, each.end) for each in hours(text)]
    assert found in ([], [(dt.time(12), None)])


def test_an_hour_that_no_clock_shows() -> None:
    (found,) = hours("7h30-11h75")
    assert (found.start, found.end, found.bad) == (dt.time(7, 30), None, "7h30-11h75")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thứ Hai", 0),
        ("Thứ tư", 2),
        ("thứ 7", 5),
        ("Chủ nhật", 6),
        ("buổi thứ nhất", None),
        ("thứ Hai, thứ Ba", None),
        ("", None),
    ],
)
def test_weekdays(text: str, day: int | None) -> None:
    assert weekday(text) == day


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Buổi sáng", "morning"),
        ("CHIỀU 22/12", "afternoon"),
        ("tối", "evening"),
        ("sáng và chiều", None),
        ("cả ngày", None),
    ],
)
def test_half_days(text: str, half: str | None) -> None:
    assert half_day(text) == half


DIALOGUE, END, ISSUE = "dialogue", "conference_end", "issue"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trình UBND thị xã trước 05 ngày diễn ra đối thoại", (5, "day", "before", DIALOGUE)),
        ("trước khi diễn ra đối thoại 05 ngày làm việc", (5, "working_day", "before", DIALOGUE)),
        ("trước ngày tổ chức hội nghị ít nhất 10 ngày", (10, "day", "before", DIALOGUE)),
        ("chậm nhất 03 ngày làm việc trước ngày đối thoại", (3, "working_day", "before", DIALOGUE)),
        ("ít nhất 07 (bảy) ngày trước khi tổ chức hội nghị", (7, "day", "before", DIALOGUE)),
        ("Chậm nhất là 07 ngày làm việc sau khi kết thúc hội nghị đối thoại", (7, "working_day", "after", END)),
        ("trong thời hạn 10 ngày kể từ ngày kết thúc hội nghị", (10, "day", "after", END)),
        ("sau khi kết thúc hội nghị 15 ngày", (15, "day", "after", END)),
        ("sau hội nghị 05 ngày làm việc", (5, "working_day", "after", END)),
        ("trong vòng 02 ngày kể từ ngày ban hành Kế hoạch", (2, "day", "after", ISSUE)),
        ("trong 05 ngày làm việc kể từ ngày ký", (5, "working_day", "after", ISSUE)),
    ],
)
def test_terms(text: str, expected: tuple[int, str, str, str]) -> None:
    found = due(text)
    assert found is not None
    assert (found.count, found.unit, found.before_or_after, found.anchor) == expected


@given(st.integers(1, 99), st.booleans())
def test_the_seed_s_two_terms_with_any_count(count: int, working: bool) -> None:
    days_of = "ngày làm việc" if working else "ngày"
    unit: Unit = "working_day" if working else "day"
    assert due(f"trước {count:02} {days_of} diễn ra đối thoại") == Due(count, unit, "before", "dialogue")
    assert due(f"{count:02} {days_of} sau khi kết thúc hội nghị") == Due(count, unit, "after", "conference_end")


@pytest.mark.parametrize("text", ["tiếp trong 01 ngày đối thoại", "ngày 22/12/2021", "chậm nhất kịp lúc", ""])
def test_what_is_no_term(text: str) -> None:
    assert due(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("báo cáo trước ngày 16/3/2026", dt.date(2026, 3, 16)),
        ("chậm nhất là ngày 17/12/2021", dt.date(2021, 12, 17)),
        ("hoàn thành đến hết ngày 01 tháng 4 năm 2022", dt.date(2022, 4, 1)),
        ("tổ chức ngày 22/12/2021", None),
    ],
)
def test_days_printed_as_a_limit(text: str, day: dt.date | None) -> None:
    assert due_on(text) == day


def test_words_that_look_like_a_term() -> None:
    assert speaks_of_a_term("Chậm nhất là tuần sau")
    assert not speaks_of_a_term("tạo tài khoản, đảm bảo phòng họp")
