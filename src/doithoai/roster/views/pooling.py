"""What the page of choosing shows: who may be drawn, the frozen list, the lots, and each person's chance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from django.http import QueryDict
from django.utils.translation import gettext as _

from doithoai.kernel.access import NotNow
from doithoai.planning.models import Sitting
from doithoai.roster import queries
from doithoai.roster.actions.drawing import free_seats
from doithoai.roster.actions.gathering import Gathering, Grounds, Table, counted, gather, values_of
from doithoai.roster.actions.trying import Wish, found_table
from doithoai.roster.forms import BoundsForm, GroundsForm, words_of
from doithoai.roster.models import Draw, Invitation, Pool, PoolMember, Trial
from doithoai.rules import draw as lots
from doithoai.rules.vietnamese import percent

ASKED = "xem"
"""Stands in an address that carries rules to look at."""
BUSY = ("waiting", "solving")


@dataclass(frozen=True, slots=True)
class WardRow:
    """One ward or group: its eligible people, how many of them all they are, their places and each one's chance."""

    place: str
    code: str
    eligible: int
    share: str = ""
    places: int | None = None
    chance: str = ""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One value of a feature: its people, their share, what the quota says, and once drawn the chosen."""

    value: str
    eligible: int
    share: str
    least_field: str = ""
    most_field: str = ""
    least: int | str = 0
    most: int | str = 0
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be frozen: the rules as asked for, and what they come to.

    `refusal` says why it cannot be drawn or frozen yet, `fairness` how fair it would be. `busy` is the trial of
    these quotas that the worker still has to finish.
    """

    grounds: Grounds
    by_table: bool
    is_tried: bool
    refusal: str = ""
    fairness: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    busy: Trial | None = None


@dataclass(frozen=True, slots=True)
class Choosing:
    """How far the choosing of one sitting's people is."""

    pool: Pool | None
    drawing: Draw | None
    wards: list[WardRow]
    shares: list[tuple[str, list[ShareRow]]]
    why_none: str
    left_out: list[tuple[str, int]]
    funnel: list[tuple[str, int]]
    conditions: tuple[str, ...]
    same_home: int = 0
    asked: int = 0
    plan: Plan | None = None
    fairness: str = ""

    @property
    def eligible(self) -> int:
        """Eligible people of all wards."""
        return sum(row.eligible for row in self.wards)


def choosing(sitting: Sitting, asked: QueryDict | None = None) -> Choosing:
    """Read everything about the choosing of a sitting's people; `asked` are the rules, otherwise those tried last."""
    pool = Pool.objects.filter(sitting=sitting).select_related("drawing").first()
    left = _left_out(sitting)
    if pool is not None:
        pool.sitting = sitting
        return _frozen(sitting, pool, left)
    trial = Trial.objects.filter(sitting=sitting).first()
    given = asked if asked is not None and ASKED in asked else QueryDict(trial.asked if trial else "")
    form = GroundsForm(given)
    grounds = form.grounds() if form.is_valid() else Grounds()
    gathered = gather(sitting, grounds)
    counts = Counter(one.ward.pk for one in gathered.people)
    rows = [
        WardRow(str(ward), ward.code, counts[ward.pk], percent(counts[ward.pk], gathered.total or 1))
        for ward in gathered.wards
    ]
    shares, plan = _planned(sitting, gathered, form, given, trial)
    return Choosing(
        pool=None,
        drawing=None,
        wards=rows,
        shares=shares,
        why_none=queries.why_none(sitting) if not gathered.people and not grounds.months else "",
        left_out=left,
        funnel=_funnel(gathered, grounds),
        conditions=gathered.conditions,
        same_home=gathered.same_home if grounds.one_per_household else 0,
        asked=gathered.asked,
        plan=plan,
    )


def _funnel(gathered: Gathering, grounds: Grounds) -> list[tuple[str, int]]:
    words = {
        "organisation": _("là tổ chức, không phải công dân"),
        "elsewhere": _("không cư trú ở các phường của kế hoạch"),
        "taken": _("đã có tên ở buổi này hoặc được mời ở buổi khác của cuộc"),
        "excluded": _("bị loại, có lý do: cán bộ giải quyết hồ sơ, người nhà"),
        "lately": _("đã được mời đối thoại trong %(months)s tháng trước") % {"months": grounds.months},
    }
    counts = dict(gathered.dropped)
    unasked = {"lately": not grounds.months, "excluded": "excluded" not in counts}
    wanted = [rule for rule in words if not unasked.get(rule)]
    return [(text, counts.get(rule, 0)) for rule, text in words.items() if rule in wanted]


