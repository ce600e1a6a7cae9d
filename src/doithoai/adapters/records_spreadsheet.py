"""One-stop records out of a spreadsheet file that somebody uploads: XLSX, XLS, ODS, CSV, or HTML named .xls.

The content decides what a file is, its name never does: exports of web systems are often HTML named ".xls",
and CSV written by Excel may be in any of four encodings and with any of three separators.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from lxml import html
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from doithoai.adapters.records_measure import Damaged, Extent, TooLarge, extent_of_ods, extent_of_xlsx, names_of
from doithoai.rules.filekinds import begins_as
from doithoai.rules.old_encodings import decoded, read_bytes, recognise
from doithoai.rules.onestop import Cell, RecordsUnreadable, Table, find_layout
from doithoai.rules.vietnamese import fold, number, squeeze

MAX_BYTES = 20_000_000
MAX_ROWS = 60_000
MAX_COLUMNS = 200

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SAVE_ANEW = "Cần mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi tải lên."
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OF_BEFORE_UNICODE = ""
_SEPARATORS = ";,\t|"
_SNIFFED_LINES = 200
_LINES_IN_CELL = 20


def read_table(data: bytes, filename: str, sheet: str | None = None) -> Table:
    """Read the sheet that holds the records; lines keep the numbers a spreadsheet program shows.

    Cells whose words show that they are in TCVN3 or VNI are turned into Unicode, and the table's note says so.

    Without `sheet` that is the first visible sheet with a header row of records, or the first with any words.
    Raises RecordsUnreadable: not a spreadsheet, locked, damaged, or above `MAX_BYTES`, `MAX_ROWS`,
    `MAX_COLUMNS`. Nothing of the file is stored or executed; formulas count as the values last saved.
    """
    return _in_unicode(_read(data, filename, sheet))


def _in_unicode(table: Table) -> Table:
    head = "\n".join(cell for row in table.rows[:_SNIFFED_LINES] for cell in row if isinstance(cell, str))
    old = recognise(head)
    if old is None:
        return table
    turned = lru_cache(maxsize=None)(lambda cell: decoded(cell, old.encoding))
    rows = [[turned(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows]
    return Table(table.sheet, rows, old.sentence)


def _read(data: bytes, filename: str, sheet: str | None) -> Table:
    if len(data) > MAX_BYTES:
        raise _unreadable(filename, f"nặng quá {number(MAX_BYTES // 1_000_000)} MB", "Cần chia thành nhiều tệp.")
    kind = begins_as(data)
    if kind == "zip":
        return _from_zip(data, filename, sheet)
    if kind == "ole":
        if _LOCKED in data:
            raise _unreadable(filename, "được khóa bằng mật khẩu", "Cần bỏ mật khẩu rồi tải lên.")
        return _from_workbook(data, filename, sheet)
    text, note = _text(data, filename)
    rows = _html_rows(text) if _is_html(text) else _csv_rows(text, filename)
    _check_extent(Extent(len(rows), max(map(len, rows), default=0)), filename)
    return Table(squeeze(filename), rows, note)


def _unreadable(filename: str, found: str, needed: str) -> RecordsUnreadable:
    return RecordsUnreadable(f'Tệp "{squeeze(filename)[-80:]}" {found}. {needed}')


def _from_zip(data: bytes, filename: str, sheet: str | None) -> Table:
    try:
        _check_extent(_extent(data, filename), filename)
    except Damaged:
        raise _unreadable(filename, "bị hỏng, không mở được", _SAVE_ANEW) from None
    except TooLarge:
        raise _unreadable(filename, "bung ra quá lớn so với một danh sách hồ sơ", _SAVE_ANEW) from None
    return _from_workbook(data, filename, sheet)


def _extent(data: bytes, filename: str) -> Extent:
    parts = names_of(data)
    if "xl/workbook.xml" in parts:
        return extent_of_xlsx(data)
    if "content.xml" in parts:
        return extent_of_ods(data)
    raise _unreadable(filename, "không phải bảng tính", _SAVE_ANEW)


def _check_extent(extent: Extent, filename: str) -> None:
    if extent.line > MAX_ROWS:
        found = f"có chữ ở dòng {number(extent.line)}"
        raise _unreadable(filename, found, f"Nhiều nhất đọc được {number(MAX_ROWS)} dòng; cần chia tệp.")
    if extent.column > MAX_COLUMNS:
        found = f"có chữ ở cột thứ {number(extent.column)}"
        raise _unreadable(filename, found, f"Nhiều nhất đọc được {number(MAX_COLUMNS)} cột.")


def _from_workbook(data: bytes, filename: str, sheet: str | None) -> Table:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            tables = [_table(workbook, name, filename) for name in _wanted(workbook, sheet)]
    except CalamineError:
        raise _unreadable(filename, "bị hỏng, có mật khẩu hoặc không phải bảng tính", _SAVE_ANEW) from None
    if not tables:
        found = f'không có trang tên "{sheet}"' if sheet else "không có trang nào để xem"
        raise _unreadable(filename, found, "Cần chọn một trang có trong tệp.")
    return next((table for table in tables if _has_records(table)), tables[0])


def _wanted(workbook: CalamineWorkbook, sheet: str | None) -> list[str]:
    if sheet is not None:
        return [name for name in workbook.sheet_names if fold(name) == fold(sheet)][:1]
    visible = SheetVisibleEnum.Visible
    return [found.name for found in workbook.sheets_metadata if found.visible == visible]


def _has_records(table: Table) -> bool:
    try:
        find_layout(table)
    except RecordsUnreadable:
        return False
    return True


def _table(workbook: CalamineWorkbook, name: str, filename: str) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    last_line, last_column = sheet.end or (-1, -1)
    _check_extent(Extent(last_line + 1, last_column + 1), filename)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    spans = [(top, bottom, left) for (top, left), (bottom, right) in sheet.merged_cell_ranges or () if left == right]
    _fill_down(rows, spans)
    return Table(name, rows)


def _fill_down(rows: list[list[Cell]], spans: Iterable[tuple[int, int, int]]) -> None:
    """A cell merged over several lines says the same of each: a ward written once beside thirty people."""
    for top, bottom, column in spans:
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row) and row[column] in ("", None):
                row[column] = rows[top][column]


def _text(data: bytes, filename: str) -> tuple[str, str]:
    """The characters of a text file, whichever encoding Excel or a web system wrote it in; and a note where it is unsure."""
    for encoding in _encodings(data):
        try:
            text, note = (data.decode(encoding), "") if encoding else _of_before_unicode(data)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text, note
    raise _unreadable(filename, "không phải bảng tính", _SAVE_ANEW)


def _of_before_unicode(data: bytes) -> tuple[str, str]:
    read = read_bytes(data)
    return read.text, read.sentence if read.fit < 1 or not read.encoding.startswith("windows") else ""


def _encodings(data: bytes) -> list[str]:
    marked = [encoding for bom, encoding in _BOMS if data.startswith(bom)]
    if marked:
        return marked
    # Without a mark, text in UTF-16 shows by its zero bytes: the same half of every ASCII character, never the other.
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    if not even and not odd:
        return ["utf-8", _OF_BEFORE_UNICODE]
    if max(even, odd) < len(data[:2000]) // 4 or min(even, odd) > max(even, odd) // 20:
        return []
    return ["utf-16-le" if odd > even else "utf-16-be"]


def _is_html(text: str) -> bool:
    starts = text[:20_000].lstrip()
    return starts.startswith("<") and re.search(r"<(?:html|table)\b", starts, re.IGNORECASE) is not None


def _csv_rows(text: str, filename: str) -> list[list[Cell]]:
    told = re.match(r"sep=(.)\r?\n", text)  # a line for Excel alone, which it does not show
    body = text[told.end() :] if told else text
    separator = told.group(1) if told else _separator(body)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator):
            _check_quotes(row, len(rows) + 1, filename)
            rows.append(list(row))
            if len(rows) > MAX_ROWS:
                break
    except csv.Error:
        raise _unclosed(len(rows) + 1, filename) from None
    return rows


def _check_quotes(row: Sequence[str], line: int, filename: str) -> None:
    """One quotation mark left open swallows all lines after it: told, never guessed."""
    if any(cell.count("\n") > _LINES_IN_CELL for cell in row):
        raise _unclosed(line, filename)


def _unclosed(line: int, filename: str) -> RecordsUnreadable:
    found = f"có dấu ngoặc kép mở mà không đóng từ dòng {number(line)}"
    return _unreadable(filename, found, "Cần sửa dòng đó hoặc lưu lại dạng .xlsx.")


def _separator(text: str) -> str:
    """The separator that parts the most lines into the same number of cells."""
    head = text.splitlines()[:_SNIFFED_LINES]
    return max(_SEPARATORS, key=lambda separator: _regularity(head, separator))


def _regularity(lines: Sequence[str], separator: str) -> int:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0
    return max(((width - 1) * times for width, times in widths.items()), default=0)


def _html_rows(text: str) -> list[list[Cell]]:
    """The rows of the table with the most rows of its own; pages put their lists into tables of layout."""
    root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    tables = [table.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr") for table in root.iter("table")]
    longest: list[Any] = max(tables, key=len, default=[])
    running: dict[int, tuple[str, int]] = {}
    return [_html_row(row, running) for row in longest[: MAX_ROWS + 1]]


def _html_row(row: Any, running: dict[int, tuple[str, int]]) -> list[Cell]:
    """One row as a grid shows it; `running` holds, by column, cells from above that reach down and how far."""
    line: list[Cell] = []
    for cell in row.xpath("./td|./th"):
        _run_on(line, running)
        wide, high = _span(cell, "colspan", MAX_COLUMNS + 1), _span(cell, "rowspan", MAX_ROWS)
        text = squeeze(" ".join(cell.itertext()))
        for column in range(len(line), len(line) + wide):
            running[column] = (text if wide == 1 else "", high - 1)
        line += [text, *[""] * (wide - 1)]
        if len(line) > MAX_COLUMNS:
            break
    _run_on(line, running)
    return line


def _run_on(line: list[Cell], running: dict[int, tuple[str, int]]) -> None:
    while (above := running.get(len(line))) is not None and above[1] > 0:
        running[len(line)] = (above[0], above[1] - 1)
        line.append(above[0])


def _span(cell: Any, name: str, most: int) -> int:
    written = cell.get(name, "").strip()
    return min(int(written), most) or 1 if written.isdecimal() else 1
