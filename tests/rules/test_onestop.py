"""One-stop records: finding the columns, reading lines, and refusing with the cell and what was expected."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.onestop import Cell, Column, Expected, Intake, RecordsUnreadable, Table, find_layout, take_in
from doithoai.rules.onestop.sheet import words

WARDS = ("phường Hòa Vinh", "phường Hòa Hiệp Trung")
SECTORS = ("Thành lập và hoạt động hộ kinh doanh", "Xây dựng")
EXPECTED = Expected(WARDS, SECTORS)
HEADER = ["Họ và tên", "Phường", "Lĩnh vực", "Mã hồ sơ"]


def sheet(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER) -> Table:
    return Table("Hồ sơ", [header, *rows])


def intake(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER) -> Intake:
    return take_in(sheet(*rows, header=header), EXPECTED)


def with_column(label: str, *cells: Cell) -> Intake:
    """An intake of one good line for each cell, each of another person, with one more column."""
    rows = [[f"Người {chr(65 + n)}", "Hòa Vinh", "Xây dựng", f"HS{n}", cell] for n, cell in enumerate(cells)]
    return intake(*rows, header=[*HEADER, label])


def the_row(label: str, cell: Cell) -> object:
    (person,) = with_column(label, cell).taken
    return person.rows[0]


# The header


def test_the_header_is_found_below_titles_in_any_order_of_columns() -> None:
    rows: list[list[Cell]] = [
        ["UBND THỊ XÃ", None],
        [],
        ["DANH SÁCH HỌ VÀ TÊN NGƯỜI NỘP"],
        ["STT", "LĨNH VỰC", "Mã HS", "Địa chỉ", "Họ tên (*)", "Điện thoại liên hệ"],
        [1, "Xây dựng", "HS1", "Hòa Vinh", "Lê Mẫu", ""],
    ]
    layout = find_layout(Table("T", rows))
    assert (layout.header_line, layout.first_line) == (4, 5)
    assert layout.columns == {
        Column.SECTOR: 1,
        Column.FILE_CODE: 2,
        Column.ADDRESS: 3,
        Column.NAME: 4,
        Column.PHONE: 5,
    }
    assert layout.label(Column.NAME) == "Họ tên (*)"


def test_the_line_that_counts_the_columns_is_no_record() -> None:
    found = intake(["(1)", "(2)", "(3)", "(4)"], ["Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1"])
    assert found.layout.first_line == 3
    assert len(found.taken) == 1
    assert not found.refused


def test_a_header_of_two_rows() -> None:
    rows = [
        ["Người nộp hồ sơ", "", "Hồ sơ", ""],
        ["Họ và tên", "Nơi cư trú", "Mã hồ sơ", "Lĩnh vực"],
        ["Lê Mẫu", "Hòa Vinh", "HS1", "Xây dựng"],
    ]
    assert find_layout(Table("T", rows)).header_line == 2
    numbered: list[list[Cell]] = [
        ["STT", "Lĩnh vực", "Người nộp", "", "Mã hồ sơ"],
        ["", "", "Họ và tên", "Phường", ""],
        [1, "a", "b", "c", "d"],
    ]
    layout = find_layout(Table("T", numbered))
    assert layout.columns == {Column.SECTOR: 1, Column.NAME: 2, Column.WARD: 3, Column.FILE_CODE: 4}
    assert layout.first_line == 3


def test_of_two_columns_of_one_meaning_the_likelier_is_taken() -> None:
    layout = find_layout(sheet(header=[*HEADER, "Ngày trả kết quả", "Trạng thái"]))
    assert layout.columns[Column.STATE] == 5


def test_the_day_a_result_is_promised_is_no_state() -> None:
    assert Column.STATE not in find_layout(sheet(header=[*HEADER, "Ngày hẹn trả"])).columns


def test_a_choice_of_columns_overrides_the_synonyms() -> None:
    table = sheet(["x", "Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1"], header=["Họ và tên", "Khách", *HEADER[1:]])
    taken = take_in(table, EXPECTED, {Column.NAME: "KHACH"}).taken
    assert [person.name for person in taken] == ["Lê Mẫu"]


def test_a_chosen_column_that_is_not_there_is_told() -> None:
    with pytest.raises(RecordsUnreadable, match='Trang "Hồ sơ", dòng tiêu đề 1: không có cột "Khách" đã chọn'):
        find_layout(sheet(), {Column.NAME: "Khách"})


def test_a_missing_column_is_named() -> None:
    with pytest.raises(RecordsUnreadable, match='Trang "Hồ sơ", dòng tiêu đề 1: thiếu cột "Phường", "Mã hồ sơ"'):
        find_layout(sheet(header=["Họ và tên", "Lĩnh vực", "SĐT"]))


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["Họ và tên", "SĐT"], ["Lê Mẫu", "0900000123"]]])
def test_a_sheet_without_a_header_is_refused(rows: list[list[Cell]]) -> None:
    with pytest.raises(RecordsUnreadable, match='Trang "T": không thấy dòng tiêu đề'):
        find_layout(Table("T", rows))


def test_a_header_without_records_is_refused() -> None:
    with pytest.raises(RecordsUnreadable, match="dưới dòng tiêu đề 1 không có hồ sơ nào"):
        take_in(sheet([], ["Tổng cộng", "", "", ""]), EXPECTED)


# Lines


def test_a_refusal_says_the_line_the_column_what_was_found_and_what_is_needed() -> None:
    rows = [["Lê Mẫu", "Hòa Vinh", "Xây dựng", f"HS{n}"] for n in range(212)]
    found = intake(*rows, ["Trần Thử", None, "Xây dựng", "HS214"])
    (refused,) = found.refused
    assert str(refused) == 'Dòng 214, cột "Phường": để trống. Cần "Hòa Vinh" hoặc "Hòa Hiệp Trung".'
    assert (refused.line, refused.column, refused.found) == (214, "Phường", "")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["", "Hòa Vinh", "Xây dựng", "H"], 'Dòng 2, cột "Họ và tên": để trống. Cần họ và tên người nộp hồ sơ.'),
        (["Lê Mẫu", "Tổ 3", "Xây dựng", "H"], 'Dòng 2, cột "Phường": "Tổ 3". Cần "Hòa Vinh" hoặc "Hòa Hiệp Trung".'),
        (["Lê Mẫu", "Hòa Vinh", "", "H"],
         'Dòng 2, cột "Lĩnh vực": để trống. Cần "Thành lập và hoạt động hộ kinh doanh" hoặc "Xây dựng".'),
        (["Lê Mẫu", "Hòa Vinh", "Xây dựng", " "],
         'Dòng 2, cột "Mã hồ sơ": để trống. Cần mã ghi trên giấy tiếp nhận hồ sơ.'),
    ],
)  # fmt: skip
def test_what_a_line_cannot_do_without(row: list[Cell], sentence: str) -> None:
    found = intake(row)
    assert [str(refused) for refused in found.refused] == [sentence]
    assert not found.taken


def test_an_impossible_day_refuses_the_line() -> None:
    (refused,) = with_column("Ngày tiếp nhận", "31/02/2021").refused
    assert str(refused) == 'Dòng 2, cột "Ngày tiếp nhận": "31/02/2021". Cần ngày có thật, thí dụ 05/03/2021.'


def test_a_long_find_is_shortened() -> None:
    (refused,) = with_column("Ngày tiếp nhận", "x" * 5000).refused
    assert len(str(refused)) < 200
    assert refused.found == "x" * 5000


def test_a_telephone_number_that_cannot_be_one_leaves_nobody_out() -> None:
    found = with_column("SĐT", "12ab")
    assert found.taken[0].phone == ""
    assert [str(doubt) for doubt in found.doubts] == [
        'Dòng 2, cột "SĐT": "12ab". Cần số điện thoại mười chữ số. Hồ sơ vẫn được nhận, ô này để trống.'
    ]


def test_an_unknown_state_is_not_finished_and_told() -> None:
    found = with_column("Trạng thái", "Trả tại quầy 3 nhé", "Đã trả kết quả", "")
    assert [person.rows[0].finished for person in found.taken] == [False, True, False]
    assert "coi là chưa giải quyết xong" in str(found.doubts[0])


def test_without_a_column_of_states_files_count_as_finished() -> None:
    assert intake(["Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1"]).taken[0].rows[0].finished


def test_a_line_of_total_and_of_signature_and_a_repeated_header_are_skipped_and_told() -> None:
    found = intake(
        ["Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1"],
        [name.upper() for name in HEADER],
        ["Tống Văn Thử", "Hòa Vinh", "Xây dựng", "HS2"],
        ["", "", "", ""],
        ["Tổng cộng: 2 hồ sơ", "", "", ""],
        ["", "Cộng", "", 2],
        ["Người lập biểu", "", "", ""],
    )
    assert [person.name for person in found.taken] == ["Lê Mẫu", "Tống Văn Thử"]
    assert [skipped.line for skipped in found.skipped] == [3, 6, 7, 8]
    assert found.skipped[0].sentence == "Dòng 3: dòng tiêu đề lặp lại, đã bỏ qua."
    assert found.skipped[1].sentence == 'Dòng 6: "Tổng cộng: 2 hồ sơ" không phải hồ sơ, đã bỏ qua.'


def test_a_person_named_like_a_total_without_a_file_code_is_refused_not_skipped() -> None:
    found = intake(["Tống Thị Mẫu", "Hòa Vinh", "Xây dựng", ""])
    assert [refused.column for refused in found.refused] == ["Mã hồ sơ"]


def test_one_file_under_two_names_is_refused_the_second_time() -> None:
    found = intake(["Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1"], ["Trần Thử", "Hòa Vinh", "Xây dựng", "hs1"])
    assert [person.name for person in found.taken] == ["Lê Mẫu"]
    assert str(found.refused[0]).startswith('Dòng 3, cột "Mã hồ sơ": "hs1" đã có ở dòng 2 với tên người khác.')


def test_a_dropped_line_leaves_no_doubt_behind() -> None:
    header = [*HEADER, "SĐT"]
    found = intake(["A", "Hòa Vinh", "Xây dựng", "H", ""], ["B", "Hòa Vinh", "Xây dựng", "H", "1"], header=header)
    assert len(found.refused) == 1
    assert not found.doubts


def test_wards_and_sectors_get_the_spelling_of_the_plan() -> None:
    found = intake(
        ["Lê Mẫu", "P.Hoà Vinh", "LĨNH VỰC XÂY DỰNG", "HS1"],
        ["Trần Thử", "phường Hoà Tâm", "Hộ tịch", "HS2"],
    )
    rows = [person.rows[0] for person in found.taken]
    assert [(row.ward, row.sector) for row in rows] == [
        ("phường Hòa Vinh", "Xây dựng"),
        ("phường Hoà Tâm", "Hộ tịch"),
    ]


def test_the_ward_may_stand_in_the_address_and_the_group_with_it() -> None:
    header = ["Họ và tên", "Nơi cư trú", "Phường", "Lĩnh vực", "Mã hồ sơ"]
    found = intake(
        ["Lê Mẫu", "Tổ dân phố Mẫu 3, phường Hòa Vinh", "", "Xây dựng", "HS1"],
        ["Trần Thử", "Tổ dân phố Mẫu 4, phường Hòa Vinh", "Hòa Hiệp Trung", "Xây dựng", "HS2"],
        ["Phạm Nháp", "", "", "Xây dựng", "HS3"],
        header=header,
    )
    assert [(person.ward, person.group) for person in found.taken] == [
        ("phường Hòa Vinh", "Tổ dân phố Mẫu 3"),
        ("phường Hòa Hiệp Trung", "Tổ dân phố Mẫu 4"),
    ]
    assert found.refused[0].column == "Phường"


def test_numbers_of_a_workbook_become_codes_and_telephones() -> None:
    header = [*HEADER, "SĐT", "Số CCCD", "Ngày tiếp nhận", "Năm sinh", "Giới tính"]
    found = intake(
        ["LÊ THỊ MẪU", "Hòa Vinh", "Xây dựng", 2021000123.0, 900000123.0, 54075000123.0, 44260.0, 1975.0, "Nữ"],
        header=header,
    )
    row = found.taken[0].rows[0]
    assert (row.name, row.file_code, row.phone) == ("Lê Thị Mẫu", "2021000123", "0900000123")
    assert (row.personal_number, row.received_on) == ("054075000123", date(2021, 3, 5))
    assert (row.birth_year, row.sex) == (1975, "female")


def test_a_personal_number_is_not_shown_by_chance() -> None:
    assert "054075000123" not in repr(with_column("Số CCCD", 54075000123.0))


def test_markup_in_cells_stays_words() -> None:
    name = '<img src=x onerror=alert(1)> "Bà Sáu" & ={1+1}'
    found = intake([name, "Hòa Vinh", "Xây dựng", "HS1"])
    assert found.taken[0].name == name


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["Hòa Vinh", "Xây dựng", "Lê Mẫu", "HS1", "HS2", "Tổng cộng", "0900000123", "31/02/2021"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.booleans(),
)
WIDE = [*HEADER, "SĐT", "Năm sinh", "Ngày tiếp nhận", "Trạng thái"]


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_every_line_ends_in_exactly_one_place(rows: list[list[Cell]]) -> None:
    good: list[Cell] = ["Võ Thị Nháp", "Hòa Vinh", "Xây dựng", "HS-luôn-có"]
    found = intake(good, *rows, header=WIDE)
    taken = [row.line for person in found.taken for row in person.rows]
    refused = [refusal.line for refusal in found.refused]
    skipped = [line.line for line in found.skipped]
    filled = [n for n, row in enumerate([good, *rows], 2) if any(_has_words(cell) for cell in row)]
    assert sorted(taken + refused + skipped) == filled
    assert {merge.line for merge in found.merged} <= set(taken)
    assert {doubt.line for doubt in found.doubts} <= set(taken)
    assert all(str(refusal).startswith(f"Dòng {refusal.line}, cột ") for refusal in found.refused)


def _has_words(cell: Cell) -> bool:
    return bool(words(cell))


@given(st.permutations(range(len(WIDE))))
def test_the_order_of_columns_changes_nothing(order: list[int]) -> None:
    row: list[Cell] = ["Lê Mẫu", "Hòa Vinh", "Xây dựng", "HS1", "0900000123", 1975, "05/03/2021", "Hoàn thành"]
    straight = intake(row, header=WIDE).taken
    assert intake([row[at] for at in order], header=[WIDE[at] for at in order]).taken == straight
