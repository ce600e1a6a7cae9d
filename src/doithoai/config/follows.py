"""Table 4: what follows from what, and what must be so before an act. A lower room never calls a higher one."""

from collections.abc import Mapping, Sequence

from doithoai.kernel.verbs import Follower, Gate

FOLLOWS: Mapping[str, Sequence[Follower]] = {}
GATES: Mapping[str, Sequence[Gate]] = {}
