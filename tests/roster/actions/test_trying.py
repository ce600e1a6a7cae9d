"""Quotas that the worker tries: found for the very list, told how far, dropped on the way, begun anew after a crash."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from doithoai.kernel import clock
from doithoai.kernel.access import NotNow
from doithoai.ops.work import once
from doithoai.roster.actions import trying
from doithoai.roster.actions.gathering import Grounds, by_share, counted, gather, table_for, values_of
from doithoai.roster.actions.trying import Wish
from doithoai.roster.models import Record, Trial
from doithoai.roster.queries import eligible
from doithoai.rules import draw as lots
from tests.roster.scene import Scene, length


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list counts as too large to be tried while somebody waits."""
    monkeypatch.setattr(trying, "AT_ONCE", 0)


def wish(scene: Scene, seats: int = 15, **sexes: tuple[int, int]) -> Wish:
    gathered = gather(scene.morning, Grounds())
    values = [values_of(one.person, scene.morning) for one in gathered.people]
    bounds = {name: by_share(of, seats) for name, of in counted(scene.morning, gathered.wards, values).items()}
    return Wish(Grounds(), {**bounds, "Giới tính": {**bounds["Giới tính"], **sexes}}, seats)


def begun(scene: Scene, wished: Wish | None = None) -> Trial:
    return trying.begin(scene.morning, wished or wish(scene), asked="xem=1&cach=nhieu", now=scene.now)


def found(scene: Scene, wished: Wish | None = None) -> trying.Table:
    return trying.found_table(scene.morning, wished or wish(scene))


@pytest.fixture
def taken(scene: Scene) -> Scene:
    """The scene with its records, whose clock is the machine's."""
    scene.take()
    return scene


