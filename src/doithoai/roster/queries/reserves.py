"""The reserve who is called to a place that fell free: by the lots, and without breaking what the quotas ask."""

from dataclasses import dataclass

from django.db.models import QuerySet

from doithoai.roster.models import Invitation, Pool
from doithoai.roster.queries import MAIN, Route, frozen
from doithoai.rules import draw as lots

GONE = ("struck", "withdrawn", "declined")


@dataclass(frozen=True, slots=True)
class NextReserve:
    """Who is called, and the sentence that says which quota is then missed; "" where all are kept."""

    row: Invitation
    missed: str = ""


def next_reserve(vacated: Invitation) -> NextReserve | None:
    """The first reserve in the order of the lots who was not called, of the ward of the place that fell free.

    Where several quotas hold: the first, of whatever ward, with whom every quota is kept; the first of all where
    there is none.
    """
    waiting = Invitation.objects.filter(
        sitting_id=vacated.sitting_id, route=Route.RESERVE, state="drawn", in_place_of=None
    ).select_related("person__ward", "venue", "sitting", "member__pool__drawing")
    pool = Pool.objects.filter(sitting_id=vacated.sitting_id).first()
    rules = frozen(pool)[1] if pool else None
    if isinstance(rules, lots.LotteryRules):
        return _by_quotas(rules, vacated, waiting)
    ward = vacated.person.ward_id if vacated.person else None
    row = waiting.filter(person__ward_id=ward).order_by("rank", "ordinal").first()
    return NextReserve(row) if row else None


def _by_quotas(rules: lots.LotteryRules, vacated: Invitation, waiting: QuerySet[Invitation]) -> NextReserve | None:
    holding = Invitation.objects.filter(MAIN, sitting_id=vacated.sitting_id, member__isnull=False)
    held = holding.exclude(pk=vacated.pk).exclude(state__in=GONE).values_list("member__stratum", flat=True)
    ordered = sorted(waiting, key=_lot)
    found = lots.successor(rules.features, held, [_row(one).stratum for one in ordered])
    return NextReserve(ordered[found.place], found.sentence) if found else None


def _row(reserve: Invitation) -> lots.PoolRow:
    assert reserve.member is not None  # reserves come from the draw alone
    return lots.PoolRow(reserve.member.code, reserve.member.stratum)


def _lot(reserve: Invitation) -> str:
    assert reserve.member is not None
    return lots.lot_of(reserve.member.pool.drawing.seed, _row(reserve))
