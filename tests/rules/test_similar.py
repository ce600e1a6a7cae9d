"""Alike texts: the same words found whatever their diacritics, twins of invented speech found, nothing by chance."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules import postings
from doithoai.rules.similar import LEAST, PIECES, SMALL, STEP, TOGETHER, Index, shared
from doithoai.sample.people import pick
from doithoai.sample.speech import Speech, speech_for

PAPER = "Nộp hồ sơ trực tuyến rồi vẫn bắt nộp lại bản giấy"
TWIN = "Tôi nộp hồ sơ trực tuyến mà vẫn bắt nộp lại bản giấy"
OTHER = "Xin mở cửa thêm sáng thứ Bảy cho công nhân"
WORDS = ["nộp", "hồ", "sơ", "giấy", "phép", "nhà", "đất", "chợ", "thuế", "ngày", "hẹn", "trễ", "xin", "mở", "cửa"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


def three() -> Index:
    return Index([("A", PAPER), ("B", TWIN), ("C", OTHER)])


class TestNearest:
    def test_the_likest_comes_first_with_what_both_say(self) -> None:
        found = three().nearest(PAPER)
        assert [near.code for near in found] == ["A", "B"]
        assert found[0].score == pytest.approx(1.0)
        assert found[1].shared == ("vẫn bắt nộp lại bản giấy", "nộp hồ sơ trực tuyến")
        assert 60 <= found[1].percent < 100

    def test_diacritics_case_and_points_do_not_matter(self) -> None:
        near = three().nearest("NOP HO SO TRUC TUYEN ROI, VAN BAT NOP LAI BAN GIAY!!!", 1)[0]
        assert (near.code, near.percent) == ("A", 100)

    def test_old_and_new_places_of_the_tone_meet(self) -> None:
        index = Index([("A", "thuỷ lợi hoà bình"), ("B", OTHER)])
        assert index.nearest("thủy lợi hòa bình", 1)[0].percent == 100

    def test_what_shares_nothing_is_not_found(self) -> None:
        assert three().nearest("zzz qqq", 3) == []
        assert three().nearest("", 3) == []
        assert Index().nearest(PAPER) == []

    def test_only_the_codes_asked_for(self) -> None:
        assert [near.code for near in three().nearest(PAPER, among=["B", "C", "không có"])] == ["B"]

    def test_of_equal_likeness_the_earlier_comes_first(self) -> None:
        index = Index([("Z", PAPER), ("A", PAPER), ("M", OTHER)])
        assert [near.code for near in index.nearest(PAPER)] == ["Z", "A"]

    def test_a_text_added_later_is_found_and_a_known_code_stays(self) -> None:
        index = three()
        index.nearest(PAPER)
        index.add("D", "Đò ngang không chạy buổi tối")
        index.add("A", "chữ khác hẳn")
        assert len(index) == 4
        assert "D" in index
        assert index.nearest("đò ngang buổi tối", 1)[0].code == "D"
        assert index.nearest("chữ khác hẳn") == []

    def test_a_word_of_one_letter_is_no_run_of_letters(self) -> None:
        index = Index([("A", "a b c"), ("B", "lô a lô b")])
        assert index.nearest("a b c", 1)[0].percent == 100


class TestAgainstThePlainWay:
    """The shortcuts leave nothing out: every pair that the plain comparison finds is found."""

    @given(st.lists(texts, min_size=1, max_size=8), texts)
    def test_pruning_loses_no_text(self, bodies: list[str], asked: str) -> None:
        index = Index((str(at), body) for at, body in enumerate(bodies))
        every = index.nearest(asked, len(bodies), least=1e-9)
        for least in (0.2, LEAST, 0.6):
            pruned = index.nearest(asked, len(bodies), least=least)
            assert [near.code for near in pruned] == [near.code for near in every if near.score >= least]

    @given(st.lists(texts, min_size=2, max_size=7))
    def test_likeness_is_mutual_between_nought_and_one_and_whole_with_itself(self, bodies: list[str]) -> None:
        index = Index((str(at), body) for at, body in enumerate(bodies))
        scores = {
            (at, int(near.code)): near.score
            for at, body in enumerate(bodies)
            for near in index.nearest(body, len(bodies), least=1e-9)
        }
        for (one, other), score in scores.items():
            assert 0 < score <= 1
            assert scores[other, one] == pytest.approx(score)
        assert all(scores[at, at] == pytest.approx(1.0) for at in range(len(bodies)))

    @given(st.lists(texts, min_size=1, max_size=7))
    def test_the_same_texts_give_the_same_numbers(self, bodies: list[str]) -> None:
        rows = [(str(at), body) for at, body in enumerate(bodies)]
        grown = Index()
        for code, body in rows:
            grown.add(code, body)
            grown.nearest(body)
        assert grown.nearest(bodies[0], 10) == Index(rows).nearest(bodies[0], 10)
        assert grown.groups() == Index(rows).groups()

    @given(st.lists(texts, min_size=1, max_size=12), st.integers(1, 5))
    def test_each_text_joins_the_likest_earlier_first_one(self, bodies: list[str], block: int) -> None:
        index = Index((str(at), body) for at, body in enumerate(bodies))
        members: dict[int, list[str]] = {}
        for at, body in enumerate(bodies):
            near = index.nearest(body, len(bodies), least=1e-9)
            firsts = [(one.score, -int(one.code)) for one in near if int(one.code) in members]
            score, first = max(firsts, default=(0.0, 0))
            members.setdefault(-first if score >= TOGETHER else at, []).append(str(at))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(postings, "BLOCK", block)
            assert index.groups() == [codes for codes in members.values() if len(codes) > 1]

    def test_texts_that_come_one_by_one_are_found_like_all_at_once(self) -> None:
        rows = [(f"N{at}", f"{WORDS[at % 15]} {WORDS[at // 15 % 15]} việc{at % 90}") for at in range(SMALL + 60)]
        grown = Index(rows[: SMALL + 20])
        for at, (code, body) in enumerate(rows[SMALL + 20 :]):
            grown.add(code, body)
            assert grown.nearest(body, 1)[0].percent == 100
            assert len(grown._pieces) <= PIECES + 1, at
        assert len(grown) == len(rows)

    def test_many_texts_are_still_found_when_common_words_are_left_out(self) -> None:
        said = [
            " ".join(WORDS[pick("similar", at, part, of=len(WORDS))] for part in range(3)) for at in range(SMALL + 200)
        ]
        rows = [(f"N{at}", f"hồ sơ {words} số {at} tên{at}") for at, words in enumerate(said)]
        index = Index(rows)
        for code, body in rows[:: SMALL // 5]:
            assert index.nearest(body, 1)[0].code == code
        index.add("mới", "đò ngang bến sông ngừng chạy")
        assert index.nearest("đò ngang bến sông", 1)[0].code == "mới"


class TestGroups:
    def test_twins_stand_together_and_the_rest_alone(self) -> None:
        assert three().groups() == [["A", "B"]]
        assert three().groups(0.99) == []

    def test_progress_is_told_and_ends_with_all(self) -> None:
        heard: list[int] = []
        Index((str(at), f"việc {at} riêng{at}") for at in range(2 * STEP + 7)).groups(told=heard.append)
        assert heard == [STEP, 2 * STEP, 2 * STEP + 7]
        assert Index().groups(told=heard.append) == []

    @given(st.lists(texts, max_size=8))
    def test_nobody_stands_in_two_groups_and_members_are_like_the_first(self, bodies: list[str]) -> None:
        index = Index((str(at), body) for at, body in enumerate(bodies))
        found = [code for group in index.groups() for code in group]
        assert len(found) == len(set(found))
        for first, *others in index.groups():
            near = {one.code: one.score for one in index.nearest(bodies[int(first)], len(bodies), least=1e-9)}
            assert others
            assert all(near[code] >= TOGETHER - 1e-9 for code in others)


class TestSharedWords:
    def test_the_longest_stretches_as_the_first_text_writes_them(self) -> None:
        assert shared(PAPER, TWIN, 1) == ("vẫn bắt nộp lại bản giấy",)
        assert shared("Giấy PHÉP xây dựng", "xin giay phep xay dung") == ("giấy phép xây dựng",)

    def test_single_words_are_no_reason(self) -> None:
        assert shared("giấy tờ nhà", "nhà giấy") == ()
        assert shared("", PAPER) == ()

    @given(texts, texts)
    def test_every_stretch_stands_in_both(self, one: str, other: str) -> None:
        for words in shared(one, other):
            assert words in one
            assert all(
                f"{left} {right}" in other for left, right in zip(words.split(), words.split()[1:], strict=False)
            )


class TestOnInventedSpeech:
    """Twins among what is said in a sitting: its own words with the office's summary beside them."""

    @pytest.mark.parametrize("sector", ["Thành lập và hoạt động hộ kinh doanh", "Xây dựng", "Đất đai"])
    def test_a_twin_is_among_the_first_three_suggestions(self, sector: str) -> None:
        said = speech_for(sector, 20, "test", ("Cấp giấy chứng nhận", "Đăng ký biến động"))
        index = Index((row.code, f"{row.spoken} {row.summary}") for row in said)
        twins = [row for row in said if row.same_matter_as]
        assert twins
        for row in twins:
            assert row.same_matter_as in self.suggested(index, row)

    def suggested(self, index: Index, row: Speech) -> list[str]:
        found = index.nearest(f"{row.spoken} {row.summary}", 4)
        return [near.code for near in found if near.code != row.code]


ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "alike_opinions.tsv").read_text(encoding="utf-8").splitlines()
]
PAIRS = {
    (str(one), str(other))
    for one, other in combinations(range(len(ROWS)), 2)
    if ROWS[one][0] and ROWS[one][0] == ROWS[other][0]
}


class TestOnOpinionsSortedByHand:
    """63 invented opinions that a person put into 17 groups; what stands alone has no group."""

    INDEX = Index((str(at), text) for at, (_group, text) in enumerate(ROWS))

    def test_pairs_of_the_suggested_groups_are_nearly_those_of_the_person(self) -> None:
        found = {pair for group in self.INDEX.groups() for pair in combinations(group, 2)}
        right = len(found & PAIRS)
        precision, recall = right / len(found), right / len(PAIRS)
        assert (len(ROWS), len(PAIRS)) == (63, 54)
        assert 2 * precision * recall / (precision + recall) >= 0.83
        assert precision >= 0.95, "what is suggested is worth reading"

    def test_nearly_every_twin_is_among_the_first_five(self) -> None:
        near = {
            (str(at), one.code)
            for at, (_group, text) in enumerate(ROWS)
            for one in self.INDEX.nearest(text, 6, least=1e-9)
        }
        found = [pair for pair in PAIRS if pair in near and pair[::-1] in near]
        assert len(found) >= 0.98 * len(PAIRS)
