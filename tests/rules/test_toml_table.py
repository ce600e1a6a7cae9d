"""The strict reader of data files: every refusal names the file, the place and what was expected."""

from datetime import date

import pytest

from doithoai.rules.toml_table import Table, read_table


class RefusedError(ValueError):
    """What this test's reader raises."""


SAMPLE = """
name = " Tên "
empty = ""
number = 3
yes = true
on = 2021-12-22
at = 2021-12-22T07:30:00
words = ["một", "hai"]
gaps = ["một", " "]
[inner]
name = "trong"
[[row]]
name = "đầu"
[[row]]
[inner.deep]
name = "sâu"
"""


@pytest.fixture
def table() -> Table:
    return read_table(SAMPLE, "mau.toml", RefusedError)


def test_reads_every_type(table: Table) -> None:
    assert table.text("name") == "Tên"
    assert table.text("absent", "") == ""
    assert table.text("empty", "") == ""
    assert table.whole("number", least=3) == 3
    assert table.flag("yes") is True
    assert table.flag("absent", default=False) is False
    assert table.day("on") == date(2021, 12, 22)
    assert table.texts("words") == ("một", "hai")
    assert table.choice("name", ("Tên", "Khác")) == "Tên"
    assert table.table("inner").table("deep").text("name") == "sâu"
    assert [row.path for row in table.tables("row")] == ["row[1]", "row[2]"]
    assert table.tables("absent") == ()


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda t: t.text("absent"), "mau.toml: mục absent: thiếu khóa này, cần một chuỗi chữ."),
        (lambda t: t.text("empty"), "mau.toml: mục empty: đang để trống, cần một chuỗi chữ."),
        (lambda t: t.text("number"), "mau.toml: mục number: cần một chuỗi chữ, đang là 3."),
        (
            lambda t: t.whole("number", least=4),
            "mau.toml: mục number: cần một số nguyên từ 4 trở lên, đang là 3.",
        ),
        (
            lambda t: t.whole("yes", least=0),
            "mau.toml: mục yes: cần một số nguyên từ 0 trở lên, đang là True.",
        ),
        (lambda t: t.flag("number"), "mau.toml: mục number: cần true hoặc false, đang là 3."),
        (lambda t: t.day("name"), "mau.toml: mục name: cần một ngày dạng 2021-12-22, đang là ' Tên '."),
        (lambda t: t.choice("name", ("a", "b")), "mau.toml: mục name: cần một trong a, b; đang là 'Tên'."),
        (lambda t: t.texts("gaps"), "mau.toml: mục gaps: cần một danh sách chuỗi chữ, ít nhất một chuỗi."),
        (lambda t: t.table("name"), "mau.toml: mục name: thiếu bảng này."),
        (lambda t: t.tables("words"), "mau.toml: mục words: cần một danh sách bảng."),
        (
            lambda t: t.tables("row")[1].text("name"),
            "mau.toml: mục row[2].name: thiếu khóa này, cần một chuỗi chữ.",
        ),
        (
            lambda t: t.table("inner").table("deep").whole("name", least=1),
            "mau.toml: mục inner.deep.name: cần một số nguyên từ 1 trở lên, đang là 'sâu'.",
        ),
        (lambda t: t.table("inner").only(("deep",)), "mau.toml: mục inner.name: không có khóa này."),
    ],
)
def test_refusals_name_file_place_and_reason(table: Table, read: object, sentence: str) -> None:
    assert callable(read)
    with pytest.raises(RefusedError) as refusal:
        read(table)
    assert str(refusal.value) == sentence


def test_an_instant_is_not_a_day(table: Table) -> None:
    with pytest.raises(RefusedError, match="mục at: cần một ngày dạng"):
        table.day("at")


def test_known_keys_pass(table: Table) -> None:
    row = table.tables("row")[0]
    row.only(("name", "other"))
    assert row.text("name") == "đầu"


def test_text_that_is_not_toml() -> None:
    with pytest.raises(RefusedError, match=r"^hong\.toml: không đọc được tệp TOML"):
        read_table("a = = 1", "hong.toml", RefusedError)
