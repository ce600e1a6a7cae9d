"""The drawing of lots: shares, order, households, chances, publication."""

import hashlib
import json
from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from doithoai.rules.draw import (
    Impossible,
    PoolRow,
    Rules,
    Unsound,
    agreement,
    canonical,
    chances,
    commitment,
    draw,
    published,
    seats,
    seats_for,
    seed,
    verify_published,
)

EVENT = "Bốc 6 thẻ số từ hộp kín, 09:00 ngày 10/12/2021"
NAMES = {"HV": "Hòa Vinh", "HT": "Hòa Hiệp Trung"}
FIFTEEN = Rules(EVENT, total=15)


def pool_of(**people: int) -> list[PoolRow]:
    return [PoolRow(f"{s}-{n:03d}", s) for s, size in people.items() for n in range(1, size + 1)]


SEED_PLAN = pool_of(HV=97, HT=90)


@st.composite
def pools(draws: st.DrawFn) -> list[PoolRow]:
    """Some people in up to three groups, some of them sharing a household of their group."""
    groups = draws(st.lists(st.sampled_from(["HV", "HT", "Nữ, HV", "Ẩ"]), min_size=1, max_size=3, unique=True))
    homes = st.one_of(st.none(), st.integers(1, 3))
    drawn = draws(st.lists(st.tuples(st.sampled_from(groups), homes), min_size=1, max_size=12))
    return [PoolRow(f"{s}-{n}", s, f"{s}/{home}" if home else None) for n, (s, home) in enumerate(drawn)]


@st.composite
def draws_of(choose: st.DrawFn) -> tuple[list[PoolRow], Rules, str]:
    """A pool, rules that it can meet, and a value of the event."""
    pool = choose(pools())
    each = choose(st.booleans())
    homes = {s: {(r.household or r.code) if each else r.code for r in pool if r.stratum == s} for _, s in _codes(pool)}
    quotas = {s: choose(st.integers(0, len(found))) for s, found in homes.items()}
    rules = Rules(EVENT, quotas=quotas, one_per_household=each)
    return pool, rules, choose(st.text("0123456789", min_size=1, max_size=6))


def _codes(pool: list[PoolRow]) -> list[tuple[str, str]]:
    return [(row.code, row.stratum) for row in pool]


def drawn(pool: list[PoolRow], rules: Rules, value: str) -> Any:
    return draw(pool, rules, seed(commitment(pool, rules), value))


class TestSeats:
    def test_the_seed_plan_gives_eight_and_seven(self) -> None:
        assert seats(15, {"HV": 97, "HT": 90}) == {"HT": 7, "HV": 8}

    @pytest.mark.parametrize(
        ("total", "eligible", "shared"),
        [
            (1, {"B": 5, "A": 5}, {"A": 1, "B": 0}),
            (3, {"A": 1, "B": 3, "C": 2}, {"A": 0, "B": 2, "C": 1}),
            (1, {"A": 1, "B": 1, "C": 2}, {"A": 0, "B": 0, "C": 1}),
            (2, {"A": 3, "B": 1}, {"A": 2, "B": 0}),
            (0, {}, {}),
            (4, {"A": 4, "B": 0}, {"A": 4, "B": 0}),
        ],
    )
    def test_equal_remainders_go_to_the_larger_group_then_by_name(
        self, total: int, eligible: dict[str, int], shared: dict[str, int]
    ) -> None:
        assert seats(total, eligible) == shared

    @given(st.dictionaries(st.text(max_size=3), st.integers(0, 500), min_size=1), st.data())
    def test_every_place_is_given_once_and_near_its_share(self, eligible: dict[str, int], data: st.DataObject) -> None:
        everyone = sum(eligible.values())
        total = data.draw(st.integers(0, everyone))
        shared = seats(total, eligible)
        assert sum(shared.values()) == total
        assert all(shared[s] <= n for s, n in eligible.items())
        assert all(abs(shared[s] - Fraction(total * n, everyone or 1)) < 1 for s, n in eligible.items())

    def test_too_few_people_in_all(self) -> None:
        with pytest.raises(Impossible, match=r"^Chưa bốc được: cần 15 người, chỉ có 9 người đủ điều kiện\.$"):
            seats(15, {"HV": 5, "HT": 4})

    def test_counts_are_not_negative(self) -> None:
        with pytest.raises(ValueError, match="never negative"):
            seats(-1, {"HV": 5})
        with pytest.raises(ValueError, match="never negative"):
            seats(1, {"HV": -5})


