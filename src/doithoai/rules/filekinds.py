"""What a file is by its content, whatever its name says."""

import io
import zipfile
from types import MappingProxyType
from typing import Final, Literal

Beginning = Literal["pdf", "jpg", "png", "zip", "ole", ""]
"""How a file begins: `zip` is every office file of today, `ole` one of before 2007, or a locked one."""

TYPES: Final = MappingProxyType({
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
"""The media type of each kind that is taken in and given out."""

PNG: Final = b"\x89PNG\r\n\x1a\n"
_BEGINNINGS: Final[tuple[tuple[bytes, Beginning], ...]] = (
    (b"\xff\xd8\xff", "jpg"),
    (PNG, "png"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
)
_PDF_WITHIN: Final = 1024
_PARTS: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))


def begins_as(data: bytes) -> Beginning:
    """What a file gives itself out for with its first bytes; empty for anything else.

    Blank lines before the mark of a PDF are forgiven, as every reader forgives them.
    """
    if data[:_PDF_WITHIN].lstrip().startswith(b"%PDF-"):
        return "pdf"
    return next((kind for mark, kind in _BEGINNINGS if data.startswith(mark)), "")


def kind_of(data: bytes) -> str:
    """One of the keys of `TYPES`; empty for anything else, macros and programs among it."""
    beginning = begins_as(data)
    if beginning == "zip":
        return _office_kind(data)
    return beginning if beginning in TYPES else ""


def _office_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return ""
    return next((kind for part, kind in _PARTS if part in names), "")
