"""From the list of those who may be drawn to those who are: frozen and committed to, then drawn; or chosen by hand."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from doithoai.journal.actions import record
from doithoai.kernel import chance, clock
from doithoai.kernel.access import Actor, NotNow, require_reason
from doithoai.kernel.verbs import verb
from doithoai.people.models import Person
from doithoai.planning.models import Sitting
from doithoai.roster import permissions
from doithoai.roster.actions.gathering import Gathering, Grounds, Table, gather, rows_of
from doithoai.roster.actions.possible import require_preparing
from doithoai.roster.models import Draw, Invitation, Pool, PoolMember, Trial
from doithoai.roster.queries import (
    Eligible,
    frozen,
    seats_of,
    venue_for,
    ward_names,
    why_none,
    why_not,
)
from doithoai.rules import draw as lots
from doithoai.rules.vietnamese import short_date
from doithoai.web.tongue import page_date

CODE_LENGTH = 5
Route = Invitation.Route


@verb("pool.freeze", may=permissions.may_choose)
def freeze_pool(
    sitting: Sitting,
    *,
    event_name: str,
    event_on: date,
    quotas: Mapping[str, int] | None = None,
    table: Table | None = None,
    grounds: Grounds | None = None,
    actor: Actor,
    now: datetime,
) -> Pool:
    """Freeze who may be drawn for a sitting and commit to list and rules before anybody can know the event's value.

    Committed to is also, by a salted digest, which person stands behind each code.

    The event is public, lies on a later day (in the agency's zone) and nobody controls it. `quotas` are the
    places of each ward by its code; without them the plan's places are shared by the number of eligible people.
    Where several quotas hold at once, `table` has them with the table of panels found for the list as it is now.
    People chosen by hand before take their places first. Raises NotNow with the sentence to show, such as the
    one of an impossible quota; nothing is stored then.
    """
    require_preparing(sitting)
    _require_not_frozen(sitting)
    _require_event(sitting, event_name, event_on, now)
    held = grounds or Grounds()
    gathered = gather(sitting, held)
    if not gathered.people:
        raise NotNow(why_none(sitting) or _("Chưa chốt được: các điều kiện đã đặt không để lại ai."))
    seats = free_seats(sitting)
    rows = rows_of(gathered.people, sitting, _fresh_codes(), by_table=table is not None)
    salt = chance.salt()
    mapping = lots.mapping_digest(salt, map(_behind, gathered.people, rows))
    basis = (held.one_per_household, event_on.isoformat(), gathered.conditions, mapping)
    rules = _rules(event_name.strip(), seats, quotas, table, basis)
    if table is not None and isinstance(rules, lots.LotteryRules):
        _require_found_for(table, rows, rules)
    counts = _counts(gathered, rows, rules)
    frozen_with = {"counts": counts, "event_on": event_on, "salt": salt, "frozen_at": now}
    pool = _store(sitting, gathered.people, rows, rules, **frozen_with)
    Trial.objects.filter(sitting=sitting).delete()
    record(
        sitting.chain,
        sitting=sitting.code,
        commitment=pool.commitment,
        mapping=mapping,
        people=len(rows),
        seats=seats,
        event_on=event_on.isoformat(),
        panels=len(table.lottery.panels) if table else 0,
        excluded=dict(gathered.dropped).get("excluded", 0),
    )
    return pool


def _require_not_frozen(sitting: Sitting) -> None:
    if Pool.objects.filter(sitting=sitting).exists():
        raise NotNow(_("Chưa chốt được: danh sách của buổi này đã chốt và đã công bố mã đối chiếu."))


def _require_event(sitting: Sitting, name: str, on: date, now: datetime) -> None:
    if not name.strip():
        raise NotNow(_("Chưa chốt được: cần tên sự kiện công khai sẽ cho số ngẫu nhiên."))
    if not clock.day_of(now, sitting.agency.zone) < on < sitting.day:
        raise NotNow(
            _("Chưa chốt được: ngày lấy số ngẫu nhiên phải sau hôm nay và trước %(day)s, ngày đối thoại.")
            % {"day": page_date(sitting.day)}
        )


def free_seats(sitting: Sitting) -> int:
    """The places left for the draw beside those chosen by hand or registered. Raises NotNow where there is none."""
    chosen = Invitation.objects.filter(sitting=sitting, route__in=(Route.CHOSEN, Route.REGISTERED))
    free = seats_of(sitting) - chosen.exclude(state__in=("struck", "withdrawn", "declined")).count()
    if free <= 0:
        raise NotNow(_("Chưa chốt được: buổi này không còn chỗ nào để bốc thăm."))
    return free


def _rules(
    event: str,
    seats: int,
    quotas: Mapping[str, int] | None,
    table: Table | None,
    basis: tuple[bool, str, tuple[str, ...], str],
) -> lots.AnyRules:
    if table is not None:
        return lots.LotteryRules(event, seats, table.features, table.lottery, *basis)
    if quotas is None:
        return lots.Rules(event, None, seats, *basis)
    if sum(quotas.values()) != seats:
        raise NotNow(
            _("Chưa chốt được: số chỗ của các phường cộng lại là %(sum)s, cần đúng %(seats)s.")
            % {"sum": sum(quotas.values()), "seats": seats}
        )
    return lots.Rules(event, dict(quotas), None, *basis)


def _fresh_codes() -> Iterator[str]:
    given: set[str] = set()
    while True:
        code = chance.code(CODE_LENGTH)
        if code not in given:
            given.add(code)
            yield code


def _counts(gathered: Gathering, rows: Sequence[lots.PoolRow], rules: lots.AnyRules) -> dict[str, Any]:
    """The tables as they are published: eligible people and places. Raises NotNow when it cannot be drawn."""
    by_ward = Counter(one.ward.code for one in gathered.people)
    names = {ward.code: ward.name for ward in gathered.wards}
    if isinstance(rules, lots.LotteryRules):
        groups = _groups(rows, rules)
        wards = [{"ward": ward, "name": name, "eligible": by_ward[ward]} for ward, name in names.items()]
        return {"wards": wards, "groups": groups, "eligible": len(rows)}
    places = _places(rows, rules, names)
    table = [
        {"ward": code, "name": names[code], "eligible": by_ward[code], "places": places.get(code, 0)}
        for code in names
        if by_ward[code] or places.get(code)
    ]
    return {"wards": table, "eligible": len(rows)}


def _places(rows: Sequence[lots.PoolRow], rules: lots.Rules, names: Mapping[str, str]) -> dict[str, int]:
    try:
        return lots.seats_for(rows, rules, names)
    except (lots.Impossible, lots.Unsound) as refusal:
        raise NotNow(str(refusal)) from refusal


def _groups(rows: Sequence[lots.PoolRow], rules: lots.LotteryRules) -> list[dict[str, Any]]:
    """Every group of people who count alike."""
    orders = [list(feature.bounds) for feature in rules.features]
    counted = Counter(row.stratum for row in rows)

    def place(stratum: str) -> list[int]:
        return [order.index(value) for order, value in zip(orders, stratum.split(lots.BETWEEN), strict=True)]

    return [
        {"group": stratum, "name": stratum.replace(lots.BETWEEN, ", "), "eligible": counted[stratum]}
        for stratum in sorted(counted, key=place)
    ]


def _require_found_for(table: Table, rows: Sequence[lots.PoolRow], rules: lots.LotteryRules) -> None:
    """A table is fair for the very list for which it was found."""
    kinds = lots.kinds_of(rows, rules.one_per_household)
    same = (kinds.names, kinds.people, kinds.homes) == (table.kinds.names, table.kinds.people, table.kinds.homes)
    if not same or rules.total != table.total:
        raise NotNow(_("Danh sách đã đổi từ lúc tính thử: xin tính thử lại rồi chốt."))
    lots.sound_kinds(rows, rules)


def _store(
    sitting: Sitting, people: Sequence[Eligible], rows: Sequence[lots.PoolRow], rules: lots.AnyRules, **fields: Any
) -> Pool:
    quotas = {} if isinstance(rules, lots.LotteryRules) else dict(rules.quotas or {})
    pool = Pool.objects.create(
        sitting=sitting,
        quotas=quotas,
        seats=rules.total if rules.total is not None else sum(quotas.values()),
        event_name=rules.event,
        commitment=lots.commitment(rows, rules),
        canonical=lots.canonical(rows, rules).decode(),
        **fields,
    )
    PoolMember.objects.bulk_create(_member(pool, one, row) for one, row in zip(people, rows, strict=True))
    return pool


def _behind(one: Eligible, row: lots.PoolRow) -> lots.Behind:
    return lots.Behind(row.code, one.person.code, one.record.file_code, one.record.received_on)


def _member(pool: Pool, one: Eligible, row: lots.PoolRow) -> PoolMember:
    return PoolMember(
        pool=pool,
        person=one.person,
        code=row.code,
        stratum=row.stratum,
        file_code=one.record.file_code,
        done_on=one.record.received_on,
    )


@verb("pool.draw", may=permissions.may_draw)
def draw(pool: Pool, *, value: str, source: str, witnesses: str, actor: Actor, now: datetime) -> Draw:
    """Draw from a frozen pool with the value the public event gave, exactly as announced.

    `source` says where the value can be looked up, `witnesses` who saw it. Whoever is drawn gets a place, all
    others stand behind them as reserves in the order of the lots. Raises NotNow before the day of the event,
    without a value, or when it was drawn already.
    """
    sitting = pool.sitting
    require_preparing(sitting)
    _require_drawable(pool, value, now)
    rows, rules = frozen(pool)
    published = lots.published(rows, rules, value=value.strip(), source=source, names=ward_names(pool))
    drawing = Draw.objects.create(
        pool=pool,
        event_value=value.strip(),
        source=source,
        witnesses=witnesses,
        seed=published["seed"],
        published=published,
        drawn_at=now,
    )
    Invitation.objects.bulk_create(_drawn(pool, published, clock.day_of(now, sitting.agency.zone)))
    record(
        sitting.chain,
        sitting=sitting.code,
        commitment=pool.commitment,
        seed=drawing.seed,
        published=lots.document_digest(published),
    )
    return drawing


def _require_drawable(pool: Pool, value: str, now: datetime) -> None:
    if Draw.objects.filter(pool=pool).exists():
        raise NotNow(_("Chưa bốc được: buổi này đã bốc thăm rồi, kết quả đã công bố."))
    if clock.day_of(now, pool.sitting.agency.zone) < pool.event_on:
        raise NotNow(
            _("Chưa bốc được: số ngẫu nhiên của “%(event)s” có vào %(day)s.")
            % {"event": pool.event_name, "day": page_date(pool.event_on)}
        )
    if not value.strip():
        raise NotNow(_("Chưa bốc được: cần số ngẫu nhiên, ghi đúng như đã công bố."))


def _drawn(pool: Pool, published: Mapping[str, Any], on: date) -> Iterator[Invitation]:
    """The places of all groups first, then the reserves, group by group in the order of the lots."""
    members = {row.code: row for row in PoolMember.objects.filter(pool=pool).select_related("person__ward")}
    eligible_of = {row["ward"]: row["eligible"] for row in pool.counts["wards"]}
    wards = {row.person.ward_id: row.person.ward for row in members.values()}
    venues = {pk: venue_for(pool.sitting.dialogue, ward) for pk, ward in wards.items()}
    ordinal = _last_ordinal(pool.sitting)
    for route, groups in ((Route.DRAWN, "chosen"), (Route.RESERVE, "reserves")):
        for codes in published["result"][groups].values():
            for rank, code in enumerate(codes, start=1):
                ordinal += 1
                member = members[code]
                assert member.person.ward is not None  # only residents are drawn
                yield Invitation(
                    sitting=pool.sitting,
                    code=invitation_code(pool.sitting, ordinal),
                    ordinal=ordinal,
                    route=route,
                    person=member.person,
                    member=member,
                    rank=rank,
                    venue=venues[member.person.ward_id],
                    selection_reason=_reason(eligible_of[member.person.ward.code], member, on),
                )


def _reason(among: int, member: PoolMember, on: date) -> str:
    return (
        f"Bốc thăm ngày {short_date(on)} trong {among} người đủ điều kiện của {member.person.ward}; "
        f"hồ sơ {member.file_code}"
    )


def _last_ordinal(sitting: Sitting) -> int:
    last = Invitation.objects.filter(sitting=sitting).order_by("-ordinal").first()
    return last.ordinal if last else 0


def invitation_code(sitting: Sitting, ordinal: int) -> str:
    """What an invitation is called everywhere: it names one and opens nothing."""
    return f"{sitting.code}-M{ordinal:02d}"


def next_place(sitting: Sitting) -> tuple[int, str]:
    """Ordinal and code of the next name on a sitting's list."""
    ordinal = _last_ordinal(sitting) + 1
    return ordinal, invitation_code(sitting, ordinal)


@verb("invitation.choose", may=permissions.may_choose)
def choose_by_hand(sitting: Sitting, person: Person, *, reason: str, actor: Actor, now: datetime) -> Invitation:
    """Choose somebody without drawing, for a reason that stands on the list beside the name.

    Lawful, since the plan says “chọn mời”; the plan's conditions hold as for everybody (R46, R47). Raises
    NotNow with the condition that is not met.
    """
    require_preparing(sitting)
    require_reason(reason)
    if refusal := why_not(sitting, person):
        raise NotNow(refusal)
    ordinal, code = next_place(sitting)
    invitation = Invitation.objects.create(
        sitting=sitting,
        code=code,
        ordinal=ordinal,
        route=Route.CHOSEN,
        person=person,
        venue=venue_for(sitting.dialogue, person.ward),
        selection_reason=f"Chọn mời: {reason.strip()}"[:300],
    )
    record(sitting.chain, sitting=sitting.code, invitation=code, person=person.code)
    return invitation