class TestRefusals:
    def test_a_short_group_is_named_with_its_figures(self) -> None:
        with pytest.raises(Impossible) as refusal:
            seats_for(pool_of(HV=20, HT=5), Rules(EVENT, quotas={"HV": 8, "HT": 7}), NAMES)
        assert str(refusal.value) == ("Chưa bốc được: Hòa Hiệp Trung cần 7 người, chỉ có 5 người đủ điều kiện.")
        (shortage,) = refusal.value.shortages
        assert (shortage.stratum, shortage.needed, shortage.available, shortage.missing) == ("HT", 7, 5, 2)

    def test_two_short_groups_stand_in_one_sentence(self) -> None:
        with pytest.raises(Impossible) as refusal:
            seats_for(pool_of(HV=1), Rules(EVENT, quotas={"HV": 2, "HT": 3}))
        assert str(refusal.value) == (
            "Chưa bốc được: HT cần 3 người, chỉ có 0 người đủ điều kiện; HV cần 2 người, chỉ có 1 người đủ điều kiện."
        )

    def test_people_enough_but_households_too_few(self) -> None:
        family = [PoolRow(f"HV-{n}", "HV", "H1") for n in range(4)]
        with pytest.raises(Impossible, match="HV cần 2 người, chỉ có 1 hộ đủ điều kiện, mỗi hộ một người"):
            seats_for(family, Rules(EVENT, quotas={"HV": 2}))
        assert seats_for(family, Rules(EVENT, quotas={"HV": 2}, one_per_household=False)) == {"HV": 2}

    @pytest.mark.parametrize(
        ("pool", "quotas", "words"),
        [
            ([PoolRow("A", "HV"), PoolRow("A", "HV")], {"HV": 1}, "Mã A có 2 lần"),
            ([PoolRow("A", "HV"), PoolRow("B", "HT")], {"HV": 1}, "HT có 1 người đủ điều kiện"),
            ([PoolRow("A", "HV", "H1"), PoolRow("B", "HT", "H1")], {"HV": 1, "HT": 1}, "Hộ H1 có người ở hai nhóm"),
            ([PoolRow("A\nB", "HV")], {"HV": 1}, "không in được"),
            ([PoolRow("", "HV")], {"HV": 1}, "để trống"),
            ([PoolRow("A", " HV")], {" HV": 1}, "để trống hoặc"),
        ],
    )
    def test_a_contradictory_pool_is_refused_before_it_is_frozen(
        self, pool: list[PoolRow], quotas: dict[str, int], words: str
    ) -> None:
        with pytest.raises(Unsound, match=words):
            seats_for(pool, Rules(EVENT, quotas=quotas))

    @pytest.mark.parametrize(
        ("event", "quotas", "total"),
        [(EVENT, None, None), (EVENT, {"A": 1}, 1), (" ", None, 1), (EVENT, {"A": -1}, None)],
    )
    def test_rules_say_one_thing(self, event: str, quotas: dict[str, int] | None, total: int | None) -> None:
        with pytest.raises(ValueError, match=r"rules need|never negative"):
            Rules(event, quotas=quotas, total=total)

    def test_a_seed_is_hexadecimal_and_an_event_has_a_value(self) -> None:
        with pytest.raises(ValueError, match="64"):
            draw(SEED_PLAN, FIFTEEN, "407183")
        with pytest.raises(ValueError, match="no value"):
            seed(commitment(SEED_PLAN, FIFTEEN), " ")


