"""Tables taken away as CSV that a spreadsheet program opens with its letters whole and never runs; lists pasted in."""

import csv
import io
import re
from collections.abc import Iterable

from doithoai.rules.vietnamese import fold, squeeze

HEADINGS = {"ten", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc", "ma", "ma thu tuc"}
_CODED = re.compile(r'"?[0-9][0-9A-Z.]*"?,')
MARKS = ("=", "+", "-", "@")


def csv_table(rows: Iterable[Iterable[str | int]]) -> bytes:
    """The rows as CSV in UTF-8 with its mark, lines ended by CR LF; texts are tamed."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([tame(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def tame(cell: str) -> str:
    """A cell that a spreadsheet program shows as text: a quotation mark stands before what it would run as a formula."""
    return f"'{cell}" if cell.lstrip().startswith(MARKS) or cell[:1] in ("\t", "\r", "\n") else cell


def pasted_rows(text: str) -> list[tuple[str, str]]:
    """A pasted list as (code, name): two columns parted by tab, semicolon or bar, or names alone; a heading is left out.

    A comma parts only where a code of figures stands before it, for names hold commas.
    """
    found = []
    for line in text.splitlines():
        code, name = _two_columns(line)
        if name and fold(name) not in HEADINGS:
            found.append((code, name))
    return found


def _two_columns(line: str) -> tuple[str, str]:
    separator = next((mark for mark in "\t;|" if mark in line), "," if _CODED.match(line) else "")
    if not separator:
        return "", squeeze(line.strip(' "'))
    cells = [squeeze(cell) for cell in next(csv.reader([line], delimiter=separator), [])]
    first, second = (*cells, "", "")[:2]
    return (first, second) if second else ("", first)
