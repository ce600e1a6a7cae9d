"""How large an uploaded workbook would become, measured before a reader builds it.

A workbook is a zip of XML. A few kilobytes of it can unpack to gigabytes, claim a cell in line 1,048,576,
or name one long text a million times; a reader that builds the sheet finds out too late.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

MAX_UNPACKED = 300_000_000
"""Bytes of all parts of the zip together, and characters of all cells together."""
MAX_PARTS = 5_000

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, KeyError)


class Damaged(Exception):
    """The zip or one of its parts cannot be read."""


class TooLarge(Exception):
    """The workbook would unpack to more than `MAX_UNPACKED`."""


@dataclass(slots=True)
class Extent:
    """The farthest line and column that hold anything, counted from 1, and the characters that are repeated."""

    line: int = 0
    column: int = 0
    characters: int = 0

    def reach(self, line: int, column: int, characters: int) -> None:
        """Take in one more cell. Raises TooLarge as soon as the texts together are too long."""
        self.line, self.column = max(self.line, line), max(self.column, column)
        self.characters += characters
        if self.characters > MAX_UNPACKED:
            raise TooLarge


def names_of(data: bytes) -> frozenset[str]:
    """The parts of a zip, after each was unpacked once and its checksum held.

    Raises TooLarge or Damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise TooLarge
            if archive.testzip() is not None:
                raise Damaged
            return frozenset(archive.namelist())
    except _BROKEN:
        raise Damaged from None


def extent_of_xlsx(data: bytes) -> Extent:
    """How far the sheets of an XLSX reach; empty cells that only carry a format do not count.

    Raises TooLarge or Damaged.
    """
    extent, shared = Extent(), list[int]()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.lower().endswith(".xml")]
        for name in sorted(parts, key=lambda name: "sharedstrings" not in name.lower()):
            if "sharedstrings" in name.lower():
                shared = [len("".join(text.itertext())) for text in _elements(archive, name, "{*}si")]
            else:
                _reach_sheet(extent, archive, name, shared)
    return extent


def _reach_sheet(extent: Extent, archive: zipfile.ZipFile, name: str, shared: Sequence[int]) -> None:
    line = 0
    for row in _elements(archive, name, "{*}row"):
        line = _whole(row.get("r"), line + 1)
        column = characters = farthest = 0
        for cell in row:
            column = _column(cell.get("r"), column + 1)
            if len(cell):
                farthest = max(farthest, column)
                characters += _shared_length(cell, shared)
        if farthest:
            extent.reach(line, farthest, characters)


def _shared_length(cell: Any, shared: Sequence[int]) -> int:
    """The length of the text that a cell names by number; a text of its own is no longer than the part itself."""
    if cell.get("t") != "s":
        return 0
    index = _whole("".join(cell.itertext()), -1)
    return shared[index] if 0 <= index < len(shared) else 0


def extent_of_ods(data: bytes) -> Extent:
    """How far the sheets of an ODS reach, rows and cells written once for many counted as often as they stand.

    Raises TooLarge or Damaged.
    """
    extent = Extent()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        line = 0
        for element in _elements(archive, "content.xml", f"{_TABLE}table-row", f"{_TABLE}table"):
            if element.tag == f"{_TABLE}table":
                line = 0
            else:
                line += _whole(element.get(f"{_TABLE}number-rows-repeated"), 1)
                _reach_row(extent, element, line)
    return extent


def _reach_row(extent: Extent, row: Any, line: int) -> None:
    again = _whole(row.get(f"{_TABLE}number-rows-repeated"), 1)
    column = 0
    for cell in row:
        wide = _whole(cell.get(f"{_TABLE}number-columns-repeated"), 1)
        column += wide
        if len(cell):
            extent.reach(line, column, again * wide * len("".join(cell.itertext())))


def _elements(archive: zipfile.ZipFile, name: str, *tags: str) -> Iterator[Any]:
    """Each element of those tags once it is complete; what was seen is dropped, so memory stays flat."""
    safe = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    try:
        with archive.open(name) as stream:
            for _, element in etree.iterparse(stream, events=("end",), tag=tags, **safe):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, *_BROKEN):
        raise Damaged from None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() else otherwise


def _column(reference: str | None, otherwise: int) -> int:
    """The number of a column from a reference such as "AB12"."""
    return _letters(reference.rstrip("0123456789")) if reference else otherwise


@lru_cache(maxsize=1024)
def _letters(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