class TestCommitment:
    def test_the_canonical_text_is_this_one(self) -> None:
        rows = [PoolRow("HV-2", "HV"), PoolRow("HT-1", "HT", "h9")]
        assert canonical(rows, Rules("Xổ số", quotas={"HV": 1, "HT": 0})).decode() == (
            '[[["HT-1","HT","h9"],["HV-2","HV",null]],{"event":"Xổ số","method":"doithoai-draw-1",'
            '"one_per_household":true,"quotas":[["HT",0],["HV",1]],"total":null}]'
        )

    def test_the_order_of_rows_does_not_matter(self) -> None:
        assert commitment(SEED_PLAN[::-1], FIFTEEN) == commitment(SEED_PLAN, FIFTEEN)

    @pytest.mark.parametrize(
        "rules",
        [Rules(EVENT, total=14), Rules("khác", total=15), Rules(EVENT, total=15, one_per_household=False)],
    )
    def test_any_change_of_the_rules_changes_it(self, rules: Rules) -> None:
        assert commitment(SEED_PLAN, rules) != commitment(SEED_PLAN, FIFTEEN)

    def test_any_change_of_the_pool_changes_it(self) -> None:
        moved = [PoolRow("HV-001", "HT"), *SEED_PLAN[1:]]
        housed = [PoolRow("HV-001", "HV", "h1"), *SEED_PLAN[1:]]
        assert len({commitment(pool, FIFTEEN) for pool in (SEED_PLAN, moved, housed, SEED_PLAN[1:])}) == 4

    def test_every_step_can_be_done_by_hand(self) -> None:
        commit = hashlib.sha256(canonical(SEED_PLAN, FIFTEEN)).hexdigest()
        by_hand = hashlib.sha256(f"{commit}\n407183".encode()).hexdigest()
        assert (commitment(SEED_PLAN, FIFTEEN), seed(commit, "407183")) == (commit, by_hand)
        lots = {r.code: hashlib.sha256(f"{by_hand}\n{r.stratum}\n{r.code}".encode()).hexdigest() for r in SEED_PLAN}
        in_order = sorted((code for code in lots if code.startswith("HV")), key=lots.__getitem__)
        result = draw(SEED_PLAN, FIFTEEN, by_hand)
        assert [*result.chosen["HV"], *result.reserves["HV"]] == in_order
        assert len(result.chosen["HV"]) == 8


