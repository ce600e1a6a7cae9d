"""Official places found by name and code, before and since 1 July 2025."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.directory.queries import gazetteer
from doithoai.rules.places import REFORM, Gazetteer, Unit, as_lines, parse, split_kind
from doithoai.rules.vietnamese import bare

THEN, NOW = date(2021, 12, 22), date(2026, 11, 23)
FIELDS = {"district_code": "564", "district": "thị xã Đông Hòa", "province_code": "54", "province": "tỉnh Phú Yên"}


def codes(text: str, *, on: date | None = None, within: str = "") -> list[str]:
    return [unit.code for unit in gazetteer().find(text, on=on, within=within)]


def old(code: str) -> Unit:
    unit = gazetteer().unit(code, THEN)
    assert unit is not None
    return unit


class TestTheTable:
    def test_it_has_the_country_of_both_times(self) -> None:
        now = [unit for unit in gazetteer().units if not unit.is_old]
        assert len(gazetteer().provinces) == 34
        assert len(now) == 3321
        assert sorted({unit.kind for unit in now}) == ["phường", "xã", "đặc khu"]
        assert len([unit for unit in gazetteer().units if unit.is_old]) == 10040

    def test_every_unit_of_before_has_an_heir_of_today(self) -> None:
        for unit in gazetteer().units:
            assert bool(unit.heirs) == unit.is_old
            assert all(gazetteer().unit(code, NOW) for code in unit.heirs)

    def test_every_commune_of_today_came_from_somewhere(self) -> None:
        assert [unit.code for unit in gazetteer().units if not unit.is_old and not gazetteer().before(unit)] == []

    def test_one_code_means_two_places(self) -> None:
        assert old("22258").full == "phường Hòa Vinh, thị xã Đông Hòa, tỉnh Phú Yên"
        today = gazetteer().unit("22258", REFORM)
        assert today is not None
        assert today.full == "phường Đông Hòa, tỉnh Đắk Lắk"
        assert (today.valid_from, today.valid_to) == (REFORM, None)
        assert (old("22258").valid_from, old("22258").valid_to) == (None, date(2025, 6, 30))
        assert gazetteer().unit("22267", NOW) is None


class TestBecame:
    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("22258", "phường Hòa Vinh nay là phường Đông Hòa (mã 22258, tỉnh Đắk Lắk) từ 01/07/2025"),
            ("22261", "phường Hòa Hiệp Trung nay là phường Hòa Hiệp (mã 22261, tỉnh Đắk Lắk) từ 01/07/2025"),
            (
                "22246",
                "phường Hòa Hiệp Bắc từ 01/07/2025 chia về phường Hòa Hiệp (mã 22261) hoặc phường Phú Yên (mã 22240)",
            ),
        ],
    )
    def test_a_ward_of_dong_hoa(self, code: str, sentence: str) -> None:
        assert gazetteer().became(old(code)).sentence == sentence

    def test_what_went_into_a_ward_of_today(self) -> None:
        today = gazetteer().unit("22258", NOW)
        assert today is not None
        assert [unit.name for unit in gazetteer().before(today)] == ["Hòa Vinh", "Hòa Tân Đông", "Hòa Xuân Tây"]
        assert gazetteer().before(old("22258")) == ()


class TestFind:
    @pytest.mark.parametrize(
        "text",
        ["Hòa Vinh", "hoa vinh", "Hoà Vinh", "P. Hòa Vinh", "P.Hoa Vinh", "PHƯỜNG HÒA VINH", "phuong  Hòa Vinh",
         "Phường Hòa Vinh, TX. Đông Hòa", "Hòa Vinh, thi xa Dong Hoa, tinh Phu Yen", "Hòa Vinh, Phú Yên, Việt Nam"],
    )  # fmt: skip
    def test_a_name_however_written(self, text: str) -> None:
        assert codes(text) == ["22258"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [("xã Hòa Vinh", []), ("Hòa Vinh, Hà Nội", []), ("", []), (",", []), ("phường", []), ("P.", [])],
    )
    def test_what_is_not_there(self, text: str, found: list[str]) -> None:
        assert codes(text) == found

    def test_names_are_not_unique(self) -> None:
        assert codes("phường Đông Hòa", on=NOW) == ["22258", "25951"]
        assert codes("phường Đông Hòa", on=NOW, within="66") == ["22258"]
        assert codes("phường Đông Hòa, TP. Hồ Chí Minh", on=NOW) == ["25951"]
        assert codes("Hòa Thành", on=THEN, within="564") == ["22243"]

    def test_diacritics_decide_where_they_are_written(self) -> None:
        names = {unit.name for unit in gazetteer().find("Tan Hoa", on=THEN)}
        assert names > {"Tân Hòa", "Tân Hóa"}, "without diacritics several are meant"
        assert {unit.name for unit in gazetteer().find("Tân Hóa", on=THEN)} == {"Tân Hóa"}

    def test_numbers_with_and_without_a_nought(self) -> None:
        assert codes("Phường 01, Quận 3, TP Hồ Chí Minh") == codes("P.1, Quận 3, TP Hồ Chí Minh") == ["27160"]
        assert str(old("27160")) == "Phường 1"

    @given(unit=st.sampled_from(gazetteer().units))
    def test_every_unit_is_found_by_its_own_words(self, unit: Unit) -> None:
        day = THEN if unit.is_old else NOW
        assert unit in gazetteer().find(unit.full, on=day)
        assert unit in gazetteer().find(bare(unit.full).upper(), on=day)
        assert unit in gazetteer().find(unit.name, within=unit.province_code)


class TestArea:
    @pytest.mark.parametrize(
        ("text", "on", "within", "code"),
        [
            ("thị xã Đông Hòa", THEN, "", "564"),
            ("thị xã Đông Hòa", NOW, "", ""),
            ("tỉnh Phú Yên", THEN, "", "54"),
            ("Đắk Lắk", NOW, "", "66"),
            ("phường Đông Hòa", NOW, "", ""),
            ("phường Đông Hòa", NOW, "66", "22258"),
            ("huyện Châu Thành", THEN, "", ""),
            ("huyện Châu Thành", THEN, "80", "801"),
            ("xã không đâu có", NOW, "", ""),
        ],
    )
    def test_a_territory_by_its_name(self, text: str, on: date, within: str, code: str) -> None:
        found = gazetteer().area(text, on=on, within=within)
        assert found == code or (code == "801" and found[:1] == "8")


def test_the_table_is_read_as_it_was_written() -> None:
    units = [
        Unit("1", "phường", "Mẫu", **FIELDS, is_old=True, heirs=("2", "3")),
        Unit("2", "xã", "Một", "", "", "66", "tỉnh A", False),
    ]
    assert parse(["# remark", *as_lines(units), ""]).units == tuple(units)


def test_an_empty_table_finds_nothing() -> None:
    assert Gazetteer([]).find("Hòa Vinh") == ()
    assert Gazetteer([]).area("tỉnh Phú Yên", on=THEN) == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P. Hòa Vinh", ("Hòa Vinh", "phường")),
        ("TT Phú Hòa", ("Phú Hòa", "thị trấn")),
        ("X.Hòa Tâm", ("Hòa Tâm", "xã")),
        ("đặc khu Côn Đảo", ("Côn Đảo", "đặc khu")),
        ("Phường 12", ("12", "phường")),
        ("Xã Đàn", ("Đàn", "xã")),
        ("Phú Yên", ("Phú Yên", "")),
        ("Tâm Thắng", ("Tâm Thắng", "")),
    ],
)
def test_the_kind_is_parted_from_the_name(text: str, parts: tuple[str, str]) -> None:
    assert split_kind(text) == parts
