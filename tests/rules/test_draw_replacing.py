"""Who is called to a free place: the first by lot with whom every quota is kept, otherwise the first."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.draw import Feature, Successor, successor

FEATURES = (Feature("Giới tính", {"nam": (2, 3), "nữ": (1, 2)}), Feature("Tuổi", {"trẻ": (0, 4), "già": (1, 2)}))


def test_the_lot_decides_among_those_who_fit() -> None:
    held = ["nam|trẻ", "nam|già", "nữ|trẻ"]
    assert successor(FEATURES, held, ["nữ|già", "nam|trẻ"]) == Successor(0, ())
    assert successor(FEATURES, [*held[:2], "nam|trẻ"], ["nam|trẻ", "nam|già", "nữ|già", "nữ|trẻ"]) == Successor(2, ())


def test_where_nobody_fits_it_is_the_first_and_what_is_missed_is_said() -> None:
    found = successor(FEATURES, ["nam|trẻ", "nam|trẻ", "nam|trẻ"], ["nam|trẻ", "nam|già"])
    assert found == Successor(
        0,
        (
            "Giới tính: nam có 4 người, nhiều nhất 3",
            "Giới tính: nữ chỉ có 0 người, cần ít nhất 1",
            "Tuổi: già chỉ có 0 người, cần ít nhất 1",
        ),
    )
    assert found.sentence == (
        "Không dự bị nào giữ được mọi hạn ngạch, nên gọi người đầu tiên: Giới tính: nam có 4 người, nhiều nhất 3; "
        "Giới tính: nữ chỉ có 0 người, cần ít nhất 1; Tuổi: già chỉ có 0 người, cần ít nhất 1."
    )


def test_nobody_waits() -> None:
    assert successor(FEATURES, [], []) is None
    assert Successor(0, ()).sentence == ""


STRATA = st.tuples(st.sampled_from(["nam", "nữ"]), st.sampled_from(["trẻ", "già"])).map("|".join)


@given(held=st.lists(STRATA, max_size=5), waiting=st.lists(STRATA, min_size=1, max_size=8))
def test_it_agrees_with_looking_at_everybody(held: list[str], waiting: list[str]) -> None:
    def kept(stratum: str) -> bool:
        counted = Counter(value for row in [*held, stratum] for value in row.split("|"))
        return all(
            least <= counted[value] <= most for feature in FEATURES for value, (least, most) in feature.bounds.items()
        )

    found = successor(FEATURES, held, waiting)
    assert found is not None
    fitting = [place for place, stratum in enumerate(waiting) if kept(stratum)]
    assert found.place == next(iter(fitting), 0)
    assert bool(found.missed) == (not fitting)
