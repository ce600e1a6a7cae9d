"""The drawing of lots: who is invited and how the reserves follow, so that anybody can re-run it.

1. The pool and the rules are frozen and their `commitment` is published; nobody knows the result yet. Among the
   rules stands a digest of who is behind each code (`mapping`), so nobody can be exchanged afterwards.
2. A public event, named in the rules beforehand, gives a value that nobody controls.
3. `seed` joins the two; each person's lot is SHA-256(seed, group, code). In every group the lowest lots are
   invited, the rest, in the same order, are the reserves.

Where several quotas hold at once, the rules hold a table of panels besides, each with its tickets; SHA-256(seed,
"vé") names the ticket and so the panel, and the lowest lots of every kind of people fill it (`lottery`).

Each hash is taken over UTF-8 lines joined by one line feed, which no code and no group may contain, so that
every step can be repeated with `sha256sum`.
"""

from doithoai.rules.draw.groups import seats as seats
from doithoai.rules.draw.groups import seats_for as seats_for
from doithoai.rules.draw.lots import AnyRules as AnyRules
from doithoai.rules.draw.lots import Result as Result
from doithoai.rules.draw.lots import canonical as canonical
from doithoai.rules.draw.lots import chances as chances
from doithoai.rules.draw.lots import commitment as commitment
from doithoai.rules.draw.lots import digest_of as digest_of
from doithoai.rules.draw.lots import draw as draw
from doithoai.rules.draw.lots import lot_of as lot_of
from doithoai.rules.draw.lots import lottery_json as lottery_json
from doithoai.rules.draw.lots import seed as seed
from doithoai.rules.draw.lots import sound_kinds as sound_kinds
from doithoai.rules.draw.lottery import BETWEEN as BETWEEN
from doithoai.rules.draw.lottery import LOTTERY_METHOD as LOTTERY_METHOD
from doithoai.rules.draw.lottery import Feature as Feature
from doithoai.rules.draw.lottery import Kinds as Kinds
from doithoai.rules.draw.lottery import Lottery as Lottery
from doithoai.rules.draw.lottery import LotteryRules as LotteryRules
from doithoai.rules.draw.lottery import Panel as Panel
from doithoai.rules.draw.lottery import bound_of as bound_of
from doithoai.rules.draw.lottery import kind_chances as kind_chances
from doithoai.rules.draw.lottery import kinds_of as kinds_of
from doithoai.rules.draw.lottery import limits as limits
from doithoai.rules.draw.lottery import refuse_uncounted as refuse_uncounted
from doithoai.rules.draw.mapping import Behind as Behind
from doithoai.rules.draw.mapping import mapping_digest as mapping_digest
from doithoai.rules.draw.pool import METHOD as METHOD
from doithoai.rules.draw.pool import Impossible as Impossible
from doithoai.rules.draw.pool import PoolRow as PoolRow
from doithoai.rules.draw.pool import Rules as Rules
from doithoai.rules.draw.pool import Shortage as Shortage
from doithoai.rules.draw.pool import Unsound as Unsound
from doithoai.rules.draw.publishing import Difference as Difference
from doithoai.rules.draw.publishing import agreement as agreement
from doithoai.rules.draw.publishing import document_digest as document_digest
from doithoai.rules.draw.publishing import published as published
from doithoai.rules.draw.publishing import read_lottery as read_lottery
from doithoai.rules.draw.publishing import sealed as sealed
from doithoai.rules.draw.publishing import thaw as thaw
from doithoai.rules.draw.publishing import verify_published as verify_published
from doithoai.rules.draw.replacing import Successor as Successor
from doithoai.rules.draw.replacing import successor as successor
from doithoai.rules.draw.solving import Unmet as Unmet
from doithoai.rules.draw.solving import solve as solve
