"""The pages of planning: the list, a plan read or written, its paper, decisions, the calendar, duties, venues."""

from doithoai.planning.views.calendar import calendar, calendar_feed
from doithoai.planning.views.consulting import remarks
from doithoai.planning.views.deciding import decide
from doithoai.planning.views.drafting import again, correct, new_plan, reading
from doithoai.planning.views.duties import act_on_duty, dialogues, duty_acts
from doithoai.planning.views.locating import places
from doithoai.planning.views.materials import material, materials
from doithoai.planning.views.moving import move_sitting
from doithoai.planning.views.placing import addresses
from doithoai.planning.views.plan import plan, wording
from doithoai.planning.views.proving import duties, duty, evidence_file
from doithoai.planning.views.readiness import obstacles, venues
from doithoai.planning.views.ruling import rest_days, rule, rules
from doithoai.planning.views.writing import preview_step, start_writing, write_step

__all__ = [
    "act_on_duty", "addresses", "again", "calendar", "calendar_feed", "correct", "decide", "dialogues", "duties", "duty", "duty_acts",
    "evidence_file", "material", "materials", "move_sitting", "new_plan", "obstacles", "places", "plan", "preview_step", "reading",
    "remarks", "rest_days", "rule", "rules", "start_writing", "venues", "wording", "write_step",
]  # fmt: skip
