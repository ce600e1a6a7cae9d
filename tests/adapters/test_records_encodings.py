"""Exports in the encodings of before Unicode: found by their words, and told."""

import codecs
import unicodedata
from xml.sax.saxutils import escape

import pytest

from doithoai.adapters.records_spreadsheet import read_table
from doithoai.rules.onestop import Expected, take_in
from tests.adapters.workbooks import xlsx
from tests.rules.old_fonts import vn3, vni

TEXT = (
    "Họ và tên;Phường;Lĩnh vực;Mã hồ sơ;Trạng thái\r\n"
    "Nguyễn Thị Thử;phường Hòa Vinh;Đất đai;HS-1;Đã trả kết quả\r\n"
    "Trần Đức Mẫu;phường Hòa Hiệp Trung;Xây dựng;HS-2;Đang giải quyết\r\n"
)
EXPECTED = Expected(("phường Hòa Vinh", "phường Hòa Hiệp Trung"), ("Đất đai", "Xây dựng"))


def windows_1258(text: str) -> bytes:
    """Vietnamese as Windows stores it: base letters with their shapes, tones as letters of their own."""
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", letter)
            tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "is_told"),
    [
        (TEXT.encode(), False),
        (codecs.BOM_UTF8 + TEXT.encode(), False),
        (TEXT.encode("utf-16"), False),
        (TEXT.encode("utf-16-le"), False),
        (windows_1258(TEXT), False),
        (vn3(TEXT).encode("latin-1"), True),
        (vni(TEXT).encode("latin-1"), True),
        (vn3(TEXT).encode(), True),
        (vni(TEXT).encode(), True),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16", "utf-16-le", "1258", "tcvn3", "vni", "tcvn3-as-utf-8", "vni-as-utf-8"],
)
def test_a_csv_in_any_encoding_gives_the_same_people(data: bytes, is_told: bool) -> None:
    table = read_table(data, "ho-so.csv")
    intake = take_in(table, EXPECTED)
    assert [one.name for one in intake.taken] == ["Nguyễn Thị Thử", "Trần Đức Mẫu"]
    assert [one.ward for one in intake.taken] == list(EXPECTED.wards)
    assert [row.finished for one in intake.taken for row in one.rows] == [True, False]
    assert ("đã đổi sang Unicode" in table.note) is is_told


@pytest.mark.parametrize("store", [vn3, vni])
def test_a_workbook_typed_in_an_old_font(store: object) -> None:
    assert callable(store)
    cells = [[escape(store(cell)) for cell in line.split(";")] for line in TEXT.splitlines()]
    rows = ["".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in cells]
    table = read_table(xlsx("".join(f"<row>{row}</row>" for row in rows)), "ho-so.xlsx")
    assert [one.name for one in take_in(table, EXPECTED).taken] == ["Nguyễn Thị Thử", "Trần Đức Mẫu"]
    assert table.note
