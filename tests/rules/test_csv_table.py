"""CSV to take away: Vietnamese letters whole, formulas never run, every row as it was given."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.csv_table import csv_table, pasted_rows, tame

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_opens_with_its_letters_whole() -> None:
    data = csv_table([("Xã", "Số"), ("Hòa Hiệp Trung", 15)])
    assert data == "\ufeffXã,Số\r\nHòa Hiệp Trung,15\r\n".encode()


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@sum", "  =1", "\t=1", "\rx", "\nx"])
def test_what_would_run_is_shown_instead(cell: str) -> None:
    assert tame(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Bà Sáu", "15 - 20", "a=b", "'x"])
def test_any_other_text_stays(cell: str) -> None:
    assert tame(cell) == cell


def test_a_number_stays_a_number() -> None:
    assert read(csv_table([(-5, "-5")])) == [["-5", "'-5"]]


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=5))
def test_every_cell_comes_back(rows: list[list[str]]) -> None:
    back = read(csv_table(rows))
    assert back == [[tame(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Mã\tTên thủ tục\n1.012756\tCấp giấy phép xây dựng", [("1.012756", "Cấp giấy phép xây dựng")]),
        ("1.1;Cấp số nhà\n;Cấp biển", [("1.1", "Cấp số nhà"), ("", "Cấp biển")]),
        ("Cấp đổi, cấp lại giấy chứng nhận", [("", "Cấp đổi, cấp lại giấy chứng nhận")]),
        ('1.004227,"Đăng ký, cấp lại"', [("1.004227", "Đăng ký, cấp lại")]),
        ("\n  \nTên\n  Khai   sinh \n", [("", "Khai sinh")]),
        ("", []),
    ],
)
def test_a_pasted_list_is_codes_and_names(text: str, rows: list[tuple[str, str]]) -> None:
    assert pasted_rows(text) == rows
