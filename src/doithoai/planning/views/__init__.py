"""The pages of planning: the list, a new dialogue from a plan, changed times, the calendar, difficulties, venues."""

from doithoai.planning.views.calendar import calendar, calendar_feed
from doithoai.planning.views.drafting import again, new_plan
from doithoai.planning.views.duties import act_on_duty, dialogues, duty_acts
from doithoai.planning.views.materials import material, materials
from doithoai.planning.views.moving import move_sitting
from doithoai.planning.views.readiness import obstacles, venues

__all__ = [
    "act_on_duty", "again", "calendar", "calendar_feed", "dialogues", "duty_acts", "material", "materials", "move_sitting", "new_plan",
    "obstacles", "venues",
]  # fmt: skip