def _planned(
    sitting: Sitting, gathered: Gathering, form: GroundsForm, given: QueryDict, trial: Trial | None
) -> tuple[list[tuple[str, list[ShareRow]]], Plan | None]:
    """The shares feature by feature with the quotas asked for, and what they come to when they were to be tried."""
    if not gathered.people:
        return [], None
    try:
        seats = free_seats(sitting)
    except NotNow as refused:
        return [], Plan(Grounds(), False, True, refused.reason)
    numbers = _numbers(sitting, gathered)
    bounds = BoundsForm(given, numbers, seats)
    if wrong := _wrong(form, bounds):
        grounds = form.grounds() if form.is_valid() else Grounds()
        return _typed_rows(numbers, bounds), Plan(grounds, form.by_table, True, wrong)
    of = bounds.bounds()
    shares = [(name, _share_rows(name, values, bounds, of[name])) for name, values in numbers.items()]
    plan = Plan(form.grounds(), form.by_table, ASKED in given, fields=_fields(form, bounds, of))
    if form.by_table:
        plan = _tried(plan, sitting, Wish(plan.grounds, of, seats), trial, given)
    return shares, plan


def _wrong(form: GroundsForm, bounds: BoundsForm) -> str:
    """What cannot be read of what was typed; "" where all can."""
    try:
        words_of(form)
        words_of(bounds)
    except NotNow as refused:
        return refused.reason
    return ""


def _typed_rows(numbers: Mapping[str, Mapping[str, int]], form: BoundsForm) -> list[tuple[str, list[ShareRow]]]:
    """The rows with what was typed, so that nothing is lost when one number is wrong."""
    typed = {(name, value): (least, most) for name, value, least, most in form.named()}
    found = []
    for name, values in numbers.items():
        everyone = sum(values.values())
        rows = []
        for value, people in values.items():
            least, most = typed[name, value]
            said = (form.data.get(least, ""), form.data.get(most, ""))
            rows.append(ShareRow(value, people, percent(people, everyone), least, most, *said))
        found.append((name, rows))
    return found


def _numbers(sitting: Sitting, gathered: Gathering) -> dict[str, dict[str, int]]:
    return counted(sitting, gathered.wards, [values_of(one.person, sitting) for one in gathered.people])


def _share_rows(
    name: str, values: Mapping[str, int], form: BoundsForm, of: Mapping[str, tuple[int, int]]
) -> list[ShareRow]:
    everyone = sum(values.values())
    fields = {value: (least, most) for feature, value, least, most in form.named() if feature == name}
    return [
        ShareRow(value, people, percent(people, everyone), *fields[value], *of[value])
        for value, people in values.items()
    ]


def _tried(plan: Plan, sitting: Sitting, wish: Wish, trial: Trial | None, given: QueryDict) -> Plan:
    """What the trial says of these quotas: how fair they are, why they cannot be drawn, or that it goes on."""
    if trial is None or trial.asked != given.urlencode():
        return replace(plan, refusal=_("Bấm “Tính thử” để biết các hạn ngạch này có bốc được không."))
    if trial.state in BUSY:
        return replace(plan, busy=trial)
    try:
        return replace(plan, fairness=_fairness(found_table(sitting, wish)))
    except (NotNow, lots.Unsound) as refused:
        return replace(plan, refusal=str(refused))


def _fairness(table: Table) -> str:
    chances = lots.kind_chances(table.kinds, table.lottery)
    low, high = min(chances), max(chances)
    best = lots.bound_of(table.kinds, lots.limits(table.kinds, table.features, table.total), table.lottery.bound)
    words = {
        "low": _percent(low),
        "high": _percent(high),
        "best": _percent(best if best is not None else low),
        "panels": len(table.lottery.panels),
    }
    if words["low"] == words["high"]:
        return _("Bốc được, bảng có %(panels)s phương án: ai cũng có khả năng được chọn như nhau, %(low)s.") % words
    return (
        _(
            "Bốc được, bảng có %(panels)s phương án. Khả năng được chọn của mỗi người từ %(low)s đến %(high)s; "
            "với các hạn ngạch này không cách nào cho người ít nhất hơn %(best)s."
        )
        % words
    )


def _percent(chance: Fraction) -> str:
    return percent(chance.numerator, chance.denominator, 2)


def _fields(
    form: GroundsForm, bounds: BoundsForm, of: Mapping[str, Mapping[str, tuple[int, int]]]
) -> tuple[tuple[str, str], ...]:
    """What the button of freezing sends so that exactly this is frozen."""
    grounds = form.grounds()
    found = [("thang", str(grounds.months)), ("ho", "1" if grounds.one_per_household else "0")]
    if form.by_table:
        found.append(("cach", "nhieu"))
        for name, value, least, most in bounds.named():
            low, high = of[name][value]
            found += [(least, str(low)), (most, str(high))]
    return tuple(found)


def words_of_progress(trial: Trial) -> str:
    """How far a trial is."""
    if not trial.done:
        return trial.get_state_display()
    return _("Đang tính: đã xét %(count)s phương án") % {"count": trial.done}


def wish_asked(sitting: Sitting, posted: QueryDict) -> tuple[Grounds, Wish | None]:
    """The rules that were posted, with several quotas what exactly is wished. Raises NotNow with what is wrong."""
    form = GroundsForm(posted)
    words_of(form)
    grounds = form.grounds()
    if not form.by_table:
        return grounds, None
    gathered, seats = gather(sitting, grounds), free_seats(sitting)
    bounds = BoundsForm(posted, _numbers(sitting, gathered), seats)
    words_of(bounds)
    return grounds, Wish(grounds, bounds.bounds(), seats)


