"""A file is what its content says, whatever its name."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doithoai.rules.filekinds import TYPES, begins_as, kind_of


def packed(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xff\xd8\xff\xe0 JFIF", "jpg"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (packed("word/document.xml"), "docx"),
        (packed("xl/workbook.xml", "xl/worksheets/sheet1.xml"), "xlsx"),
        (packed("word/document.xml", "word/vbaProject.bin"), ""),
        (packed("hinh.svg"), ""),
        (b"PK\x03\x04 hong", ""),
        (b"MZ\x90\x00", ""),
        (b"<svg onload=alert(1)>", ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_the_kind_is_read_from_the_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@given(st.binary(max_size=200))
def test_anything_is_a_known_kind_or_none(data: bytes) -> None:
    assert kind_of(data) in {*TYPES, ""}
    assert kind_of(b"PK\x03\x04" + data) in {"docx", "xlsx", ""}


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"%PDF-1.4", "pdf"),
        (b"\r\n %PDF-1.4", "pdf"),
        (b"x%PDF-1.4", ""),
        (b" " * 1024 + b"%PDF-1.4", ""),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0", "ole"),
        (b"GIF89a", ""),
        (b"", ""),
    ],
)
def test_a_file_gives_itself_out_with_its_first_bytes(data: bytes, beginning: str) -> None:
    assert begins_as(data) == beginning
