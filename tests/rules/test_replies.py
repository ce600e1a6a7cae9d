"""Until when an invitation is answered and when who has not is reminded: the shipped profiles, and what always holds."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import doithoai.directory
from doithoai.rules.profiles import Reply, parse_profile
from doithoai.rules.replies import reminder_day, reply_day
from doithoai.rules.workdays import parse_calendar

REFERENCE = Path(doithoai.directory.__file__).parent / "reference"
VIETNAM = parse_calendar((REFERENCE / "calendar-vn.toml").read_text(encoding="utf-8"), "calendar-vn.toml")
SHIPPED = [
    parse_profile(path.read_text(encoding="utf-8"), path.name).reply for path in (REFERENCE / "profiles").glob("*.toml")
]
RULE = SHIPPED[0]
HELD = date(2021, 12, 22)

sittings = st.dates(min_value=date(2021, 6, 1), max_value=date(2026, 11, 30))
rules = st.builds(
    lambda days, before: replace(RULE, working_days=days, remind_before=before), st.integers(1, 8), st.integers(0, 4)
)


@pytest.mark.parametrize("rule", SHIPPED, ids=str)
def test_the_shipped_rule_is_three_working_days_and_one_more_for_the_reminder(rule: Reply) -> None:
    invited = date(2021, 12, 10)
    assert reply_day(VIETNAM, rule, held_on=HELD, invited_on=invited) == date(2021, 12, 17)
    assert reminder_day(VIETNAM, rule, held_on=HELD, invited_on=invited) == date(2021, 12, 16)
    assert (rule.from_hour, rule.late_hour, rule.until_hour) == (8, 10, 20)


def test_an_agency_that_wants_more_time_says_so() -> None:
    rule = replace(RULE, working_days=5, remind_before=2)
    assert reply_day(VIETNAM, rule, held_on=HELD, invited_on=date(2021, 12, 6)) == date(2021, 12, 15)
    assert reminder_day(VIETNAM, rule, held_on=HELD, invited_on=date(2021, 12, 6)) == date(2021, 12, 13)


def test_a_letter_that_comes_late_is_answered_the_day_before() -> None:
    invited = date(2021, 12, 20)
    assert reply_day(VIETNAM, RULE, held_on=HELD, invited_on=invited) == date(2021, 12, 21)
    assert reminder_day(VIETNAM, RULE, held_on=HELD, invited_on=invited) == date(2021, 12, 21)


@given(sittings, st.integers(0, 60), rules)
def test_a_reminder_never_comes_before_the_letter_or_after_the_day_to_answer(
    held: date, days: int, rule: Reply
) -> None:
    invited = held - timedelta(days=days)
    until = reply_day(VIETNAM, rule, held_on=held, invited_on=invited)
    on = reminder_day(VIETNAM, rule, held_on=held, invited_on=invited)
    assert invited <= until <= held
    assert invited <= on <= until
