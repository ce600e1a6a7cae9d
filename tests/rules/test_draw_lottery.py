"""Several quotas at once: the table of panels is fair, keeps every quota, and is checked without a solver."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from doithoai.rules import draw_verifier
from doithoai.rules.draw import (
    Feature,
    Kinds,
    Lottery,
    LotteryRules,
    Panel,
    PoolRow,
    Unmet,
    Unsound,
    agreement,
    bound_of,
    canonical,
    chances,
    commitment,
    draw,
    kind_chances,
    kinds_of,
    limits,
    lottery_json,
    published,
    read_lottery,
    sealed,
    seed,
    solve,
    sound_kinds,
    thaw,
    verify_published,
)

EVENT = "Xổ số kiến thiết, giải đặc biệt, kỳ quay ngày 13/12/2021"
WARDS, SEXES, AGES = ("HV", "HT"), ("nam", "nữ"), ("dưới 36", "36–59", "từ 60")


def people(count: int, *, homes: bool = False) -> list[PoolRow]:
    """A pool in which no feature follows from another; every tenth person shares a household with the next."""
    rows = []
    for n in range(count):
        values = (WARDS[n % 5 > 2], SEXES[n * 7 % 11 > 5], AGES[n * 3 % 7 // 3])
        home = f"h{n // 10}" if homes and n % 10 < 2 else None
        rows.append(PoolRow(f"P{n:03d}", "|".join(values), home))
    return rows


QUOTAS = (
    Feature("Phường", {"HV": (6, 8), "HT": (4, 6)}),
    Feature("Giới tính", {"nam": (6, 6), "nữ": (6, 6)}),
    Feature("Tuổi", {"dưới 36": (4, 12), "36–59": (0, 6), "từ 60": (2, 4)}),
)


def ruled(pool: list[PoolRow], features: tuple[Feature, ...] = QUOTAS, total: int = 12) -> LotteryRules:
    return LotteryRules(EVENT, total, features, solve(kinds_of(pool, True), features, total))


@pytest.fixture(scope="module")
def pool() -> list[PoolRow]:
    return people(90, homes=True)


@pytest.fixture(scope="module")
def rules(pool: list[PoolRow]) -> LotteryRules:
    return ruled(pool)


def least_and_bound(pool: list[PoolRow], rules: LotteryRules) -> tuple[Fraction, Fraction]:
    kinds = kinds_of(pool, rules.one_per_household)
    bound = bound_of(kinds, limits(kinds, rules.features, rules.total), rules.lottery.bound)
    assert bound is not None
    return min(kind_chances(kinds, rules.lottery)), bound


class TestTable:
    def test_every_panel_keeps_every_quota(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        kinds = sound_kinds(pool, rules)
        for panel in rules.lottery.panels:
            counted: Counter[str] = Counter()
            for kind, count in panel.counts:
                counted.update(dict.fromkeys(kinds.strata[kind].split("|"), count))
            assert all(
                least <= counted[value] <= most
                for feature in rules.features
                for value, (least, most) in feature.bounds.items()
            )
            assert sum(count for _, count in panel.counts) == 12

    def test_tickets_add_up_and_chances_to_the_places(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        assert sum(panel.tickets for panel in rules.lottery.panels) == rules.lottery.tickets == 10**6
        assert sum(chances(pool, rules).values()) == 12

    def test_the_least_chance_is_at_its_bound(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        least, bound = least_and_bound(pool, rules)
        assert Fraction(999, 1000) * bound <= least <= bound <= Fraction(12, 90)

    def test_without_quotas_everybody_has_the_same_chance(self) -> None:
        pool = people(30)
        free = tuple(Feature(f.name, dict.fromkeys(f.bounds, (0, 30))) for f in QUOTAS)
        rules = ruled(pool, free, 9)
        assert least_and_bound(pool, rules)[1] == Fraction(9, 30)
        assert all(abs(chance - Fraction(9, 30)) < Fraction(1, 10_000) for chance in chances(pool, rules).values())

    def test_where_everybody_is_chosen_the_bound_says_so(self) -> None:
        pool = [PoolRow("A", "nữ"), *(PoolRow(f"M{n}", "nam") for n in range(3))]
        rules = ruled(pool, (Feature("Giới tính", {"nữ": (0, 1), "nam": (0, 3)}),), 4)
        assert least_and_bound(pool, rules) == (1, 1)

    def test_a_rare_group_that_must_be_there_costs_the_others_the_least_possible(self) -> None:
        """Leximin by hand: of 2 women one is chosen (1/2 each); the 4 places left fall evenly on 20 men (1/5)."""
        pool = [PoolRow(f"F{n}", "nữ") for n in range(2)] + [PoolRow(f"M{n:02d}", "nam") for n in range(20)]
        found = chances(pool, ruled(pool, (Feature("Giới tính", {"nữ": (1, 2), "nam": (0, 5)}),), 5))
        assert found["F0"] == found["F1"] == Fraction(1, 2)
        assert {chance for code, chance in found.items() if code.startswith("M")} == {Fraction(1, 5)}

    def test_the_same_input_gives_the_same_table_everywhere(self) -> None:
        """Also where Python hashes words differently."""
        program = (
            "from tests.rules.test_draw_lottery import people, ruled\n"
            "from doithoai.rules.draw import commitment\n"
            "pool = people(60, homes=True)\nprint(commitment(pool, ruled(pool)))"
        )
        said = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={"PYTHONHASHSEED": n, "DJANGO_SETTINGS_MODULE": "tests.settings"},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for n in ("1", "2")
        }
        assert said == {f"{commitment(people(60, homes=True), ruled(people(60, homes=True)))}\n"}  # and no banner

    def test_it_tells_of_each_search_and_stops_when_it_is_told_to(self, pool: list[PoolRow]) -> None:
        told: list[int] = []
        solve(kinds_of(pool, True), QUOTAS, 12, told.append)
        assert told == list(range(1, len(told) + 1))

        def enough(found: int) -> None:
            if found == 5:
                raise InterruptedError

        with pytest.raises(InterruptedError):
            solve(kinds_of(pool, True), QUOTAS, 12, enough)

    def test_a_table_comes_back_from_its_column(self, rules: LotteryRules) -> None:
        stored = json.loads(json.dumps(lottery_json(rules.lottery)))
        assert read_lottery(stored) == rules.lottery

    def test_the_solver_is_not_loaded_for_checking(self) -> None:
        program = "import sys, doithoai.rules.draw; print({'highspy', 'numpy'} & set(sys.modules))"
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "set()"


@st.composite
def cases(choose: st.DrawFn) -> tuple[list[PoolRow], tuple[Feature, ...], int]:
    """A few people with two to four features and any quotas, some of them sharing a household."""
    width = choose(st.integers(2, 4))
    values = st.tuples(*[st.sampled_from(["a", "b", "c"])] * width)
    rows = choose(st.lists(st.tuples(values, st.sampled_from([None, None, "h1", "h2"])), min_size=2, max_size=9))
    pool = [PoolRow(f"c{n}", "|".join(value), home) for n, (value, home) in enumerate(rows)]
    total = choose(st.integers(1, 4))
    features = []
    for at in range(width):
        there = sorted({row.stratum.split("|")[at] for row in pool})
        pairs = [sorted((choose(st.integers(0, 1)), choose(st.integers(0, 4)))) for _ in there]
        features.append(
            Feature(f"f{at}", {value: (low, high) for value, (low, high) in zip(there, pairs, strict=True)})
        )
    return pool, tuple(features), total


def every_panel(kinds: Kinds, features: tuple[Feature, ...], total: int) -> list[tuple[int, ...]]:
    """By trying them all."""
    every = limits(kinds, features, total)
    found = [()] if kinds.names else []
    for people in kinds.people:
        found = [(*panel, n) for panel in found for n in range(people + 1) if sum(panel) + n <= total]
    return [
        panel
        for panel in found
        if all(limit.least <= limit.count(dict(enumerate(panel))) <= limit.most for limit in every)
    ]


class TestAgainstTryingEverything:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(cases())
    def test_it_refuses_only_what_is_impossible_and_says_what_would_do(self, case: Any) -> None:
        pool, features, total = case
        kinds = kinds_of(pool, True)
        assume(kinds.names)
        possible = every_panel(kinds, features, total)
        refusal = refused(kinds, features, total)
        assert bool(possible) == (refusal is None)
        if refusal is not None:
            assert refusal.changes
            mended, places = changed(features, total, refusal)
            assert every_panel(kinds, mended, places)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(cases())
    def test_no_mixture_of_panels_gives_more_to_whoever_has_least(self, case: Any) -> None:
        pool, features, total = case
        kinds = kinds_of(pool, True)
        panels = every_panel(kinds, features, total)
        assume(panels)
        lottery = solve(kinds, features, total)
        best = best_mixture(kinds, panels)
        assert float(min(kind_chances(kinds, lottery))) >= 0.999 * best - 1e-9
        bound = bound_of(kinds, limits(kinds, features, total), lottery.bound)
        assert bound is not None
        assert float(bound) >= best - 1e-9


def refused(kinds: Kinds, features: tuple[Feature, ...], total: int) -> Unmet | None:
    try:
        solve(kinds, features, total)
    except Unmet as refusal:
        return refusal
    return None


def changed(features: tuple[Feature, ...], total: int, refusal: Unmet) -> tuple[tuple[Feature, ...], int]:
    """The quotas after what the refusal proposes."""
    ends = {"ít nhất": (0,), "nhiều nhất": (1,), "đúng": (0, 1)}
    bounds = {f"{f.name} {value}": list(pair) for f in features for value, pair in f.bounds.items()}
    bounds["Tổng số người"] = [total, total]
    for change in refusal.changes:
        for end in ends[change.end]:
            bounds[change.name][end] = change.possible
    mended = [
        Feature(f.name, {v: (bounds[f"{f.name} {v}"][0], bounds[f"{f.name} {v}"][1]) for v in f.bounds})
        for f in features
    ]
    return tuple(mended), bounds["Tổng số người"][0]


def best_mixture(kinds: Kinds, panels: list[tuple[int, ...]]) -> float:
    """The greatest least chance, by one linear program over all panels there are."""
    import numpy as np
    from highspy import Highs, ObjSense

    solver: Any = Highs()
    solver.setOptionValue("output_flag", False)
    solver.changeObjectiveSense(ObjSense.kMaximize)
    for price in (1.0, *[0.0] * len(panels)):
        solver.addVar(0, 1)
        solver.changeColCost(solver.getNumCol() - 1, price)
    every = np.arange(1, len(panels) + 1, dtype=np.int32)
    solver.addRow(1, 1, len(panels), every, np.ones(len(panels)))
    for kind, count in enumerate(kinds.people):
        row = np.array([-float(count), *(float(panel[kind]) for panel in panels)])
        solver.addRow(0, 1e30, len(row), np.arange(len(row), dtype=np.int32), row)
    solver.run()
    return float(solver.getSolution().col_value[0])


class TestRefusals:
    def test_too_few_of_a_group_are_named_with_the_smallest_change(self) -> None:
        pool = [PoolRow(f"F{n}", "nữ") for n in range(3)] + [PoolRow(f"M{n}", "nam") for n in range(9)]
        with pytest.raises(Unmet) as refusal:
            ruled(pool, (Feature("Giới tính", {"nữ": (5, 8), "nam": (0, 8)}),), 8)
        assert str(refusal.value) == (
            "Chưa bốc được: Giới tính nữ cần 5 người, chỉ có 3 người đủ điều kiện. "
            "Sửa ít nhất: Giới tính nữ, ít nhất 5 sửa thành 3."
        )

    def test_quotas_that_only_together_are_impossible(self) -> None:
        """Both women live in HV, of which one may come; two women must."""
        pool = [PoolRow("A", "HV|nữ"), PoolRow("B", "HV|nữ"), *(PoolRow(f"M{n}", "HT|nam") for n in range(5))]
        features = (
            Feature("Phường", {"HV": (0, 1), "HT": (0, 4)}),
            Feature("Giới tính", {"nữ": (2, 3), "nam": (0, 4)}),
        )
        with pytest.raises(Unmet) as refusal:
            ruled(pool, features, 4)
        assert "không có cách chọn nào giữ được mọi hạn ngạch cùng một lúc" in str(refusal.value)
        assert sum(abs(change.written - change.possible) for change in refusal.value.changes) == 1

    def test_quotas_that_do_not_add_up(self) -> None:
        pool = [PoolRow(f"P{n}", SEXES[n % 2]) for n in range(20)]
        with pytest.raises(Unmet, match="Giới tính: các mức nhiều nhất cộng lại 4 người, cần 6"):
            ruled(
                pool,
                (
                    *QUOTAS[:0],
                    Feature("Giới tính", {"nam": (0, 2), "nữ": (0, 2)}),
                ),
                6,
            )

    def test_one_household_of_many_counts_once(self) -> None:
        pool = [PoolRow(f"F{n}", "nữ", "h1") for n in range(4)] + [PoolRow(f"M{n}", "nam") for n in range(9)]
        with pytest.raises(Unmet, match="Giới tính nữ cần 2 người, chỉ có 1 người đủ điều kiện"):
            ruled(pool, (Feature("Giới tính", {"nữ": (2, 4), "nam": (0, 9)}),), 6)

    @pytest.mark.parametrize(
        ("row", "features", "words"),
        [
            (PoolRow("A", "HX|nam|dưới 36"), QUOTAS, "không có hạn ngạch cho nhóm này"),
            (PoolRow("A", "HV|nam"), QUOTAS, "không có hạn ngạch cho nhóm này"),
            (PoolRow("A", "HV"), (Feature("Phường", {"HV": (3, 2)}),), "ít nhất 3, nhiều nhất 2 là trái nhau"),
            (PoolRow("A", "a+b"), (Feature("Phường", {"a+b": (0, 2)}),), "dấu dùng để ngăn"),
        ],
    )
    def test_a_pool_that_the_quotas_do_not_know(self, row: PoolRow, features: tuple[Feature, ...], words: str) -> None:
        with pytest.raises(Unsound, match=words):
            sound_kinds([row], LotteryRules(EVENT, 1, features, Lottery(1, (Panel(1, ((0, 1),)),))))

    def test_a_table_that_breaks_a_quota_is_no_table(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        strict = replace(rules, features=(Feature("Phường", {"HV": (0, 1), "HT": (0, 12)}), *rules.features[1:]))
        with pytest.raises(Unsound, match=r"Phương án 1 của bảng vé không giữ quy tắc: Phường HV \d \(từ 0 đến 1\)"):
            sound_kinds(pool, strict)
        fewer = replace(rules.lottery, panels=rules.lottery.panels[1:])
        with pytest.raises(Unsound, match="cộng lại không đúng 1000000 vé"):
            sound_kinds(pool, replace(rules, lottery=fewer))


class TestDraw:
    def test_the_chosen_are_a_panel_and_one_of_a_home(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        kinds = kinds_of(pool, True)
        home = {row.code: row.household for row in pool}
        for n in range(60):
            result = draw(pool, rules, seed(commitment(pool, rules), f"{n}"))
            chosen = [code for codes in result.chosen.values() for code in codes]
            assert result.panel is not None
            assert Counter(kinds.of[code] for code in chosen) == dict(rules.lottery.panels[result.panel].counts)
            reserves = [code for codes in result.reserves.values() for code in codes]
            placed = [home[code] for code in (*chosen, *reserves) if home[code]]
            assert len(placed) == len(set(placed))
            assert sorted([*chosen, *reserves, *result.skipped]) == sorted(home)

    def test_households_of_any_make_up_never_leave_a_place_empty(self) -> None:
        pool = [PoolRow(f"{s}{n}", s, f"h{n}") for n in range(6) for s in ("nam", "nữ")]
        pool += [PoolRow(f"X{n}", "nữ", f"g{n // 3}") for n in range(6)]
        rules = ruled(pool, (Feature("Giới tính", {"nam": (4, 4), "nữ": (4, 4)}),), 8)
        for n in range(200):
            result = draw(pool, rules, seed(commitment(pool, rules), f"{n}"))
            assert result.seats == {"nam": 4, "nữ": 4}

    def test_the_ticket_falls_where_the_seed_says(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        drawn_with = seed(commitment(pool, rules), "407183")
        result = draw(pool, rules, drawn_with)
        assert result.ticket == int(draw_verifier.sha256(drawn_with, "vé"), 16) % 10**6
        assert result.panel is not None
        before = sum(panel.tickets for panel in rules.lottery.panels[: result.panel])
        assert before <= result.ticket < before + rules.lottery.panels[result.panel].tickets

    def test_within_a_group_everybody_is_chosen_as_often(self) -> None:
        """Chi-square over 10,000 draws, group by group; 0.1 % of fair draws lie beyond each figure.

        Degrees of freedom: people of the group less one; groups are independent enough to be looked at apart.
        """
        pool = [
            PoolRow(f"{s}{n}", f"{ward}|{s}")
            for ward, s, size in (("HV", "nam", 7), ("HV", "nữ", 5), ("HT", "nam", 4), ("HT", "nữ", 6))
            for n in range(size)
        ]
        pool = [PoolRow(f"{row.stratum}{row.code}", row.stratum) for row in pool]
        features = (
            Feature("Phường", {"HV": (3, 4), "HT": (2, 3)}),
            Feature("Giới tính", {"nam": (3, 3), "nữ": (3, 3)}),
        )
        rules = ruled(pool, features, 6)
        wins: Counter[str] = Counter()
        for n in range(10_000):
            document_seed = draw_verifier.sha256("hạt", f"{n}")
            wins.update(code for codes in draw_quickly(pool, rules, document_seed) for code in codes)
        beyond = {3: 16.27, 4: 18.47, 5: 20.52, 6: 22.46}
        exact = chances(pool, rules)
        for stratum in sorted({row.stratum for row in pool}):
            group = [row.code for row in pool if row.stratum == stratum]
            mean = sum(wins[code] for code in group) / len(group)
            chance = float(exact[group[0]])
            assert sum((wins[code] - mean) ** 2 for code in group) / (mean * (1 - chance)) < beyond[len(group) - 1]
            assert abs(mean - 10_000 * chance) < 4 * (10_000 * chance * (1 - chance) / len(group)) ** 0.5 + 40

    def test_the_order_of_rows_never_matters(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        assert canonical(pool[::-1], rules) == canonical(pool, rules)
        assert draw(pool[::-1], rules, "0" * 64) == draw(pool, rules, "0" * 64)


def draw_quickly(pool: list[PoolRow], rules: LotteryRules, drawn_with: str) -> list[tuple[str, ...]]:
    return list(draw(pool, rules, drawn_with).chosen.values())


@pytest.fixture
def doc(pool: list[PoolRow], rules: LotteryRules) -> Any:
    """A published draw as it comes back from its file."""
    return json.loads(json.dumps(published(pool, rules, value="407183", source="Biên bản")))


class TestPublished:
    def test_it_verifies_from_its_own_data_alone(self, doc: Any) -> None:
        assert verify_published(doc, doc["commitment"]) == []
        sentence = agreement(doc)
        assert draw_verifier.check(json.dumps(doc), doc["commitment"]) == sentence
        assert sentence.startswith("Khớp hoàn toàn. Được chọn: khớp 12/12. Mỗi người có ít nhất ")
        assert "không bảng vé nào cho mọi người hơn" in sentence

    def test_frozen_it_has_no_result_yet(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        frozen = json.loads(json.dumps(sealed(pool, rules)))
        assert [found.sentence for found in verify_published(frozen)] == [
            "Kết quả: tệp ghi chưa có, tính lại được một lần bốc thăm."
        ]
        assert draw_verifier.check(json.dumps(frozen), "") == verify_published(frozen)[0].sentence

    def test_rules_come_back_from_their_text(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        told = replace(rules, event_on="2021-12-13", conditions=("Cư trú tại hai phường",))
        rows, again = thaw(canonical(pool, told).decode())
        assert (again, canonical(rows, again)) == (told, canonical(pool, told))

    @pytest.mark.parametrize(
        ("path", "value", "what"),
        [
            (("rules", "lottery", "panels", 0, 0), 1, "Mã đối chiếu"),
            (("rules", "lottery", "tickets"), 10, "Mã đối chiếu"),
            (("rules", "features", 0, 1, 0, 1), 0, "Mã đối chiếu"),
            (("rules", "conditions"), ["khác"], "Mã đối chiếu"),
            (("pool", 3, 2), "h9", "Mã đối chiếu"),
            (("seed",), "0" * 64, "Hạt giống"),
            (("event", "value"), "407184", "Hạt giống"),
            (("result", "ticket"), 1, "Vé trúng"),
            (("result", "panel"), 10_000, "Phương án"),
            (("result", "reserves", "HV|nam|dưới 36"), [], "Lá thăm, HV|nam|dưới 36"),
        ],
    )
    def test_every_change_is_found_by_both(self, doc: Any, path: tuple[Any, ...], value: object, what: str) -> None:
        within = doc
        for step in path[:-1]:
            within = within[step]
        within[path[-1]] = value
        (first, *_) = verify_published(doc)
        assert first.what == what
        assert draw_verifier.check(json.dumps(doc), "") == first.sentence

    def test_a_swapped_person_is_named(self, doc: Any) -> None:
        stratum = next(s for s, codes in doc["result"]["chosen"].items() if codes and doc["result"]["reserves"][s])
        chosen, reserves = doc["result"]["chosen"][stratum], doc["result"]["reserves"][stratum]
        chosen[0], reserves[0] = reserves[0], chosen[0]
        first = verify_published(doc)[0].sentence
        assert first == f"{stratum}, thứ 1: tệp ghi {chosen[0]}, tính lại được {reserves[0]}."
        assert draw_verifier.check(json.dumps(doc), "") == first

    def test_a_table_unsound_in_itself_is_refused_though_every_hash_fits(
        self, pool: list[PoolRow], rules: LotteryRules
    ) -> None:
        """An office that commits to a table that breaks its own quota is found out by whoever reads the file."""
        frozen = json.loads(json.dumps(sealed(pool, rules)))
        frozen["rules"]["features"][1][1] = [["nam", 0, 1], ["nữ", 0, 12]]
        text = json.dumps([frozen["pool"], frozen["rules"]], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        frozen["commitment"] = draw_verifier.sha256(text)
        assert "không giữ quy tắc: Giới tính nam 6 (từ 0 đến 1)" in verify_published(frozen)[0].sentence
        assert "Giới tính nam 6 (từ 0 đến 1)" in draw_verifier.check(json.dumps(frozen), "")

    def test_a_kind_that_a_panel_names_twice_is_found_out(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        """Counted once when the quotas are checked and twice when chances are, it would hide people."""
        frozen = json.loads(json.dumps(sealed(pool, rules)))
        counts = frozen["rules"]["lottery"]["panels"][0][1]
        counts.insert(0, list(counts[0]))
        text = json.dumps([frozen["pool"], frozen["rules"]], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        frozen["commitment"] = draw_verifier.sha256(text)
        assert "Phương án 1 của bảng vé không giữ quy tắc: số không hợp lệ" in verify_published(frozen)[0].sentence
        assert "Phương án 1: tệp ghi số không hợp lệ" in draw_verifier.check(json.dumps(frozen), "")

    def test_multipliers_that_prove_nothing_are_not_believed(self, pool: list[PoolRow], rules: LotteryRules) -> None:
        kinds = kinds_of(pool, True)
        every = limits(kinds, rules.features, rules.total)
        assert bound_of(kinds, every, ()) is None
        assert bound_of(kinds, every, ((0, -1),)) is None
        assert bound_of(kinds, every, ((999, 1),)) is None
        assert bound_of(kinds, every, ((0, 1),)) == Fraction(12, 90)
