"""The queue of a sitting, its reasons, and the timers."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.floor import (
    Clock,
    ClockRefused,
    NoReason,
    Override,
    Tally,
    Waiting,
    forecast,
    left,
    minutes_per_turn,
    order,
    pause,
    resume,
    seconds_per_turn,
    spent_at,
    start,
    stop,
)

NAMES = {"HV": "Hòa Vinh", "HT": "Hòa Hiệp Trung", "TT": "Trung tâm"}
NINE = datetime(2021, 12, 22, 2, 0, tzinfo=UTC)


def waiting(*turns: str) -> list[Waiting]:
    """`HV7` waits at Hòa Vinh in place 7; a star behind it has spoken before, a dash asked to speak later."""
    return [
        Waiting(turn.rstrip("*-"), turn[:2], int(turn[2:].rstrip("*-")), "*" in turn, "-" in turn) for turn in turns
    ]


def queue(*turns: str, spoken: dict[str, Tally] | None = None) -> list[str]:
    return [place.turn for place in order(waiting(*turns), spoken or {})]


@st.composite
def halls(draw: st.DrawFn) -> tuple[list[Waiting], dict[str, Tally]]:
    venues = st.sampled_from(list(NAMES))
    people = draw(st.lists(st.tuples(venues, st.booleans(), st.booleans()), max_size=12))
    turns = [Waiting(f"L{n}", venue, n, *rest) for n, (venue, *rest) in enumerate(people, start=1)]
    tally = st.builds(Tally, st.integers(0, 6), st.integers(0, 6000))
    return turns, draw(st.dictionaries(venues, tally))


class TestOrder:
    def test_the_venue_that_spoke_less_goes_first_and_is_told_why(self) -> None:
        spoken = {"HV": Tally(4, 3600), "HT": Tally(2, 1800)}
        first = order(waiting("HV8", "HV10", "HT7", "HT9"), spoken, NAMES)[0]
        assert (first.turn, first.rule) == ("HT7", "venue")
        assert first.why == "Hòa Hiệp Trung mới nói 2 lượt, Hòa Vinh đã 4."

    def test_a_venue_that_has_said_nothing(self) -> None:
        first = order(waiting("HV1", "HT2"), {"HV": Tally(1)}, NAMES)[0]
        assert first.why == "Hòa Hiệp Trung chưa nói lượt nào, Hòa Vinh đã 1."

    def test_turns_are_weighed_against_those_still_waiting(self) -> None:
        first = order(waiting("HT1", *(f"HV{n}" for n in range(2, 8))), {"HV": Tally(3), "HT": Tally(3)}, NAMES)[0]
        assert first.turn == "HV2"
        assert first.why == "Hòa Vinh mới nói 3/9 lượt, Hòa Hiệp Trung đã 3/4."

    def test_of_three_venues_the_furthest_is_named(self) -> None:
        spoken = {"HV": Tally(2), "HT": Tally(1), "TT": Tally(3)}
        first = order(waiting("HV1", "HT2", "TT3"), spoken, NAMES)[0]
        assert first.why == "Hòa Hiệp Trung mới nói 1 lượt, Trung tâm đã 3."

    def test_equal_turns_are_parted_by_time(self) -> None:
        spoken = {"HV": Tally(2, 1985), "HT": Tally(2, 1500)}
        first = order(waiting("HV1", "HT2"), spoken, NAMES)[0]
        assert (first.turn, first.rule) == ("HT2", "time")
        assert first.why == "Hòa Hiệp Trung mới nói 25 phút 00 giây, Hòa Vinh đã 33 phút 05 giây."

    def test_who_has_not_spoken_goes_before_who_has(self) -> None:
        first = order(waiting("HV1*", "HV2"), {}, NAMES)[0]
        assert (first.turn, first.rule, first.why) == ("HV2", "first", "Lần đầu phát biểu.")

    def test_then_the_position_counts(self) -> None:
        first = order(waiting("HV5", "HV3", "HV4"), {}, NAMES)[0]
        assert (first.turn, first.rule, first.why) == ("HV3", "position", "Theo thứ tự trong danh sách, số 3.")

    def test_both_reasons_are_told_together(self) -> None:
        first = order(waiting("HV1", "HT2*", "HT3"), {"HV": Tally(1)}, NAMES)[0]
        assert first.turn == "HT3"
        assert first.why == "Hòa Hiệp Trung chưa nói lượt nào, Hòa Vinh đã 1; lần đầu phát biểu."

    def test_places_behind_tell_no_figures_that_are_not_facts_yet(self) -> None:
        places = order(waiting("HV1", "HT2", "HT3", "HV4"), {"HV": Tally(1)}, NAMES)
        assert [(place.turn, place.why) for place in places] == [
            ("HT2", "Hòa Hiệp Trung chưa nói lượt nào, Hòa Vinh đã 1."),
            ("HV1", "Đến lượt Hòa Vinh."),
            ("HT3", "Đến lượt Hòa Hiệp Trung."),
            ("HV4", "Người cuối cùng trong hàng chờ."),
        ]

    def test_who_asked_to_speak_later_stands_behind(self) -> None:
        places = order(waiting("HV1-", "HV2-", "HV3"), {}, NAMES)
        assert [(place.turn, place.rule) for place in places] == [
            ("HV3", "position"),
            ("HV1", "later"),
            ("HV2", "only"),
        ]
        assert places[1].why == "Đã xin nói sau."

    def test_venues_alternate_in_the_measure_of_their_people(self) -> None:
        called = queue(*(f"HV{n}" for n in range(1, 9)), *(f"HT{n}" for n in range(9, 13)))
        assert [turn[:2] for turn in called[:6]].count("HT") == 2

    def test_an_empty_hall(self) -> None:
        assert order([], {"HV": Tally(3)}, NAMES) == []

    @given(halls())
    def test_everybody_has_one_place(self, hall: tuple[list[Waiting], dict[str, Tally]]) -> None:
        turns, spoken = hall
        assert Counter(place.turn for place in order(turns, spoken)) == Counter(turn.turn for turn in turns)

    @given(halls(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_never_matters(
        self, hall: tuple[list[Waiting], dict[str, Tally]], chance: object
    ) -> None:
        turns, spoken = hall
        shuffled = list(turns)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert order(shuffled, spoken) == order(turns, spoken)

    @given(halls())
    def test_nobody_of_a_venue_that_had_less_waits_behind(self, hall: tuple[list[Waiting], dict[str, Tally]]) -> None:
        turns, spoken = hall
        ready = [turn for turn in turns if not turn.later] or turns
        if turns:
            size = Counter(turn.venue for turn in turns)
            had = {venue: spoken.get(venue, Tally()).turns for venue in size}
            part = {venue: Fraction(had[venue], had[venue] + size[venue]) for venue in size}
            first = next(turn for turn in turns if turn.turn == order(turns, spoken)[0].turn)
            assert part[first.venue] == min(part[turn.venue] for turn in ready)

    @given(halls())
    def test_every_place_has_one_sentence(self, hall: tuple[list[Waiting], dict[str, Tally]]) -> None:
        for place in order(*hall, NAMES):
            assert place.why.endswith(".")
            assert place.why[0].isupper()
            assert not place.why.endswith("..")


class TestOverride:
    def test_the_chair_calls_with_a_reason(self) -> None:
        places = order(waiting("HV1", "HV2", "HV3"), {}, NAMES, [Override("HV3", " bà đang mệt. ")])
        assert [(place.turn, place.rule) for place in places][:2] == [("HV3", "chair"), ("HV1", "position")]
        assert places[0].why == "Chủ trì mời trước: bà đang mệt."

    def test_calls_stand_in_their_order_and_a_done_one_is_passed_over(self) -> None:
        calls = [Override("HV9", "đã nói xong"), Override("HV3", "một"), Override("HV2", "hai")]
        assert [place.turn for place in order(waiting("HV1", "HV2", "HV3"), {}, NAMES, calls)] == ["HV3", "HV2", "HV1"]

    def test_a_call_counts_for_its_venue(self) -> None:
        places = order(waiting("HV1", "HV2", "HT3", "HT4"), {}, NAMES, [Override("HT4", "cần về sớm")])
        assert [place.turn for place in places][:2] == ["HT4", "HV1"]

    @pytest.mark.parametrize("reason", ["", "  ", "\n"])
    def test_without_a_reason_it_cannot_be(self, reason: str) -> None:
        with pytest.raises(NoReason, match=r"^Chưa đổi thứ tự được: cần nêu lý do"):
            Override("HV1", reason)


def at(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


class TestClock:
    def test_a_turn_with_a_pause(self) -> None:
        running = start(Clock(), at(0))
        paused = pause(running, at(100))
        again = resume(paused, at(160))
        assert (paused, again) == (Clock(None, 100), Clock(at(160), 100))
        assert [left(again, at(160 + n), 120) for n in (0, 20, 50)] == [20, 0, -30]
        assert stop(again, at(170)) == Clock(None, 110)
        assert stop(paused, at(500)) == paused

    def test_pauses_do_not_run(self) -> None:
        paused = Clock(None, 100)
        assert spent_at(paused, at(0)) == spent_at(paused, at(9999)) == 100

    def test_a_clock_set_back_counts_nothing(self) -> None:
        assert spent_at(Clock(at(10), 5), at(0)) == 5

    def test_parts_of_seconds_are_dropped(self) -> None:
        assert spent_at(Clock(at(0)), at(59.999)) == 59

    @pytest.mark.parametrize("clock", [Clock(at(0)), Clock(None, 5)])
    def test_a_turn_starts_once(self, clock: Clock) -> None:
        with pytest.raises(ClockRefused, match="đã chạy"):
            start(clock, at(10))

    def test_only_a_running_timer_pauses_and_only_a_standing_one_resumes(self) -> None:
        with pytest.raises(ClockRefused, match="không chạy"):
            pause(Clock(None, 5), at(10))
        with pytest.raises(ClockRefused, match="đang chạy"):
            resume(Clock(at(0)), at(10))

    @given(st.lists(st.integers(0, 3600), min_size=1, max_size=8))
    def test_time_is_neither_lost_nor_gained_over_pauses(self, spans: list[int]) -> None:
        clock, now, ran = Clock(), 0, 0
        for index, span in enumerate(spans):
            clock = resume(clock, at(now)) if index else start(clock, at(now))
            clock = pause(clock, at(now + span))
            now, ran = now + 2 * span, ran + span
        assert clock == Clock(None, ran)


class TestMinutes:
    @pytest.mark.parametrize(
        ("minutes", "overhead", "each"), [(240, 0, 16), (210, 0, 14), (240, 30, 14), (210, 30, 12), (100, 0, 6)]
    )
    def test_the_seed_plan(self, minutes: int, overhead: int, each: int) -> None:
        assert minutes_per_turn(minutes, 15, overhead) == each

    def test_seconds_keep_the_rest(self) -> None:
        assert seconds_per_turn(100, 15) == 400

    @pytest.mark.parametrize(("minutes", "expected", "overhead"), [(240, 0, 0), (30, 15, 30), (20, 15, 30)])
    def test_nothing_to_share(self, minutes: int, expected: int, overhead: int) -> None:
        assert minutes_per_turn(minutes, expected, overhead) == seconds_per_turn(minutes, expected, overhead) == 0


class TestForecast:
    def test_late_by_four_minutes_and_what_would_fit(self) -> None:
        ahead = forecast(at(0), at(8760), current_left=312, waiting=9, allotted=960)
        assert ahead.done_at == at(312 + 9 * 960)
        assert (ahead.over, ahead.fitting) == (192, 938)

    def test_in_time(self) -> None:
        assert forecast(at(0), at(1000), current_left=-30, waiting=1, allotted=600).over == 0

    def test_nobody_waits_and_no_time_is_left(self) -> None:
        assert forecast(at(0), at(60), current_left=100, waiting=0, allotted=960).fitting is None
        ended = forecast(at(100), at(60), current_left=0, waiting=2, allotted=10)
        assert (ended.over, ended.fitting) == (60, 0)
