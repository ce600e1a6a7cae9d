"""Reading the scan of a signed list: a PDF that opens, or a picture whose header is whole. What it shows is read by people."""

from dataclasses import dataclass
from typing import Literal

import pypdfium2
from django.utils.translation import gettext as _

from doithoai.kernel.access import NotNow
from doithoai.rules.filekinds import begins_as
from doithoai.rules.photograph import size_of

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
    kind = begins_as(data)
    if kind == "pdf":
        return Scanned("pdf", _pages(data))
    if kind == "jpg" or kind == "png":
        return _picture(kind, size_of(data))
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


def _picture(kind: Kind, size: tuple[int, int] | None) -> Scanned:
    if size is None:
        raise NotNow(_("Chưa nhận tệp: ảnh hỏng hoặc chưa tải hết. Xin chụp hoặc quét lại."))
    if min(size) < FEWEST_PIXELS:
        found = {"wide": size[0], "high": size[1], "least": FEWEST_PIXELS}
        raise NotNow(_("Chưa nhận tệp: ảnh %(wide)s × %(high)s điểm, quá nhỏ để đọc chữ ký; cần từ %(least)s.") % found)
    return Scanned(kind, 1)
