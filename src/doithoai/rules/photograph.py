"""Photographs and scans that people send: what they are by their content, and freed of what nobody meant to send.

A camera writes where and when a picture was taken into the file, programs write names. Only what is needed to show the
picture is kept, byte by byte: nothing is drawn anew, so nothing becomes less readable.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from doithoai.rules.filekinds import PNG, begins_as

Kind = Literal["jpg", "png", "pdf"]

LARGEST: Final = 12_000_000
"""Bytes of one file as it was sent."""

WIDEST: Final = 16_000
"""Picture points along one side: more would only harm whoever opens it."""


class NotAPhotograph(Exception):
    """What was sent cannot be taken; the text is one Vietnamese sentence saying what was found and what is expected."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A file that may be kept: its kind, its bytes without hidden data."""

    kind: Kind
    data: bytes


def cleaned(data: bytes) -> Photograph:
    """A JPEG or PNG picture without place, date, device, names and thumbnails; which way up it is held is kept.

    Raises NotAPhotograph for anything else, for a broken file and for one that is too large. A PDF is only told
    apart here: whoever can read one takes its hidden data off.
    """
    if len(data) > LARGEST:
        raise NotAPhotograph(f"Tệp lớn quá: {len(data) / 1e6:.1f} MB. Mỗi tệp nhiều nhất {LARGEST // 1_000_000} MB.")
    kind = begins_as(data)
    if kind == "zip" or kind == "ole" or not kind:
        raise NotAPhotograph(_unknown(data))
    try:
        clean = _jpeg(data) if kind == "jpg" else _png(data) if kind == "png" else data
    except (struct.error, IndexError, zlib.error) as cut:
        raise NotAPhotograph(_BROKEN) from cut
    return Photograph(kind, clean)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in points of a JPEG (ISO 10918-1, B.2.2) or PNG picture; None where it is cut short or broken."""
    try:
        if begins_as(data) == "png":
            wide, high = struct.unpack(">II", data[16:24])
            return (wide, high) if len(data) > _PNG_HEADED else None
        frames = (body for marker, _piece, body in _segments(data) if marker in _FRAMES)
        high, wide = struct.unpack(">HH", next(frames)[1:5])
    except (NotAPhotograph, StopIteration, struct.error, IndexError):
        return None
    return (wide, high) if data.rstrip(b"\0").endswith(_END) else None


_PNG_HEADED: Final = 33
"""Bytes up to the end of a PNG's first chunk, the one with its size."""
_BROKEN: Final = "Ảnh bị hỏng hoặc tải lên chưa hết. Xin chụp hoặc chọn lại."
_HEIF: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def _unknown(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "Ảnh dạng HEIC chưa mở được ở đây. Xin chụp lại bằng nút chụp ảnh, hoặc gửi ảnh JPEG."
    return "Tệp này không phải ảnh JPEG, PNG hay PDF. Xin chọn ảnh chụp hoặc bản quét."


# JPEG: a chain of marked segments, then the picture itself. APP14 tells how colours are meant.
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_ADOBE: Final = 0xEE
_END: Final = b"\xff\xd9"


def _jpeg(data: bytes) -> bytes:
    kept, turned, has_frame = [b"\xff\xd8"], 1, False
    for marker, piece, body in _segments(data):
        if marker in _FRAMES:
            _check_size(*struct.unpack(">HH", body[1:5])[::-1])
            has_frame = True
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            turned = _orientation(body[6:])
        elif marker == _ADOBE or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(piece)
    if not has_frame or not any(piece.startswith(b"\xff\xda") for piece in kept):
        raise NotAPhotograph(_BROKEN)
    return kept[0] + _held(turned) + b"".join(kept[1:]) + _END


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Marker, whole bytes and content of each segment up to the end of the first picture; a scan has its lines with it.

    What follows the end (a second picture, a film, a maker's notes) is left behind.
    """
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise NotAPhotograph(_BROKEN)
        marker = data[at + 1]
        if marker == 0xD9:
            return
        if marker in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise NotAPhotograph(_BROKEN)
        body = data[at + 4 : end]
        if marker == 0xDA:
            end = _scan_end(data, end)
        yield marker, data[at:end], body
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the lines of a scan end: at the next mark that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPhotograph(_BROKEN)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise NotAPhotograph(f"Ảnh rộng quá: {width} × {height} điểm. Mỗi chiều nhiều nhất {WIDEST} điểm.")


_ORIENTATION: Final = 0x0112


def _orientation(tiff: bytes) -> int:
    """Which way up the camera was held, 1 to 8; 1 where the file does not say or says nonsense."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 1
    try:
        (at,) = struct.unpack(f"{order}I", tiff[4:8])
        (count,) = struct.unpack(f"{order}H", tiff[at : at + 2])
        for entry in range(min(count, 200)):
            tag, _type, _n, value = struct.unpack(f"{order}HHIH", tiff[at + 2 + 12 * entry :][:10])
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _held(turned: int) -> bytes:
    """The one fact of a camera that is kept, in the smallest form that every program reads."""
    if turned == 1:
        return b""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


_KEPT_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})


def _png(data: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data) or struct.unpack(">I", data[end - 4 : end])[0] != zlib.crc32(data[at + 4 : end - 4]):
            raise NotAPhotograph(_BROKEN)
        if name == b"IHDR":
            _check_size(*struct.unpack(">II", data[at + 8 : at + 16]))
        names.append(name)
        if name in _KEPT_CHUNKS:
            kept.append(data[at:end])
        at = end
    if names[0] != b"IHDR" or b"IDAT" not in names:
        raise NotAPhotograph(_BROKEN)
    return b"".join(kept)