class TestDraw:
    @given(draws_of())
    def test_everybody_is_chosen_reserve_or_passed_over_once(self, case: tuple[list[PoolRow], Rules, str]) -> None:
        pool, rules, value = case
        result = drawn(pool, rules, value)
        placed = [(c, s) for part in (result.chosen, result.reserves) for s, codes in part.items() for c in codes]
        assert Counter(c for c, _ in placed) + Counter(result.skipped.keys()) == Counter(r.code for r in pool)
        assert set(placed) <= set(_codes(pool))
        assert {s: len(codes) for s, codes in result.chosen.items()} == result.seats == rules.quotas

    @given(draws_of())
    def test_one_of_a_household_at_most_stands_in_the_order(self, case: tuple[list[PoolRow], Rules, str]) -> None:
        pool, rules, value = case
        result = drawn(pool, rules, value)
        home = {row.code: row.household for row in pool}
        placed = [c for part in (result.chosen, result.reserves) for codes in part.values() for c in codes]
        homes = Counter(home[code] for code in placed if home[code])
        assert max(homes.values(), default=0) <= 1 or not rules.one_per_household
        assert all(home[code] == home[earlier] and earlier in placed for code, earlier in result.skipped.items())

    @given(draws_of())
    def test_the_chances_of_a_group_add_up_to_its_places(self, case: tuple[list[PoolRow], Rules, str]) -> None:
        pool, rules, value = case
        result = drawn(pool, rules, value)
        for stratum, places in result.seats.items():
            assert sum(result.chances[r.code] for r in pool if r.stratum == stratum) == places
        assert set(result.chances) == {row.code for row in pool}

    @given(draws_of(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_never_matters(self, case: tuple[list[PoolRow], Rules, str], chance: Any) -> None:
        pool, rules, value = case
        shuffled = list(pool)
        chance.shuffle(shuffled)
        assert drawn(shuffled, rules, value) == drawn(pool, rules, value)

    def test_an_order_worked_out_with_sha256sum_in_a_shell(self) -> None:
        result = drawn(pool_of(HV=5), Rules("Xổ số", total=2), "407183")
        assert (result.chosen, result.reserves) == (
            {"HV": ("HV-004", "HV-005")},
            {"HV": ("HV-003", "HV-001", "HV-002")},
        )


class TestChances:
    def test_without_households_it_is_places_over_people(self) -> None:
        found = chances(SEED_PLAN, FIFTEEN)
        assert (found["HV-041"], found["HT-007"]) == (Fraction(8, 97), Fraction(7, 90))

    @given(pools(), st.integers(1, 3))
    def test_they_are_what_counting_every_order_gives(self, pool: list[PoolRow], places: int) -> None:
        pool = [row for row in pool if row.stratum == pool[0].stratum][:6]
        assume(len({row.household or row.code for row in pool}) >= places)
        rules = Rules(EVENT, total=places)
        wins: Counter[str] = Counter()
        orders = list(permutations(pool))
        for order in orders:
            firsts = {row.household or row.code: row.code for row in reversed(order)}
            standing = [row.code for row in order if row.code in firsts.values()]
            wins.update(standing[:places])
        assert chances(pool, rules) == {row.code: Fraction(wins[row.code], len(orders)) for row in pool}

    def test_lots_fall_evenly(self) -> None:
        """Chi-square over 10,000 draws of 5 from 25: 24 degrees of freedom, 0.1 % is beyond 51.2."""
        pool, rules = pool_of(HV=25), Rules(EVENT, total=5)
        wins = Counter(c for n in range(10_000) for c in drawn_codes(pool, rules, f"{n:06d}"))
        spread = sum((wins[row.code] - 2000) ** 2 / (2000 * (1 - 5 / 25)) for row in pool)
        assert spread < 51.2

    def test_every_place_in_the_order_is_as_likely_for_everybody(self) -> None:
        """Chi-square of person by place over 3,000 whole orders of six: 25 degrees of freedom, 0.1 % is 52.6."""
        pool, rules = pool_of(HV=6), Rules(EVENT, total=6)
        seen = Counter((c, at) for n in range(3000) for at, c in enumerate(drawn_codes(pool, rules, f"{n}")))
        assert sum((count - 500) ** 2 / 500 for count in seen.values()) < 52.6
        assert len(seen) == 36

    def test_households_fall_as_the_exact_chances_say(self) -> None:
        pool = [*pool_of(HV=6), *(PoolRow(f"HV-1{n}", "HV", "h1") for n in range(3))]
        rules = Rules(EVENT, total=3)
        wins = Counter(c for n in range(3000) for c in drawn_codes(pool, rules, f"{n}"))
        expected = chances(pool, rules)
        assert all(
            abs(wins[code] - 3000 * chance) < 4 * (3000 * chance * (1 - chance)) ** 0.5
            for code, chance in expected.items()
        )
        assert expected["HV-001"] != expected["HV-10"]


def drawn_codes(pool: list[PoolRow], rules: Rules, value: str) -> list[str]:
    """The chosen of a pool of one group, without the arithmetic of chances."""
    document = published(pool, rules, value=value, source="")
    return list(document["result"]["chosen"]["HV"])


def document_of(pool: list[PoolRow] = SEED_PLAN, rules: Rules = FIFTEEN) -> Any:
    """A published draw as it comes back from its file."""
    return json.loads(json.dumps(published(pool, rules, value="407183", source="Biên bản bốc thăm", names=NAMES)))


class TestPublished:
    def test_it_says_all_that_is_needed(self) -> None:
        doc = document_of()
        assert doc["event"] == {"name": EVENT, "value": "407183", "source": "Biên bản bốc thăm"}
        assert doc["commitment"] == commitment(SEED_PLAN, FIFTEEN)
        assert len(doc["pool"]) == 187
        assert {s: len(codes) for s, codes in doc["result"]["chosen"].items()} == {"HV": 8, "HT": 7}
        assert verify_published(doc, doc["commitment"]) == []
        assert agreement(doc) == "Khớp hoàn toàn. Được chọn: khớp 15/15."

    def test_it_is_the_draw(self) -> None:
        doc, result = document_of(), drawn(SEED_PLAN, FIFTEEN, "407183")
        assert {s: tuple(codes) for s, codes in doc["result"]["chosen"].items()} == result.chosen
        assert {s: tuple(codes) for s, codes in doc["result"]["reserves"].items()} == result.reserves

    def test_text_and_bytes_are_read_too(self) -> None:
        text = json.dumps(document_of(), ensure_ascii=False)
        assert verify_published(text) == verify_published(text.encode()) == []

    def test_a_swapped_name_is_found_at_its_place(self) -> None:
        doc = document_of()
        chosen = doc["result"]["chosen"]["HV"]
        true, chosen[2] = chosen[2], doc["result"]["reserves"]["HV"][0]
        first = verify_published(doc)[0]
        assert (first.what, first.written, first.computed) == ("HV, thứ 3", chosen[2], true)
        assert first.sentence == f"HV, thứ 3: tệp ghi {chosen[2]}, tính lại được {true}."

    def test_a_changed_pool_recomputed_shows_only_against_the_notice(self) -> None:
        forged = document_of(SEED_PLAN[:-1])
        assert verify_published(forged) == []
        printed = commitment(SEED_PLAN, FIFTEEN)
        found = verify_published(forged, " ".join(printed[i : i + 8] for i in range(0, 64, 8)))
        assert [difference.what for difference in found] == ["Mã trong thông báo"]

    @pytest.mark.parametrize(
        ("path", "value", "what"),
        [
            (("commitment",), "00", "Mã đối chiếu"),
            (("seed",), "00", "Hạt giống"),
            (("event", "name"), "Việc khác", "Sự kiện"),
            (("event", "value"), "407184", "Hạt giống"),
            (("rules", "total"), 14, "Mã đối chiếu"),
            (("pool", 0, 1), "HV", "Mã đối chiếu"),
            (("result", "chosen", "HX"), [], "Nhóm"),
            (("result", "reserves", "HV"), [], "Lá thăm, HV"),
            (("rules", "total"), 500, "Mã đối chiếu"),
            (("pool", 1, 0), "HT-001", "Mã đối chiếu"),
        ],
    )
    def test_every_change_is_found(self, path: tuple[Any, ...], value: object, what: str) -> None:
        doc = document_of()
        within = doc
        for step in path[:-1]:
            within = within[step]
        within[path[-1]] = value
        assert verify_published(doc)[0].what == what

    @pytest.mark.parametrize(
        "content",
        [
            "",
            "[]",
            "{}",
            "null",
            '"x"',
            "[" * 100_000,
            b"\xff",
            '{"rules": 5}',
            '{"rules": {"method": "doithoai-draw-1"}}',
        ],
    )
    def test_another_file_gets_one_answer(self, content: str | bytes) -> None:
        (difference,) = verify_published(content)
        assert difference.what == "Mẫu của tệp"

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("rules", "total"), True),
            (("rules", "total"), 15.0),
            (("rules", "one_per_household"), 1),
            (("rules", "method"), "khác"),
            (("pool", 0, 0), 7),
            (("pool", 0), ["A"]),
            (("event", "value"), 407183),
            (("event", "value"), ""),
            (("result", "chosen", "HV"), "HV-001"),
            (("result",), {}),
        ],
    )
    def test_a_part_of_the_wrong_kind_is_no_published_draw(self, path: tuple[Any, ...], value: object) -> None:
        doc = document_of()
        within = doc
        for step in path[:-1]:
            within = within[step]
        within[path[-1]] = value
        assert [difference.what for difference in verify_published(doc)] == ["Mẫu của tệp"]
