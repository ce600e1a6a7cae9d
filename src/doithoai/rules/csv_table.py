"""Tables to take away: CSV that a spreadsheet program opens with its Vietnamese letters whole, and never runs."""

import csv
import io
from collections.abc import Iterable

MARKS = ("=", "+", "-", "@")


def csv_table(rows: Iterable[Iterable[str | int]]) -> bytes:
    """The rows as CSV in UTF-8 with its mark, lines ended by CR LF; texts are tamed."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([tame(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def tame(cell: str) -> str:
    """A cell that a spreadsheet program shows as text: a quotation mark stands before what it would run as a formula."""
    return f"'{cell}" if cell.lstrip().startswith(MARKS) or cell[:1] in ("\t", "\r", "\n") else cell
