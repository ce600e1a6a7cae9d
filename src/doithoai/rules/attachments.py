"""What a file is by its content, whatever its name says: the kinds that may be attached as evidence."""

import io
import zipfile
from types import MappingProxyType
from typing import Final

LARGEST: Final = 15_000_000
"""Bytes of one attached file."""

TYPES: Final = MappingProxyType({
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip

_MAGIC: Final = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_PARTS: Final = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))


def kind_of(data: bytes) -> str:
    """One of the keys of `TYPES`; empty for anything else, macros and programs among it."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return _office_kind(data) if data.startswith(b"PK\x03\x04") else ""


def _office_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return ""
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return ""
    return next((kind for part, kind in _PARTS if part in names), "")
