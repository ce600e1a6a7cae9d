"""The first day of an office: the command sets everything up or nothing, and its link lets the administrator in."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.ops.conftest import Installation, only_line

WARD = ("begin", "--code", "PDH", "--place", "22258", "--admin", "Trần Thị Quản", "--address-form", "bà")


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A server on which nothing was set up yet."""
    (tmp_path / "moi").mkdir()
    return Installation(tmp_path / "moi" / "office.sqlite3")


def rows(of: Installation, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(of.path)) as base:
        return base.execute(query).fetchall()


def test_one_command_and_an_office_can_begin(empty: Installation) -> None:
    done = empty.run(*WARD)
    assert done.returncode == 0, done.stderr
    assert "Đã thiết lập Ủy ban nhân dân phường Đông Hòa, mã PDH, theo bộ quy định cap-xa-2026." in done.stdout
    assert re.search(r"http://127\.0\.0\.1:8000/vao/[0-9a-f]{32}/", done.stdout)
    agency = "SELECT code, short_name, unit_code, parent_name, place, zone FROM directory_agency"
    assert rows(empty, agency) == [
        ("PDH", "UBND phường Đông Hòa", "22258", "UBND tỉnh Đắk Lắk", "Đông Hòa", "Asia/Ho_Chi_Minh")
    ]
    assert rows(empty, "SELECT username, name FROM people_staff") == [("pdh.quan", "Trần Thị Quản")]
    assert rows(empty, "SELECT role FROM people_holding") == [("admin",)]
    kinds = {kind for (kind,) in rows(empty, "SELECT kind FROM directory_office")}
    assert kinds == {"secretariat", "one_stop", "front"}
    assert rows(empty, "SELECT name, unit_code FROM directory_place") == [("Đông Hòa", "22258")]
    assert empty.run("verify").returncode == 0
    again = empty.run(*WARD)
    assert (again.returncode, only_line(again.stderr)) == (
        1,
        "Đã có cơ quan mang mã PDH trên máy chủ này. Chưa đổi gì.",
    )
    assert len(rows(empty, "SELECT 1 FROM directory_agency")) == 1
    link = empty.run("link", "pdh.quan")
    assert link.returncode == 0
    assert re.search(r"/vao/[0-9a-f]{32}/", link.stdout)
    unknown = empty.run("link", "khong-co")
    assert (unknown.returncode, only_line(unknown.stderr)) == (1, "Không có tài khoản “khong-co”. Chưa tạo gì.")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"--code": "x"}, "cần 2 đến 8 chữ cái"),
        ({"--place": "99999"}, "Không có địa danh nào mang mã 99999"),
        ({"--place": "phường Đông Hòa"}, "có 2 nơi: "),
        ({"--profile": "khong-co"}, "Không có bộ quy định “khong-co”"),
        ({"--profile": "dong-hoa-2021"}, "viết cho cấp huyện"),
        ({"--zone": "Mars/Base"}, "Không biết múi giờ “Mars/Base”"),
        ({"--admin": ""}, "Thiếu --admin"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_stored(
    empty: Installation, changed: dict[str, str], why: str
) -> None:
    said = dict(zip(WARD[1::2], WARD[2::2], strict=True)) | changed
    done = empty.run("begin", *(word for pair in said.items() for word in pair))
    assert done.returncode == 1
    assert why in only_line(done.stderr)
    assert rows(empty, "SELECT 1 FROM directory_agency") == []
