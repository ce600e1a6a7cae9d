"""Scans of signed lists: what is taken, how many pages, and one sentence for anything else."""

import io
import zlib
from struct import pack

import pypdfium2
import pytest

from doithoai.kernel.access import NotNow
from doithoai.roster import imports
from doithoai.roster.imports import Scanned, read_scan


def pdf(pages: int) -> bytes:
    """A PDF of empty pages."""
    made = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        made.new_page(595, 842)
    out = io.BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()


def png(wide: int, high: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
    lines = zlib.compress(b"".join(b"\0" + b"\x80" * wide for _line in range(high)))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def jpeg(wide: int, high: int, *, is_whole: bool = True) -> bytes:
    """The frame of a picture as a camera writes it: start, an application's segment, the frame header, the end."""
    application = b"\xff\xe1" + pack(">H", 8) + b"Exif\0\0"
    frame = b"\xff\xc0" + pack(">HBHHB", 11, 8, high, wide, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + application + frame + b"\x00" * 40 + (b"\xff\xd9" if is_whole else b"")


def test_what_scanners_and_telephones_make_is_taken() -> None:
    assert read_scan(pdf(3)) == Scanned("pdf", 3)
    assert read_scan(png(700, 900)) == Scanned("png", 1)
    assert read_scan(jpeg(3000, 4000)) == Scanned("jpg", 1)
    assert read_scan(jpeg(3000, 4000) + b"\0\0") == Scanned("jpg", 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "tệp trống"),
        (b"%PDF-1.7 het", "không mở được tệp PDF"),
        (b"PK\x03\x04 docx", "không phải PDF, JPG hay PNG"),
        (b"<html>", "không phải PDF, JPG hay PNG"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ảnh hỏng"),
        (b"\xff\xd8\xff\xe0", "ảnh hỏng"),
        (jpeg(3000, 4000, is_whole=False), "chưa tải hết"),
        (png(200, 900), "ảnh 200 × 900 điểm, quá nhỏ"),
        (jpeg(1000, 90), "ảnh 1000 × 90 điểm, quá nhỏ"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(NotNow, match=why):
        read_scan(data)


def test_what_is_too_large_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotNow, match="nhiều nhất 20 MB"):
        read_scan(b"%PDF-" + b"0" * imports.LARGEST)
    monkeypatch.setattr(imports, "MOST_PAGES", 2)
    with pytest.raises(NotNow, match="tệp có 3 trang"):
        read_scan(pdf(3))
