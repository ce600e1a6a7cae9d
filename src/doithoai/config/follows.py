"""Table 4: what follows from what, and what must be so before an act. A lower room never calls a higher one."""

from collections.abc import Mapping, Sequence

from doithoai.kernel.verbs import Follower, Gate
from doithoai.planning.actions.scheduling import paper_issued, plan_issued, sitting_began, sitting_ended

FOLLOWS: Mapping[str, Sequence[Follower]] = {
    "document.issue": (plan_issued, paper_issued),
    "sitting.begin": (sitting_began,),
    "sitting.end": (sitting_ended,),
}

GATES: Mapping[str, Sequence[Gate]] = {}
