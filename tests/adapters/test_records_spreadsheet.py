"""Reading an uploaded spreadsheet: every format, by its content; and what is refused before it is built."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.adapters import records_measure, records_spreadsheet
from doithoai.adapters.records_spreadsheet import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, read_table
from doithoai.rules.onestop import Expected, RecordsUnreadable, take_in
from doithoai.rules.vietnamese import squeeze
from doithoai.sample.people import ATTACK_NAME
from tests.adapters.workbooks import ods, ods_rows, xls, xlsx, zipped

MOMENT = datetime.combine(date(2021, 3, 5), time(8, 15))
ROWS = [
    ["UBND THỊ XÃ MẪU", "", "", ""],
    ["", "", "", ""],
    ["Họ và tên", "Nơi cư trú", "Lĩnh vực", "Mã hồ sơ"],
    ["Nguyễn Thị Mẫu", "Tổ 3, phường Hòa Vinh", "Xây dựng", "HS-1"],
    [ATTACK_NAME, "phường Hòa Vinh", "Xây dựng", "HS-2"],
]


def as_xlsx(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_csv(rows: list[list[str]], delimiter: str = ";") -> str:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue()


def as_html(rows: list[list[str]]) -> str:
    escape = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;"})
    lines = ("".join(f"<td>{cell.translate(escape)}</td>" for cell in row) for row in rows)
    return "<html><meta charset=utf-8><body><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def refusal(data: bytes, filename: str = "hồ sơ.xlsx", sheet: str | None = None) -> str:
    with pytest.raises(RecordsUnreadable) as caught:
        read_table(data, filename, sheet)
    return str(caught.value)


FORMATS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "xlsx": as_xlsx,
    "xls": xls,
    "ods": lambda rows: ods(ods_rows(rows)),
    "html named xls": lambda rows: as_html(rows).encode(),
    "csv, UTF-8 with BOM, semicolons": lambda rows: as_csv(rows).encode("utf-8-sig"),
    "csv, UTF-8, commas": lambda rows: as_csv(rows, ",").encode(),
    "csv, UTF-16, tabs (Excel's Unicode text)": lambda rows: as_csv(rows, "\t").encode("utf-16"),
    "csv, UTF-16 without BOM": lambda rows: as_csv(rows).encode("utf-16-le"),
    "csv, big-endian UTF-16": lambda rows: b"\xfe\xff" + as_csv(rows).encode("utf-16-be"),
    "csv with the separator told": lambda rows: ("sep=|\r\n" + as_csv(rows, "|")).encode(),
}


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
@pytest.mark.parametrize("filename", ["danh sách.xls", "không-có-đuôi"])
def test_every_format_gives_the_same_cells_whatever_its_name(
    write: Callable[[list[list[str]]], bytes], filename: str
) -> None:
    table = read_table(write(ROWS), filename)
    cells = [[squeeze(str(cell)) if cell is not None else "" for cell in row] for row in table.rows]
    assert [row for row in cells if any(row)] == [ROWS[0], *ROWS[2:]]
    assert cells[3] == ROWS[3], "lines keep their numbers, empty ones count"


@pytest.mark.parametrize("write", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_is_taken_in(write: Callable[[list[list[str]]], bytes]) -> None:
    intake = take_in(read_table(write(ROWS), "x"), Expected(("phường Hòa Vinh",), ("Xây dựng",)))
    assert [(who.line, who.name, who.ward) for who in intake.taken] == [
        (4, "Nguyễn Thị Mẫu", "phường Hòa Vinh"),
        (5, ATTACK_NAME, "phường Hòa Vinh"),
    ]


def test_windows_1258_gives_whole_letters() -> None:
    # Windows-1258 has no "ế" or "ồ": a letter and a tone that follows it.
    text = "Họ và tên;Nơi cư trú\r\nNguyễn Thị Thử;phường Hòa Vinh\r\n"
    pairs = {"ọ": "o\u0323", "ễ": "ê\u0303", "ị": "i\u0323", "ử": "ư\u0309", "ờ": "ơ\u0300", "ò": "o\u0300"}
    spelled = "".join(pairs.get(letter, letter) for letter in text)
    table = read_table(spelled.encode("cp1258"), "cũ.csv")
    assert [squeeze(str(cell)) for cell in table.rows[1]] == ["Nguyễn Thị Thử", "phường Hòa Vinh"]


def test_days_and_numbers_of_a_workbook_come_as_such() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Ngày", date(2021, 3, 5), MOMENT, 912345678, 0.5, True])
    row = read_table(saved(book), "x.xlsx").rows[0]
    assert list(row) == ["Ngày", date(2021, 3, 5), MOMENT, 912345678, 0.5, True]


def test_the_sheet_with_the_records_is_found_behind_a_cover_and_a_hidden_sheet() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Trang bìa"])
    hidden = book.create_sheet("Cũ")
    hidden.sheet_state = "hidden"
    for sheet in (hidden, book.create_sheet("Hồ sơ 2021")):
        for row in ROWS:
            sheet.append(row)
    data = saved(book)
    assert read_table(data, "x.xlsx").sheet == "Hồ sơ 2021"
    assert read_table(data, "x.xlsx", "ho so 2021").sheet == "Hồ sơ 2021"
    assert read_table(data, "x.xlsx", "Sheet").sheet == "Sheet"
    assert 'không có trang tên "Khác"' in refusal(data, sheet="Khác")


def test_without_any_records_the_first_sheet_is_given() -> None:
    assert read_table(as_xlsx([["chỉ một ô"]]), "x.xlsx").rows == [["chỉ một ô"]]


def test_a_ward_merged_over_several_lines_is_said_of_each_of_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [["Tên", "Phường"], ["A", "Hòa Vinh"], ["B", None], ["C", None], ["D", None]]:
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    assert [row[1] for row in read_table(saved(book), "x.xlsx").rows] == ["Phường", *["Hòa Vinh"] * 3, ""]


def test_a_title_merged_over_columns_stands_once() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["DANH SÁCH", None, None])
    book.worksheets[0].append(["a", "b", "c"])
    book.worksheets[0].merge_cells("A1:C1")
    assert read_table(saved(book), "x.xlsx").rows[0] == ["DANH SÁCH", "", ""]


def test_spans_of_html_keep_the_columns_straight() -> None:
    text = """<table border=1><tr><td colspan=3>DANH SÁCH</td></tr>
        <tr><th>Tên</th><th>Phường<br>xã</th><th>Mã</th></tr>
        <tr><td>A</td><td rowspan="2">Hòa Vinh</td><td>1</td></tr><tr><td>B</td><td>2</td></tr>
        <tr><td>C</td><td colspan=x>&nbsp;</td><td>3</td></tr></table>"""
    rows = read_table(text.encode(), "x.xls").rows
    assert rows == [["DANH SÁCH", "", ""], ["Tên", "Phường xã", "Mã"], ["A", "Hòa Vinh", "1"], ["B", "Hòa Vinh", "2"],
                    ["C", "", "3"]]  # fmt: skip


def test_the_list_is_found_inside_a_table_of_layout() -> None:
    text = "<html><table><tr><td>Trình đơn</td><td>" + as_html(ROWS)[len("<html>") :] + "</td></tr></table>"
    assert read_table(text.encode(), "x.xls").rows[3] == ROWS[3]


def test_commas_inside_addresses_do_not_part_cells() -> None:
    lines = ["Tên;Nơi cư trú;Mã"] + [f"Người {n};Tổ {n}, phường Hòa Vinh, thị xã Mẫu;HS{n}" for n in range(30)]
    assert {len(row) for row in read_table("\n".join(lines).encode(), "x.csv").rows} == {3}


def test_markup_in_a_csv_stays_text() -> None:
    row = ["<b>Mẫu</b>", "<table>", "=1+1", '"Bà Sáu"']
    assert read_table(as_csv([["a", "b", "c", "d"], row]).encode(), "x.csv").rows[1] == row


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    )
)
def test_any_text_survives_a_csv(rows: list[list[str]]) -> None:
    head = ["Họ và tên", "Nơi cư trú", "Lĩnh vực"]  # without it a few odd cells could pass for another separator
    table = read_table(as_csv([head] * 40 + rows).encode("utf-8-sig"), "x.csv")
    assert [list(row) for row in table.rows[40:]] == rows


# Refusals: one sentence that names the file, what was found and what is needed.


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n\x00\x01\x02\x9d\xff", "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải bảng tính"),
        (zipped({"word/document.xml": "<a/>"}), "không phải bảng tính"),
        (zipped({"xl/workbook.bin": "x"}), "không phải bảng tính"),
        (b"PK\x03\x04 and then nothing", "bị hỏng"),
        (as_xlsx(ROWS)[:-400], "bị hỏng"),
        (xlsx("<row r='1'><c r='A1'>"), "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "hoặc không phải bảng tính"),
        (xls([["a"]]) + "EncryptedPackage".encode("utf-16-le"), "được khóa bằng mật khẩu"),
        (xls([["a"]], locked=True), "có mật khẩu"),
        (xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', state="hidden"), "không có trang nào để xem"),
        (b"a;b\r\n" + b'"mo ma khong dong;1\r\n' + b"x;y\r\n" * 50, "từ dòng 2"),
        (b'a;b\r\n"' + b"x" * 200_000, "từ dòng 2"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, found: str) -> None:
    sentence = refusal(data, "hồ sơ.xlsx")
    assert sentence.startswith('Tệp "hồ sơ.xlsx" ')
    assert found in sentence
    assert "Cần" in sentence


def test_a_heavy_file_is_refused_before_it_is_looked_at() -> None:
    assert "nặng quá 20 MB" in refusal(b"PK\x03\x04" + b"\0" * MAX_BYTES)


def test_a_broken_checksum_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/workbook.xml", "<nguyên vẹn/>")
    assert "bị hỏng" in refusal(target.getvalue().replace(b"nguy", b"nguz"))


def test_a_zip_bomb_is_refused_by_its_unpacked_size() -> None:
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/media/x": b"\0" * (records_measure.MAX_UNPACKED + 1)})
    assert len(bomb) < 400_000
    assert "bung ra quá lớn" in refusal(bomb)


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_measure, "MAX_PARTS", 3)
    assert "bung ra quá lớn" in refusal(as_xlsx(ROWS))


def test_one_long_text_named_by_many_cells_is_refused() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 11_000))
    assert "bung ra quá lớn" in refusal(xlsx(cells, strings=f"<si><t>{'a' * 30_000}</t></si>"))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (xlsx("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "ở dòng 1.048.576"),
        (xlsx("<row r='1'><c r='XFD1'><v>1</v></c></row>"), "ở cột thứ 16.384"),
        (xlsx("<row r='70000'><c><v>1</v></c></row>"), "ở dòng 70.000"),
        (xls([["x"] * (MAX_COLUMNS + 1)]), "ở cột thứ 201"),
        (as_csv([["a", "b"]] * (MAX_ROWS + 1)).encode(), "ở dòng 60.001"),
        (as_csv([["a"] * 201]).encode(), "ở cột thứ 201"),
        (("<table><tr>" + "<td colspan=999999>x</td>" * 9 + "</table>").encode(), "ở cột thứ 201"),
    ],
)
def test_a_sheet_beyond_the_limits_is_refused(data: bytes, found: str) -> None:
    assert found in refusal(data)


def test_cells_that_only_carry_a_format_do_not_count() -> None:
    data = xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="XFD900000" s="1"/></row>')
    assert read_table(data, "x.xlsx").rows == [[1]]


def row_of(text: str, rows: int = 1, columns: int = 1) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}"'
    content = f"{cell}><text:p>{text}</text:p></table:table-cell>" if text else f"{cell}/>"
    return f'<table:table-row table:number-rows-repeated="{rows}">{content}</table:table-row>'


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (row_of("x", rows=1_000_000), "ở dòng 1.000.000"),
        (row_of("", rows=1_000_000) + row_of("x"), "ở dòng 1.000.001"),
        (row_of("x", columns=1_000), "ở cột thứ 1.000"),
        (row_of("x" * 1000, rows=50_000, columns=150), "bung ra quá lớn"),
    ],
)
def test_an_ods_that_repeats_itself_is_measured(rows: str, found: str) -> None:
    assert found in refusal(ods(rows), "x.ods")


def test_empty_lines_at_the_end_of_an_ods_are_nothing() -> None:
    data = ods(ods_rows([["a", "b"]]) + row_of("", rows=1_048_575, columns=1024))
    assert read_table(data, "x.ods").rows == [["a", "b"]]


def test_entities_of_xml_open_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("bí mật")
    plain = xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>')
    parts = {name: text for name, text in _parts(plain).items() if name != "xl/worksheets/sheet1.xml"}
    sheet = _parts(plain)["xl/worksheets/sheet1.xml"]
    declared = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{secret.as_uri()}">]>{sheet}'
    try:
        rows = read_table(zipped(parts | {"xl/worksheets/sheet1.xml": declared}), "x.xlsx").rows
    except RecordsUnreadable:
        rows = []
    assert "bí mật" not in str(rows)


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_long_name_is_shortened_in_the_sentence() -> None:
    assert len(refusal(b"\x00\x01", "x" * 500)) < 250


def test_limits_are_those_the_manual_tells() -> None:
    assert (records_spreadsheet.MAX_ROWS, MAX_COLUMNS, MAX_BYTES) == (60_000, 200, 20_000_000)
