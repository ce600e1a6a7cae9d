"""Single cells: days in all their writings, telephone and personal numbers, wards inside addresses, states."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.onestop import Cell
from doithoai.rules.onestop.cells import (
    Unread,
    is_organisation,
    read_birth_year,
    read_day,
    read_group,
    read_personal_number,
    read_phone,
    read_sex,
    read_state,
    read_ward,
    sector_names,
    ward_names,
)

DAY = date(2021, 3, 5)
WARDS = ward_names(("phường Hòa Vinh", "phường Hòa Hiệp", "phường Hòa Hiệp Trung"))


@pytest.mark.parametrize(
    "cell",
    ["05/3/2021", "5/3/2021", "2021-03-05", "5-3-21", "05.03.2021", "2021/3/5", "05/03/2021 08:15", "44260", 44260,
     44260.0, 44260.75, DAY, datetime.combine(DAY, time(23, 30)), "ngày 05 tháng 3 năm 2021", " 05 / 03 / 2021 "],
)  # fmt: skip
def test_one_day_in_all_its_writings(cell: Cell) -> None:
    assert read_day(cell) == DAY


@pytest.mark.parametrize("cell", [None, "", "  "])
def test_no_day(cell: Cell) -> None:
    assert read_day(cell) is None


@pytest.mark.parametrize("cell", ["31/02/2021", "03/25/2021", "hôm qua", "2021", 12, 5, "99999", "1/1"])
def test_a_day_that_is_none_is_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unread, match="ngày có thật"):
        read_day(cell)


@given(st.dates(date(2000, 1, 1), date(2045, 12, 31)))
def test_every_day_reads_back_from_every_writing(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    writings: list[Cell] = [
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day:%d-%m-%y}",
        str(serial),
        float(serial),
    ]
    assert {read_day(writing) for writing in writings} == {day}


def test_serial_numbers_count_as_excel_counts() -> None:
    assert read_day(36526) == date(2000, 1, 1)
    assert read_day(59999) == date(2000, 1, 1) + timedelta(days=59999 - 36526)


@pytest.mark.parametrize(
    ("cell", "year"),
    [("1975", 1975), (1975.0, 1975), ("05/03/1975", 1975), (date(1975, 3, 5), 1975), ("", None), (None, None)],
)
def test_years_of_birth(cell: Cell, year: int | None) -> None:
    assert read_birth_year(cell) == year


@pytest.mark.parametrize("cell", ["75", "1875", "1975-1976", "không rõ", 44260])
def test_no_year_of_birth(cell: Cell) -> None:
    with pytest.raises(Unread, match="năm sinh"):
        read_birth_year(cell)


@pytest.mark.parametrize(
    "cell",
    ["0900000123", "900000123", 900000123, 900000123.0, "0900 000 123", "0900.000.123", "+84900000123",
     "0900000123 (con)", "0900000123; 0900000999", "0900000123/0900000999", "0900000123 - 0900000999"],
)  # fmt: skip
def test_one_telephone_number_in_all_its_writings(cell: Cell) -> None:
    assert read_phone(cell) == "0900000123"


@pytest.mark.parametrize("cell", [None, "", "không có", "x", "-"])
def test_no_telephone(cell: Cell) -> None:
    assert read_phone(cell) == ""


@pytest.mark.parametrize("cell", ["12ab", "0900 000", 123.0, "19001009"])
def test_no_telephone_number(cell: Cell) -> None:
    with pytest.raises(Unread, match="số điện thoại mười chữ số"):
        read_phone(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("054075000123", "054075000123"), (54075000123.0, "054075000123"), (1075000123.0, "001075000123"),
     ("221 000 123", "221000123"), (21000123.0, "021000123"), ("", "")],
)  # fmt: skip
def test_personal_numbers_get_their_zeros_back(cell: Cell, number: str) -> None:
    assert read_personal_number(cell) == number


@pytest.mark.parametrize("cell", ["12345", "054075000123456", "B1234567"])
def test_no_personal_number(cell: Cell) -> None:
    with pytest.raises(Unread, match="số định danh"):
        read_personal_number(cell)


@pytest.mark.parametrize(
    ("text", "ward"),
    [
        ("Hòa Vinh", "phường Hòa Vinh"),
        ("HOÀ VINH", "phường Hòa Vinh"),
        ("hoa vinh", "phường Hòa Vinh"),
        ("P. Hòa Vinh", "phường Hòa Vinh"),
        ("P.Hòa Vinh", "phường Hòa Vinh"),
        ("P Hòa Vinh", "phường Hòa Vinh"),
        ("Phường  Hòa Vinh.", "phường Hòa Vinh"),
        ("Tổ dân phố Mẫu 3, phường Hòa Vinh, thị xã Đông Hòa", "phường Hòa Vinh"),
        ("TDP Mẫu 3 - Hòa Vinh", "phường Hòa Vinh"),
        ("TDP Mẫu 3 P. Hòa Vinh TX Đông Hòa", "phường Hòa Vinh"),
        ("Số 5 đường Mẫu phường Hòa Hiệp Trung", "phường Hòa Hiệp Trung"),
        ("phường Hòa Hiệp, thị xã Đông Hòa", "phường Hòa Hiệp"),
        ("Hòa Hiệp Trung", "phường Hòa Hiệp Trung"),
        # Other wards stay as they are written.
        ("Hòa Hiệp Nam", "Hòa Hiệp Nam"),
        ("phường Hòa Vinh Tây", "phường Hòa Vinh Tây"),
        ("Thôn Mẫu, xã Hòa Tâm, thị xã Đông Hòa", "xã Hòa Tâm"),
        ("Tổ 8, Ví Dụ", "Ví Dụ"),
        ("", ""),
    ],
)
def test_wards(text: str, ward: str) -> None:
    assert read_ward(text, WARDS) == ward


@pytest.mark.parametrize(
    "text", ["Tổ dân phố Mẫu 3", "Số 12 đường Mẫu", "12 hẻm 3", "Thôn Mẫu, thị xã Đông Hòa", "KP 3"]
)
def test_an_address_without_a_ward(text: str) -> None:
    with pytest.raises(Unread):
        read_ward(text, WARDS)


@pytest.mark.parametrize("word", ["Phước", "Xuân", "Tô Hiệu", "Buôn Hồ", "Số Mẫu"])
def test_names_that_begin_like_a_prefix_are_names(word: str) -> None:
    assert read_ward(word, ward_names((f"phường {word}",))) == f"phường {word}"
    assert read_ward(word, WARDS) == word


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("Tổ dân phố Mẫu 3, phường Hòa Vinh", "Tổ dân phố Mẫu 3"),
        ("12 Nguyễn Mẫu, KP 4, Hòa Vinh", "KP 4"),
        ("Thôn Thử; xã Hòa Tâm", "Thôn Thử"),
        ("phường Hòa Vinh", ""),
        ("Tôn Mẫu, phường Hòa Vinh", ""),
        ("", ""),
    ],
)
def test_groups(address: str, group: str) -> None:
    assert read_group(address) == group


def test_sectors_with_and_without_their_word() -> None:
    sectors = sector_names(("Xây dựng", "lĩnh vực Hộ tịch"))
    assert sectors.find("LĨNH VỰC: XÂY DỰNG") == "Xây dựng"
    assert sectors.find("hộ tịch") == "lĩnh vực Hộ tịch"
    assert sectors.find("Xây dựng cơ bản") is None
    assert sectors.short == ["Xây dựng", "Hộ tịch"]


@pytest.mark.parametrize(
    ("cell", "finished"),
    [
        ("Đã trả kết quả", True), ("ĐÃ GIẢI QUYẾT ĐÚNG HẠN", True), ("Hoàn thành", True), ("Xong", True),
        ("Từ chối, đã trả lại hồ sơ", True), ("Không đủ điều kiện", True), ("05/03/2021", True), (date(2021, 3, 5), True),
        ("Đang giải quyết", False), ("Chờ bổ sung hồ sơ", False), ("Công dân rút hồ sơ", False),
        ("Chưa hoàn thành", False), ("", False), (None, False),
    ],
)  # fmt: skip
def test_states(cell: Cell, finished: bool) -> None:
    assert read_state(cell) is finished


def test_a_state_in_other_words_is_not_guessed() -> None:
    with pytest.raises(Unread, match="Đã trả kết quả"):
        read_state("Trả tại quầy 3")


@pytest.mark.parametrize(
    "name",
    ["Công ty TNHH Mẫu", "CTY CP Thử", "HTX Nông nghiệp Mẫu", "Hợp tác xã Thử", "Trường Tiểu học Mẫu", "UBND phường Mẫu",
     "Hội Nông dân phường", "Quỹ tín dụng Mẫu", "DNTN Ví Dụ"],
)  # fmt: skip
def test_bodies(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize(
    "name", ["Trương Văn Mẫu", "Quý Thị Thử", "Hội Mẫu", "Hộ kinh doanh Bà Sáu", "Lê Công Tý", "Chi Mẫu", "Uy Thử"]
)
def test_persons(name: str) -> None:
    assert not is_organisation(name)


def test_sex() -> None:
    assert [read_sex(cell) for cell in ("Nữ", "NAM", None, "?")] == ["female", "male", None, None]
