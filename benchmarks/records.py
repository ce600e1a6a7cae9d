"""One-stop records: an export of 50,000 files, from the bytes that were uploaded to people and refusals.

The floor is the least that any reader must do: the library's bare pass over the same workbook, or Python's over
the same CSV, without measuring, checking, or understanding a cell.
"""

import csv
import gzip
import io
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

from doithoai.adapters.places_table import TARGET
from doithoai.adapters.records_spreadsheet import read_table
from doithoai.rules.onestop import Expected, Intake, Wards, take_in
from doithoai.rules.places import parse
from doithoai.sample.records import SEED_SECTORS, SEED_WARDS, invent_rows

FILES = 50_000
Measure = dict[str, float | int | str | None]


def bench(files: int = FILES) -> dict[str, Measure]:
    """Measure an intake of `files` records as CSV and as XLSX, in seconds, beside the bare reading of each."""
    rows = _rows(files)
    text, book = _csv(rows), _xlsx(rows)
    return {
        "records.csv": _measure(lambda: _intake(text), lambda: _bare_csv(text), files),
        "records.xlsx": _measure(lambda: _intake(book), lambda: _bare_xlsx(book), files),
    }


def _measure(act: Callable[[], object], floor: Callable[[], object], n: int) -> Measure:
    least, value = _seconds(floor), _seconds(act)
    return {"value": round(value, 3), "unit": "s", "floor": round(least, 3), "ratio": round(value / least, 1), "n": n}


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _rows(files: int) -> list[list[str]]:
    """The invented export as a table of that many files below its titles and header."""
    per_sector = files * 10 // 29  # about three files for each person and sector, the useless ones included
    data = invent_rows("benchmark", SEED_WARDS, SEED_SECTORS, per_sector).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=";"))
    return rows[: files + 7]


def _intake(data: bytes) -> Intake:
    expected = Expected(SEED_WARDS, tuple(sector.name for sector in SEED_SECTORS), _places())
    return take_in(read_table(data, "benchmark"), expected)


@cache
def _places() -> Wards:
    """The wards as official units, as an office has them: every spelling of an address is looked up."""
    table = parse(gzip.decompress(TARGET.read_bytes()).decode().splitlines())
    units = {ward: unit for ward in SEED_WARDS for unit in table.find(ward, on=date(2021, 12, 1), within="564")}
    return Wards(units, table)


def _bare_csv(data: bytes) -> int:
    return sum(len(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def _bare_xlsx(data: bytes) -> int:
    return len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of texts, written by hand: writing 50,000 lines with a library takes longer than reading them."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    lines = "".join(_xlsx_row(number, row) for number, row in enumerate(rows, start=1))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{lines}</sheetData></worksheet>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _xlsx_row(number: int, row: Sequence[str]) -> str:
    cells = (
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for at, text in enumerate(row)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


if __name__ == "__main__":
    for name, measure in bench().items():
        print(name, measure)
