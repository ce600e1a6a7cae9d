"""Table 4: what follows from what, and what must be so before an act. A lower room never calls a higher one."""

from collections.abc import Mapping, Sequence

from doithoai.answers.actions import answer_issued, dossier_issued, proposal_issued, redate, warn_of_answers
from doithoai.answers.queries import holds_no_answer
from doithoai.intake.actions import transfer_issued
from doithoai.kernel.verbs import Follower, Gate
from doithoai.live.actions.minuting import minutes_issued
from doithoai.live.queries import has_not_spoken, not_in_signed_minutes
from doithoai.people.queries import is_left_by_all
from doithoai.planning.actions.changing import change_issued
from doithoai.planning.actions.recounting import recount
from doithoai.planning.actions.scheduling import paper_issued, plan_issued, sitting_began, sitting_ended
from doithoai.planning.queries import day_is_fixed, remarks_answered
from doithoai.planning.queries.closing import leads_no_sitting, owes_nothing
from doithoai.portal.queries import lines_are_public
from doithoai.results.actions import notice_issued
from doithoai.results.queries import all_answered, all_held, all_seen, is_issued
from doithoai.roster.actions import call_off, invitations_issued, reconfirm
from doithoai.roster.queries import letters_current

FOLLOWS: Mapping[str, Sequence[Follower]] = {
    "document.issue": (
        plan_issued,
        invitations_issued,
        transfer_issued,
        dossier_issued,
        minutes_issued,
        answer_issued,
        proposal_issued,
        notice_issued,
        paper_issued,
        change_issued,
    ),
    "deadline.count": (redate,),
    "document.bring_back": (warn_of_answers,),
    "rules.amend": (recount,),
    "sitting.begin": (sitting_began,),
    "sitting.end": (sitting_ended,),
    "sitting.reschedule": (reconfirm,),
    "sitting.postpone": (call_off,),
    "sitting.cancel": (call_off,),
}

GATES: Mapping[str, Sequence[Gate]] = {
    "office.close": (is_left_by_all, owes_nothing, leads_no_sitting, holds_no_answer),
    "document.submit": (day_is_fixed, letters_current, all_seen),
    "document.approve": (remarks_answered,),
    "document.issue": (day_is_fixed, letters_current, all_held, all_seen),
    "attendance.take_back": (has_not_spoken,),
    "opinion.withdraw": (not_in_signed_minutes,),
    "dialogue.close": (is_issued, lines_are_public, all_answered),
}
