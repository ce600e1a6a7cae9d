"""The ward of a record by its name of then and of now; what only a person can tell is asked."""

from datetime import date

import pytest

from doithoai.directory.queries import gazetteer
from doithoai.rules.onestop import Expected, Placed, Table, Wards, take_in
from doithoai.rules.onestop.cells import ward_parts
from doithoai.rules.onestop.wards import spelling
from doithoai.rules.places import Unit

THEN, NOW = date(2021, 12, 22), date(2026, 11, 23)
HEADER = ["Họ và tên", "Phường", "Lĩnh vực", "Mã hồ sơ"]


def unit(code: str, on: date) -> Unit:
    found = gazetteer().unit(code, on)
    assert found is not None
    return found


def wards(on: date, answers: dict[str, str] | None = None) -> Wards:
    """The wards of Đông Hòa: of the plan of 2021, or of a plan of 2026."""
    units = {str(unit(code, on)): unit(code, on) for code in ("22258", "22261")}
    return Wards(units, gazetteer(), answers or {})


def place(text: str, on: date = NOW, answers: dict[str, str] | None = None) -> Placed:
    placed = wards(on, answers).place(ward_parts(text), text)
    assert placed is not None
    return placed


class TestOldNamesInAPlanOfToday:
    @pytest.mark.parametrize(
        ("text", "ward", "code"),
        [
            ("Hòa Vinh", "phường Đông Hòa", "22258"),
            ("P. Hòa Vinh", "phường Đông Hòa", "22258"),
            ("Tổ 3, P. Hoa Vinh, TX Dong Hoa, Phu Yen", "phường Đông Hòa", "22258"),
            ("Trần Phú, Hòa Vinh, Đông Hòa", "phường Đông Hòa", "22258"),
            ("xã Hòa Tân Đông", "phường Đông Hòa", "22267"),
            ("Hòa Hiệp Trung", "phường Hòa Hiệp", "22261"),
            ("phường Hòa Hiệp Nam, tỉnh Đắk Lắk", "phường Hòa Hiệp", "22282"),
        ],
    )
    def test_it_counts_with_its_reason(self, text: str, ward: str, code: str) -> None:
        placed = place(text)
        assert (placed.ward, placed.code, placed.question) == (ward, code, None)
        assert placed.note == gazetteer().became(unit(code, THEN)).sentence

    def test_the_name_of_today_needs_none(self) -> None:
        assert place("phường Đông Hòa") == Placed("phường Đông Hòa")
        assert place("Hoà Hiệp") == Placed("phường Hòa Hiệp")

    @pytest.mark.parametrize(
        "text",
        [
            "phường Đông Hòa, TP. Hồ Chí Minh",
            "xã Hòa Hiệp, huyện Cư Kuin, Đắk Lắk",
            "xã Hòa Xuân Nam, Đông Hòa, Phú Yên",
            "Hòa Thành",
            "phường Phú Yên",
        ],
    )
    def test_another_place_is_not_taken_for_it(self, text: str) -> None:
        assert place(text) == Placed(text)

    def test_a_district_nobody_knows_decides_nothing(self) -> None:
        assert place("phường Hòa Vinh, thị xã Mẫu").ward == "phường Đông Hòa"


class TestAsking:
    def test_a_ward_that_was_parted(self) -> None:
        placed = place("Tổ 3, P. Hòa Hiệp Bắc, TX Đông Hòa")
        assert placed.question is not None
        assert placed.question.spelling == spelling("phường Hòa Hiệp Bắc") == "phường hoa hiep bac"
        assert placed.question.options == ("phường Hòa Hiệp",)
        assert "chia về phường Hòa Hiệp (mã 22261) hoặc phường Phú Yên (mã 22240)" in placed.question.why

    def test_a_ward_of_today_in_a_plan_of_then(self) -> None:
        placed = place("phường Đông Hòa", THEN)
        assert placed.question is not None
        assert placed.question.options == ("phường Hòa Vinh",)

    def test_an_answer_is_remembered_for_every_spelling_of_the_same(self) -> None:
        answers = {spelling("P. Hòa Hiệp Bắc"): "phường Hòa Hiệp"}
        for text in ("phường Hòa Hiệp Bắc", "P. HOA HIEP BAC", "Tổ 1, phường Hòa Hiệp Bắc, Đông Hòa"):
            assert place(text, answers=answers).ward == "phường Hòa Hiệp"

    def test_the_answer_may_be_none_of_them(self) -> None:
        assert place("phường Hòa Hiệp Bắc", answers={"phường hoa hiep bac": ""}) == Placed("phường Hòa Hiệp Bắc")

    def test_lines_are_refused_until_it_is_answered_and_then_taken(self) -> None:
        rows = [HEADER, *(["Nguyễn Văn Thử", "P. Hòa Hiệp Bắc", "Đất đai", f"HS-{n}"] for n in range(3))]
        rows.append(["Trần Thị Mẫu", "Hòa Vinh", "Đất đai", "HS-9"])
        names = tuple(str(unit(code, NOW)) for code in ("22258", "22261"))
        asked = take_in(Table("S", rows), Expected(names, ("Đất đai",), wards(NOW)))
        ((question, lines),) = asked.questions
        assert (question.shown, lines, len(asked.refused)) == ("P. Hòa Hiệp Bắc", 3, 3)
        assert "Cần chọn phường" in asked.refused[0].sentence
        assert asked.renamed == ((gazetteer().became(unit("22258", THEN)).sentence, 1),)
        answers = {question.spelling: "phường Hòa Hiệp"}
        told = take_in(Table("S", rows), Expected(names, ("Đất đai",), wards(NOW, answers)))
        assert (told.questions, told.refused) == ((), ())
        assert {one.ward for one in told.taken} == set(names)
        assert [row.ward_code for one in told.taken for row in one.rows if one.ward == "phường Đông Hòa"] == ["22258"]


class TestWithoutTheTable:
    def test_names_alone_decide(self) -> None:
        assert Wards().knows_places() is False
        assert Wards().place(["Hòa Vinh"], "Hòa Vinh") is None

    def test_a_name_no_place_bears_is_compared_as_it_is(self) -> None:
        assert wards(NOW).place(["khu phố Mẫu"], "khu phố Mẫu") is None


def test_how_far_it_is_is_told_and_what_is_raised_ends_it() -> None:
    rows = [HEADER, *(["Nguyễn Văn Thử", "Hòa Vinh", "Đất đai", f"HS-{n}"] for n in range(2500))]
    heard: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 2000:
            raise KeyError

    with pytest.raises(KeyError):
        take_in(Table("S", rows), Expected(("phường Hòa Vinh",), ("Đất đai",)), None, told)
    assert heard == [(0, 2500), (1000, 2500), (2000, 2500)]
