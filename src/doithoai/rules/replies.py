"""Days of an invitation: until when an answer is asked for, and when who has not answered is reminded."""

from datetime import date

from doithoai.rules.profiles import Reply
from doithoai.rules.workdays import WorkCalendar


def reply_day(calendar: WorkCalendar, rule: Reply, *, held_on: date, invited_on: date) -> date:
    """The last day to answer: so many working days before the sitting as the rule says, or the last working day before it
    where the letter comes later than that; never before the day of the letter itself."""
    usual = calendar.count_before(held_on, rule.working_days)
    if usual > invited_on:
        return usual
    return max(calendar.count_before(held_on, 1), min(invited_on, held_on))


def reminder_day(calendar: WorkCalendar, rule: Reply, *, held_on: date, invited_on: date) -> date:
    """So many working days before the last day to answer; that day itself where the letter came too late for it."""
    until = reply_day(calendar, rule, held_on=held_on, invited_on=invited_on)
    before = calendar.count_before(until, rule.remind_before) if rule.remind_before else until
    return before if before > invited_on else until
