"""Reading the scan of a signed list: a PDF that opens, or a picture whose header is whole. What it shows is read by people."""

import struct
from dataclasses import dataclass
from typing import Literal

import pypdfium2
from django.utils.translation import gettext as _

from doithoai.kernel.access import NotNow

LARGEST = 20_000_000
"""Bytes of an uploaded scan."""
MOST_PAGES = 200
FEWEST_PIXELS = 600
"""A picture narrower than this cannot show a signed page legibly."""
Kind = Literal["pdf", "jpg", "png"]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan is and how many pages it has."""

    kind: Kind
    pages: int


def read_scan(data: bytes) -> Scanned:
    """What an uploaded file is. Raises NotNow with one sentence for anything that is not a legible scan."""
    if not data:
        raise NotNow(_("Chưa nhận tệp: tệp trống. Cần bản quét PDF, hoặc ảnh JPG, PNG."))
    if len(data) > LARGEST:
        size = {"found": round(len(data) / 1_000_000), "most": LARGEST // 1_000_000}
        raise NotNow(_("Chưa nhận tệp: tệp %(found)s MB, nhiều nhất %(most)s MB.") % size)
    if data.startswith(b"%PDF-"):
        return Scanned("pdf", _pages(data))
    if data.startswith(b"\xff\xd8\xff"):
        return _picture("jpg", _jpeg_size(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture("png", struct.unpack(">II", data[16:24]) if len(data) > 33 else None)
    raise NotNow(_("Chưa nhận tệp: đây không phải PDF, JPG hay PNG. Cần bản quét của danh sách đã ký."))


def _pages(data: bytes) -> int:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        raise NotNow(_("Chưa nhận tệp: không mở được tệp PDF này, có thể tệp hỏng hoặc có mật khẩu.")) from broken
    found = len(document)
    document.close()
    if not 0 < found <= MOST_PAGES:
        raise NotNow(
            _("Chưa nhận tệp: tệp có %(found)s trang, cần từ 1 đến %(most)s.") % {"found": found, "most": MOST_PAGES}
        )
    return found


def _picture(kind: Kind, size: tuple[int, ...] | None) -> Scanned:
    if size is None:
        raise NotNow(_("Chưa nhận tệp: ảnh hỏng hoặc chưa tải hết. Xin chụp hoặc quét lại."))
    if min(size) < FEWEST_PIXELS:
        found = {"wide": size[0], "high": size[1], "least": FEWEST_PIXELS}
        raise NotNow(_("Chưa nhận tệp: ảnh %(wide)s × %(high)s điểm, quá nhỏ để đọc chữ ký; cần từ %(least)s.") % found)
    return Scanned(kind, 1)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header (ISO 10918-1, B.2.2); None where there is none or the end is missing."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return (wide, high) if data.rstrip(b"\0").endswith(b"\xff\xd9") else None
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