class TestWorker:
    def test_what_it_finds_is_what_would_be_found_at_once(self, taken: Scene) -> None:
        wished, before = wish(taken), length()
        trial = begun(taken, wished)
        assert trial.state == "waiting"
        assert trying.try_waiting() == 1
        people = gather(taken.morning, Grounds()).people
        assert found(taken, wished) == table_for(taken.morning, people, wished.bounds, 15, Grounds())
        assert length() == before
        assert trying.try_waiting() == 0

    def test_work_does_it_among_everything_else(self, taken: Scene) -> None:
        begun(taken)
        assert once() >= 1
        assert Trial.objects.get().state == "solved"

    def test_a_small_list_is_tried_at_once(self, taken: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(trying, "AT_ONCE", 60)
        assert begun(taken).state == "solved"
        assert found(taken).total == 15

    def test_impossible_quotas_are_refused_with_why(self, taken: Scene) -> None:
        wished = wish(taken, nam=(10, 15), nữ=(10, 15))
        begun(taken, wished)
        trying.try_waiting()
        with pytest.raises(NotNow, match="các mức ít nhất cộng lại 20 người, chỉ có 15 chỗ") as refused:
            found(taken, wished)
        assert Trial.objects.get().problem == refused.value.reason

    def test_quotas_that_contradict_themselves_need_no_search(self, taken: Scene) -> None:
        trial = begun(taken, wish(taken, nam=(9, 2)))
        assert trial.state == "refused"
        assert "ít nhất 9, nhiều nhất 2 là trái nhau" in trial.problem

    def test_the_worker_says_how_far_it_is(self, taken: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[int] = []
        monkeypatch.setattr(trying, "TELLS", 1)
        during(monkeypatch, lambda: told.append(Trial.objects.get().done))
        begun(taken)
        trying.try_waiting()
        assert told[:3] == [1, 2, 3]


def during(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have something happen after each thing the worker tells."""
    teller = trying._teller

    def also(trial: Trial) -> Callable[[int], None]:
        tell = teller(trial)

        def told(count: int) -> None:
            tell(count)
            act()

        return told

    monkeypatch.setattr(trying, "_teller", also)


class TestDropping:
    @pytest.mark.parametrize("tells", [1, 10_000])
    def test_a_trial_dropped_on_the_way_leaves_nothing(
        self, taken: Scene, monkeypatch: pytest.MonkeyPatch, tells: int
    ) -> None:
        monkeypatch.setattr(trying, "TELLS", tells)
        during(monkeypatch, lambda: trying.drop(taken.morning))
        begun(taken)
        trying.try_waiting()
        assert not Trial.objects.exists()

    def test_other_quotas_take_the_place_of_the_first(self, taken: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = wish(taken), wish(taken, nam=(1, 14), nữ=(1, 14))
        asked: list[Trial] = []
        during(monkeypatch, lambda: asked or asked.append(begun(taken, second)))
        begun(taken, first)
        assert trying.try_waiting() == 2
        with pytest.raises(NotNow, match="xin tính thử lại"):
            found(taken, first)
        assert dict(found(taken, second).features[1].bounds) == {"nam": (1, 14), "nữ": (1, 14)}

    def test_asking_for_the_same_again_does_not_begin_anew(self, taken: Scene) -> None:
        begun(taken)
        trying.try_waiting()
        before = Trial.objects.get()
        again = trying.begin(taken.morning, wish(taken), asked="xem=1&cach=nhieu&thang=0", now=taken.now)
        assert (again.pk, again.state) == (before.pk, "solved")
        assert Trial.objects.get().asked == "xem=1&cach=nhieu&thang=0"

    def test_a_list_that_changed_meanwhile_is_not_worked_for(self, taken: Scene) -> None:
        begun(taken)
        Record.objects.filter(person=eligible(taken.morning)[0].person).delete()
        trying.try_waiting()
        assert not Trial.objects.exists()

    def test_a_table_is_not_taken_for_a_list_that_changed(self, taken: Scene) -> None:
        begun(taken)
        trying.try_waiting()
        Record.objects.filter(person=eligible(taken.morning)[0].person).delete()
        with pytest.raises(NotNow, match="xin tính thử lại rồi chốt"):
            found(taken)

    def test_freezing_ends_it_and_nothing_is_tried_afterwards(self, taken: Scene) -> None:
        begun(taken)
        with pytest.raises(NotNow, match="máy đang tính"):
            found(taken)
        taken.freeze()
        assert not Trial.objects.exists()
        with pytest.raises(NotNow, match="đã chốt nên không tính thử nữa"):
            begun(taken)


class TestCrash:
    def crashed(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
        """A worker that dies in the middle of the search."""
        begun(scene)
        solve = lots.solve

        def die(*_args: object) -> lots.Lottery:
            raise MemoryError

        monkeypatch.setattr(lots, "solve", die)
        assert trying.try_waiting() == 1
        assert Trial.objects.get().state == "solving"
        return solve

    def test_another_begins_anew_once_it_has_been_silent(self, taken: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        solve = self.crashed(taken, monkeypatch)
        monkeypatch.setattr(lots, "solve", solve)
        assert trying.try_waiting() == 0
        Trial.objects.update(beat_at=clock.now() - trying.SILENT - timedelta(seconds=1))
        assert trying.try_waiting() == 1
        assert found(taken).total == 15

    def test_what_kills_every_worker_is_refused(self, taken: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        self.crashed(taken, monkeypatch)
        for _ in range(trying.MOST_TRIES):
            Trial.objects.update(beat_at=clock.now() - trying.SILENT - timedelta(seconds=1))
            assert trying.try_waiting() == 1
        with pytest.raises(NotNow, match="Máy chủ dừng nhiều lần khi tính"):
            found(taken)
        assert trying.try_waiting() == 0


def test_a_wish_comes_back_from_its_column(taken: Scene) -> None:
    wished = wish(taken)
    begun(taken, wished)
    assert Wish.read(Trial.objects.get().quotas) == wished


def test_a_table_is_of_its_sitting_alone(taken: Scene) -> None:
    begun(taken)
    trying.try_waiting()
    with pytest.raises(NotNow, match="xin tính thử lại"):
        trying.found_table(taken.afternoon, wish(taken))