def table_asked(sitting: Sitting, posted: QueryDict) -> tuple[Grounds, Table | None]:
    """The rules that were posted; with several quotas the fair table that was found for them before.

    Raises NotNow with what is wrong, or impossible, or not tried yet.
    """
    grounds, wish = wish_asked(sitting, posted)
    try:
        return grounds, found_table(sitting, wish) if wish else None
    except lots.Unsound as refused:
        raise NotNow(str(refused)) from refused


def _left_out(sitting: Sitting) -> list[tuple[str, int]]:
    counts = queries.left_out(sitting.dialogue)
    words = {
        "elsewhere": _("không cư trú ở các phường của kế hoạch"),
        "other_sector": _("chỉ có hồ sơ lĩnh vực khác"),
        "unfinished": _("hồ sơ chưa giải quyết xong"),
    }
    return [(words[reason], count) for reason, count in counts.items() if count and reason in words]


def _frozen(sitting: Sitting, pool: Pool, left: list[tuple[str, int]]) -> Choosing:
    drawing = pool.drawing if hasattr(pool, "drawing") else None
    rules = queries.frozen(pool)[1]
    return Choosing(
        pool=pool,
        drawing=drawing,
        wards=_frozen_rows(pool),
        shares=_drawn_shares(sitting, pool, drawing),
        why_none="",
        left_out=left,
        funnel=[],
        conditions=rules.conditions,
        fairness=_frozen_fairness(pool, rules),
    )


def _drawn_shares(sitting: Sitting, pool: Pool, drawing: Draw | None) -> list[tuple[str, list[ShareRow]]]:
    """Beside the shares in the list those among the chosen."""
    members = list(PoolMember.objects.filter(pool=pool).select_related("person__ward"))
    result = drawing.published["result"]["chosen"] if drawing else {}
    chosen = {code for codes in result.values() for code in codes}
    values = {row.code: values_of(row.person, sitting) for row in members}
    wards = sorted(
        {row.person.ward_id: row.person.ward for row in members if row.person.ward}.values(), key=lambda ward: ward.code
    )
    numbers = counted(sitting, wards, list(values.values()))
    drawn = counted(sitting, wards, [values[code] for code in chosen])
    return [
        (
            name,
            [
                ShareRow(
                    value, people, percent(people, len(members)), chosen=drawn[name].get(value, 0) if drawing else None
                )
                for value, people in of.items()
            ],
        )
        for name, of in numbers.items()
    ]


def _frozen_fairness(pool: Pool, rules: lots.AnyRules) -> str:
    if isinstance(rules, lots.Rules):
        return ""
    return _fairness(Table(rules.features, rules.lottery, _kinds(pool.canonical), rules.total))


@lru_cache(maxsize=8)  # a frozen list never changes, and is long
def _kinds(canonical: str) -> lots.Kinds:
    rows, rules = lots.thaw(canonical)
    return lots.kinds_of(rows, rules.one_per_household)


def _frozen_rows(pool: Pool) -> list[WardRow]:
    rows = pool.counts.get("groups") or pool.counts["wards"]
    by_code = {row.get("group") or row["ward"]: row for row in rows}
    spread, everyone = _spread(pool.canonical, tuple(by_code)), pool.counts["eligible"]
    return [
        WardRow(
            place=row["name"],
            code=code,
            eligible=row["eligible"],
            share=percent(row["eligible"], everyone),
            places=row.get("places"),
            chance=_chance_words(spread[code], row),
        )
        for code, row in by_code.items()
    ]


@lru_cache(maxsize=8)  # a frozen list never changes, and households make its chances slow to count
def _chances(canonical: str) -> Mapping[str, Fraction]:
    return lots.chances(*lots.thaw(canonical))


def _spread(canonical: str, groups: tuple[str, ...]) -> dict[str, list[Fraction]]:
    """The different chances within each group, the smallest first: one, unless households differ in size."""
    chances = _chances(canonical)
    found: dict[str, set[Fraction]] = {group: set() for group in groups}
    for row in lots.thaw(canonical)[0]:
        found[row.stratum].add(chances[row.code])
    return {group: sorted(values) for group, values in found.items()}


def _chance_words(values: Sequence[Fraction], row: Mapping[str, int]) -> str:
    if len(values) > 1:
        low, high = (percent(value.numerator, value.denominator) for value in (values[0], values[-1]))
        return low if low == high else _("%(low)s đến %(high)s, tùy số người trong hộ") % {"low": low, "high": high}
    if not values:
        return ""
    if "places" in row and values[0] == Fraction(row["places"], row["eligible"]):
        return f"{row['places']}/{row['eligible']} = {percent(row['places'], row['eligible'])}"
    return percent(values[0].numerator, values[0].denominator)


def chance_of(invitation: Invitation, pool: Pool | None) -> str:
    """The chance that this person had of being drawn, as a percentage; "" for who was not in the draw."""
    if pool is None or invitation.member is None or invitation.member.pool_id != pool.pk:
        return ""
    chance = _chances(pool.canonical)[invitation.member.code]
    return percent(chance.numerator, chance.denominator)
