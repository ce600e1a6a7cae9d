"""What invented people say and what offices answer: enough of it, of every kind, and safe to publish when masked."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.sample.records import SEED_SECTORS
from doithoai.sample.speech import Speech, speech_for

BUSINESS, BUILDING = (sector.name for sector in SEED_SECTORS)
PROCEDURES = {sector.name: sector.procedures for sector in SEED_SECTORS}
OTHER = "Hộ tịch"
KINDS = {"vướng mắc", "kiến nghị", "phản ánh", "đề xuất"}
ALL = [
    *speech_for(BUSINESS, 20, "s"),
    *speech_for(BUILDING, 20, "s"),
    *speech_for(OTHER, 40, "s", ("Đăng ký khai sinh", "Đăng ký kết hôn")),
]


def sentences(text: str) -> int:
    return len(re.findall(r"[.?](?:\s|$)", text))


def ids(speech: Speech) -> str:
    return f"{speech.sector}-{speech.code}"


@pytest.mark.parametrize("speech", ALL, ids=ids)
def test_every_opinion_is_whole(speech: Speech) -> None:
    assert speech.kind in KINDS
    assert 1 <= sentences(speech.spoken) <= 5
    assert speech.summary
    assert speech.summary != speech.spoken
    assert 2 <= sentences(speech.answer) <= 5
    assert "{" not in speech.spoken + speech.summary + speech.answer


@pytest.mark.parametrize("speech", ALL, ids=ids)
def test_every_answer_names_its_rule_and_tells_the_person_what_to_do(speech: Speech) -> None:
    assert speech.rule.casefold() in speech.answer.casefold()
    assert "ông (bà)" in speech.answer.casefold()
    assert re.search(r"\b(ngày|giờ|tháng|tuần|quý|trước)\b", speech.answer), "a time"
    assert re.search(r"một cửa|phường|tiếp công dân|ngành điện|nhận kết quả", speech.answer.casefold()), "a place"


@pytest.mark.parametrize("speech", ALL, ids=ids)
def test_uptake_has_its_reason(speech: Speech) -> None:
    assert speech.uptake in {"full", "part", "none"}
    assert bool(speech.uptake_reason) == (speech.uptake != "full")


@pytest.mark.parametrize("speech", ALL, ids=ids)
def test_what_must_be_masked_is_named_exactly(speech: Speech) -> None:
    text = speech.spoken + speech.summary
    assert all(piece in text for piece in speech.private)
    rest = text
    for piece in speech.private:
        rest = rest.replace(piece, "")
    assert not re.search(r"\d{4} ?\d{3} ?\d{3}|thửa số", rest)


@pytest.mark.parametrize("speech", ALL, ids=ids)
def test_another_body_is_named_where_the_matter_goes_to_one(speech: Speech) -> None:
    assert bool(speech.agency) == (speech.route == "transfer")


@pytest.mark.parametrize("speech", [*ALL[:20], *ALL[20:40]], ids=ids)
def test_own_words_belong_to_a_procedure_of_the_plan(speech: Speech) -> None:
    if speech.route == "off_topic":
        assert speech.procedure == ""
    else:
        assert speech.procedure in PROCEDURES[speech.sector]


@pytest.mark.parametrize("sector", [BUSINESS, BUILDING])
def test_each_of_the_two_sectors_has_words_of_its_own(sector: str) -> None:
    opinions = speech_for(sector, 20, "s")
    assert not any(speech.code.startswith("chung") for speech in opinions)
    assert Counter(speech.kind for speech in opinions).keys() == KINDS
    assert Counter(speech.uptake for speech in opinions).keys() == {"full", "part", "none"}
    assert {speech.on_the_spot for speech in opinions} == {True, False}
    assert any(speech.private for speech in opinions)


def specials(opinions: list[Speech]) -> Counter[str]:
    found: Counter[str] = Counter(speech.route for speech in opinions if speech.route != "accept")
    found["merged"] = sum(bool(speech.same_matter_as) for speech in opinions)
    found["two opinions"] = sum(bool(speech.same_speaker_as) for speech in opinions)
    found["floor guest"] = sum(speech.floor_guest for speech in opinions)
    return +found


EVERY_CASE = {"complaint", "denunciation", "off_topic", "transfer", "merged", "two opinions", "floor guest"}


@pytest.mark.parametrize("seed", ["a", "b", "c"])
@pytest.mark.parametrize("n", [15, 20])
def test_the_two_sittings_of_a_day_hold_every_special_case(n: int, seed: str) -> None:
    day = specials(speech_for(BUSINESS, n, seed)) + specials(speech_for(BUILDING, n, seed))
    assert set(day) == EVERY_CASE
    assert day["complaint"] == day["denunciation"] == day["off_topic"] == day["floor guest"] == 1


@pytest.mark.parametrize("n", [15, 20, 100])
def test_any_other_sector_holds_every_special_case_once(n: int) -> None:
    assert specials(speech_for(OTHER, n, "s")) == dict.fromkeys(EVERY_CASE, 1)


def test_other_sectors_are_spoken_of_by_name() -> None:
    for speech in speech_for("Chăn nuôi", 20, "s"):
        assert speech.sector == "Chăn nuôi"
        assert "thuộc lĩnh vực Chăn nuôi" in speech.spoken or speech.route == "off_topic"
    with_procedures = speech_for("Chăn nuôi", 20, "s", ("Kê khai chăn nuôi",))
    assert {speech.procedure for speech in with_procedures} <= {"Kê khai chăn nuôi", ""}


def test_a_denunciation_tells_nothing_in_its_summary() -> None:
    for speech in ALL:
        if speech.route == "denunciation":
            assert speech.summary == "Nội dung thuộc pháp luật về tố cáo."
            assert speech.private


@given(st.sampled_from([BUSINESS, BUILDING, OTHER, "<b>&{x}"]), st.integers(0, 130), st.text(max_size=4))
def test_as_many_different_opinions_as_asked_for(sector: str, n: int, seed: str) -> None:
    opinions = speech_for(sector, n, seed, ("Thủ tục {a}", "Thủ tục B"))
    assert len(opinions) == n
    assert len({speech.code for speech in opinions}) == n
    assert len({speech.spoken for speech in opinions}) == n
    assert {speech.sector for speech in opinions} <= {sector}
    assert opinions == speech_for(sector, n, seed, ("Thủ tục {a}", "Thủ tục B"))


@given(st.sampled_from([BUSINESS, BUILDING, OTHER]), st.integers(0, 60), st.text(max_size=4))
def test_references_point_backwards_into_the_list(sector: str, n: int, seed: str) -> None:
    before: list[str] = []
    for speech in speech_for(sector, n, seed):
        assert speech.same_matter_as in {"", *before}
        assert speech.same_speaker_as in {"", *before[-1:]}
        before.append(speech.code)


def test_another_seed_tells_them_in_another_order() -> None:
    orders = {tuple(speech.code for speech in speech_for(BUSINESS, 20, seed)) for seed in "abc"}
    assert len(orders) == 3


def test_none_is_an_empty_list() -> None:
    assert speech_for(BUSINESS, 0, "s") == []
